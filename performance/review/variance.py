"""How far a figure lies from its budget or target: in the measure's unit, as printed, and in percent of the target."""

from dataclasses import dataclass
from decimal import Decimal

from performance.ground.figures import Target
from performance.ground.measures import Measure, Polarity
from performance.ground.values import Value, exactly, round_half_up


@dataclass(frozen=True, kw_only=True)
class Variance:
    """Figure minus target, with its sign. `percent` is of the target's size, to one decimal; None of a target of 0,
    and of what is a percentage itself, where percent of percent would be read as points."""

    amount: Decimal
    percent: Decimal | None
    is_of_band: bool = False

    def in_words(self, measure: Measure) -> str:
        """ "£100,000 over (10.0%)", "2.0 points under", "On budget": the side, the size, and its share."""
        if self.is_of_band and not self.amount:
            return "In range"
        if not self.amount:
            return "On budget" if measure.unit == "pounds" else "On target"
        size = f"{abs(self.amount):,} points" if measure.unit == "percent" else measure.print_change(self.amount)
        side = "over" if self.amount > 0 else "under"
        return f"{size} {side}{self._share()}"

    def _share(self) -> str:
        if self.percent is None:
            return ""
        return f" ({abs(self.percent)}%)" if self.percent else " (under 0.1%)"


@exactly
def variance(measure: Measure, value: Value, target: Target | None) -> Variance | None:
    """None where either is absent. From a range it is the distance from the bound that is missed, 0 inside it."""
    if not isinstance(value, Decimal) or target is None:
        return None
    is_band = measure.polarity is Polarity.RANGE and target.bounds is not None
    aim = _within(value, *target.bounds) if is_band and target.bounds else target.number
    if aim is None:
        return None
    gap = value - aim
    of_aim = aim != 0 and measure.unit != "percent"
    return Variance(
        amount=round_half_up(gap, measure.decimals),
        percent=round_half_up(gap / abs(aim) * 100, 1) if of_aim else None,
        is_of_band=is_band,
    )


def _within(value: Decimal, lower: Decimal, upper: Decimal) -> Decimal:
    return min(max(value, lower), upper)
