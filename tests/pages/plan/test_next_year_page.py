"""Next year's plan, as the policy officer uses the page."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from cycle.plan import refresh
from data_access.plan.tree import get_node, save_nodes
from data_access.store.database import transaction
from performance.ground.dated import Recording
from performance.ground.organisation import PlanNode
from performance.ground.people import Role, User
from performance.plan.refresh_changes import Ended, Reworded
from tests.builders import RECORDED, a_user, add_council, add_measure
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE = "pages/plan/next_year.py"
STARTS = date(2018, 4, 1)


def an_officer() -> User:
    add_council()
    add_measure("WCP1", title="Tonnes recycled")
    return a_user("officer", Role.POLICY_OFFICER, "COUNCIL")


def a_draft(by: User) -> int:
    return refresh.open_refresh("Plan for 2018/19", STARTS, by=by)


def pick(app: AppTest, code: str) -> AppTest:
    return app.selectbox(key="node-1").set_value(code).run()


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def title_of(code: str) -> str:
    with transaction() as session:
        return get_node(session, code=code, on=STARTS).title


def test_with_no_draft_the_page_says_what_it_is_for_and_opens_one(open_page: Open) -> None:
    app = open_page(an_officer(), PAGE)
    assert "No plan for a new year is open" in texts(app)
    app = press(app, "Open the plan for 2018/19")
    assert not app.exception
    assert "The draft is open. Everything is carried over until you say otherwise." in texts(app)
    assert "All 3 parts of this year's plan are carried over as they are." in texts(app)


def test_a_part_is_worded_anew_and_seen_in_what_differs(open_page: Open) -> None:
    officer = an_officer()
    a_draft(officer)
    app = pick(open_page(officer, PAGE), "B1")
    app.text_input(key="title-B1-draft1-g0").input("A better objective")
    app = press(app, "Save in the draft")
    assert not app.exception
    assert "Saved in the draft." in texts(app)
    assert "Objective: An objective" in texts(app)
    assert app.text_input(key="title-B1-draft1-g1").value == "A better objective"


def test_what_is_wrong_is_said_at_the_top_and_what_was_typed_stays(open_page: Open) -> None:
    officer = an_officer()
    a_draft(officer)
    app = pick(open_page(officer, PAGE), "B1")
    app.text_input(key="title-B1-draft1-g0").input(" ")
    app.text_area(key="why-B1-draft1-g0").input("Because the panel asked")
    app = press(app, "Save in the draft")
    assert "There is a problem" in texts(app)
    assert "Enter the title" in texts(app)
    assert app.text_area(key="why-B1-draft1-g0").value == "Because the panel asked"


@pytest.mark.parametrize(("press_this", "holds"), [("Use mine", "Mine"), ("Keep theirs", "Theirs")])
def test_of_two_at_one_part_the_second_sees_both_and_chooses(press_this: str, holds: str, open_page: Open) -> None:
    officer = an_officer()
    draft, other = a_draft(officer), a_user("other", Role.POLICY_OFFICER, "COUNCIL")
    app = pick(open_page(officer, PAGE), "B1")
    refresh.save_change(draft, Reworded(code="B1", values={"title": "Theirs"}, based_on=0), by=other)
    app.text_input(key="title-B1-draft1-g0").input("Mine")
    app = press(app, "Save in the draft")
    assert 'changed "An objective" in the draft' in texts(app)
    assert "What each of you would have it say" in texts(app)
    app = press(app, press_this)
    assert not app.exception
    assert refresh.get_draft(draft, by=officer).next_year.by_code["B1"].title == holds


def test_an_end_leaves_its_measure_to_settle_and_can_be_taken_back(open_page: Open) -> None:
    officer = an_officer()
    a_draft(officer)
    app = pick(open_page(officer, PAGE), "B1")
    app = press(app, "End it with this year's plan")
    assert "1 measure is left without an objective" in [each.label for each in app.expander]
    app = press(pick(app, "B1"), "Carry it over after all")
    assert not app.exception
    assert "All 3 parts of this year's plan are carried over" in texts(app)


def test_what_hangs_in_the_air_is_in_the_way_and_leads_to_its_place(open_page: Open) -> None:
    officer = an_officer()
    draft = a_draft(officer)
    refresh.save_change(draft, Ended(code="O1", with_below=False, based_on=0), by=officer)
    app = open_page(officer, PAGE)
    assert "It cannot be adopted yet." in texts(app)
    assert "Adopt it from 1 April 2018" not in [button.label for button in app.button]
    app = press(app, "Find a place for An objective")
    assert app.selectbox(key="node-1").value == "B1"


def test_a_measure_is_linked_to_another_plan(open_page: Open) -> None:
    officer = an_officer()
    draft = a_draft(officer)
    app = pick(open_page(officer, PAGE), "B1")
    app.text_input(key="title-new-B1-draft1-g0").input("A team plan")
    app = press(app, "Add the plan")
    assert '"A team plan" is added to the draft.' in texts(app)
    app.multiselect(key="measures-links-draft1-g1").set_value(["WCP1"])
    app.selectbox(key="objective-links-draft1-g1").set_value("B1.1")
    app = press(app, "Link these measures")
    assert not app.exception
    assert refresh.get_draft(draft, by=officer).next_year.links == {"WCP1": "B1.1"}


def test_a_change_of_this_year_s_plan_meanwhile_is_chosen_between(open_page: Open) -> None:
    officer = an_officer()
    draft = a_draft(officer)
    refresh.save_change(draft, Reworded(code="B1", values={"title": "Draft's"}, based_on=0), by=officer)
    with transaction() as session:
        owners = PlanNode(code="B1", title="Owner's", kind=get_node(session, code="B1").kind, parent_code="O1")
        recording = Recording(by="owner", at=RECORDED, effective_on=date(2017, 11, 10))
        save_nodes(session, nodes=[owners], recording=recording)
    refresh.save_change(draft, Reworded(code="P1", values={"why": "Any"}, based_on=0), by=officer)
    app = open_page(officer, PAGE)
    assert "When it was drafted: An objective. In this year's plan now: Owner's. In the draft: Draft's." in texts(app)
    app = press(app, "Take this year's")
    assert not app.exception
    assert "Changed in this year's plan since" not in texts(app)


def test_adopted_on_its_first_day_the_plan_holds_and_the_difference_stays_readable(open_page: Open) -> None:
    officer = an_officer()
    draft = a_draft(officer)
    refresh.save_change(draft, Reworded(code="B1", values={"title": "Next year's"}, based_on=0), by=officer)
    app = press(open_page(officer, PAGE), "Adopt it from 1 April 2018")
    assert not app.exception
    assert "Adopted. The plan takes effect on 1 April 2018" in texts(app)
    assert "Of 3 parts of this year's plan, 2 are carried over, 1 is changed" in texts(app)
    assert "Open another draft plan" in [each.label for each in app.expander]
    assert title_of("B1") == "Next year's"


def test_a_draft_is_abandoned_with_its_reason(open_page: Open) -> None:
    officer = an_officer()
    a_draft(officer)
    app = press(open_page(officer, PAGE), "Abandon the draft")
    assert "Enter why the draft is abandoned" in texts(app)
    app.text_input(key="reason-abandon-draft1-g0").input("The election came first")
    app = press(app, "Abandon the draft")
    assert "Why: The election came first" in texts(app)
