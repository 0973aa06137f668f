"""What a person does first: what keeps others waiting, then what is due, then what is red; and where it leads."""

from datetime import date
from decimal import Decimal

import pytest

from cycle.admin import accounts
from cycle.do import reopenings, returns, signing_off
from cycle.home import front
from cycle.report.editions import calendar
from cycle.revise import risks
from cycle.revise.recovery import planning
from data_access.council import people
from data_access.store.database import transaction
from performance.do.typed import Answer
from performance.ground.organisation import ReturnStatus
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.home.lines import Opens
from performance.report.editions import Audience, Edition
from tests.builders import a_user, add_council, add_figure, add_measure, add_target
from tests.cycle.do.files.test_importing import add_return
from tests.cycle.revise.recovery.test_planning import a_plan, a_red
from tests.cycle.revise.test_risks import FLOOD

pytestmark = pytest.mark.usefixtures("sqlite_database")
OCTOBER = Period.month(2017, 10)


def first(user: User) -> tuple[str, str]:
    """What is on the button, and the address behind it."""
    step = front.front(by=user).first
    return (step.label, step.address) if step else ("", "")


def submit(value: str, *, by: User) -> None:
    answers = [Answer(measure_code=code, value=value, based_on=0) for code in ("BINS", "TIPS")]
    returns.submit_return("WASTE", OCTOBER, answers=answers, request_key=value, by=by)


def test_a_manager_enters_then_answers_and_a_head_signs_off() -> None:
    add_council()
    add_measure("BINS", title="Missed bins", active_from=OCTOBER.start)
    add_measure("TIPS", title="Fly tips", active_from=OCTOBER.start)
    manager, head = a_user(), a_user("head", Role.HEAD, "PLACE")
    october = "my-return?unit=WASTE&period=2017-10-01%2FP1M"
    assert first(manager) == ("Enter 2 figures for October 2017", october)
    assert first(head) == ("", ""), "whoever heads several units leaves figures to those who enter them"
    submit("12", by=manager)
    sign_off = "sign-off?unit=WASTE&period=2017-10-01%2FP1M"
    assert first(head) == ("Sign off Waste and recycling, October 2017", sign_off)
    signing_off.return_with_question("WASTE", OCTOBER, version=1, question="Is it?", by=head)
    assert first(manager) == ("Answer the question about Waste and recycling, October 2017", october)
    assert first(head) == ("", "")


def test_the_service_is_named_where_a_person_has_several() -> None:
    add_council()
    for unit in ("WASTE", "HOUSING"):
        add_measure(unit, unit_code=unit, active_from=OCTOBER.start)
    both = a_user("both", Role.SERVICE_MANAGER, "PLACE")
    said, address = first(both)
    assert said in {
        "Enter 1 figure of Housing for October 2017",
        "Enter 1 figure of Waste and recycling for October 2017",
    }
    assert address.startswith("my-return?unit=")


def test_nobody_signs_off_their_own_or_enters_what_is_locked() -> None:
    add_council(locks_after=1)
    add_measure("BINS", active_from=OCTOBER.start)
    assert first(a_user()) == ("", "")
    leader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    assert first(leader) == ("", "")


def test_a_head_who_enters_another_services_figures_is_led_to_them() -> None:
    add_council()
    add_measure("HOMES", unit_code="HOUSING", active_from=OCTOBER.start)
    both = a_user("both", Role.HEAD, "PLACE")
    assert first(both) == ("", "")
    with transaction() as session:
        people.add_holding(session, username="both", role=Role.SERVICE_MANAGER, unit_code="HOUSING",
                           first_day=date(2017, 4, 1), last_day=date(2018, 3, 31))  # fmt: skip
        again = people.find_user(session, username="both", on=date(2017, 11, 10))
    assert again is not None
    assert first(again)[0] == "Enter 1 figure for October 2017"


def test_reds_of_services_side_by_side_are_led_to_one_by_one() -> None:
    add_council()
    for code, unit in (("BINS", "WASTE"), ("CARE", "SOCIAL")):
        add_measure(code, title=f"Measure {code}", unit_code=unit, active_from=date(2017, 10, 1))
        add_figure(code, "2017-10", "5")
        add_target(code, "2017-10", "10" if code == "BINS" else "100")
    a_user("both", Role.SERVICE_MANAGER, "WASTE")
    with transaction() as session:
        people.add_holding(session, username="both", role=Role.SERVICE_MANAGER, unit_code="SOCIAL",
                           first_day=date(2017, 4, 1), last_day=date(2018, 3, 31))  # fmt: skip
        again = people.find_user(session, username="both", on=date(2017, 11, 10))
    assert again is not None
    assert first(again) == ("Look at Measure CARE", "measure?measure=CARE&period=2017-10-01%2FP1M")


def test_a_head_decides_on_a_plan_before_reading_reds() -> None:
    manager, head = a_red(), a_user("head", Role.HEAD, "PLACE")
    assert first(head) == ("Read 1 red measure", "scorecard?scope=PLACE&period=now&status=red")
    plan_id = a_plan(manager)
    planning.add_milestone(plan_id, number=Decimal(25), period=Period.month(2017, 11), version=1, by=manager)
    assert first(head) == ("Decide on recovery plan R-01", "recovery-plan?plan=R-01")


def test_the_policy_officer_prepares_the_next_edition() -> None:
    add_council()
    officer = a_user("officer", Role.POLICY_OFFICER, "COUNCIL")
    assert first(officer) == ("", "")
    for committee, day in (("Second", date(2018, 3, 1)), ("First", date(2017, 12, 1))):
        calendar.plan_edition(
            Edition(period=Period(start=date(2017, 7, 1), months=3), committee=committee, meets_on=day,
                    closes_on=date(2017, 11, 20), audience=Audience.PUBLIC),
            by=officer,
        )  # fmt: skip
    assert first(officer) == ("Prepare Q2 (July to September) 2017/18: First", "edition?edition=E-02")


def test_whoever_keeps_the_figures_reminds_and_risks_come_after() -> None:
    add_council()
    add_measure("BINS", title="Missed bins", active_from=date(2017, 9, 1))
    analyst = a_user("analyst", Role.BI_TEAM, "COUNCIL")
    assert first(analyst) == (
        "Remind whose figures are missing: 1", "data-quality?period=2017-10-01%2FP1M&show=remind",
    )  # fmt: skip
    manager = a_user()
    add_figure("BINS", "2017-09", "12")
    add_return(ReturnStatus.APPROVED)
    reopenings.ask_to_reopen("WASTE", Period.month(2017, 9), measure_codes=["BINS"], reason="Late", by=manager)
    assert first(analyst) == ("Answer 1 request to reopen", "reopenings")


def test_a_risk_is_looked_at_again_before_reds_are_read() -> None:
    manager = a_red()
    leader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    assert first(leader) == ("Read 1 red measure", "scorecard?scope=corporate&period=now&status=red")
    add_measure("BINS", active_from=date(2019, 1, 1))
    risks.add_risk(FLOOD, by=manager)
    accounts.change_setting("fixed_today", "2018-11-11")
    assert first(leader) == ("Look again at 1 risk", "risks")


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.COUNCILLOR, Role.ADMINISTRATOR])
def test_who_is_asked_for_nothing_has_no_button(role: Role) -> None:
    add_council()
    assert first(a_user("someone", role, "COUNCIL")) == ("", "")


def test_every_page_that_a_step_opens_has_a_name_in_the_address() -> None:
    from components.frame.navigation import PAGES

    assert {each.value for each in Opens} <= {entry.url_path for entry in PAGES}
