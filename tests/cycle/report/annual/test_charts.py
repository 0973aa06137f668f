"""Report: what the policy officer can draw for the annual report, and what never leaves the house."""

import pytest

from cycle.admin import accounts
from cycle.ground.access import SignedOutError
from cycle.report.annual import charts
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Frequency, Period
from tests.builders import (
    COUNCIL,
    NATION,
    NEIGHBOUR,
    REGION,
    WARDS,
    a_user,
    add_council,
    add_figure,
    add_group,
    add_measure,
)

pytestmark = pytest.mark.usefixtures("database_on_one")
FIRST, LAST = Period.year(2014), Period.year(2016)


def a_yearly_measure() -> User:
    """Three years of ours, of England and of the region, and one of a neighbour; and the policy officer."""
    add_council()
    group = add_group("Neighbours", NEIGHBOUR)
    add_measure("YEARLY", frequency=Frequency.YEARLY, unit="percent", decimals=1, comparator_group=group)
    for year, ours, england in ((2014, "18.2", "17.0"), (2015, "17.4", "16.9"), (2016, "16.1", "15.5")):
        period = Period.year(year).iso
        add_figure("YEARLY", period, ours)
        add_figure("YEARLY", period, england, area=NATION)
        add_figure("YEARLY", period, england, area=REGION)
    add_figure("YEARLY", LAST.iso, "20", area=NEIGHBOUR)
    return a_user("policy", Role.POLICY_OFFICER, "COUNCIL")


def test_the_officer_draws_years_with_comparators() -> None:
    officer = a_yearly_measure()
    drawn = charts.annual_chart("YEARLY", first=FIRST, last=LAST, comparators=[NATION, NEIGHBOUR], by=officer)
    assert [drawn.measure.print_value(each.value) for each in drawn.ours] == ["18.2%", "17.4%", "16.1%"]
    assert [(each.name, len(each.numbers)) for each in drawn.comparators] == [("England", 3), ("Sandwell", 1)]
    assert (drawn.area_name, drawn.council_name) == ("Testing", "Borough of Testing")


def test_only_the_years_asked_for_are_drawn() -> None:
    officer = a_yearly_measure()
    drawn = charts.annual_chart("YEARLY", first=LAST, last=LAST, comparators=[NATION], by=officer)
    assert drawn.periods == (LAST,)
    assert set(drawn.comparators[0].numbers) == {LAST}


def test_a_monthly_measure_is_drawn_by_years_that_are_over_or_by_its_months() -> None:
    officer = a_yearly_measure()
    add_measure("MONTHLY")
    for step in range(19):
        add_figure("MONTHLY", Period.month(2016, 4).shifted(step).iso, "10")
    years = charts.figures_to_chart("MONTHLY", yearly=True, by=officer)
    months = charts.figures_to_chart("MONTHLY", yearly=False, by=officer)
    assert [(each.period, each.value) for each in years.ours] == [(LAST, 120)]
    assert len(months.ours) == 19


def test_a_year_with_a_month_missing_says_so() -> None:
    officer = a_yearly_measure()
    add_measure("MONTHLY")
    for step in range(11):
        add_figure("MONTHLY", Period.month(2016, 4).shifted(step).iso, "10")
    (year,) = charts.figures_to_chart("MONTHLY", yearly=True, by=officer).ours
    assert (year.is_partial, year.months_provided) == (True, 11)


def test_no_figures_in_between_is_said() -> None:
    officer = a_yearly_measure()
    with pytest.raises(charts.NothingToDrawError):
        charts.annual_chart("YEARLY", first=Period.year(2020), last=Period.year(2021), by=officer)


def test_more_lines_than_a_reader_can_follow_are_refused() -> None:
    officer = a_yearly_measure()
    with pytest.raises(charts.TooManySeriesError):
        charts.annual_chart("YEARLY", first=FIRST, last=LAST, comparators=["a", "b", "c", "d"], by=officer)


def test_only_measures_with_figures_are_offered() -> None:
    officer = a_yearly_measure()
    add_measure("EMPTY")
    assert [measure.code for measure in charts.measures_to_chart(by=officer)] == ["YEARLY"]


def test_a_total_that_would_give_a_small_ward_count_away_is_not_drawn() -> None:
    officer = a_yearly_measure()
    add_measure("PEOPLE", counts_people=True)
    for month, total, in_each in (("2017-08", "20", "10"), ("2017-09", "8", "4")):
        add_figure("PEOPLE", month, total)
        for ward in WARDS[:2]:
            add_figure("PEOPLE", month, in_each, area=ward)
    drawn = charts.figures_to_chart("PEOPLE", yearly=False, by=officer)
    printed = {each.period.iso: drawn.measure.print_value(each.value) for each in drawn.ours}
    assert printed["2017-08-01/P1M"] == "20"
    assert printed["2017-09-01/P1M"] == "Hidden to protect people"
    assert COUNCIL not in {each.key for each in drawn.comparators}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.POLICY_OFFICER])
def test_only_the_policy_officer_makes_reports(role: Role) -> None:
    a_yearly_measure()
    other = a_user("other", role, "COUNCIL")
    with pytest.raises(NotAllowedError):
        charts.measures_to_chart(by=other)
    with pytest.raises(NotAllowedError):
        charts.annual_chart("YEARLY", first=FIRST, last=LAST, by=other)


def test_a_disabled_officer_draws_nothing() -> None:
    officer = a_yearly_measure()
    charts.figures_to_chart("YEARLY", yearly=True, by=officer)
    accounts.disable_user("policy")
    with pytest.raises(SignedOutError):
        charts.figures_to_chart("YEARLY", yearly=True, by=officer)
