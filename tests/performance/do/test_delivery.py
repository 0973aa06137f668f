"""What is under way in a month, what may be said of it, and what is carried forward."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from performance.do.delivery import (
    LONGEST_EVIDENCE,
    Delivery,
    DeliveryAnswer,
    DeliveryChoice,
    DeliveryLine,
    Said,
    carry_forward,
    check_answer,
    is_open_action,
    late_in_words,
    not_carried,
    read_answer,
)
from performance.ground.organisation import Action, ActionStatus, Milestone, MilestoneState
from performance.ground.periods import Period

AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (Period.month(2017, month) for month in (8, 9, 10, 11))
TODAY, MOMENT = date(2017, 11, 10), datetime(2017, 11, 10, 9, tzinfo=UTC)
LEFT, ON_TRACK, LATE, DONE, SAME = DeliveryChoice
AHEAD, PAST, LAST_OF_MONTH = date(2018, 3, 30), date(2017, 10, 12), date(2017, 10, 31)


def said(period: Period, status: ActionStatus, evidence: str = "", *, number: int = 1) -> Delivery:
    return Delivery(
        id=number, period=period, status=status, evidence=evidence, recorded_by="manager", recorded_at=MOMENT
    )


def a_line(
    *history: Delivery, ends_on: date | None = AHEAD, status: ActionStatus = ActionStatus.ON_TRACK
) -> DeliveryLine:
    action = Action(id=7, action="Agree new rounds", ends_on=ends_on, status=status)
    return DeliveryLine(period=OCTOBER, today=TODAY, what=action.action, where="Waste", action=action, history=history)


def a_milestone(state: MilestoneState, *history: Delivery) -> DeliveryLine:
    milestone = Milestone(id=3, number=Decimal(25), period=OCTOBER, original_period=OCTOBER)
    return DeliveryLine(
        period=OCTOBER, today=TODAY, what="At most 25", where="R-01", milestone=milestone, state=state, history=history
    )


def say(line: DeliveryLine, choice: DeliveryChoice = LEFT, evidence: str = "") -> DeliveryAnswer:
    return DeliveryAnswer(key=line.key, choice=choice, evidence=evidence, seen=line.seen)


def messages(line: DeliveryLine, choice: DeliveryChoice = LEFT, evidence: str = "") -> list[str]:
    return [problem.message for problem in check_answer(line, say(line, choice, evidence))]


@pytest.mark.parametrize(
    ("starts", "status", "history", "expected"),
    [
        pytest.param(None, ActionStatus.NOT_STARTED, (), True, id="no dates and nothing said"),
        pytest.param(LAST_OF_MONTH, ActionStatus.NOT_STARTED, (), True, id="begins on the last day"),
        pytest.param(date(2017, 11, 1), ActionStatus.NOT_STARTED, (), False, id="begins the day after"),
        pytest.param(None, ActionStatus.DONE, (), False, id="done in the plan before anything was said"),
        pytest.param(None, ActionStatus.DONE, ((SEPTEMBER, ActionStatus.DONE),), False, id="done the month before"),
        pytest.param(None, ActionStatus.DONE, ((OCTOBER, ActionStatus.DONE),), True, id="done in the very month"),
        pytest.param(None, ActionStatus.DONE, ((NOVEMBER, ActionStatus.DONE),), True, id="done the month after"),
        pytest.param(None, ActionStatus.LATE, ((AUGUST, ActionStatus.DONE), (SEPTEMBER, ActionStatus.LATE)), True,
                     id="done and then not"),
    ],
)  # fmt: skip
def test_what_is_under_way(
    starts: date | None, status: ActionStatus, history: tuple[tuple[Period, ActionStatus], ...], expected: bool
) -> None:
    action = Action(id=1, action="It", starts_on=starts, status=status)
    words = [said(period, each, number=number) for number, (period, each) in enumerate(history, start=1)]
    assert is_open_action(action, OCTOBER, words) is expected


def test_an_action_without_a_start_begins_with_its_plan() -> None:
    action = Action(id=1, action="It")
    assert not is_open_action(action, OCTOBER, (), begins=date(2017, 11, 2))
    assert is_open_action(action, NOVEMBER, (), begins=date(2017, 11, 2))


@pytest.mark.parametrize(
    ("line", "choice", "evidence", "expected"),
    [
        pytest.param(a_line(), ON_TRACK, "", [], id="on track needs no word"),
        pytest.param(a_line(), LATE, "", ["Enter why it is late and what happens now: Agree new rounds"], id="late"),
        pytest.param(a_line(), LATE, "   ", ["Enter why it is late and what happens now: Agree new rounds"], id="gap"),
        pytest.param(a_line(), DONE, "", ["Enter what shows that it is done: Agree new rounds"], id="done"),
        pytest.param(a_line(), DONE, "Signed on 2 October", [], id="done with what shows it"),
        pytest.param(a_line(), LEFT, "Crew hired", ["Choose how it stands: Agree new rounds"], id="words alone"),
        pytest.param(a_line(), LEFT, "", [], id="nothing at all"),
        pytest.param(a_line(ends_on=PAST), ON_TRACK, "", [
            "It was to end on 12 October 2017, so it is late or done. Choose which, and what shows it"], id="past"),
        pytest.param(a_line(ends_on=LAST_OF_MONTH), ON_TRACK, "All well", [
            "It was to end on 31 October 2017, so it is late or done. Choose which, and what shows it"], id="in it"),
        pytest.param(a_line(ends_on=date(2017, 11, 3)), ON_TRACK, "", [], id="its end came after the month"),
        pytest.param(a_line(ends_on=None), ON_TRACK, "", [], id="no end"),
        pytest.param(a_line(), SAME, "", [
            "Nothing was said before October 2017 to carry forward. Choose on track, late or done"], id="new"),
        pytest.param(a_line(said(SEPTEMBER, ActionStatus.ON_TRACK), ends_on=PAST), SAME, "", [
            "It was to end on 12 October 2017, so it is late or done. Choose which, and what shows it"], id="stale"),
        pytest.param(a_line(said(SEPTEMBER, ActionStatus.LATE, "Strike"), ends_on=PAST), SAME, "", [], id="late again"),
        pytest.param(a_milestone(MilestoneState.MISSED), LEFT, "The lift broke", [], id="a milestone takes words"),
    ],
)  # fmt: skip
def test_what_may_be_said(line: DeliveryLine, choice: DeliveryChoice, evidence: str, expected: list[str]) -> None:
    assert messages(line, choice, evidence) == expected


def test_words_too_long_are_refused_with_their_length() -> None:
    assert messages(a_line(), DONE, "x" * (LONGEST_EVIDENCE + 5)) == [
        "What shows it must be 600 characters or less. You have 605"
    ]


def test_what_an_answer_comes_to() -> None:
    before = said(SEPTEMBER, ActionStatus.LATE, "Strike")
    line = a_line(before)
    assert read_answer(line, say(line)) is None
    assert read_answer(line, say(line, DONE, " Signed ")) == Said(status=ActionStatus.DONE, evidence="Signed")
    same = Said(status=ActionStatus.LATE, carried_forward=True)
    assert read_answer(line, say(line, SAME)) == same
    reworded = Said(status=ActionStatus.LATE, evidence="Strike over")
    assert read_answer(line, say(line, SAME, "Strike over")) == reworded, "words of its own are no carrying forward"


def test_what_stands_already_is_nothing_new_and_a_change_is() -> None:
    line = a_line(said(OCTOBER, ActionStatus.LATE, "Strike", number=4))
    assert line.answer == DeliveryAnswer(key="action-7", choice=LATE, evidence="Strike", seen="4.1.on_track")
    assert read_answer(line, line.answer) is None
    assert not line.is_left
    assert LEFT not in line.choices, "what was said is not unsaid"
    changed = read_answer(line, replace(line.answer, choice=DONE))
    assert changed is not None
    assert changed.status is ActionStatus.DONE


def test_a_milestone_says_what_its_figure_says_and_only_with_words() -> None:
    for state, status in (
        (MilestoneState.MET, ActionStatus.DONE),
        (MilestoneState.MISSED, ActionStatus.LATE),
        (MilestoneState.NOT_YET, ActionStatus.ON_TRACK),
    ):
        line = a_milestone(state)
        assert line.choices == ()
        assert not line.is_left
        assert read_answer(line, say(line)) is None
        assert read_answer(line, say(line, LEFT, "Seen")) == Said(status=status, evidence="Seen")


def test_all_that_is_left_is_carried_forward_where_it_can_be() -> None:
    can = a_line(said(SEPTEMBER, ActionStatus.ON_TRACK, "Going well"))
    past = a_line(said(SEPTEMBER, ActionStatus.ON_TRACK), ends_on=PAST)
    new, touched = a_line(), a_line(said(SEPTEMBER, ActionStatus.ON_TRACK))
    lines = tuple(
        replace(line, action=Action(id=number, action=line.what, ends_on=line.ends_on))
        for number, line in enumerate((can, past, new, touched))
    )
    answers = [say(line) for line in lines[:3]] + [say(lines[3], DONE, "Signed")]
    carried = carry_forward(lines, answers)
    assert [each.choice for each in carried] == [SAME, LEFT, LEFT, DONE]
    assert [line.key for line in not_carried(lines, carried)] == ["action-1", "action-2"]


def test_days_late_stop_when_it_is_done() -> None:
    assert a_line(ends_on=PAST).days_late == 29
    assert a_line(said(OCTOBER, ActionStatus.DONE, "Signed"), ends_on=PAST).days_late == 0
    assert a_line(ends_on=AHEAD).days_late == a_line(ends_on=None).days_late == 0
    assert (late_in_words(1), late_in_words(1200)) == ("Late by 1 day", "Late by 1,200 days")


def test_the_newest_word_of_the_month_and_of_an_earlier_one() -> None:
    first, second = said(OCTOBER, ActionStatus.LATE, "A", number=2), said(OCTOBER, ActionStatus.DONE, "B", number=3)
    before, after = said(AUGUST, ActionStatus.ON_TRACK, number=1), said(NOVEMBER, ActionStatus.DONE, "C", number=4)
    line = a_line(before, first, second, after)
    assert (line.now, line.last) == (second, before)
    assert line.seen == "4.1.on_track", "a word for any month moves the lock on"
    carried = replace(before, evidence="Going well", carried_forward=True)
    assert carried.in_words == "On track. Going well (same as the month before)"


def test_what_was_carried_forward_may_stand_without_words_when_it_is_saved_again() -> None:
    carried = replace(said(OCTOBER, ActionStatus.LATE, "", number=4), carried_forward=True)
    line = a_line(said(SEPTEMBER, ActionStatus.LATE, "Strike"), carried)
    assert check_answer(line, line.answer) == ()
    assert read_answer(line, line.answer) is None
