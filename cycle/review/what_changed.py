"""What changed on a scorecard: since the period before, or between two moments at which the same period was read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from cycle.ground.council import council_area, names
from cycle.ground.series.each import Own, of_each
from cycle.ground.series.hiding import council_histories
from cycle.ground.series.scoring import Entry, Scorecard, measures_of
from cycle.ground.series.standing import NOTHING
from data_access.council.settings_store import get_default_tolerance, get_today
from data_access.do.reopenings import list_reopenings
from performance.ground.figures import Figure, Series
from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.readers import Reader
from performance.ground.reckoning.due import stored_value
from performance.ground.reckoning.rag import Rag
from performance.ground.values import rounded
from performance.review.scorecard import ScorecardLine, scorecard_line


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A measure before and now, whose status, figure or target is another."""

    before: Entry
    now: Entry

    @property
    def measure(self) -> Measure:
        return self.now.measure

    @property
    def is_by_target_alone(self) -> bool:
        return _is_by_target_alone(self.before.line, self.now.line)


@dataclass(frozen=True, kw_only=True)
class StatusMoved:
    """A measure whose status moved between the figure shown for a period and the one for the period before."""

    before: ScorecardLine
    now: ScorecardLine

    @property
    def is_by_target_alone(self) -> bool:
        return _is_by_target_alone(self.before, self.now)


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """A figure that was replaced by another, and why where that was asked."""

    measure: Measure
    before: Figure
    now: Figure
    by: str
    because: str


@dataclass(frozen=True, kw_only=True)
class WhatChanged:
    """Statuses that moved, measures newly unusual, figures corrected, and figures newly late."""

    now: Scorecard
    before: Scorecard
    moved: tuple[Moved, ...]
    unusual: tuple[Entry, ...]
    corrected: tuple[Corrected, ...]
    late: tuple[Entry, ...]

    @property
    def is_nothing(self) -> bool:
        return not (self.moved or self.unusual or self.corrected or self.late)


def since_the_period_before(now: Scorecard, before: Scorecard, corrected: Iterable[Corrected]) -> WhatChanged:
    """Of measures that have a newer figure or lack one since; the same figure shown twice is no change."""
    pairs = [each for each in _pairs(before, now) if _is_newer(each.before.line, each.now.line)]
    return WhatChanged(
        now=now,
        before=before,
        moved=tuple(each for each in pairs if _status_moved(each.before.line, each.now.line)),
        unusual=tuple(each.now for each in pairs if _is_newly_unusual(each)),
        corrected=tuple(corrected),
        late=tuple(each.now for each in pairs if _is_late(each.now) and not _is_late(each.before)),
    )


def statuses_moved(session: Session, period: Period, scope: str, *, reader: Reader) -> tuple[StatusMoved, ...]:
    """Of a part of the council, by the same rule and without all else that two scorecards say."""
    today, percent, area = get_today(session), get_default_tolerance(session), council_area(session)
    then, now = (measures_of(session, scope, each)[1] for each in (period.previous, period))
    known = {measure.code for measure in then if measure.is_active(period.previous)}
    both = [measure for measure in now if measure.is_active(period) and measure.code in known]

    def moved(measure: Measure, own: Series) -> StatusMoved | None:
        before, after = (
            scorecard_line(measure, own, period=each, today=today, default_percent=percent, area_code=area)
            for each in (period.previous, period)
        )
        is_moved = _is_newer(before, after) and _status_moved(before, after)
        return StatusMoved(before=before, now=after) if is_moved else None

    def make(of: Sequence[Measure], own: Own) -> dict[str, StatusMoved | None]:
        return {each.code: moved(each, own.get(each.code, NOTHING)) for each in of}

    return tuple(filter(None, of_each(session, ("status moved", period), both, make, reader=reader).values()))


