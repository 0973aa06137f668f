"""Revise: a director's part in a recovery plan: it is agreed, tolerated until a day, or closed, and then judged.

A plan closes on evidence, or with the reason of whoever closes it. Whether it worked is said afterwards, beside what
the figures say, and becomes a lesson for other services (docs/domain.md, Recovery).
"""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from cycle.revise.recovery._proof import is_proved, verdict_of_figures
from cycle.revise.recovery.guard import (
    OwnPlanError,
    PlanClosedError,
    PlanRefusedError,
    demand_open,
    demand_seen,
    demand_text,
    move_on,
    record,
)
from cycle.revise.recovery.view import left_over, what_is_missing
from data_access.council.settings_store import get_now, get_setting, get_today
from data_access.revise import recovery
from data_access.revise.lessons import LessonRecord, add_lesson, find_lesson_of
from data_access.revise.recovery import NoteRecord, PlanRecord
from data_access.store.database import transaction
from performance.ground.entry import Problem
from performance.ground.organisation import PlanStatus
from performance.ground.people import Permission, User
from performance.ground.periods import Period, add_months, day_in_words
from performance.ground.readers import reader_of
from performance.ground.texts import LONGEST_ROLE, LONGEST_SENTENCE
from performance.revise.lessons import Verdict

LONGEST_TOLERANCE = 24  # months
_ANSWERED: dict[str, Any] = {"asked_until": None, "asked_because": "", "asked_by": None}
"""What is left of the question whether a measure is tolerated, once it is answered or the plan has ended."""


def agree_plan(plan_id: int, *, version: int, by: User) -> None:
    """Agree a drafted plan that has a cause and a milestone. Raises OwnPlanError for whoever opened it."""
    with transaction() as session:
        plan, _ = demand_open(session, plan_id, version, permission=Permission.AGREE_RECOVERY_PLANS, by=by)
        if plan.opened_by == by.username:
            raise OwnPlanError
        milestones = recovery.list_milestones(session, plan_ids=[plan.id]).get(plan.id, [])
        missing = "This plan is agreed already." if plan.agreed_by else what_is_missing(plan, milestones)
        if missing:
            raise PlanClosedError(missing)
        agreed = replace(plan, status=PlanStatus.AGREED, agreed_by=by.username, agreed_at=get_now(session))
        move_on(session, plan, becomes=replace(agreed, **_ANSWERED))
        record(session, plan, "agree recovery plan", by, status=PlanStatus.AGREED.value)


def ask_to_tolerate(plan_id: int, *, until: date, because: str, version: int, by: User) -> None:
    """Ask that the measure may stay as it is until a day: the third way, beside recovering and closing."""
    demand_text("because", because, "why the measure should be tolerated", at_most=LONGEST_SENTENCE)
    with transaction() as session:
        plan, _ = demand_open(session, plan_id, version, by=by)
        today = get_today(session)
        latest = add_months(today, LONGEST_TOLERANCE)
        if not today < until <= latest:
            message = f"The day must be after {day_in_words(today)} and {day_in_words(latest)} or earlier"
            raise PlanRefusedError([Problem(field="until", message=message)])
        asked = replace(plan, asked_until=until, asked_because=because.strip(), asked_by=by.username)
        move_on(session, plan, becomes=asked)
        record(session, plan, "ask to tolerate", by, until=until)


def tolerate_plan(plan_id: int, *, version: int, by: User) -> None:
    """Approve what was asked: the measure is tolerated until the day, and then calls for a plan again."""
    with transaction() as session:
        plan = _demand_asked(session, plan_id, version, by=by)
        now = get_now(session)
        tolerated = replace(
            plan,
            status=PlanStatus.TOLERATED,
            tolerated_until=plan.asked_until,
            ended_because=plan.asked_because,
            **_ANSWERED,
            ended_by=by.username,
            ended_at=now,
            agreed_by=plan.agreed_by or by.username,
            agreed_at=plan.agreed_at or now,
        )
        move_on(session, plan, becomes=tolerated)
        record(session, plan, "tolerate", by, until=plan.asked_until)


def decline_tolerance(plan_id: int, *, because: str, version: int, by: User) -> None:
    """Do not tolerate it: the plan goes on, and the reason stands among its notes."""
    demand_text("because", because, "why it is not tolerated", at_most=LONGEST_SENTENCE)
    with transaction() as session:
        plan = _demand_asked(session, plan_id, version, by=by)
        move_on(session, plan, becomes=replace(plan, **_ANSWERED))
        month = Period(start=get_today(session).replace(day=1), months=1)
        text = f"Not tolerated: {because.strip()}"
        note = NoteRecord(period=month, text=text, written_by=by.username, written_at=get_now(session))
        recovery.add_note(session, plan_id=plan_id, note=note)
        record(session, plan, "decline to tolerate", by)


