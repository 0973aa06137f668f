"""Editions for the committees, and what was frozen for them: that is added to and never rewritten. Annual reports, and
the templates that papers are written into."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base, Code
from data_access.store.column_types import Line, OneOf
from performance.report.annual import LONGEST_TITLE
from performance.report.editions import LONGEST_COMMITTEE, Audience
from performance.report.templates import LONGEST_FILE_NAME
from performance.report.words import Place


class EditionRow(Base):
    """An entry of the committee calendar, and the edition that it becomes. Its last freeze is what counts."""

    __tablename__ = "editions"
    __table_args__ = (
        # An index and no constraint: an edition may be given another committee and is the same one still.
        Index("ix_editions_committee_period", "committee", "period_start", "period_months", unique=True),
        CheckConstraint("closes_on <= meets_on", name="closes_before_it_meets"),
        CheckConstraint("(published_by IS NULL) = (published_at IS NULL)", name="publishing_paired"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    committee: Mapped[str] = mapped_column(Line(LONGEST_COMMITTEE))
    period_start: Mapped[date]
    period_months: Mapped[int]
    meets_on: Mapped[date]
    closes_on: Mapped[date]
    audience: Mapped[Audience] = mapped_column(OneOf(Audience))
    kinds: Mapped[str] = mapped_column(Line(200), default="")
    planned_by: Mapped[str] = mapped_column(Line(80))
    published_by: Mapped[str | None] = mapped_column(Line(80))
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class FreezeRow(Base):
    """The figures of an edition as known at a moment; and, as a document, what was restated by then of the committee's
    edition before, and what is said besides measures. Append-only: to freeze again is to add another."""

    __tablename__ = "freezes"
    __table_args__ = (UniqueConstraint("edition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    number: Mapped[int]
    lines: Mapped[int]
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[str] = mapped_column(Line(80))
    before_id: Mapped[int | None] = mapped_column(ForeignKey("freezes.id"))
    restated: Mapped[dict[str, Any]]


class FrozenLineRow(Base):
    """One measure of a freeze, all that was shown of it, as a document. Append-only."""

    __tablename__ = "frozen_lines"

    freeze_id: Mapped[int] = mapped_column(ForeignKey("freezes.id"), primary_key=True)
    measure_code: Mapped[str] = mapped_column(Code, ForeignKey("measures.code"), primary_key=True)
    position: Mapped[int]
    said: Mapped[dict[str, Any]]


class EditionWordsRow(Base):
    """What is written for an edition at one place of its pack, or beside one red."""

    __tablename__ = "edition_words"

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True)
    place: Mapped[Place] = mapped_column(OneOf(Place), primary_key=True)
    measure_code: Mapped[str] = mapped_column(Code, primary_key=True, default="")
    words: Mapped[str]
    said_by: Mapped[str] = mapped_column(Line(80))
    said_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class AnnualReportRow(Base):
    """An annual report with its sections and the choices of its charts, as a document: no query asks for a part."""

    __tablename__ = "annual_reports"
    # An index and no constraint: a report may be named anew and is the same one still.
    __table_args__ = (Index("ix_annual_reports_year_title", "year_start", "title", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Line(LONGEST_TITLE))
    year_start: Mapped[date]
    said: Mapped[dict[str, Any]]
    begun_by: Mapped[str] = mapped_column(Line(80))
    begun_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class PaperTemplateRow(Base):
    """The template that a kind of paper is written into for a program. Without a row it is ours."""

    __tablename__ = "paper_templates"

    kind: Mapped[str] = mapped_column(Line(40), primary_key=True)
    program: Mapped[str] = mapped_column(Line(8), primary_key=True)
    file_name: Mapped[str] = mapped_column(Line(LONGEST_FILE_NAME))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(Line(64))
    uploaded_by: Mapped[str] = mapped_column(Line(80))
    uploaded_at: Mapped[datetime]
