"""Where a measure will stand at the end of its year: the value, an 80 percent interval, the chance of the target.

From 24 months of history (eight quarters, eight years) by exponential smoothing; from less by a run-rate, which says
so; from too little not at all. Whatever is known of the year stands as it is: only what is missing is forecast.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from statistics import fmean

from performance.ground.figures import Figure, Series, Target
from performance.ground.measures import Accumulation, Measure
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.aggregation import aggregate, begins_cycle, in_month_parts, own_periods, summed_target
from performance.ground.reckoning.due import numbers, stored_value
from performance.ground.reckoning.rag import has_aim, missed_by
from performance.ground.values import DUST, Absence, round_half_up
from performance.review.ahead.printing import print_all
from performance.review.ahead.run_rate import go_on_as_usual, go_on_from_its_level
from performance.review.ahead.smoothing import Futures, smooth

_LEAST_FOR_RUN_RATE = {Frequency.MONTHLY: 6, Frequency.QUARTERLY: 4, Frequency.YEARLY: 4}
LEAST_FOR_SMOOTHING = {Frequency.MONTHLY: 24, Frequency.QUARTERLY: 8, Frequency.YEARLY: 8}
_FURTHEST_MONTHS = 24
# A percentage to date whose cycle opens with a part so many times the others is a level, not a sum that grows.
_LEVEL = 3


class Basis(StrEnum):
    """What a forecast rests on."""

    KNOWN = "known"
    SMOOTHING = "smoothing"
    RUN_RATE = "run_rate"


@dataclass(frozen=True, kw_only=True)
class Trial:
    """The forecast as it would have been, standing at the same month in an earlier year, against what came."""

    period: Period
    basis_in_words: str
    missed_by: Decimal


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """The value at the end of the period, as printed, and the interval it lies in four times out of five.

    `behind` is the number of own periods of history; `trial` is None where there is too little of it to try.
    """

    period: Period
    value: Decimal
    low: Decimal
    high: Decimal
    basis: Basis
    behind: int
    frequency: Frequency
    trial: Trial | None = None
    draws: tuple[Decimal, ...] = field(default=(), repr=False)

    @property
    def is_known(self) -> bool:
        """Whether nothing of it is left to forecast."""
        return self.basis is Basis.KNOWN

    @property
    def basis_in_words(self) -> str:
        """ "run-rate of 9 months", "smoothing of 36 months"."""
        if self.basis is Basis.KNOWN:
            return "all figures are in"
        noun = {Frequency.MONTHLY: "months", Frequency.QUARTERLY: "quarters", Frequency.YEARLY: "years"}
        method = "run-rate" if self.basis is Basis.RUN_RATE else "smoothing"
        return f"{method} of {self.behind} {noun[self.frequency]}"

    def in_words(self, measure: Measure) -> str:
        """ "10.5 days, between 9.9 days and 11.1 days four times out of five (run-rate of 9 months)"."""
        said = measure.print_value(self.value)
        if self.basis is not Basis.KNOWN:
            low, high = measure.print_value(self.low), measure.print_value(self.high)
            said += f", between {low} and {high} four times out of five"
        return f"{said} ({self.basis_in_words})"

    def error_in_words(self, measure: Measure) -> str:
        """How far off the same forecast was in an earlier year."""
        if self.trial is None:
            return "There is too little history to try the forecast on an earlier year"
        missed = measure.print_change(self.trial.missed_by)
        return f"Tried on {self.trial.period}: {self.trial.basis_in_words} was off by {missed}"

    def chance_of(self, target: Target, measure: Measure) -> Decimal | None:
        """The part of the paths that meet the target, from 0 to 1; None without a target to meet."""
        polarity = measure.at(target.period).polarity
        if not has_aim(target, polarity):
            return None
        # Printed numbers come again and again: each is judged once.
        met = sum(
            many
            for draw, many in Counter(self.draws).items()
            if round_half_up(missed_by(draw, target, polarity), DUST) <= 0
        )
        return round_half_up(Decimal(met) / len(self.draws), 3)


@dataclass(frozen=True, kw_only=True)
class Chance:
    """The chance of meeting a target, from 0 to 1, and the forecast it comes from."""

    probability: Decimal
    forecast: Forecast

    @property
    def in_words(self) -> str:
        """ "About a 4% chance on present trend (run-rate of 9 months)"."""
        percent = int(round_half_up(self.probability * 100, 0))
        if self.forecast.basis is Basis.KNOWN:
            return "The target is met: all figures are in" if percent else "The target is missed: all figures are in"
        said = f"About {_article(percent)} {percent}% chance"
        if percent < 1:
            said = "Less than a 1% chance"
        elif percent > 99:
            said = "More than a 99% chance"
        return f"{said} on present trend ({self.forecast.basis_in_words})"


def chance_of(measure: Measure, series: Series, target: Target, *, today: date) -> Chance | None:
    """The chance that the measure meets the target over the target's own period, as known today.

    None for a target without a number, a measure that is for context, and history too short for a forecast.
    """
    expected = forecast(measure, series.figures, target.period, up_to=today)
    probability = expected.chance_of(target, measure) if expected else None
    return None if expected is None or probability is None else Chance(probability=probability, forecast=expected)


def year_target(measure: Measure, series: Series, year: Period) -> Target | None:
    """What the year is held against: its own target, else the sum of its months' (counts), else its last month's."""
    if year in series.targets:
        return series.targets[year]
    parts = [part for part in own_periods(measure, year) if measure.is_active(part)]
    given = [series.targets.get(part) for part in parts]
    if not given:
        return None
    return summed_target(given, year) if _adds_up(measure) else given[-1]


def forecast(
    measure: Measure, figures: Mapping[Period, Figure], period: Period, *, up_to: date, with_trial: bool = True
) -> Forecast | None:
    """The measure over the period (its year, as a rule) from the figures of periods that ended by the day.

    History before a series break is left out. None for fewer than six months, four quarters or four years of it, for
    a period more than two years ahead, for one the measure is not reported in, and of an outturn that is a forecast
    already (`Measure.is_outturn`). With a trial, the same is worked
    out as it would have been in an earlier year, and set against what came.
    """
    past = None if measure.is_outturn else _past(measure, figures, period, up_to)
    if past is None:
        return None
    found = _known(past) or _expected(past)
    if with_trial and found.basis is not Basis.KNOWN:
        return replace(found, trial=_trial(past))
    return found


@dataclass(frozen=True, kw_only=True)
class _Past:
    """What is known before a forecast: the numbers by period, and which of the measure's own periods are asked for."""

    measure: Measure
    figures: Mapping[Period, Figure]
    known: Mapping[Period, Decimal]
    asked: Sequence[Period]
    period: Period

    @cached_property
    def last(self) -> Period:
        return max(self.known)

    @cached_property
    def builds_up(self) -> bool:
        """Whether a cumulative measure grows through its cycle. A percentage to date need not: then it is a level."""
        if self.measure.accumulation is not Accumulation.CUMULATIVE:
            return False
        parts = in_month_parts(self.measure, self.known)
        first = [abs(part) for period, part in parts.items() if self.begins_cycle(period)]
        later = [abs(part) for period, part in parts.items() if not self.begins_cycle(period)]
        is_level = bool(first) and bool(later) and fmean(first) > _LEVEL * fmean(later)
        return not (self.measure.is_ratio and is_level)

    @cached_property
    def working(self) -> Mapping[Period, Decimal]:
        """The series that goes on: what each month added where the measure builds up, else the values."""
        return in_month_parts(self.measure, self.known) if self.builds_up else self.known

    @cached_property
    def grid(self) -> list[Period]:
        """Every own period from the first known or asked for to the last known or asked for."""
        return list(_from_to(min(*self.known, self.asked[0]), max(self.last, self.asked[-1])))

    @cached_property
    def history(self) -> list[float | None]:
        """The working series up to the last known period; a gap is None."""
        return [
            float(self.working[period]) if period in self.working else None
            for period in self.grid
            if period <= self.last
        ]

    @property
    def goes_on_from_its_level(self) -> bool:
        """Whether each period goes on from the one before, rather than standing for itself as a month's count does."""
        stands_alone = self.measure.accumulation is Accumulation.IN_PERIOD or self.builds_up
        return self.measure.frequency is Frequency.YEARLY or not stands_alone

    def begins_cycle(self, period: Period) -> bool:
        return begins_cycle(self.measure, period, first=min(self.known))

    def bounds(self, *, among: Mapping[Period, Decimal]) -> tuple[float, float]:
        """Within what can be: not below zero unless it may or ever was among these, a share not above the whole."""
        may_be_below = self.measure.may_be_negative or min(among.values()) < 0
        whole = float(self.measure.multiplier) if self.measure.is_share else math.inf
        return -math.inf if may_be_below else 0.0, whole

    def is_nothing(self, period: Period) -> bool:
        """Whether the period is past and had nothing to count: it adds nothing, and is not forecast."""
        figure = self.figures.get(period)
        return (
            figure is not None and period <= self.last and stored_value(self.measure, figure) is Absence.NOT_APPLICABLE
        )


