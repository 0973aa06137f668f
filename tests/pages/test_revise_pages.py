"""Recovery plans, as those who draft and those who agree them use the pages."""

from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from cycle import revise
from performance.organisation import PlanStatus
from performance.people import Role, User
from performance.periods import Period
from tests.builders import a_user, add_council, add_figure
from tests.cycle.test_revise import a_plan, a_red
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
LIST, ONE = "pages/revise/recovery_plans.py", "pages/revise/recovery_plan.py"


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def a_drafted_plan() -> tuple[int, User]:
    manager = a_red()
    plan_id = a_plan(manager)
    revise.add_milestone(plan_id, number=Decimal(25), period=Period.month(2017, 11), version=1, by=manager)
    return plan_id, manager


def test_the_list_shows_reds_without_a_plan_and_plans(open_page: Open) -> None:
    manager = a_red()
    app = open_page(manager, LIST)
    assert "Red without a plan: 1" in texts(app)
    assert "Red for 2 months, since September 2017 (41 days)" in texts(app)
    a_plan(manager)
    app.run()
    assert "Red without a plan: 0" in texts(app)
    assert "Open plans: 1" in texts(app)
    assert "No milestones yet" in texts(app)


def test_a_plan_is_started_from_a_red_with_what_is_known(open_page: Open) -> None:
    manager = a_red()
    app = open_page(manager, ONE, measure="RELET")
    assert "33 days in October 2017, target 20 days" in texts(app)
    assert "What happened: Relets took longer" in texts(app)
    assert app.text_area(key="cause-RELET").value == "The contractor left"
    press(app, "Start the plan")
    assert not app.exception
    (summary,) = revise.list_plans(by=manager)
    assert (summary.plan.cause, summary.plan.status) == ("The contractor left", PlanStatus.DRAFTED)


def test_a_milestone_and_an_action_are_added_on_the_page(open_page: Open) -> None:
    manager = a_red()
    plan_id = a_plan(manager)
    app = open_page(manager, ONE, plan=str(plan_id))
    app.text_input(key=f"number-{plan_id}-0").input("12 days")
    press(app, "Add the milestone")
    assert "The figure to reach must be a number" in texts(app)
    app.text_input(key=f"number-{plan_id}-0").input("25")
    press(app, "Add the milestone")
    assert "At most 25 days by November 2017" in texts(app)
    app.text_input(key=f"action-text-{plan_id}-1").input("Let the contract")
    app.text_input(key=f"role-{plan_id}-1").input("Head of Housing")
    press(app, "Add the action")
    assert not app.exception
    assert "Let the contract" in texts(app)
    assert "The action is added." in texts(app)


def test_an_action_without_an_officer_is_refused_in_words(open_page: Open) -> None:
    plan_id, manager = a_drafted_plan()
    app = open_page(manager, ONE, plan=str(plan_id))
    app.text_input(key=f"action-text-{plan_id}-0").input("Let the contract")
    press(app, "Add the action")
    assert "Enter the responsible officer's role" in texts(app)
    assert app.text_input(key=f"action-text-{plan_id}-0").value == "Let the contract"


def test_a_leader_agrees_and_whoever_opened_it_cannot(open_page: Open) -> None:
    plan_id, manager = a_drafted_plan()
    app = open_page(manager, ONE, plan=str(plan_id))
    assert "You opened this plan, so someone else agrees it." in texts(app)
    assert "Agree this plan" not in labels(app)
    app = open_page(a_user("leader", Role.LEADERSHIP, "COUNCIL"), ONE, plan=str(plan_id))
    press(app, "Agree this plan")
    assert "The plan is agreed." in texts(app)
    assert revise.get_plan(plan_id, by=manager).plan.status is PlanStatus.AGREED


def test_a_note_is_added_and_a_milestone_moved_in_sight(open_page: Open) -> None:
    plan_id, manager = a_drafted_plan()
    revise.agree_plan(plan_id, version=2, by=a_user("head", Role.HEAD, "PLACE"))
    app = open_page(manager, ONE, plan=str(plan_id))
    app.text_area(key=f"note-text-{plan_id}-0").input("The tender is out")
    press(app, "Add the note")
    assert "The tender is out" in texts(app)
    app.selectbox(key=f"to-{plan_id}-1").select(Period.month(2017, 12))
    press(app, "Move it: the first date stays in sight")
    assert "At most 25 days by December 2017 (moved once, first set for November 2017)" in texts(app)


def test_a_change_made_on_an_older_plan_is_refused_and_said(open_page: Open) -> None:
    plan_id, manager = a_drafted_plan()
    app = open_page(manager, ONE, plan=str(plan_id))
    app.text_area(key=f"cause-text-{plan_id}-0").input("The contractor left in June")
    revise.save_cause(plan_id, cause="Sickness", version=2, by=a_user("head", Role.HEAD, "PLACE"))
    press(app, "Save the cause")
    assert "PLACE changed this plan at" in texts(app)
    assert revise.get_plan(plan_id, by=manager).plan.cause == "Sickness"
    assert "As it is stored now: Sickness" in "\n".join(text.value for text in app.text)
    assert app.text_area(key=f"cause-text-{plan_id}-0").value == "The contractor left in June"
    press(app, "Save the cause")
    assert revise.get_plan(plan_id, by=manager).plan.cause == "The contractor left in June"


def test_those_who_only_read_see_no_forms(open_page: Open) -> None:
    plan_id, _ = a_drafted_plan()
    app = open_page(a_user("policy", Role.POLICY_OFFICER, "COUNCIL"), ONE, plan=str(plan_id))
    assert "You may not draft and update recovery plans for Waste and recycling" in texts(app)
    assert labels(app) == ["Sign out"]


@pytest.mark.parametrize("query", [{}, {"plan": "99"}, {"plan": "abc"}, {"measure": "NONE"}])
def test_an_address_that_names_nothing_leads_back(query: dict[str, str], open_page: Open) -> None:
    add_council()
    app = open_page(a_user(), ONE, **query)
    assert not app.exception
    assert len(app.info) == 1


def test_markup_in_what_was_said_stays_text(open_page: Open) -> None:
    manager = a_red()
    add_figure("RELET", "2017-10", "33", revision=2, commentary="<script>alert(1)</script> **bold**")
    plan_id = a_plan(manager, cause="=HYPERLINK(1) <b>")
    app = open_page(a_user("policy", Role.POLICY_OFFICER, "COUNCIL"), ONE, plan=str(plan_id))
    assert "<script>" not in "".join(element.proto.body for element in app.get("html"))
    assert "What happened: <script>alert(1)</script> **bold**" in "\n".join(text.value for text in app.text)
