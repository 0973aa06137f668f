"""The plan: priorities, outcomes, objectives and plans as they stood on a day, their actions and risks."""

import json
from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_access.council.settings_store import get_today
from data_access.models import ActionChangeRow, ActionRow, PlanNodeRow
from data_access.plan.changes import VersionTakenError, add_changes, encode, list_changes
from data_access.store.errors import NotFoundError
from performance.ground.dated import Change, Recording, as_it_stood, differences, version_of
from performance.ground.organisation import Action, ActionStatus, PlanNode
from performance.plan.on_a_page import ActionChange
from performance.plan.refresh import Noun

_NODE_COLUMNS = tuple(each.name for each in fields(PlanNode) if each.name != "evidence")
_ACTION_COLUMNS = tuple(each.name for each in fields(Action) if each.name != "id")


class NodeNotFoundError(NotFoundError):
    def __init__(self, code: str) -> None:
        super().__init__(f'There is no "{code}" in the plan.')


class ActionNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such action in the plan.")


def list_nodes(session: Session, *, on: date | None = None) -> list[PlanNode]:
    """The plan as it stood on the day, in the order the council gave it.

    Without a day every node there is, whatever its dates, as it is worded today.
    """
    found = _worded(session, on=on or get_today(session))
    return [node for node in found if on is None or node.is_valid(on)]


def get_node(session: Session, *, code: str, on: date | None = None) -> PlanNode:
    """One node as it was worded on the day, today unless another is named, whether or not it was in the plan then."""
    row = session.get(PlanNodeRow, code)
    if row is None:
        raise NodeNotFoundError(code)
    return as_it_stood(_node(row), list_node_changes(session, code=code), on=on or get_today(session))


def find_node(session: Session, *, code: str) -> PlanNode | None:
    """The node as it is worded now, if there is one."""
    row = session.get(PlanNodeRow, code)
    return None if row is None else _node(row)


def save_nodes(session: Session, *, nodes: Iterable[PlanNode], recording: Recording) -> None:
    """Add or change nodes of the plan, keeping what changed; parents come first, or are there already.

    Raises VersionTakenError where someone else changed one at this moment.
    """
    stored = {node.code: node for node in _worded(session, on=recording.effective_on)}
    changes = list_changes(session, Noun.NODE)
    for node in nodes:
        before = stored.get(node.code)
        row = {name: getattr(node, name) for name in _NODE_COLUMNS} | {"evidence": "|".join(node.evidence)}
        session.merge(PlanNodeRow(**row))
        session.flush()
        if before and (changed := differences(before, node)):
            version = version_of(changes.get(node.code, ())) + 1
            add_changes(session, Noun.NODE, code=node.code, version=version, changed=changed, recording=recording)


def list_node_changes(session: Session, *, code: str) -> list[Change]:
    """Everything that ever changed about a node, oldest first."""
    return list_changes(session, Noun.NODE, codes=[code]).get(code, [])


def list_actions(
    session: Session, *, node_codes: Collection[str] | None = None, measure_codes: Collection[str] | None = None
) -> list[Action]:
    """Actions of the plan's nodes and of measures (those of recovery plans are read with their plan)."""
    query = _standing_actions()
    if node_codes is not None:
        query = query.where(ActionRow.node_code.in_(node_codes))
    if measure_codes is not None:
        query = query.where(ActionRow.measure_code.in_(measure_codes))
    return [_action(row) for row in session.scalars(query)]


def list_mitigations(session: Session, *, risk_code: str) -> list[Action]:
    """Actions of the plan that are to make a risk smaller."""
    return [_action(row) for row in session.scalars(_standing_actions().where(ActionRow.risk_code == risk_code))]


def list_actions_by_id(session: Session, *, action_ids: Collection[int]) -> dict[int, Action]:
    """Actions of nodes and measures by id, those that were removed left out."""
    return {row.id: _action(row) for row in session.scalars(_standing_actions().where(ActionRow.id.in_(action_ids)))}


def save_actions(session: Session, *, actions: Iterable[Action], recording: Recording) -> None:
    """Add actions of nodes and measures; one with the same place and wording is changed, keeping what it was.

    Raises VersionTakenError where someone else changed one at this moment.
    """
    standing = {_place(row): _action(row) for row in session.scalars(_standing_actions())}
    numbered = select(ActionChangeRow.action_id, func.max(ActionChangeRow.version)).group_by(ActionChangeRow.action_id)
    newest: dict[int, int] = {action_id: version for action_id, version in session.execute(numbered)}
    for action in actions:
        before = standing.get(_place(action))
        if before is None:
            session.add(ActionRow(**_action_fields(action)))
            continue
        after, version = replace(action, id=before.id), newest.get(before.id, 1) + 1
        if after != before:
            change = ActionChange(action_id=before.id, version=version, before=before, after=after, recording=recording)
            save_action_change(session, change=change)
    session.flush()


