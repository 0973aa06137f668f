"""Recovery plans, as those who draft and those who agree them use the pages."""

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from cycle.ground.batches import AT_A_TIME
from cycle.revise.recovery import decisions, planning
from performance.ground.measures import Polarity
from performance.ground.organisation import Action, PlanStatus
from performance.ground.people import Role, User
from performance.ground.periods import Period
from tests.builders import a_user, add_council, add_figure, add_measure, add_target
from tests.cycle.revise.recovery.test_planning import WORDS, a_plan, a_red
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
    planning.add_milestone(plan_id, number=Decimal(25), period=Period.month(2017, 11), version=1, by=manager)
    return plan_id, manager


def test_the_list_shows_reds_without_a_plan_and_plans(open_page: Open) -> None:
    manager = a_red()
    app = open_page(manager, LIST)
    assert "Without a plan: 1" in texts(app)
    assert "Red for 2 months running, since September 2017, which ended 41 days ago" in texts(app)
    a_plan(manager)
    app.run()
    assert "Without a plan: 0" in texts(app)
    assert "Open plans: 1" in texts(app)
    assert "No milestones yet" in texts(app)


def many_measures(besides: int = AT_A_TIME) -> tuple[User, int]:
    """The manager of more measures than are looked at at once, all of which are red; and how many they are."""
    manager = a_red()
    for place in range(besides):
        add_measure(f"M{place}", unit="days", polarity=Polarity.LOWER)
        for month in ("2017-09", "2017-10"):
            add_target(f"M{place}", month, "20")
            add_figure(f"M{place}", month, "33")
    return manager, besides + 1


def test_what_calls_for_a_plan_is_looked_for_behind_the_list(open_page: Open) -> None:
    manager, many = many_measures()
    app = open_page(manager, LIST)
    assert f"Without a plan: {many}" in texts(app)
    assert "so far" not in texts(app)


def test_of_many_the_first_are_shown_and_all_for_whoever_asks(open_page: Open) -> None:
    manager, many = many_measures(15)
    first = open_page(manager, LIST)
    assert 0 < texts(first).count(">Start a plan<") < many
    assert f"Show all {many}" in [each.proto.label for each in first.get("page_link")]
    assert "What a plan would start from" not in texts(first)
    everything = open_page(manager, LIST, show="all")
    assert "Show the first 12" in [each.proto.label for each in everything.get("page_link")]
    assert texts(everything).count(">Start a plan<") == many
    assert "Show all" not in str([each.proto.label for each in everything.get("page_link")])


