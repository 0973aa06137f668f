"""Revise: how a recovery plan goes, month by month: its actions, what is said of it, and its course."""

from datetime import date

from cycle.ground.milestones import under_way
from cycle.revise.recovery.guard import (
    PlanClosedError,
    PlanRefusedError,
    demand_open,
    demand_reason,
    demand_text,
    keep_move,
    move_on,
    record,
    series_for,
)
from cycle.revise.recovery.view import months_to_note
from data_access.council.settings_store import get_now, get_today
from data_access.do.deliveries import add_delivery
from data_access.revise import recovery, recovery_details
from data_access.revise.recovery import NoteRecord
from data_access.revise.recovery_details import SaidCourse
from data_access.store.database import transaction
from performance.do.delivery import LONGEST_EVIDENCE, Delivery
from performance.ground.entry import Problem
from performance.ground.organisation import ActionStatus
from performance.ground.people import User
from performance.ground.periods import Period, day_in_words
from performance.ground.reckoning.due import numbers
from performance.ground.texts import LONGEST_SENTENCE
from performance.revise.course import Course


def save_action_status(
    plan_id: int, action_id: int, *, status: ActionStatus, shows: str = "", version: int, by: User
) -> None:
    """Say how an action stands this month, as on the return of its service: what is done or late needs words. An agreed
    plan is in progress from the first such word."""
    wanted = {ActionStatus.DONE: "what shows that it is done", ActionStatus.LATE: "why it is late"}.get(status, "")
    demand_text("shows", shows, wanted or "what shows it", may_be_empty=not wanted, at_most=LONGEST_EVIDENCE)
    with transaction() as session:
        plan, _ = demand_open(session, plan_id, version, by=by)
        move_on(session, plan, becomes=under_way(plan))
        recovery.save_action_status(session, plan_id=plan_id, action_id=action_id, status=status)
        said = Delivery(
            period=Period.containing(get_today(session), months=1), status=status, evidence=shows.strip(),
            recorded_by=by.username, recorded_at=get_now(session),
        )  # fmt: skip
        add_delivery(session, delivery=said, action_id=action_id)
        record(session, plan, "update action", by, action=action_id, status=status.value)


def move_action(plan_id: int, action_id: int, *, to: date, because: str = "", version: int, by: User) -> None:
    """Give an action another end. The first one stays in sight, and every move is counted; once the plan is agreed it
    needs a reason, which is kept."""
    with transaction() as session:
        plan, _ = demand_open(session, plan_id, version, by=by)
        actions = recovery.list_actions(session, plan_ids=[plan_id]).get(plan_id, [])
        action = next((each for each in actions if each.id == action_id), None)
        if action is None:
            raise recovery.ActionNotFoundError
        if action.status is ActionStatus.DONE:
            raise PlanClosedError("This action is done. Its end stays as it is.")
        earliest = max(get_today(session), action.starts_on or date.min)
        if to < earliest or to == action.ends_on:
            message = f"The new end must be {day_in_words(earliest)} or later, and another day than now"
            raise PlanRefusedError([Problem(field="to", message=message)])
        demand_reason(plan, because)
        move_on(session, plan)
        recovery.save_action_moved(session, plan_id=plan_id, action_id=action_id, to=to)
        keep_move(session, plan, before=action.ends_on, after=to, because=because, action_id=action_id, by=by)
        record(session, plan, "move action", by, before={"ends_on": action.ends_on}, action=action_id, ends_on=to)


def add_note(plan_id: int, *, month: Period, text: str, version: int, by: User) -> None:
    """Say how the plan goes this month. Notes are kept as they are; an agreed plan is in progress from the first."""
    demand_text("note", text, "what happened this month")
    with transaction() as session:
        plan, _ = demand_open(session, plan_id, version, by=by)
        if month not in months_to_note(get_today(session)):
            raise PlanRefusedError([Problem(field="month", message="Choose this month or one of the three before")])
        move_on(session, plan, becomes=under_way(plan))
        note = NoteRecord(period=month, text=text.strip(), written_by=by.username, written_at=get_now(session))
        recovery.add_note(session, plan_id=plan_id, note=note)
        record(session, plan, "note on recovery plan", by, month=month.iso)


def say_course(plan_id: int, *, course: Course, because: str, version: int, by: User) -> None:
    """Say that the plan is on another course than the one worked out, and why, until the next figure arrives."""
    demand_text("because", because, "why you see its course otherwise", at_most=LONGEST_SENTENCE)
    if course is Course.NOT_KNOWN:
        raise PlanRefusedError([Problem(field="course", message="Choose on course, slipping or off course")])
    with transaction() as session:
        plan, measure = demand_open(session, plan_id, version, by=by)
        if plan.agreed_by is None:
            raise PlanClosedError("A plan has a course once it is agreed.")
        known = numbers(measure, series_for(session, plan, measure).figures)
        newest = max(known, key=lambda period: period.start, default=None)
        move_on(session, plan, becomes=under_way(plan))
        said = SaidCourse(
            course=course,
            because=because.strip(),
            period_start=newest.start if newest else None,
            said_by=by.username,
            said_at=get_now(session),
        )
        recovery_details.add_course(session, plan_id=plan_id, said=said)
        record(session, plan, "say course", by, course=course.value)
