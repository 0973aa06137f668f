"""Counts that are made of one another: what is hidden of one is hidden of all."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from performance.ground.figures import Figure
from performance.ground.measures import Accumulation, Measure
from performance.ground.organisation import Area, AreaKind
from performance.ground.periods import Frequency, parse_period
from performance.ground.reckoning.linked_counts import Cell, cells_to_hide, linked, parts
from performance.ground.values import Absence
from tests.performance.builders import a_measure, a_share

CITY, WARDS = "CITY", ("W0", "W1", "W2", "W3")
AREAS = {CITY: Area(code=CITY, name="City", kind=AreaKind.COUNCIL)} | {
    code: Area(code=code, name=code, kind=AreaKind.WARD, parent_code=CITY) for code in WARDS
}
FIRST, LATER = datetime(2017, 9, 1, tzinfo=UTC), datetime(2017, 9, 2, tzinfo=UTC)


def people(code: str = "PEOPLE", **fields: object) -> Measure:
    return a_measure(code=code, counts_people=True, numerator_definition="People helped", **fields)


def counted(
    period: str, *counts: int | None, code: str = "PEOPLE", total: bool = True, at: datetime = FIRST, revision: int = 1
) -> list[Figure]:
    """The wards' counts in their order, and the city's: their sum."""
    known = {area: count for area, count in zip(WARDS, counts, strict=False) if count is not None}
    everywhere = known | ({CITY: sum(known.values())} if total else {})
    return [
        Figure(measure_code=code, area_code=area, period=parse_period(period), numerator=Decimal(count),
               denominator=Decimal(100), revision=revision, recorded_at=at)
        for area, count in everywhere.items()
    ]  # fmt: skip


def hidden(figures: Iterable[Figure], *measures: Measure) -> set[tuple[str, str, str]]:
    cells: frozenset[Cell] = cells_to_hide(figures, measures=measures or (people(),), areas=AREAS)
    return {(code, area, period.short) for code, area, period in cells}


def wards_of(found: set[tuple[str, str, str]], code: str = "PEOPLE") -> set[tuple[str, str]]:
    return {(area, period) for measure, area, period in found if measure == code}


def test_measures_are_linked_by_the_people_they_count() -> None:
    number, rate = people(), a_share(code="RATE", counts_people=True, numerator_definition="people helped.")
    others = a_measure(code="OTHER", counts_people=True), a_measure(code="BINS", numerator_definition="People helped")
    assert linked([number, rate, *others]) == [(number, rate), (others[0],)]
    assert len(linked([people(), people("WAITING", accumulation=Accumulation.SNAPSHOT)])) == 2


def test_a_rate_of_the_same_people_is_hidden_where_their_number_is() -> None:
    rate = a_share(code="RATE", counts_people=True, numerator_definition="People helped")
    found = hidden(
        [*counted("2017-08", 3, 9, 20, 30), *counted("2017-08", 3, 9, 20, 30, code="RATE", total=False)], people(), rate
    )
    assert wards_of(found, "RATE") == wards_of(found) == {("W0", "Aug 2017"), ("W1", "Aug 2017")}


def test_a_total_that_only_the_rate_has_is_known_all_the_same() -> None:
    rate = a_share(code="RATE", counts_people=True, numerator_definition="People helped")
    of_city = [each for each in counted("2017-08", 3, 9, 20, code="RATE") if each.area_code == CITY]
    assert wards_of(hidden([*counted("2017-08", 3, 9, 20, total=False), *of_city], people(), rate)) == {
        ("W0", "Aug 2017"), ("W1", "Aug 2017")
    }  # fmt: skip


def test_of_a_running_total_the_few_of_one_month_are_kept() -> None:
    """Ward 0 has 2 in May; ward 1 is hidden with it. The next year begins anew."""
    total = people(accumulation=Accumulation.CUMULATIVE)
    found = hidden(
        [*counted("2017-04", 10, 11, 20), *counted("2017-05", 12, 31, 40), *counted("2018-04", 10, 11, 20)], total
    )
    assert wards_of(found) == {(ward, month) for ward in ("W0", "W1") for month in ("Apr 2017", "May 2017")}


def test_a_month_hidden_is_hidden_in_its_quarter() -> None:
    quarter = people("QUARTER", frequency=Frequency.QUARTERLY)
    months = [counted(f"2017-0{month}", *counts) for month, counts in ((4, (3, 9, 20)), (5, (8, 9, 20)))]
    of_quarter = counted("2017-04-01/P3M", 31, 27, 60, code="QUARTER")
    found = hidden([*of_quarter, *(each for month in months for each in month)], people(), quarter)
    assert {area for area, _ in wards_of(found, "QUARTER")} == {area for area, _ in wards_of(found)} == {"W0", "W1"}


def test_what_was_small_once_stays_hidden_and_what_is_small_now_was_always_hidden() -> None:
    before, after = counted("2017-08", 3, 9, 20, 30), counted("2017-08", 8, 9, 20, 30, at=LATER, revision=2)
    assert {area for area, _ in wards_of(hidden([*before, *after]))} == {"W0", "W1"}
    assert hidden(after) == set()


def test_two_revisions_that_narrow_each_other_take_a_large_count_with_them() -> None:
    """6 and then 3 between the first two: whoever knew that both are small would know all."""
    before, after = counted("2017-08", 4, 2, 20, 30), counted("2017-08", 1, 2, 20, 30, at=LATER, revision=2)
    assert {area for area, _ in wards_of(hidden(before))} == {"W0", "W1"}
    assert {area for area, _ in wards_of(hidden([*before, *after]))} == {"W0", "W1", "W2"}


def test_a_ward_its_source_hid_is_not_given_back_by_the_total() -> None:
    figures = counted("2017-08", 7, 9, 20, 30)
    at_source = [
        Figure(measure_code=each.measure_code, area_code=each.area_code, period=each.period,
               absence=Absence.SUPPRESSED, revision=1, recorded_at=FIRST)
        if each.area_code == "W0" else each
        for each in figures
    ]  # fmt: skip
    assert {area for area, _ in wards_of(hidden(at_source))} >= {"W1"}


def test_a_share_of_very_few_is_hidden_whatever_it_comes_to() -> None:
    rate = a_share(code="PEOPLE", counts_people=True)
    figures = [
        Figure(measure_code="PEOPLE", area_code=ward, period=parse_period("2017-08"), numerator=Decimal(0),
               denominator=Decimal(below))
        for ward, below in zip(WARDS, (3, 40, 50), strict=False)
    ]  # fmt: skip
    assert {area for area, _ in wards_of(hidden(figures, rate))} == {"W0"}


def test_a_total_hidden_leaves_the_large_wards_to_see() -> None:
    assert hidden(counted("2017-08", 1, 1)) == {("PEOPLE", area, "Aug 2017") for area in (CITY, "W0", "W1")}
    assert hidden(counted("2017-08", 3)) == {("PEOPLE", area, "Aug 2017") for area in (CITY, "W0")}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param({(4, 4): 10, (4, 5): 12}, {(4, 4): 10, (5, 5): 2}, id="a running total, month by month"),
        pytest.param({(4, 6): 30, (4, 4): 9, (5, 5): 9}, {(4, 4): 9, (5, 5): 9, (6, 6): 12}, id="a quarter's rest"),
        pytest.param({(4, 4): 10, (4, 5): 8}, {(4, 4): 10, (5, 5): 2}, id="a total that fell, without its sign"),
        pytest.param({(4, 4): 3, (6, 6): 4}, {(4, 4): 3, (6, 6): 4}, id="months apart say nothing of each other"),
    ],
)
def test_counts_over_days_are_taken_apart(
    counts: dict[tuple[int, int], int], expected: dict[tuple[int, int], int]
) -> None:
    def days(months: dict[tuple[int, int], int]) -> dict[tuple[date, date], Decimal]:
        ends = {month: parse_period(f"2017-{month:02}").end for month in range(4, 7)}
        return {(date(2017, first, 1), ends[last]): Decimal(count) for (first, last), count in months.items()}

    assert parts(days(counts)) == days(expected)
