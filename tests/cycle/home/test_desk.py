"""Home: what is due, what waits, what is red and what changed, for each in their part of the council."""

import random
from datetime import date

import pytest

from cycle.do import deputies, returns, signing_off
from cycle.home import desk
from cycle.review import readings
from performance.do.typed import Answer
from performance.ground.measures import Frequency, Polarity
from performance.ground.organisation import ReturnStatus
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag
from tests.builders import a_user, add_council, add_figure, add_measure, add_target

pytestmark = pytest.mark.usefixtures("database_on_one")


def a_busy_council() -> None:
    """Waste's measure turned red in September; social care's stayed green; a third has no figure at all."""
    add_council()
    add_measure("BINS", polarity=Polarity.LOWER)
    add_measure("CARE", unit_code="SOCIAL")
    add_measure("SILENT", unit_code="SOCIAL")
    for month, bins in (("2017-08", "9"), ("2017-09", "30")):
        add_figure("BINS", month, bins)
        add_target("BINS", month, "10")
        add_figure("CARE", month, "50")
        add_target("CARE", month, "40")


def codes(found: desk.Home) -> tuple[list[str], list[str]]:
    assert found.standing is not None
    return (
        [line.measure.code for line in found.standing.now.red],
        [change.now.measure.code for change in found.standing.changed],
    )


def test_a_leader_sees_the_whole_council() -> None:
    a_busy_council()
    found = desk.home(by=a_user("leader", Role.LEADERSHIP, "COUNCIL"))
    assert codes(found) == (["BINS"], ["BINS"])
    assert (found.whole_council, found.standing.now.rated) == (True, 2)
    assert [(change.before.rag, change.now.rag) for change in found.standing.changed] == [(Rag.GREEN, Rag.RED)]
    assert (found.owed, found.waiting) == ((), ())


@pytest.mark.parametrize("seed", range(6))
def test_what_changed_is_counted_as_the_page_counts_it_for_every_part(seed: int) -> None:
    """Months, a quarter and a year, of which some are missing and some have no target."""
    chance = random.Random(seed)  # noqa: S311 - councils, not secrets
    add_council()
    units = ("WASTE", "HOUSING", "SOCIAL")
    lengths = {Frequency.MONTHLY: [f"2017-{month:02}" for month in range(5, 11)],
               Frequency.QUARTERLY: ["2017/18 Q1", "2017/18 Q2"], Frequency.YEARLY: ["2015/16", "2016/17"]}  # fmt: skip
    for number in range(12):
        code, frequency = f"M{number}", chance.choice([*[Frequency.MONTHLY] * 3, *lengths])
        add_measure(code, unit_code=chance.choice(units), frequency=frequency, lag_days=chance.choice([1, 40]))
        for period in lengths[frequency]:
            if chance.random() < 0.8:
                add_figure(code, period, str(chance.choice([20, 45, 90])))
            if chance.random() < 0.9:
                add_target(code, period, "50")
    leader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    month = readings.opening_month(by=leader).chosen.period
    people = {"corporate": leader, "PLACE": a_user("head", Role.HEAD, "PLACE"), "SOCIAL": a_user("s", unit="SOCIAL")}
    for scope, person in people.items():
        standing = desk.home(by=person).standing
        assert standing is not None
        assert (standing.scope, standing.month) == (scope, month)
        page = [(each.measure.code, each.before.line.rag, each.now.line.rag)
                for each in readings.what_changed(month, scope, by=leader).moved]  # fmt: skip
        assert [(each.now.measure.code, each.before.rag, each.now.rag) for each in standing.changed] == page


def test_a_manager_sees_their_own_service_and_what_is_due_from_it() -> None:
    a_busy_council()
    found = desk.home(by=a_user("social", unit="SOCIAL"))
    assert codes(found) == ([], [])
    assert (found.whole_council, found.standing.now.rated) == (False, 1)
    assert {each.unit.code for each in found.owed} == {"SOCIAL"}
    assert found.owed[0].period == Period.month(2017, 10)
    assert found.waiting == ()


def test_who_signs_off_in_passing_still_looks_at_their_own_part() -> None:
    a_busy_council()
    head, manager = a_user("head", Role.HEAD, "PLACE"), a_user("social", unit="SOCIAL")
    deputies.name_deputy("PLACE", username="social", first_day=date(2017, 11, 6), last_day=date(2017, 11, 17), by=head)
    found = desk.home(by=manager)
    assert found.standing is not None
    assert (found.whole_council, found.standing.now.rated) == (False, 1)


