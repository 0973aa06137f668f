"""A past for the demonstration: rows with their own dates and authors, from the texts of seeds/story."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_access.models import (
    ActionRow,
    DeliveryRow,
    MilestoneRow,
    RecoveryNoteRow,
    RecoveryPlanRow,
    ReturnRow,
    RoleHoldingRow,
    TargetRow,
)
from performance.figures import Profile, TargetState
from performance.organisation import ActionStatus, PlanStatus, ReturnStatus
from performance.people import Role
from performance.periods import parse_period

Rows = Iterable[Mapping[str, str]]


def add_returns(session: Session, *, rows: Rows) -> None:
    """Returns of past months, each where it stood on its way."""
    for row in rows:
        period, status = parse_period(row["period"]), ReturnStatus(row["status"])
        decided_at = _moment(row["decided_on"])
        session.add(
            ReturnRow(
                unit_code=row["unit_code"],
                period_start=period.start,
                period_months=period.months,
                status=status,
                submitted_by=row["submitted_by"] or None,
                submitted_at=_moment(row["submitted_on"]),
                decided_by=row["decided_by"] or None,
                decided_at=decided_at,
                approved_at=decided_at if status is ReturnStatus.APPROVED else None,
                question=row["question"],
            )
        )


def add_deputies(session: Session, *, rows: Rows) -> None:
    """Who signs off at a unit in a head's place, from one day to another."""
    session.add_all(
        RoleHoldingRow(
            username=row["username"],
            role=Role.DEPUTY,
            unit_code=row["unit_code"],
            valid_from=date.fromisoformat(row["first_day"]),
            valid_to=date.fromisoformat(row["last_day"]),
        )
        for row in rows
    )


def save_targets_in_time(session: Session) -> None:
    """The register's own targets as agreed on the day their period began, not on the day they were loaded."""
    for row in session.scalars(select(TargetRow).where(TargetRow.imported)):
        began = datetime.combine(row.period_start, time(), UTC)
        row.proposed_at, row.decided_at = min(row.proposed_at, began), min(row.decided_at or began, began)
    session.flush()


def add_targets(session: Session, *, rows: Rows) -> None:
    """Targets proposed or decided in the past, each the next revision for its period."""
    for row in rows:
        period = parse_period(row["period"])
        of_period = (
            TargetRow.measure_code == row["measure_code"],
            TargetRow.area_code == row["area_code"],
            TargetRow.period_start == period.start,
            TargetRow.period_months == period.months,
        )
        last = session.scalar(select(func.max(TargetRow.revision)).where(*of_period)) or 0
        session.add(
            TargetRow(
                measure_code=row["measure_code"],
                area_code=row["area_code"],
                period_start=period.start,
                period_months=period.months,
                revision=last + 1,
                number=_number(row["target"]),
                lower=_number(row["lower"]),
                upper=_number(row["upper"]),
                profile=Profile(row["profile"]) if row["profile"] else None,
                state=TargetState(row["state"]),
                effective_from=date.fromisoformat(row["effective_from"]),
                rationale=row["rationale"],
                baseline=row["baseline"],
                benchmark=row["benchmark"],
                proposed_by=row["proposed_by"],
                proposed_at=_moment(row["proposed_on"]),
                decided_by=row["decided_by"] or None,
                decided_at=_moment(row["decided_on"]),
            )
        )
        session.flush()


def add_recovery(session: Session, *, plans: Rows, milestones: Rows, actions: Rows, notes: Rows) -> None:
    """Recovery plans with what hangs on them; the other rows name their plan by its name in the file."""
    ids = {row["plan"]: _add_plan(session, row) for row in plans}
    for row in milestones:
        period, original = parse_period(row["period"]), parse_period(row["original_period"])
        session.add(
            MilestoneRow(
                plan_id=ids[row["plan"]],
                number=Decimal(row["number"]),
                period_start=period.start,
                period_months=period.months,
                original_period_start=original.start,
                moves=int(period != original),
                note=row["note"],
            )
        )
    for row in actions:
        session.add(
            ActionRow(
                plan_id=ids[row["plan"]],
                action=row["action"],
                responsible_role=row["responsible_role"],
                result=row["result"],
                starts_on=date.fromisoformat(row["starts_on"]),
                ends_on=date.fromisoformat(row["ends_on"]),
                resources=row["resources"],
                status=ActionStatus(row["status"]),
            )
        )
    for row in notes:
        session.add(
            RecoveryNoteRow(
                plan_id=ids[row["plan"]],
                period_start=parse_period(row["period"]).start,
                text=row["text"],
                written_by=row["written_by"],
                written_at=_moment(row["written_on"]),
            )
        )


def add_deliveries(session: Session, *, rows: Rows) -> None:
    """How actions stood month by month; each row names its action by its wording."""
    ids = {action: number for action, number in session.execute(select(ActionRow.action, ActionRow.id))}
    session.add_all(
        DeliveryRow(
            action_id=ids[row["action"]],
            period_start=parse_period(row["period"]).start,
            status=ActionStatus(row["status"]),
            evidence=row["evidence"],
            recorded_by=row["recorded_by"],
            recorded_at=_moment(row["recorded_on"]),
        )
        for row in rows
    )
    session.flush()


def _add_plan(session: Session, row: Mapping[str, str]) -> int:
    period = parse_period(row["period"])
    plan = RecoveryPlanRow(
        measure_code=row["measure_code"],
        area_code=row["area_code"],
        period_start=period.start,
        period_months=period.months,
        status=PlanStatus(row["status"]),
        cause=row["cause"],
        opened_by=row["opened_by"],
        opened_at=_moment(row["opened_on"]),
        agreed_by=row["agreed_by"] or None,
        agreed_at=_moment(row["agreed_on"]),
    )
    session.add(plan)
    session.flush()
    return plan.id


def _moment(day: str) -> datetime | None:
    """Ten in the morning of the day."""
    return datetime.combine(date.fromisoformat(day), time(10), UTC) if day else None


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
