"""What people did before the demonstration's day: by people who may, in an order that can have been."""

from collections import Counter
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qsl

from cycle.review.explored_lines import MEDIAN, OURS
from performance.ground.figures import TargetState
from performance.ground.organisation import Action, ActionStatus, Milestone, PlanStatus, ReturnStatus
from performance.ground.people import PERMISSIONS, Permission, Role
from performance.ground.periods import Period, parse_period
from performance.ground.reckoning.rag import Rag
from performance.review.saved_views import KEPT
from performance.revise.course import Course
from performance.revise.lessons import Verdict
from performance.revise.recovery import no_longer_met
from tests.seeds.conftest import COUNCIL, TODAY, Council, rows


def may(council: Council, username: str, permission: Permission, unit_code: str) -> bool:
    """Whether the person holds a role with the permission at the unit or above it, today."""
    parents = {unit.code: unit.parent_code for unit in council.register.organisation if unit.valid_to is None}
    above: set[str | None] = set()
    at: str | None = unit_code
    while at:
        above.add(at)
        at = parents[at]
    account = next(each for each in council.register.people if each.username == username)
    return any(permission in PERMISSIONS[role] and unit in above for role, unit in account.roles)


def test_returns_are_submitted_and_decided_by_two_people_who_may(council: Council) -> None:
    for row in rows("story/returns"):
        assert may(council, row["submitted_by"], Permission.ENTER_FIGURES, row["unit_code"]), row
        assert ReturnStatus(row["status"])
        if row["decided_by"]:
            assert row["decided_by"] != row["submitted_by"]
            assert may(council, row["decided_by"], Permission.APPROVE_RETURNS, row["unit_code"]), row
            assert row["submitted_on"] <= row["decided_on"] <= TODAY.isoformat()


def test_some_returns_wait_for_approval_and_one_came_back_with_a_question() -> None:
    returns = rows("story/returns")
    statuses = Counter(row["status"] for row in returns)
    waiting = {(row["unit_code"], row["period"]) for row in returns if row["status"] == "submitted"}

    assert waiting == {("CHILD", "2017-09"), ("CUSTOMER", "2017-10"), ("HIGHWAYS", "2017-10"), ("HR", "2017-10")}
    assert statuses["returned"] == 1
    assert statuses["approved"] > 80


def test_the_waste_manager_has_an_october_return_due_in_the_next_days(council: Council) -> None:
    october = Period.month(2017, 10)
    due = [
        measure.due_on(october)
        for measure in council.measures.values()
        if measure.unit_code == "WASTE" and measure.own_period(october.end) == october
    ]

    assert min(due) == date(2017, 11, 15)
    assert not [row for row in rows("story/returns") if (row["unit_code"], row["period"]) == ("WASTE", "2017-10")]


def test_targets_were_proposed_by_one_who_may_and_decided_by_another(council: Council) -> None:
    stories = rows("story/targets")

    assert {row["state"] for row in stories} == {state.value for state in TargetState}
    for row in stories:
        unit = council.measures[row["measure_code"]].unit_code
        assert may(council, row["proposed_by"], Permission.PROPOSE_TARGETS, unit)
        assert bool(row["decided_by"]) is (row["state"] in {"agreed", "declined"})
        assert not row["decided_by"] or may(council, row["decided_by"], Permission.AGREE_TARGETS, unit)
        assert row["rationale"]


def test_recovery_plans_follow_a_red_figure_and_are_agreed_by_another(council: Council) -> None:
    plans = rows("story/recovery_plans")

    assert {row["status"] for row in plans} == {status.value for status in PlanStatus}
    for row in plans:
        unit = council.measures[row["measure_code"]].unit_code
        assert PlanStatus(row["status"])
        assert council.line(row["measure_code"], row["period"]).rag is Rag.RED, row
        assert may(council, row["opened_by"], Permission.DRAFT_RECOVERY_PLANS, unit)
        assert bool(row["agreed_by"]) is (row["status"] != "drafted")
        assert not row["agreed_by"] or may(council, row["agreed_by"], Permission.AGREE_RECOVERY_PLANS, unit)


def test_one_plan_is_asked_to_be_tolerated_and_one_is_until_a_day_approved_by_another() -> None:
    plans = rows("story/recovery_plans")

    (asked,) = [row for row in plans if row["asked_by"]]
    assert asked["status"] == "drafted"
    assert asked["asked_because"]
    assert date.fromisoformat(asked["asked_until"]) > TODAY
    (tolerated,) = [row for row in plans if row["status"] == "tolerated"]
    assert date.fromisoformat(tolerated["tolerated_until"]) > TODAY
    assert tolerated["ended_because"]
    assert tolerated["ended_by"] != tolerated["opened_by"]


