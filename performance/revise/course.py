"""Whether a recovery plan is on its course: the path its milestones lay down, held against the figures.

The rules are those of docs/domain.md, Recovery. A course is worked out, never set: a person may say otherwise in a
sentence, and that holds until the next figure arrives.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.organisation import Milestone
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.aggregation import begins_cycle
from performance.ground.values import exactly, round_half_up

LEAST_RANGES = 7
"""So many differences between neighbours are needed before the usual variation is known: eight points, as for SPC."""
_MOST_RANGES = 23
_MEAN_RANGE_OF_TWO = Decimal("1.128")
_FOUR_TIMES_OF_FIVE = Decimal("1.2816")


class Course(StrEnum):
    """Where a plan stands against its own path."""

    NOT_KNOWN = "not_known"
    ON_COURSE = "on_course"
    SLIPPING = "slipping"
    OFF_COURSE = "off_course"

    @property
    def in_words(self) -> str:
        return {
            "not_known": "Too early to say",
            "on_course": "On course",
            "slipping": "Slipping",
            "off_course": "Off course",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class PathPoint:
    """What a period is expected to come to, and the band that holds it four times out of five. Unrounded.

    Without enough figures before the plan the usual variation is unknown, and so is the band.
    """

    period: Period
    number: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Gap:
    """How a figure stands to the path: `behind` is 0 or less where it is as good as expected or better."""

    period: Period
    expected: Decimal
    actual: Decimal
    behind: Decimal
    is_beyond_band: bool = False
    has_band: bool = False


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A plan's course, and why in sentences, the most telling first."""

    course: Course
    reasons: tuple[str, ...]


@exactly
def expected_path(
    measure: Measure, milestones: Iterable[Milestone], known: Mapping[Period, Decimal], *, start: Period
) -> tuple[PathPoint, ...]:
    """From the figure that called for the plan straight to each milestone in turn, in the measure's own periods.

    `known` are the unrounded figures. A cumulative measure begins each cycle from nothing: its path does too.
    """
    ends = {each.period: each.number for each in milestones if each.period.start > start.start}
    if not ends:
        return ()
    anchors = ([(start, known[start])] if start in known else []) + sorted(ends.items())
    points = {period: number for period, number in anchors[:1]}
    for (first, low), (last, high) in pairwise(anchors):
        points |= _between(measure, first, low, last, high)
    half = _half_width(measure, known, start)
    return tuple(_point(measure, period, number, half) for period, number in sorted(points.items()))


def gaps(measure: Measure, path: Sequence[PathPoint], known: Mapping[Period, Decimal]) -> tuple[Gap, ...]:
    """Each figure since the plan's start against its path, the oldest first; the last milestone goes on to hold."""
    if len(path) < 2:
        return ()
    by_period, last = {point.period: point for point in path[1:]}, path[-1]
    rises = _rises(measure, path)
    found = []
    for period, actual in sorted(known.items()):
        point = by_period.get(period) or (last if period.start > last.period.start else None)
        if point is not None and period.months == last.period.months:
            found.append(_gap(measure, period, actual, point, rises=rises))
    return tuple(found)


def standing(
    measure: Measure, found: Sequence[Gap], *, missed: str = "", unticked: str = "", late: int = 0
) -> Standing:
    """The course by the figures, the milestones and the actions.

    Off course: the milestone due last is missed (`missed` says which), or the newest figure is behind the path by
    more than the usual variation, or, where that is not known, two are behind. Slipping: two figures behind within
    it, one where it is not known, a milestone no longer met (`unticked` says which), or `late` actions. Otherwise on
    course, once there is a figure.
    """
    newest = found[-1] if found else None
    far, near = _by_figures(found)
    figure = gap_in_words(measure, newest) if newest else ""
    actions = f"{late} action{' is' if late == 1 else 's are'} late." if late else ""
    # What makes it slip goes before a figure that does not.
    behind = newest is not None and newest.behind > 0
    said = [each for each in (missed, unticked, *((figure, actions) if behind else (actions, figure))) if each]
    if missed or far:
        course = Course.OFF_COURSE
    elif near or unticked or late:
        course = Course.SLIPPING
    else:
        course = Course.ON_COURSE if newest else Course.NOT_KNOWN
    return Standing(course=course, reasons=tuple(said) or ("No figure has come since the plan began.",))


