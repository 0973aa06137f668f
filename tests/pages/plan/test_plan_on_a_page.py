"""Plan on a page, as its owner, the policy officer and everyone else use it."""

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from cycle.plan import on_a_page
from data_access.models import PlanNodeRow, RiskRow
from data_access.store.database import transaction
from performance.ground.organisation import Action, NodeKind
from performance.ground.people import Role, User
from performance.plan.on_a_page import ActionDraft, Wording
from tests.builders import WARDS, a_user, add_council, add_figure, add_measure, add_target
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE = "pages/plan/plan_on_a_page.py"
WORDS, NEW = "words-OB-g0", "action0-OB-g0"


def an_owner() -> User:
    add_council()
    with transaction() as session:
        session.add(
            PlanNodeRow(
                code="OB",
                title="Keep it <b>clean</b>",
                kind=NodeKind.OBJECTIVE,
                parent_code="O1",
                unit_code="WASTE",
                owner_role="Head of Waste",
                why="Residents <i>ask</i> for it",
                evidence="TIPS|SHARE",
            )
        )
        session.flush()
        session.add(RiskRow(code="R1", title="Lorries fail", node_code="OB", likelihood=3, impact=4))
    add_measure("TIPS", title="Fly-tipping", objective_code="OB")
    add_measure("SHARE", title="Recycling")
    add_figure("TIPS", "2017-10", value="20")
    add_target("TIPS", "2017-10", number="30")
    for ward in WARDS:
        add_figure("TIPS", "2017-10", value="3", area=ward)
    for month in ("2017-08", "2017-09", "2017-10"):
        add_figure("SHARE", month, value="40")
    return a_user()


