"""The plan: priorities, outcomes, objectives and plans as they stood on a day, their actions and risks."""

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.changes import add_changes, list_changes
from data_access.errors import NotFoundError
from data_access.models import ActionRow, PlanNodeRow, RiskRow
from data_access.settings_store import get_today
from performance.dated import Change, Recording, as_it_stood, differences, version_of
from performance.organisation import Action, PlanNode, Risk
from performance.refresh import Noun

_NODE_COLUMNS = tuple(each.name for each in fields(PlanNode) if each.name != "evidence")
_RISK_COLUMNS = tuple(each.name for each in fields(Risk))


class NodeNotFoundError(NotFoundError):
    def __init__(self, code: str) -> None:
        super().__init__(f'There is no "{code}" in the plan.')


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
    query = select(ActionRow).where(ActionRow.plan_id.is_(None)).order_by(ActionRow.id)
    if node_codes is not None:
        query = query.where(ActionRow.node_code.in_(node_codes))
    if measure_codes is not None:
        query = query.where(ActionRow.measure_code.in_(measure_codes))
    return [_action(row) for row in session.scalars(query)]


def save_actions(session: Session, *, actions: Iterable[Action]) -> None:
    """Add actions of nodes and measures, or change those with the same place and wording."""
    query = select(ActionRow).where(ActionRow.plan_id.is_(None)).order_by(ActionRow.id)
    rows = {(row.node_code, row.measure_code, row.action): row for row in session.scalars(query)}
    for action in actions:
        row = rows.get((action.node_code, action.measure_code, action.action))
        if row is None:
            row = ActionRow(node_code=action.node_code, measure_code=action.measure_code, action=action.action)
            session.add(row)
        row.responsible_role, row.result, row.resources = action.responsible_role, action.result, action.resources
        row.starts_on, row.ends_on, row.status = action.starts_on, action.ends_on, action.status
    session.flush()


def list_risks(session: Session) -> list[Risk]:
    return [
        Risk(**{name: getattr(row, name) for name in _RISK_COLUMNS})
        for row in session.scalars(select(RiskRow).order_by(RiskRow.code))
    ]


def save_risks(session: Session, *, risks: Iterable[Risk]) -> None:
    for risk in risks:
        session.merge(RiskRow(**{name: getattr(risk, name) for name in _RISK_COLUMNS}))
    session.flush()


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
    )