def gap_in_words(measure: Measure, gap: Gap) -> str:
    """ "November 2017: expected 10.2, actual 10.4, behind by 0.2." """
    said = (
        f"{gap.period.in_words}: expected {measure.print_value(gap.expected)}, actual {measure.print_value(gap.actual)}"
    )
    if gap.behind > 0:
        beyond = ", more than the usual variation" if gap.is_beyond_band else ""
        return f"{said}, behind by {measure.print_change(gap.behind)}{beyond}."
    return f"{said}, ahead by {measure.print_change(-gap.behind)}." if gap.behind < 0 else f"{said}, as expected."


def _by_figures(found: Sequence[Gap]) -> tuple[bool, bool]:
    """Whether the newest figures put the plan off its course, and whether they make it slip."""
    if not found or found[-1].behind <= 0:
        return False, False
    newest, both = found[-1], len(found) > 1 and found[-2].behind > 0
    return (newest.is_beyond_band, both) if newest.has_band else (both, True)


def _rises(measure: Measure, path: Sequence[PathPoint]) -> bool:
    """Whether higher is better on this path. Towards a range, that is the way the path goes."""
    if measure.polarity is Polarity.RANGE:
        return path[-1].number >= path[0].number
    return measure.polarity is not Polarity.LOWER


def _between(measure: Measure, first: Period, low: Decimal, last: Period, high: Decimal) -> dict[Period, Decimal]:
    """Straight from one anchor to the next, the latter included; within the last cycle alone where it accumulates."""
    step = 12 if measure.frequency is Frequency.YEARLY else last.months
    periods = [last]
    while periods[0].shifted(-step).start > first.start:
        periods.insert(0, periods[0].shifted(-step))
    if measure.accumulation is Accumulation.CUMULATIVE:
        anew = [place for place, each in enumerate(periods) if begins_cycle(measure, each, first=first)]
        if anew:
            periods, low = periods[anew[-1] :], Decimal(0)
    return {each: low + (high - low) * (place + 1) / len(periods) for place, each in enumerate(periods)}


def _half_width(measure: Measure, known: Mapping[Period, Decimal], start: Period) -> Decimal | None:
    """Half the band: what four of five figures keep within, by the moving ranges of the two years before the plan."""
    if measure.accumulation is Accumulation.CUMULATIVE:
        return None
    before = sorted((period, number) for period, number in known.items() if period.start <= start.start)
    ranges = [
        abs(number - earlier)
        for (then, earlier), (now, number) in pairwise(before)
        if now.months == start.months and now.previous == then
    ][-_MOST_RANGES:]
    if len(ranges) < LEAST_RANGES:
        return None
    return sum(ranges, Decimal(0)) / len(ranges) / _MEAN_RANGE_OF_TWO * _FOUR_TIMES_OF_FIVE


def _point(measure: Measure, period: Period, number: Decimal, half: Decimal | None) -> PathPoint:
    if half is None:
        return PathPoint(period=period, number=number)
    low, high = number - half, number + half
    if not measure.may_be_negative:
        low = max(low, Decimal(0))
    if measure.is_share:
        high = min(high, measure.multiplier)
    return PathPoint(period=period, number=number, low=low, high=high)


def _gap(measure: Measure, period: Period, actual: Decimal, point: PathPoint, *, rises: bool) -> Gap:
    """Compared as printed, so that what is said and what is shown agree."""
    expected, actual = (round_half_up(each, measure.decimals) for each in (point.number, actual))
    bound = point.low if rises else point.high
    beyond = bound is not None and (actual < bound if rises else actual > bound)
    return Gap(
        period=period,
        expected=expected,
        actual=actual,
        behind=expected - actual if rises else actual - expected,
        is_beyond_band=beyond,
        has_band=bound is not None,
    )