def test_a_director_sees_the_services_below_and_no_other() -> None:
    a_busy_council()
    add_measure("HOMES", unit_code="HOUSING")
    add_measure("VISITS", unit_code="SOCIAL", polarity=Polarity.LOWER)
    for month, visits in (("2017-08", "9"), ("2017-09", "30")):
        add_figure("VISITS", month, visits)
        add_target("VISITS", month, "10")
    assert codes(desk.home(by=a_user("leader", Role.LEADERSHIP, "COUNCIL"))) == (["BINS", "VISITS"], ["BINS", "VISITS"])
    found = desk.home(by=a_user("director", Role.HEAD, "PLACE"))
    assert codes(found) == (["BINS"], ["BINS"])
    assert {each.unit.code for each in found.owed} == {"WASTE", "HOUSING"}
    assert (found.whole_council, found.standing and found.standing.now.rated) == (False, 1)
    assert found.leads


def test_a_month_of_which_all_is_in_is_due_no_more_however_it_came() -> None:
    add_council(locks_after=5)
    add_measure("BINS", active_from=date(2017, 7, 1))
    manager, director = a_user(), a_user("director", Role.HEAD, "PLACE")
    october = Period.month(2017, 10)
    assert months_owed(director) == [10, 9, 8, 7]
    add_figure("BINS", "2017-07", "12")
    add_figure("BINS", "2017-09", "12")
    answer = Answer(measure_code="BINS", value="15", based_on=0)
    returns.submit_return("WASTE", october, answers=[answer], request_key="once", by=manager)
    signing_off.approve_return("WASTE", october, version=1, by=director)
    assert months_owed(director) == months_owed(manager) == [8], "locked, and yet its figure is missing"


def months_owed(person: User) -> list[int]:
    return [each.period.start.month for each in desk.home(by=person).owed]


def test_a_return_that_is_settled_is_due_no_more_and_one_that_waits_is_for_the_head() -> None:

    add_council()
    add_measure("BINS")
    manager, head = a_user(), a_user("head", Role.HEAD, "PLACE")
    october = Period.month(2017, 10)
    answer = Answer(measure_code="BINS", value="12", based_on=0)
    returns.submit_return("WASTE", october, answers=[answer], request_key="once", by=manager)
    found = desk.home(by=head)
    assert [(each.stored.unit_code, each.stored.status) for each in found.waiting] == [
        ("WASTE", ReturnStatus.SUBMITTED)
    ]
    assert october not in {each.period for each in desk.home(by=manager).owed}


def test_what_is_late_stands_before_what_is_not_yet_due_and_what_came_back_stands_alone() -> None:
    add_council()
    add_measure("BINS", active_from=date(2017, 9, 1))
    add_measure("SLOW", unit_code="HOUSING", lag_days=30, active_from=date(2017, 10, 1))
    head = a_user("head", Role.HEAD, "PLACE")
    found = desk.home(by=head)
    assert [(each.unit.code, each.period.start.month, each.late) for each in found.owed] == [
        ("WASTE", 10, 1),
        ("WASTE", 9, 1),
        ("HOUSING", 10, 0),
    ]
    october, manager = Period.month(2017, 10), a_user()
    answer = Answer(measure_code="BINS", value="12", based_on=0)
    returns.submit_return("WASTE", october, answers=[answer], request_key="once", by=manager)
    signing_off.return_with_question("WASTE", october, version=1, question="Why?", by=head)
    found = desk.home(by=manager)
    (asked,) = found.questions
    assert (asked.unit.code, asked.period, asked.question) == ("WASTE", october, "Why?")
    assert asked.asked_by == "Head of service or director, PLACE"
    assert october not in {each.period for each in found.owed}


def test_a_councillor_and_an_administrator_get_no_ratings() -> None:
    a_busy_council()
    for role in (Role.COUNCILLOR, Role.ADMINISTRATOR):
        found = desk.home(by=a_user(role.value, role, "COUNCIL"))
        assert (found.standing, found.owed, found.waiting, found.questions, found.unsaid) == (None, (), (), (), ())


def test_what_is_kept_for_one_part_is_not_shown_to_another() -> None:
    a_busy_council()
    people: list[User] = [
        a_user("leader", Role.LEADERSHIP, "COUNCIL"),
        a_user("social", unit="SOCIAL"),
        a_user("waste"),
    ]
    seen = [codes(desk.home(by=person))[0] for person in (*people, *reversed(people))]
    assert seen == [["BINS"], [], ["BINS"], ["BINS"], [], ["BINS"]]


def test_a_figure_that_comes_in_shows_at_once() -> None:
    a_busy_council()
    leader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    assert codes(desk.home(by=leader))[0] == ["BINS"]
    add_figure("BINS", "2017-09", "8", revision=2)
    assert codes(desk.home(by=leader)) == ([], [])
