"""How figures add up over time: a quarter, a year, the year to date. Never the mean of percentages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from performance.ground.figures import Figure, Series, Target
from performance.ground.measures import Accumulation, Measure
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.due import figure_value, is_due, is_provided, numbers
from performance.ground.values import Absence, Value


@dataclass(frozen=True, kw_only=True)
class Aggregate:
    """A measure over a period, unrounded, with the months behind it (its own periods, whatever their length).

    It is complete when no month of the period lacks a number; a month with nothing to count is no lack.
    """

    period: Period
    value: Value
    target: Target | None
    months_provided: int
    months_due: int
    as_at: Period | None
    is_complete: bool = True

    @property
    def is_partial(self) -> bool:
        """Whether there is a value, made from fewer months than the period has."""
        return isinstance(self.value, Decimal) and not self.is_complete

    @property
    def is_whole(self) -> bool:
        """Whether the value stands for all of the period: with every month in; of a sum to date, or a state on a day,
        with the last."""
        at_its_end = self.as_at is not None and self.as_at.end == self.period.end
        return isinstance(self.value, Decimal) and (self.is_complete or at_its_end)


@dataclass(frozen=True, kw_only=True)
class _Month:
    period: Period
    figure: Figure | None
    value: Value


def months_in_words(measure: Measure, aggregate: Aggregate) -> str:
    """How many months stand behind an aggregate."""
    return behind_in_words(measure, provided=aggregate.months_provided, due=aggregate.months_due)


def behind_in_words(measure: Measure, *, provided: int, due: int) -> str:
    """ "8 of 9 months". A figure that came before it was due counts as due, so it is never 9 of 8."""
    noun = {Frequency.MONTHLY: "month", Frequency.QUARTERLY: "quarter", Frequency.YEARLY: "year"}[measure.frequency]
    due = max(due, provided)
    return f"{provided} of {due} {noun}" + ("" if due == 1 else "s")


def own_periods(measure: Measure, period: Period) -> list[Period]:
    """The measure's own reporting periods that lie within the period, in order."""
    length = measure.frequency.months
    if period.months == length:
        return [period]
    part = measure.own_period(period.start)
    if part.start < period.start:
        part = part.following
    return list(Period(start=part.start, months=_months_between(part.start, period)).split(length))


def aggregate(measure: Measure, series: Series, period: Period, *, today: date) -> Aggregate:
    """The measure over the period, by its accumulation, with the target of what is shown."""
    inside = [period] if period in series.figures else own_periods(measure, period)
    months = [_month(measure, series, part, today) for part in inside if _counts(measure, series, part)]
    return Aggregate(
        period=period,
        value=_combined(measure, months),
        target=_target(measure, series, period, months),
        months_provided=sum(is_provided(month.value) for month in months),
        months_due=sum(is_due(measure, month.period, today=today) for month in months),
        as_at=_as_at(measure, months),
        is_complete=all(isinstance(m.value, Decimal) or m.value is Absence.NOT_APPLICABLE for m in months),
    )


def year_to_date(measure: Measure, series: Series, period: Period, *, today: date) -> Aggregate:
    """The measure over its own year, up to the end of the period. A period of a year or more is its own."""
    if period.months >= 12 and measure.frequency is Frequency.YEARLY:
        return aggregate(measure, series, period, today=today)
    return aggregate(measure, series, period.year_to_date(measure.year_basis), today=today)


def longer_periods(measure: Measure, series: Series, months: int, *, today: date) -> dict[Period, Aggregate]:
    """The measure over every quarter (3) or year (12, on its own basis) that it has figures within, in order.

    Empty for a measure whose own periods are as long already.
    """
    basis = measure.year_basis
    longer = {
        Period.containing(each.start, months=months, basis=basis) for each in series.figures if each.months < months
    }
    if measure.frequency.months >= months:
        return {}
    return {period: aggregate(measure, series, period, today=today) for period in sorted(longer)}


def in_month_parts(measure: Measure, values: Mapping[Period, Decimal]) -> dict[Period, Decimal]:
    """What each period added. A cumulative figure is taken apart within its cycle; a gap leaves the next one out."""
    if measure.accumulation is not Accumulation.CUMULATIVE or not values:
        return dict(values)
    first, parts = min(values), {}
    for period, value in values.items():
        if begins_cycle(measure, period, first=first):
            parts[period] = value
        elif (before := values.get(period.previous)) is not None:
            parts[period] = value - before
    return parts


