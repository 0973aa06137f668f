"""Review: process limits set anew, questions about figures, saved views, and requests for data."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.store.column_types import Document, Line, OneOf
from performance.review.quality.challenges import ChallengeKind


class SelfAssessmentRow(Base):
    """What a service says of a measure's data for a year; append-only, and the version is the optimistic lock."""

    __tablename__ = "self_assessments"
    __table_args__ = (UniqueConstraint("measure_code", "year_start", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"))
    year_start: Mapped[date]
    version: Mapped[int]
    answers: Mapped[dict[str, Any]]
    assessed_by: Mapped[str] = mapped_column(Line(80))
    assessed_at: Mapped[datetime]


class RebaseRow(Base):
    """From a day on, a measure's process is read anew; one that stands is made once for each day."""

    __tablename__ = "rebases"
    __table_args__ = (
        CheckConstraint("(withdrawn_by IS NULL) = (withdrawn_at IS NULL)", name="withdrawal_paired"),
        Index(
            "one_stands",
            "measure_code",
            "starts_on",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"))
    starts_on: Mapped[date]
    reason: Mapped[str]
    made_by: Mapped[str] = mapped_column(Line(80))
    made_at: Mapped[datetime]
    withdrawn_by: Mapped[str | None] = mapped_column(Line(80))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(default="")


class ChallengeRow(Base):
    """A question about a figure, its answer, and who settled it; the version is the lock."""

    __tablename__ = "challenges"
    __table_args__ = (
        CheckConstraint("(answered_by IS NULL) = (answered_at IS NULL)", name="answer_paired"),
        CheckConstraint("(settled_by IS NULL) = (settled_at IS NULL)", name="settlement_paired"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_code: Mapped[str] = mapped_column(ForeignKey("measures.code"), index=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"))
    period_start: Mapped[date]
    period_months: Mapped[int]
    kind: Mapped[ChallengeKind] = mapped_column(OneOf(ChallengeKind))
    doubted: Mapped[str] = mapped_column(Line(120), default="")
    revision: Mapped[int] = mapped_column(default=0)
    follows: Mapped[int | None] = mapped_column(ForeignKey("challenges.id"))
    text: Mapped[str]
    asked_by: Mapped[str] = mapped_column(Line(80))
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[str | None] = mapped_column(Line(80))
    answered_at: Mapped[datetime | None]
    settled_by: Mapped[str | None] = mapped_column(Line(80))
    settled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class SavedViewRow(Base):
    """What somebody looked at, kept under a name: the page and the query of its address."""

    __tablename__ = "saved_views"
    __table_args__ = (CheckConstraint("(removed_by IS NULL) = (removed_at IS NULL)", name="removal_paired"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Line(120))
    query: Mapped[dict[str, str]] = mapped_column(Document)
    saved_by: Mapped[str] = mapped_column(Line(80))
    saved_at: Mapped[datetime]
    removed_by: Mapped[str | None] = mapped_column(Line(80))
    removed_at: Mapped[datetime | None]


class DataRequestRow(Base):
    """What somebody asked for, and its answer, as a saved view where there is one; the version is the lock."""

    __tablename__ = "data_requests"
    __table_args__ = (CheckConstraint("(answered_by IS NULL) = (answered_at IS NULL)", name="answer_paired"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str]
    asked_for: Mapped[str] = mapped_column(Line(120), default="")
    asked_by: Mapped[str] = mapped_column(Line(80))
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")
    view_id: Mapped[int | None] = mapped_column(ForeignKey("saved_views.id"))
    answered_by: Mapped[str | None] = mapped_column(Line(80))
    answered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
