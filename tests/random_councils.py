"""Councils by chance: wards, measures that count the same people in several ways, revisions, gaps; and what is shown.

Counts are mostly small, since that is where it hurts. A count that is revised is revised in every figure it is part of.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from performance.ground.figures import Figure
from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.organisation import Area, AreaKind
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.linked_counts import Cell
from performance.ground.values import Absence
from tests.attack import Reader, Sum, Unknown
from tests.builders import COUNCIL

CITY = COUNCIL
FIRST = Period.month(2017, 4)
BEGAN = datetime(2017, 10, 20, 9, tzinfo=UTC)
MONTHLY, QUARTERLY, YEARLY = Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.YEARLY
# What stands beside each other of the same people: how it adds up, how often, and whether it is a share.
FAMILIES = (
    ((Accumulation.IN_PERIOD, MONTHLY, False),),
    ((Accumulation.IN_PERIOD, MONTHLY, True),),
    ((Accumulation.SNAPSHOT, MONTHLY, False),),
    ((Accumulation.CUMULATIVE, MONTHLY, False),),
    ((Accumulation.CUMULATIVE, MONTHLY, True),),
    ((Accumulation.IN_PERIOD, MONTHLY, False), (Accumulation.IN_PERIOD, MONTHLY, True)),
    ((Accumulation.SNAPSHOT, MONTHLY, False), (Accumulation.SNAPSHOT, MONTHLY, True)),
    ((Accumulation.IN_PERIOD, MONTHLY, False), (Accumulation.IN_PERIOD, QUARTERLY, False)),
    ((Accumulation.IN_PERIOD, MONTHLY, True), (Accumulation.IN_PERIOD, QUARTERLY, True)),
    ((Accumulation.IN_PERIOD, MONTHLY, False), (Accumulation.CUMULATIVE, MONTHLY, False)),
    ((Accumulation.IN_PERIOD, QUARTERLY, False), (Accumulation.CUMULATIVE, MONTHLY, False)),
)


@dataclass(frozen=True, kw_only=True)
class Council:
    """`months` says which of them a figure counts; `versions` how often a month had changed by each moment, in any
    ward: a reader sees that the city's figure changed, not which of the hidden ones did. `truth` is what was counted.
    """

    family: str
    areas: dict[str, Area]
    measures: list[Measure]
    figures: list[Figure]
    months: dict[Cell, tuple[int, ...]]
    versions: list[list[int]]
    truth: dict[Unknown, int]
    threshold: int

    @property
    def wards(self) -> list[str]:
        return [code for code in self.areas if code != CITY]

    @property
    def adds_up(self) -> bool:
        return self.measures[0].accumulation is not Accumulation.SNAPSHOT

    @property
    def is_simple(self) -> bool:
        """Whether no figure is part of another."""
        return not self.adds_up or all(len(months) == 1 for months in self.months.values())

    def known_at(self, moment: int) -> dict[Cell, Figure]:
        return {place_of(figure): figure for figure in self.figures if figure.recorded_at <= moment_of(moment)}

    def behind(self, place: Cell, moment: int) -> Sum:
        """The counts behind a figure as it stood at the moment."""
        who = self.wards if place[1] == CITY else [place[1]]
        return frozenset((self.family, ward, m, self.versions[moment][m]) for ward in who for m in self.months[place])


def place_of(figure: Figure) -> Cell:
    return figure.measure_code, figure.area_code, figure.period


def a_council(seed: int, *, family: str = "F", wards: Collection[str] = ()) -> Council:
    """A council with one family of measures, always the same one for a seed."""
    random = Random(seed)  # noqa: S311 - chance, not secrecy
    kinds = random.choice(FAMILIES)
    names = list(wards) or [f"W{number}" for number in range(random.randint(2, 7))]
    areas = {CITY: Area(code=CITY, name="City", kind=AreaKind.COUNCIL)}
    areas |= {name: Area(code=name, name=name, kind=AreaKind.WARD, parent_code=CITY) for name in names}
    measures = [_a_measure(f"{family}{number}", family, *kind) for number, kind in enumerate(kinds)]
    months, moments = random.choice([3, 3, 6]), random.choice([1, 1, 1, 2, 3])
    largest, goes_late = random.choice([4, 8, 12, 40]), random.random() < 0.2
    places = {place[:3]: place[3:] for place in _places(random, measures, names, months)}
    council = Council(
        family=family,
        areas=areas,
        measures=measures,
        figures=[],
        months={(measure.code, area, period): months for (measure, area, period), (months, _) in places.items()},
        versions=[[0] * months],
        truth={(family, name, month, 0): _a_count(random, largest) for name in names for month in range(months)},
        threshold=random.choice([3, 5, 5, 5, 7]),
    )
    newest: dict[Cell, int] = {}
    for moment in range(moments):
        changed = _revise(random, council, largest) if moment else set()
        for (measure, area, period), (inside, absence) in places.items():
            place = measure.code, area, period
            comes_now = place not in newest and (moment == moments - 1 or not goes_late or random.random() < 0.9)
            who = names if area == CITY else [area]
            if comes_now or (place in newest and any((ward, month) in changed for ward in who for month in inside)):
                newest[place] = newest.get(place, 0) + 1
                count = Decimal(sum(council.truth[each] for each in council.behind(place, moment)))
                council.figures.append(_a_figure(measure, area, period, count, absence, newest[place], moment))
    return council


def _revise(random: Random, council: Council, largest: int) -> set[tuple[str, int]]:
    """Some counts change; the month of each has a new version in every ward."""
    before = council.versions[-1]
    months = range(len(before))
    changed = {(ward, month) for ward in council.wards for month in months if random.random() < 0.15}
    council.versions.append([before[month] + any(month == other for _, other in changed) for month in months])
    for ward in council.wards:
        for month in months:
            kept = council.truth[council.family, ward, month, before[month]]
            count = _a_count(random, largest) if (ward, month) in changed else kept
            council.truth[council.family, ward, month, council.versions[-1][month]] = count
    return changed


def moment_of(number: int) -> datetime:
    return BEGAN + timedelta(days=number)


def reader_of(council: Council, hidden: Collection[Cell]) -> Reader:
    """Whoever sees all that is not hidden, at each moment at which something was recorded."""
    reader = Reader(truth=council.truth)
    for moment in range(len(council.versions)):
        shown = {place for place, figure in council.known_at(moment).items() if figure.absence is None}
        look(reader, council, moment, shown - set(hidden))
    look_for_small_parts(reader, council)
    return reader


def look(reader: Reader, council: Council, moment: int, seen: Collection[Cell]) -> None:
    """At what was seen as known at a moment; every other figure of a ward is one to find out."""
    hidden = []
    for place in council.known_at(moment):
        of = council.behind(place, moment)
        if place in seen:
            reader.shown.add(of)
        elif place[1] != CITY:
            reader.hidden[f"{place[1]} {place[0]} {place[2].short} as known at {moment}"] = of
            hidden.append(place)
    if council.is_simple:
        _learn_bounds(reader, council, moment, hidden)


def _learn_bounds(reader: Reader, council: Council, moment: int, hidden: Collection[Cell]) -> None:
    """Who knows the rule knows that zeros are shown where they can be, and whether all that is hidden is small."""
    known = council.known_at(moment)
    for period in {place[2] for place in hidden}:
        places = [place for place in hidden if place[2] == period and known[place].absence is None]
        lost = {each for place in places for each in council.behind(place, moment)}
        counts = [council.truth[each] for each in lost]
        for each in lost:
            reader.least[each] = 0 if 0 in counts else 1
            if all(0 < count < council.threshold for count in counts):
                reader.most[each] = council.threshold - 1


def look_for_small_parts(reader: Reader, council: Council) -> None:
    """The few people of one month are to be kept as well, whatever they are a part of."""
    counted = {each for of in (*reader.shown, *reader.hidden.values()) for each in of}
    for each in counted:
        if 0 < council.truth[each] < council.threshold:
            reader.hidden[f"{each[1]} month {each[2]} version {each[3]}"] = frozenset([each])


def _a_measure(code: str, family: str, accumulation: Accumulation, frequency: Frequency, is_share: bool) -> Measure:
    return Measure(
        code=code,
        title=f"Measure {code}",
        unit="percent" if is_share else "number",
        multiplier=Decimal(100 if is_share else 1),
        polarity=Polarity.LOWER,
        accumulation=accumulation,
        frequency=frequency,
        unit_code="WASTE",
        numerator_definition=f"People of {family}",
        denominator_definition="All people" if is_share else "",
        is_share=is_share,
        counts_people=True,
    )


def _places(
    random: Random, measures: list[Measure], wards: list[str], months: int
) -> Iterator[tuple[Measure, str, Period, tuple[int, ...], Absence | None]]:
    """Where there is a figure, and of which months; here and there one is missing, or hidden by its source."""
    without_total, with_gaps = random.random() < 0.15, random.random() < 0.3
    for measure in measures:
        length = measure.frequency.months
        for first in range(0, months, length):
            begins = 0 if measure.accumulation is Accumulation.CUMULATIVE else first
            inside = tuple(range(begins, first + length))
            period = Period(start=FIRST.shifted(first).start, months=length)
            if not without_total and random.random() < 0.95:
                yield measure, CITY, period, inside, None
            for ward in wards:
                gap = random.random() if with_gaps else 1
                if gap > 0.08:
                    yield measure, ward, period, inside, Absence.SUPPRESSED if gap < 0.12 else None


def _a_figure(
    measure: Measure, area: str, period: Period, count: Decimal, absence: Absence | None, revision: int, moment: int
) -> Figure:
    public = Decimal(400 if area == CITY else 100)
    return Figure(
        measure_code=measure.code,
        area_code=area,
        period=period,
        numerator=None if absence else count,
        denominator=public if measure.is_share and not absence else None,
        absence=absence,
        revision=revision,
        recorded_at=moment_of(moment),
    )


def _a_count(random: Random, largest: int) -> int:
    return random.choice([0, random.randint(1, 4), random.randint(0, largest), random.randint(0, largest)])