def pressed(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def test_everything_an_owner_answers_for_is_on_one_page(open_page: Open) -> None:
    app = open_page(an_owner(), PAGE, node="OB")
    assert not app.exception
    said = texts(app)
    for words in ("Owner: Head of Waste.", "Not reviewed yet.", "Measures: 1 red", "highest and lowest of 6 wards",
                  "It was 40 in Aug 2017 and again in Oct 2017.", "No actions are planned yet.",
                  "No lessons are noted yet.",
                  "High: 12 of 25, possible (3) and major (4)"):  # fmt: skip
        assert words in said
    assert "<i>ask</i>" not in said
    assert len(app.get("vega_lite_chart")) == 2
    assert [each.proto.label for each in app.get("download_button")] == [
        "Word page", "PDF page", "PowerPoint", "Excel",
    ]  # fmt: skip


def test_the_words_are_changed_in_place_with_a_reason(open_page: Open) -> None:
    owner = an_owner()
    app = open_page(owner, PAGE, node="OB")
    app.text_area(key=f"lessons-{WORDS}").input("Cameras only move it on")
    pressed(app, "Save the page")
    assert "Enter why you change the plan" in texts(app)
    assert app.text_area(key=f"lessons-{WORDS}").value == "Cameras only move it on"
    app.text_input(key=f"reason-{WORDS}").input("Learnt in spring")
    pressed(app, "Save the page")
    assert not app.exception
    assert "The plan is changed." in texts(app)
    assert "Learnt in spring" in texts(app)
    assert on_a_page.plan_page("OB", by=owner).node.lessons == "Cameras only move it on"


def test_who_changed_it_meanwhile_is_shown_and_one_chooses(open_page: Open) -> None:
    owner, policy = an_owner(), a_user("policy", Role.POLICY_OFFICER, "COUNCIL")
    app = open_page(owner, PAGE, node="OB")
    node = on_a_page.plan_page("OB", by=policy).node
    theirs = Wording(
        owner_role=node.owner_role, why="Theirs", evidence=node.evidence, lessons="Their lesson", reason="r"
    )
    on_a_page.change_page("OB", theirs, version=1, by=policy)
    app.text_area(key=f"why-{WORDS}").input("Mine")
    app.text_area(key=f"lessons-{WORDS}").input("My lesson")
    app.text_input(key=f"reason-{WORDS}").input("Better")
    pressed(app, "Save the page")
    assert not app.exception
    assert "Policy officer, COUNCIL changed this" in texts(app)
    assert "Theirs" in texts(app)
    app.button(key=f"theirs-why-{WORDS}").click().run()
    assert app.text_area(key=f"why-{WORDS}").value == "Theirs"
    app.button(key=f"mine-lessons-{WORDS}").click().run()
    assert "Your choice stands in the form below." in texts(app)
    pressed(app, "Save the page")
    assert not app.exception
    node = on_a_page.plan_page("OB", by=owner).node
    assert (node.why, node.lessons) == ("Theirs", "My lesson")


def test_an_action_is_added_changed_and_taken_off(open_page: Open) -> None:
    owner = an_owner()
    app = open_page(owner, PAGE, node="OB")
    pressed(app, "Add the action")
    assert "Enter what is to be done" in texts(app)
    app.text_area(key=f"action-{NEW}").input("Sweep")
    app.text_input(key=f"responsible_role-{NEW}").input("Head of Waste")
    app.date_input(key=f"starts_on-{NEW}").set_value(date(2017, 12, 1))
    pressed(app, "Add the action")
    assert not app.exception
    (added,) = on_a_page.plan_page("OB", by=owner).actions
    assert (added.action.action, added.action.starts_on) == ("Sweep", date(2017, 12, 1))
    number = added.action.id
    app.selectbox(key="which-OB-g1").set_value(number).run()
    app.text_input(key=f"result-action{number}-OB-g1").input("Clean streets")
    pressed(app, "Save the action")
    assert on_a_page.plan_page("OB", by=owner).actions[0].action.result == "Clean streets"
    app.selectbox(key="which-OB-g2").set_value(number).run()
    pressed(app, "Take it off the page")
    assert not app.exception
    assert on_a_page.plan_page("OB", by=owner).actions == ()
    assert "History: 3 changes" in [each.label for each in app.expander]


def test_an_action_taken_off_meanwhile_leaves_its_words_in_the_form(open_page: Open) -> None:
    owner, policy = an_owner(), a_user("policy", Role.POLICY_OFFICER, "COUNCIL")
    sweep = Action(id=0, action="Sweep", responsible_role="Head")
    on_a_page.change_page("OB", ActionDraft(action=sweep), version=0, by=owner)
    number = on_a_page.plan_page("OB", by=owner).actions[0].action.id
    app = open_page(owner, PAGE, node="OB")
    app.selectbox(key="which-OB-g0").set_value(number).run()
    app.text_input(key=f"result-action{number}-OB-g0").input("Clean streets")
    gone = ActionDraft(action=replace(sweep, id=number), removes=True)
    on_a_page.change_page("OB", gone, version=1, by=policy)
    pressed(app, "Save the action")
    assert not app.exception
    assert "took this action off the page meanwhile" in texts(app)
    assert app.text_input(key="result-action0-OB-g1").value == "Clean streets"
    pressed(app, "Add the action")
    assert on_a_page.plan_page("OB", by=owner).actions[0].action.result == "Clean streets"


def test_the_owner_says_that_the_plan_is_reviewed(open_page: Open) -> None:
    app = open_page(an_owner(), PAGE, node="OB")
    app.button(key=f"reviewed-{WORDS}").click().run()
    assert "Last reviewed on 10 November 2017." in texts(app)
    app.button(key="reviewed-words-OB-g1").click().run()
    assert "This plan is reviewed today already." in texts(app)


def test_others_read_it_and_are_told_why_they_cannot_change_it(open_page: Open) -> None:
    an_owner()
    app = open_page(a_user("sweeper", Role.EMPLOYEE), PAGE, node="OB")
    assert not app.exception
    assert "You may not change plans on a page for Waste and recycling." in texts(app)
    assert "Save the page" not in [button.label for button in app.button]
    assert "/measure?measure=" not in texts(app), "no link to a page an employee cannot open"


def test_the_past_is_read_as_it_stood(open_page: Open) -> None:
    owner = an_owner()
    node = on_a_page.plan_page("OB", by=owner).node
    new = Wording(owner_role=node.owner_role, why="New words", evidence=(), lessons="", reason="r")
    on_a_page.change_page("OB", new, version=1, by=owner)
    app = open_page(owner, PAGE, node="OB", on="2017-11-09")
    assert "As it stood on 9 November 2017" in texts(app)
    assert "New words" not in texts(app)
    assert "What is past is not changed" in texts(app)


@pytest.mark.parametrize("query", [{"node": "NONE"}, {"on": "yesterday"}, {"node": "OB", "on": "2999-01-01"}])
def test_an_address_that_makes_no_sense_still_opens_a_page(query: dict[str, str], open_page: Open) -> None:
    app = open_page(an_owner(), PAGE, **query)
    assert not app.exception
    assert app.title[0].value
    assert ("was not in the plan" in texts(app)) is (query.get("node") == "NONE")


def test_an_empty_plan_says_where_it_comes_from(open_page: Open) -> None:
    add_council()
    with transaction() as session:
        for code in ("B1", "O1", "P1"):
            session.delete(session.get(PlanNodeRow, code))
            session.flush()
    assert "There is no plan yet." in texts(open_page(a_user(), PAGE))
