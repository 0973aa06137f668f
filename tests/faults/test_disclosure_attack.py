"""An attack on hidden ward counts: everything a reader can see, put together, determines none of them.

The attacker knows the wards, that counts are whole numbers and never negative, that zeros are shown where they can be,
that totals to date do not fall within their cycle, and every denominator. What is shown of any measure that counts the
same people is one unknown. From that the range of each unknown is narrowed until nothing narrows any more.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise, product

import pytest

from cycle.ground.exports import Wanted, export_figures, export_wards
from cycle.report.scorecard_export import export_scorecard
from cycle.review import readings
from data_access.models import AreaRow, FigureRow
from data_access.store.database import transaction
from performance.ground.figures import Figure
from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.organisation import Area, AreaKind
from performance.ground.people import Role, User
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.disclosure import is_small
from performance.ground.reckoning.due import stored_value
from performance.ground.reckoning.linked_counts import Cell, cells_to_hide, linked
from performance.ground.values import Absence
from tests.builders import COUNCIL, a_user, add_council, add_measure
from tests.thorough import trials

PERIODS = [Period.month(2017, 2).shifted(place) for place in range(5)]  # over the turn of a financial year
Figures = dict[tuple[str, str], dict[Period, Figure]]
Unknown = tuple[str, str, Period]
PEOPLE = "People helped"
FAR = 10**9


@dataclass
class Council:
    """A random council: its measures, its wards, and what is stored."""

    measures: dict[str, Measure]
    areas: dict[str, Area]
    figures: Figures
    threshold: int
    linked: dict[str, str] = field(default_factory=dict)


def a_council(seed: int) -> Council:
    """Counts, rates, totals to date, pairs of a count and a rate; some totals and some wards are missing."""
    dice = random.Random(seed)  # noqa: S311 - councils, not secrets
    wards = [f"W{number}" for number in range(dice.randint(2, 9))]
    areas = {COUNCIL: Area(code=COUNCIL, name="City", kind=AreaKind.COUNCIL)}
    areas |= {code: Area(code=code, name=code, kind=AreaKind.WARD, parent_code=COUNCIL) for code in wards}
    council = Council(measures={}, areas=areas, figures={}, threshold=dice.randint(3, 7))
    for number in range(dice.randint(1, 3)):
        code, cumulative = f"M{number}", dice.random() < 0.4
        has_pair = dice.random() < 0.5
        measure = _measure(code, cumulative, f"{PEOPLE} {number}")
        council.measures[code] = measure
        counts = _counts(dice, wards, cumulative)
        _store(council, measure, counts, dice)
        council.linked[code] = code
        if has_pair:
            rate = replace(
                measure, code=f"{code}R", unit="per 1,000", multiplier=Decimal(1000), decimals=2,
                denominator_definition="Residents", numerator_definition=f" {PEOPLE.upper()} {number} ",
            )  # fmt: skip
            council.measures[rate.code] = rate
            council.linked[rate.code] = code
            _store(council, rate, counts, dice)
    return council


def _measure(code: str, cumulative: bool, numerator: str) -> Measure:
    return Measure(
        code=code, title=code, unit="number", polarity=Polarity.LOWER, frequency=Frequency.MONTHLY, unit_code="WASTE",
        accumulation=Accumulation.CUMULATIVE if cumulative else Accumulation.IN_PERIOD, counts_people=True,
        numerator_definition=numerator,
    )  # fmt: skip


def _counts(dice: random.Random, wards: list[str], cumulative: bool) -> dict[str, dict[Period, int]]:
    """Mostly few people, many equal, some none; a total to date starts anew in April."""
    found: dict[str, dict[Period, int]] = {}
    for ward in wards:
        usual = dice.choice((0, 1, 2, 3, 6, 12, 30))
        parts = {period: max(0, usual + dice.randint(-2, 3)) for period in PERIODS}
        if cumulative:
            so_far = 0
            for period in PERIODS:
                so_far = parts[period] if period.start.month == 4 else so_far + parts[period]
                parts[period] = so_far
        found[ward] = parts
    return found


def _store(council: Council, measure: Measure, counts: Mapping[str, Mapping[Period, int]], dice: random.Random) -> None:
    has_total = dice.random() < 0.9
    for ward, parts in counts.items():
        for period, count in parts.items():
            below = Decimal(1000) if measure.takes_denominator else None
            council.figures.setdefault((measure.code, ward), {})[period] = Figure(
                measure_code=measure.code, area_code=ward, period=period, numerator=Decimal(count), denominator=below
            )
    if has_total:
        for period in PERIODS:
            whole = sum(parts[period] for parts in counts.values())
            below = Decimal(1000 * len(counts)) if measure.takes_denominator else None
            council.figures.setdefault((measure.code, COUNCIL), {})[period] = Figure(
                measure_code=measure.code, area_code=COUNCIL, period=period, numerator=Decimal(whole), denominator=below
            )


@dataclass
class Knowledge:
    """The range of each ward's count, as far as the attacker has narrowed it."""

    least: dict[Unknown, int] = field(default_factory=dict)
    most: dict[Unknown, int] = field(default_factory=dict)

    def narrow(self, unknown: Unknown, least: int, most: int) -> bool:
        before = self.least[unknown], self.most[unknown]
        self.least[unknown] = max(self.least[unknown], least)
        self.most[unknown] = min(self.most[unknown], most)
        return before != (self.least[unknown], self.most[unknown])


