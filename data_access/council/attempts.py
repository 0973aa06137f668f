"""Attempts to sign in: counted one after another, so that a hundred at once count as a hundred."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, select, text
from sqlalchemy.orm import Session

from data_access.models import PersonRow, SignInAttemptRow

# PostgreSQL's advisory locks that make attempts at a name, and those from an address, a queue of one.
_NAMES, _ADDRESSES = 714_017, 714_018
_QUEUE = text("SELECT pg_advisory_xact_lock(:kind, hashtext(:key))")


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """Someone at the door: the name they typed, and where; `browser` is the digest of what the browser alone knows."""

    username: str
    address: str
    browser: str | None
    at: datetime


def queue(session: Session, attempt: Attempt) -> None:
    """From here to the end of the transaction no other attempt at the name or from the address is counted."""
    if session.get_bind().dialect.name == "postgresql":  # on SQLite every transaction is alone
        for kind, key in ((_NAMES, attempt.username), (_ADDRESSES, attempt.address)):
            session.execute(_QUEUE, {"kind": kind, "key": key})


def signed_in_here(session: Session, attempt: Attempt, *, since: datetime) -> tuple[bool, bool]:
    """Whether the person signed in since then at this browser, and whether they did from this address."""
    row, succeeded = SignInAttemptRow, _at_name(attempt, since, succeeded=True)
    at_browser = select(exists().where(*succeeded, row.browser == attempt.browser))
    from_address = select(exists().where(*succeeded, row.address == attempt.address))
    return attempt.browser is not None and bool(session.scalar(at_browser)), bool(session.scalar(from_address))


def count_failures(
    session: Session, attempt: Attempt, *, since: datetime, at_browser: bool
) -> tuple[int, datetime | None]:
    """Wrong tries at the name, and when the newest was: from everywhere, or at this browser alone."""
    here = [SignInAttemptRow.browser == attempt.browser] if at_browser else []
    asked = select(func.count(), func.max(SignInAttemptRow.at))
    count, last = session.execute(asked.where(*_at_name(attempt, since, succeeded=False), *here)).one()
    return count, last


def count_unknown_names(session: Session, attempt: Attempt, *, since: datetime) -> int:
    """Wrong tries from the address at names that no account has."""
    row = SignInAttemptRow
    no_such = ~exists().where(PersonRow.username == row.username)
    asked = select(func.count()).where(row.address == attempt.address, row.at >= since, row.succeeded.is_(False))
    return session.scalar(asked.where(no_such)) or 0


def add_attempt(session: Session, attempt: Attempt) -> int:
    """Count it, as failed until it is known to have succeeded; the answer names it."""
    row = SignInAttemptRow(
        username=attempt.username, address=attempt.address, browser=attempt.browser, at=attempt.at, succeeded=False
    )
    session.add(row)
    session.flush()
    return row.id


def save_succeeded(session: Session, *, attempt_id: int, forget_before: datetime) -> None:
    """The attempt was right after all; earlier wrong ones still count. What is older than that is forgotten."""
    session.get_one(SignInAttemptRow, attempt_id).succeeded = True
    session.execute(delete(SignInAttemptRow).where(SignInAttemptRow.at < forget_before))


def _at_name(attempt: Attempt, since: datetime, *, succeeded: bool) -> tuple[ColumnElement[Any], ...]:
    row = SignInAttemptRow
    return row.username == attempt.username, row.at >= since, row.succeeded.is_(succeeded)
