"""Review: what a scorecard, a measure's page and a ward map hold, for whom, on both databases."""

from datetime import date
from decimal import Decimal

import pytest

from cycle.ground.series.scoring import Entry
from cycle.review import readings
from data_access.models import PlanNodeRow, UnitPlacementRow, UnitRow
from data_access.store.database import transaction
from data_access.store.errors import NotFoundError
from performance.ground.figures import FigureStatus
from performance.ground.measures import Polarity
from performance.ground.organisation import AreaKind, NodeKind, UnitKind
from performance.ground.people import Role, User
from performance.ground.periods import Frequency, Period, parse_period
from performance.ground.reckoning.rag import Rag
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
    add_target,
)

pytestmark = pytest.mark.usefixtures("database_on_one")
SEPTEMBER = Period.month(2017, 9)


def a_leader() -> User:
    return a_user("leader", Role.LEADERSHIP, "COUNCIL")


def lines(period: str, scope: str, by: User) -> dict[str, Entry]:
    return {each.measure.code: each for each in readings.scorecard(parse_period(period), scope, by=by).entries}


# Scorecards


def test_a_scorecard_of_a_month_a_quarter_and_a_year() -> None:
    add_council()
    add_measure()
    for month, value in (("2017-07", "10"), ("2017-08", "20"), ("2017-09", "30")):
        add_figure(period=month, value=value)
        add_target(period=month, number="25")
    leader = a_leader()
    month, quarter, year = (lines(each, "corporate", leader)["WCP1063"].line for each in
                            ("2017-09", "2017-07-01/P3M", "2017/18"))  # fmt: skip
    assert (month.value, month.rag) == (30, Rag.GREEN)
    assert (quarter.value, quarter.target.number, quarter.rag) == (60, 75, Rag.RED)
    assert (year.value, year.months_provided, year.is_partial) == (60, 3, True)


def test_a_quarter_of_percentages_is_all_numerators_over_all_denominators() -> None:
    add_council()
    add_share()
    for month, counts in (("2017-07", ("1", "2")), ("2017-08", ("90", "100")), ("2017-09", ("9", "10"))):
        add_figure("WCP1064", month, counts=counts)
    assert lines("2017-07-01/P3M", "corporate", a_leader())["WCP1064"].line.value == Decimal("89.3")


def test_a_yearly_measure_stands_on_a_months_scorecard_under_its_own_period() -> None:
    add_council()
    add_measure("YEARLY", frequency=Frequency.YEARLY, lag_days=30)
    add_figure("YEARLY", "2016/17", "7")
    line = lines("2017-09", "corporate", a_leader())["YEARLY"].line
    assert (line.period, line.value) == (Period.year(2016), 7)


def test_a_retired_measure_is_not_on_later_scorecards_but_stays_on_those_of_its_time() -> None:
    add_council()
    add_measure("OLD", active_to=date(2017, 8, 31))
    add_figure("OLD", "2017-08", "3")
    leader = a_leader()
    assert "OLD" in lines("2017-08", "corporate", leader)
    assert "OLD" not in lines("2017-09", "corporate", leader)


def test_a_part_of_the_plan_has_the_measures_of_everything_below_it() -> None:
    add_council()
    with transaction() as session:
        session.add(PlanNodeRow(code="O2", title="Another outcome", kind=NodeKind.OUTCOME, parent_code="P1"))
        session.flush()
        session.add(PlanNodeRow(code="B2", title="Another objective", kind=NodeKind.OBJECTIVE, parent_code="O2"))
    add_measure("FIRST")
    add_measure("SECOND", objective_code="B2")
    leader = a_leader()
    assert set(lines("2017-09", "P1", leader)) == {"FIRST", "SECOND"}
    assert set(lines("2017-09", "O2", leader)) == set(lines("2017-09", "B2", leader)) == {"SECOND"}


def test_a_unit_has_its_measures_and_a_directorate_those_of_its_services() -> None:
    add_council()
    add_measure("BINS")
    add_measure("CARE", unit_code="SOCIAL")
    leader = a_leader()
    assert set(lines("2017-09", "WASTE", leader)) == set(lines("2017-09", "PLACE", leader)) == {"BINS"}
    assert set(lines("2017-09", "PEOPLE", leader)) == {"CARE"}


