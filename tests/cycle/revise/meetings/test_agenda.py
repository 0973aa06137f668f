"""Review meetings: a memo opens itself, is minuted item by item, and what is left opens the next one."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from cycle.admin import accounts
from cycle.revise.meetings import agenda, guard, minutes
from cycle.revise.meetings._hidden import ASKED
from cycle.revise.meetings.agenda import MeetingView
from cycle.revise.recovery import decisions, planning
from data_access.models import PlanNodeRow
from data_access.plan import tree as plan_data
from data_access.store.audit import list_breaks, list_events
from data_access.store.database import reading, transaction
from performance.ground.organisation import Action, ActionStatus, NodeKind
from performance.ground.people import NotAllowedError, Role, User
from performance.revise.meetings import ItemKind, Minuted, ReviewItem
from tests.builders import WARDS, a_user, add_figure, add_measure
from tests.conftest import rows_of
from tests.cycle.revise.recovery.test_planning import OCTOBER, a_plan, a_red

pytestmark = pytest.mark.usefixtures("database_on_one")
TODAY, LATER = date(2017, 11, 10), date(2017, 12, 12)


def a_leader() -> User:
    a_red()
    return a_user("leader", Role.LEADERSHIP, "COUNCIL")


def a_meeting(by: User, *, scope: str = "corporate", on: date = TODAY) -> int:
    return agenda.open_meeting("Second quarter", forum="Leadership", scope=scope, held_on=on, by=by)


def see(meeting_id: int, by: User) -> MeetingView:
    return agenda.get_meeting(meeting_id, by=by)


def about(view: MeetingView, code: str) -> ReviewItem:
    return next(item for item in view.items if item.measure_code == code)


def verbs() -> list[str]:
    with reading() as session:
        assert list(list_breaks(session)) == []
        return [event.verb for event in list_events(session)]


def test_a_memo_opens_with_the_questions_of_a_red() -> None:
    leader = a_leader()
    view = see(a_meeting(leader), leader)
    item = about(view, "RELET")
    assert (item.kind, item.rule) == (ItemKind.NEW, "no-plan")
    assert item.fact.startswith("Days to relet: 33 days in October 2017, target 20 days. Red")
    assert item.question.startswith("Why is there no recovery plan, and when will there be one?")
    assert (view.meeting.scope_name, view.meeting.period) == ("Whole council", OCTOBER)


def test_what_a_memo_says_stays_as_it_was_when_it_was_opened() -> None:
    leader = a_leader()
    first = a_meeting(leader)
    before = about(see(first, leader), "RELET").fact
    accounts.change_setting("default_tolerance", "90")
    assert about(see(first, leader), "RELET").fact == before


def test_what_a_memo_says_is_shown_no_more_once_it_is_hidden() -> None:
    """Figures of wards come later: all of a month is of one ward, and so its total is hidden with it."""
    a_red(days=("2", "31", "3"), target="2")
    leader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    with transaction() as session:
        session.execute(text("UPDATE measures SET counts_people = :true"), {"true": True})
    held = a_meeting(leader)
    before = about(see(held, leader), "RELET")
    minutes.minute_item(held, before.id, said=Minuted(answer="It rained"), version=1, by=leader)
    plan = a_plan(a_user("colleague"))
    add_figure("RELET", "2017-08", "2", area=WARDS[0])
    assert about(see(held, leader), "RELET").fact == before.fact, "August was not told of"
    add_figure("RELET", "2017-10", "3", area=WARDS[0])
    after = about(see(held, leader), "RELET")
    assert (after.fact, after.answer) == ("Days to relet: Hidden to protect people.", "It rained")
    assert after.question == ASKED, "a question of a red tells that it was one"
    (asked,) = agenda.asked_of_plan(plan, by=leader)
    assert asked.item.question == ASKED
    anew = about(see(a_meeting(leader, on=LATER), leader), "RELET")
    assert anew.fact.startswith("Days to relet: 31 days in September 2017"), "the newest that is shown"
    assert anew.question != ASKED


def test_what_was_decided_is_told_whatever_is_hidden_and_its_day_hides_nothing() -> None:
    """The day by which it was to be done names a month, and is no figure's."""
    a_red(days=("2", "31", "3"), target="2")
    leader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    with transaction() as session:
        session.execute(text("UPDATE measures SET counts_people = :true"), {"true": True})
    held = a_meeting(leader)
    item = about(see(held, leader), "RELET")
    decided = Minuted(decision="Hire two", owner_role="Head of Housing", due_on=date(2017, 11, 30))
    minutes.minute_item(held, item.id, said=decided, version=1, by=leader)
    minutes.close_meeting(held, version=1, by=leader)
    following = a_meeting(leader, on=LATER)
    before = about(see(following, leader), "RELET").fact
    assert before.startswith("Decided: Hire two (Head of Housing, by 30 November 2017): ")
    assert "Days to relet: 3 days in October 2017" in before
    add_figure("RELET", "2017-10", "3", area=WARDS[0])
    after = about(see(following, leader), "RELET").fact
    assert after == f"{before.partition('Days to relet: ')[0]}Days to relet: Hidden to protect people."


