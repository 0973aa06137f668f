"""Mails to people: one a person and day, and where it stands. Its text is never kept."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.store.column_types import Line, OneOf
from performance.home.mail import LONGEST_ADDRESS, LONGEST_REASON, LONGEST_SUBJECT, MailState


class MailRow(Base):
    """`topics` and `red` are what it tells the person, for the next to say what is new since; codes, and no words."""

    __tablename__ = "mails"
    __table_args__ = (
        UniqueConstraint("username", "day"),
        Index(None, "day", "state"),
        CheckConstraint("state <> 'handing over' OR handed_over_at IS NOT NULL", name="handed_over"),
        CheckConstraint("state <> 'sent' OR settled_at IS NOT NULL", name="sent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("people.username"))
    day: Mapped[date]
    state: Mapped[MailState] = mapped_column(OneOf(MailState))
    token: Mapped[str] = mapped_column(Line(32))
    address: Mapped[str] = mapped_column(Line(LONGEST_ADDRESS), default="")
    subject: Mapped[str] = mapped_column(Line(LONGEST_SUBJECT), default="")
    topics: Mapped[dict[str, Any]] = mapped_column(default=dict)
    red: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Line(LONGEST_REASON), default="")
    tries: Mapped[int] = mapped_column(default=0)
    next_try: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