def _past(measure: Measure, figures: Mapping[Period, Figure], period: Period, up_to: date) -> _Past | None:
    asked = [part for part in own_periods(measure, period) if measure.is_active(part)]
    since = max((each.on for each in measure.breaks if each.on <= up_to), default=date.min)
    known = {
        each: number
        for each, number in numbers(measure, figures).items()
        if since <= each.end <= up_to and _is_in_step(measure, each, period)
    }
    if not asked or not known or asked[-1] < min(known):
        return None
    past = _Past(measure=measure, figures=figures, known=known, asked=asked, period=period)
    ahead = (len(past.grid) - len(past.history)) * measure.frequency.months
    is_enough = len(past.working) >= _LEAST_FOR_RUN_RATE[measure.frequency] and ahead <= _FURTHEST_MONTHS
    return past if is_enough else None


def _is_in_step(measure: Measure, each: Period, period: Period) -> bool:
    """Whether a figure's period is one of the measure's own; yearly ones start on the day the asked one does."""
    if measure.frequency is Frequency.YEARLY:
        return each.months == 12 and (each.start.month, each.start.day) == (period.start.month, period.start.day)
    return measure.own_period(each.start) == each


def _from_to(first: Period, last: Period) -> Iterator[Period]:
    while first <= last:
        yield first
        first = first.following