def between_moments(now: Scorecard, before: Scorecard, corrected: Iterable[Corrected]) -> WhatChanged:
    """The same period as it was read then and as it is read now: whatever is printed otherwise."""
    pairs = _pairs(before, now)
    return WhatChanged(
        now=now,
        before=before,
        moved=tuple(each for each in pairs if _printed(each.before) != _printed(each.now)),
        unusual=tuple(each.now for each in pairs if _is_newly_unusual(each)),
        corrected=tuple(corrected),
        late=tuple(each.now for each in pairs if _is_late(each.now) and not _is_late(each.before)),
    )


def corrections(
    session: Session, measures: Sequence[Measure], *, after: datetime, up_to: datetime | None, reader: Reader
) -> tuple[Corrected, ...]:
    """Figures of the council recorded anew after a moment and up to another, the newest first; the last of each."""
    reasons = {each.id: each.reason for each in list_reopenings(session)}
    known_as = names(session)

    def corrected(measure: Measure, history: Sequence[Figure]) -> Corrected | None:
        earlier = [each for each in history if each.recorded_at is not None and each.recorded_at <= after]
        # What came in meanwhile and was replaced meanwhile was corrected too.
        before, now = (earlier or history)[-1 if earlier else 0], history[-1]
        if before.same_content(now):
            return None
        return Corrected(
            measure=measure,
            before=before,
            now=now,
            by=known_as.get(now.recorded_by, now.recorded_by),
            because=reasons.get(now.reopening_id or 0, ""),
        )

    def make(of: Sequence[Measure], _: Own) -> dict[str, list[Corrected]]:
        area = council_area(session)
        histories = council_histories(
            session, measures=of, area=area, reader=reader, as_known_at=up_to, revised_since=after.date()
        )
        return {
            each.code: list(filter(None, (corrected(each, every) for every in histories.get(each.code, {}).values())))
            for each in of
        }

    found = of_each(session, ("corrected", after), measures, make, reader=reader, as_known_at=up_to)
    return tuple(
        sorted((each for of_measure in found.values() for each in of_measure), key=_newest_first, reverse=True)
    )


def numbers_of(corrected: Corrected) -> tuple[str, str]:
    """The figure before and the figure now, as printed."""
    measure = corrected.measure
    before, now = (
        measure.print_value(rounded(stored_value(measure, each), measure.decimals))
        for each in (corrected.before, corrected.now)
    )
    return before, now


def _newest_first(corrected: Corrected) -> tuple[datetime, str, Period]:
    at = corrected.now.recorded_at
    assert at is not None  # noqa: S101 - a new revision was chosen by when it was recorded
    return at, corrected.measure.code, corrected.now.period


def _pairs(before: Scorecard, now: Scorecard) -> list[Moved]:
    earlier = {each.measure.code: each for each in before.entries}
    return [Moved(before=earlier[each.measure.code], now=each) for each in now.entries if each.measure.code in earlier]


def _is_newer(before: ScorecardLine, now: ScorecardLine) -> bool:
    return before.period != now.period


def _status_moved(before: ScorecardLine, now: ScorecardLine) -> bool:
    """From one rating to another: a figure that has come, or has not, is said elsewhere."""
    return before.rag.is_rated and now.rag.is_rated and before.rag is not now.rag


def _is_by_target_alone(before: ScorecardLine, now: ScorecardLine) -> bool:
    """Whether the figure would have stayed what it was, had no more and no less been asked of it."""
    return now.is_by_target_alone and now.rag_by_target_before is before.rag


def _is_newly_unusual(moved: Moved) -> bool:
    now, before = moved.now.variation, moved.before.variation
    return now is not None and now.is_special and (before is None or before.kind is not now.kind)


def _is_late(entry: Entry) -> bool:
    return entry.line.rag is Rag.NOT_PROVIDED


def _printed(entry: Entry) -> tuple[object, ...]:
    line = entry.line
    target = line.target
    aim = (target.number, target.lower, target.upper) if target else None
    return line.period, line.value, aim, line.rag, line.is_provisional, line.is_estimated