def test_an_open_plan_is_a_standing_item_instead_of_a_new_one() -> None:
    leader = a_leader()
    manager = a_user("colleague")
    plan_id = a_plan(manager)
    planning.add_milestone(plan_id, number=Decimal(25), period=OCTOBER.following, version=1, by=manager)
    decisions.agree_plan(plan_id, version=2, by=leader)
    item = about(see(a_meeting(leader), leader), "RELET")
    assert (item.kind, item.plan_id, item.question) == (
        ItemKind.STANDING,
        plan_id,
        "Is the recovery plan still enough?",
    )


def test_a_decision_becomes_an_action_and_the_next_memo_asks_after_it() -> None:
    leader = a_leader()
    first = a_meeting(leader)
    item = about(see(first, leader), "RELET")
    said = Minuted(answer="The firm left", decision="Hire another", owner_role="Head of Housing", due_on=LATER)
    minutes.minute_item(first, item.id, said=said, version=1, by=leader)
    with reading() as session:
        (action,) = plan_data.list_actions(session, measure_codes=["RELET"])
    assert (action.action, action.responsible_role, action.ends_on) == ("Hire another", "Head of Housing", LATER)
    assert see(first, leader).standing_of(about(see(first, leader), "RELET")) == "Not started"
    minutes.close_meeting(first, version=1, by=leader)
    follow_up = about(see(a_meeting(leader), leader), "RELET")
    assert follow_up.kind is ItemKind.FOLLOW_UP
    assert "Decided: Hire another (Head of Housing, by 12 December 2017): not started." in follow_up.fact
    assert follow_up.follows == item.id


@pytest.mark.parametrize(
    ("scope", "page"),
    [pytest.param("HOUSING", "PH", id="of a service"), pytest.param("corporate", None, id="of the whole council")],
)
def test_a_decision_about_no_measure_is_an_action_of_the_unit_that_met(scope: str, page: str | None) -> None:
    leader = a_leader()
    with transaction() as session:
        session.add(PlanNodeRow(code="PH", title="Housing plan", kind=NodeKind.PLAN, unit_code="HOUSING"))
    held = a_meeting(leader, scope=scope)
    item = minutes.add_item(held, question="A letter came", by=leader)
    said = Minuted(answer="Read", decision="Answer the letter", owner_role="Head of Housing", due_on=LATER)
    minutes.minute_item(held, item, said=said, version=1, by=leader)
    with reading() as session:
        pages = [each.node_code for each in plan_data.list_actions(session) if each.action == "Answer the letter"]
    assert pages == ([page] if page else [])


def test_a_decision_carried_out_leaves_the_memo() -> None:
    leader = a_leader()
    first = a_meeting(leader)
    item = about(see(first, leader), "RELET")
    said = Minuted(decision="Hire another", owner_role="Head of Housing", due_on=LATER)
    minutes.minute_item(first, item.id, said=said, version=1, by=leader)
    minutes.close_meeting(first, version=1, by=leader)
    with transaction() as session:
        session.execute(text("UPDATE actions SET status = :done"), {"done": ActionStatus.DONE.value})
    assert about(see(a_meeting(leader), leader), "RELET").kind is ItemKind.NEW


