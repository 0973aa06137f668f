"""What a target would mean, in words: against what has been reached before, and whether it asks less than the last."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from performance.ground.figures import Series, Target
from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.aggregation import aggregate
from performance.ground.reckoning.due import numbers
from performance.ground.reckoning.rag import has_aim, missed_by, tolerance
from performance.ground.values import round_half_up


class Reach(StrEnum):
    """How far a target reaches beyond what has been."""

    STRETCH = "STRETCH"
    BETTER = "BETTER"
    NO_CHANGE = "NO CHANGE"
    EASIER = "EASIER"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A target held against the past: one word, and the sentence that says why."""

    reach: Reach
    why: str

    @property
    def in_words(self) -> str:
        """ "STRETCH: better than any 12 months since April 2012"."""
        return f"{self.reach.value}: {self.why}"


def read_target(measure: Measure, series: Series, target: Target, *, today: date) -> Reading | None:
    """The target against every earlier twelve months and against last year; None without a complete year before it."""
    measure = replace(measure, earlier=())
    if not has_aim(target, measure.polarity):
        return None
    years = list(_years(measure, series, today))
    if not years:
        return None
    last_period, last = years[-1]
    missed = missed_by(last, target, measure.polarity)
    if missed <= 0:
        return _met_already(measure, target, last, last_period)
    if len(years) > 1 and all(missed_by(value, target, measure.polarity) > 0 for _, value in years):
        return Reading(reach=Reach.STRETCH, why=f"better than any {_span(measure)} since {_since(years[0][0])}")
    by = measure.print_change(missed)
    if round_half_up(missed, measure.decimals) == 0:
        by = "a little"
    return Reading(
        reach=Reach.BETTER, why=f"{by} better than {measure.print_value(last)} in {_named(measure, last_period)}"
    )


def loosens(measure: Measure, new: Target, old: Target | None, *, default_percent: Decimal) -> bool:
    """Whether a target asks less than the one before: its green, or its amber, begins earlier. Never where it asks
    the same, and never the first."""
    if old is None or not (has_aim(new, measure.polarity) and has_aim(old, measure.polarity)):
        return False
    measure = replace(measure, earlier=())
    after, before = (_edges(measure, each, default_percent) for each in (new, old))
    return any(now > then for now, then in zip(after, before, strict=True))


def _edges(measure: Measure, target: Target, default_percent: Decimal) -> list[Decimal]:
    """Where green and amber end, each so that a larger number is easier to meet."""

    def allowed(bound: Decimal) -> Decimal:
        return tolerance(measure, target, bound, default_percent=default_percent)

    if measure.polarity is Polarity.RANGE and target.bounds is not None:
        lower, upper = target.bounds
        return [-lower, upper, allowed(lower) - lower, upper + allowed(upper)]
    aim = target.number or Decimal(0)
    easier = aim if measure.polarity is Polarity.LOWER else -aim
    return [easier, easier + allowed(aim)]


def _met_already(measure: Measure, target: Target, last: Decimal, period: Period) -> Reading:
    """Last year was as good, or better: then the target asks for nothing new, or for less."""
    came_to = f"{_named(measure, period)} came to {measure.print_value(last)}"
    if target.number is None or target.number == last:
        return Reading(reach=Reach.NO_CHANGE, why=f"already met, {came_to}")
    by = measure.print_change(target.number - last)
    return Reading(reach=Reach.EASIER, why=f"already met, {came_to}, which is {by} better")


def _years(measure: Measure, series: Series, today: date) -> Iterator[tuple[Period, Decimal]]:
    """Every complete twelve months there have been, as printed and rated, the oldest first: a total to date only by its
    whole years."""
    known = list(numbers(measure, series.figures))
    for end in known:
        whole = _ending(measure, end)
        if whole is None or end.end >= today:
            continue
        reached = aggregate(measure, series, whole, today=today)
        if isinstance(reached.value, Decimal) and reached.is_complete:
            yield whole, round_half_up(reached.value, measure.decimals)


def _ending(measure: Measure, end: Period) -> Period | None:
    if measure.frequency is Frequency.YEARLY or measure.accumulation in {Accumulation.SNAPSHOT, Accumulation.ROLLING}:
        return end
    whole = end.shifted(end.months - 12)
    whole = Period(start=whole.start, months=12)
    if measure.accumulation is Accumulation.CUMULATIVE:
        return whole if whole.start.month == measure.year_basis.first_month else None
    return whole


def _span(measure: Measure) -> str:
    if measure.frequency is Frequency.YEARLY or measure.accumulation is Accumulation.CUMULATIVE:
        return "year"
    if measure.accumulation in {Accumulation.SNAPSHOT, Accumulation.ROLLING}:
        return {Frequency.MONTHLY: "month", Frequency.QUARTERLY: "quarter"}[measure.frequency]
    return "12 months"


def _since(first: Period) -> str:
    return f"{calendar.month_name[first.start.month]} {first.start.year}"


def _named(measure: Measure, period: Period) -> str:
    """2016/17; or, where they are no year of the measure's own, the 12 months to October 2017."""
    if period.months == 12 and period.start.month != measure.year_basis.first_month:
        return f"the 12 months to {calendar.month_name[period.end.month]} {period.end.year}"
    return period.short