def save_action_change(session: Session, *, change: ActionChange) -> int:
    """Add, change or remove one action, keeping what it was; answers its id, new where it was added.

    Raises VersionTakenError where someone else changed it at this moment.
    """
    row = session.get(ActionRow, change.action_id) if change.before else ActionRow()
    if row is None:
        raise ActionNotFoundError
    for name, value in _action_fields(change.after).items():
        setattr(row, name, value)
    row.removed_on = change.recording.effective_on if change.after is None else None
    session.add(row)
    session.flush()
    kept = ActionChangeRow(
        action_id=row.id,
        version=change.version,
        before=encode(_action_fields(change.before)),
        after=encode(_action_fields(change.after)),
        effective_on=change.recording.effective_on,
        reason=change.recording.reason,
        recorded_by=change.recording.by,
        recorded_at=change.recording.at,
    )
    try:
        with session.begin_nested():
            session.add(kept)
            session.flush()
    except IntegrityError as fault:
        raise VersionTakenError from fault
    return row.id


def latest_action_version(session: Session, *, action_id: int) -> int:
    """The newest version that was kept; 1 of an action that never changed."""
    newest = select(func.max(ActionChangeRow.version)).where(ActionChangeRow.action_id == action_id)
    return session.scalar(newest) or 1


def list_action_changes(
    session: Session, *, node_codes: Collection[str], measure_codes: Collection[str] = ()
) -> list[ActionChange]:
    """Everything that ever changed about the actions of nodes and measures, those removed included, oldest first."""
    query = (
        select(ActionChangeRow)
        .join(ActionRow, ActionRow.id == ActionChangeRow.action_id)
        .where(ActionRow.node_code.in_(node_codes) | ActionRow.measure_code.in_(measure_codes))
        .order_by(ActionChangeRow.id)
    )
    return [_action_change(row) for row in session.scalars(query)]


def _standing_actions() -> Select[ActionRow]:
    return select(ActionRow).where(ActionRow.plan_id.is_(None), ActionRow.removed_on.is_(None)).order_by(ActionRow.id)


def _place(action: ActionRow | Action) -> tuple[str | None, str | None, str]:
    """What tells one action of the plan from another: where it belongs, and its wording."""
    return action.node_code, action.measure_code, action.action


def _action_fields(action: Action | None) -> dict[str, Any]:
    return {} if action is None else {name: getattr(action, name) for name in _ACTION_COLUMNS}


def _action_change(row: ActionChangeRow) -> ActionChange:
    return ActionChange(
        action_id=row.action_id,
        version=row.version,
        before=_kept_action(row.action_id, row.before),
        after=_kept_action(row.action_id, row.after),
        recording=Recording(by=row.recorded_by, at=row.recorded_at, effective_on=row.effective_on, reason=row.reason),
    )


def _kept_action(action_id: int, text: str) -> Action | None:
    kept: dict[str, Any] = json.loads(text)
    if not kept:
        return None
    days = {name: date.fromisoformat(kept[name]) for name in ("starts_on", "ends_on") if kept[name]}
    return Action(**(kept | days | {"id": action_id, "status": ActionStatus(kept["status"])}))


def _worded(session: Session, *, on: date) -> list[PlanNode]:
    changes = list_changes(session, Noun.NODE)
    rows = session.scalars(select(PlanNodeRow))
    nodes = [as_it_stood(_node(row), changes.get(row.code, ()), on=on) for row in rows]
    return sorted(nodes, key=lambda node: (node.position, node.code))


def _node(row: PlanNodeRow) -> PlanNode:
    evidence = tuple(filter(None, row.evidence.split("|")))
    return PlanNode(evidence=evidence, **{name: getattr(row, name) for name in _NODE_COLUMNS})


def _action(row: ActionRow) -> Action:
    return Action(
        id=row.id,
        action=row.action,
        responsible_role=row.responsible_role,
        result=row.result,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        resources=row.resources,
        status=row.status,
        node_code=row.node_code,
        measure_code=row.measure_code,
        risk_code=row.risk_code,
    )
