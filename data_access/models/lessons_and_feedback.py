"""What was learnt: lessons, and what people told the council."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.store.column_types import Line, OneOf
from performance.revise.feedback import FeedbackKind
from performance.revise.lessons import Verdict


class LessonRow(Base):
    """What was tried and what came of it; of a recovery plan there is one at most."""

    __tablename__ = "lessons"
    __table_args__ = (CheckConstraint("(withdrawn_by IS NULL) = (withdrawn_at IS NULL)", name="withdrawal_paired"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    what_worked: Mapped[str] = mapped_column(default="")
    what_did_not: Mapped[str] = mapped_column(default="")
    advice: Mapped[str]
    verdict: Mapped[Verdict] = mapped_column(OneOf(Verdict))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("recovery_plans.id"), unique=True)
    measure_code: Mapped[str | None] = mapped_column(ForeignKey("measures.code"))
    unit_code: Mapped[str | None] = mapped_column(ForeignKey("organisation_units.code"))
    written_by: Mapped[str] = mapped_column(Line(80))
    written_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    withdrawn_by: Mapped[str | None] = mapped_column(Line(80))
    withdrawn_at: Mapped[datetime | None]


class FeedbackRow(Base):
    """How many told the council the same about a service in a period, and what came of it. It has no area."""

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint("count >= 1", name="count"),
        CheckConstraint("base IS NULL OR base >= count", name="base"),
        CheckConstraint("(removed_by IS NULL) = (removed_at IS NULL)", name="removal_paired"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[FeedbackKind] = mapped_column(OneOf(FeedbackKind))
    period_start: Mapped[date]
    period_months: Mapped[int]
    unit_code: Mapped[str] = mapped_column(ForeignKey("organisation_units.code"), index=True)
    theme: Mapped[str]
    count: Mapped[int]
    base: Mapped[int | None]
    measure_code: Mapped[str | None] = mapped_column(ForeignKey("measures.code"))
    cause: Mapped[str] = mapped_column(default="")
    learning: Mapped[str] = mapped_column(default="")
    action: Mapped[str] = mapped_column(default="")
    action_role: Mapped[str] = mapped_column(default="")
    action_by: Mapped[date | None]
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"))
    recorded_by: Mapped[str] = mapped_column(Line(80))
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    removed_by: Mapped[str | None] = mapped_column(Line(80))
    removed_at: Mapped[datetime | None]