def test_an_unanswered_question_opens_the_next_memo_and_an_answered_one_does_not() -> None:
    leader = a_leader()
    first = a_meeting(leader)
    minutes.close_meeting(first, version=1, by=leader)
    second = a_meeting(leader)
    item = about(see(second, leader), "RELET")
    assert item.kind is ItemKind.FOLLOW_UP
    minutes.minute_item(second, item.id, said=Minuted(answer="A plan comes in December"), version=1, by=leader)
    minutes.close_meeting(second, version=1, by=leader)
    assert about(see(a_meeting(leader), leader), "RELET").kind is ItemKind.NEW


def test_a_measure_called_back_stands_until_the_day() -> None:
    leader = a_leader()
    first = a_meeting(leader)
    item = about(see(first, leader), "RELET")
    said = Minuted(answer="The firm left", back_until=LATER)
    minutes.minute_item(first, item.id, said=said, version=1, by=leader)
    minutes.close_meeting(first, version=1, by=leader)
    called = about(see(a_meeting(leader, on=LATER), leader), "RELET")
    assert called.kind is ItemKind.STANDING
    assert "Called back until 12 December 2017." in called.fact
    accounts.change_setting("fixed_today", "2017-12-13")
    assert about(see(a_meeting(leader, on=date(2017, 12, 13)), leader), "RELET").kind is ItemKind.NEW


def test_what_a_wider_committee_called_back_stands_on_the_memo_of_the_service() -> None:
    leader = a_leader()
    first = a_meeting(leader)
    item = about(see(first, leader), "RELET")
    said = Minuted(answer="The firm left", back_until=LATER)
    minutes.minute_item(first, item.id, said=said, version=1, by=leader)
    (unit,) = rows_of("SELECT unit_code FROM measures WHERE code = 'RELET'")
    below = about(see(a_meeting(leader, scope=unit[0], on=LATER), leader), "RELET")
    assert (below.kind, below.back_until) == (ItemKind.STANDING, None)
    assert f"Called back by Leadership ({see(first, leader).meeting.reference}) until 12 December 2017." in below.fact


def test_what_a_service_called_back_is_its_own() -> None:
    leader = a_leader()
    (unit,) = rows_of("SELECT unit_code FROM measures WHERE code = 'RELET'")
    first = a_meeting(leader, scope=unit[0])
    item = about(see(first, leader), "RELET")
    minutes.minute_item(first, item.id, said=Minuted(answer="So", back_until=LATER), version=1, by=leader)
    assert about(see(a_meeting(leader, on=LATER), leader), "RELET").kind is ItemKind.NEW


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (Minuted(decision="Hire"), ["owner_role", "due_on"]),
        (Minuted(decision="Hire", owner_role="Head", due_on=date(2017, 11, 9)), ["due_on"]),
        (Minuted(back_until=TODAY), ["back_until"]),
        (Minuted(answer="x" * 2001), ["answer"]),
    ],
)
def test_minutes_that_cannot_be_kept_are_refused(said: Minuted, fields: list[str]) -> None:
    leader = a_leader()
    first = a_meeting(leader)
    item = about(see(first, leader), "RELET")
    with pytest.raises(guard.MeetingRefusedError) as refusal:
        minutes.minute_item(first, item.id, said=said, version=1, by=leader)
    assert [problem.field for problem in refusal.value.problems] == fields
    assert not about(see(first, leader), "RELET").is_minuted


def test_of_two_who_minute_one_item_the_second_is_told_and_other_items_are_free() -> None:
    leader = a_leader()
    add_measure("VOIDS", title="Empty homes")
    first = a_meeting(leader)
    second_taker = a_user("officer", Role.POLICY_OFFICER, "COUNCIL")
    item = about(see(first, leader), "RELET")
    minutes.minute_item(first, item.id, said=Minuted(answer="One"), version=1, by=leader)
    with pytest.raises(guard.MeetingError, match=r"Wider Leadership Team, COUNCIL changed this item at"):
        minutes.minute_item(first, item.id, said=Minuted(answer="Two"), version=1, by=second_taker)
    assert about(see(first, leader), "RELET").answer == "One"
    other = minutes.add_item(first, question="A letter came", by=second_taker)
    minutes.minute_item(first, other, said=Minuted(answer="Read"), version=1, by=second_taker)


