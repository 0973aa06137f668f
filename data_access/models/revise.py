"""Revise: recovery plans, milestones, notes and actions."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.store.column_types import Line, OneOf
from performance.ground.organisation import ActionStatus, PlanStatus
from performance.revise.course import Course


class RecoveryPlanRow(Base):
    __tablename__ = "recovery_plans"
    __table_args__ = (
        CheckConstraint("(agreed_by IS NULL) = (agreed_at IS NULL)", name="agreement_paired"),
        CheckConstraint("agreed_by IS NULL OR agreed_by <> opened_by", name="two_people"),
        CheckConstraint("status = 'drafted' OR agreed_by IS NOT NULL", name="agreed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"), index=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"))
    period_start: Mapped[date]
    period_months: Mapped[int]
    status: Mapped[PlanStatus] = mapped_column(OneOf(PlanStatus))
    version: Mapped[int] = mapped_column(default=1)
    cause: Mapped[str] = mapped_column(default="")
    opened_by: Mapped[str] = mapped_column(Line(80))
    opened_at: Mapped[datetime]
    agreed_by: Mapped[str | None] = mapped_column(Line(80))
    agreed_at: Mapped[datetime | None]
    partners: Mapped[str] = mapped_column(default="")
    asked_until: Mapped[date | None]
    asked_because: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[str | None] = mapped_column(Line(80))
    tolerated_until: Mapped[date | None]
    ended_because: Mapped[str] = mapped_column(default="")
    kept_by_role: Mapped[str] = mapped_column(default="")
    ended_by: Mapped[str | None] = mapped_column(Line(80))
    ended_at: Mapped[datetime | None]


class RecoveryWhyRow(Base):
    """One of a plan's five whys, with what shows it; each answers the one before."""

    __tablename__ = "recovery_whys"
    __table_args__ = (
        UniqueConstraint("plan_id", "position"),
        CheckConstraint("position BETWEEN 1 AND 5", name="position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("recovery_plans.id"))
    position: Mapped[int]
    why: Mapped[str]
    evidence: Mapped[str] = mapped_column(default="")


class RecoveryShareRow(Base):
    """Another measure that a plan is meant to bring back as well."""

    __tablename__ = "recovery_shares"

    plan_id: Mapped[int] = mapped_column(ForeignKey("recovery_plans.id"), primary_key=True)
    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"), primary_key=True)
    joined_on: Mapped[date | None]


class RecoveryMoveRow(Base):
    """Another date of a milestone (the first day of its period) or of an action's end, moved once the plan was agreed,
    with why; append-only."""

    __tablename__ = "recovery_moves"
    __table_args__ = (CheckConstraint("(milestone_id IS NULL) <> (action_id IS NULL)", name="of_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("recovery_plans.id"), index=True)
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"))
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"))
    before: Mapped[date | None]
    after: Mapped[date]
    because: Mapped[str]
    moved_by: Mapped[str] = mapped_column(Line(80))
    moved_at: Mapped[datetime]


class RecoveryCourseRow(Base):
    """The course a person said a plan is on, against the computed one; append-only. It holds until a newer figure
    than that of its period arrives."""

    __tablename__ = "recovery_courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("recovery_plans.id"), index=True)
    period_start: Mapped[date | None]
    course: Mapped[Course] = mapped_column(OneOf(Course))
    because: Mapped[str]
    said_by: Mapped[str] = mapped_column(Line(80))
    said_at: Mapped[datetime]


class MilestoneRow(Base):
    """A point on the measure's own line. It ticks itself when the figure arrives; nobody sets it by hand."""

    __tablename__ = "milestones"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("recovery_plans.id"), index=True)
    number: Mapped[Decimal]
    period_start: Mapped[date]
    period_months: Mapped[int]
    original_period_start: Mapped[date]
    moves: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")
    measure_code: Mapped[str | None] = mapped_column(Line(32))


class RecoveryNoteRow(Base):
    """What the owner said of the plan for a month; append-only."""

    __tablename__ = "recovery_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("recovery_plans.id"), index=True)
    period_start: Mapped[date]
    text: Mapped[str]
    written_by: Mapped[str] = mapped_column(Line(80))
    written_at: Mapped[datetime]


class ActionRow(Base):
    """Appendix A's columns: action, responsible officer, anticipated result, start, end, resources."""

    __tablename__ = "actions"
    __table_args__ = (
        CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name="dates"),
        CheckConstraint(
            "node_code IS NOT NULL OR measure_code IS NOT NULL OR plan_id IS NOT NULL", name="belongs_somewhere"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    node_code: Mapped[str | None] = mapped_column(ForeignKey("plan_nodes.code"))
    measure_code: Mapped[str | None] = mapped_column(ForeignKey("measures.code"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("recovery_plans.id"), index=True)
    action: Mapped[str]
    responsible_role: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    resources: Mapped[str] = mapped_column(default="")
    status: Mapped[ActionStatus] = mapped_column(OneOf(ActionStatus), default=ActionStatus.NOT_STARTED)
    removed_on: Mapped[date | None]
    effect: Mapped[Decimal | None]
    effect_by: Mapped[date | None]
    original_ends_on: Mapped[date | None]
    moves: Mapped[int] = mapped_column(default=0)
    risk_code: Mapped[str | None] = mapped_column(Line(32))


class ActionChangeRow(Base):
    """An action of the plan as it changed, whole, before and after; append-only. Actions are JSON."""

    __tablename__ = "action_changes"
    __table_args__ = (UniqueConstraint("action_id", "version"), CheckConstraint("version >= 1", name="version"))

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    version: Mapped[int]
    before: Mapped[str]
    after: Mapped[str]
    effective_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str] = mapped_column(Line(80))
    recorded_at: Mapped[datetime]


class DeliveryRow(Base):
    """How an action or a milestone stands in a month, with what shows it; append-only, the newest counts."""

    __tablename__ = "deliveries"
    __table_args__ = (CheckConstraint("(action_id IS NULL) <> (milestone_id IS NULL)", name="one_of_two"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"), index=True)
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"), index=True)
    period_start: Mapped[date]
    status: Mapped[ActionStatus] = mapped_column(OneOf(ActionStatus))
    evidence: Mapped[str] = mapped_column(default="")
    carried_forward: Mapped[bool] = mapped_column(default=False)
    recorded_by: Mapped[str] = mapped_column(Line(80))
    recorded_at: Mapped[datetime]


class DeliveryDraftRow(Base):
    """How one person means to say that an action or a milestone stands, before they save it. `answer` is as typed."""

    __tablename__ = "delivery_drafts"

    username: Mapped[str] = mapped_column(Line(80), primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("organisation_units.code"), primary_key=True)
    period_start: Mapped[date] = mapped_column(primary_key=True)
    line_key: Mapped[str] = mapped_column(Line(40), primary_key=True)
    answer: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
