"""How a figure compares with other places: a group's median or mean of how many, and the quartile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

from performance.ground.figures import Target
from performance.ground.measures import Polarity
from performance.ground.periods import Period
from performance.ground.reckoning.rag import has_aim, missed_by
from performance.ground.values import exactly

_FEWEST_FOR_QUARTILES = 4


class Middle(StrEnum):
    """Which middle of a group is meant; always said."""

    MEDIAN = "median"
    MEAN = "mean"


@dataclass(frozen=True, kw_only=True)
class GroupValue:
    """The middle of a group of councils in one period, and of how many of them."""

    middle: Middle
    value: Decimal
    period: Period
    councils: int

    @property
    def in_words(self) -> str:
        return f"{self.middle.value} of {self.councils} councils, {self.period.short}"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a figure stands among the places compared, itself included: 1 is best, and ties share a rank."""

    rank: int
    of: int
    quartile: int

    @property
    def in_words(self) -> str:
        return f"rank {self.rank} of {self.of}, quartile {self.quartile} (1 is best)"


@exactly
def group_value(
    numbers: Mapping[str, Mapping[Period, Decimal]], *, period: Period, middle: Middle = Middle.MEDIAN
) -> GroupValue | None:
    """The middle of the areas that have a number for exactly this period; other periods are never mixed in."""
    known = _in_period(numbers, period)
    if not known:
        return None
    value = median(known) if middle is Middle.MEDIAN else sum(known, Decimal(0)) / len(known)
    return GroupValue(middle=middle, value=value, period=period, councils=len(known))


def quartile(
    value: Decimal, others: Sequence[Decimal], polarity: Polarity, *, band: Target | None = None
) -> Standing | None:
    """Rank and quartile by polarity; none for context, for a range without a band, or with too few to quarter."""
    of = len(others) + 1
    unranked = polarity is Polarity.CONTEXT or (polarity is Polarity.RANGE and not has_aim(band, polarity))
    if unranked or of < _FEWEST_FOR_QUARTILES:
        return None
    ours = _badness(value, polarity, band)
    rank = 1 + sum(_badness(other, polarity, band) < ours for other in others)
    return Standing(rank=rank, of=of, quartile=(rank * 4 + of - 1) // of)


def _in_period(numbers: Mapping[str, Mapping[Period, Decimal]], period: Period) -> list[Decimal]:
    return [by_period[period] for by_period in numbers.values() if period in by_period]


def _badness(value: Decimal, polarity: Polarity, band: Target | None) -> Decimal:
    if polarity is Polarity.RANGE and band is not None:
        return missed_by(value, band, polarity)
    return value if polarity is Polarity.LOWER else -value
