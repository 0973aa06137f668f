"""The memo in its members' hands: a question worded anew, an item taken off and put back, nothing without a trace."""

from dataclasses import replace
from datetime import date

import pytest

from cycle.admin import accounts
from cycle.revise import risks
from cycle.revise.meetings import agenda, guard, minutes, shaping
from performance.ground.people import NotAllowedError, Role, User
from performance.revise.meetings import ItemKind, Minuted, ReviewItem
from tests.builders import a_user
from tests.cycle.revise.meetings.test_agenda import LATER, a_leader, a_meeting, about, see, verbs
from tests.cycle.revise.recovery.test_planning import a_plan
from tests.cycle.revise.test_risks import FLOOD

pytestmark = pytest.mark.usefixtures("database_on_one")


def an_item() -> tuple[User, int, ReviewItem]:
    leader = a_leader()
    held = a_meeting(leader)
    return leader, held, about(see(held, leader), "RELET")


def test_a_question_is_worded_anew_and_the_first_one_stays_beside_it() -> None:
    leader, held, item = an_item()
    shaping.reword_item(held, item.id, question=" What keeps the firm? ", version=1, by=leader)
    after = about(see(held, leader), "RELET")
    assert (after.question, after.first_question) == ("What keeps the firm?", item.question)
    assert (after.fact, after.rule, after.version, after.changed_by) == (item.fact, item.rule, 2, "leader")
    shaping.reword_item(held, item.id, question="And now?", version=2, by=leader)
    assert about(see(held, leader), "RELET").first_question == item.question
    shaping.reword_item(held, item.id, question=item.question, version=3, by=leader)
    assert about(see(held, leader), "RELET").first_question == ""
    assert verbs().count("reword item") == 3


def test_an_item_is_taken_off_with_a_reason_and_put_back_where_it_stood() -> None:
    leader, held, item = an_item()
    minutes.add_item(held, question="A letter came", by=leader)
    shaping.drop_item(held, item.id, because="For the next quarter", version=1, by=leader)
    view = see(held, leader)
    assert [each.question for each in view.items] == ["A letter came"]
    assert [(each.id, each.dropped_because) for each in view.dropped] == [(item.id, "For the next quarter")]
    (line,) = agenda.list_meetings(by=leader).lines
    assert (line.items, line.minuted, line.unresolved) == (1, 0, 0)
    shaping.put_back_item(held, item.id, version=2, by=leader)
    assert [each.id for each in see(held, leader).items] == [item.id, item.id + 1]
    assert verbs()[-2:] == ["drop item", "put back item"]


def test_what_was_taken_off_opens_no_next_memo_and_is_asked_again_only_by_the_signals() -> None:
    leader, held, item = an_item()
    shaping.drop_item(held, item.id, because="Not now", version=1, by=leader)
    minutes.close_meeting(held, version=1, by=leader)
    assert about(see(a_meeting(leader, on=LATER), leader), "RELET").kind is ItemKind.NEW


def test_what_an_earlier_meeting_left_is_answered_and_not_taken_off() -> None:
    leader, held, _ = an_item()
    minutes.close_meeting(held, version=1, by=leader)
    after = a_meeting(leader, on=LATER)
    left = about(see(after, leader), "RELET")
    assert left.kind is ItemKind.FOLLOW_UP
    for shape in (
        lambda: shaping.drop_item(after, left.id, because="Old", version=1, by=leader),
        lambda: shaping.reword_item(after, left.id, question="Other", version=1, by=leader),
    ):
        with pytest.raises(guard.MeetingError, match="An earlier meeting left this item"):
            shape()
    assert about(see(after, leader), "RELET") == left


def test_what_is_minuted_or_says_nothing_or_too_much_is_refused() -> None:
    leader, held, item = an_item()
    with pytest.raises(guard.MeetingRefusedError, match="Enter the question"):
        shaping.reword_item(held, item.id, question=" ", version=1, by=leader)
    with pytest.raises(guard.MeetingRefusedError, match="Enter why it is taken off"):
        shaping.drop_item(held, item.id, because="", version=1, by=leader)
    with pytest.raises(guard.MeetingRefusedError, match="characters"):
        shaping.drop_item(held, item.id, because="x" * 2001, version=1, by=leader)
    with pytest.raises(guard.MeetingError, match="Nothing is changed"):
        shaping.reword_item(held, item.id, question=item.question, version=1, by=leader)
    minutes.minute_item(held, item.id, said=Minuted(answer="The firm left"), version=1, by=leader)
    with pytest.raises(guard.MeetingError, match="so it stays"):
        shaping.drop_item(held, item.id, because="Not now", version=2, by=leader)
    minutes.close_meeting(held, version=1, by=leader)
    with pytest.raises(guard.MeetingError, match="This meeting is closed"):
        shaping.reword_item(held, item.id, question="Other", version=2, by=leader)


def test_of_two_who_change_one_item_the_second_is_told_by_name() -> None:
    leader, held, item = an_item()
    other = a_user("other", Role.LEADERSHIP, "COUNCIL")
    shaping.reword_item(held, item.id, question="Other", version=1, by=other)
    with pytest.raises(guard.MeetingError, match="changed this item at"):
        shaping.drop_item(held, item.id, because="Not now", version=1, by=leader)
    with pytest.raises(guard.MeetingError, match="changed this item at"):
        minutes.minute_item(held, item.id, said=Minuted(answer="So"), version=1, by=leader)
    assert about(see(held, leader), "RELET").question == "Other"


def test_a_manager_shapes_no_memo() -> None:
    _, held, item = an_item()
    with pytest.raises(NotAllowedError):
        shaping.drop_item(held, item.id, because="Not now", version=1, by=a_user("reader"))


def test_a_memo_asks_after_a_plan_that_nobody_agrees() -> None:
    leader = a_leader()
    a_plan(a_user("colleague"))
    assert "drafted and not agreed" not in about(see(a_meeting(leader), leader), "RELET").question
    accounts.change_setting("fixed_today", "2017-11-25")
    asked = about(see(a_meeting(leader, on=date(2017, 11, 25)), leader), "RELET")
    assert "The recovery plan is drafted and not agreed. What keeps it?" in asked.question


def test_a_memo_asks_after_a_risk_that_nobody_looked_at_again() -> None:
    leader = a_leader()
    of_it = replace(FLOOD, risk=replace(FLOOD.risk, measure_code="RELET", likelihood=5, impact=5), unit_code="COUNCIL")
    risks.add_risk(of_it, by=leader)
    accounts.change_setting("fixed_today", "2017-12-11")
    asked = about(see(a_meeting(leader, on=date(2017, 12, 11)), leader), "RELET").question
    assert "A risk to it was to be looked at again" not in asked
    accounts.change_setting("fixed_today", "2017-12-12")
    view = see(a_meeting(leader, on=LATER), leader)
    assert "A risk to it was to be looked at again" in about(view, "RELET").question