def test_a_closed_meeting_stays_as_it_is() -> None:
    leader = a_leader()
    first = a_meeting(leader)
    item = about(see(first, leader), "RELET")
    minutes.save_attendance(first, attendance="All", apologies="", version=1, by=leader)
    with pytest.raises(guard.MeetingError, match="Someone else changed the meeting"):
        minutes.close_meeting(first, version=1, by=leader)
    minutes.close_meeting(first, version=2, by=leader)
    for attempt in (
        lambda: minutes.minute_item(first, item.id, said=Minuted(answer="Late"), version=1, by=leader),
        lambda: minutes.add_item(first, question="Late", by=leader),
        lambda: minutes.close_meeting(first, version=3, by=leader),
    ):
        with pytest.raises(guard.MeetingError, match="closed"):
            attempt()
    assert verbs()[-3:] == ["open review meeting", "note attendance", "close review meeting"]


def test_a_head_minutes_their_own_part_and_a_manager_reads() -> None:
    leader = a_leader()
    head, manager = a_user("head", Role.HEAD, "PLACE"), a_user("colleague")
    own = a_meeting(head, scope="WASTE")
    with pytest.raises(NotAllowedError):
        a_meeting(head)
    council = a_meeting(leader)
    view = see(council, manager)
    assert view.why_not.startswith("You may not open and minute review meetings")
    with pytest.raises(NotAllowedError):
        minutes.add_item(own, question="Mine", by=manager)
    with pytest.raises(NotAllowedError):
        agenda.list_meetings(by=a_user("member", Role.COUNCILLOR, "COUNCIL"))


@pytest.mark.parametrize(
    ("title", "forum", "on"), [("", "Leadership", TODAY), ("Q2", " ", TODAY), ("Q2", "Leadership", date(2017, 11, 9))]
)
def test_a_memo_that_cannot_be_opened_is_refused(title: str, forum: str, on: date) -> None:
    leader = a_leader()
    with pytest.raises(guard.MeetingRefusedError):
        agenda.open_meeting(title, forum=forum, scope="corporate", held_on=on, by=leader)
    assert rows_of("SELECT * FROM review_meetings") == []


def test_the_scorecard_of_a_meeting_is_the_one_known_then() -> None:
    leader = a_leader()
    first = a_meeting(leader)
    card = agenda.meeting_scorecard(first, by=leader)
    assert [entry.measure.code for entry in card.entries] == ["RELET"]


def decided(meeting_id: int, item_id: int, by: User, *, version: int = 1, **said: object) -> str:
    whole: dict[str, object] = {"decision": "Hire another", "owner_role": "Head of Housing", "due_on": LATER}
    minuted = Minuted(**(whole | said))  # type: ignore[arg-type]
    return minutes.minute_item(meeting_id, item_id, said=minuted, version=version, by=by)


def of_measure() -> list[Action]:
    with reading() as session:
        return plan_data.list_actions(session, measure_codes=["RELET"])


def test_a_decision_put_right_puts_its_action_right() -> None:
    leader = a_leader()
    first = a_meeting(leader)
    item = about(see(first, leader), "RELET")
    assert decided(first, item.id, leader) == "Kept. The decision is an action now."
    assert decided(first, item.id, leader, version=2, answer="Yes") == "Kept."
    with transaction() as session:
        session.execute(text("UPDATE actions SET result = 'Worded by the service'"))
    assert decided(first, item.id, leader, version=3, decision="Hire two", owner_role="Director",
                   due_on=date(2018, 1, 31)) == "Kept. The action is put right too."  # fmt: skip
    (action,) = of_measure()
    assert (action.action, action.responsible_role, action.ends_on) == ("Hire two", "Director", date(2018, 1, 31))
    assert action.result == "Worded by the service"  # what others made of it stays
    assert rows_of("SELECT version, reason FROM action_changes ORDER BY version") == [
        (1, "Decided in M-01"), (2, "Put right in M-01"),
    ]  # fmt: skip


