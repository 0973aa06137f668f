"""How sure a ward's figure is: its 95% interval, and whether the whole council's figure lies in it (docs/domain.md)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from performance.ground.measures import Measure, Polarity

Z = Decimal("1.959963984540054")
"""97.5% of a normal distribution lie below so many standard deviations above its middle."""

_NINE, _THREE = Decimal(9), Decimal(3)


class Standing(StrEnum):
    """Where a ward stands beside the whole: neither word says better or worse."""

    HIGHER = "higher"
    SIMILAR = "similar"
    LOWER = "lower"
    NOT_COMPARED = "not_compared"

    def in_words(self, place: str) -> str:
        """Higher than Testing."""
        return {
            "higher": f"Higher than {place}",
            "similar": f"Similar to {place}",
            "lower": f"Lower than {place}",
            "not_compared": "Not compared",
        }[self.value]

    def judged(self, polarity: Polarity) -> str:
        """Better or worse, where the measure says which end is which; nothing where it does not."""
        if self in {Standing.SIMILAR, Standing.NOT_COMPARED} or polarity in {Polarity.CONTEXT, Polarity.RANGE}:
            return ""
        wanted = Standing.LOWER if polarity is Polarity.LOWER else Standing.HIGHER
        return "better" if self is wanted else "worse"


@dataclass(frozen=True, kw_only=True)
class Interval:
    """What a figure may as well have been, by chance alone; unrounded, in the figure's own unit."""

    low: Decimal
    high: Decimal

    def standing(self, whole: Decimal) -> Standing:
        """Similar where the interval contains the whole's figure, ends included."""
        if self.low > whole:
            return Standing.HIGHER
        return Standing.LOWER if self.high < whole else Standing.SIMILAR

    def times(self, factor: Decimal) -> "Interval":
        return Interval(low=self.low * factor, high=self.high * factor)


def interval_of(measure: Measure, numerator: Decimal | None, denominator: Decimal | None) -> Interval | None:
    """The interval of a figure from its counts: Wilson's for a share, Byar's for a rate per so many and for a count.

    None where there are no counts, and for averages, percentages that are no share, and numbers that count nothing:
    their counts do not say how much chance is in them.
    """
    if numerator is None or numerator < 0:
        return None
    if not measure.is_ratio:
        return byar(numerator) if measure.unit == "number" and not measure.may_be_negative else None
    if denominator is None or denominator <= 0:
        return None
    if measure.is_share:
        return wilson(numerator, denominator).times(measure.multiplier) if numerator <= denominator else None
    return byar(numerator).times(measure.multiplier / denominator) if measure.unit.startswith("per ") else None


def wilson(count: Decimal, of: Decimal) -> Interval:
    """Wilson's score interval of a share, from 0 to 1 (Newcombe 1998, method 3); `of` is above zero."""
    share, squared = count / of, Z * Z
    middle = 2 * count + squared
    spread = Z * (squared + 4 * count * (1 - share)).sqrt()
    whole = 2 * (of + squared)
    # Exactly 0 and 1 at the ends, which rounding would miss by a hair.
    low = Decimal(0) if count == 0 else (middle - spread) / whole
    high = Decimal(1) if count == of else (middle + spread) / whole
    return Interval(low=low, high=high)


def byar(count: Decimal) -> Interval:
    """Byar's approximation for a count of events that come independently of each other (Breslow and Day 1987)."""
    low = Decimal(0) if count == 0 else count * (1 - 1 / (_NINE * count) - Z / (_THREE * count.sqrt())) ** 3
    more = count + 1
    high = more * (1 - 1 / (_NINE * more) + Z / (_THREE * more.sqrt())) ** 3
    return Interval(low=max(low, Decimal(0)), high=high)
