"""The golden thread and each person's own, as people use the pages."""

import pytest

from cycle.admin import accounts
from cycle.plan import thread
from data_access.models import PlanNodeRow
from data_access.store.database import transaction
from performance.ground.organisation import NodeKind
from performance.ground.people import Role, User
from tests.builders import a_user, add_council, add_figure, add_measure, add_target
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
THREAD, MINE = "pages/plan/golden_thread.py", "pages/plan/my_thread.py"


def a_plan(role: Role = Role.EMPLOYEE) -> User:
    add_council()
    add_measure(title="Bins & <b>missed</b>", methodology="Counted", owner_role="Manager")
    add_measure("LOOSE", title="Nobody asked for it", objective_code=None)
    add_figure(period="2017-10", value="90")
    add_target(period="2017-10", number="100")
    with transaction() as session:
        session.add(PlanNodeRow(code="T1", title="Rounds team plan", kind=NodeKind.PLAN, parent_code="B1",
                                unit_code="WASTE", owner_role="Manager", why="Every bin on its day."))  # fmt: skip
    return a_user("officer", role)


def test_the_gaps_come_first_with_what_to_do(open_page: Open) -> None:
    app = open_page(a_plan(), THREAD)
    assert not app.exception
    said = texts(app)
    assert "Gaps: 10 to close" in said
    for gap in (
        "1 measure belongs to no objective",
        "4 parts of the plan and 2 measures have no owner in post",
        "2 plans were not reviewed within a year",
        "1 measure has no methodology",
    ):
        assert gap in said
    assert said.index("Gaps:") < said.index("The plan")
    assert "Name the objective or plan the measure serves, or retire it." in said


def test_the_tree_counts_in_words_and_no_text_is_taken_for_markup(open_page: Open) -> None:
    said = texts(open_page(a_plan(), THREAD))
    assert "2 measures: 1 red, 1 not yet received." in said
    assert "Bins &amp; &lt;b&gt;missed&lt;/b&gt;" in said
    assert "<b>missed" not in said
    assert 'href="plan-on-a-page?node=B1"' in said
    assert "Belonging to no objective" in said


def test_an_employee_is_given_no_link_that_would_refuse_them(open_page: Open) -> None:
    officer = a_plan()
    assert "measure=WCP1063" not in texts(open_page(officer, THREAD))
    manager = a_user("manager")
    assert 'href="measure?measure=WCP1063"' in texts(open_page(manager, THREAD))


def test_the_address_holds_unit_words_day_and_view(open_page: Open) -> None:
    officer = a_plan()
    app = open_page(officer, THREAD, unit="WASTE", find="rounds", on="2017-10-20", view="Table")
    said = texts(app)
    assert "As it stood on 20 October 2017" in said
    assert '<th role="rowheader" scope="row"' in said
    assert "Rounds team plan" in said
    assert "Nobody asked for it</th>" not in said
    app.text_input(key="pick_find").input("").run()
    assert "find" not in app.query_params
    app.selectbox(key="pick_view").select("Tree").run()
    assert app.query_params["view"] in ("Tree", ["Tree"])


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("on", "soon", "“soon” is not a day."),
        ("on", "1066-10-14", "14 October 1066 cannot be shown here"),
        ("unit", "NOWHERE", "The link asks for “NOWHERE” as “Part of the council”"),
        ("view", "Cake", "The link asks for “Cake” as “Show as”"),
    ],
)
def test_an_address_nobody_understands_is_said_and_leads_to_the_plan_of_today(
    name: str, value: str, words: str, open_page: Open
) -> None:
    app = open_page(a_plan(), THREAD, **{name: value})
    assert not app.exception
    assert words in texts(app)
    app.button[-1].click().run()
    assert "As it stood on 10 November 2017" in texts(app)


def test_words_that_are_nowhere_are_said_to_be(open_page: Open) -> None:
    assert "Nothing in the plan has all of these words" in texts(open_page(a_plan(), THREAD, find="zebra"))


