"""What one reader saw of councils made by chance, as known at one moment, put as sums over the counts behind it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from performance.ground.figures import Figure, Series
from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.reckoning.aggregation import aggregate, own_periods
from performance.ground.reckoning.linked_counts import Cell
from performance.ground.values import Value, rounded
from tests.attack import Reader
from tests.builders import TODAY
from tests.random_councils import BEGAN, CITY, FIRST, Council, look

PERIODS = (
    *(FIRST.shifted(month) for month in range(6)),
    *(Period(start=FIRST.shifted(month).start, months=3) for month in (0, 3)),
    Period.year(2017),
)


@dataclass(kw_only=True)
class Seen:
    """Figures by their place, and longer periods that say more than those. `every` are the moments, this one among
    them: what was recorded at one of them is seen as known then, wherever it is shown."""

    councils: list[Council]
    moment: int
    every: list["Seen"] = field(default_factory=list, repr=False)
    places: set[Cell] = field(default_factory=set)
    totals: set[tuple[str, str, Period, Decimal]] = field(default_factory=set)

    def figure(self, code: str, area: str, period: Period, number: object) -> None:
        if isinstance(number, Decimal):
            self.places.add((code, area, period))

    def said(self, code: str, area: str, period: Period, words: object) -> None:
        """Whatever is said of a figure, its colour, its interval or how it moved, counts as the figure itself: no
        reader could learn more from it."""
        if words:
            self.places.add((code, area, period))

    def printed(self, code: str, area: str, period: Period, words: str) -> None:
        """A number in words; a reason for none has no digit."""
        self.said(code, area, period, any(letter.isdigit() for letter in words))

    def series(self, figures: Iterable[Figure]) -> None:
        for each in figures:
            self.figure(each.measure_code, each.area_code, each.period, each.numerator)

    def recorded(self, figure: Figure) -> None:
        """A revision, which shows what was known when it was recorded."""
        at = self if figure.recorded_at is None else self.every[(figure.recorded_at - BEGAN).days]
        at.series([figure])

    def total(self, code: str, period: Period, value: Value | None, *, area: str = CITY) -> None:
        """A number for the city, or a ward, over any period."""
        if isinstance(value, Decimal):
            self.totals.add((code, area, period, value))

    def measure(self, code: str) -> Measure:
        return next(one for each in self.councils for one in each.measures if one.code == code)

    @property
    def codes(self) -> list[str]:
        return [measure.code for council in self.councils for measure in council.measures]

    def look_with(self, reader: Reader, council: Council) -> None:
        """At the figures; and at each total that is not just what the figures shown come to."""
        moment = min(self.moment, len(council.versions) - 1)
        known = council.known_at(moment)
        look(reader, council, moment, {place for place in self.places if place in council.months})
        for code, area, period, value in self.totals:
            if all(code != each.code for each in council.measures):
                continue
            measure = self.measure(code)
            of_area = {place[2]: known[place] for place in known if place[:2] == (code, area)}
            shown = {each: figure for each, figure in of_area.items() if (code, area, each) in self.places}
            usual = aggregate(measure, Series(figures=shown, targets={}), period, today=TODAY).value
            if rounded(usual, measure.decimals) != value:
                inside = [each for each in own_periods(measure, period) if each in of_area]
                reader.shown.add(frozenset().union(*(council.behind((code, area, each), moment) for each in inside)))


def seen_of(councils: list[Council]) -> list[Seen]:
    """One for each moment at which something was recorded."""
    every: list[Seen] = []
    every += [
        Seen(councils=councils, moment=moment, every=every)
        for moment in range(max(len(each.versions) for each in councils))
    ]
    return every
