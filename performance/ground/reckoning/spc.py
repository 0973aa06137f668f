"""Statistical process control: XmR charts to the last bit as NHSRplotthedots works them out (moving ranges screened).

The arithmetic is in doubles, as the reference's is, with correctly rounded means: plain sums put a constant series
off its own mean and make false shifts. What leaves this module is the Decimal that prints as that double.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Context, Decimal
from enum import StrEnum
from itertools import pairwise
from statistics import mean

from performance.ground.figures import Figure, Series, Target
from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.due import stored_value
from performance.ground.values import Absence, Value, rounded

RULE_SET = (
    "XmR chart with the rules of NHSRplotthedots: beyond a limit, 7 in a trend, 2 of 3 near a limit, 7 in a shift"
)
LEAST_POINTS = 8
_FIRM_POINTS = 13
_RUN = 7
_SCREEN = 3.267
_TO_LIMIT = 2.66
_TO_NEAR = 2 * (2.66 / 3)
# So many digits of a double are sound: what comes after them would print 0.15 as 0.1.
_SOUND = Context(prec=15)


class PointType(StrEnum):
    """What a point says: noise, or a signal for better or worse (for a measure where neither is better, up or down)."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"

    @property
    def in_words(self) -> str:
        return {
            "common_cause": "usual ups and downs",
            "special_cause_improvement": "a real change for the better",
            "special_cause_concern": "a real change for the worse",
            "special_cause_neutral_high": "a real change, up",
            "special_cause_neutral_low": "a real change, down",
        }[self.value]


class Signal(StrEnum):
    """The rule that made a point a signal: of several, the first in this order."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "shift"

    @property
    def in_words(self) -> str:
        return {
            "outside": "beyond a process limit",
            "trend": "seven or more in a row rising or falling",
            "two_of_three": "two of three close to a process limit",
            "shift": "seven or more in a row on one side of the mean",
        }[self.value]


class Assurance(StrEnum):
    """Whether the process, as it runs, meets its target: what the limits say, whatever became of the last figures."""

    CONSISTENT_PASS = "consistent_pass"  # noqa: S105 - the promised name in exports
    CONSISTENT_FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"

    @property
    def in_words(self) -> str:
        return {
            "consistent_pass": "will reliably meet the target",
            "consistent_fail": "will not meet the target unless something changes",
            "inconsistent": "will meet the target at times and miss it at others",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The mean and the process limits, unrounded and not clipped; a constant series has a mean and no limits."""

    mean: Decimal
    lower: Decimal | None
    upper: Decimal | None
    near_lower: Decimal | None
    near_upper: Decimal | None
    points: int
    is_constant: bool = False

    @property
    def is_trial(self) -> bool:
        return self.points < _FIRM_POINTS

    def drawn(self, measure: Measure) -> tuple[Decimal, Decimal] | None:
        """The limits as a chart draws and says them: within what the measure can be, which the chart has to say."""
        if self._sound is None:
            return None
        lower, upper = self._sound
        least = lower if measure.may_be_negative else max(Decimal(0), lower)
        return least, min(measure.multiplier, upper) if measure.is_share else upper

    def is_clipped(self, measure: Measure) -> bool:
        """Whether a limit lies beyond what the measure can be."""
        return self.drawn(measure) != self._sound

    @property
    def _sound(self) -> tuple[Decimal, Decimal] | None:
        if self.lower is None or self.upper is None:
            return None
        return _SOUND.plus(self.lower), _SOUND.plus(self.upper)

    def in_words(self, measure: Measure) -> str:
        """ "Usually between 41 and 63 (trial limits, from 9 points)"."""
        drawn, mean = self.drawn(measure), measure.print_value(_SOUND.plus(self.mean))
        if drawn is None:
            return f"Always {mean}" if self.is_constant else f"{mean} in the mean; too many gaps to say what is usual"
        said = f"Usually between {measure.print_value(drawn[0])} and {measure.print_value(drawn[1])}"
        return f"{said} (trial limits, from {self.points} points)" if self.is_trial else said


@dataclass(frozen=True, kw_only=True)
class ProcessPoint:
    """One figure on the chart, as printed, with the limits of its stretch; without them where that is too short."""

    period: Period
    value: Decimal
    limits: Limits | None
    kind: PointType | None
    signal: Signal | None


@dataclass(frozen=True, kw_only=True)
class Process:
    """A series as its XmR chart reads; `limits` and `assurance` are those of the last stretch."""

    points: tuple[ProcessPoint, ...]
    assurance: Assurance | None

    @property
    def latest(self) -> ProcessPoint:
        return self.points[-1]

    @property
    def limits(self) -> Limits | None:
        return self.latest.limits

    @property
    def since(self) -> Period:
        """Since when every point has been of the kind of the newest."""
        kind, found = self.latest.kind, self.latest.period
        for point in reversed(self.points):
            if point.kind is not kind:
                break
            found = point.period
        return found

    def at(self, period: Period) -> ProcessPoint | None:
        return next((point for point in self.points if point.period == period), None)


