"""Plan: next year's plan while it is drafted, and where each person stands in the golden thread."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base, Code
from data_access.store.column_types import Line, OneOf
from performance.plan.refresh import LineKind, Noun, RefreshState

_IS_DRAFT = "state = 'draft'"


class PlanRefreshRow(Base):
    """The plan of a coming year while it is drafted; once adopted, what it changes stands in register_changes."""

    __tablename__ = "plan_refreshes"
    __table_args__ = (
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decision_paired"),
        CheckConstraint("state = 'draft' OR decided_by IS NOT NULL", name="decided"),
        Index(
            "one_draft_a_day", "starts_on", unique=True, sqlite_where=text(_IS_DRAFT), postgresql_where=text(_IS_DRAFT)
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    starts_on: Mapped[date]
    state: Mapped[RefreshState] = mapped_column(OneOf(RefreshState))
    opened_by: Mapped[str] = mapped_column(Line(80))
    opened_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(Line(80))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")


class RefreshLineRow(Base):
    """What the draft says differently of one node or measure: the fields that change, as JSON."""

    __tablename__ = "plan_refresh_lines"

    refresh_id: Mapped[int] = mapped_column(ForeignKey("plan_refreshes.id"), primary_key=True)
    noun: Mapped[Noun] = mapped_column(OneOf(Noun), primary_key=True)
    code: Mapped[str] = mapped_column(Code, primary_key=True)
    kind: Mapped[LineKind] = mapped_column(OneOf(LineKind))
    content: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    edited_by: Mapped[str] = mapped_column(Line(80))
    edited_at: Mapped[datetime]


class PersonalThreadRow(Base):
    """The team plan, or other node, that a person's work hangs on; picked, or assigned by their manager."""

    __tablename__ = "personal_threads"

    username: Mapped[str] = mapped_column(ForeignKey("people.username"), primary_key=True)
    node_code: Mapped[str] = mapped_column(ForeignKey("plan_nodes.code"))
    chosen_by: Mapped[str] = mapped_column(Line(80))
    chosen_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class OwnObjectiveRow(Base):
    """An objective of a person's own for the appraisal: for them and their manager, in no report and no audit text."""

    __tablename__ = "own_objectives"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("people.username"), index=True)
    text: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime]
    done_on: Mapped[date | None]
    removed_on: Mapped[date | None]