def test_a_service_that_moved_counts_where_it_stood_at_the_periods_end() -> None:
    add_council()
    with transaction() as session:
        session.add(UnitRow(code="SKILLS", kind=UnitKind.SERVICE))
        session.flush()
        for parent, first, last in (("PEOPLE", None, date(2017, 3, 31)), ("PLACE", date(2017, 4, 1), None)):
            session.add(
                UnitPlacementRow(unit_code="SKILLS", name="Skills", parent_code=parent, valid_from=first, valid_to=last)
            )
    add_measure("APPRENTICES", unit_code="SKILLS")
    leader = a_leader()
    assert set(lines("2017-03", "PEOPLE", leader)) == {"APPRENTICES"}
    assert set(lines("2017-03", "PLACE", leader)) == set()
    assert set(lines("2017-04", "PLACE", leader)) == {"APPRENTICES"}
    assert set(lines("2017-04", "PEOPLE", leader)) == set()


def test_a_part_of_the_council_there_is_not_is_said_and_not_guessed() -> None:
    add_council()
    with pytest.raises(NotFoundError, match="NOWHERE"):
        readings.scorecard(SEPTEMBER, "NOWHERE", by=a_leader())


def test_the_parts_to_choose_from_are_the_council_the_plan_where_it_is_measured_and_the_units() -> None:
    add_council()
    add_measure()
    found = [(scope.level, scope.code) for scope in readings.list_scopes(by=a_leader())]
    assert found[0] == ("Corporate", "corporate")
    assert {("Priority", "P1"), ("Outcome", "O1"), ("Objective", "B1")} <= set(found)
    assert ("Directorate", "PLACE") in found
    assert "COUNCIL" not in {code for _, code in found}


def test_periods_to_choose_have_all_ended() -> None:
    add_council()
    found = readings.list_periods(by=a_leader())
    assert all(period.end < date(2017, 11, 10) for period in found)
    assert (found[0], {period.months for period in found}) == (Period.month(2017, 10), {1, 3, 12})


def test_every_status_is_counted_and_found() -> None:
    add_council()
    for code, value in (("GOOD", "20"), ("BAD", "5")):
        add_measure(code)
        add_figure(code, value=value)
        add_target(code, number="20")
    add_measure("MISSING")
    card = readings.scorecard(SEPTEMBER, "corporate", by=a_leader())
    assert [card.count(rag) for rag in (Rag.GREEN, Rag.RED, Rag.NOT_PROVIDED)] == [1, 1, 1]
    assert [entry.measure.code for entry in card.where(Rag.RED)] == ["BAD"]


def test_a_provisional_and_an_estimated_figure_say_so() -> None:
    add_council()
    for code, status in (("PROV", FigureStatus.PROVISIONAL), ("EST", FigureStatus.ESTIMATED)):
        add_measure(code)
        add_figure(code, value="5", status=status)
    found = lines("2017-09", "corporate", a_leader())
    assert (found["PROV"].line.is_provisional, found["EST"].line.is_estimated) == (True, True)


def test_a_measure_with_ward_figures_alone_is_not_missing_from_the_council() -> None:
    add_council()
    add_measure("WARDS")
    add_figure("WARDS", value="5", area=WARDS[0])
    leader = a_leader()
    assert lines("2017-09", "corporate", leader) == {}
    assert readings.measure_page("WARDS", by=leader).is_by_ward_alone


# Comparators


def test_comparators_are_the_nation_the_region_and_the_group_each_with_its_own_period() -> None:
    add_council()
    group = add_group("Neighbours", NEIGHBOUR)
    add_measure(comparator_group=group)
    add_figure(value="5")
    add_target(number="10")
    add_figure(period="2017-08", value="9", area=NATION)
    add_figure(period="2017-06", value="8", area=REGION)
    add_figure(period="2017-09", value="7", area=NEIGHBOUR)
    leader = a_leader()
    page = readings.measure_page("WCP1063", by=leader)
    assert [each.in_words(page.measure) for each in page.comparators] == [
        "England 9 in Aug 2017",
        "West Midlands 8 in Jun 2017",
        "Median of Neighbours (1 councils) 7 in Sep 2017",
        "Sandwell 7 in Sep 2017",
    ]
    on_scorecard = lines("2017-09", "corporate", leader)["WCP1063"].comparators
    assert [each.name for each in on_scorecard] == ["England", "West Midlands", "Median of Neighbours"]


def test_a_comparator_on_an_earlier_scorecard_is_not_from_its_future() -> None:
    add_council()
    add_measure()
    add_figure(value="5")
    add_figure(period="2017-08", value="9", area=NATION)
    add_figure(period="2017-10", value="99", area=NATION)
    (england,) = lines("2017-09", "corporate", a_leader())["WCP1063"].comparators
    assert england.latest == Period.month(2017, 8)