def test_a_plan_is_shared_by_two_measures_of_its_service_and_a_milestone_is_of_the_other(council: Council) -> None:
    plans = {row["plan"]: row for row in rows("story/recovery_plans")}
    own = {row["measure_code"] for row in plans.values()}

    (share,) = rows("story/recovery_shares")
    assert share["measure_code"] not in own
    measure = council.measures[plans[share["plan"]]["measure_code"]]
    assert council.measures[share["measure_code"]].unit_code == measure.unit_code
    milestones = [row for row in rows("story/recovery_milestones") if row["measure_code"]]
    assert [(row["plan"], row["measure_code"]) for row in milestones] == [(share["plan"], share["measure_code"])]


def test_a_milestone_was_met_until_its_figure_was_restated(council: Council) -> None:
    """Nobody sets it: the figures do, and the register keeps each of them."""
    plans = {row["plan"]: row for row in rows("story/recovery_plans")}
    unticked = []
    for row in rows("story/recovery_milestones"):
        code, period = row["measure_code"] or plans[row["plan"]]["measure_code"], parse_period(row["period"])
        measure = council.measures[code]
        milestone = Milestone(id=1, number=Decimal(row["number"]), period=period, original_period=period)
        revisions = [each for each in council.illustrative if (each.measure_code, each.period) == (code, period)]
        revisions = sorted((each for each in revisions if each.area_code == COUNCIL), key=lambda each: each.revision)
        if found := no_longer_met(measure, milestone, revisions, council.series(code)):
            unticked.append((row["plan"], found.replaced_at.date()))
    assert unticked == [("R6", date(2017, 10, 20))]


def test_a_course_is_said_otherwise_of_the_newest_figure_by_one_who_may(council: Council) -> None:
    plans = {row["plan"]: row for row in rows("story/recovery_plans")}
    (said,) = rows("story/recovery_courses")
    plan = plans[said["plan"]]
    measure = council.measures[plan["measure_code"]]
    assert Course(said["course"]) is not Course.NOT_KNOWN
    assert max(council.series(measure.code).figures) == parse_period(said["period"])
    assert may(council, said["said_by"], Permission.DRAFT_RECOVERY_PLANS, measure.unit_code)
    assert plan["agreed_on"] <= said["said_on"] <= TODAY.isoformat()
    assert said["because"]


def test_a_measure_red_twice_running_still_has_no_plan() -> None:
    assert "WCP1072" not in {row["measure_code"] for row in rows("story/recovery_plans")}


def test_milestones_actions_and_notes_belong_to_a_plan() -> None:
    plans = {row["plan"]: row for row in rows("story/recovery_plans")}

    for row in [*rows("story/recovery_milestones"), *rows("story/recovery_actions"), *rows("story/recovery_notes")]:
        assert row["plan"] in plans
    for row in rows("story/recovery_actions"):
        assert ActionStatus(row["status"])
        assert row["starts_on"] <= row["ends_on"]
    for row in rows("story/recovery_notes"):
        assert parse_period(row["period"])
        assert plans[row["plan"]]["opened_on"] <= row["written_on"] <= TODAY.isoformat()
    moved = [row for row in rows("story/recovery_milestones") if row["period"] != row["original_period"]]
    assert len(moved) == 1


def test_a_milestone_reached_and_one_to_come_are_on_the_measures_own_line(council: Council) -> None:
    sickness = council.series("WCP1063").figures
    milestones = {row["period"]: row for row in rows("story/recovery_milestones") if row["plan"] == "R1"}
    reached = council.line("WCP1063", "2017-09").value

    assert str(reached) <= milestones["2017-09"]["number"]
    assert parse_period("2017-12") not in sickness
    assert ("WCP1063", COUNCIL) in council.figures


def test_actions_were_spoken_for_by_one_who_may_after_the_month_and_stand_as_last_said(council: Council) -> None:
    owners = {action.action: _owner(council, action) for action in council.register.actions}
    status = {action.action: action.status.value for action in council.register.actions}
    plans = {row["plan"]: council.measures[row["measure_code"]].unit_code for row in rows("story/recovery_plans")}
    for row in rows("story/recovery_actions"):
        owners[row["action"]], status[row["action"]] = plans[row["plan"]], row["status"]
    for row in rows("story/feedback"):
        if row["action_by"]:
            owners[row["action"]], status[row["action"]] = row["unit_code"], row["action_status"]
    newest: dict[str, str] = {}
    for row in sorted(rows("story/deliveries"), key=lambda each: each["period"]):
        assert may(council, row["recorded_by"], Permission.ENTER_FIGURES, owners[row["action"]]), row
        assert parse_period(row["period"]).end.isoformat() < row["recorded_on"] <= TODAY.isoformat()
        assert row["evidence"] or row["status"] == "on_track"
        newest[row["action"]] = row["status"]
    assert newest == {action: status[action] for action in newest}


