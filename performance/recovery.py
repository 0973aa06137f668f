"""When a measure needs a recovery plan, and whether the plan's milestones are met."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

from performance.aggregation import aggregate, numbers
from performance.figures import Series, Target
from performance.measures import Measure, Polarity
from performance.organisation import Milestone
from performance.periods import Frequency, Period
from performance.rag import Rag, rate
from performance.values import round_half_up

REDS_RUNNING = 2
"""Red in so many consecutive periods calls for a plan; the council may set another."""

PERIODS_BACK = 3
"""Green in so many consecutive periods makes a plan ready to close."""


class MilestoneState(StrEnum):
    """What the figures say about a milestone."""

    MET = "met"
    MISSED = "missed"
    NOT_YET = "not_yet"

    @property
    def in_words(self) -> str:
        return {"met": "Met", "missed": "Missed", "not_yet": "Not known yet"}[self.value]


def running(measure: Measure, series: Series, rag: Rag, *, up_to: date, default_percent: Decimal) -> int:
    """For how many of its own periods in a row, up to the latest with a figure, the measure has had the colour.

    A period without a figure ends the run: a gap is never joined.
    """
    known = {period: value for period, value in numbers(measure, series.figures).items() if period.end <= up_to}
    latest = max(known, key=lambda period: (period.end, period.months), default=None)
    count = 0
    for period in _backwards(measure, latest):
        value, target = known.get(period), series.targets.get(period)
        if value is None or rate(value, target, measure, default_percent=default_percent) is not rag:
            break
        count += 1
    return count


def called_for(
    measure: Measure, series: Series, *, up_to: date, default_percent: Decimal, reds_running: int = REDS_RUNNING
) -> bool:
    """Whether the measure has been red for so many of its own periods in a row."""
    return running(measure, series, Rag.RED, up_to=up_to, default_percent=default_percent) >= reds_running


def is_back(
    measure: Measure, series: Series, *, up_to: date, default_percent: Decimal, periods: int = PERIODS_BACK
) -> bool:
    """Whether the measure has been on target for so many periods in a row that its plan may close."""
    return running(measure, series, Rag.GREEN, up_to=up_to, default_percent=default_percent) >= periods


def milestone_met(measure: Measure, milestone: Milestone, series: Series, *, today: date) -> MilestoneState:
    """Whether the figure for the milestone's period reached its number. Without a figure nobody knows yet."""
    reached = aggregate(measure, series, milestone.period, today=today)
    if not isinstance(reached.value, Decimal) or not reached.is_complete:
        return MilestoneState.NOT_YET
    printed = round_half_up(reached.value, measure.decimals)
    upwards = aims_up(measure, milestone.number, reached.target)
    met = printed >= milestone.number if upwards else printed <= milestone.number
    return MilestoneState.MET if met else MilestoneState.MISSED


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