def begins_cycle(measure: Measure, period: Period, *, first: Period) -> bool:
    """Whether a cumulative measure starts anew with the period.

    A cycle longer than a year is counted from the year the measure began, or else its first figure.
    """
    began = measure.own_period(measure.active_from or first.start).start
    year = Period.containing(began, months=12, basis=measure.year_basis).start
    return _months_apart(year, period.start) % measure.cycle_months == 0


def in_month_part(measure: Measure, series: Series, period: Period, *, today: date) -> Value:
    """What one period of a cumulative measure added; absent where the figure, or the one before it, is."""
    value = figure_value(measure, series.stored(period), period, today=today)
    if isinstance(value, Absence):
        return value
    return in_month_parts(measure, numbers(measure, series.figures)).get(period, Absence.NOT_PROVIDED)


def _counts(measure: Measure, series: Series, period: Period) -> bool:
    return period in series.figures or measure.is_active(period)


def _month(measure: Measure, series: Series, period: Period, today: date) -> _Month:
    figure = series.stored(period)
    return _Month(period=period, figure=figure, value=figure_value(measure, figure, period, today=today))


def _with_numbers(months: Sequence[_Month]) -> list[_Month]:
    return [month for month in months if isinstance(month.value, Decimal)]


def _combined(measure: Measure, months: Sequence[_Month]) -> Value:
    known = [month.value for month in months if isinstance(month.value, Decimal)]
    if not known:
        reasons = {month.value for month in months if isinstance(month.value, Absence)}
        return reasons.pop() if len(reasons) == 1 else Absence.NOT_PROVIDED if months else Absence.NOT_APPLICABLE
    if len(months) == 1 or measure.accumulation is not Accumulation.IN_PERIOD:
        return known[-1]
    return _ratio(measure, months) if measure.is_ratio else sum(known, Decimal(0))


def _ratio(measure: Measure, months: Sequence[_Month]) -> Value:
    """Sum of numerators over sum of denominators. Values without counts cannot be added up, so there is none."""
    counts = [(month.figure.numerator, month.figure.denominator) for month in months if month.figure]
    complete = [(numerator, denominator) for numerator, denominator in counts if numerator is not None]
    if len(complete) < len(_with_numbers(months)) or any(denominator is None for _, denominator in complete):
        return Absence.NOT_APPLICABLE
    numerators = sum((numerator for numerator, _ in complete), Decimal(0))
    return measure.work_out(numerators, sum((part for _, part in complete if part is not None), Decimal(0)))


def _as_at(measure: Measure, months: Sequence[_Month]) -> Period | None:
    known = _with_numbers(months)
    if measure.accumulation is Accumulation.IN_PERIOD or not known:
        return None
    return known[-1].period


def _target(measure: Measure, series: Series, period: Period, months: Sequence[_Month]) -> Target | None:
    """The target given for exactly the period, or else that of the months the value is made of."""
    known = [month.period for month in _with_numbers(months)]
    if period in series.targets or not known:
        return series.targets.get(period)
    if measure.accumulation is Accumulation.IN_PERIOD and not measure.is_ratio:
        return summed_target([series.targets.get(part) for part in known], period)
    return series.targets.get(known[-1])


def summed_target(targets: Sequence[Target | None], period: Period) -> Target | None:
    """The targets added up, each bound for itself. One month without a target leaves the sum without."""
    given = [target for target in targets if target is not None]
    if len(given) < len(targets):
        return None
    return Target(
        measure_code=given[0].measure_code,
        area_code=given[0].area_code,
        period=period,
        number=_sum_of([target.number for target in given]),
        lower=_sum_of([target.lower for target in given]),
        upper=_sum_of([target.upper for target in given]),
        tolerance=given[-1].tolerance,
        tolerance_kind=given[-1].tolerance_kind,
    )


def _sum_of(parts: Sequence[Decimal | None]) -> Decimal | None:
    given = [part for part in parts if part is not None]
    return sum(given, Decimal(0)) if given and len(given) == len(parts) else None


def _months_apart(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _months_between(start: date, period: Period) -> int:
    """Whole months from the day to the end of the period."""
    return max(0, _months_apart(start, period.end) + 1)
