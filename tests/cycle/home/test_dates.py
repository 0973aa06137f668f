"""The days ahead as each person has them: their own, and no one else's."""

from datetime import date

import pytest

import settings
from cycle.do import calendar, returns, signing_off
from cycle.home import dates, mail_choice
from cycle.report.editions import calendar as editions
from cycle.revise.recovery import planning
from data_access.plan import tree
from data_access.store.database import transaction
from performance.do.typed import Answer
from performance.ground.dated import Recording
from performance.ground.organisation import Action
from performance.ground.people import Role, User
from performance.ground.periods import Frequency, Period
from performance.home.dates import DateAhead, DateKind
from performance.report.editions import Audience, Edition
from reporting.calendars.file import uid_of
from tests.builders import RECORDED, a_user, add_council, add_measure, it_is
from tests.cycle.revise.recovery.test_planning import an_agreed_plan

pytestmark = pytest.mark.usefixtures("database_on_one")
OCTOBER = Period.month(2017, 10)
FRIDAY = date(2017, 11, 10)


def a_council() -> User:
    """Waste and Social care each have a measure that is due on the fifteenth; its manager."""
    add_council(today=FRIDAY)
    add_measure("BINS", title="Missed bins", lag_days=15, active_from=date(2017, 9, 1))
    add_measure("CARE", title="Care plans", unit_code="SOCIAL", lag_days=15, active_from=date(2017, 9, 1))
    return a_user()


def mine(by: User, *kinds: DateKind) -> list[DateAhead]:
    return [each for each in dates.list_dates(by=by).dates if not kinds or each.kind in kinds]


def test_a_manager_has_a_year_of_their_own_returns_and_nobody_elses() -> None:
    found = mine(a_council())
    assert {each.kind for each in found} == {DateKind.FIGURES}
    assert [each.on for each in found[:3]] == [date(2017, 11, 15), date(2017, 12, 15), date(2018, 1, 15)]
    assert len(found) == 13
    assert all(each.line.label.endswith("due: Waste and recycling") for each in found)
    assert mine(a_user("care", unit="SOCIAL"))[0].line.label == "Figures for October 2017 due: Social care"


def test_a_day_the_team_moves_is_the_same_day_elsewhere() -> None:
    manager, team = a_council(), a_user("bi", Role.BI_TEAM, "COUNCIL")
    before = mine(manager)[0]
    calendar.set_dates(
        Frequency.MONTHLY, OCTOBER, opens_on=date(2017, 11, 1), on_time_by=date(2017, 11, 20),
        locks_on=date(2017, 12, 4), reason="Snow", by=team,
    )  # fmt: skip
    after = mine(manager)[0]
    assert (before.on, after.on) == (date(2017, 11, 15), date(2017, 11, 20))
    assert uid_of(before, "E08") == uid_of(after, "E08")
    rounds = [each for each in mine(team) if OCTOBER.iso in each.code]
    assert [(each.kind, each.on) for each in rounds] == [
        (DateKind.ROUND, date(2017, 11, 20)), (DateKind.LOCKS, date(2017, 12, 4))
    ]  # fmt: skip


def test_a_return_that_is_sent_is_due_no_longer_and_waits_for_its_head() -> None:
    manager, head = a_council(), a_user("head", Role.HEAD, "PLACE")
    answer = Answer(measure_code="BINS", value="12", based_on=0)
    returns.submit_return("WASTE", OCTOBER, answers=[answer], request_key="once", by=manager)
    assert mine(manager)[0].on == date(2017, 12, 15)
    (waits,) = mine(head, DateKind.SIGN_OFF)
    assert (waits.on, waits.line.label) == (date(2017, 11, 17), "Sign off October 2017: Waste and recycling")
    assert not mine(manager, DateKind.SIGN_OFF)
    assert not mine(a_user("other", Role.HEAD, "PEOPLE"), DateKind.SIGN_OFF)
    signing_off.return_with_question("WASTE", OCTOBER, question="Why?", version=1, by=head)
    assert mine(manager)[0].code == f"WASTE-{OCTOBER.iso}-1", "it is to be answered"


