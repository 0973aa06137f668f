"""Home as each sees it: what to do first, what is red, and words where there is nothing."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from cycle.admin import accounts
from cycle.do import reopenings, returns, signing_off
from cycle.revise import risks
from cycle.revise.recovery import decisions, planning, progress
from data_access.plan import tree
from data_access.store.database import transaction
from performance.do.typed import Answer
from performance.ground.dated import Recording
from performance.ground.measures import Polarity
from performance.ground.organisation import Action, ReturnStatus
from performance.ground.people import Role
from performance.ground.periods import Period
from tests.builders import RECORDED, WARDS, a_user, add_council, add_figure, add_measure, add_target
from tests.cycle.do.files.test_importing import add_return
from tests.cycle.revise.recovery.test_planning import a_plan, a_red
from tests.cycle.revise.test_risks import FLOOD
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE = "pages/home/today.py"


def a_red_council() -> None:
    add_council()
    add_measure("BINS", title="Missed bins", polarity=Polarity.LOWER)
    for month, value in (("2017-08", "9"), ("2017-09", "30")):
        add_figure("BINS", month, value)
        add_target("BINS", month, "10")


def links(app: object) -> list[str]:
    return [element.proto.label for element in app.get("page_link")]  # type: ignore[attr-defined]


def shown(app: AppTest) -> str:
    """What stands on the page, its links included."""
    return "\n".join([texts(app), *links(app)])


def tables(app: AppTest) -> list[str]:
    """The HTML tables of what is red and of what moved."""
    found = (re.search(r"<table.*</table>", element.proto.body, re.DOTALL) for element in app.get("html"))
    return [re.sub(r"<br>|(<img[^>]*)>", lambda each: f"{each[1]}/>" if each[1] else " ", each[0])
            for each in found if each]  # fmt: skip


def read(table: str) -> list[list[str]]:
    """The words of each cell, row by row."""
    rows = ElementTree.fromstring(table).iter("tr")  # noqa: S314 - our own page
    return [["".join(cell.itertext()).replace("◆ ", "") for cell in row] for row in rows]


def test_a_manager_sees_what_is_due_and_what_is_red_in_their_part(open_page: Open) -> None:
    a_red_council()
    app = open_page(a_user(), PAGE)
    assert not app.exception
    found = texts(app)
    assert "Due from you" in found
    assert "Waste and recycling, October 2017: 0 of 1 in, 1 late" in links(app)
    assert "Late by 4 days: due by Monday 6 November 2017" in found
    assert "Red now: 1 of 1 rated measure" in found
    assert "1 status has moved from August 2017 to September 2017." in found
    (reds, moved) = (page for page in map(read, tables(app)))
    assert reds == [
        ["Measure", "Now", "Target", "Lately", "Recovery plan"],
        ["Missed bins Not tested for a real change: too few figures", "▲ Red 30 Sep 2017", "10", "", "No plan"],
    ]
    assert moved[1] == ["Missed bins", "▲ Red 30 Sep 2017", "10", "", "✔ Green"]
    (picture,) = ElementTree.fromstring(tables(app)[0]).iter("img")  # noqa: S314 - our own page
    assert picture.get("alt") == "2 figures: it rose from 9 in Aug 2017 to 30 in Sep 2017."
    assert [each.get("href") for each in ElementTree.fromstring(tables(app)[0]).iter("a")] == [  # noqa: S314
        "measure?measure=BINS&period=2017-09-01%2FP1M"
    ]
    assert links(app)[0] == "Enter 1 figure for October 2017"
    assert {"All that changed", "What may turn red"} <= set(links(app))
    assert "None" not in found


def test_a_head_sees_a_return_that_waits_and_a_manager_with_nothing_due_is_told_so(open_page: Open) -> None:
    add_council()
    add_measure("BINS", title="Missed bins", active_from=Period.month(2017, 10).start)
    manager, head = a_user(), a_user("head", Role.HEAD, "PLACE")
    answer = Answer(measure_code="BINS", value="12", based_on=0)
    returns.submit_return("WASTE", Period.month(2017, 10), answers=[answer], request_key="once", by=manager)
    assert "Nothing is due from you." in texts(open_page(manager, PAGE))
    app = open_page(head, PAGE)
    assert "Waiting for your sign-off" in texts(app)
    assert "on 10 November 2017. Sign off by Friday 17 November 2017 (7 days left)" in texts(app)
    assert "Waste and recycling, October 2017" in links(app)


def test_a_director_reads_what_is_due_from_the_services_below_and_what_is_locked_without_a_figure(
    open_page: Open,
) -> None:
    add_council(locks_after=5)
    for unit in ("WASTE", "HOUSING", "SOCIAL"):
        add_measure(unit, title=f"Measure of {unit}", unit_code=unit, active_from=date(2017, 9, 1))
    add_figure("HOUSING", "2017-09", "12")
    app = open_page(a_user("director", Role.HEAD, "PLACE"), PAGE)
    found = texts(app)
    assert "Due from your services" in found
    assert "Due from you" not in found.replace("Due from your services", "")
    assert [label for label in links(app) if "1 late" in label] == [
        f"{month}: 0 of 1 in, 1 late"
        for month in (
            "Housing, October 2017",
            "Waste and recycling, October 2017",
            "Waste and recycling, September 2017",
        )
    ]
    assert "Locked since 12 October 2017: ask the BI team to reopen what is missing" in found


def test_a_question_stands_first_with_its_words_and_leads_to_the_return(open_page: Open) -> None:
    add_council()
    add_measure("BINS", title="Missed bins", active_from=Period.month(2017, 10).start)
    manager, head = a_user(), a_user("head", Role.HEAD, "PLACE")
    answer = Answer(measure_code="BINS", value="12", based_on=0)
    returns.submit_return("WASTE", Period.month(2017, 10), answers=[answer], request_key="once", by=manager)
    signing_off.return_with_question("WASTE", Period.month(2017, 10), version=1, question="Is 12 *right*?", by=head)
    app = open_page(manager, PAGE)
    assert links(app)[:2] == [
        "Answer the question about Waste and recycling, October 2017",
        "Waste and recycling, October 2017: returned with a question",
    ]
    assert "Head of service or director, PLACE asked on 10 November 2017: Is 12 \\*right\\*?" in texts(app)


def test_actions_nobody_has_spoken_for_are_counted(open_page: Open) -> None:
    add_council()
    add_measure("BINS", active_from=Period.month(2017, 11).start)
    with transaction() as session:
        tree.save_actions(
            session,
            actions=[
                Action(id=0, action="Buy bins", measure_code="BINS", ends_on=date(2017, 10, 12)),
                Action(id=0, action="Paint bins", measure_code="BINS"),
            ],
            recording=Recording(by="import", at=RECORDED, effective_on=date(2017, 4, 1)),
        )
    app = open_page(a_user(), PAGE)
    assert "Waste and recycling, October 2017: 2 actions to speak for" in links(app)
    assert "1 past the end that was set" in texts(app)
    assert "Nothing is due from you." not in texts(app)


def test_a_return_that_wants_figures_and_words_of_actions_stands_on_one_line(open_page: Open) -> None:
    add_council()
    add_measure("BINS", title="Missed bins", active_from=date(2017, 10, 1))
    with transaction() as session:
        tree.save_actions(
            session,
            actions=[Action(id=0, action="Buy bins", measure_code="BINS", ends_on=date(2017, 10, 12))],
            recording=Recording(by="import", at=RECORDED, effective_on=date(2017, 4, 1)),
        )
    manager = a_user()
    app = open_page(manager, PAGE)
    lines = [label for label in links(app) if label.startswith("Waste and recycling, October 2017")]
    assert lines == ["Waste and recycling, October 2017: 0 of 1 in, 1 late; 1 action to speak for"]
    assert "Say how each action stood: on track, late or done. 1 past the end that was set." in texts(app)
    answer = Answer(measure_code="BINS", value="12", based_on=0)
    october, head = Period.month(2017, 10), a_user("head", Role.HEAD, "PLACE")
    returns.submit_return("WASTE", october, answers=[answer], request_key="once", by=manager)
    signing_off.return_with_question("WASTE", october, version=1, question="Why?", by=head)
    lines = [label for label in links(open_page(manager, PAGE)) if label.startswith("Waste and recycling, October")]
    assert lines == ["Waste and recycling, October 2017: returned with a question; 1 action to speak for"]


def test_nothing_red_and_nothing_changed_is_said(open_page: Open) -> None:
    add_council()
    found = texts(open_page(a_user("leader", Role.LEADERSHIP, "COUNCIL"), PAGE))
    assert "No measure of the council is red." in found
    assert "No status of the council moved from " in found


def test_a_councillor_is_led_to_the_wards(open_page: Open) -> None:
    add_council()
    app = open_page(a_user("councillor", Role.COUNCILLOR, "COUNCIL"), PAGE)
    assert "These pages are open to you:" in texts(app)
    assert "Review: Wards" in links(app)


def test_a_councillor_chooses_a_ward_once_and_home_shows_it_from_then_on(open_page: Open) -> None:
    add_council()
    add_measure("TIPS", title="Fly-tipping")
    for ward in WARDS[:2]:
        add_figure("TIPS", "2017-09", "7", area=ward)
    councillor = a_user("councillor", Role.COUNCILLOR, "COUNCIL")
    app = open_page(councillor, PAGE)
    assert "Choose the ward you are a councillor for." in texts(app)
    next(each for each in app.button if each.label == "Show this ward on Home").click().run()
    assert [each.value for each in app.warning] == ["Choose a ward from the list."]
    app.get_by_key("own_ward_chosen").select(WARDS[1])
    next(each for each in app.button if each.label == "Show this ward on Home").click().run()
    assert "Home shows Ward 2 from now on." in texts(app)
    again = texts(open_page(councillor, PAGE))
    assert "Ward 2 ward" in again
    assert "Fly-tipping" in again
    assert "Ward 2 ward" in [each.value for each in open_page(councillor, "pages/review/ward_profile.py").title]
    assert open_page(councillor, "pages/review/wards.py").get_by_key("pick_ward").value == WARDS[1]


def test_many_reds_lead_on_to_the_scorecard(open_page: Open) -> None:
    add_council()
    for number in range(14):
        add_measure(f"M{number}", title=f"Measure {number}")
        add_figure(f"M{number}", value="1")
        add_target(f"M{number}", number="100")
    assert "The 14 red on the scorecard" in links(open_page(a_user("leader", Role.LEADERSHIP, "COUNCIL"), PAGE))


def test_recovery_plans_wait_for_those_who_agree_follow_and_judge_them(open_page: Open) -> None:
    manager, head = a_red(), a_user("head", Role.HEAD, "PLACE")
    assert read(tables(open_page(manager, PAGE))[0])[1][-1] == "No plan"
    plan_id = a_plan(manager)
    assert "agree it or say what is missing" not in shown(open_page(head, PAGE))  # nothing to agree yet
    planning.add_milestone(plan_id, number=Decimal(25), period=Period.month(2017, 11), version=1, by=manager)
    waiting = "Recovery plan R-01, Days to relet: "
    assert f"{waiting}agree it or say what is missing" in shown(open_page(head, PAGE))
    assert "agree it or say what is missing" not in shown(open_page(manager, PAGE))
    decisions.agree_plan(plan_id, version=2, by=head)
    accounts.change_setting("fixed_today", "2017-12-05")
    found = shown(open_page(manager, PAGE))
    assert f"{waiting}say how it went in November 2017" in found
    assert read(tables(open_page(manager, PAGE))[0])[1][-1] == "R-01: too early to say"
    progress.add_note(plan_id, month=Period.month(2017, 11), text="Begun", version=3, by=manager)
    assert "say how it went" not in shown(open_page(manager, PAGE))
    decisions.ask_to_tolerate(plan_id, until=date(2018, 3, 31), because="So", version=4, by=manager)
    assert f"{waiting}say whether the measure is tolerated" in shown(open_page(head, PAGE))
    decisions.decline_tolerance(plan_id, because="No", version=5, by=head)
    decisions.close_plan(plan_id, kept_by_role="Head", because="Enough", version=6, by=head)
    assert f"{waiting}say whether it worked" in shown(open_page(manager, PAGE))


def test_who_keeps_the_figures_sees_what_came_what_is_missing_and_whose_request_waits(open_page: Open) -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    add_measure("LATE", title="Late bins")
    for month in ("2017-09", "2017-10"):
        add_figure("BINS", month, "12")
    manager, analyst = a_user(), a_user("analyst", Role.BI_TEAM, "COUNCIL")
    september = Period.month(2017, 9)
    add_return(ReturnStatus.APPROVED)
    reopenings.ask_to_reopen("WASTE", september, measure_codes=["BINS"], reason="The ledger was late", by=manager)
    app = open_page(analyst, PAGE)
    words = links(app)
    assert "1 of 2 received (50%), 1 on time (50%), 0 signed off (0%)." in words
    assert "1 figure is missing: whom to remind" in words
    assert "1 request to reopen waits for your answer" in words
    assert "Figures of October 2017" in shown(app)
    assert "Figures of October 2017" not in shown(open_page(manager, PAGE))


def test_risks_that_are_to_be_looked_at_again_stand_on_one_line(open_page: Open) -> None:
    add_council()
    add_measure("BINS", title="Missed bins", active_from=date(2019, 1, 1))
    manager = a_user()
    risks.add_risk(FLOOD, by=manager)
    assert "Nothing is due from you." in texts(open_page(manager, PAGE))
    accounts.change_setting("fixed_today", "2018-11-11")
    app = open_page(manager, PAGE)
    assert "Risk RK01, Floods: look at it again" in links(app)
    assert "It was to be looked at by 10 November 2018. Low: 4 of 25" in texts(app)
    unscored = replace(FLOOD, risk=replace(FLOOD.risk, title="Strikes", likelihood=None, impact=None))
    risks.add_risk(unscored, by=manager)
    app = open_page(manager, PAGE)
    assert "2 risks to look at again" in links(app)
    assert "RK01, RK02. The highest is RK01, Floods" in texts(app)
