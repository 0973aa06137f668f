"""A text that is longer than its field takes is refused with the field's own sentence, and nothing of it is kept.

Not a word is cut off on the way: what is refused stands in its box still, and what is kept is kept whole.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cycle.ground import passwords
from cycle.plan import refresh, register, targets
from cycle.review import rebases, saved_views
from cycle.revise import feedback, lessons
from cycle.revise import risks as revise_risks
from cycle.revise.lessons import LessonText
from cycle.revise.meetings import agenda, minutes
from cycle.revise.meetings.guard import MeetingRefusedError
from cycle.revise.recovery import decisions, guard, planning, progress
from performance.ground.organisation import Action, NodeKind, PlanNode
from performance.ground.people import Role, User
from performance.plan.refresh_changes import Added, Begun, Reworded
from performance.plan.register_changes import Broken, Documented
from performance.revise.course import Course
from performance.revise.meetings import Minuted
from performance.revise.recovery import Why
from performance.revise.risks import Score
from tests.builders import a_user
from tests.conftest import rows_of
from tests.cycle.revise import test_feedback as records
from tests.cycle.revise import test_risks as risks
from tests.cycle.revise.recovery.test_planning import NOVEMBER, OCTOBER, an_agreed_plan

pytestmark = pytest.mark.usefixtures("sqlite_database")
TODAY, LATER, STARTS = date(2017, 11, 10), date(2017, 12, 12), date(2018, 4, 1)
ACTION = Action(id=0, action="Hire", responsible_role="Manager", ends_on=LATER)
NODE = PlanNode(code="N9", title="Another", kind=NodeKind.PLAN, parent_code="B1")
FULL = Score(likelihood=2, impact=2)


def x(characters: int) -> str:
    return "x" * characters


# What is too long by one, the sentence about it, and the verb that is to refuse it, for a plan agreed by others.
Verb = Callable[[int, User], object]
OF_A_PLAN: list[tuple[str, Verb]] = [
    ("The root cause must be 2,000", lambda _, by: planning.open_plan("RELET", period=OCTOBER, cause=x(2001), by=by)),
    ("The partners must be 500", lambda n, by: planning.save_cause(n, cause="c", partners=x(501), version=3, by=by)),
    ("Why number 1 must be 400",
     lambda n, by: planning.save_cause(n, cause="c", whys=[Why(why=x(401))], version=3, by=by)),
    ("The evidence of why number 1 must be 400",
     lambda n, by: planning.save_cause(n, cause="c", whys=[Why(why="w", evidence=x(401))], version=3, by=by)),
    ("The note must be 200",
     lambda n, by: planning.add_milestone(n, number=Decimal(9), period=NOVEMBER, note=x(201), version=3, by=by)),
    ("The action must be 500",
     lambda n, by: planning.add_action(n, action=replace(ACTION, action=x(501)), version=3, by=by)),
    ("The responsible officer's role must be 120",
     lambda n, by: planning.add_action(n, action=replace(ACTION, responsible_role=x(121)), version=3, by=by)),
    ("The anticipated result must be 500",
     lambda n, by: planning.add_action(n, action=replace(ACTION, result=x(501)), version=3, by=by)),
    ("The resources must be 300",
     lambda n, by: planning.add_action(n, action=replace(ACTION, resources=x(301)), version=3, by=by)),
    ("What happened this month must be 2,000",
     lambda n, by: progress.add_note(n, month=OCTOBER, text=x(2001), version=3, by=by)),
    ("Why you see its course otherwise must be 500",
     lambda n, by: progress.say_course(n, course=Course.SLIPPING, because=x(501), version=3, by=by)),
    ("Why the measure should be tolerated must be 500",
     lambda n, by: decisions.ask_to_tolerate(n, until=LATER, because=x(501), version=3, by=by)),
    ("Why it is not tolerated must be 500",
     lambda n, by: decisions.decline_tolerance(n, because=x(501), version=3, by=by)),
    ("The role that keeps the measure where it is now must be 120",
     lambda n, by: decisions.close_plan(n, kept_by_role=x(121), version=3, by=by)),
    ("The reason must be 500",
     lambda n, by: decisions.close_plan(n, kept_by_role="Head", because=x(501), version=3, by=by)),
]  # fmt: skip


@pytest.mark.parametrize(("said", "verb"), OF_A_PLAN, ids=[said for said, _ in OF_A_PLAN])
def test_of_a_recovery_plan(said: str, verb: Verb) -> None:
    number, manager, _ = an_agreed_plan()
    before = rows_of("SELECT COUNT(*) FROM audit_events")
    with pytest.raises(guard.PlanRefusedError, match=f"^{said} characters or less. You have "):
        verb(number, manager)
    assert rows_of("SELECT COUNT(*) FROM audit_events") == before


def test_of_a_review_meeting() -> None:
    an_agreed_plan()
    leader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    with pytest.raises(MeetingRefusedError, match=r"^The title must be 120 .*\nWhich meeting it is must be 120 "):
        agenda.open_meeting(x(121), forum=x(121), scope="corporate", held_on=TODAY, by=leader)
    number = agenda.open_meeting(x(120), forum="Leadership", scope="corporate", held_on=TODAY, by=leader)
    with pytest.raises(MeetingRefusedError, match=r"^What is raised must be 2,000 .* You have 2,001$"):
        minutes.add_item(number, question=x(2001), by=leader)
    with pytest.raises(MeetingRefusedError, match=r"^Who is there must be 2,000 .*\nApologies must be 2,000 "):
        minutes.save_attendance(number, attendance=x(2001), apologies=x(2001), version=1, by=leader)
    item = minutes.add_item(number, question=x(2000), by=leader)
    with pytest.raises(MeetingRefusedError, match=r"^The answer must be 2,000 "):
        minutes.minute_item(number, item, said=Minuted(answer=x(2001)), version=1, by=leader)
    kept = agenda.get_meeting(number, by=leader)
    assert (len(kept.meeting.title), kept.meeting.attendance) == (120, "")
    assert [len(each.question) for each in kept.items if each.id == item] == [2000]


def test_of_a_risk() -> None:
    manager = risks.a_manager()
    with pytest.raises(revise_risks.RiskRefusedError, match=r"^Cause must be 1,000 .*\nThe owner's role must be 120 "):
        revise_risks.add_risk(
            replace(risks.FLOOD, risk=replace(risks.FLOOD.risk, cause=x(1001), owner_role=x(121))), by=manager
        )
    code = revise_risks.add_risk(risks.FLOOD, by=manager)
    with pytest.raises(revise_risks.RiskRefusedError, match=r"^The reason must be 1,000 "):
        revise_risks.review_risk(code, score=FULL, reason=x(1001), version=1, by=manager)
    with pytest.raises(revise_risks.RiskRefusedError, match=r"^The reason must be 1,000 "):
        revise_risks.close_risk(code, because=x(1001), version=1, by=manager)
    wanted = replace(ACTION, action=x(1001), responsible_role=x(121))
    with pytest.raises(
        revise_risks.RiskRefusedError, match=r"^What is done must be 1,000 .*\nThe role of who does it must be"
    ):
        revise_risks.add_mitigation(code, action=wanted, version=1, by=manager)
    assert revise_risks.get_risk(code, by=manager).entry.version == 1


def test_of_next_years_plan() -> None:
    an_agreed_plan()
    officer = a_user("officer", Role.POLICY_OFFICER, "COUNCIL")
    with pytest.raises(refresh.RefreshRefusedError, match=r"^What the plan is called must be 100 .* You have 5,000$"):
        refresh.open_refresh(x(5000), STARTS, by=officer)
    number = refresh.open_refresh("Plan for 2018/19", STARTS, by=officer)
    with pytest.raises(refresh.RefreshRefusedError, match=r"^What the plan is called must be 100 "):
        refresh.save_change(number, Begun(title=x(101), starts_on=STARTS), by=officer)
    with pytest.raises(refresh.RefreshRefusedError, match=r"^The reason must be 500 "):
        refresh.abandon(number, reason=x(501), by=officer)
    with pytest.raises(refresh.RefreshRefusedError, match=r"^Owner role must be 120 .*\nWhy it matters must be 4,000 "):
        refresh.save_change(number, Added(node=replace(NODE, owner_role=x(121), why=x(4001))), by=officer)
    with pytest.raises(refresh.RefreshRefusedError, match=r"^Title must be 200 .* You have 4,001$"):
        refresh.save_change(number, Reworded(code="B1", values={"title": x(4001)}, based_on=0), by=officer)


def test_of_the_register_and_of_limits() -> None:
    an_agreed_plan()
    analyst = a_user("analyst", Role.BI_TEAM, "COUNCIL")
    for change, said in (
        (Documented(sections={"formula": x(4001)}, reviewed=False, reason="r"), "Formula must be 4,000 "),
        (Documented(sections={"formula": "f"}, reviewed=False, reason=x(501)), "The reason must be 500 "),
        (Broken(on=TODAY, reason=x(501)), "The reason must be 500 "),
    ):
        with pytest.raises(register.RegisterRefusedError, match=f"^{said}"):
            register.change_register("RELET", change, version=1, by=analyst)
    with pytest.raises(rebases.NotRebasedError, match=r"^The reason must be 300 "):
        rebases.set_limits_anew("RELET", starts_on=TODAY, reason=x(301), by=analyst)
    with pytest.raises(rebases.NotRebasedError, match=r"^The reason must be 300 "):
        rebases.take_back(1, because=x(301), by=analyst)


def test_of_targets() -> None:
    _, manager, head = an_agreed_plan()
    with pytest.raises(targets.TargetRefusedError, match=r"^The reason must be 500 "):
        targets.set_no_target("RELET", reason=x(501), by=manager)
    with pytest.raises(targets.TargetRefusedError, match=r"^The reason must be 500 "):
        targets.decline_target(1, reason=x(501), by=head)


def test_of_views_lessons_and_feedback() -> None:
    _, manager, _ = an_agreed_plan()
    leader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    with pytest.raises(saved_views.ViewRefusedError, match=r"^What you want to know must be 2,000 "):
        saved_views.ask(x(2001), by=leader)
    with pytest.raises(saved_views.ViewRefusedError, match=r"^For whom must be 120 "):
        saved_views.ask("How many?", asked_for=x(121), by=leader)
    with pytest.raises(saved_views.ViewRefusedError, match=r"^The answer must be 2,000 "):
        saved_views.answer(1, x(2001), version=1, by=leader)
    with pytest.raises(
        lessons.LessonRefusedError, match=r"^What the lesson is about must be 120 .*\nWhat worked must be"
    ):
        lessons.write_lesson("WASTE", said=LessonText(title=x(121), what_worked=x(2001), advice="a"), by=manager)
    with pytest.raises(feedback.FeedbackRefusedError, match=r"^Cause must be 1,000 .* You have 1,001$"):
        feedback.record_feedback(replace(records.A_RECORD, cause=x(1001)), by=manager)


def test_a_password_is_compared_whole() -> None:
    """Two passwords that differ past the place where a box, or bcrypt, would have cut them are two passwords."""
    assert passwords.prepared(x(128)) != passwords.prepared(x(129))
    with pytest.raises(passwords.WeakPasswordError, match=r"between 12 and 128"):
        passwords.judge("three random words " * 8, username="u", name="n", council="c")
