"""What an edition says, what stands between it and its publication, and what is known otherwise since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import council_area, names
from cycle.ground.memory import remembered
from cycle.ground.series.each import Own, of_each
from cycle.ground.series.hiding import council_histories
from cycle.ground.series.standing import NOTHING
from cycle.report.editions import guard
from cycle.report.editions._lines import Terms, card_of, copied, terms_of
from cycle.report.editions.guard import EditionError
from data_access.council.settings_store import get_today
from data_access.do.reopenings import list_reopenings
from data_access.plan.register import list_measures
from data_access.report import editions
from data_access.store.database import reading
from performance.ground.figures import Figure, Series
from performance.ground.measures import Measure
from performance.ground.people import Permission, User
from performance.ground.periods import Period
from performance.ground.readers import PUBLIC
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from performance.report.editions import Edition
from performance.report.frozen import FrozenLine
from performance.report.restated import Restated, is_restated, why
from performance.review.scorecard import scorecard_line


@dataclass(frozen=True, kw_only=True)
class EditionView:
    """An edition with the lines of its last freeze, in the order of the register; and what has been restated since.

    `may_make` says that the reader plans, freezes and publishes; for them `awaited` names what would be missing from a
    freeze made now, as long as there is none.
    """

    edition: Edition
    lines: tuple[FrozenLine, ...]
    restated: tuple[Restated, ...]
    known_as: Mapping[str, str]
    today: date
    may_make: bool
    awaited: tuple[str, ...] = ()

    @property
    def reds(self) -> list[FrozenLine]:
        """The worst first: real changes for the worse, then by how far beyond the target, in tolerances."""
        reds = [each for each in self.lines if each.rag is Rag.RED]
        return sorted(reds, key=lambda each: (not each.is_getting_worse, -each.tolerances_off))

    @property
    def missing(self) -> tuple[FrozenLine, ...]:
        """Lines without a figure that was signed off, and without an allowed reason."""
        return tuple(each for each in self.lines if not each.is_provided)

    @property
    def lacking(self) -> tuple[FrozenLine, ...]:
        """Reds without somebody to compare with, a cause or an action."""
        return tuple(each for each in self.lines if each.lacks)


def get_edition(edition_id: int, *, by: User) -> EditionView:
    """One edition. Raises EditionError where there is none, or none that is published to this person."""
    with reading() as session:
        user = demand(session, by, Permission.SIGN_IN)
        edition = guard.get(session, edition_id)
        if not edition.may_read(user):
            # Whether it is planned or frozen is nobody else's to know.
            raise EditionError(str(editions.EditionNotFoundError()))
        lines: tuple[FrozenLine, ...] = ()
        restated: tuple[Restated, ...] = ()
        if freeze := edition.freeze:
            key = ("frozen", freeze.id)
            lines = remembered(session, key, lambda: editions.list_frozen_lines(session, freeze_id=freeze.id))
            restated = _restated(session, freeze.id, freeze.at, lines)
        may_make = user.may(Permission.MAKE_EDITIONS)
        return EditionView(
            edition=edition,
            lines=lines,
            restated=restated,
            known_as=names(session),
            today=get_today(session),
            may_make=may_make,
            awaited=_awaited(session, edition) if may_make and edition.freeze is None else (),
        )


def _awaited(session: Session, edition: Edition) -> tuple[str, ...]:
    """Measures without a figure that was signed off, and their services, as everybody's scorecard has them now."""
    units = terms_of(session).units
    return tuple(
        f"{each.measure.title} ({units.get(each.measure.unit_code, each.measure.unit_code)})"
        for each in card_of(session, edition).entries
        if isinstance(each.line.value, Absence) and not each.line.value.is_provided
    )


def _restated(
    session: Session, freeze_id: int, frozen_at: datetime, lines: Sequence[FrozenLine]
) -> tuple[Restated, ...]:
    """The lines that would read otherwise today, as everybody may read them."""
    frozen = {each.measure_code: each for each in lines}
    measures = [each for each in list_measures(session) if each.code in frozen]
    reasons = {each.id: each.reason for each in list_reopenings(session)}

    def make(of: Sequence[Measure], own: Own) -> dict[str, Restated | None]:
        terms, area = terms_of(session), council_area(session)
        histories = council_histories(session, measures=of, area=area, reader=PUBLIC, revised_since=frozen_at.date())
        return {
            each.code: _of_line(
                frozen[each.code],
                _now(each, own.get(each.code, NOTHING), frozen[each.code].period, terms),
                _reasons(histories.get(each.code, {}), frozen[each.code].period, frozen_at, reasons),
            )
            for each in of
        }

    found = of_each(session, ("restated", freeze_id), measures, make, reader=PUBLIC)
    return tuple(each for line in lines if (each := found.get(line.measure_code)))


def _now(measure: Measure, series: Series, period: Period, terms: Terms) -> FrozenLine:
    line = scorecard_line(measure, series, period=period, today=terms.today, default_percent=terms.percent)
    return copied(line, series, terms)


def _of_line(was: FrozenLine, now: FrozenLine, reasons: tuple[str, ...]) -> Restated | None:
    return Restated(was=was, now=now, because=why(was, now, reasons)) if is_restated(was, now) else None


def _reasons(
    history: Mapping[Period, Sequence[Figure]], period: Period, after: datetime, said: Mapping[int, str]
) -> tuple[str, ...]:
    """What was put on record as figures of the period were corrected after the moment."""
    return tuple(
        reason
        for own, revisions in sorted(history.items())
        if period.start <= own.end <= period.end
        for figure in revisions
        if figure.recorded_at is not None
        and figure.recorded_at > after
        and (reason := said.get(figure.reopening_id or 0, ""))
    )
