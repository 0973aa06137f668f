"""What becomes of a decision of a review meeting: an action, which is put right as the decision is.

It is an action of the open recovery plan that the item is about; or else of the item's measure, the meeting's node, or
its unit's page in the plan.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from cycle.revise._placing import put_right, take_up
from cycle.revise.meetings.guard import MeetingError, MeetingRefusedError, unit_of
from cycle.revise.recovery import guard
from data_access.council.settings_store import get_today
from data_access.do.deliveries import list_deliveries
from data_access.plan.changes import VersionTakenError
from data_access.plan.tree import find_node, list_actions_by_id
from data_access.revise import recovery
from data_access.revise.recovery import PlanRecord
from performance.ground.entry import Problem
from performance.ground.organisation import Action, ActionStatus
from performance.ground.people import User
from performance.ground.periods import day_in_words
from performance.revise.meetings import Meeting, Minuted, ReviewItem

_AGAIN = "{} was changed at this moment. Keep the item again."


def act(session: Session, meeting: Meeting, item: ReviewItem, said: Minuted, *, by: User) -> int | None:
    """The decision as a new action; answers its id.

    Where the whole council has no page of its own, a decision about no measure stands on the memo alone.
    """
    decided = Action(
        id=0,
        action=said.decision,
        responsible_role=said.owner_role,
        result=f"Decided on {day_in_words(meeting.held_on)}, {meeting.forum}",
        starts_on=meeting.held_on,
        ends_on=said.due_on,
    )
    plan = _open_plan(session, item)
    if plan is not None:
        _move_on(session, plan)
        action_id = recovery.add_action(session, plan_id=plan.id, action=decided)
        guard.record(session, plan, "add action", by, action=action_id, ends_on=said.due_on)
        return action_id
    node = find_node(session, code=meeting.scope)
    return take_up(session, decided, measure_code=item.measure_code, node_code=node.code if node else None,
                   unit_code=unit_of(session, meeting.scope), reason=f"Decided in {meeting.reference}",
                   by=by)  # fmt: skip


def act_anew(session: Session, meeting: Meeting, item: ReviewItem, said: Minuted, *, by: User) -> int | None:
    """The action that the decision became, as the decision is now; answers its id, or None where it is taken back.

    Raises MeetingRefusedError where something was said of an action that would be taken back.
    """
    before = actions_by_id(session, [item]).get(item.action_id or 0)
    decided = [(each.decision, each.owner_role, each.due_on) for each in (item, said)]
    if decided[0] == decided[1]:
        return item.action_id  # whatever became of the action meanwhile is not this meeting's to undo
    if before is None:
        return act(session, meeting, item, said, by=by) if said.decision else None
    if not said.decision:
        _demand_untouched(session, before)
    changed: dict[str, Any] = {
        name: now
        for name, then, now in (
            ("action", item.decision, said.decision),
            ("responsible_role", item.owner_role, said.owner_role),
            ("ends_on", item.due_on, said.due_on),
        )
        if then != now
    }
    after = replace(before, **changed) if said.decision else None
    if after != before:
        _change(session, item, before, after, reason=f"Put right in {meeting.reference}", by=by)
    return before.id if after else None


def actions_by_id(session: Session, items: list[ReviewItem]) -> dict[int, Action]:
    """The actions that decisions became, of the plan and of recovery plans."""
    wanted = {each.action_id for each in items if each.action_id is not None}
    plans = {each.plan_id for each in items if each.plan_id is not None}
    of_plans = recovery.list_actions(session, plan_ids=plans) if wanted and plans else {}
    found = {action.id: action for actions in of_plans.values() for action in actions if action.id in wanted}
    return found | list_actions_by_id(session, action_ids=wanted - found.keys())


def actions_of_ended(session: Session, items: Iterable[ReviewItem]) -> frozenset[int]:
    """The ids of actions of recovery plans that have ended: of those nobody says any more how they stand."""
    plans = {each.plan_id for each in items if each.plan_id is not None and each.action_id is not None}
    ended = [number for number in plans if not recovery.get_plan(session, plan_id=number).is_open]
    of_plans = recovery.list_actions(session, plan_ids=ended) if ended else {}
    return frozenset(action.id for actions in of_plans.values() for action in actions)


def _change(session: Session, item: ReviewItem, before: Action, after: Action | None, *, reason: str, by: User) -> None:
    plan = _plan_with(session, item, before)
    if plan is None:
        try:
            put_right(session, before, after, reason=reason, by=by)
        except VersionTakenError as fault:
            raise MeetingError(_AGAIN.format("The action")) from fault
        return
    if not plan.is_open:
        message = f"Recovery plan {plan.reference} has ended, so its action stays. Say in the answer what holds now"
        raise MeetingRefusedError([Problem(field="decision", message=message)])
    _move_on(session, plan)
    today: date = get_today(session)
    if after and after.ends_on and after.ends_on != before.ends_on:
        guard.keep_move(session, plan, before=before.ends_on, after=after.ends_on, because=reason, by=by,
                        action_id=before.id)  # fmt: skip
    recovery.save_action_anew(session, plan_id=plan.id, action_id=before.id, action=after, on=today)
    guard.record(session, plan, "change action" if after else "remove action", by, action=before.id)


def _plan_with(session: Session, item: ReviewItem, action: Action) -> PlanRecord | None:
    """The recovery plan that the action is one of."""
    if item.plan_id is None:
        return None
    of_plan = recovery.list_actions(session, plan_ids=[item.plan_id]).get(item.plan_id, [])
    is_one = any(each.id == action.id for each in of_plan)
    return recovery.get_plan(session, plan_id=item.plan_id) if is_one else None


def _open_plan(session: Session, item: ReviewItem) -> PlanRecord | None:
    plan = recovery.get_plan(session, plan_id=item.plan_id) if item.plan_id is not None else None
    return plan if plan and plan.is_open else None


def _move_on(session: Session, plan: PlanRecord) -> None:
    """Whoever has the plan before them is told that it changed."""
    try:
        guard.move_on(session, plan)
    except guard.PlanError as fault:
        raise MeetingError(
            f"Recovery plan {plan.reference} was changed at this moment. Keep the item again."
        ) from fault


def _demand_untouched(session: Session, action: Action) -> None:
    if action.status is not ActionStatus.NOT_STARTED or list_deliveries(session, action_ids=[action.id]):
        message = (
            "The decision is an action on which work has begun, so it stays. Say in the answer what is decided now"
        )
        raise MeetingRefusedError([Problem(field="decision", message=message)])
