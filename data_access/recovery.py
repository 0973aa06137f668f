"""Recovery plans with their milestones, actions and monthly notes; a version moves on with every change."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from data_access.errors import NotFoundError
from data_access.models import ActionRow, AuditEventRow, MeasureRow, MilestoneRow, RecoveryNoteRow, RecoveryPlanRow
from performance.organisation import Action, ActionStatus, Milestone, PlanStatus
from performance.periods import Period


@dataclass(frozen=True, kw_only=True)
class PlanRecord:
    """A recovery plan as stored. `period` is the one whose red called for it; `id` is 0 until it is stored."""

    measure_code: str
    area_code: str
    period: Period
    opened_by: str
    opened_at: datetime
    id: int = 0
    status: PlanStatus = PlanStatus.DRAFTED
    version: int = 1
    cause: str = ""
    agreed_by: str | None = None
    agreed_at: datetime | None = None

    @property
    def reference(self) -> str:
        """What people quote: R-07."""
        return f"R-{self.id:02d}"

    @property
    def is_open(self) -> bool:
        return self.status not in {PlanStatus.CLOSED, PlanStatus.TOLERATED}


@dataclass(frozen=True, kw_only=True)
class NoteRecord:
    """What was said of a plan for a month."""

    period: Period
    text: str
    written_by: str
    written_at: datetime


class PlanNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such recovery plan. Choose one from the list.")


class MilestoneNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("That milestone is no longer in the plan. Open the plan again.")


class ActionNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("That action is no longer in the plan. Open the plan again.")


class StalePlanError(Exception):
    """The plan is no longer at the version the change was based on."""


class OpenPlanExistsError(Exception):
    """The measure has a plan that is not closed."""

    def __init__(self, plan: PlanRecord) -> None:
        super().__init__(plan.reference)
        self.plan = plan


def list_plans(
    session: Session, *, statuses: Collection[PlanStatus] | None = None, measure_codes: Collection[str] | None = None
) -> list[PlanRecord]:
    """Plans, the newest first; only those in the statuses or of the measures, where these are given."""
    query = select(RecoveryPlanRow).order_by(RecoveryPlanRow.opened_at.desc(), RecoveryPlanRow.id.desc())
    if statuses is not None:
        query = query.where(RecoveryPlanRow.status.in_(statuses))
    if measure_codes is not None:
        query = query.where(RecoveryPlanRow.measure_code.in_(measure_codes))
    return [_plan(row) for row in session.scalars(query)]


def get_plan(session: Session, *, plan_id: int) -> PlanRecord:
    row = session.get(RecoveryPlanRow, plan_id)
    if row is None:
        raise PlanNotFoundError
    return _plan(row)


def add_plan(session: Session, *, plan: PlanRecord) -> int:
    """Open a plan. The measure is held meanwhile, so that of two at once the second finds the first's.

    Raises OpenPlanExistsError.
    """
    session.execute(select(MeasureRow.code).where(MeasureRow.code == plan.measure_code).with_for_update())
    for other in list_plans(session, measure_codes=[plan.measure_code]):
        if other.is_open and other.area_code == plan.area_code:
            raise OpenPlanExistsError(other)
    row = RecoveryPlanRow(
        measure_code=plan.measure_code,
        area_code=plan.area_code,
        period_start=plan.period.start,
        period_months=plan.period.months,
        status=plan.status,
        cause=plan.cause,
        opened_by=plan.opened_by,
        opened_at=plan.opened_at,
    )
    session.add(row)
    session.flush()
    return row.id


def save_plan(
    session: Session,
    *,
    plan: PlanRecord,
    status: PlanStatus | None = None,
    cause: str | None = None,
    agreed: tuple[str, datetime] | None = None,
) -> None:
    """Move the plan one version on, with whatever changed. Raises StalePlanError where it has moved already."""
    values: dict[str, Any] = {"version": plan.version + 1, "status": status, "cause": cause}
    if agreed is not None:
        values |= {"agreed_by": agreed[0], "agreed_at": agreed[1]}
    found = session.execute(
        update(RecoveryPlanRow)
        .where(RecoveryPlanRow.id == plan.id, RecoveryPlanRow.version == plan.version)
        .values({name: value for name, value in values.items() if value is not None})
        .execution_options(synchronize_session="fetch")
        .returning(RecoveryPlanRow.id)
    ).all()
    if not found:
        raise StalePlanError


def list_milestones(session: Session, *, plan_ids: Collection[int]) -> dict[int, list[Milestone]]:
    """Milestones by plan, in order of their periods."""
    query = (
        select(MilestoneRow)
        .where(MilestoneRow.plan_id.in_(plan_ids))
        .order_by(MilestoneRow.period_start, MilestoneRow.period_months, MilestoneRow.id)
    )
    found: dict[int, list[Milestone]] = {}
    for row in session.scalars(query):
        found.setdefault(row.plan_id, []).append(_milestone(row))
    return found


def add_milestone(session: Session, *, plan_id: int, number: Decimal, period: Period, note: str) -> int:
    row = MilestoneRow(
        plan_id=plan_id,
        number=number,
        period_start=period.start,
        period_months=period.months,
        original_period_start=period.start,
        note=note,
    )
    session.add(row)
    session.flush()
    return row.id


def save_milestone_moved(session: Session, *, plan_id: int, milestone_id: int, to: Period) -> None:
    """Give a milestone another period; the one it was first set for stays, and the move is counted."""
    row = _get_milestone(session, plan_id, milestone_id)
    row.period_start, row.moves = to.start, row.moves + 1
    session.flush()


def remove_milestone(session: Session, *, plan_id: int, milestone_id: int) -> None:
    session.delete(_get_milestone(session, plan_id, milestone_id))
    session.flush()


def list_actions(session: Session, *, plan_ids: Collection[int]) -> dict[int, list[Action]]:
    """Actions by plan, in the order they were added."""
    query = select(ActionRow).where(ActionRow.plan_id.in_(plan_ids)).order_by(ActionRow.id)
    found: dict[int, list[Action]] = {}
    for row in session.scalars(query):
        found.setdefault(row.plan_id or 0, []).append(_action(row))
    return found


def add_action(session: Session, *, plan_id: int, action: Action) -> int:
    row = ActionRow(
        plan_id=plan_id,
        action=action.action,
        responsible_role=action.responsible_role,
        result=action.result,
        starts_on=action.starts_on,
        ends_on=action.ends_on,
        resources=action.resources,
        status=action.status,
    )
    session.add(row)
    session.flush()
    return row.id


def save_action_status(session: Session, *, plan_id: int, action_id: int, status: ActionStatus) -> None:
    row = session.get(ActionRow, action_id)
    if row is None or row.plan_id != plan_id:
        raise ActionNotFoundError
    row.status = status
    session.flush()


def list_notes(session: Session, *, plan_ids: Collection[int]) -> dict[int, list[NoteRecord]]:
    """Notes by plan, the newest first."""
    query = (
        select(RecoveryNoteRow)
        .where(RecoveryNoteRow.plan_id.in_(plan_ids))
        .order_by(RecoveryNoteRow.written_at.desc(), RecoveryNoteRow.id.desc())
    )
    found: dict[int, list[NoteRecord]] = {}
    for row in session.scalars(query):
        period = Period(start=row.period_start, months=1)
        note = NoteRecord(period=period, text=row.text, written_by=row.written_by, written_at=row.written_at)
        found.setdefault(row.plan_id, []).append(note)
    return found


def add_note(session: Session, *, plan_id: int, note: NoteRecord) -> None:
    session.add(
        RecoveryNoteRow(
            plan_id=plan_id,
            period_start=note.period.start,
            text=note.text,
            written_by=note.written_by,
            written_at=note.written_at,
        )
    )
    session.flush()


def find_last_change(session: Session, *, subject: str) -> tuple[str, datetime] | None:
    """Who last changed a thing, by username, and when."""
    query = select(AuditEventRow).where(AuditEventRow.subject == subject).order_by(AuditEventRow.sequence.desc())
    row = session.scalar(query.limit(1))
    return None if row is None else (row.username, row.at)


def _get_milestone(session: Session, plan_id: int, milestone_id: int) -> MilestoneRow:
    row = session.get(MilestoneRow, milestone_id)
    if row is None or row.plan_id != plan_id:
        raise MilestoneNotFoundError
    return row


def _plan(row: RecoveryPlanRow) -> PlanRecord:
    return PlanRecord(
        id=row.id,
        measure_code=row.measure_code,
        area_code=row.area_code,
        period=Period(start=row.period_start, months=row.period_months),
        status=row.status,
        version=row.version,
        cause=row.cause,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        agreed_by=row.agreed_by,
        agreed_at=row.agreed_at,
    )


def _milestone(row: MilestoneRow) -> Milestone:
    return Milestone(
        id=row.id,
        number=row.number,
        period=Period(start=row.period_start, months=row.period_months),
        original_period=Period(start=row.original_period_start, months=row.period_months),
        moves=row.moves,
        note=row.note,
    )


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
    )
