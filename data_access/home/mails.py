"""The record of mails, which is the list of what is to be sent as well: a mail is taken from it by one job alone."""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data_access.home import handing
from data_access.home.handing import Change
from data_access.models import MailRow
from data_access.store.errors import NotFoundError
from data_access.store.ordering import by_code
from performance.home.mail import KEPT, KEPT_SKIPPED, Mail, MailState, Skip


class MailNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such mail. Open the page again to see those there are.")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the last mail that somebody was sent said, by topic, and how many measures of their part were red then."""

    topics: frozenset[str] = frozenset()
    red: int | None = None


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
    query = select(MailRow).where(MailRow.day == day, handing.is_due(MailRow, now)).order_by(by_code(MailRow.username))
    return [_mail(row) for row in session.scalars(query)]


def count_to_come(session: Session, *, day: date) -> int:
    """How many mails of the day are still to be tried, now or later."""
    return handing.count_to_come(session, MailRow, MailRow.day == day)


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
    """Whether the mail was still as it was read, and so was changed."""
    return handing.save_change(session, MailRow, handing=mail, change=change)


def save_overtaken(session: Session, *, day: date, now: datetime) -> None:
    """What was still to be tried of earlier days is said by this day's mail, as far as it still holds."""
    handing.save_given_up(session, MailRow, MailRow.day < day, now=now, why=Skip.OVERTAKEN.value)


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
    query = select(MailRow).where(handing.is_undecided(MailRow, now))
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


def _mail(row: MailRow) -> Mail:
    return Mail(username=row.username, **handing.handing_values(row))
