"""The numbers of a long series that bear on one of its periods, found without reading the series again for each."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from performance.ground.periods import Period


class Near:
    """The numbers of a series, in order; asked once for every figure of a file, which may have thousands."""

    def __init__(self, known: Mapping[Period, Decimal], *, back: int) -> None:
        self._items = list(known.items())
        self._starts = [period.start for period, _ in self._items]
        self._own = known
        self._back = back
        self._by_month: dict[int, list[tuple[Period, Decimal]]] = defaultdict(list)
        for period, number in self._items:
            self._by_month[period.start.month].append((period, number))

    def of(self, period: Period) -> dict[Period, Decimal]:
        """The last numbers before the period, those of its month in earlier years, and its own, in order."""
        place = bisect_left(self._starts, period.start)
        recent = self._items[max(place - self._back, 0) : place]
        first = recent[0][0].start if recent else period.start
        found = dict(each for each in self._by_month[period.start.month] if each[0].start < first)
        found.update(recent)
        if period in self._own:
            found[period] = self._own[period]
        return found
