"""Nobody works a hidden count out from what the app itself shows: pages, maps, files and charts, now and as known then.

The councils are as random as those the rule alone is tried on; here each is read through the verbs, by everybody who
may read anything and is neither the submitting service nor the BI team.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from cycle import hiding, plan, report, review, revise
from cycle.exporting import Export, Wanted, export_figures, export_wards
from cycle.exporting_scorecard import COLUMNS, export_scorecard
from cycle.warding import NoWardFiguresError
from data_access.database import transaction
from data_access.figures import add_figures
from data_access.models import SettingRow
from performance.aggregation import aggregate, own_periods
from performance.figures import Figure, Series
from performance.linked_counts import Cell
from performance.measures import Measure
from performance.people import Role, User
from performance.periods import Period, parse_period
from performance.values import Value, rounded
from tests.attack import Reader
from tests.builders import TODAY, WARDS, a_user, add_council, add_figure, add_measure
from tests.random_councils import CITY, FIRST, Council, a_council, look, look_for_small_parts, moment_of, place_of

PERIODS = (
    *(FIRST.shifted(month) for month in range(6)),
    *(Period(start=FIRST.shifted(month).start, months=3) for month in (0, 3)),
    Period.year(2017),
)
TOLD = {Role.COUNCILLOR: "councillor", Role.LEADERSHIP: "leader", Role.POLICY_OFFICER: "officer"}


@dataclass(kw_only=True)
class Seen:
    """What was seen as known at one moment: figures by their place, and longer periods that say more than those."""

    councils: list[Council]
    moment: int
    places: set[Cell] = field(default_factory=set)
    totals: set[tuple[str, Period, Decimal]] = field(default_factory=set)

    def figure(self, code: str, area: str, period: Period, number: object) -> None:
        if isinstance(number, Decimal):
            self.places.add((code, area, period))

    def total(self, code: str, period: Period, value: Value | None) -> None:
        """A number for the city over any period."""
        if isinstance(value, Decimal):
            self.totals.add((code, period, value))

    def measure(self, code: str) -> Measure:
        return next(one for each in self.councils for one in each.measures if one.code == code)

    def look_with(self, reader: Reader, council: Council) -> None:
        """At the figures; and at each total that is not just what the figures shown come to."""
        moment = min(self.moment, len(council.versions) - 1)
        known = council.known_at(moment)
        look(reader, council, moment, {place for place in self.places if place in council.months})
        for code, period, value in self.totals:
            measure = self.measure(code)
            of_city = {place[2]: known[place] for place in known if place[:2] == (code, CITY)}
            shown = {each: figure for each, figure in of_city.items() if (code, CITY, each) in self.places}
            usual = aggregate(measure, Series(figures=shown, targets={}), period, today=TODAY).value
            if measure in council.measures and rounded(usual, measure.decimals) != value:
                inside = [each for each in own_periods(measure, period) if each in of_city]
                reader.shown.add(frozenset().union(*(council.behind((code, CITY, each), moment) for each in inside)))


def store(councils: Iterable[Council], threshold: int) -> None:
    add_council()
    with transaction() as session:
        session.add(SettingRow(name="small_number_threshold", value=str(threshold)))
    kept = ("title", "unit", "multiplier", "polarity", "accumulation", "frequency", "numerator_definition",
            "denominator_definition", "counts_people", "is_share")  # fmt: skip
    for council in councils:
        for measure in council.measures:
            add_measure(measure.code, **{name: getattr(measure, name) for name in kept})
        with transaction() as session:
            add_figures(session, figures=council.figures)


def read_all(councils: list[Council], moment: int, readers: dict[Role, User]) -> Seen:
    """Everything that anyone of them can read, of figures as known at the moment."""
    seen, at = Seen(councils=councils, moment=moment), moment_of(moment)
    codes = [measure.code for council in councils for measure in council.measures]
    for code in codes:
        for period in (None, *PERIODS):
            read_map(seen, code, period, at, readers[Role.COUNCILLOR])
        read_page(seen, review.measure_page(code, as_known_at=at, by=readers[Role.LEADERSHIP]))
    for role in (*TOLD, Role.HEAD):
        read_file(seen, export_wards(Wanted(role=role, as_known_at=at)))
        if role is not Role.COUNCILLOR:
            read_file(seen, export_figures(Wanted(role=role, as_known_at=at)))
    for period in PERIODS:
        read_scorecard(seen, period, at, readers[Role.LEADERSHIP])
    return seen


def read_today(seen: Seen, readers: dict[Role, User]) -> None:
    """What is shown as known now alone."""
    for council in seen.councils:
        for measure in council.measures:
            for yearly in (True, False):
                drawn = report.figures_to_chart(measure.code, yearly=yearly, by=readers[Role.POLICY_OFFICER])
                for each in drawn.ours:
                    seen.total(measure.code, each.period, rounded(each.value, measure.decimals))
            draft = revise.draft_plan(measure.code, by=readers[Role.LEADERSHIP])
            read_series(seen, draft.evidence.off.series.figures.values())
    for year in (2017, 2018):
        for line in plan.targets_of("WASTE", year, by=readers[Role.LEADERSHIP]).lines:
            read_series(seen, line.series.figures.values())


def read_map(seen: Seen, code: str, period: Period | None, at: datetime, by: User) -> None:
    try:
        found = review.ward_map(code, period, as_known_at=at, by=by)
    except NoWardFiguresError:
        return
    for ward in found.wards:
        seen.figure(code, ward.area.code, found.period, ward.value)
        assert ward.rank is None or isinstance(ward.value, Decimal)
    seen.figure(code, CITY, found.period, found.whole)


def read_page(seen: Seen, page: Any) -> None:
    code = page.measure.code
    for each in page.figures:
        seen.figure(code, CITY, each.period, each.number)
    read_series(seen, page.series.figures.values())
    read_line(seen, page.line)
    assert {(code, CITY, each.period) for each in page.revisions if each.absence is None} <= seen.places


def read_series(seen: Seen, figures: Iterable[Figure]) -> None:
    for each in figures:
        seen.figure(each.measure_code, each.area_code, each.period, each.numerator)


def read_line(seen: Seen, line: Any) -> None:
    seen.total(line.measure.code, line.period, line.value)
    seen.total(line.measure.code, line.year_to_date.period, line.year_to_date_value)


def read_scorecard(seen: Seen, period: Period, at: datetime, by: User) -> None:
    """On the page and as the policy officer's file."""
    for entry in review.scorecard(period, "corporate", as_known_at=at, by=by).entries:
        read_line(seen, entry.line)
        for each in entry.recent:
            seen.figure(entry.measure.code, CITY, each.period, each.number)
    for row in export_scorecard(Wanted(role=Role.POLICY_OFFICER, period=period, as_known_at=at)).rows:
        line = dict(zip(COLUMNS, row, strict=True))
        code, shown = line["measure_code"], parse_period(line["period"])
        seen.total(code, shown, line["value"])
        seen.total(code, shown.year_to_date(seen.measure(code).year_basis), line["year_to_date"])