def test_a_decision_taken_back_takes_its_action_back_until_work_has_begun() -> None:
    leader = a_leader()
    first = a_meeting(leader)
    item = about(see(first, leader), "RELET")
    decided(first, item.id, leader)
    assert decided(first, item.id, leader, version=2, decision="") == "Kept. The decision is no action any more."
    assert of_measure() == []
    assert about(see(first, leader), "RELET").action_id is None
    decided(first, item.id, leader, version=3)
    with transaction() as session:
        session.execute(text("UPDATE actions SET status = 'on_track' WHERE removed_on IS NULL"))
    with pytest.raises(guard.MeetingRefusedError, match="on which work has begun, so it stays"):
        decided(first, item.id, leader, version=4, decision="")
    assert len(of_measure()) == 1


def test_a_decision_on_a_recovery_plan_is_an_action_of_that_plan() -> None:
    leader = a_leader()
    manager = a_user("colleague")
    plan_id = a_plan(manager)
    planning.add_milestone(plan_id, number=Decimal(25), period=OCTOBER.following, version=1, by=manager)
    decisions.agree_plan(plan_id, version=2, by=leader)
    first = a_meeting(leader)
    item = about(see(first, leader), "RELET")
    decided(first, item.id, leader)
    assert of_measure() == []
    view = planning.get_plan(plan_id, by=manager)
    (line,) = view.actions
    assert (line.action.action, line.action.ends_on, view.plan.version) == ("Hire another", LATER, 4)
    assert see(first, leader).standing_of(about(see(first, leader), "RELET")) == "Not started"
    decided(first, item.id, leader, version=2, due_on=date(2018, 1, 31))
    (line,) = planning.get_plan(plan_id, by=manager).actions
    assert (line.action.ends_on, line.action.original_ends_on, line.action.moves) == (date(2018, 1, 31), LATER, 1)
    decided(first, item.id, leader, version=3, decision="")
    assert planning.get_plan(plan_id, by=manager).actions == ()
    assert [verb for verb in verbs() if "action" in verb] == ["add action", "change action", "remove action"]


def test_a_decision_on_a_plan_that_ended_meanwhile_is_the_measures() -> None:
    leader = a_leader()
    manager = a_user("colleague")
    plan_id = a_plan(manager)
    planning.add_milestone(plan_id, number=Decimal(25), period=OCTOBER.following, version=1, by=manager)
    decisions.agree_plan(plan_id, version=2, by=leader)
    first = a_meeting(leader)
    item = about(see(first, leader), "RELET")
    decisions.close_plan(plan_id, kept_by_role="Head", because="Enough", version=3, by=leader)
    decided(first, item.id, leader)
    assert [each.action for each in of_measure()] == ["Hire another"]


def test_a_decision_that_is_not_carried_out_comes_again_whatever_is_answered() -> None:
    leader = a_leader()
    first = a_meeting(leader)
    decided(first, about(see(first, leader), "RELET").id, leader)
    minutes.close_meeting(first, version=1, by=leader)
    for _ in range(2):
        later = a_meeting(leader)
        item = about(see(later, leader), "RELET")
        assert (item.kind, "Decided: Hire another" in item.fact) == (ItemKind.FOLLOW_UP, True)
        said = Minuted(answer="Not yet: the supplier is late")
        minutes.minute_item(later, item.id, said=said, version=1, by=leader)
        minutes.close_meeting(later, version=1, by=leader)
    assert [line.unresolved for line in agenda.list_meetings(by=leader).lines] == [1, 0, 0]
    with transaction() as session:
        session.execute(text("UPDATE actions SET status = :done"), {"done": ActionStatus.DONE.value})
    assert about(see(a_meeting(leader), leader), "RELET").kind is ItemKind.NEW


def test_a_decision_that_became_no_action_is_carried_out_by_somebodys_word() -> None:
    leader = a_leader()
    first = a_meeting(leader)
    item = minutes.add_item(first, question="A letter came", by=leader)
    decided(first, item, leader, decision="Answer the letter")
    minutes.close_meeting(first, version=1, by=leader)
    second = a_meeting(leader)
    (again,) = [each for each in see(second, leader).items if "Answer the letter" in each.fact]
    minutes.minute_item(second, again.id, said=Minuted(answer="It is answered"), version=1, by=leader)
    minutes.close_meeting(second, version=1, by=leader)
    assert not [each for each in see(a_meeting(leader), leader).items if "Answer the letter" in each.fact]