def test_who_leaves_half_way_saw_that_more_was_to_come(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    manager, _ = many_measures()
    monkeypatch.setattr("components.frame.behind.st.rerun", lambda: None)
    app = open_page(manager, LIST)
    assert "Without a plan: 0 so far" in texts(app)
    assert "No measure calls for a plan" not in texts(app)


def test_a_plan_is_started_from_a_red_with_what_is_known(open_page: Open) -> None:
    manager = a_red()
    app = open_page(manager, ONE, measure="RELET")
    assert "33 days in October 2017, target 20 days" in texts(app)
    assert "What happened: Relets took longer" in texts(app)
    assert app.text_area(key="cause-RELET").value == "The contractor left"
    assert "It went from 20 days in August 2017, when it was last not red, to 33 days in October 2017." in texts(app)
    press(app, "Start the plan")
    assert not app.exception
    (summary,) = planning.list_plans(by=manager)
    assert (summary.plan.cause, summary.plan.status) == ("The contractor left", PlanStatus.DRAFTED)


def test_a_draft_offers_what_was_tried_before_for_much_the_same(open_page: Open) -> None:
    manager, head = a_red(), a_user("head", Role.HEAD, "PLACE")
    add_measure("VOIDS", title="Empty homes", unit_code="HOUSING")
    add_figure("VOIDS", "2017-10", "9")
    landlord = a_user("landlord", unit="HOUSING")
    other = planning.open_plan(
        "VOIDS", period=Period.month(2017, 10), cause="The contractor who repairs homes left", by=landlord
    )  # fmt: skip
    planning.add_milestone(other, number=Decimal(8), period=Period.month(2017, 11), version=1, by=landlord)
    action = Action(id=0, action="Hire two contractors", responsible_role="Landlord", result="Sooner")
    planning.add_action(other, action=action, version=2, by=landlord)
    assert "Hire two contractors" not in texts(open_page(manager, ONE, measure="RELET"))  # nobody agreed it yet
    decisions.agree_plan(other, version=3, by=head)
    app = open_page(manager, ONE, measure="RELET")
    assert "What was tried before (1)" in [each.label for each in app.expander]
    assert "Agreed, 0 of 1 milestone met. Hire two contractors." in texts(app)
    assert "**The same objective: Empty homes**" in texts(app)


def test_what_only_has_words_of_the_commentary_in_common_is_not_offered(open_page: Open) -> None:
    manager = a_red()
    add_measure("CLAIMS", title="Days to decide a claim", unit_code="SOCIAL", objective_code=None)
    add_figure("CLAIMS", "2017-10", "9")
    lead = a_user("lead", unit="SOCIAL")
    other = planning.open_plan("CLAIMS", period=Period.month(2017, 10), cause=WORDS, by=lead)
    planning.add_milestone(other, number=Decimal(8), period=Period.month(2017, 11), version=1, by=lead)
    planning.add_action(
        other, action=Action(id=0, action=WORDS, responsible_role="Lead", result=""), version=2, by=lead
    )
    decisions.agree_plan(other, version=3, by=a_user("social_head", Role.HEAD, "PEOPLE"))
    assert not [each for each in open_page(manager, ONE, measure="RELET").expander if "tried" in each.label]


def test_a_milestone_and_an_action_are_added_on_the_page(open_page: Open) -> None:
    manager = a_red()
    plan_id = a_plan(manager)
    app = open_page(manager, ONE, plan=str(plan_id))
    app.text_input(key=f"number-RELET-plan{plan_id}-g0").input("12 days")
    press(app, "Add the milestone")
    assert "The figure to reach must be a number" in texts(app)
    app.text_input(key=f"number-RELET-plan{plan_id}-g0").input("25")
    press(app, "Add the milestone")
    assert "At most 25 days by November 2017" in texts(app)
    app.text_input(key=f"action-text-plan{plan_id}-g1").input("Let the contract")
    app.text_input(key=f"role-plan{plan_id}-g1").input("Head of Housing")
    press(app, "Add the action")
    assert not app.exception
    assert "Let the contract" in texts(app)
    assert "The action is added." in texts(app)


def test_an_action_without_an_officer_is_refused_in_words(open_page: Open) -> None:
    plan_id, manager = a_drafted_plan()
    app = open_page(manager, ONE, plan=str(plan_id))
    app.text_input(key=f"action-text-plan{plan_id}-g0").input("Let the contract")
    press(app, "Add the action")
    assert "Enter the responsible officer's role" in texts(app)
    assert app.text_input(key=f"action-text-plan{plan_id}-g0").value == "Let the contract"


def test_a_leader_agrees_and_whoever_opened_it_cannot(open_page: Open) -> None:
    plan_id, manager = a_drafted_plan()
    app = open_page(manager, ONE, plan=str(plan_id))
    assert "You opened this plan, so someone else agrees it." in texts(app)
    assert "Agree this plan" not in labels(app)
    app = open_page(a_user("leader", Role.LEADERSHIP, "COUNCIL"), ONE, plan=str(plan_id))
    press(app, "Agree this plan")
    assert "The plan is agreed." in texts(app)
    assert planning.get_plan(plan_id, by=manager).plan.status is PlanStatus.AGREED


def test_a_note_is_added_and_a_milestone_moved_in_sight(open_page: Open) -> None:
    plan_id, manager = a_drafted_plan()
    decisions.agree_plan(plan_id, version=2, by=a_user("head", Role.HEAD, "PLACE"))
    app = open_page(manager, ONE, plan=str(plan_id))
    app.text_area(key=f"note-text-plan{plan_id}-g0").input("The tender is out")
    press(app, "Add the note")
    assert "The tender is out" in texts(app)
    app.selectbox(key=f"to-1-plan{plan_id}-g1").select(Period.month(2017, 12))
    press(app, "Move it: the first date stays in sight")
    assert "Enter why it is moved, since the plan is agreed" in texts(app)
    app.text_input(key=f"move-because-1-plan{plan_id}-g1").input("The tender failed")
    press(app, "Move it: the first date stays in sight")
    assert "Dates moved since it was agreed (1)" in [each.label for each in app.expander]
    assert "The tender failed" in texts(app)
    assert "At most 25 days by December 2017 (moved once, first set for November 2017)" in texts(app)
    assert "Paler is the path as it was first set, before a date was moved." in texts(app)
    assert 'data-title="Expected at first"' in texts(app)


def test_a_change_made_on_an_older_plan_is_refused_and_said(open_page: Open) -> None:
    plan_id, manager = a_drafted_plan()
    app = open_page(manager, ONE, plan=str(plan_id))
    app.text_area(key=f"cause-text-plan{plan_id}-g0").input("The contractor left in June")
    planning.save_cause(plan_id, cause="Sickness", version=2, by=a_user("head", Role.HEAD, "PLACE"))
    press(app, "Save the cause")
    assert "PLACE changed this plan at" in texts(app)
    assert planning.get_plan(plan_id, by=manager).plan.cause == "Sickness"
    assert "As it is stored now: Sickness" in "\n".join(text.value for text in app.text)
    assert app.text_area(key=f"cause-text-plan{plan_id}-g0").value == "The contractor left in June"
    press(app, "Save the cause")
    assert planning.get_plan(plan_id, by=manager).plan.cause == "The contractor left in June"


def test_whys_and_partners_are_kept_with_the_cause(open_page: Open) -> None:
    plan_id, manager = a_drafted_plan()
    app = open_page(manager, ONE, plan=str(plan_id))
    app.text_input(key=f"why-0-plan{plan_id}-g0").input("Homes stand empty")
    app.text_input(key=f"evidence-0-plan{plan_id}-g0").input("9 days of 33")
    app.text_input(key=f"partners-plan{plan_id}-g0").input("Two firms")
    press(app, "Save the cause")
    assert not app.exception
    assert app.text_input(key=f"why-0-plan{plan_id}-g1").value == "Homes stand empty"
    reader = open_page(a_user("policy", Role.POLICY_OFFICER, "COUNCIL"), ONE, plan=str(plan_id))
    assert "9 days of 33" in texts(reader)
    assert "Partners: Two firms" in texts(reader)


def test_the_course_is_said_otherwise_beside_the_one_worked_out(open_page: Open) -> None:
    plan_id, manager = a_drafted_plan()
    decisions.agree_plan(plan_id, version=2, by=a_user("head", Role.HEAD, "PLACE"))
    add_figure("RELET", "2017-11", "33")
    app = open_page(manager, ONE, plan=str(plan_id))
    assert "Off course." in texts(app)
    assert "November 2017: expected 25 days, actual 33 days, behind by 8 days." in texts(app)
    app.radio(key=f"course-said-plan{plan_id}-g0").set_value("slipping")
    press(app, "Say so until the next figure")
    assert "Enter why you see its course otherwise" in texts(app)
    app.text_input(key=f"course-because-plan{plan_id}-g0").input("Snow")
    press(app, "Say so until the next figure")
    assert "Slipping." in texts(app)
    assert "Worked out from the figures: off course. Said otherwise by Service manager, WASTE" in texts(app)


def test_a_shared_measure_has_its_own_path_and_milestones(open_page: Open) -> None:
    plan_id, manager = a_drafted_plan()
    add_measure("VOIDS", title="Empty homes", unit="homes")
    add_figure("VOIDS", "2017-10", "90")
    app = open_page(manager, ONE, plan=str(plan_id))
    press(app, "Take it into the plan")
    assert "This plan brings back as well: Empty homes. Not red now." in texts(app)
    app.selectbox(key=f"milestone-of-plan{plan_id}-g1").select(1).run()
    app.text_input(key=f"number-VOIDS-plan{plan_id}-g1").input("80")
    press(app, "Add the milestone")
    assert not app.exception
    assert "At least 80 homes by November 2017" in texts(app)
    draft = open_page(manager, ONE, measure="VOIDS")
    assert not draft.exception


def test_a_measure_joins_an_open_plan_from_its_own_draft(open_page: Open) -> None:
    plan_id, manager = a_drafted_plan()
    add_measure("VOIDS", title="Empty homes", unit="homes")
    add_figure("VOIDS", "2017-10", "90")
    app = open_page(manager, ONE, measure="VOIDS")
    press(app, "Take the measure into this plan")
    assert not app.exception
    assert [path.measure.code for path in planning.get_plan(plan_id, by=manager).paths] == ["RELET", "VOIDS"]


def test_a_measure_is_tolerated_when_a_director_approves(open_page: Open) -> None:
    plan_id, manager = a_drafted_plan()
    app = open_page(manager, ONE, plan=str(plan_id))
    press(app, "Ask for it")
    assert "Enter the day until which it should be tolerated" in texts(app)
    app.date_input(key=f"until-plan{plan_id}-g0").set_value(date(2018, 3, 31))
    app.text_input(key=f"until-because-plan{plan_id}-g0").input("The depot moves")
    press(app, "Ask for it")
    assert "Someone who agrees plans answers whether it is tolerated." in texts(app)
    head = a_user("head", Role.HEAD, "PLACE")
    app = open_page(head, ONE, plan=str(plan_id))
    assert "asks to tolerate the measure until 31 March 2018: The depot moves" in texts(app)
    press(app, "Tolerate it until 31 March 2018")
    assert "Tolerated until 31 March 2018, approved by" in texts(app)
    listed = texts(open_page(head, LIST))
    assert "Without a plan: 0" in listed
    assert "Tolerated until 31 March 2018: The depot moves." in listed


def test_a_plan_is_closed_with_a_reason_and_judged(open_page: Open) -> None:
    plan_id, manager = a_drafted_plan()
    head = a_user("head", Role.HEAD, "PLACE")
    decisions.agree_plan(plan_id, version=2, by=head)
    app = open_page(head, ONE, plan=str(plan_id))
    assert "Not yet: On target 3 times running" in texts(app)
    app.text_input(key=f"kept-by-plan{plan_id}-g0").input("Head of Housing")
    press(app, "Close the plan")
    assert "To close it without that, say why." in texts(app)
    app.text_input(key=f"closed-because-plan{plan_id}-g0").input("The service moves")
    press(app, "Close the plan")
    assert "Kept there by: Head of Housing." in texts(app)
    app = open_page(manager, ONE, plan=str(plan_id))
    assert "There are too few figures to compare" in texts(app)
    app.text_area(key=f"advice-plan{plan_id}-g0").input("Pay by the home")
    press(app, "Keep the judgement")
    assert not app.exception
    assert "To another service: Pay by the home" in texts(app)
    assert "Keep the judgement" not in labels(app)


def test_the_months_word_is_said_on_the_return(open_page: Open) -> None:
    plan_id, manager = a_drafted_plan()
    decisions.agree_plan(plan_id, version=2, by=a_user("head", Role.HEAD, "PLACE"))
    # As the link on Home names it.
    app = open_page(manager, "pages/do/my_return.py", unit="WASTE", period="2017-10")
    box = next(area for area in app.text_area if area.label.startswith("What happened in"))
    box.input("Two firms began")
    press(app, "Add to the plan")
    assert not app.exception
    assert "The note is added." in texts(app)
    assert next(area for area in app.text_area if area.label.startswith("What happened in")).value == ""
    assert [note.text for note in planning.get_plan(plan_id, by=manager).notes] == ["Two firms began"]
    press(app, "Add to the plan")
    assert "Enter what happened this month" in texts(app)


def test_those_who_only_read_see_no_forms(open_page: Open) -> None:
    plan_id, _ = a_drafted_plan()
    app = open_page(a_user("policy", Role.POLICY_OFFICER, "COUNCIL"), ONE, plan=str(plan_id))
    said = [str(each.value) for each in app.main if hasattr(each, "value")]
    (why,) = [at for at, each in enumerate(said) if each.startswith("You may not draft and update recovery plans for")]
    assert why == len(said) - 1, "after all that there is to read"
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
    assert "<script>alert" not in "".join(element.proto.body for element in app.get("html"))
    assert "What happened: <script>alert(1)</script> **bold**" in "\n".join(text.value for text in app.text)


def test_a_red_measures_page_says_why_and_what_is_done_about_it(open_page: Open) -> None:
    """First that there is no plan, then how the plan stands, with the way there. Of the past, neither."""
    manager = a_red()
    page = {"page": "pages/review/measure.py", "measure": "RELET"}

    def links(**query: str) -> list[str]:
        app = open_page(manager, **page, **query)
        assert not app.exception
        assert "**Why is it red?** " in texts(app)
        return [each.proto.label for each in app.get("page_link") if "ecovery plan" in each.proto.label]

    assert "No recovery plan yet: what one would start from" in links()
    a_plan(manager)
    (said,) = [label for label in links() if label.startswith("Recovery plan R-")]
    assert said == "Recovery plan R-01: drafted, waiting for agreement. No milestones yet"
    assert not [label for label in links(known="2017-11-09") if label.startswith(("Recovery plan R-", "No recovery"))]
