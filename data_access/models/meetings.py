"""Review meetings and the items of their memos."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base, Code
from data_access.store.column_types import Line, OneOf
from performance.revise.meetings import ItemKind


class ReviewMeetingRow(Base):
    """A meeting of a part of the council: its scorecard is read as known at `known_at`, whenever it is looked at."""

    __tablename__ = "review_meetings"
    __table_args__ = (CheckConstraint("(closed_by IS NULL) = (closed_at IS NULL)", name="closing_paired"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    forum: Mapped[str]
    scope: Mapped[str] = mapped_column(Code, index=True)
    scope_name: Mapped[str]
    held_on: Mapped[date]
    period_start: Mapped[date]
    period_months: Mapped[int]
    known_at: Mapped[datetime]
    attendance: Mapped[str] = mapped_column(default="")
    apologies: Mapped[str] = mapped_column(default="")
    opened_by: Mapped[str] = mapped_column(Line(80))
    closed_by: Mapped[str | None] = mapped_column(Line(80))
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class ReviewItemRow(Base):
    """One item of a memo: the fact and the question as they stood, and what the meeting made of them."""

    __tablename__ = "review_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("review_meetings.id"), index=True)
    position: Mapped[int]
    kind: Mapped[ItemKind] = mapped_column(OneOf(ItemKind))
    rule: Mapped[str] = mapped_column(Line(32), default="")
    measure_code: Mapped[str | None] = mapped_column(ForeignKey("measures.code"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("recovery_plans.id"))
    follows: Mapped[int | None] = mapped_column(ForeignKey("review_items.id"))
    fact: Mapped[str] = mapped_column(default="")
    question: Mapped[str]
    first_question: Mapped[str] = mapped_column(default="")
    dropped_because: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    decision: Mapped[str] = mapped_column(default="")
    owner_role: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    back_until: Mapped[date | None]
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"))
    version: Mapped[int] = mapped_column(default=1)
    changed_by: Mapped[str] = mapped_column(Line(80), default="")
    changed_at: Mapped[datetime | None]
