"""How an annual target runs over its year: evenly, in a line, with the seasons or by hand, always reconciling to it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise

from performance.ground.figures import Profile, Target
from performance.ground.measures import Accumulation, Measure
from performance.ground.periods import Period
from performance.ground.reckoning.aggregation import in_month_parts, own_periods
from performance.ground.values import round_half_up

_YEARS_FOR_SEASON = 3
# Spread numbers are kept to twelve places; being differences of running sums, they add up exactly all the same.
_PLACES = 12


def spread(
    target: Target, measure: Measure, *, outturn: Decimal | None, history: Mapping[Period, Decimal]
) -> dict[Period, Target]:
    """The targets of the measure's own periods within an annual target, by its profile; they reconcile to it.

    `outturn` is what the year before came to; `history` the unrounded numbers of own periods, as stored. Where the
    profile asks for history that is not there, the target spreads evenly. By hand, the parts are what was typed.
    """
    periods = own_periods(measure, target.period)
    whole = sum(period.months for period in periods) == target.period.months
    if target.profile is Profile.MANUAL:
        return {period: _part(target, period, number, None, None) for period, number in target.parts}
    if target.profile is None or not whole:
        return {}
    shares = _seasonal_shares(measure, periods, history) if target.profile is Profile.SEASONAL else None

    def over(bound: Decimal | None) -> Sequence[Decimal | None]:
        count = len(periods)
        return [None] * count if bound is None else _spread_bound(bound, target, measure, outturn, shares, count)

    return {
        period: _part(target, period, number, low, high)
        for period, number, low, high in zip(
            periods, over(target.number), over(target.lower), over(target.upper), strict=True
        )
    }


def check_parts(target: Target, measure: Measure) -> str | None:
    """What is wrong with numbers given by hand, in a sentence; None where they reconcile exactly."""
    if target.number is None:
        return "Numbers by hand are for a single target. Choose another way for a range to run over the year"
    given = dict(target.parts)
    missing = [period.in_words for period in own_periods(measure, target.period) if period not in given]
    if missing:
        return f"Enter a number for {', '.join(missing[:3])}" + (f" and {len(missing) - 3} more" * (len(missing) > 3))
    if len(given) > len(own_periods(measure, target.period)):
        return f"Every number by hand must be for a period within {target.period.in_words}"
    return _difference(target, measure)


def add_to_the_year(measure: Measure) -> bool:
    """Whether numbers by hand add up to the year's; otherwise the last one is the year's."""
    return measure.accumulation is Accumulation.IN_PERIOD and not measure.is_ratio


def reached_by_hand(target: Target, measure: Measure) -> Decimal:
    """What numbers by hand come to over the year, by the measure's accumulation."""
    numbers = [number for _, number in sorted(target.parts)]
    return sum(numbers, Decimal(0)) if add_to_the_year(measure) else numbers[-1] if numbers else Decimal(0)


def _difference(target: Target, measure: Measure) -> str | None:
    reached, aimed = reached_by_hand(target, measure), target.number or Decimal(0)
    if reached == aimed:
        return None
    size, way = measure.print_target(abs(reached - aimed)), "more" if reached > aimed else "less"
    what = "The numbers come to" if add_to_the_year(measure) else "The last number is the year's: it is"
    return f"{what} {measure.print_target(reached)}, {size} {way} than the target of {measure.print_target(aimed)}"


def _part(
    target: Target, period: Period, number: Decimal | None, lower: Decimal | None, upper: Decimal | None
) -> Target:
    """What the target asks of one period, by its own rules of tolerance and of when it takes effect."""
    return replace(target, period=period, number=number, lower=lower, upper=upper, profile=None, parts=())


def _spread_bound(
    bound: Decimal,
    target: Target,
    measure: Measure,
    outturn: Decimal | None,
    shares: Sequence[Fraction] | None,
    count: int,
) -> list[Decimal]:
    """One number over so many periods, in order."""
    start = outturn if target.profile is Profile.STRAIGHT_LINE else None
    if not _adds_up(measure, target.profile):
        return _levels(bound, target.profile, start, count)
    if shares is not None:
        running = list(accumulate(apportion(bound, shares, measure.decimals)))
    else:
        running = [_reached(bound, start, step, count) for step in range(1, count + 1)]
    if measure.accumulation is Accumulation.CUMULATIVE:
        return running
    return [later - earlier for earlier, later in pairwise([Decimal(0), *running])]


def _adds_up(measure: Measure, profile: Profile | None) -> bool:
    """Whether the months make up the year, rather than each standing at its level."""
    if measure.accumulation is Accumulation.CUMULATIVE:
        return not measure.is_ratio or profile in {Profile.CUMULATIVE, Profile.SEASONAL}
    return measure.accumulation is Accumulation.IN_PERIOD and not measure.is_ratio


def _levels(bound: Decimal, profile: Profile | None, start: Decimal | None, count: int) -> list[Decimal]:
    """The level of each period: the target itself, or on the way to it from nothing or from last year's outturn."""
    if profile is Profile.CUMULATIVE:
        start = Decimal(0)
    if start is None:
        return [bound] * count
    return [_exact(start + (bound - start) * step / count) for step in range(1, count + 1)]


def _reached(bound: Decimal, start: Decimal | None, step: int, count: int) -> Decimal:
    """What the first periods make up together: equal parts, or parts that rise in a line from last year's."""
    if start is None:
        return _exact(bound * step / count)
    return _exact(start * step / count + (bound - start) * step * (step + 1) / (count * (count + 1)))


def _exact(number: Decimal) -> Decimal:
    """To twelve places, without noughts at the end."""
    kept = round_half_up(number, _PLACES)
    return kept.quantize(Decimal(1)) if kept == kept.to_integral_value() else kept.normalize()


def _seasonal_shares(
    measure: Measure, periods: Sequence[Period], history: Mapping[Period, Decimal]
) -> list[Fraction] | None:
    """Each period's part of its year, averaged over the latest complete earlier years; they come to exactly one."""
    parts = in_month_parts(measure, history)
    years: list[list[Fraction]] = []
    months_ago = 12
    while parts and len(years) < _YEARS_FOR_SEASON and periods[-1].shifted(-months_ago) >= min(parts):
        year = [parts[same] for period in periods if (same := period.shifted(-months_ago)) in parts]
        total = sum(map(Fraction, year))
        if len(year) == len(periods) and total:
            years.append([Fraction(part) / total for part in year])
        months_ago += 12
    return [sum(month, Fraction(0)) / len(years) for month in zip(*years, strict=True)] or None


def apportion(total: Decimal, shares: Sequence[Fraction], decimals: int) -> list[Decimal]:
    """The total in parts of these shares, at so many decimals (or the total's own), by largest remainders.

    Shares that come to one make parts that come to the total; of equal remainders the earlier part is rounded up.
    """
    places = max(decimals, -int(total.normalize().as_tuple().exponent))
    units = int(total.scaleb(places))
    exact = [share * units for share in shares]
    whole = [part.numerator // part.denominator for part in exact]
    first = sorted(range(len(exact)), key=lambda index: (whole[index] - exact[index], index))
    for index in first[: units - sum(whole)]:
        whole[index] += 1
    return [Decimal(part).scaleb(-places) for part in whole]