def test_questions_are_asked_and_answered_by_two_who_may_and_stand_in_every_state(council: Council) -> None:
    stories = rows("story/questions")
    assert Counter(row["kind"] for row in stories) == {"question": 3, "doubt": 1}
    states = [(bool(row["answered_on"]), bool(row["settled_on"])) for row in stories if row["kind"] == "question"]
    assert sorted(states) == [(False, False), (True, False), (True, True)]
    for row in stories:
        unit = council.measures[row["measure_code"]].unit_code
        needs = Permission.DOUBT_FIGURES if row["kind"] == "doubt" else Permission.ASK_QUESTIONS
        assert any(needs in PERMISSIONS[role] for role, _ in _account(council, row["asked_by"])), row
        assert row["asked_by"] != row["answered_by"]
        assert not row["answered_by"] or may(council, row["answered_by"], Permission.ENTER_FIGURES, unit), row
        days = [day for day in (row["asked_on"], row["answered_on"], row["settled_on"]) if day]
        assert days == sorted(days)
        assert parse_period(row["period"]).end.isoformat() < row["asked_on"]
        assert days[-1] <= TODAY.isoformat()


def test_a_doubt_is_about_a_figure_whose_check_was_confirmed(council: Council) -> None:
    (doubt,) = (row for row in rows("story/questions") if row["kind"] == "doubt")
    figure = council.figures[doubt["measure_code"], doubt["area_code"]][parse_period(doubt["period"])]
    assert "|".join(figure.confirmed_checks) == doubt["doubted"]


def _account(council: Council, username: str) -> list[tuple[Role, str]]:
    return list(next(each for each in council.register.people if each.username == username).roles)


def _owner(council: Council, action: Action) -> str:
    """The unit an action is spoken for by: its node's or its measure's."""
    if action.measure_code:
        return council.measures[action.measure_code].unit_code
    return next(node.unit_code or "" for node in council.register.plan if node.code == action.node_code)


def test_explorer_views_show_what_there_is(council: Council) -> None:
    areas = {each.code for each in council.register.areas} | {OURS, MEDIAN}
    for row in rows("story/saved_views"):
        query = dict(parse_qsl(row["query"], strict_parsing=True))
        assert query.keys() <= set(KEPT), row
        assert set(query["m"].split(",")) <= council.measures.keys(), row
        assert set(query.get("a", OURS).split(",")) <= areas, row
        assert may(council, row["saved_by"], Permission.EXPLORE, "CWC"), row
        assert row["saved_on"] <= TODAY.isoformat()


def test_requests_are_answered_after_they_were_asked_and_by_who_may(council: Council) -> None:
    titles = {row["title"]: row["saved_on"] for row in rows("story/saved_views")}
    requests = rows("story/data_requests")
    for row in requests:
        assert may(council, row["asked_by"], Permission.EXPLORE, "CWC"), row
        if row["answered_by"]:
            assert may(council, row["answered_by"], Permission.ANSWER_REQUESTS, "CWC"), row
            assert row["asked_on"] <= row["answered_on"] <= TODAY.isoformat()
            assert titles[row["view"]] <= row["answered_on"]
    assert [bool(row["answered_by"]) for row in requests] == [True, True, False]


def test_what_the_answers_say_is_what_was_published(council: Council) -> None:
    def published(measure: str, area: str, year: int) -> str:
        return next(
            row["value"] for row in rows("figures/published")
            if (row["measure_code"], row["area_code"], row["period"]) == (measure, area, f"{year}-01-01/P1Y")
        )  # fmt: skip

    smoking, claimants, _ = (row["answer"] for row in rows("story/data_requests"))
    for area in ("E08000031", "E08000030", "E08000028", "E92000001"):
        assert f"{published('WCP1032', area, 2016)}%" in smoking
    for area, year in (("E08000031", 2016), ("E08000031", 2008), ("E08000031", 2012), ("E92000001", 2016)):
        assert f"{published('WCP1054', area, year)}%" in claimants


def test_lessons_of_plans_say_that_they_worked_that_they_did_not_and_that_nobody_knows() -> None:
    plans = {row["plan"]: row for row in rows("story/recovery_plans")}
    lessons = rows("story/lessons")
    assert {row["verdict"] for row in lessons} == {verdict.value for verdict in Verdict}
    for row in lessons:
        assert bool(row["plan"]) is (row["verdict"] != Verdict.GENERAL.value)
        if row["plan"]:
            plan = plans[row["plan"]]
            assert plan["status"] == "closed"
            assert (plan["measure_code"], plan["ended_on"] < row["written_on"]) == (row["measure_code"], True)