def process_limits(values: Sequence[Value], *, screened: bool = True) -> Limits | None:
    """The limits of consecutive periods' values; an absence is a gap. None under 8 points.

    Moving ranges far above their mean are screened out, once, as the reference does unless told not to.
    """
    numbers = _doubles(values)
    points = len(numbers) - numbers.count(None)
    if points < LEAST_POINTS:
        return None
    is_constant = len(set(numbers) - {None}) == 1
    return replace(_lines(numbers, screened=screened).as_limits(points), is_constant=is_constant)


def read_process(
    measure: Measure,
    series: Series,
    *,
    up_to: date,
    target: Target | None = None,
) -> Process | None:
    """The XmR reading of a series' figures of periods that ended by the day, held against a target of one such period.

    None where XmR does not apply (cumulative, rolling and yearly measures, forecast outturns) or no stretch has 8
    points. A series break starts a new stretch, as a rebase does, with limits and rules of its own.
    """
    values = _consecutive(measure, series.figures, up_to) if is_charted(measure) else {}
    stretches = list(_stretches(values, [*(each.on for each in measure.breaks), *series.rebased_on]))
    points = tuple(point for stretch in stretches for point in _read_stretch(measure, stretch))
    if not any(point.limits for point in points):
        return None
    rated = measure.at(points[-1].period)
    return Process(points=points, assurance=assurance(points[-1].limits, target, rated.polarity))


def is_charted(measure: Measure) -> bool:
    """Whether XmR applies at all: to in-period and snapshot series reported more often than once a year.

    Forecasts of a year's outturn are twelve goes at one number, which moves with each year's budget.
    """
    if measure.is_outturn:
        return False
    accumulates = measure.accumulation in {Accumulation.IN_PERIOD, Accumulation.SNAPSHOT}
    return accumulates and measure.frequency is not Frequency.YEARLY


def assurance(limits: Limits | None, target: Target | None, polarity: Polarity) -> Assurance | None:
    """A target on a limit, or without limits, is sometimes met; none where neither way is better."""
    rises = _improves_upwards(polarity)
    if limits is None or target is None or target.number is None or rises is None:
        return None
    # Compared as doubles, as everything here: the limits are the doubles their decimals print as.
    number = float(target.number)
    if limits.upper is not None and number > float(limits.upper):
        return Assurance.CONSISTENT_FAIL if rises else Assurance.CONSISTENT_PASS
    if limits.lower is not None and number < float(limits.lower):
        return Assurance.CONSISTENT_PASS if rises else Assurance.CONSISTENT_FAIL
    return Assurance.INCONSISTENT


def _improves_upwards(polarity: Polarity) -> bool | None:
    """Whether up is better; None where neither way is."""
    return {Polarity.HIGHER: True, Polarity.RISE_WANTED: True, Polarity.LOWER: False}.get(polarity)


def _consecutive(measure: Measure, figures: Mapping[Period, Figure], up_to: date) -> dict[Period, Value]:
    """Every period from the first number to the last, with its value as printed; one without is a gap."""
    known = {
        period: value
        for period, figure in figures.items()
        if period.end <= up_to
        and measure.own_period(period.start) == period
        and isinstance(value := rounded(stored_value(measure, figure), measure.decimals), Decimal)
    }
    values: dict[Period, Value] = {}
    period, last = min(known, default=None), max(known, default=None)
    while period is not None and last is not None and period <= last:
        values[period] = known.get(period, Absence.NOT_PROVIDED)
        period = period.following
    return values


def _stretches(values: Mapping[Period, Value], starts: Iterable[date]) -> Iterable[dict[Period, Value]]:
    """The series cut where a new stretch begins: at the first period that ends on or after the day."""
    days = sorted(set(starts))
    cut: dict[int, dict[Period, Value]] = {}
    for period, value in values.items():
        cut.setdefault(sum(day <= period.end for day in days), {})[period] = value
    return cut.values()


def _read_stretch(measure: Measure, stretch: Mapping[Period, Value]) -> Iterator[ProcessPoint]:
    """The points of one stretch; a stretch too short has points without limits, and no signals."""
    limits = process_limits(list(stretch.values()))
    marks = _marks(_doubles(list(stretch.values()))) if limits else {}
    for place, (period, value) in enumerate(stretch.items()):
        if isinstance(value, Decimal):
            signal, is_high = marks.get(place, (None, False))
            rises = _improves_upwards(measure.at(period).polarity)
            kind = _point_type(is_high, rises) if signal else PointType.COMMON_CAUSE
            yield ProcessPoint(period=period, value=value, limits=limits, kind=kind if limits else None, signal=signal)


