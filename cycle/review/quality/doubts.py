"""What was confirmed at entry and what was changed after sign-off, as far as the reader may see numbers and names."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.council import names
from cycle.ground.series.each import Own, of_each
from cycle.ground.series.hiding import hidden_from
from cycle.ground.series.lately import is_hidden
from cycle.ground.series.standing import NOTHING
from cycle.review.quality.of_measure import Confirmation
from data_access.council.settings_store import get_default_tolerance
from data_access.council.units import list_units
from data_access.do.reopenings import list_reopenings
from performance.ground.commentary import read_commentary
from performance.ground.figures import Figure, Series
from performance.ground.measures import Measure
from performance.ground.people import Permission, User
from performance.ground.periods import Period
from performance.ground.readers import Reader, reader_of
from performance.ground.reckoning.due import stored_value
from performance.ground.reckoning.linked_counts import Cell
from performance.ground.reckoning.rag import Rag, rate
from performance.ground.reckoning.unusual import Check
from performance.ground.values import Absence
from performance.review.quality.challenges import Challenge
from performance.review.quality.dimensions import reason_confirmed
from performance.review.quality.received import DueFigure
from performance.review.quality.restating import Restatement

_HIDDEN = "Hidden to protect people"


@dataclass(frozen=True, kw_only=True)
class Restated:
    """A figure that was changed after sign-off: what it was and is, with both colours, and by whom, when and why.

    `who` is empty for those who may not read names there.
    """

    measure: Measure
    period: Period
    was: str
    now: str
    rag_was: Rag | None
    rag_now: Rag | None
    who: str
    on: date | None
    why: str


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """A figure that a check questioned and its service confirmed; `judged` is what the BI team said of it."""

    measure: Measure
    period: Period
    revision: int
    figure: str
    checks: tuple[str, ...]
    reason: str
    who: str
    unit_name: str
    judged: Challenge | None


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What a reader may know of a restatement: numbers and colours, without names and reasons."""

    is_hidden: bool
    was: str
    now: str
    rag_was: Rag | None = None
    rag_now: Rag | None = None


def may_read_names(user: User, unit_code: str) -> bool:
    """Names are for the BI team and for those who sign off the unit's figures."""
    return user.may(Permission.MAINTAIN_REGISTER) or user.may(Permission.APPROVE_RETURNS, at=unit_code)


def restated_of(
    session: Session,
    found: Sequence[tuple[Measure, Sequence[Restatement]]],
    *,
    as_known_at: datetime | None,
    by: User,
) -> tuple[Restated, ...]:
    """Newest first. What is given of a measure has to follow from its own figures: with them what is told is kept."""
    if not found:
        return ()
    told = _told(session, found, reader_of(by), as_known_at)
    known_as, reasons = names(session), {each.id: each.reason for each in list_reopenings(session)}
    every = [(measure, *each) for measure, restated in found for each in zip(restated, told[measure.code], strict=True)]
    newest_first = sorted(every, key=lambda one: (one[1].after.recorded_at, one[0].code), reverse=True)
    return tuple(
        Restated(
            measure=measure,
            period=each.period,
            was=seen.was,
            now=seen.now,
            rag_was=seen.rag_was,
            rag_now=seen.rag_now,
            who="" if seen.is_hidden else _who(by, measure, each.after.recorded_by, known_as),
            on=each.after.recorded_at.date() if each.after.recorded_at and not seen.is_hidden else None,
            why=_HIDDEN if seen.is_hidden else _why(each.after, reasons),
        )
        for measure, each, seen in newest_first
    )


def _told(
    session: Session,
    found: Sequence[tuple[Measure, Sequence[Restatement]]],
    reader: Reader,
    as_known_at: datetime | None,
) -> dict[str, tuple[_Told, ...]]:
    restated = {measure.code: each for measure, each in found}

    def make(asked: Sequence[Measure], own: Own) -> dict[str, tuple[_Told, ...]]:
        percent = get_default_tolerance(session)
        return {
            measure.code: tuple(
                _tell(measure, each, own.get(measure.code, NOTHING), percent) for each in restated[measure.code]
            )
            for measure in asked
        }

    measures = [measure for measure, _ in found]
    return of_each(session, ("restated",), measures, make, reader=reader, as_known_at=as_known_at)