def attack(council: Council, shown: Figures) -> set[Unknown]:
    """The counts of people that were hidden everywhere and are determined all the same. Nobody is behind a zero."""
    known, sums, read = Knowledge(), *_read(council, shown)
    wards = [code for code, area in council.areas.items() if area.kind is AreaKind.WARD]
    for unknown in product(set(council.linked.values()), wards, PERIODS):
        known.least[unknown], known.most[unknown] = read.get(unknown, 0), read.get(unknown, FAR)
    while _narrow_by_sums(known, sums, wards) or _narrow_by_time(known, council, wards):
        pass
    found = {each for each in known.least if each not in read and known.least[each] == known.most[each]}
    return {each for each in found if known.least[each]}


def _read(council: Council, shown: Figures) -> tuple[dict[tuple[str, Period], int], dict[Unknown, int]]:
    """Totals and ward counts that are there to be read, whichever measure of the same people they stand in."""
    sums: dict[tuple[str, Period], int] = {}
    read: dict[Unknown, int] = {}
    for (code, area), series in shown.items():
        for period, figure in series.items():
            number = _count(council.measures[code], figure)
            if number is not None and area == COUNCIL:
                sums[council.linked[code], period] = number
            elif number is not None:
                read[council.linked[code], area, period] = number
    return sums, read


def _count(measure: Measure, figure: Figure) -> int | None:
    """What a reader works out of a figure that is shown: its count, from a printed rate by the public denominator."""
    if figure.absence is not None:
        return None
    value = stored_value(measure, figure)
    if isinstance(value, Absence):
        return None
    if not measure.takes_denominator or figure.denominator is None:
        return int(value)
    return int((value * figure.denominator / measure.multiplier).to_integral_value())


def _narrow_by_sums(known: Knowledge, sums: Mapping[tuple[str, Period], int], wards: Iterable[str]) -> bool:
    moved = False
    for (people, period), whole in sums.items():
        every = [(people, ward, period) for ward in wards]
        least, most = sum(known.least[each] for each in every), sum(known.most[each] for each in every)
        for each in every:
            low = whole - (most - known.most[each])
            high = whole - (least - known.least[each])
            moved |= known.narrow(each, low, high)
    return moved


def _narrow_by_time(known: Knowledge, council: Council, wards: Iterable[str]) -> bool:
    moved = False
    for people in set(council.linked.values()):
        if council.measures[people].accumulation is not Accumulation.CUMULATIVE:
            continue
        for ward in wards:
            for then, now in pairwise(PERIODS):
                if now.start.month == 4:
                    continue
                earlier, later = (people, ward, then), (people, ward, now)
                moved |= known.narrow(later, known.least[earlier], FAR)
                moved |= known.narrow(earlier, 0, known.most[later])
    return moved


def hidden_as_the_app_does(council: Council) -> Figures:
    every = [figure for series in council.figures.values() for figure in series.values()]
    hidden = frozenset[Cell]().union(
        *(
            cells_to_hide(
                [each for each in every if each.measure_code in {measure.code for measure in group}],
                measures=group,
                areas=council.areas,
                threshold=council.threshold,
            )
            for group in linked(council.measures.values())
        )
    )
    return {
        (code, area): {
            period: replace(figure, numerator=None, denominator=None, absence=Absence.SUPPRESSED)
            if (code, area, period) in hidden
            else figure
            for period, figure in series.items()
        }
        for (code, area), series in council.figures.items()
    }


def hidden_by_size_alone(council: Council) -> Figures:
    """What a careless system does: the small numbers go, and nothing else."""
    shown: Figures = defaultdict(dict)
    for (code, area), series in council.figures.items():
        for period, figure in series.items():
            gone = area != COUNCIL and figure.numerator is not None and is_small(figure.numerator, council.threshold)
            shown[code, area][period] = replace(
                figure, numerator=None, denominator=None, absence=Absence.SUPPRESSED
            ) if gone else figure  # fmt: skip
    return shown


def test_the_attack_breaks_what_hides_the_small_numbers_alone() -> None:
    councils = [a_council(seed) for seed in range(trials(100, 200))]
    broken = sum(bool(attack(council, hidden_by_size_alone(council))) for council in councils)
    assert broken > 0.3 * len(councils)


def test_no_hidden_count_of_hundreds_of_councils_is_determined() -> None:
    some_hidden, councils = 0, trials(300, 3000)
    for seed in range(councils):
        council = a_council(seed)
        shown = hidden_as_the_app_does(council)
        some_hidden += any(
            figure.absence is Absence.SUPPRESSED for series in shown.values() for figure in series.values()
        )
        assert attack(council, shown) == set(), seed
    assert some_hidden > 0.9 * councils