def close_plan(
    plan_id: int, *, kept_by_role: str, because: str = "", actions_left: str = "", version: int, by: User
) -> None:
    """Close an agreed plan: on evidence, or with the reason of the director who closes it without.

    Where actions of it are not done, `actions_left` says what becomes of them, and stands among its notes.
    """
    demand_text("kept_by_role", kept_by_role, "the role that keeps the measure where it is now", at_most=LONGEST_ROLE)
    demand_text("because", because, "the reason", may_be_empty=True, at_most=LONGEST_SENTENCE)
    demand_text("actions_left", actions_left, "what becomes of the actions", may_be_empty=True,
                at_most=LONGEST_SENTENCE)  # fmt: skip
    with transaction() as session:
        plan, _ = demand_open(session, plan_id, version, permission=Permission.AGREE_RECOVERY_PLANS, by=by)
        if plan.agreed_by is None:
            raise PlanClosedError("A plan is closed after it was agreed. This one is still a draft.")
        proved = is_proved(session, plan)
        if not proved and not because.strip():
            periods = get_setting(session, name="periods_back")
            raise PlanClosedError(
                f"A plan closes when its measure was green {periods} times running, or has shifted for the better."
                " To close it without that, say why."
            )
        _answer_for_actions(session, plan, actions_left.strip(), by=by)
        closed = replace(
            plan,
            status=PlanStatus.CLOSED,
            ended_because=because.strip(),
            **_ANSWERED,
            kept_by_role=kept_by_role.strip(),
            ended_by=by.username,
            ended_at=get_now(session),
        )
        move_on(session, plan, becomes=closed)
        record(session, plan, "close recovery plan", by, status=PlanStatus.CLOSED.value, on_evidence=proved)


def _answer_for_actions(session: Session, plan: PlanRecord, said: str, *, by: User) -> None:
    """What becomes of the actions that are not done, as a note of the plan. Raises PlanClosedError without a word."""
    left = left_over(recovery.list_actions(session, plan_ids=[plan.id]).get(plan.id, []))
    if not left:
        return
    if not said:
        raise PlanClosedError(f"{left}. To close the plan, say what becomes of them.")
    month = Period(start=get_today(session).replace(day=1), months=1)
    text = f"Actions left when the plan closed: {said}"
    note = NoteRecord(period=month, text=text, written_by=by.username, written_at=get_now(session))
    recovery.add_note(session, plan_id=plan.id, note=note)


def judge_plan(
    plan_id: int, *, verdict: Verdict, what_worked: str, what_did_not: str, advice: str, version: int, by: User
) -> int:
    """Say whether a closed plan worked and what another service should know. Answers the lesson's id.

    The person has the last word; where it is not that of the figures, it comes with a sentence.
    """
    demand_text("advice", advice, "what you would tell another service")
    demand_text("what_worked", what_worked, "what worked", may_be_empty=True)
    demand_text("what_did_not", what_did_not, "what did not work", may_be_empty=True)
    if verdict is Verdict.GENERAL:
        raise PlanRefusedError([Problem(field="verdict", message="Choose worked, not proven or got worse")])
    with transaction() as session:
        plan, measure = demand_seen(session, plan_id, version, permission=Permission.DRAFT_RECOVERY_PLANS, by=by)
        if plan.status is not PlanStatus.CLOSED:
            raise PlanClosedError("Whether a plan worked is said once it is closed.")
        if find_lesson_of(session, plan_id=plan_id) is not None:
            raise PlanClosedError("This plan was judged already. Its lesson can be corrected among the lessons.")
        figures = verdict_of_figures(session, plan, measure, reader=reader_of(by))
        _demand_why(verdict, figures, what_worked=what_worked, what_did_not=what_did_not)
        move_on(session, plan)
        lesson = LessonRecord(
            title=measure.title,
            what_worked=what_worked.strip(),
            what_did_not=what_did_not.strip(),
            advice=advice.strip(),
            verdict=verdict,
            plan_id=plan_id,
            measure_code=measure.code,
            unit_code=measure.unit_code,
            written_by=by.username,
            written_at=get_now(session),
        )
        lesson_id = add_lesson(session, lesson=lesson)
        said = figures.value if figures else ""
        record(session, plan, "judge recovery plan", by, verdict=verdict.value, figures_say=said, lesson=lesson_id)
        return lesson_id


def _demand_why(verdict: Verdict, figures: Verdict | None, *, what_worked: str, what_did_not: str) -> None:
    """Whoever judges better than the figures says what worked; whoever judges worse, what did not."""
    if figures is None or figures is verdict:
        return
    is_better = figures is Verdict.WORSE or verdict is Verdict.WORKED
    field, name, text = "what_did_not", "what did not work", what_did_not
    if is_better:
        field, name, text = "what_worked", "what worked", what_worked
    if not text.strip():
        said, judged = figures.in_words.lower(), verdict.in_words.lower()
        message = f"The figures say: {said}. To judge it otherwise ({judged}), enter {name}"
        raise PlanRefusedError([Problem(field=field, message=message)])


def _demand_asked(session: Session, plan_id: int, version: int, *, by: User) -> PlanRecord:
    """A plan that someone else asked to have tolerated."""
    plan, _ = demand_open(session, plan_id, version, permission=Permission.AGREE_RECOVERY_PLANS, by=by)
    if plan.asked_until is None:
        raise PlanClosedError("Nobody has asked to tolerate this measure.")
    if by.username == plan.asked_by or (plan.agreed_by is None and by.username == plan.opened_by):
        raise OwnPlanError
    return plan
