"""The register: measures with their series breaks, the plan they hang on, its actions and risks."""

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.dates import valid_on
from data_access.errors import NotFoundError
from data_access.models import ActionRow, MeasureRow, PlanNodeRow, RiskRow, SeriesBreakRow
from performance.measures import Measure, SeriesBreak
from performance.organisation import Action, PlanNode, Risk

_MEASURE_COLUMNS = tuple(each.name for each in fields(Measure) if each.name != "breaks")
_NODE_COLUMNS = tuple(each.name for each in fields(PlanNode))
_RISK_COLUMNS = tuple(each.name for each in fields(Risk))


class MeasureNotFoundError(NotFoundError):
    def __init__(self, code: str) -> None:
        super().__init__(f'There is no measure "{code}" in the register.')


class NodeNotFoundError(NotFoundError):
    def __init__(self, code: str) -> None:
        super().__init__(f'There is no "{code}" in the plan.')


def list_measures(
    session: Session,
    *,
    codes: Collection[str] | None = None,
    unit_codes: Collection[str] | None = None,
    objective_codes: Collection[str] | None = None,
) -> list[Measure]:
    """Measures by code with their breaks; only those of the codes, units or objectives, where these are given."""
    query = select(MeasureRow).order_by(MeasureRow.code)
    for column, wanted in (
        (MeasureRow.code, codes),
        (MeasureRow.unit_code, unit_codes),
        (MeasureRow.objective_code, objective_codes),
    ):
        if wanted is not None:
            query = query.where(column.in_(wanted))
    rows = session.scalars(query).all()
    breaks: dict[str, list[SeriesBreak]] = {}
    for row in session.scalars(select(SeriesBreakRow).order_by(SeriesBreakRow.measure_code, SeriesBreakRow.on)):
        breaks.setdefault(row.measure_code, []).append(SeriesBreak(on=row.on, reason=row.reason))
    return [_measure(row, tuple(breaks.get(row.code, ()))) for row in rows]


def find_measure(session: Session, *, code: str) -> Measure | None:
    return next(iter(list_measures(session, codes=[code])), None)


def get_measure(session: Session, *, code: str) -> Measure:
    measure = find_measure(session, code=code)
    if measure is None:
        raise MeasureNotFoundError(code)
    return measure


def save_measures(session: Session, *, measures: Iterable[Measure]) -> None:
    """Add or change measures, and add or reword the breaks they name. A break is never taken away."""
    kept = list(measures)
    for measure in kept:
        session.merge(MeasureRow(**{name: getattr(measure, name) for name in _MEASURE_COLUMNS}))
    session.flush()
    save_breaks(session, breaks=[(measure.code, each) for measure in kept for each in measure.breaks])


def save_breaks(session: Session, *, breaks: Iterable[tuple[str, SeriesBreak]]) -> None:
    """Add or reword breaks in the series of measures, given as pairs of measure code and break."""
    for code, each in breaks:
        session.merge(SeriesBreakRow(measure_code=code, on=each.on, reason=each.reason))
    session.flush()


def list_nodes(session: Session, *, on: date | None = None) -> list[PlanNode]:
    """The plan as it stood on the day (or all of it), in the order the council gave it."""
    query = select(PlanNodeRow).order_by(PlanNodeRow.position, PlanNodeRow.code)
    if on is not None:
        query = query.where(*valid_on(PlanNodeRow, on))
    return [_node(row) for row in session.scalars(query)]


def get_node(session: Session, *, code: str) -> PlanNode:
    row = session.get(PlanNodeRow, code)
    if row is None:
        raise NodeNotFoundError(code)
    return _node(row)


def save_nodes(session: Session, *, nodes: Iterable[PlanNode]) -> None:
    """Add or change nodes of the plan; parents come first, or are there already."""
    for node in nodes:
        session.merge(PlanNodeRow(**{name: getattr(node, name) for name in _NODE_COLUMNS}))
        session.flush()


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


def _measure(row: MeasureRow, breaks: tuple[SeriesBreak, ...]) -> Measure:
    return Measure(breaks=breaks, **{name: getattr(row, name) for name in _MEASURE_COLUMNS})


def _node(row: PlanNodeRow) -> PlanNode:
    return PlanNode(**{name: getattr(row, name) for name in _NODE_COLUMNS})


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