def _known(past: _Past) -> Forecast | None:
    """What the period came to, where nothing of it is left to forecast."""
    needed = past.asked if past.measure.accumulation is Accumulation.IN_PERIOD else past.asked[-1:]
    if not all(part in past.known or past.is_nothing(part) for part in needed):
        return None
    reached = aggregate(past.measure, Series(figures=past.figures, targets={}), past.period, today=past.last.end)
    value = reached.value if isinstance(reached.value, Decimal) else past.known.get(past.asked[-1])
    if value is None:
        return None
    printed = round_half_up(value, past.measure.decimals)
    return _forecast(past, printed, [printed], basis=Basis.KNOWN, behind=len(past.known))


def _expected(past: _Past) -> Forecast:
    """What the period is expected to come to, by each of the ways the series may go on."""
    futures, basis, behind = _futures(past)
    value, *draws = _reached(past, futures)
    return _forecast(past, value, draws, basis=basis, behind=behind)


def _reached(past: _Past, futures: Futures) -> list[Decimal]:
    """What the period comes to, as printed: as expected first, then on each path."""
    import numpy as np

    base, weights = _weights(past)
    asked = np.vstack([futures.expected, futures.paths])[:, list(weights)]
    parts = np.clip(asked, *past.bounds(among=past.working)) @ np.array(list(weights.values()))
    return print_all(np.clip(base + parts, *past.bounds(among=past.known)), past.measure.decimals)