def _point_type(is_high: bool, rises: bool | None) -> PointType:
    if rises is None:
        return PointType.NEUTRAL_HIGH if is_high else PointType.NEUTRAL_LOW
    return PointType.IMPROVEMENT if is_high is rises else PointType.CONCERN


_Doubles = list[float | None]


@dataclass(frozen=True, kw_only=True)
class _Lines:
    """The mean and the spread between points, in doubles. Without a moving range left the spread is unknown."""

    mean: float
    spread: float | None

    def at(self, factor: float) -> float | None:
        return None if self.spread is None else self.mean + factor * self.spread

    def as_limits(self, points: int) -> Limits:
        return Limits(
            mean=Decimal(repr(self.mean)),
            lower=_decimal(self.at(-_TO_LIMIT)),
            upper=_decimal(self.at(_TO_LIMIT)),
            near_lower=_decimal(self.at(-_TO_NEAR)),
            near_upper=_decimal(self.at(_TO_NEAR)),
            points=points,
        )

    def side(self, number: float) -> int:
        """Above the mean, below it, or exactly on it, which is neither."""
        return (number > self.mean) - (number < self.mean)

    def is_beyond(self, number: float, factor: float) -> bool:
        lower, upper = self.at(-factor), self.at(factor)
        return lower is not None and upper is not None and not lower <= number <= upper


def _lines(numbers: _Doubles, *, screened: bool = True) -> _Lines:
    """Screening leaves moving ranges out of the spread, never a point out of the mean."""
    known = [number for number in numbers if number is not None]
    ranges = [abs(now - then) for then, now in pairwise(numbers) if then is not None and now is not None]
    if screened and ranges:
        bound = _SCREEN * mean(ranges)
        ranges = [each for each in ranges if each < bound]
    return _Lines(mean=mean(known), spread=mean(ranges) if ranges else None)


def _marks(numbers: _Doubles) -> dict[int, tuple[Signal, bool]]:
    """The signals by place: the rule that made each, and whether it is high."""
    lines = _lines(numbers)
    sides = [0 if number is None else lines.side(number) for number in numbers]
    steps = _steps(numbers)
    trend = _in_a_run([0, *steps], _RUN - 1, reach_back=1)
    rules = [
        (
            Signal.OUTSIDE,
            {i for i, each in enumerate(numbers) if each is not None and lines.is_beyond(each, _TO_LIMIT)},
        ),
        (Signal.TREND, trend),
        (Signal.TWO_OF_THREE, _two_of_three(numbers, sides, lines)),
        (Signal.SHIFT, _in_a_run(sides, _RUN)),
    ]
    marks: dict[int, tuple[Signal, bool]] = {}
    for signal, places in rules:
        for place in places - marks.keys():
            is_high = _rises(place, trend, steps) if signal is Signal.TREND else sides[place] > 0
            marks[place] = (signal, is_high)
    return marks


def _steps(numbers: _Doubles) -> list[int]:
    """From each point to the next: up, down, or neither, as where either is missing."""
    return [0 if then is None or now is None else (now > then) - (now < then) for then, now in pairwise(numbers)]


def _in_a_run(signs: Sequence[int], length: int, *, reach_back: int = 0) -> set[int]:
    """The places in any run of so many equal signs, none of them 0; with as many places before it as asked."""
    return {
        place
        for start in range(len(signs) - length + 1)
        if signs[start] != 0 and len(set(signs[start : start + length])) == 1
        for place in range(start - reach_back, start + length)
    }


def _two_of_three(numbers: _Doubles, sides: Sequence[int], lines: _Lines) -> set[int]:
    """The close points, at least two, of any three in a row on one side of the mean; one outside is not close."""
    close = {
        place
        for place, number in enumerate(numbers)
        if number is not None and lines.is_beyond(number, _TO_NEAR) and not lines.is_beyond(number, _TO_LIMIT)
    }
    windows = [range(start, start + 3) for start in range(len(numbers) - 2)]
    alike = [window for window in windows if {sides[place] for place in window} in ({1}, {-1})]
    return {place for window in alike if len(close & set(window)) >= 2 for place in close & set(window)}


def _rises(place: int, trend: set[int], steps: Sequence[int]) -> bool:
    """The step to the next point where that is in a trend too, else the step to this one; no step is a fall."""
    return steps[place if place + 1 in trend else place - 1] > 0


def _doubles(values: Iterable[Value]) -> _Doubles:
    return [float(value) if isinstance(value, Decimal) else None for value in values]


def _decimal(number: float | None) -> Decimal | None:
    """The shortest decimal that reads back as the double."""
    return None if number is None else Decimal(repr(number))
