"""Recovery plans with their milestones, actions and monthly notes; a version moves on with every change."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from data_access.models import (
    ActionRow,
    AuditEventRow,
    MeasureRow,
    MilestoneRow,
    RecoveryNoteRow,
    RecoveryPlanRow,
    RecoveryShareRow,
)
from data_access.store.errors import NotFoundError
from performance.ground.organisation import Action, ActionStatus, Milestone, PlanStatus
from performance.ground.periods import Period
from performance.revise.recovery import plan_reference


@dataclass(frozen=True, kw_only=True)
class PlanRecord:
    """A recovery plan as stored. `period` is the one whose red called for it; `id` is 0 until it is stored.

    `asked_*` is the question whether the measure may stay as it is until a day; `ended_*` how a plan was closed or
    tolerated; `kept_by_role` is who keeps the measure where the plan brought it.
    """

    measure_code: str
    area_code: str
    period: Period
    opened_by: str
    opened_at: datetime
    id: int = 0
    status: PlanStatus = PlanStatus.DRAFTED
    version: int = 1
    cause: str = ""
    partners: str = ""
    agreed_by: str | None = None
    agreed_at: datetime | None = None
    asked_until: date | None = None
    asked_because: str = ""
    asked_by: str | None = None
    tolerated_until: date | None = None
    ended_because: str = ""
    kept_by_role: str = ""
    ended_by: str | None = None
    ended_at: datetime | None = None

    @property
    def reference(self) -> str:
        """What people quote: R-07."""
        return plan_reference(self.id)

    @property
    def is_open(self) -> bool:
        return self.status not in {PlanStatus.CLOSED, PlanStatus.TOLERATED}

    @property
    def is_asked(self) -> bool:
        """Whether somebody waits to hear if the measure is tolerated."""
        return self.is_open and self.asked_until is not None

    def stands_on(self, day: date) -> bool:
        """Whether it answers a red on the day: while it is open, or tolerated until a later day."""
        return self.is_open or (self.tolerated_until is not None and day <= self.tolerated_until)


@dataclass(frozen=True, kw_only=True)
class NoteRecord:
    """What was said of a plan for a month."""

    period: Period
    text: str
    written_by: str
    written_at: datetime


# What of a plan may change once it is opened.
_CHANGES = ("status", "cause", "partners", "agreed_by", "agreed_at", "asked_until", "asked_because", "asked_by",
            "tolerated_until", "ended_because", "kept_by_role", "ended_by", "ended_at")  # fmt: skip


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


def find_open(session: Session, *, measure_code: str, area_code: str) -> PlanRecord | None:
    """The open plan that is meant to bring the measure back in the area, its own or one it shares."""
    shared = select(RecoveryShareRow.plan_id).where(RecoveryShareRow.measure_code == measure_code)
    of_measure = or_(RecoveryPlanRow.measure_code == measure_code, RecoveryPlanRow.id.in_(shared))
    query = select(RecoveryPlanRow).where(of_measure, RecoveryPlanRow.area_code == area_code)
    return next((plan for plan in map(_plan, session.scalars(query)) if plan.is_open), None)


def hold_open(session: Session, *, measure_code: str, area_code: str) -> PlanRecord | None:
    """The same, with the measure held until the transaction ends: of two who give it a plan at once, the second finds
    the first's."""
    session.execute(select(MeasureRow.code).where(MeasureRow.code == measure_code).with_for_update())
    return find_open(session, measure_code=measure_code, area_code=area_code)


def add_plan(session: Session, *, plan: PlanRecord) -> int:
    """Open a plan. Raises OpenPlanExistsError."""
    if other := hold_open(session, measure_code=plan.measure_code, area_code=plan.area_code):
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


def save_plan(session: Session, *, plan: PlanRecord, becomes: PlanRecord | None = None) -> None:
    """Move the plan one version on, to what it becomes. Raises StalePlanError where it has moved already."""
    values = {name: getattr(becomes or plan, name) for name in _CHANGES} | {"version": plan.version + 1}
    found = session.execute(
        update(RecoveryPlanRow)
        .where(RecoveryPlanRow.id == plan.id, RecoveryPlanRow.version == plan.version)
        .values(values)
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


def add_milestone(
    session: Session, *, plan_id: int, number: Decimal, period: Period, note: str, measure_code: str | None = None
) -> int:
    row = MilestoneRow(
        plan_id=plan_id,
        number=number,
        period_start=period.start,
        period_months=period.months,
        original_period_start=period.start,
        note=note,
        measure_code=measure_code,
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
    of_plans = (ActionRow.plan_id.in_(plan_ids), ActionRow.removed_on.is_(None))
    query = select(ActionRow).where(*of_plans).order_by(ActionRow.id)
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
        effect=action.effect,
        effect_by=action.effect_by,
        original_ends_on=action.ends_on,
    )
    session.add(row)
    session.flush()
    return row.id


def save_action_moved(session: Session, *, plan_id: int, action_id: int, to: date) -> None:
    """Give an action another end; the first stays, and the move is counted. Raises ActionNotFoundError."""
    row = _get_action(session, plan_id, action_id)
    row.original_ends_on = row.original_ends_on or row.ends_on
    row.ends_on, row.moves = to, row.moves + 1
    session.flush()


def save_action_anew(session: Session, *, plan_id: int, action_id: int, action: Action | None, on: date) -> None:
    """Word an action anew, with whose it is and when it ends, which counts as a move; or take it back on a day.

    Raises ActionNotFoundError.
    """
    row = _get_action(session, plan_id, action_id)
    if action is None:
        row.removed_on = on
    else:
        row.action, row.responsible_role = action.action, action.responsible_role
        if action.ends_on is not None and action.ends_on != row.ends_on:
            save_action_moved(session, plan_id=plan_id, action_id=action_id, to=action.ends_on)
    session.flush()


def save_action_status(session: Session, *, plan_id: int, action_id: int, status: ActionStatus) -> None:
    row = _get_action(session, plan_id, action_id)
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


def _get_action(session: Session, plan_id: int, action_id: int) -> ActionRow:
    row = session.get(ActionRow, action_id)
    if row is None or row.plan_id != plan_id:
        raise ActionNotFoundError
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
        partners=row.partners,
        asked_until=row.asked_until,
        asked_because=row.asked_because,
        asked_by=row.asked_by,
        tolerated_until=row.tolerated_until,
        ended_because=row.ended_because,
        kept_by_role=row.kept_by_role,
        ended_by=row.ended_by,
        ended_at=row.ended_at,
    )


def _milestone(row: MilestoneRow) -> Milestone:
    return Milestone(
        id=row.id,
        number=row.number,
        period=Period(start=row.period_start, months=row.period_months),
        original_period=Period(start=row.original_period_start, months=row.period_months),
        moves=row.moves,
        note=row.note,
        measure_code=row.measure_code,
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
        effect=row.effect,
        effect_by=row.effect_by,
        original_ends_on=row.original_ends_on,
        moves=row.moves,
    )