def read_file(seen: Seen, file: Export) -> None:
    for row in file.rows:
        line = dict(zip(file.columns, row, strict=True))
        for number in (line["numerator"], line["denominator"], line["value"]):
            seen.figure(line["measure_code"], line["area_code"], parse_period(line["period"]), number)


def found_out(seed: int) -> list[str]:
    """Three families of measures in one council, read by everybody, and what follows from all that together."""
    councils = [a_council(1000 * seed + number, family=f"F{number}", wards=WARDS) for number in range(3)]
    councils = [replace(each, threshold=councils[0].threshold) for each in councils]
    store(councils, councils[0].threshold)
    readers = {role: a_user(name, role, "COUNCIL") for role, name in TOLD.items()}
    every = [read_all(councils, moment, readers) for moment in range(max(len(each.versions) for each in councils))]
    read_today(every[-1], readers)
    found = []
    for council in councils:
        reader = Reader(truth=council.truth)
        for seen in every[: len(council.versions)]:
            seen.look_with(reader, council)
        look_for_small_parts(reader, council)
        found += reader.found_out()
    return found


@pytest.mark.slow
@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize("seed", range(12))
def test_no_hidden_count_is_found_out_through_the_app(seed: int) -> None:
    assert found_out(seed) == []


@pytest.mark.slow
@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize("seed", [0, 1])
def test_the_same_attack_finds_counts_out_where_only_what_is_small_is_hidden(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_what_is_small(figures: Iterable[Figure], *, threshold: int, **_: object) -> set[Cell]:
        return {place_of(each) for each in figures if each.area_code != CITY and 0 < (each.numerator or 0) < threshold}

    monkeypatch.setattr(hiding, "cells_to_hide", only_what_is_small)
    assert found_out(seed)


@pytest.mark.usefixtures("sqlite_database")
def test_a_hidden_total_is_not_read_off_the_file_of_a_scorecard() -> None:
    add_council()
    add_measure("PEOPLE", counts_people=True)
    for area, count in ((WARDS[0], "1"), (WARDS[1], "1"), (CITY, "2")):
        add_figure("PEOPLE", "2017-09", count, area=area)
    wanted = {role: Wanted(role=role, period=Period.month(2017, 9)) for role in (Role.LEADERSHIP, Role.BI_TEAM)}
    shown = {role: dict(zip(COLUMNS, export_scorecard(each).rows[0], strict=True)) for role, each in wanted.items()}
    assert (shown[Role.LEADERSHIP]["value"], shown[Role.LEADERSHIP]["absence"]) == (None, "suppressed")
    assert shown[Role.LEADERSHIP]["year_to_date"] is None
    assert shown[Role.BI_TEAM]["value"] == 2