def test_regions_added_up_are_never_a_comparator() -> None:
    """First-time entrants: 3,071 "per 100,000 in England" against councils at 400 to 540."""
    add_council()
    summed = add_area("E92000001-SUM", "England, regions added up", AreaKind.REGION, parent_code=NATION)
    add_measure()
    add_figure(value="540")
    add_figure(value="3071", area=summed)
    leader = a_leader()
    assert readings.measure_page("WCP1063", by=leader).comparators == ()
    assert lines("2017-09", "corporate", leader)["WCP1063"].comparators == ()


def test_other_regions_and_councils_outside_the_group_are_not_compared_with() -> None:
    add_council()
    add_area("E12000001", "North East", AreaKind.REGION, parent_code=NATION)
    add_measure(comparator_group=add_group("We alone", COUNCIL))
    for area in ("E12000001", NEIGHBOUR, COUNCIL):
        add_figure(value="5", area=area)
    assert readings.measure_page("WCP1063", by=a_leader()).comparators == ()


# One measure


def test_a_measures_page_shows_its_newest_figure_and_every_gap_before_it() -> None:
    add_council()
    add_measure()
    add_figure(period="2017-05", value="3")
    add_figure(period="2017-08", value="4")
    page = readings.measure_page("WCP1063", by=a_leader())
    assert page.line.period == Period.month(2017, 8)
    assert [(each.period.start.month, each.number) for each in page.figures] == [(5, 3), (6, None), (7, None), (8, 4)]


def test_a_measure_is_read_at_an_earlier_period_as_if_nothing_had_come_in_since() -> None:
    add_council()
    add_measure("BINS", polarity=Polarity.LOWER)
    for month, value in (("2017-06", "9"), ("2017-07", "30"), ("2017-08", "8")):
        add_figure("BINS", month, value)
        add_target("BINS", month, "10")
        add_figure("BINS", month, f"{value}1", area=NATION)
    leader = a_leader()
    newest = readings.measure_page("BINS", by=leader)
    page = readings.measure_page("BINS", Period.month(2017, 7), by=leader)
    assert (newest.line.rag, newest.newer) == (Rag.GREEN, None)
    assert (page.line.rag, page.newer) == (Rag.RED, Period.month(2017, 8))
    assert [each.period.start.month for each in page.figures] == [6, 7]
    assert [each.latest for each in page.comparators] == [Period.month(2017, 7)], "nothing from its future"
    assert page.explained is not None
    assert page.explained.now == Period.month(2017, 7)
    # The newest with a figure first, then the others: those that are not in yet, and those before.
    assert [each.start.month for each in page.periods] == [8, 10, 9, 7, 6]


def test_a_period_that_is_not_in_yet_is_shown_as_such_and_one_that_never_was_is_refused() -> None:
    add_council()
    add_measure(lag_days=30)
    add_figure(period="2017-09", value="3")
    leader = a_leader()
    page = readings.measure_page("WCP1063", Period.month(2017, 10), by=leader)
    assert (page.line.rag, page.newer) == (Rag.NOT_DUE, None)
    for never in (Period.month(2017, 8), Period.month(2017, 11), Period.year(2016)):
        with pytest.raises(readings.NoSuchPeriodError, match=f"has nothing to show for {never.in_words}"):
            readings.measure_page("WCP1063", never, by=leader)


def test_a_correction_stands_beside_what_it_corrected() -> None:
    add_council()
    add_measure()
    add_figure(value="3", status=FigureStatus.PROVISIONAL)
    add_figure(value="4", revision=2)
    page = readings.measure_page("WCP1063", by=a_leader())
    assert [(each.revision, each.value) for each in page.revisions] == [(2, 4), (1, 3)]
    assert page.line.value == 4


def test_a_rise_wanted_counts_as_higher_is_better() -> None:
    add_council()
    add_measure("REPORTS", polarity=Polarity.RISE_WANTED)
    add_figure("REPORTS", value="30")
    add_target("REPORTS", number="20")
    assert lines("2017-09", "corporate", a_leader())["REPORTS"].line.rag is Rag.GREEN


def test_a_red_measure_is_explained_from_when_it_was_last_not_red() -> None:
    add_council()
    add_measure("BINS", title="Missed bins", polarity=Polarity.LOWER)
    for month, value in (("2017-06", "9"), ("2017-07", "20"), ("2017-08", "30"), ("2017-09", "29")):
        add_figure("BINS", month, value)
        add_target("BINS", month, "10")
    page = readings.measure_page("BINS", by=a_leader())
    assert page.explained is not None
    assert (page.explained.before, page.explained.whole) == (Period.month(2017, 6), 20)