def test_a_day_before_there_was_a_plan_says_so(open_page: Open) -> None:
    add_council()
    with transaction() as session:
        for code in ("B1", "O1", "P1"):
            session.delete(session.get_one(PlanNodeRow, code))
            session.flush()
    app = open_page(a_user("officer", Role.EMPLOYEE), THREAD)
    assert "Nothing of the plan stood on 10 November 2017" in texts(app)


@pytest.mark.parametrize("page", [THREAD, MINE])
@pytest.mark.parametrize("role", [Role.COUNCILLOR, Role.ADMINISTRATOR])
def test_who_has_no_part_in_the_plan_is_told_so(page: str, role: Role, open_page: Open) -> None:
    assert "You may not see the golden thread" in texts(open_page(a_plan(role), page))


# My golden thread


def test_an_employee_picks_a_plan_notes_an_objective_and_marks_it_done(open_page: Open) -> None:
    officer = a_plan()
    app = open_page(officer, MINE)
    assert "Nobody has said yet what your work hangs on" in texts(app)
    assert "no manager is on record for you" in texts(app)
    app.selectbox(key="node-thread-officer-g0").select("T1")
    app.button(key="FormSubmitter:form-thread-officer-g0-Hang my work on it").click().run()
    assert not app.exception
    assert "serves the objective “An objective”" in texts(app)
    assert "You chose this on 10 November 2017." in texts(app)

    app.text_area(key="new-text-objective-g0").input("Learn the *planner*")
    app.button(key="FormSubmitter:new-objective-g0-Note the objective").click().run()
    assert [each.value for each in app.text] == ["Learn the *planner*"]
    app.button(key="done-objective-1-g0").click().run()
    assert "The objective is done." in texts(app)
    assert "Done on 10 November 2017" in texts(app)


def test_nothing_chosen_and_nothing_written_are_said_plainly(open_page: Open) -> None:
    officer = a_plan()
    app = open_page(officer, MINE)
    app.button(key="FormSubmitter:form-thread-officer-g0-Hang my work on it").click().run()
    assert "Choose a plan first." in texts(app)
    app.button(key="FormSubmitter:new-objective-g0-Note the objective").click().run()
    assert "Write the objective, then save it." in texts(app)


def test_a_change_in_another_window_is_shown_and_the_typed_words_are_kept(open_page: Open) -> None:
    officer = a_plan()
    thread.add_objective("As it was", by=officer)
    app = open_page(officer, MINE)
    thread.reword_objective(1, text="From the other window", version=1, by=officer)
    app.text_area(key="text-objective-1-g0").input("From this window")
    save = "FormSubmitter:form-objective-1-g0-Save the wording"
    app.button(key=save).click().run()
    assert 'It now says: "From the other window".' in texts(app)
    assert app.text_area(key="text-objective-1-g0").value == "From this window"
    app.button(key=save).click().run()
    assert "The new wording is saved." in texts(app)
    assert [each.text for each in thread.my_thread(by=officer).objectives] == ["From this window"]


def test_a_manager_sees_whom_they_manage_and_assigns_a_plan(open_page: Open) -> None:
    officer, manager = a_plan(), a_user("manager")
    accounts.set_manager("officer", "manager")
    thread.add_objective("Learn the planner", by=officer)
    app = open_page(manager, MINE)
    assert "People you manage" in texts(app)
    assert "Not chosen yet" in texts(app)
    assert "Learn the planner" in texts(app)
    app.selectbox(key="node-thread-officer-g0").select("T1")
    app.button(key="FormSubmitter:form-thread-officer-g0-Assign to Employee, WASTE").click().run()
    assert "Assigned. They see it on their own page" in texts(app)
    said = texts(open_page(officer, MINE))
    assert "Assigned by Service manager, WASTE on 10 November 2017." in said
    assert "Only you and your manager, Service manager, WASTE, can read these." in said


def test_nobody_else_s_page_shows_the_objectives(open_page: Open) -> None:
    officer = a_plan()
    thread.add_objective("Learn the planner", by=officer)
    for role in (Role.HEAD, Role.BI_TEAM, Role.POLICY_OFFICER, Role.LEADERSHIP):
        other = a_user(f"other.{role.value}", role, "COUNCIL")
        for page in (MINE, THREAD):
            assert "planner" not in texts(open_page(other, page))
