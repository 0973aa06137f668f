"""What is handed over to other machines: mails to people, one a person and day, and reports that go out by themselves.
What they said is never kept."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.store.column_types import Line, OneOf
from performance.home.mail import LONGEST_ADDRESS, LONGEST_REASON, LONGEST_SUBJECT, MailState
from performance.report.schedules import LONGEST_ABOUT, LONGEST_FOLDER, LONGEST_PLACE, Often, ReportKind, Way, WhomKind

_BEGUN = "state <> 'handing over' OR handed_over_at IS NOT NULL"
_SENT = "state <> 'sent' OR settled_at IS NOT NULL"


class Handed:
    """How a thing that is handed over stands, in one state at a time (ADR 25)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    state: Mapped[MailState] = mapped_column(OneOf(MailState))
    token: Mapped[str] = mapped_column(Line(32))
    address: Mapped[str] = mapped_column(Line(LONGEST_ADDRESS), default="")
    subject: Mapped[str] = mapped_column(Line(LONGEST_SUBJECT), default="")
    red: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Line(LONGEST_REASON), default="")
    tries: Mapped[int] = mapped_column(default=0)
    next_try: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class MailRow(Handed, Base):
    """`topics` and `red` are what it tells the person, for the next to say what is new since; codes, and no words."""

    __tablename__ = "mails"
    __table_args__ = (
        UniqueConstraint("username", "day"),
        Index(None, "day", "state"),
        CheckConstraint(_BEGUN, name="handed_over"),
        CheckConstraint(_SENT, name="sent"),
    )

    username: Mapped[str] = mapped_column(ForeignKey("people.username"))
    topics: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ScheduleRow(Base):
    """A report that goes out by itself. `about` is a code or a number of whatever the report is about."""

    __tablename__ = "schedules"
    __table_args__ = (CheckConstraint("way <> 'folder' OR folder <> ''", name="folder_named"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report: Mapped[ReportKind] = mapped_column(OneOf(ReportKind))
    about: Mapped[str] = mapped_column(Line(LONGEST_ABOUT), default="")
    ending: Mapped[str] = mapped_column(Line(8))
    way: Mapped[Way] = mapped_column(OneOf(Way))
    whom_kind: Mapped[WhomKind] = mapped_column(OneOf(WhomKind))
    whom: Mapped[str] = mapped_column(Line(LONGEST_ABOUT))
    often: Mapped[Often] = mapped_column(OneOf(Often))
    since: Mapped[date]
    folder: Mapped[str] = mapped_column(Line(LONGEST_FOLDER), default="")
    place: Mapped[str] = mapped_column(Line(LONGEST_PLACE), default="")
    skips_unchanged: Mapped[bool]
    planned_by: Mapped[str] = mapped_column(Line(80))
    stopped_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)


class ReportSendRow(Handed, Base):
    """A report to one person on one occasion, or to nobody by name: into a folder. `said` is a digest of what it says,
    and `red` how many measures were red, for the next to say what is new since; `report` and `about` what it was of, as
    it was handed over, whatever the schedule says later. One that there is none of yet was last looked for on
    `looked_on`."""

    __tablename__ = "report_sends"
    __table_args__ = (
        UniqueConstraint("schedule_id", "occasion", "recipient"),
        Index(None, "state"),
        CheckConstraint(_BEGUN, name="handed_over"),
        CheckConstraint(_SENT, name="sent"),
    )

    schedule_id: Mapped[int] = mapped_column(ForeignKey("schedules.id"))
    occasion: Mapped[str] = mapped_column(Line(40))
    recipient: Mapped[str] = mapped_column(Line(80), default="")
    said: Mapped[str] = mapped_column(Line(64), default="")
    report: Mapped[ReportKind | None] = mapped_column(OneOf(ReportKind))
    about: Mapped[str | None] = mapped_column(Line(LONGEST_ABOUT))
    looked_on: Mapped[date | None]
