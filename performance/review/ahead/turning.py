"""Ambers that may turn red: how likely each is to, in the next quarter, and what would keep it from it."""

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from performance.ground.figures import Series, Target
from performance.ground.measures import Measure, Polarity
from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag, has_aim, rate, tolerance
from performance.ground.values import DUST, round_half_up
from performance.review.ahead.forecast import Forecast


@dataclass(frozen=True, kw_only=True)
class Turning:
    """The figure of `period` as forecast from today. `edges` are the last printed values not red, lower first."""

    period: Period
    expected: Forecast
    target: Target
    chance: Decimal
    edges: tuple[Decimal, ...]
    target_is_assumed: bool

    @property
    def chance_in_words(self) -> str:
        percent = int(round_half_up(self.chance * 100, 0))
        return "Under 1%" if percent < 1 else "Over 99%" if percent > 99 else f"{percent}%"

    def red_in_words(self, measure: Measure) -> str:
        """ "Red below 94.5; on present trend 92.1, between 90.0 and 94.8 four times out of five"."""
        shown = [measure.print_value(edge) for edge in self.edges]
        if len(shown) == 2:
            red = f"outside {shown[0]} to {shown[1]}"
        else:
            red = f"{'above' if measure.polarity is Polarity.LOWER else 'below'} {shown[0]}"
        low, high = measure.print_value(self.expected.low), measure.print_value(self.expected.high)
        value = measure.print_value(self.expected.value)
        return f"Red {red}; on present trend {value}, between {low} and {high} four times out of five"


def period_ahead(measure: Measure, latest: Period) -> Period:
    """The measure's own period that ends the next quarter after its latest figure; of a yearly one the next year."""
    return latest.shifted(max(3, measure.frequency.months))


def target_ahead(series: Series, period: Period) -> tuple[Target | None, bool]:
    """The target of the period; where none is agreed yet, the newest before it, which is assumed to go on."""
    if period in series.targets:
        return series.targets[period], False
    earlier = [each for each in series.targets if each.months == period.months and each < period]
    return (series.targets[max(earlier)], True) if earlier else (None, False)


def turning(
    measure: Measure, target: Target | None, expected: Forecast | None, *, assumed: bool, default_percent: Decimal
) -> Turning | None:
    """The chance that the forecast figure is rated red. None without a forecast or a target to hold it against."""
    if expected is None or target is None or not has_aim(target, measure.polarity):
        return None
    red = sum(
        many
        for draw, many in Counter(expected.draws).items()
        if rate(draw, target, measure, default_percent=default_percent) is Rag.RED
    )
    return Turning(
        period=expected.period,
        expected=expected,
        target=target,
        chance=round_half_up(Decimal(red) / len(expected.draws), 3),
        edges=_edges(measure, target, default_percent),
        target_is_assumed=assumed,
    )


def _edges(measure: Measure, target: Target, default_percent: Decimal) -> tuple[Decimal, ...]:
    """What is rated is what is printed, so the edge is the last value that can be printed and is not red."""

    def edge(bound: Decimal, *, above: bool) -> Decimal:
        allowed = tolerance(measure, target, bound, default_percent=default_percent)
        exact = bound + allowed if above else bound - allowed
        step = Decimal(1).scaleb(-measure.decimals)
        # Spread targets end at twelve places, and are held against figures at nine.
        return round_half_up(exact, DUST).quantize(step, rounding=ROUND_FLOOR if above else ROUND_CEILING)

    if target.bounds and measure.polarity is Polarity.RANGE:
        lower, upper = target.bounds
        return edge(lower, above=False), edge(upper, above=True)
    return (edge(target.number or Decimal(0), above=measure.polarity is Polarity.LOWER),)
