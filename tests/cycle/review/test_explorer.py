"""Exploring: any measures for any places, as far as each may be seen, and never mixed that must not be."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cycle.review import explorer
from cycle.review.explored_lines import Over
from performance.ground.measures import Accumulation, Polarity
from performance.ground.organisation import AreaKind
from performance.ground.people import Role, User
from performance.ground.periods import Frequency, Period
from tests.builders import (
    COUNCIL,
    NATION,
    NEIGHBOUR,
    REGION,
    WARDS,
    a_user,
    add_area,
    add_council,
    add_figure,
    add_group,
    add_measure,
    add_share,
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("database_on_one")


def a_leader() -> User:
    return a_user("leader", Role.LEADERSHIP, "COUNCIL")


def test_our_line_the_wider_ones_the_middle_and_councils_stand_beside_each_other() -> None:
    add_council()
    add_group("Near", NEIGHBOUR)
    add_measure("BINS", title="Missed bins", comparator_group="Near")
    for area, value in ((COUNCIL, "9"), (NATION, "8"), (REGION, "7"), (NEIGHBOUR, "6")):
        add_figure("BINS", "2017-09", value, area=area)
    leader = a_leader()
    places = explorer.list_places(["BINS"], by=leader)
    assert [each.name for each in places] == ["Testing", "England", "West Midlands", "Group median", "Sandwell"]
    (found,) = explorer.explore(["BINS"], ["ours", NATION, "median", NEIGHBOUR], by=leader)
    assert [list(line.numbers.values()) for line in found.lines] == [[9], [8], [6], [6]]
    assert found.left_out == ()


def test_a_gap_stays_a_gap_and_years_narrow_the_periods() -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    for month in ("2016-12", "2017-01", "2017-03"):
        add_figure("BINS", month, "9")
    leader = a_leader()
    (found,) = explorer.explore(["BINS"], ["ours"], since=2017, until=2017, by=leader)
    assert [each.iso for each in found.periods] == ["2017-01-01/P1M", "2017-02-01/P1M", "2017-03-01/P1M"]
    assert Period.month(2017, 2) not in found.lines[0].numbers
    (none,) = explorer.explore(["BINS"], ["ours"], since=2018, by=leader)
    assert none.is_empty


def test_more_places_than_a_reader_can_tell_apart_are_left_out_and_said_to_be() -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    for ward in WARDS:
        add_figure("BINS", "2017-09", "9", area=ward)
    (found,) = explorer.explore(["BINS"], list(WARDS), by=a_leader())
    assert len(found.lines) == 4
    assert found.left_out == ("No more than 4 places are drawn. Left out: Ward 5, Ward 6.",)


def test_old_and_new_wards_never_stand_in_one_chart() -> None:
    add_council()
    add_area("E05099999", "Ward 1", AreaKind.WARD, parent_code=COUNCIL, valid_from=date(2017, 5, 4))
    add_measure("BINS", title="Missed bins")
    for area in (WARDS[0], "E05099999"):
        add_figure("BINS", "2017-09", "9", area=area)
    (found,) = explorer.explore(["BINS"], [WARDS[0], "E05099999", "ours"], by=a_leader())
    assert [line.place.code for line in found.lines] == [WARDS[0]]
    assert "Wards of other boundaries are never mixed with these: Ward 1 not drawn." in found.left_out


def test_small_counts_of_people_are_hidden_but_for_the_service_itself() -> None:
    add_council()
    add_measure("PEOPLE", title="People helped", counts_people=True)
    for ward, count in zip(WARDS, ("3", "9", "20", "30", "40", "50"), strict=True):
        add_figure("PEOPLE", "2017-09", count, area=ward)
    add_figure("PEOPLE", "2017-09", "152")
    (seen,) = explorer.explore(["PEOPLE"], list(WARDS[:2]), by=a_leader())
    assert [bool(line.hidden) for line in seen.lines] == [True, True]
    assert not any(line.numbers for line in seen.lines)
    (own,) = explorer.explore(["PEOPLE"], list(WARDS[:2]), by=a_user("manager"))
    assert [list(line.numbers.values()) for line in own.lines] == [[3], [9]]


def test_as_known_at_a_past_moment() -> None:
    add_council()
    add_measure("BINS", title="Missed bins", polarity=Polarity.LOWER)
    add_figure("BINS", "2017-08", "9", at=datetime(2017, 9, 5, tzinfo=UTC))
    add_figure("BINS", "2017-08", "30", revision=2, at=datetime(2017, 10, 20, tzinfo=UTC))
    (found,) = explorer.explore(["BINS"], ["ours"], as_known_at=datetime(2017, 9, 30, tzinfo=UTC), by=a_leader())
    assert list(found.lines[0].numbers.values()) == [9]


def test_codes_that_there_are_not_are_passed_over_and_four_measures_are_the_most() -> None:
    add_council()
    for number in range(6):
        add_measure(f"M{number}", title=f"Measure {number}", frequency=Frequency.YEARLY)
        add_figure(f"M{number}", "2016/17", "9")
    leader = a_leader()
    found = explorer.explore(["NOWHERE", *(f"M{number}" for number in range(6))], ["ours", "nowhere"], by=leader)
    assert [each.measure.code for each in found] == ["M0", "M1", "M2", "M3"]
    assert found[0].left_out == ("Without a figure of this measure: 1 of the places chosen.",)


def test_quarters_and_years_add_counts_up_and_wait_until_all_of_them_is_in() -> None:
    add_council()
    add_share("SHARE", title="Requests answered")
    for month, counts in ((4, ("10", "10")), (5, ("10", "100")), (6, ("40", "90")), (7, ("1", "2"))):
        add_figure("SHARE", f"2017-{month:02d}", counts=counts)
    leader = a_leader()
    (quarters,) = explorer.explore(["SHARE"], [], over=Over.QUARTER, by=leader)
    # 60 of 200, where the mean of 100, 10 and 44.4 percent would be 51.5.
    assert quarters.lines[0].numbers == {Period(start=date(2017, 4, 1), months=3): Decimal("30.0")}
    assert quarters.periods == (Period(start=date(2017, 4, 1), months=3),)
    (years,) = explorer.explore(["SHARE"], [], over=Over.YEAR, by=leader)
    assert years.is_empty
    assert "No year can be added up for Testing" in years.left_out[0]


def test_a_state_on_a_day_is_that_of_the_quarters_end() -> None:
    add_council()
    add_measure("HOMES", title="Empty homes", accumulation=Accumulation.SNAPSHOT)
    for month, value in (("2017-04", "9"), ("2017-06", "7"), ("2017-07", "5")):
        add_figure("HOMES", month, value)
    (found,) = explorer.explore(["HOMES"], [], over=Over.QUARTER, by=a_leader())
    assert list(found.lines[0].numbers.values()) == [7]


def test_a_measure_of_years_stays_as_reported_and_the_middle_of_a_group_has_no_sum() -> None:
    add_council()
    add_group("Near", NEIGHBOUR)
    add_measure("YEARLY", title="Yearly", frequency=Frequency.YEARLY)
    add_measure("BINS", title="Missed bins", comparator_group="Near")
    add_figure("YEARLY", "2016/17", "5")
    for month in ("2017-04", "2017-05", "2017-06"):
        for area, value in ((COUNCIL, "9"), (NATION, "8"), (NEIGHBOUR, "6")):
            add_figure("BINS", month, value, area=area)
    yearly, bins = explorer.explore(["YEARLY", "BINS"], ["ours", NATION, "median"], over=Over.QUARTER, by=a_leader())
    assert (yearly.over, list(yearly.lines[0].numbers.values())) == (Over.OWN, [5])
    assert [(line.place.code, list(line.numbers.values())) for line in bins.lines] == [("ours", [27]), (NATION, [24])]
    assert "No quarter can be added up for Group median" in bins.left_out[0]


def test_a_quarter_with_a_hidden_month_is_hidden() -> None:
    add_council()
    add_measure("PEOPLE", title="People helped", counts_people=True)
    for month, first, second in (("2017-04", "21", "23"), ("2017-05", "3", "9"), ("2017-06", "25", "27")):
        for ward, count in zip(WARDS, (first, second, "20", "30", "40", "50"), strict=True):
            add_figure("PEOPLE", month, count, area=ward)
    quarter = Period(start=date(2017, 4, 1), months=3)
    (seen,) = explorer.explore(["PEOPLE"], [WARDS[0], WARDS[5]], over=Over.QUARTER, by=a_leader())
    assert [(line.hidden, dict(line.numbers)) for line in seen.lines] == [
        (frozenset({quarter}), {}), (frozenset(), {quarter: 150}),
    ]  # fmt: skip
    (own,) = explorer.explore(["PEOPLE"], [WARDS[0]], over=Over.QUARTER, by=a_user("manager"))
    assert own.lines[0].numbers == {quarter: 49}