def _futures(past: _Past) -> tuple[Futures, Basis, int]:
    """Smoothed where the history is long enough and some form fits it, else at the run-rate; with how much of it."""
    history = past.history
    ahead = len(past.grid) - len(history)
    known = [number for number in history if number is not None]
    season = 12 // past.measure.frequency.months
    is_long = len(known) >= LEAST_FOR_SMOOTHING[past.measure.frequency]
    if is_long and (smoothed := smooth(history, season=season, ahead=ahead)):
        return smoothed, Basis.SMOOTHING, len(known)
    if past.goes_on_from_its_level:
        return go_on_from_its_level(history, ahead=ahead), Basis.RUN_RATE, len(known)
    recent = known[-season:]
    return go_on_as_usual(history, recent=recent, ahead=ahead), Basis.RUN_RATE, len(recent)


def _forecast(past: _Past, value: Decimal, draws: Sequence[Decimal], *, basis: Basis, behind: int) -> Forecast:
    ordered = sorted(draws)
    tenth = len(ordered) // 10
    return Forecast(
        period=past.period,
        value=value,
        low=min(value, ordered[tenth]),
        high=max(value, ordered[-1 - tenth]),
        basis=basis,
        behind=behind,
        frequency=past.measure.frequency,
        draws=tuple(draws),
    )


def _weights(past: _Past) -> tuple[float, dict[int, float]]:
    """The value asked for as a sum over places in the grid: what is there already, and the weight of each place."""
    places = {period: place for place, period in enumerate(past.grid)}
    if past.builds_up:
        return _built_up(past, places)
    if past.measure.accumulation is Accumulation.IN_PERIOD:
        counted = [part for part in past.asked if not past.is_nothing(part)]
        sizes = dict.fromkeys(counted, 1.0) if _adds_up(past.measure) else _sizes(past, counted)
        whole = 1.0 if _adds_up(past.measure) else sum(sizes.values())
        if whole:
            return 0.0, {places[part]: size / whole for part, size in sizes.items()}
    return 0.0, {places[past.asked[-1]]: 1.0}


def _built_up(past: _Past, places: Mapping[Period, int]) -> tuple[float, dict[int, float]]:
    """The latest total, and every part that comes after it; a new cycle starts from nothing."""
    end = past.asked[-1]
    reached = max(period for period in past.known if period <= end)
    base, weights = float(past.known[reached]), dict[int, float]()
    for period in _from_to(reached.following, end):
        if past.begins_cycle(period):
            base, weights = 0.0, {}
        weights[places[period]] = 1.0
    return base, weights


def _sizes(past: _Past, parts: Sequence[Period]) -> dict[Period, float]:
    """The denominator of each part of a ratio, a usual one for those to come; none where a known part has none."""
    sizes = {
        period: float(figure.denominator)
        for period in past.known
        if (figure := past.figures[period]).denominator is not None and figure.numerator is not None
    }
    if not sizes or any(part in past.known and part not in sizes for part in parts):
        return {}
    usual = fmean(list(sizes.values())[-12 // past.measure.frequency.months :])
    return {part: sizes.get(part, usual) for part in parts}


def _trial(past: _Past) -> Trial | None:
    """The latest earlier year of which everything is in, forecast from the same month of the year before it."""
    for years in range(1, 4):
        period, stood_at = past.period.shifted(-12 * years), past.last.shifted(-12 * years).end
        came = forecast(past.measure, past.figures, period, up_to=past.last.end, with_trial=False)
        if came is not None and came.basis is Basis.KNOWN:
            said = forecast(past.measure, past.figures, period, up_to=stood_at, with_trial=False)
            if said is None:
                return None
            return Trial(period=period, basis_in_words=said.basis_in_words, missed_by=abs(said.value - came.value))
    return None


def _adds_up(measure: Measure) -> bool:
    return measure.accumulation is Accumulation.IN_PERIOD and not measure.is_ratio


def _article(percent: int) -> str:
    return "an" if percent in {8, 11, 18} or 80 <= percent < 90 else "a"
