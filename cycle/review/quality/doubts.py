"""What was confirmed at entry and what was changed after sign-off, as far as the reader may see numbers and names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from cycle.ground.council import council_area, names
from cycle.ground.series.hiding import council_series
from cycle.ground.series.lately import is_hidden
from cycle.ground.series.standing import NOTHING
from data_access.council.settings_store import get_default_tolerance
from data_access.council.units import list_units
from data_access.do.reopenings import list_reopenings
from performance.ground.commentary import read_commentary
from performance.ground.figures import Figure, Series
from performance.ground.measures import Measure
from performance.ground.people import Permission, User
from performance.ground.periods import Period
from performance.ground.readers import reader_of
from performance.ground.reckoning.due import stored_value
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
class _Sight:
    """What a reader may see: the figures without what is hidden from them, and who did what."""

    by: User
    shown: Mapping[tuple[str, str], Series]
    area: str
    known_as: Mapping[str, str]
    units: Mapping[str, str]

    def series(self, measure: Measure) -> Series:
        return self.shown.get((measure.code, self.area), NOTHING)

    def is_hidden(self, measure: Measure, figure: Figure) -> bool:
        return is_hidden(figure, self.series(measure))

    def words(self, measure: Measure, figure: Figure) -> str:
        if self.is_hidden(measure, figure):
            return _HIDDEN
        return measure.print_value(stored_value(measure, figure))

    def who(self, measure: Measure, username: str) -> str:
        if not may_read_names(self.by, measure.unit_code):
            return ""
        return self.known_as.get(username, username)


def may_read_names(user: User, unit_code: str) -> bool:
    """Names are for the BI team and for those who sign off the unit's figures."""
    return user.may(Permission.MAINTAIN_REGISTER) or user.may(Permission.APPROVE_RETURNS, at=unit_code)


def restated_of(
    session: Session, found: Sequence[tuple[Measure, Restatement]], *, as_known_at: datetime | None, by: User
) -> tuple[Restated, ...]:
    if not found:
        return ()
    percent = get_default_tolerance(session)
    sight = _sight(session, [measure for measure, _ in found], as_known_at, by)
    reasons = {each.id: each.reason for each in list_reopenings(session)}
    lines = []
    for measure, each in found:
        colours: list[Rag | None] = [None, None]
        is_hidden_now = sight.is_hidden(measure, each.after)
        if not (is_hidden_now or sight.is_hidden(measure, each.before)):
            target = sight.series(measure).targets.get(each.period)
            colours = [
                rate(stored_value(measure, figure), target, measure, default_percent=percent)
                for figure in (each.before, each.after)
            ]
        lines.append(
            Restated(
                measure=measure,
                period=each.period,
                was=sight.words(measure, each.before),
                now=sight.words(measure, each.after),
                rag_was=colours[0],
                rag_now=colours[1],
                who="" if is_hidden_now else sight.who(measure, each.after.recorded_by),
                on=each.after.recorded_at.date() if each.after.recorded_at and not is_hidden_now else None,
                why=_HIDDEN if is_hidden_now else _why(each.after, reasons),
            )
        )
    return tuple(lines)


def confirmed_of(
    session: Session,
    found: Sequence[tuple[DueFigure, Challenge | None]],
    *,
    as_known_at: datetime | None,
    by: User,
) -> tuple[Confirmed, ...]:
    if not found:
        return ()
    sight = _sight(session, [figure.measure for figure, _ in found], as_known_at, by)
    return tuple(
        _confirmed(sight, due.measure, figure, judged) for due, judged in found if (figure := due.current) is not None
    )


def _confirmed(sight: _Sight, measure: Measure, figure: Figure, judged: Challenge | None) -> Confirmed:
    """A check says what a figure is like, so of a hidden one neither it nor what was answered to it is told."""
    hidden = sight.is_hidden(measure, figure)
    return Confirmed(
        measure=measure,
        period=figure.period,
        revision=0 if hidden else figure.revision,
        figure=sight.words(measure, figure),
        checks=(_HIDDEN,) if hidden else tuple(_checks(figure.confirmed_checks)),
        reason=_HIDDEN if hidden else reason_confirmed(figure),
        who=sight.who(measure, figure.recorded_by),
        unit_name=sight.units.get(measure.unit_code, measure.unit_code),
        judged=replace(judged, doubted="") if judged and hidden else judged,
    )


def due_as_seen(
    session: Session, due: Sequence[DueFigure], *, as_known_at: datetime | None, by: User
) -> tuple[DueFigure, ...]:
    """The same figures that were due, of which the hidden ones say when they came, and not what they are."""
    sight = _sight(session, [each.measure for each in due], as_known_at, by)
    return tuple(
        replace(
            each,
            revisions=tuple(
                _emptied(figure) if sight.is_hidden(each.measure, figure) else figure for figure in each.revisions
            ),
        )
        for each in due
    )


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


def _sight(session: Session, measures: Iterable[Measure], as_known_at: datetime | None, by: User) -> _Sight:
    """The measures' own figures as this person may see them: small counts are for the service and the BI team."""
    every, area = list({measure.code: measure for measure in measures}.values()), council_area(session)
    shown = council_series(session, measures=every, area=area, reader=reader_of(by), as_known_at=as_known_at)
    days = [period.end for series in shown.values() for period in series.figures]
    return _Sight(
        by=by,
        shown=shown,
        area=area,
        known_as=names(session),
        units={unit.code: unit.name for unit in list_units(session, on=max(days))} if days else {},
    )


def _why(figure: Figure, reasons: Mapping[int, str]) -> str:
    """Why it was opened again; otherwise what was said with it."""
    if reason := reasons.get(figure.reopening_id or 0):
        return reason
    return read_commentary(figure.commentary).what_happened


def _checks(found: Iterable[str]) -> Iterable[str]:
    known = {check.value: check.in_words for check in Check}
    return (known.get(name, name) for name in found)
