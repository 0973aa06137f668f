"""Do: returns and figures, what is typed and not yet submitted, the calendar, reopenings, and imports."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.store.column_types import Line, OneOf
from performance.ground.figures import FigureStatus
from performance.ground.organisation import ReopeningStatus, ReturnStatus
from performance.ground.periods import Frequency
from performance.ground.values import Absence


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
    submitted_by: Mapped[str | None] = mapped_column(Line(80))
    submitted_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(Line(80))
    decided_at: Mapped[datetime | None]
    question: Mapped[str] = mapped_column(default="")
    returned_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]


class DraftRow(Base):
    """One line of a return as it was typed, before it is submitted; the version is the lock. `answer` is as typed."""

    __tablename__ = "drafts"
    __table_args__ = (CheckConstraint("version >= 1", name="version"),)

    unit_code: Mapped[str] = mapped_column(ForeignKey("organisation_units.code"), primary_key=True)
    return_start: Mapped[date] = mapped_column(primary_key=True)
    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"), primary_key=True)
    period_start: Mapped[date] = mapped_column(primary_key=True)
    period_months: Mapped[int] = mapped_column(primary_key=True)
    answer: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    saved_by: Mapped[str] = mapped_column(Line(80))
    saved_at: Mapped[datetime]


class ReturnHandRow(Base):
    """Somebody who typed a line of a return since it was last signed off, also where another typed over it."""

    __tablename__ = "return_hands"

    unit_code: Mapped[str] = mapped_column(ForeignKey("organisation_units.code"), primary_key=True)
    return_start: Mapped[date] = mapped_column(primary_key=True)
    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"), primary_key=True)
    username: Mapped[str] = mapped_column(Line(80), primary_key=True)


class ReturnQuestionRow(Base):
    """What an approver asked about one figure when sending a return back; append-only."""

    __tablename__ = "return_questions"
    __table_args__ = (UniqueConstraint("return_id", "version", "measure_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id"))
    version: Mapped[int]
    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"))
    question: Mapped[str]
    asked_by: Mapped[str] = mapped_column(Line(80))
    asked_at: Mapped[datetime]


class ReportingDatesRow(Base):
    """When the figures of a period open, are on time and lock, where the BI team set other days than the rule's."""

    __tablename__ = "reporting_dates"
    __table_args__ = (CheckConstraint("opens_on <= due_on AND due_on <= locks_on", name="dates"),)

    frequency: Mapped[Frequency] = mapped_column(OneOf(Frequency), primary_key=True)
    period_start: Mapped[date] = mapped_column(primary_key=True)
    period_months: Mapped[int] = mapped_column(primary_key=True)
    opens_on: Mapped[date]
    due_on: Mapped[date]
    locks_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    set_by: Mapped[str] = mapped_column(Line(80))
    set_at: Mapped[datetime]


class ReopeningRow(Base):
    """A request to correct what is locked, and what came of it. Without a measure it is for the whole return."""

    __tablename__ = "reopenings"
    __table_args__ = (
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decision_paired"),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="two_people"),
        CheckConstraint("(status = 'asked') = (decided_by IS NULL)", name="decided"),
        CheckConstraint("(status = 'granted') = (open_until IS NOT NULL)", name="for_a_time"),
        Index(
            "one_waits",
            "unit_code",
            "period_start",
            "period_months",
            "measure_code",
            unique=True,
            sqlite_where=text("status = 'asked'"),
            postgresql_where=text("status = 'asked'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("organisation_units.code"), index=True)
    period_start: Mapped[date]
    period_months: Mapped[int]
    measure_code: Mapped[str | None] = mapped_column(ForeignKey("measures.code"))
    reason: Mapped[str]
    status: Mapped[ReopeningStatus] = mapped_column(OneOf(ReopeningStatus))
    asked_by: Mapped[str] = mapped_column(Line(80))
    asked_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(Line(80))
    decided_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    open_until: Mapped[date | None]


class ImportRunRow(Base):
    """A file of figures that was brought in: how many rows, what became of them, who and when; append-only."""

    __tablename__ = "import_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    content: Mapped[str] = mapped_column(Line(64))
    rows: Mapped[int]
    added: Mapped[int]
    revised: Mapped[int]
    same: Mapped[int]
    empty: Mapped[int]
    refused: Mapped[int]
    problems: Mapped[dict[str, Any]]
    returns: Mapped[str] = mapped_column(default="")
    imported_by: Mapped[str] = mapped_column(Line(80))
    imported_at: Mapped[datetime]


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
    expected_on: Mapped[date | None]
    confirmed_checks: Mapped[str] = mapped_column(default="")
    reopening_id: Mapped[int | None] = mapped_column(ForeignKey("reopenings.id"))
    return_id: Mapped[int | None] = mapped_column(ForeignKey("returns.id"), index=True)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(Line(80))


class DisclosureRow(Base):
    """That it was decided which figures of a measure small counts hide, and a digest of the rules it was decided by."""

    __tablename__ = "disclosures"

    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"), primary_key=True)
    decided_by: Mapped[str] = mapped_column(Line(64))


class HiddenFigureRow(Base):
    """A figure that only those may read who see small counts of people; in all its revisions."""

    __tablename__ = "hidden_figures"

    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"), primary_key=True)
    period_start: Mapped[date] = mapped_column(primary_key=True)
    period_months: Mapped[int] = mapped_column(primary_key=True)
