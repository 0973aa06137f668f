"""A recovery plan in full: its whys, the measures it shares, its path and course, and its three ways to end."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from cycle.admin import accounts
from cycle.revise.recovery import decisions, guard, planning, progress
from data_access.store.audit import list_breaks, list_events
from data_access.store.database import reading, transaction
from performance.ground.measures import Polarity
from performance.ground.organisation import Action, ActionStatus, MilestoneState, PlanStatus
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period
from performance.review.explaining import Cause
from performance.revise.course import Course
from performance.revise.lessons import Verdict
from performance.revise.recovery import Why
from tests.builders import WARDS, a_user, add_council, add_figure, add_measure, add_target

pytestmark = pytest.mark.usefixtures("database_on_one")
OCTOBER, NOVEMBER, JANUARY = Period.month(2017, 10), Period.month(2017, 11), Period.month(2018, 1)
MARCH = date(2018, 3, 31)


def red(code: str, *, unit: str = "WASTE") -> str:
    """Lower is better: green in August 2017, and red twice since."""
    add_measure(code, unit="days", polarity=Polarity.LOWER, title=f"Days of {code}", unit_code=unit)
    for month, value in ((8, "20"), (9, "31"), (10, "33")):
        add_figure(code, f"2017-{month:02d}", value)
    for step in range(-3, 18):
        add_target(code, OCTOBER.shifted(step).iso, "20")
    return code


@pytest.mark.parametrize("counts_people", [False, True], ids=["of things", "of people"])
def test_a_plan_is_told_in_which_wards_its_measure_moved_and_nothing_of_hidden_ones(*, counts_people: bool) -> None:
    """The first ward rose by eleven from a count so small that it is hidden where it is of people, as the others
    are."""
    add_council()
    add_measure("TIPS", polarity=Polarity.LOWER, title="Tips", counts_people=counts_people)
    for month, first in (("2017-08", "2"), ("2017-09", "13"), ("2017-10", "13")):
        for ward, count in zip(WARDS, (first, "2", "2", "2", "2", "2"), strict=True):
            add_figure("TIPS", month, count, area=ward)
        add_figure("TIPS", month, str(int(first) + 10))
    for step in range(-3, 12):
        add_target("TIPS", OCTOBER.shifted(step).iso, "20")
    planning_it, other = (a_user(name, unit=unit) for name, unit in (("waste", "WASTE"), ("housing", "HOUSING")))
    seen = [planning.draft_plan("TIPS", by=by).evidence.explained for by in (planning_it, other)]
    wards = [
        [(part.name, part.amount) for part in each.parts if part.cause is Cause.WARD] if each else [] for each in seen
    ]
    assert wards[0] == [("Ward 1", 11)]
    assert wards[1] == ([] if counts_people else [("Ward 1", 11)])


def on(day: date) -> None:
    """Another day of the demonstration."""
    accounts.change_setting("fixed_today", day.isoformat())


def people() -> tuple[User, User]:
    add_council()
    red("RELET")
    return a_user(), a_user("head", Role.HEAD, "PLACE")


def a_draft(by: User) -> int:
    return planning.open_plan("RELET", period=OCTOBER, cause="The contractor left", by=by)


def an_agreed_plan(manager: User, head: User, *, to: str = "21") -> int:
    """At version 3, with one milestone: January 2018."""
    plan_id = a_draft(manager)
    planning.add_milestone(plan_id, number=Decimal(to), period=JANUARY, version=1, by=manager)
    decisions.agree_plan(plan_id, version=2, by=head)
    return plan_id


def version(plan_id: int, by: User) -> int:
    return planning.get_plan(plan_id, by=by).plan.version


def last_verb() -> str:
    with reading() as session:
        assert list(list_breaks(session)) == []
        return list(list_events(session))[-1].verb


# Whys and partners


def test_the_whys_keep_their_order_and_what_shows_each() -> None:
    manager, _ = people()
    plan_id = a_draft(manager)
    whys = [Why(why="Homes stand empty", evidence="9 days of 33"), Why(why=""), Why(why="No workmen")]
    planning.save_cause(plan_id, cause="No contractor", whys=whys, partners="Two firms", version=1, by=manager)
    seen = planning.get_plan(plan_id, by=manager)
    assert seen.whys == (Why(why="Homes stand empty", evidence="9 days of 33"), Why(why="No workmen"))
    assert seen.plan.partners == "Two firms"
    planning.save_cause(plan_id, cause="No contractor", whys=[Why(why="Another")], version=2, by=manager)
    assert planning.get_plan(plan_id, by=manager).whys == (Why(why="Another"),)


@pytest.mark.parametrize(
    ("whys", "field"),
    [([Why(why=" ", evidence="A table")], "why-1"), ([Why(why="x" * 2001)], "why-1"), ([Why(why="y")] * 6, "whys")],
    ids=["evidence of nothing", "too long", "six"],
)
def test_whys_that_cannot_be_kept_are_refused_and_nothing_is(whys: list[Why], field: str) -> None:
    manager, _ = people()
    plan_id = a_draft(manager)
    with pytest.raises(guard.PlanRefusedError) as refusal:
        planning.save_cause(plan_id, cause="Another", whys=whys, version=1, by=manager)
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert planning.get_plan(plan_id, by=manager).plan.cause == "The contractor left"


# Several measures in one plan


def test_a_plan_brings_back_more_than_one_measure() -> None:
    manager, head = people()
    red("EMPTY")
    plan_id = a_draft(manager)
    assert [each.off.measure.code for each in planning.called_for(by=manager).found] == ["EMPTY"]
    assert [each.code for each in planning.get_plan(plan_id, by=manager).may_join] == ["EMPTY"]
    planning.share_plan(plan_id, measure_code="EMPTY", version=1, by=manager)
    assert last_verb() == "share recovery plan"
    assert planning.called_for(by=manager).found == ()
    planning.add_milestone(plan_id, number=Decimal(21), period=JANUARY, version=2, by=manager)
    planning.add_milestone(plan_id, number=Decimal(25), period=JANUARY, measure_code="EMPTY", version=3, by=manager)
    add_figure("EMPTY", "2018-01", "24")
    add_figure("RELET", "2018-01", "24")
    own, other = planning.get_plan(plan_id, by=manager).paths
    assert [line.state for line in own.milestones] == [MilestoneState.MISSED]
    assert [line.state for line in other.milestones] == [MilestoneState.MET]
    decisions.agree_plan(plan_id, version=4, by=head)
    assert planning.get_plan(plan_id, by=head).course.course is Course.OFF_COURSE


def test_a_shared_measure_has_no_second_plan_and_the_other_way_round() -> None:
    manager, _ = people()
    red("EMPTY")
    plan_id = a_draft(manager)
    other = planning.open_plan("EMPTY", period=OCTOBER, cause="", by=manager)
    with pytest.raises(guard.PlanOpenError, match=f"R-{other:02d} is open"):
        planning.share_plan(plan_id, measure_code="EMPTY", version=1, by=manager)
    red("VOIDS")
    planning.share_plan(plan_id, measure_code="VOIDS", version=1, by=manager)
    with pytest.raises(guard.PlanOpenError, match=f"R-{plan_id:02d} is open"):
        planning.open_plan("VOIDS", period=OCTOBER, cause="", by=manager)


def test_another_services_measure_is_not_taken_in_nor_one_that_is_not_there() -> None:
    manager, _ = people()
    red("BENEFIT", unit="HOUSING")
    plan_id = a_draft(manager)
    with pytest.raises(NotAllowedError):
        planning.share_plan(plan_id, measure_code="BENEFIT", version=1, by=manager)
    with pytest.raises(guard.NoSuchPlanError, match="no such measure"):
        planning.share_plan(plan_id, measure_code="NOWHERE", version=1, by=manager)
    assert version(plan_id, manager) == 1


def test_a_shared_measure_leaves_only_a_draft_and_only_without_milestones() -> None:
    manager, head = people()
    red("EMPTY")
    plan_id = a_draft(manager)
    planning.share_plan(plan_id, measure_code="EMPTY", version=1, by=manager)
    one = planning.add_milestone(
        plan_id, number=Decimal(9), period=JANUARY, measure_code="EMPTY", version=2, by=manager
    )
    with pytest.raises(guard.PlanClosedError, match="Take that out first"):
        planning.unshare_plan(plan_id, measure_code="EMPTY", version=3, by=manager)
    planning.remove_milestone(plan_id, one, version=3, by=manager)
    planning.unshare_plan(plan_id, measure_code="EMPTY", version=4, by=manager)
    assert len(planning.get_plan(plan_id, by=manager).paths) == 1
    planning.share_plan(plan_id, measure_code="EMPTY", version=5, by=manager)
    planning.add_milestone(plan_id, number=Decimal(9), period=JANUARY, version=6, by=manager)
    decisions.agree_plan(plan_id, version=7, by=head)
    with pytest.raises(guard.PlanClosedError, match="stays until the plan ends"):
        planning.unshare_plan(plan_id, measure_code="EMPTY", version=8, by=manager)


def test_a_milestone_is_of_a_measure_the_plan_brings_back() -> None:
    manager, _ = people()
    red("EMPTY")
    plan_id = a_draft(manager)
    with pytest.raises(guard.PlanRefusedError, match="meant to bring back"):
        planning.add_milestone(plan_id, number=Decimal(9), period=JANUARY, measure_code="EMPTY", version=1, by=manager)


# Actions and the course


def test_an_actions_end_moves_its_first_stays_and_moves_are_counted() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    action = Action(id=0, action="Hire", responsible_role="Head", ends_on=date(2017, 12, 1), effect=Decimal(-3))
    action_id = planning.add_action(plan_id, action=action, version=3, by=manager)
    progress.move_action(plan_id, action_id, to=date(2018, 1, 15), because="Snow", version=4, by=manager)
    progress.move_action(plan_id, action_id, to=date(2018, 2, 1), because="Snow", version=5, by=manager)
    (line,) = planning.get_plan(plan_id, by=manager).actions
    moved = line.action
    assert (moved.ends_on, moved.original_ends_on, moved.moves) == (date(2018, 2, 1), date(2017, 12, 1), 2)
    assert moved.effect == Decimal(-3)
    for to in (date(2017, 11, 1), date(2018, 2, 1)):
        with pytest.raises(guard.PlanRefusedError, match="The new end must be"):
            progress.move_action(plan_id, action_id, to=to, because="Snow", version=6, by=manager)
    progress.save_action_status(plan_id, action_id, status=ActionStatus.DONE, shows="Signed", version=6, by=manager)
    with pytest.raises(guard.PlanClosedError, match="done"):
        progress.move_action(plan_id, action_id, to=MARCH, because="Snow", version=7, by=manager)


def test_an_action_that_is_late_by_its_owners_word_slips_the_plan_before_its_end() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    add_figure("RELET", "2017-11", "25")
    action_id = planning.add_action(
        plan_id, action=Action(id=0, action="Hire", responsible_role="Head", ends_on=MARCH), version=3, by=manager
    )
    assert planning.get_plan(plan_id, by=manager).course.course is Course.ON_COURSE
    progress.save_action_status(plan_id, action_id, status=ActionStatus.LATE, shows="Snow", version=4, by=manager)
    seen = planning.get_plan(plan_id, by=manager)
    assert (seen.course.course, seen.course.worked_out.reasons[0]) == (Course.SLIPPING, "1 action is late.")
    assert [line.in_words for line in seen.actions] == ["Late by its owner's word"]


def test_the_course_is_worked_out_and_said_otherwise_only_with_a_sentence_until_the_next_figure() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    add_figure("RELET", "2017-11", "33")
    assert planning.get_plan(plan_id, by=manager).course.course is Course.SLIPPING
    for course, because in ((Course.ON_COURSE, "  "), (Course.NOT_KNOWN, "I feel so")):
        with pytest.raises(guard.PlanRefusedError):
            progress.say_course(plan_id, course=course, because=because, version=3, by=manager)
    progress.say_course(plan_id, course=Course.ON_COURSE, because="November was snow", version=3, by=manager)
    seen = planning.get_plan(plan_id, by=manager).course
    assert (seen.course, seen.worked_out.course) == (Course.ON_COURSE, Course.SLIPPING)
    assert seen.said is not None
    assert seen.said.because == "November was snow"
    add_figure("RELET", "2017-12", "32")
    after = planning.get_plan(plan_id, by=manager).course
    assert (after.course, after.said) == (Course.OFF_COURSE, None)


def test_a_draft_has_no_course_to_be_seen_otherwise() -> None:
    manager, _ = people()
    plan_id = a_draft(manager)
    with pytest.raises(guard.PlanClosedError, match="once it is agreed"):
        progress.say_course(plan_id, course=Course.ON_COURSE, because="Soon", version=1, by=manager)


def test_what_was_said_of_a_course_is_never_changed() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    progress.say_course(plan_id, course=Course.SLIPPING, because="Late", version=3, by=manager)
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text("UPDATE recovery_courses SET course = 'on_course'"))


def test_a_milestone_taken_back_by_a_later_figure_says_so() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    on(date(2018, 2, 12))
    add_figure("RELET", "2018-01", "20")
    (line,) = planning.get_plan(plan_id, by=manager).milestones
    assert (line.state, line.unticked) == (MilestoneState.MET, None)
    add_figure("RELET", "2018-01", "23", revision=2)
    view = planning.get_plan(plan_id, by=manager)
    (line,) = view.milestones
    assert line.state is MilestoneState.MISSED
    assert view.paths[0].state_in_words(line).startswith("Missed. It was met with 20 days, until that figure was")
    assert any("It was met with 20 days" in reason or "missed" in reason for reason in view.course.worked_out.reasons)


def test_no_status_set_by_hand_ticks_a_milestone() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    progress.say_course(plan_id, course=Course.OFF_COURSE, because="Hm", version=3, by=manager)
    progress.add_note(plan_id, month=OCTOBER, text="All done!", version=4, by=manager)
    (line,) = planning.get_plan(plan_id, by=manager).milestones
    assert line.state is MilestoneState.NOT_YET


# Tolerated until a day


def test_a_measure_is_tolerated_until_a_day_by_someone_else_and_then_calls_again() -> None:
    manager, head = people()
    plan_id = a_draft(manager)
    decisions.ask_to_tolerate(plan_id, until=MARCH, because="The depot moves in March", version=1, by=manager)
    assert planning.get_plan(plan_id, by=head).plan.asked_by == "manager"
    decisions.tolerate_plan(plan_id, version=2, by=head)
    plan = planning.get_plan(plan_id, by=head).plan
    assert (plan.status, plan.tolerated_until, plan.ended_by) == (PlanStatus.TOLERATED, MARCH, "head")
    assert planning.called_for(by=manager).found == ()
    on(MARCH)
    assert planning.called_for(by=manager).found == ()
    on(date(2018, 4, 1))
    assert [each.off.measure.code for each in planning.called_for(by=manager).found] == ["RELET"]
    assert planning.open_plan("RELET", period=OCTOBER, cause="", by=manager) != plan_id


@pytest.mark.parametrize("until", [date(2017, 11, 10), date(2019, 11, 11)], ids=["today", "too far"])
def test_it_is_tolerated_to_a_day_ahead_and_not_for_ever(until: date) -> None:
    manager, _ = people()
    plan_id = a_draft(manager)
    with pytest.raises(guard.PlanRefusedError) as refusal:
        decisions.ask_to_tolerate(plan_id, until=until, because="So", version=1, by=manager)
    assert [problem.field for problem in refusal.value.problems] == ["until"]


def test_whoever_asks_does_not_answer_and_nobody_answers_what_was_not_asked() -> None:
    _, head = people()
    other = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    plan_id = a_draft(head)
    with pytest.raises(guard.PlanClosedError, match="Nobody has asked"):
        decisions.tolerate_plan(plan_id, version=1, by=other)
    decisions.ask_to_tolerate(plan_id, until=MARCH, because="So", version=1, by=head)
    with pytest.raises(guard.OwnPlanError):
        decisions.tolerate_plan(plan_id, version=2, by=head)
    decisions.tolerate_plan(plan_id, version=2, by=other)


def test_what_is_not_tolerated_goes_on_with_the_reason_among_its_notes() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    decisions.ask_to_tolerate(plan_id, until=MARCH, because="So", version=3, by=manager)
    with pytest.raises(guard.PlanRefusedError):
        decisions.decline_tolerance(plan_id, because="", version=4, by=head)
    decisions.decline_tolerance(plan_id, because="Families wait", version=4, by=head)
    seen = planning.get_plan(plan_id, by=manager)
    assert (seen.plan.status, seen.plan.asked_until) == (PlanStatus.AGREED, None)
    assert [note.text for note in seen.notes] == ["Not tolerated: Families wait"]


# Closing


def test_a_plan_closes_without_evidence_only_with_a_directors_reason() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    with pytest.raises(guard.PlanClosedError, match="say why"):
        decisions.close_plan(plan_id, kept_by_role="Head of Housing", version=3, by=head)
    with pytest.raises(NotAllowedError):
        decisions.close_plan(plan_id, kept_by_role="Head", because="Done with it", version=3, by=manager)
    with pytest.raises(guard.PlanRefusedError, match="role that keeps"):
        decisions.close_plan(plan_id, kept_by_role=" ", because="The service ends", version=3, by=head)
    decisions.close_plan(plan_id, kept_by_role="Head of Housing", because="The service ends", version=3, by=head)
    plan = planning.get_plan(plan_id, by=head).plan
    assert (plan.ended_by, plan.ended_because, plan.kept_by_role) == ("head", "The service ends", "Head of Housing")


def test_the_council_sets_how_many_periods_back_close_a_plan() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    add_figure("RELET", "2017-11", "19")
    on(date(2017, 12, 10))
    assert not planning.get_plan(plan_id, by=head).is_proved
    accounts.change_setting("periods_back", "1")
    assert planning.get_plan(plan_id, by=head).is_proved
    decisions.close_plan(plan_id, kept_by_role="Head", version=3, by=head)


def test_a_shift_for_the_better_closes_a_plan_though_it_is_not_on_target() -> None:
    manager, head = people()
    for step in range(3, 15):
        add_figure("RELET", OCTOBER.shifted(-step).iso, "32" if step % 2 else "33")
    plan_id = an_agreed_plan(manager, head)
    on(date(2018, 6, 10))
    for step in range(1, 7):
        add_figure("RELET", OCTOBER.shifted(step).iso, "25" if step % 2 else "26")
    assert not planning.get_plan(plan_id, by=head).is_proved
    add_figure("RELET", OCTOBER.shifted(7).iso, "25")
    assert [test.passed for test in planning.get_plan(plan_id, by=head).tests] == [False, True]
    decisions.close_plan(plan_id, kept_by_role="Head", version=3, by=head)


def test_actions_that_are_not_done_are_answered_for_when_a_plan_closes() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    names = ("Second firm", "Weekly list", "Key safes", "Fewer keys", "Night work")
    added = [
        planning.add_action(
            plan_id, action=Action(id=0, action=name, responsible_role="Landlord"), version=version, by=manager
        )
        for version, name in enumerate(names, start=3)
    ]
    progress.save_action_status(
        plan_id, added[0], status=ActionStatus.DONE, shows="Signed in October", version=8, by=manager
    )
    on(date(2018, 3, 10))
    for month in ("2017-11", "2017-12", "2018-01"):
        add_figure("RELET", month, "19")
    assert planning.get_plan(plan_id, by=head).is_proved
    said = r"Actions not done \(4 of 5\): Weekly list, Key safes, Fewer keys and 1 more\. To close the plan, say what"
    with pytest.raises(guard.PlanClosedError, match=said):
        decisions.close_plan(plan_id, kept_by_role="Head", version=9, by=head)
    kept = "The service goes on with them"
    decisions.close_plan(plan_id, kept_by_role="Head", actions_left=kept, version=9, by=head)
    seen = planning.get_plan(plan_id, by=head)
    assert seen.plan.ended_because == ""  # it closed on the evidence of the figures, whatever was left
    assert [each.text for each in seen.notes][:1] == [f"Actions left when the plan closed: {kept}"]


def test_did_it_work_is_said_once_after_closing_and_is_a_lesson() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    said = {"what_worked": "Two firms", "what_did_not": "", "advice": "Pay by the home", "by": manager}
    with pytest.raises(guard.PlanClosedError, match="once it is closed"):
        decisions.judge_plan(plan_id, verdict=Verdict.WORKED, version=3, **said)  # type: ignore[arg-type]
    decisions.close_plan(plan_id, kept_by_role="Head", because="Enough", version=3, by=head)
    for verdict, advice in ((Verdict.GENERAL, "Pay by the home"), (Verdict.WORKED, "")):
        with pytest.raises(guard.PlanRefusedError):
            decisions.judge_plan(plan_id, verdict=verdict, version=4, **(said | {"advice": advice}))  # type: ignore[arg-type]
    decisions.judge_plan(plan_id, verdict=Verdict.WORKED, version=4, **said)  # type: ignore[arg-type]
    seen = planning.get_plan(plan_id, by=head)
    assert seen.lesson is not None
    assert (seen.lesson.verdict, seen.lesson.advice) == (Verdict.WORKED, "Pay by the home")
    with pytest.raises(guard.PlanClosedError, match="judged already"):
        decisions.judge_plan(plan_id, verdict=Verdict.WORSE, version=5, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("verdict", "field", "asked"),
    [(Verdict.WORKED, "what_worked", "enter what worked"), (Verdict.WORSE, "what_did_not", "enter what did not work")],
)
def test_to_judge_otherwise_than_the_figures_takes_a_sentence(verdict: Verdict, field: str, asked: str) -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    decisions.close_plan(plan_id, kept_by_role="Head", because="Enough", version=3, by=head)
    said = dict.fromkeys(("what_worked", "what_did_not"), "") | {"advice": "Pay by the home"}
    with pytest.raises(guard.PlanRefusedError, match=f"The figures say: not proven.*{asked}") as refused:
        decisions.judge_plan(plan_id, verdict=verdict, version=4, by=manager, **said)
    assert [each.field for each in refused.value.problems] == [field]
    assert planning.get_plan(plan_id, by=head).lesson is None
    decisions.judge_plan(plan_id, verdict=verdict, version=4, by=manager, **(said | {field: "Two firms"}))


def test_to_judge_as_the_figures_do_takes_none() -> None:
    manager, head = people()
    plan_id = an_agreed_plan(manager, head)
    decisions.close_plan(plan_id, kept_by_role="Head", because="Enough", version=3, by=head)
    said = dict.fromkeys(("what_worked", "what_did_not"), "") | {"advice": "Pay by the home"}
    decisions.judge_plan(plan_id, verdict=Verdict.NOT_PROVEN, version=4, by=manager, **said)


@pytest.mark.parametrize("verb", ["share", "course", "tolerate", "close"])
def test_each_change_names_the_version_it_saw(verb: str) -> None:
    manager, head = people()
    red("EMPTY")
    plan_id = an_agreed_plan(manager, head)
    changes = {
        "share": lambda: planning.share_plan(plan_id, measure_code="EMPTY", version=2, by=manager),
        "course": lambda: progress.say_course(plan_id, course=Course.SLIPPING, because="So", version=2, by=manager),
        "tolerate": lambda: decisions.ask_to_tolerate(plan_id, until=MARCH, because="So", version=2, by=manager),
        "close": lambda: decisions.close_plan(plan_id, kept_by_role="H", because="So", version=2, by=head),
    }
    with pytest.raises(guard.PlanConflictError, match="changed this plan"):
        changes[verb]()
    assert version(plan_id, head) == 3
