"""A recovery plan once it has ended, and what must not be asked, closed, moved or offered of one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from cycle.ground import memory
from cycle.ground.council import council_area
from cycle.ground.series.year_end import whole_of
from cycle.revise import lessons
from cycle.revise.meetings import agenda
from cycle.revise.meetings._signals import signals_of
from cycle.revise.recovery import decisions, guard, planning, progress
from cycle.revise.recovery.evidence import off_target
from cycle.revise.recovery.plans_due import plans_due
from data_access.store.database import reading, transaction
from performance.ground.organisation import Action, ActionStatus, MilestoneState, PlanStatus
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.ground.readers import reader_of
from performance.ground.values import Absence
from performance.revise.challenge_rules import RULES
from performance.revise.lessons import Verdict
from tests.builders import RECORDED, a_user, add_figure
from tests.cycle.revise.recovery.test_view import (
    JANUARY,
    MARCH,
    NOVEMBER,
    OCTOBER,
    a_draft,
    an_agreed_plan,
    on,
    people,
    red,
)

pytestmark = pytest.mark.usefixtures("database_on_one")


def asks(measure: str, by: User) -> tuple[str, ...]:
    """What a memo that is opened now asks of the measure."""
    meeting = agenda.open_meeting("Review", forum="Leadership", scope="corporate", held_on=date(2018, 5, 1), by=by)
    view = agenda.get_meeting(meeting, by=by)
    return tuple(each.question for each in view.items if each.measure_code == measure)


def test_once_a_measure_is_tolerated_nobody_is_asked_whether_it_is() -> None:
    manager, head = people()
    other = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    plan_id = a_draft(manager)
    decisions.ask_to_tolerate(plan_id, until=MARCH, because="The depot moves", version=1, by=manager)
    assert [each.plan.id for each in plans_due(by=other).to_answer] == [plan_id]
    decisions.tolerate_plan(plan_id, version=2, by=head)
    assert plans_due(by=other).to_answer == ()
    plan = planning.get_plan(plan_id, by=other).plan
    assert (plan.is_asked, plan.asked_until, plan.asked_by) == (False, None, None)
    assert (plan.tolerated_until, plan.ended_because) == (MARCH, "The depot moves")


def test_a_plan_that_is_closed_while_it_was_asked_leaves_no_question() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    decisions.ask_to_tolerate(plan_id, until=MARCH, because="So", version=3, by=manager)
    decisions.close_plan(plan_id, kept_by_role="Head", because="The service ends", version=4, by=head)
    assert plans_due(by=a_user("leader", Role.LEADERSHIP, "COUNCIL")).to_answer == ()
    assert not planning.get_plan(plan_id, by=head).plan.is_asked


def test_a_plan_that_ended_with_its_question_kept_asks_nobody() -> None:
    """As plans are stored that were tolerated before the question was taken away with its answer."""
    manager, head = people()
    plan_id = a_draft(manager)
    decisions.ask_to_tolerate(plan_id, until=MARCH, because="So", version=1, by=manager)
    plan = planning.get_plan(plan_id, by=head).plan
    assert plan.is_asked
    assert not replace(plan, status=PlanStatus.TOLERATED, tolerated_until=MARCH).is_asked


def test_a_tolerated_measure_is_not_asked_for_its_plan_until_the_day_has_passed() -> None:
    manager, head = people()
    leader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    plan_id = a_draft(manager)
    decisions.ask_to_tolerate(plan_id, until=MARCH, because="The depot moves", version=1, by=manager)
    decisions.tolerate_plan(plan_id, version=2, by=head)
    assert not any("Why is there no recovery plan" in each for each in asks("RELET", leader))
    on(date(2018, 4, 2))
    assert any("Why is there no recovery plan" in each for each in asks("RELET", leader))


def test_months_on_target_before_the_plan_do_not_close_it() -> None:
    """A plan for a slim chance or a real change may begin while the measure is green."""
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    for month in ("2017-08", "2017-09", "2017-10"):
        add_figure("RELET", month, "19", revision=2)
    assert not planning.get_plan(plan_id, by=head).is_proved
    with pytest.raises(guard.PlanClosedError, match="say why"):
        decisions.close_plan(plan_id, kept_by_role="Head", version=3, by=head)
    on(date(2018, 2, 10))
    for month in ("2017-11", "2017-12", "2018-01"):
        assert not planning.get_plan(plan_id, by=head).is_proved
        add_figure("RELET", month, "19")
    assert planning.get_plan(plan_id, by=head).is_proved


def test_a_milestone_that_a_correction_took_back_stays_in_sight() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    on(date(2018, 2, 12))
    add_figure("RELET", "2018-01", "20")
    add_figure("RELET", "2018-01", "23", revision=2)
    (line,) = planning.get_plan(plan_id, by=manager).milestones
    with pytest.raises(guard.PlanClosedError, match="was met, until its figure was corrected"):
        planning.move_milestone(plan_id, line.milestone.id, to=JANUARY.shifted(2), version=3, by=manager)
    (line,) = planning.get_plan(plan_id, by=manager).milestones
    assert (line.milestone.period, line.state) == (JANUARY, MilestoneState.MISSED)
    assert line.unticked is not None


def test_a_milestone_that_was_only_missed_moves() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    on(date(2018, 2, 12))
    add_figure("RELET", "2018-01", "23")
    (line,) = planning.get_plan(plan_id, by=manager).milestones
    with pytest.raises(guard.PlanRefusedError, match="Enter why it is moved"):
        planning.move_milestone(plan_id, line.milestone.id, to=JANUARY.shifted(2), because=" ", version=3, by=manager)
    planning.move_milestone(plan_id, line.milestone.id, to=JANUARY.shifted(2), because="Snow", version=3, by=manager)
    (moved,) = planning.get_plan(plan_id, by=head).moves
    assert (moved.before, moved.after, moved.because, moved.moved_by) == (
        date(2018, 1, 1), date(2018, 3, 1), "Snow", "manager",
    )  # fmt: skip
    assert moved.milestone_id == line.milestone.id
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text("UPDATE recovery_moves SET because = 'Rain'"))


def test_what_is_still_drafted_moves_without_a_reason_and_keeps_none() -> None:
    manager, _ = people()
    plan_id = a_draft(manager)
    milestone = planning.add_milestone(plan_id, number=Decimal(21), period=JANUARY, version=1, by=manager)
    planning.move_milestone(plan_id, milestone, to=JANUARY.shifted(1), version=2, by=manager)
    view = planning.get_plan(plan_id, by=manager)
    assert (view.moves, view.milestones[0].milestone.moves) == ((), 1)


@pytest.mark.parametrize(("is_known", "start"), [(True, JANUARY), (False, OCTOBER)])
def test_a_measure_that_joins_later_has_its_path_from_then(is_known: bool, start: Period) -> None:
    """Or it would be behind at once, held against months in which nobody had promised anything of it."""
    manager, head = people()
    red("EMPTY")
    plan_id = an_agreed_plan(manager, head)
    on(date(2018, 2, 10))
    for month in ("2017-11", "2017-12", "2018-01"):
        add_figure("EMPTY", month, "33")
        add_figure("RELET", month, "20")
    planning.share_plan(plan_id, measure_code="EMPTY", version=3, by=manager)
    planning.add_milestone(plan_id, number=Decimal(21), period=JANUARY.shifted(4), measure_code="EMPTY", version=4,
                           by=manager)  # fmt: skip
    if not is_known:
        with transaction() as session:  # as those stand that joined before the day was kept
            session.execute(text("UPDATE recovery_shares SET joined_on = NULL"))
        memory.forget()
    path = planning.get_plan(plan_id, by=manager).paths[1]
    assert (path.path[0].period, path.path[0].number) == (start, Decimal(33))
    assert bool(path.gaps) is not is_known


def test_a_late_word_for_an_early_month_does_not_ask_for_the_newest_again() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    on(date(2017, 12, 5))
    assert [each.plan.id for each in plans_due(by=manager).to_update] == [plan_id]
    progress.add_note(plan_id, month=NOVEMBER, text="The firm began", version=3, by=manager)
    progress.add_note(plan_id, month=OCTOBER, text="The tender was out", version=4, by=manager)
    assert plans_due(by=manager).to_update == ()
    (summary,) = planning.list_plans(by=manager)
    assert (summary.last and summary.last.text, summary.spoken_for) == ("The tender was out", NOVEMBER)


def test_a_withdrawn_lesson_is_no_longer_offered_and_its_plan_is_judged_anew() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    decisions.close_plan(plan_id, kept_by_role="Head", because="Enough", version=3, by=head)
    said = {"what_worked": "A second firm", "what_did_not": "", "by": manager}
    first = decisions.judge_plan(plan_id, verdict=Verdict.WORKED, advice="Wrong", version=4, **said)  # type: ignore[arg-type]
    lessons.withdraw_lesson(first, version=1, by=manager)
    assert planning.get_plan(plan_id, by=head).lesson is None
    (tried,) = planning.draft_plan("RELET", by=manager).evidence.tried
    assert tried.lesson is None
    assert [each.plan.id for each in plans_due(by=manager).to_judge] == [plan_id]
    said |= {"what_did_not": "The firm left"}
    decisions.judge_plan(plan_id, verdict=Verdict.WORSE, advice="Right", version=5, **said)  # type: ignore[arg-type]
    lesson = planning.get_plan(plan_id, by=head).lesson
    assert lesson is not None
    assert (lesson.advice, lesson.verdict, lesson.version) == ("Right", Verdict.WORSE, 3)
    assert len(lessons.find_lessons("right", by=head)) == 1
    assert lessons.find_lessons("wrong", by=head) == []


@pytest.mark.parametrize(
    ("later", "asked"),
    [
        ({"value": "33", "commentary": "Now in words"}, False),
        ({"value": "33"}, False),
        ({"value": "32"}, True),
    ],
    ids=["other words", "confirmed", "another number"],
)
def test_only_another_number_is_a_correction(later: dict[str, str], asked: bool) -> None:
    people()
    leader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    add_figure("RELET", "2017-10", revision=2, **later)  # type: ignore[arg-type]
    assert signal("corrected", leader) is asked


def signal(code: str, leader: User) -> bool:
    """Whether a rule asks of the only measure, whatever else is asked first."""
    with reading() as session:
        area, reader = council_area(session), reader_of(leader)
        card = whole_of(session, OCTOBER, "corporate", reader=reader, as_known_at=None)
        (off,) = off_target(session, measures=[card.entries[0].measure], area=area, reader=reader)
        found = signals_of(session, card.entries, {"RELET": off}, reader=reader)["RELET"]
    return next(rule for rule in RULES if rule.code == code).holds(found)


def test_words_are_asked_of_the_newest_figure_that_there_is() -> None:
    people()
    leader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    add_figure("RELET", "2017-10", "33", revision=2, commentary="The firm left")
    on(date(2017, 12, 10))
    add_figure("RELET", "2017-11", absence=Absence.NOT_PROVIDED, at=RECORDED)
    assert not signal("no-words", leader)
    add_figure("RELET", "2017-10", "33", revision=3, commentary="")
    assert signal("no-words", leader)


@pytest.mark.parametrize(
    ("status", "said"), [(ActionStatus.DONE, "what shows that it is done"), (ActionStatus.LATE, "why it is late")]
)
def test_no_action_is_done_or_late_without_a_word_that_stays(status: ActionStatus, said: str) -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    hire = Action(id=0, action="Hire two firms", responsible_role="Landlord", ends_on=date(2017, 12, 1))
    action_id = planning.add_action(plan_id, action=hire, version=3, by=manager)
    with pytest.raises(guard.PlanRefusedError, match=said):
        progress.save_action_status(plan_id, action_id, status=status, shows=" ", version=4, by=manager)
    (line,) = planning.get_plan(plan_id, by=manager).actions
    assert (line.action.status, line.said) == (ActionStatus.NOT_STARTED, ())
    progress.save_action_status(plan_id, action_id, status=ActionStatus.ON_TRACK, version=4, by=manager)
    progress.save_action_status(plan_id, action_id, status=status, shows="As the letter says", version=5, by=manager)
    (line,) = planning.get_plan(plan_id, by=manager).actions
    assert line.action.status is status
    assert [(each.period, each.status, each.evidence) for each in line.said] == [
        (NOVEMBER, ActionStatus.ON_TRACK, ""), (NOVEMBER, status, "As the letter says"),
    ]  # fmt: skip
