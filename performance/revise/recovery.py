"""When a measure needs a recovery plan, and whether the plan's milestones are met."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from performance.ground.figures import Figure, Series, Target
from performance.ground.measures import Measure, Polarity
from performance.ground.organisation import Milestone, MilestoneState
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.aggregation import aggregate
from performance.ground.reckoning.due import numbers, stored_value
from performance.ground.reckoning.rag import Rag, rate
from performance.ground.reckoning.spc import PointType, Process, read_process
from performance.ground.values import round_half_up

SHIFT = 7
"""So many points on one side of the mean make a shift (spc.md)."""


def plan_reference(number: int) -> str:
    """What people quote of a recovery plan, and what its address says: R-07."""
    return f"R-{number:02d}"


@dataclass(frozen=True, kw_only=True)
class Why:
    """One of the five whys: an answer, which the next one asks about, and what shows that it is so."""

    why: str
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A date of an agreed plan that was moved, and why: of a milestone (the first days of its periods) or the end of
    an action, by its id."""

    before: date | None
    after: date
    because: str
    moved_by: str
    moved_at: datetime
    milestone_id: int | None = None
    action_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Unticked:
    """A milestone that an earlier figure met and the present one does not: that figure, and when it was replaced."""

    number: Decimal
    replaced_at: datetime


class Call(StrEnum):
    """Why a measure calls for a recovery plan."""

    REDS_RUNNING = "reds_running"
    REAL_CHANGE = "real_change"
    SLIM_CHANCE = "slim_chance"


def running(
    measure: Measure, series: Series, rag: Rag, *, up_to: date, default_percent: Decimal, since: date = date.min
) -> int:
    """For how many of its own periods in a row, up to the latest with a figure, the measure has had the colour.

    A period without a figure ends the run: a gap is never joined. Periods that ended by `since` do not count.
    """
    known = {period: value for period, value in numbers(measure, series.figures).items() if period.end <= up_to}
    latest = max(known, key=lambda period: (period.end, period.months), default=None)
    count = 0
    for period in _backwards(measure, latest):
        value, target = known.get(period), series.targets.get(period)
        if value is None or period.end <= since:
            break
        if rate(value, target, measure, default_percent=default_percent) is not rag:
            break
        count += 1
    return count


def calls(
    *, periods_red: int, reds_running: int, kind: PointType | None, chance: Decimal | None, slim: Decimal
) -> tuple[Call, ...]:
    """Every reason for which the measure calls for a plan: red for `reds_running` of its own periods in a row, a real
    change for the worse, or a `chance` (0 to 1) of its year's target below `slim` (in percent; 0 for never)."""
    reasons = {
        Call.REDS_RUNNING: periods_red >= reds_running,
        Call.REAL_CHANGE: kind is PointType.CONCERN,
        Call.SLIM_CHANCE: chance is not None and chance * 100 < slim,
    }
    return tuple(call for call, holds in reasons.items() if holds)


def is_back(
    measure: Measure, series: Series, *, since: Period, up_to: date, default_percent: Decimal, periods: int
) -> bool:
    """Whether the measure has been on target for so many periods (a setting) in a row, all after the one that called
    for its plan, that the plan may close."""
    count = running(
        measure, series, Rag.GREEN, up_to=up_to, default_percent=default_percent,
        since=since.end,
    )  # fmt: skip
    return count >= periods


def milestone_met(measure: Measure, milestone: Milestone, series: Series, *, today: date) -> MilestoneState:
    """Whether the figure for the milestone's period reached its number. Without a figure nobody knows yet."""
    reached = aggregate(measure, series, milestone.period, today=today)
    if not isinstance(reached.value, Decimal) or not reached.is_complete:
        return MilestoneState.NOT_YET
    met = _reaches(measure, milestone.number, reached.value, reached.target)
    return MilestoneState.MET if met else MilestoneState.MISSED


def no_longer_met(
    measure: Measure, milestone: Milestone, revisions: Sequence[Figure], series: Series
) -> Unticked | None:
    """The last figure that met the milestone, where the one that stands does not. `revisions` are those of its period,
    the oldest first, as the register keeps them for ever."""
    if len(revisions) < 2 or _meets(measure, milestone, revisions[-1], series):
        return None
    for earlier, later in reversed(list(pairwise(revisions))):
        if _meets(measure, milestone, earlier, series) and later.recorded_at is not None:
            value = stored_value(measure, earlier)
            return Unticked(number=Decimal(str(value)), replaced_at=later.recorded_at)
    return None


def _meets(measure: Measure, milestone: Milestone, figure: Figure, series: Series) -> bool:
    value = stored_value(measure, figure)
    band = series.targets.get(milestone.period)
    return isinstance(value, Decimal) and _reaches(measure, milestone.number, value, band)


def _reaches(measure: Measure, number: Decimal, value: Decimal, band: Target | None) -> bool:
    printed = round_half_up(value, measure.decimals)
    return printed >= number if aims_up(measure, number, band) else printed <= number


def shifted_for_the_better(measure: Measure, series: Series, *, since: Period, up_to: date) -> bool:
    """Whether the process shows a real change for the better after the period, by the newest point's own signal of a
    shift: seven in a row on the better side (spc.md). One good month is not one."""
    process = read_process(measure, series, up_to=up_to)
    if process is None or process.latest.period.start <= since.start:
        return False
    return process.latest.kind is PointType.IMPROVEMENT and _run_on_its_side(process, since)


def _run_on_its_side(process: Process, since: Period) -> bool:
    """Whether the newest seven points, all after the period, lie on one side of the mean."""
    newest = [point for point in process.points if point.period.start > since.start][-SHIFT:]
    limits = process.limits
    if limits is None or len(newest) < SHIFT:
        return False
    sides = {(point.value > limits.mean) - (point.value < limits.mean) for point in newest}
    return len(sides) == 1 and sides != {0}


def aims_up(measure: Measure, number: Decimal, band: Target | None) -> bool:
    """Whether a milestone means at least its number. In a range it leads towards the band, from either side."""
    if measure.polarity is Polarity.RANGE and band is not None and band.bounds is not None:
        lower, upper = band.bounds
        return abs(number - lower) <= abs(number - upper)
    return measure.polarity is not Polarity.LOWER


def milestone_in_words(measure: Measure, milestone: Milestone, band: Target | None = None) -> str:
    """ "At most 12 days by October 2017", and whether its date was moved."""
    least = "At least" if aims_up(measure, milestone.number, band) else "At most"
    said = f"{least} {measure.print_target(milestone.number)} by {milestone.period}"
    if not milestone.moves:
        return said
    times = {1: "once", 2: "twice"}.get(milestone.moves, f"{milestone.moves} times")
    return f"{said} (moved {times}, first set for {milestone.original_period})"


def _backwards(measure: Measure, latest: Period | None) -> Iterator[Period]:
    """The period and those before it in the calendar; pooled years move on by one year at a time."""
    while latest is not None and latest.start.year > 1900:
        yield latest
        latest = latest.shifted(-12) if measure.frequency is Frequency.YEARLY else latest.previous