def test_whoever_keeps_a_plan_has_what_is_to_be_said_of_it_and_its_milestones() -> None:
    _, manager, _ = an_agreed_plan()
    found = mine(manager, DateKind.UPDATE, DateKind.MILESTONE)
    assert [(each.on, each.line.label) for each in found] == [
        (date(2017, 11, 30), "Milestone of recovery plan R-01: Days to relet"),
        (date(2017, 12, 5), "Say how recovery plan R-01 went in November 2017: Days to relet"),
        (date(2018, 1, 5), "Say how recovery plan R-01 went in December 2017: Days to relet"),
        (date(2018, 2, 5), "Say how recovery plan R-01 went in January 2018: Days to relet"),
    ]
    assert not mine(a_user("care", unit="SOCIAL"), DateKind.UPDATE, DateKind.MILESTONE)
    assert not mine(a_user("leader", Role.LEADERSHIP, "COUNCIL"), DateKind.UPDATE, DateKind.MILESTONE)


def test_a_plan_that_nobody_agreed_asks_for_nothing_yet() -> None:
    manager = a_council()
    planning.open_plan("BINS", period=OCTOBER, cause="x", by=manager)
    assert not mine(manager, DateKind.UPDATE)


def test_an_action_that_ends_is_a_day_of_its_own_service() -> None:
    manager = a_council()
    hire = Action(id=0, action="Hire", measure_code="BINS", responsible_role="Manager", result="Fewer",
                  ends_on=date(2017, 11, 30))  # fmt: skip
    with transaction() as session:
        recording = Recording(by="import", at=RECORDED, effective_on=date(2017, 4, 1))
        tree.save_actions(session, actions=[hire], recording=recording)
    (due,) = mine(manager, DateKind.ACTION)
    assert (due.on, due.line.label, due.line.detail) == (date(2017, 11, 30), "Action due: Hire", "Missed bins. Manager")
    assert not mine(a_user("care", unit="SOCIAL"), DateKind.ACTION)
    it_is(date(2017, 12, 1))
    assert not mine(manager, DateKind.ACTION)


def test_who_makes_editions_has_their_days_and_others_only_what_is_published_to_them() -> None:
    manager, officer = a_council(), a_user("officer", Role.POLICY_OFFICER, "COUNCIL")
    edition = Edition(committee="Cabinet", period=OCTOBER, closes_on=date(2017, 11, 20), meets_on=date(2017, 12, 11),
                      audience=Audience.MEMBERS)  # fmt: skip
    edition_id = editions.plan_edition(edition, by=officer)
    closes, meets = mine(officer)
    assert [(each.kind, each.on, each.revision) for each in (closes, meets)] == [
        (DateKind.CLOSES, date(2017, 11, 20), 0), (DateKind.MEETS, date(2017, 12, 11), 0)
    ]  # fmt: skip
    moved = next(each for each in editions.list_editions(by=officer).editions if each.id == edition_id)
    editions.change_edition(
        Edition(committee="Cabinet", period=OCTOBER, closes_on=date(2017, 11, 21), meets_on=date(2017, 12, 12),
                audience=Audience.MEMBERS, version=moved.version, id=edition_id), by=officer,
    )  # fmt: skip
    assert [(each.on.day, each.revision, each.code) for each in mine(officer)] == [(21, 1, "E-01"), (12, 1, "E-01")]
    assert not mine(a_user("member", Role.COUNCILLOR, "COUNCIL"))
    assert not mine(manager, DateKind.CLOSES, DateKind.MEETS)


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.COUNCILLOR, Role.ADMINISTRATOR, Role.LEADERSHIP])
def test_whoever_nothing_is_due_from_has_no_dates(role: Role) -> None:
    a_council()
    assert not mine(a_user("somebody", role, "COUNCIL"))


def test_only_where_the_app_sends_mail_to_somebody_who_wants_it_does_mail_remind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    manager = a_council()
    assert not dates.list_dates(by=manager).by_mail
    monkeypatch.setenv("MAIL_SERVER", "localhost")
    assert dates.list_dates(by=manager).by_mail
    mail_choice.choose_mail(is_wanted=False, by=manager)
    assert not dates.list_dates(by=manager).by_mail


@pytest.mark.parametrize(
    ("set_to", "known"),
    [
        ("https://performance.example.org/", "https://performance.example.org"),
        ("", ""), ("performance.example.org", ""), ("javascript:alert(1)", ""),
    ],
)  # fmt: skip
def test_the_apps_own_address_is_one_that_can_be_opened(
    set_to: str, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_ADDRESS", set_to)
    assert settings.public_address() == known
