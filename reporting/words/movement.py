"""Where a line went, read once for every sentence about it: from which figure to which, over what can be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from performance.ground.measures import Accumulation, Measure
from performance.ground.periods import Period
from performance.ground.values import round_half_up


@dataclass(frozen=True, kw_only=True)
class Movement:
    """The figures of a line that can be compared with its last, as printed; at least two."""

    measure: Measure
    known: Mapping[Period, Decimal]

    @property
    def first(self) -> Period:
        return min(self.known)

    @property
    def last(self) -> Period:
        return max(self.known)

    @property
    def now(self) -> Decimal:
        return self.known[self.last]

    def then(self, since: Period | None = None) -> Decimal:
        """The figure it is held against: of the period, where it is among them, or of the first."""
        return self.known[since if since is not None and since in self.known else self.first]

    @property
    def is_lowest(self) -> bool:
        """Whether the last is lower than each of two or more before it."""
        return self._is_alone and self.now < min(self._earlier)

    @property
    def is_highest(self) -> bool:
        return self._is_alone and self.now > max(self._earlier)

    @property
    def is_level(self) -> bool:
        """Whether it never moved."""
        return len(set(self.known.values())) == 1

    @property
    def in_words(self) -> str:
        """It rose from 61.3% in 2011 to 64.1% in 2016."""
        start, end = self.measure.print_value(self.then()), self.measure.print_value(self.now)
        if self.then() == self.now:
            return f"It was {start} in {self.first.short} and again in {self.last.short}."
        way = "fell" if self.now < self.then() else "rose"
        return f"It {way} from {start} in {self.first.short} to {end} in {self.last.short}."

    @property
    def extremes_in_words(self) -> str:
        """Lowest 61.3% in 2011, highest 65.2% in 2014; without what one of its ends says already."""
        show = self.measure.print_value
        said = {show(self.then()), show(self.now)}
        found = {"lowest": min(self.known.values()), "highest": max(self.known.values())}
        return ", ".join(
            f"{which} {show(number)} in {self._first_at(number).short}"
            for which, number in found.items()
            if show(number) not in said
        )

    def _first_at(self, number: Decimal) -> Period:
        return min(period for period, each in self.known.items() if each == number)

    @property
    def _is_alone(self) -> bool:
        return len(self.known) > 2

    @property
    def _earlier(self) -> list[Decimal]:
        return [number for period, number in self.known.items() if period != self.last]


def movement(measure: Measure, numbers: Mapping[Period, Decimal]) -> Movement | None:
    """What became of the numbers up to the last; None where nothing can be compared with it.

    Not with figures from before a break in the series, and a period in which it breaks with none before it. A total to
    date is compared with the same part of other years: April's is always less than March's.
    """
    if not numbers:
        return None
    last = max(numbers)
    broken = max((each.on for each in measure.breaks if each.on <= last.end), default=date.min)
    known = {
        period: round_half_up(number, measure.decimals)
        for period, number in numbers.items()
        if period.start >= broken
        and (measure.accumulation is not Accumulation.CUMULATIVE or is_same_part(period, last))
    }
    return Movement(measure=measure, known=known) if len(known) > 1 else None


def is_same_part(period: Period, last: Period) -> bool:
    return (period.start.month, period.months) == (last.start.month, last.months)
