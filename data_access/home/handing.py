"""Rows of things that are handed over, whichever table they are in: taken by one job alone, and what came of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, literal, or_, select, update
from sqlalchemy.orm import Session

from data_access.models import MailRow, ReportSendRow
from performance.home.mail import LONGEST_HAND_OVER, LONGEST_REASON, Handing, MailState

Table = type[MailRow] | type[ReportSendRow]
MAILS: Table = MailRow
REPORTS: Table = ReportSendRow


@dataclass(frozen=True, kw_only=True)
class Change:
    """What becomes of it: its new state, and the columns that say why."""

    state: MailState
    values: Mapping[str, Any] = field(default_factory=dict)


def save_change(session: Session, table: Table, *, handing: Handing, change: Change) -> bool:
    """Whether it was still as it was read, and so was changed: of two who ask at once, one may go on."""
    changed = update(table).where(
        table.id == handing.id, table.version == handing.version, table.state == handing.state
    )  # fmt: skip
    values = {"state": change.state, "version": handing.version + 1, **change.values}
    return bool(session.execute(changed.values(**values)).rowcount)  # type: ignore[attr-defined]  # of an update


def save_outcome(session: Session, table: Table, *, handing: Handing, tries: int, change: Change) -> bool:
    """What came of handing it over, by whoever did: also where that took so long that it was taken for doubtful."""
    changed = update(table).where(
        table.id == handing.id,
        table.tries == tries,
        table.state.in_([MailState.HANDING_OVER, MailState.DOUBTFUL]),
    )
    values = {"state": change.state, "version": table.version + 1, **change.values}
    return bool(session.execute(changed.values(**values)).rowcount)  # type: ignore[attr-defined]  # of an update


def save_stuck(session: Session, table: Table, *, now: datetime, reason: str) -> int:
    """What was being handed over by a job that is there no longer is doubtful; answers how many."""
    values = {"state": MailState.DOUBTFUL, "reason": reason, "settled_at": now, "version": table.version + 1}
    done = session.execute(update(table).where(is_stuck(table, now)).values(**values))
    return int(done.rowcount)  # type: ignore[attr-defined]  # of an update


def save_given_up(session: Session, table: Table, *which: Any, now: datetime, why: str) -> None:
    """Of what is still to be tried, those are tried no more."""
    values = {
        "state": MailState.SKIPPED,
        # What the server had said stays behind it.
        "reason": func.substr(literal(f"{why}. ") + table.reason, 1, LONGEST_REASON),
        "next_try": None,
        "settled_at": now,
        "version": table.version + 1,
    }
    session.execute(update(table).where(*which, is_to_come(table)).values(**values))


def is_due(table: Table, now: datetime) -> Any:
    """To be tried now."""
    failed = and_(table.state == MailState.FAILED, table.next_try <= now)
    return or_(table.state == MailState.WAITING, failed)


def is_to_come(table: Table) -> Any:
    """To be tried, now or later."""
    later = and_(table.state == MailState.FAILED, table.next_try.is_not(None))
    return or_(table.state == MailState.WAITING, later)


def is_stuck(table: Table, now: datetime) -> Any:
    """Whoever was handing it over is there no longer."""
    return and_(table.state == MailState.HANDING_OVER, table.handed_over_at <= now - LONGEST_HAND_OVER)


def is_undecided(table: Table, now: datetime) -> Any:
    """Stays as it is until a person says what is to become of it."""
    failed = and_(table.state == MailState.FAILED, table.next_try.is_(None))
    return or_(table.state == MailState.DOUBTFUL, is_stuck(table, now), failed)


def count_to_come(session: Session, table: Table, *which: Any) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*which, is_to_come(table))) or 0


def handing_values(row: MailRow | ReportSendRow) -> dict[str, Any]:
    """What both tables have, as `Handing` takes it."""
    names = ("id", "day", "state", "token", "version", "address", "subject", "reason", "tries", "next_try",
             "handed_over_at", "settled_at")  # fmt: skip
    return {name: getattr(row, name) for name in names}
