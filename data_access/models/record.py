"""What holds it together: the audit trail, settings, requests already carried out."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.store.column_types import Line


class AuditEventRow(Base):
    """One event a verb, in the verb's own transaction, each chained by hash to the one before."""

    __tablename__ = "audit_events"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    username: Mapped[str] = mapped_column(Line(80))
    verb: Mapped[str] = mapped_column(Line(80))
    subject: Mapped[str]
    before: Mapped[str] = mapped_column(default="")
    after: Mapped[str] = mapped_column(default="")
    rows_digest: Mapped[str] = mapped_column(Line(64), default="")
    previous_hash: Mapped[str] = mapped_column(Line(64))
    hash: Mapped[str] = mapped_column(Line(64), unique=True)


class RowDigestRow(Base):
    """What an event's transaction wrote: a line for each row, with the digest of what it said then; append-only.

    The digest is empty where the row was taken away. The event holds a digest over all of its lines.
    """

    __tablename__ = "row_digests"

    event_sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    table_name: Mapped[str] = mapped_column(Line(64))
    row_key: Mapped[str]
    digest: Mapped[str] = mapped_column(Line(32))


class VersionRow(Base):
    """Which version a table has, or in it what is one measure's: another whenever some of it was written.

    With no `part` it is the table as a whole; with no `table_name` either, all that there is.
    """

    __tablename__ = "versions"

    table_name: Mapped[str] = mapped_column(Line(64), primary_key=True)
    part: Mapped[str] = mapped_column(Line(32), primary_key=True)
    token: Mapped[str] = mapped_column(Line(16))


class SettingRow(Base):
    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(Line(80), primary_key=True)
    value: Mapped[str]


class RequestRow(Base):
    """A request that was carried out. The same key again gives the same answer and does nothing."""

    __tablename__ = "requests"

    key: Mapped[str] = mapped_column(Line(64), primary_key=True)
    username: Mapped[str] = mapped_column(Line(80))
    verb: Mapped[str] = mapped_column(Line(80))
    answer: Mapped[str]
    at: Mapped[datetime]