def _tell(measure: Measure, each: Restatement, series: Series, percent: Decimal) -> _Told:
    """Rated only where both numbers may be seen: one colour would tell of the other."""
    values = [stored_value(measure, figure) for figure in (each.before, each.after)]
    hidden = [is_hidden(figure, series) for figure in (each.before, each.after)]
    was, now = (_HIDDEN if hides else measure.print_value(value) for hides, value in zip(hidden, values, strict=True))
    if any(hidden):
        return _Told(is_hidden=hidden[1], was=was, now=now)
    target = series.targets.get(each.period)
    rag_was, rag_now = (rate(value, target, measure, default_percent=percent) for value in values)
    return _Told(is_hidden=False, was=was, now=now, rag_was=rag_was, rag_now=rag_now)


def confirmed_of(session: Session, found: Sequence[Confirmation], *, by: User) -> tuple[Confirmed, ...]:
    if not found:
        return ()
    hidden = hidden_from(session, [each.figure.measure for each in found], reader=reader_of(by))
    units = {unit.code: unit.name for unit in list_units(session, on=max(each.newest for each in found))}
    known_as = names(session)
    lines = []
    for each in found:
        measure, figure = each.figure.measure, each.figure.revisions[-1]
        lines.append(
            _confirmed(
                each,
                hidden=_is_hidden(figure, each.figure, hidden),
                who=_who(by, measure, figure.recorded_by, known_as),
                unit_name=units.get(measure.unit_code, measure.unit_code),
            )
        )
    return tuple(lines)


def _confirmed(found: Confirmation, *, hidden: bool, who: str, unit_name: str) -> Confirmed:
    """A check says what a figure is like, so of a hidden one neither it nor what was answered to it is told."""
    measure, figure, judged = found.figure.measure, found.figure.revisions[-1], found.judged
    return Confirmed(
        measure=measure,
        period=figure.period,
        revision=0 if hidden else figure.revision,
        figure=_HIDDEN if hidden else measure.print_value(stored_value(measure, figure)),
        checks=(_HIDDEN,) if hidden else tuple(_checks(figure.confirmed_checks)),
        reason=_HIDDEN if hidden else reason_confirmed(figure),
        who=who,
        unit_name=unit_name,
        judged=replace(judged, doubted="") if judged and hidden else judged,
    )


def due_as_seen(session: Session, due: Sequence[DueFigure], *, by: User) -> tuple[DueFigure, ...]:
    """The same figures that were due, of which the hidden ones say when they came, and not what they are."""
    hidden = hidden_from(session, [each.measure for each in due], reader=reader_of(by))
    return tuple(
        replace(
            each,
            revisions=tuple(
                _emptied(figure) if _is_hidden(figure, each, hidden) else figure for figure in each.revisions
            ),
        )
        for each in due
    )


def _is_hidden(revision: Figure, of: DueFigure, hidden: Collection[Cell]) -> bool:
    """Whether the revision would tell what is hidden here, or a number that its source hides now."""
    if (revision.measure_code, revision.area_code, revision.period) in hidden:
        return True
    return of.revisions[-1].absence is Absence.SUPPRESSED and revision.absence is None


def _emptied(figure: Figure) -> Figure:
    """An empty return stays one."""
    has_number = figure.numerator is not None or figure.value is not None
    return replace(
        figure,
        numerator=None,
        denominator=None,
        value=None,
        absence=Absence.SUPPRESSED if has_number else figure.absence,
        commentary="",
        confirmed_checks=(_HIDDEN,) if figure.confirmed_checks else (),
    )


def _who(by: User, measure: Measure, username: str, known_as: Mapping[str, str]) -> str:
    return known_as.get(username, username) if may_read_names(by, measure.unit_code) else ""


def _why(figure: Figure, reasons: Mapping[int, str]) -> str:
    """Why it was opened again; otherwise what was said with it."""
    if reason := reasons.get(figure.reopening_id or 0):
        return reason
    return read_commentary(figure.commentary).what_happened


def _checks(found: Iterable[str]) -> Iterable[str]:
    known = {check.value: check.in_words for check in Check}
    return (known.get(name, name) for name in found)
