"""The record of mails, which is the list of what is to be sent as well: a mail is taken from it by one job alone."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data_access.models import MailRow
from data_access.store.errors import NotFoundError
from data_access.store.ordering import by_code
from performance.home.mail import KEPT, KEPT_SKIPPED, LONGEST_HAND_OVER, LONGEST_REASON, Mail, MailState, Skip


class MailNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such mail. Open the page again to see those there are.")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the last mail that somebody was sent said, by topic, and how many measures of their part were red then."""

    topics: frozenset[str] = frozenset()
    red: int | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """What becomes of a mail: its new state, and the columns that say why."""

    state: MailState
    values: Mapping[str, Any] = field(default_factory=dict)


def add_mails(session: Session, *, usernames: Iterable[str], day: date) -> None:
    """A mail of the day for each that has none yet; two jobs at once add one."""
    rows = [
        {"username": each, "day": day, "state": MailState.WAITING, "token": secrets.token_hex(12), "address": "",
         "subject": "", "topics": {}, "reason": "", "tries": 0, "version": 1}
        for each in usernames
    ]  # fmt: skip
    if not rows:
        return
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(insert(MailRow).on_conflict_do_nothing(index_elements=["username", "day"]), rows)


def list_due(session: Session, *, day: date, now: datetime) -> list[Mail]:
    """The mails of the day that are to be tried now, by person."""
    query = select(MailRow).where(MailRow.day == day, _is_due(now)).order_by(by_code(MailRow.username))
    return [_mail(row) for row in session.scalars(query)]


def count_to_come(session: Session, *, day: date) -> int:
    """How many mails of the day are still to be tried, now or later."""
    later = and_(MailRow.state == MailState.FAILED, MailRow.next_try.is_not(None))
    query = select(func.count()).where(MailRow.day == day, or_(MailRow.state == MailState.WAITING, later))
    return session.scalar(query) or 0


def list_told(session: Session) -> dict[str, Told]:
    """By person, what the last mail that they were sent said. What is doubtful may never have come, and is not told."""
    last = (
        select(MailRow.username, func.max(MailRow.day).label("day"))
        .where(MailRow.state == MailState.SENT)
        .group_by(MailRow.username)
        .subquery()
    )
    query = select(MailRow).join(last, and_(MailRow.username == last.c.username, MailRow.day == last.c.day))
    return {
        row.username: Told(topics=frozenset(row.topics.get("said", ())), red=row.red) for row in session.scalars(query)
    }


def save_change(session: Session, *, mail: Mail, change: Change) -> bool:
    """Whether the mail was still as it was read, and so was changed: of two who ask at once, one may go on."""
    changed = update(MailRow).where(
        MailRow.id == mail.id, MailRow.version == mail.version, MailRow.state == mail.state
    )  # fmt: skip
    values = {"state": change.state, "version": mail.version + 1, **change.values}
    return bool(session.execute(changed.values(**values)).rowcount)  # type: ignore[attr-defined]  # of an update


def save_outcome(session: Session, *, mail: Mail, tries: int, change: Change) -> bool:
    """What came of handing it over, by whoever did: also where that took so long that it was taken for doubtful."""
    changed = update(MailRow).where(
        MailRow.id == mail.id,
        MailRow.tries == tries,
        MailRow.state.in_([MailState.HANDING_OVER, MailState.DOUBTFUL]),
    )
    values = {"state": change.state, "version": MailRow.version + 1, **change.values}
    return bool(session.execute(changed.values(**values)).rowcount)  # type: ignore[attr-defined]  # of an update


def save_stuck(session: Session, *, now: datetime, reason: str) -> int:
    """What was being handed over by a job that is there no longer is doubtful; answers how many."""
    stuck = update(MailRow).where(
        MailRow.state == MailState.HANDING_OVER, MailRow.handed_over_at <= now - LONGEST_HAND_OVER
    )
    values = {"state": MailState.DOUBTFUL, "reason": reason, "settled_at": now, "version": MailRow.version + 1}
    return int(session.execute(stuck.values(**values)).rowcount)  # type: ignore[attr-defined]  # of an update


def save_overtaken(session: Session, *, day: date, now: datetime) -> None:
    """What was still to be tried of earlier days is said by this day's mail, as far as it still holds."""
    later = and_(MailRow.state == MailState.FAILED, MailRow.next_try.is_not(None))
    old = update(MailRow).where(MailRow.day < day, or_(MailRow.state == MailState.WAITING, later))
    values = {
        "state": MailState.SKIPPED,
        # What the server had said stays behind it.
        "reason": func.substr(literal(f"{Skip.OVERTAKEN.value}. ") + MailRow.reason, 1, LONGEST_REASON),
        "next_try": None,
        "settled_at": now,
        "version": MailRow.version + 1,
    }
    session.execute(old.values(**values))


def remove_old(session: Session, *, day: date) -> None:
    """The record is kept for so long and no longer."""
    skipped = and_(MailRow.state == MailState.SKIPPED, MailRow.day < day - KEPT_SKIPPED)
    session.execute(delete(MailRow).where(or_(skipped, MailRow.day < day - KEPT)))


def list_mails(
    session: Session, *, states: Collection[MailState] = (), older_than: int | None = None, limit: int
) -> list[Mail]:
    """The newest first; of the states, where some are given, and from before a number."""
    query = select(MailRow).order_by(MailRow.id.desc()).limit(limit)
    if states:
        query = query.where(MailRow.state.in_(states))
    if older_than is not None:
        query = query.where(MailRow.id < older_than)
    return [_mail(row) for row in session.scalars(query)]


def list_undecided(session: Session, *, now: datetime) -> list[Mail]:
    """Those that stay as they are until a person says what is to become of them, the newest first."""
    stuck = and_(MailRow.state == MailState.HANDING_OVER, MailRow.handed_over_at <= now - LONGEST_HAND_OVER)
    failed = and_(MailRow.state == MailState.FAILED, MailRow.next_try.is_(None))
    query = select(MailRow).where(or_(MailRow.state == MailState.DOUBTFUL, stuck, failed))
    return [_mail(row) for row in session.scalars(query.order_by(MailRow.id.desc()))]


def count_by_state(session: Session) -> dict[MailState, int]:
    """How many there are of each state."""
    query = select(MailRow.state, func.count()).group_by(MailRow.state)
    return {state: many for state, many in session.execute(query)}


def get_mail(session: Session, *, mail_id: int) -> Mail:
    """The mail, held until the transaction ends. Raises MailNotFoundError."""
    row = session.get(MailRow, mail_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise MailNotFoundError
    return _mail(row)


def _is_due(now: datetime) -> Any:
    return or_(
        MailRow.state == MailState.WAITING, and_(MailRow.state == MailState.FAILED, MailRow.next_try <= now)
    )  # fmt: skip


def _mail(row: MailRow) -> Mail:
    return Mail(
        id=row.id,
        username=row.username,
        day=row.day,
        state=row.state,
        token=row.token,
        version=row.version,
        address=row.address,
        subject=row.subject,
        reason=row.reason,
        tries=row.tries,
        next_try=row.next_try,
        handed_over_at=row.handed_over_at,
        settled_at=row.settled_at,
    )
