"""Do: returns and figures."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from data_access.column_types import OneOf
from data_access.models.base import Base
from performance.figures import FigureStatus
from performance.organisation import ReturnStatus
from performance.values import Absence


class ReturnRow(Base):
    """A service's figures for a reporting period, on their way from draft to approved."""

    __tablename__ = "returns"
    __table_args__ = (
        UniqueConstraint("unit_code", "period_start", "period_months"),
        CheckConstraint("(submitted_by IS NULL) = (submitted_at IS NULL)", name="submission_paired"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decision_paired"),
        CheckConstraint("decided_by IS NULL OR decided_by <> submitted_by", name="two_people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("organisation_units.code"))
    period_start: Mapped[date]
    period_months: Mapped[int]
    status: Mapped[ReturnStatus] = mapped_column(OneOf(ReturnStatus))
    version: Mapped[int] = mapped_column(default=1)
    submitted_by: Mapped[str | None] = mapped_column(String(80))
    submitted_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None]
    question: Mapped[str] = mapped_column(default="")


class FigureRow(Base):
    """Append-only: nothing is updated or deleted, and the unique revision is the optimistic lock."""

    __tablename__ = "figures"
    __table_args__ = (
        UniqueConstraint("measure_code", "area_code", "period_start", "period_months", "revision"),
        Index(None, "area_code", "period_start"),
        CheckConstraint("revision >= 1", name="revision"),
        CheckConstraint("period_months >= 1", name="length"),
        CheckConstraint("denominator IS NULL OR numerator IS NOT NULL", name="numerator_first"),
        CheckConstraint(
            "(CASE WHEN numerator IS NOT NULL THEN 1 ELSE 0 END) + (CASE WHEN value IS NOT NULL THEN 1 ELSE 0 END)"
            " + (CASE WHEN absence IS NOT NULL THEN 1 ELSE 0 END) = 1",
            name="counts_or_value_or_absence",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"))
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"))
    period_start: Mapped[date]
    period_months: Mapped[int]
    revision: Mapped[int]
    numerator: Mapped[Decimal | None]
    denominator: Mapped[Decimal | None]
    value: Mapped[Decimal | None]
    absence: Mapped[Absence | None] = mapped_column(OneOf(Absence))
    status: Mapped[FigureStatus] = mapped_column(OneOf(FigureStatus), default=FigureStatus.FINAL)
    commentary: Mapped[str] = mapped_column(default="")
    return_id: Mapped[int | None] = mapped_column(ForeignKey("returns.id"), index=True)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(80))
