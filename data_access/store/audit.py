"""The audit trail: one event a verb, in the verb's own transaction, each chained by hash to the one before."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import Session

from data_access.models import AuditEventRow
from data_access.store import ledger
from performance.ground.texts import all_legible, legible

_CHAIN_LOCK = 714_016  # PostgreSQL's advisory lock that makes appending to the chain a queue of one
_FIRST = "0" * 64
# Decisions are written down where they hold, so their events list rows; of other verbs some list none.
_DECISIONS = {
    "submit return", "approve return", "return with a question", "grant reopening", "refuse reopening",
    "agree target", "decline target", "agree recovery plan", "adopt plan", "name deputy", "end deputy", "add account",
    "disable account", "reset password", "change password", "give role", "end role",
}  # fmt: skip
_OPERATOR = "operator"
# Where people call a deed otherwise than it has always been recorded: what is hashed keeps its word.
_CALLED = {"approve return": "sign off return"}


@dataclass(frozen=True, kw_only=True)
class AuditEvent:
    """Who did what to what, when; before and after as JSON text, empty where there is none."""

    sequence: int
    at: datetime
    username: str
    verb: str
    subject: str
    before: str
    after: str
    hash: str


def add_event(
    session: Session,
    *,
    at: datetime,
    username: str,
    verb: str,
    subject: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Append to the chain, with digests of the rows that were written since the last event: so it comes last.

    Keep personal text out of `before` and `after`: what is hashed cannot be erased.
    """
    lines = ledger.take_written(session)
    queue_up(session)
    last = session.scalar(select(AuditEventRow).order_by(AuditEventRow.sequence.desc()).limit(1))
    # Made legible before it is hashed, as the columns make it on its way in.
    row = AuditEventRow(
        sequence=last.sequence + 1 if last else 1,
        at=at,
        username=legible(username),
        verb=verb,
        subject=legible(subject),
        before=_as_text(before),
        after=_as_text(after),
        rows_digest=ledger.digest_of(lines),
        previous_hash=last.hash if last else _FIRST,
    )
    row.hash = _hash(row)
    session.add(row)
    session.flush()
    ledger.add_lines(session, sequence=row.sequence, lines=lines)


def queue_up(session: Session) -> None:
    """From here to the end of its transaction the session is the only one that appends to the chain or decides what
    follows from the record: what others wrote before is there to be seen."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _CHAIN_LOCK})


def adopt_rows(session: Session, *, at: datetime) -> None:
    """Vouch for every row as it stands: those from before events listed what they wrote, or that a migration changed.

    Nothing is written where there are no rows.
    """
    if counts := ledger.note_everything(session):
        add_event(session, at=at, username=_OPERATOR, verb=ledger.ADOPTED, subject="", after=counts)


def list_events(
    session: Session, *, verb: str | None = None, username: str | None = None, about: Collection[str] = (),
    wrote: Collection[str] = (), older_than: int | None = None, newest_first: bool = False, limit: int | None = None,
) -> list[AuditEvent]:  # fmt: skip
    """The events of a verb, of a person, from before a number; whose subject holds one of the texts, or which wrote a
    row of one of the codes: where given.
    """
    wanted = select(AuditEventRow)
    if verb is not None:
        wanted = wanted.where(AuditEventRow.verb == verb)
    if username is not None:
        wanted = wanted.where(AuditEventRow.username == username)
    if about or wrote:
        named = [AuditEventRow.subject.icontains(each, autoescape=True) for each in about]
        wanted = wanted.where(or_(*named, AuditEventRow.sequence.in_(ledger.select_events_of(wrote))))
    if older_than is not None:
        wanted = wanted.where(AuditEventRow.sequence < older_than)
    order = AuditEventRow.sequence.desc() if newest_first else AuditEventRow.sequence
    return [
        AuditEvent(
            sequence=row.sequence,
            at=row.at,
            username=row.username,
            verb=row.verb,
            subject=row.subject,
            before=row.before,
            after=row.after,
            hash=row.hash,
        )
        for row in session.scalars(wanted.order_by(order).limit(limit))
    ]


def list_doers(session: Session) -> list[str]:
    """The usernames that some event has, by code point."""
    return sorted(session.scalars(select(AuditEventRow.username).distinct()))


def list_deeds(session: Session) -> list[str]:
    """The verbs that some event has, by code point."""
    return sorted(session.scalars(select(AuditEventRow.verb).distinct()))


def deed_in_words(verb: str) -> str:
    """A deed as the screens call it."""
    return _CALLED.get(verb, verb)


def list_breaks(session: Session) -> Iterator[str]:
    """Walk the chain and say, a sentence each, where it does not hold. Nothing said means it holds.

    The chain alone cannot tell that its newest events were cut off; comparing `last_hash` with a copy kept
    elsewhere can.
    """
    expected_sequence, previous = 1, _FIRST
    for row in session.scalars(select(AuditEventRow).order_by(AuditEventRow.sequence)).yield_per(1000):
        if row.sequence != expected_sequence:
            yield f"Event {expected_sequence} is missing."
        elif row.previous_hash != previous:
            yield f"Event {row.sequence} does not follow from the event before it."
        if row.hash != _hash(row):
            yield f"Event {row.sequence} was changed after it was written."
        expected_sequence, previous = row.sequence + 1, row.hash


def list_events_after(session: Session, *, sequence: int) -> Iterator[str]:
    """A sentence for each kind of event that came later: how many of it, and by whom."""
    kind = (AuditEventRow.verb, AuditEventRow.username)
    query = select(*kind, func.count()).where(AuditEventRow.sequence > sequence).group_by(*kind)
    found = [(str(verb), str(username), int(count)) for verb, username, count in session.execute(query)]
    for verb, username, count in sorted(found):
        yield f"{deed_in_words(verb)} by {username}: {count:,}"


def find_last_hash(session: Session) -> str | None:
    return session.scalar(select(AuditEventRow.hash).order_by(AuditEventRow.sequence.desc()).limit(1))


def list_deeds_without_rows(session: Session) -> Iterator[str]:
    """A sentence for each event that says a decision and wrote no row: it was put there, not made by the app.

    Only events that follow one with a list of rows: those before have none.
    """
    first = select(func.min(AuditEventRow.sequence)).where(AuditEventRow.rows_digest != "").scalar_subquery()
    query = select(AuditEventRow).where(AuditEventRow.sequence > first, AuditEventRow.rows_digest == "")
    for row in session.scalars(query.where(AuditEventRow.verb.in_(_DECISIONS)).order_by(AuditEventRow.sequence)):
        yield f'Event {row.sequence} says "{deed_in_words(row.verb)}" by {row.username}, and wrote nothing.'


def find_sequence(session: Session, *, seal: str) -> int | None:
    """The number of the event with that hash; None where the chain holds none such."""
    return session.scalar(select(AuditEventRow.sequence).where(AuditEventRow.hash == seal))


def _as_text(values: Mapping[str, Any] | None) -> str:
    return "" if values is None else json.dumps(all_legible(values), default=str, sort_keys=True, ensure_ascii=False)


def _hash(row: AuditEventRow) -> str:
    content = [
        row.sequence,
        row.at.isoformat(timespec="microseconds"),
        row.username,
        row.verb,
        row.subject,
        row.before,
        row.after,
        # Events from before rows were listed were hashed without, and still hold.
        *([row.rows_digest] if row.rows_digest else []),
    ]
    return hashlib.sha256((row.previous_hash + json.dumps(content, ensure_ascii=False)).encode()).hexdigest()