def test_what_a_meeting_left_that_was_closed_late_is_not_forgotten() -> None:
    """It was still open when the next one was held."""
    leader = a_leader()
    first = a_meeting(leader)
    decided(first, about(see(first, leader), "RELET").id, leader)
    second = a_meeting(leader, on=date(2017, 11, 20))
    asked = about(see(second, leader), "RELET")
    minutes.minute_item(second, asked.id, said=Minuted(answer="It is red"), version=1, by=leader)
    minutes.close_meeting(second, version=1, by=leader)
    minutes.close_meeting(first, version=1, by=leader)
    item = about(see(a_meeting(leader, on=date(2017, 11, 27)), leader), "RELET")
    assert (item.kind, "Decided: Hire another" in item.fact) == (ItemKind.FOLLOW_UP, True)


def an_agreed_plans_item(leader: User) -> tuple[int, int, int]:
    """The plan, the meeting, and its item on that plan."""
    manager = a_user("colleague")
    plan_id = a_plan(manager)
    planning.add_milestone(plan_id, number=Decimal(25), period=OCTOBER.following, version=1, by=manager)
    decisions.agree_plan(plan_id, version=2, by=leader)
    first = a_meeting(leader)
    return plan_id, first, about(see(first, leader), "RELET").id


def test_an_action_of_a_plan_that_ended_stays_and_its_decision_is_carried_out_by_a_word() -> None:
    leader = a_leader()
    plan_id, first, item = an_agreed_plans_item(leader)
    decided(first, item, leader)
    decisions.close_plan(
        plan_id, kept_by_role="Head", because="Enough", actions_left="Others hire", version=4, by=leader
    )
    with pytest.raises(guard.MeetingRefusedError, match="has ended, so its action stays"):
        decided(first, item, leader, version=2, decision="Hire two")
    assert decided(first, item, leader, version=2, answer="It is closed") == "Kept."
    assert planning.get_plan(plan_id, by=leader).plan.version == 5
    minutes.close_meeting(first, version=1, by=leader)
    second = a_meeting(leader)
    again = about(see(second, leader), "RELET")
    assert again.kind is ItemKind.FOLLOW_UP
    minutes.minute_item(second, again.id, said=Minuted(answer="The plan ended with it"), version=1, by=leader)
    minutes.close_meeting(second, version=1, by=leader)
    assert about(see(a_meeting(leader), leader), "RELET").kind is ItemKind.NEW


def test_an_action_that_its_service_took_off_is_not_put_back_by_another_answer() -> None:
    leader = a_leader()
    first = a_meeting(leader)
    item = about(see(first, leader), "RELET")
    decided(first, item.id, leader)
    with transaction() as session:
        session.execute(text("UPDATE actions SET removed_on = '2017-11-10'"))
    assert decided(first, item.id, leader, version=2, answer="It was dropped") == "Kept."
    assert of_measure() == []
    minutes.close_meeting(first, version=1, by=leader)
    second = a_meeting(leader)
    again = about(see(second, leader), "RELET")
    minutes.minute_item(second, again.id, said=Minuted(answer="Dropped"), version=1, by=leader)
    minutes.close_meeting(second, version=1, by=leader)
    assert about(see(a_meeting(leader), leader), "RELET").kind is ItemKind.NEW


def test_a_plan_shows_what_meetings_made_of_it_and_not_of_the_next_one() -> None:
    leader = a_leader()
    plan_id, first, item = an_agreed_plans_item(leader)
    minutes.minute_item(first, item, said=Minuted(answer="Go on"), version=1, by=leader)
    decisions.close_plan(plan_id, kept_by_role="Head", because="Enough", version=3, by=leader)
    later = a_meeting(leader, on=LATER)
    other = about(see(later, leader), "RELET")
    minutes.minute_item(later, other.id, said=Minuted(answer="Red again"), version=1, by=leader)
    assert [each.item.answer for each in agenda.asked_of_plan(plan_id, by=leader)] == ["Go on"]


def test_of_two_who_note_who_is_there_the_second_is_told_before_anything_else() -> None:
    leader = a_leader()
    first = a_meeting(leader)
    minutes.save_attendance(first, attendance="All", apologies="", version=1, by=leader)
    with pytest.raises(guard.MeetingError, match="Someone else changed the meeting"):
        minutes.save_attendance(first, attendance="x" * 2001, apologies="", version=1, by=leader)
