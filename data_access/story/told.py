"""A past for the demonstration: rows with their own dates and authors, from the texts of seeds/story."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from urllib.parse import parse_qsl

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_access.models import (
    ActionRow,
    ChallengeRow,
    DataRequestRow,
    DeliveryRow,
    ReturnRow,
    RoleHoldingRow,
    SavedViewRow,
    TargetRow,
)
from performance.ground.figures import Profile, TargetState
from performance.ground.organisation import ActionStatus, ReturnStatus
from performance.ground.people import Role
from performance.ground.periods import parse_period
from performance.review.quality.challenges import ChallengeKind

Rows = Iterable[Mapping[str, str]]


def add_returns(session: Session, *, rows: Rows) -> None:
    """Returns of past months, each where it stood on its way."""
    for row in rows:
        period, status = parse_period(row["period"]), ReturnStatus(row["status"])
        decided_at = moment(row["decided_on"])
        session.add(
            ReturnRow(
                unit_code=row["unit_code"],
                period_start=period.start,
                period_months=period.months,
                status=status,
                submitted_by=row["submitted_by"] or None,
                submitted_at=moment(row["submitted_on"]),
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
                proposed_at=moment(row["proposed_on"]),
                decided_by=row["decided_by"] or None,
                decided_at=moment(row["decided_on"]),
            )
        )
        session.flush()


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
            recorded_at=moment(row["recorded_on"]),
        )
        for row in rows
    )
    session.flush()


def add_challenges(session: Session, *, rows: Rows) -> None:
    """Questions about figures, each where it stands; a doubt is about the figure's first revision."""
    for row in rows:
        period, kind = parse_period(row["period"]), ChallengeKind(row["kind"])
        session.add(
            ChallengeRow(
                measure_code=row["measure_code"],
                area_code=row["area_code"],
                period_start=period.start,
                period_months=period.months,
                kind=kind,
                doubted=row["doubted"],
                revision=0 if kind is ChallengeKind.QUESTION else 1,
                text=row["text"],
                asked_by=row["asked_by"],
                asked_at=moment(row["asked_on"]),
                answer=row["answer"],
                answered_by=row["answered_by"] or None,
                answered_at=moment(row["answered_on"]),
                settled_by=row["settled_by"] or None,
                settled_at=moment(row["settled_on"]),
                version=1 + bool(row["answered_on"]) + bool(row["settled_on"]),
            )
        )
    session.flush()


def add_saved_views(session: Session, *, rows: Rows) -> None:
    """Views of the Explorer; `query` is as in its address."""
    session.add_all(
        SavedViewRow(
            title=row["title"],
            query=dict(parse_qsl(row["query"])),
            saved_by=row["saved_by"],
            saved_at=moment(row["saved_on"]),
        )
        for row in rows
    )
    session.flush()


def add_data_requests(session: Session, *, rows: Rows) -> None:
    """Requests for data, each with its answer where it has one; a view goes by its title."""
    ids = {title: number for title, number in session.execute(select(SavedViewRow.title, SavedViewRow.id))}
    session.add_all(
        DataRequestRow(
            question=row["question"],
            asked_for=row["asked_for"],
            asked_by=row["asked_by"],
            asked_at=moment(row["asked_on"]),
            answer=row["answer"],
            view_id=ids[row["view"]] if row["view"] else None,
            answered_by=row["answered_by"] or None,
            answered_at=moment(row["answered_on"]),
            version=1 + bool(row["answered_on"]),
        )
        for row in rows
    )
    session.flush()


def moment(day: str) -> datetime | None:
    """Ten in the morning of the day."""
    return datetime.combine(date.fromisoformat(day), time(10), UTC) if day else None


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