def test_small_counts_are_never_shown_and_much_of_the_rest_is() -> None:
    total = kept = 0
    for seed in range(trials(150, 300)):
        council = a_council(seed)
        shown = hidden_as_the_app_does(council)
        for (code, area), series in council.figures.items():
            for period, figure in series.items():
                assert figure.numerator is not None
                is_shown = shown[code, area][period].absence is None
                if area != COUNCIL and is_small(figure.numerator, council.threshold):
                    assert not is_shown
                elif area != COUNCIL:
                    total += 1
                    kept += is_shown
    assert kept > total / 2


def in_the_database(council: Council, *, at: datetime, revision: int = 1) -> None:
    """The same council behind the app's own verbs."""
    if revision == 1:
        add_council()
        with transaction() as session:
            session.add_all(
                AreaRow(code=code, name=area.name, kind=area.kind, parent_code=COUNCIL)
                for code, area in council.areas.items()
                if area.kind is AreaKind.WARD
            )
        for code, each in council.measures.items():
            add_measure(
                code, title=each.title, unit=each.unit, multiplier=each.multiplier, decimals=each.decimals,
                polarity=each.polarity, accumulation=each.accumulation, counts_people=True,
                numerator_definition=each.numerator_definition, denominator_definition=each.denominator_definition,
            )  # fmt: skip
    with transaction() as session:
        session.add_all(
            FigureRow(
                measure_code=code, area_code=area, period_start=period.start, period_months=1, revision=revision,
                numerator=figure.numerator, denominator=figure.denominator, status=figure.status,
                recorded_at=at, recorded_by="import",
            )
            for (code, area), series in council.figures.items()
            for period, figure in series.items()
        )  # fmt: skip


Seen = Iterable[tuple[str, str, Period, object]]


def read_by(role: Role, council: Council) -> Figures:
    """What somebody of the role can read: ward maps; and, but for a councillor, measures, scorecards and files."""
    user = a_user(role.value, role, "COUNCIL")
    found: Figures = defaultdict(dict)
    officers = () if role is Role.COUNCILLOR else (*_on_pages(council, user), *_in_files(role))
    for code, area, period, value in (*_on_maps(council, user), *_in_ward_file(role), *officers):
        if isinstance(value, Decimal):
            below = council.figures[code, area][period].denominator
            number = value * below / council.measures[code].multiplier if below else value
            found[code, area][period] = Figure(
                measure_code=code, area_code=area, period=period, numerator=number, denominator=below
            )
    return found


def _on_maps(council: Council, user: User) -> Seen:
    for code, period in product(council.measures, PERIODS):
        wards = readings.ward_map(code, period, by=user)
        yield code, COUNCIL, period, wards.whole
        for ward in wards.wards:
            yield code, ward.area.code, period, ward.value


def _on_pages(council: Council, user: User) -> Seen:
    for code, measure in council.measures.items():
        page = readings.measure_page(code, by=user)
        for recent in page.figures:
            yield code, COUNCIL, recent.period, recent.number
        for revision in page.revisions:
            yield code, COUNCIL, revision.period, stored_value(measure, revision)
    for period in PERIODS:
        for entry in readings.scorecard(period, "corporate", by=user).entries:
            yield entry.measure.code, COUNCIL, entry.line.period, entry.line.value


def _in_files(role: Role) -> Seen:
    for period in PERIODS:
        for row in export_scorecard(Wanted(period=period, role=role)).rows:
            yield row[0], COUNCIL, period, row[6]
    for row in export_figures(Wanted(role=role)).rows:
        yield row[0], row[1], _period(row[2]), _exported(row[3:6])


def _in_ward_file(role: Role) -> Seen:
    for row in export_wards(Wanted(role=role)).rows:
        yield row[0], row[2], _period(row[4]), _exported(row[5:8])


def _period(iso: str) -> Period:
    return next(each for each in PERIODS if each.iso == iso)


def _exported(cells: tuple[object, ...]) -> object:
    """Counts before the value made of them, which is rounded."""
    numerator, denominator, value = cells
    if isinstance(numerator, Decimal):
        return numerator / denominator * 1000 if isinstance(denominator, Decimal) else numerator
    return value


@pytest.mark.parametrize("seed", range(2000, 2000 + trials(10, 1000)))
def test_no_reader_of_pages_and_files_determines_a_hidden_count(sqlite_database: str, seed: int) -> None:
    council = replace(a_council(seed), threshold=5)
    in_the_database(council, at=datetime(2017, 8, 1, tzinfo=UTC))
    for role in (Role.COUNCILLOR, Role.LEADERSHIP, Role.POLICY_OFFICER):
        seen = read_by(role, council)
        for (_, area), series in seen.items():
            for figure in series.values():
                assert figure.numerator is not None
                assert area == COUNCIL or not is_small(figure.numerator.quantize(Decimal("0.01")), 5)
        assert attack(council, seen) == set(), role
