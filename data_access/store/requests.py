"""Requests already carried out: the same key again gives the same answer and does nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.models import RequestRow


@dataclass(frozen=True, kw_only=True)
class CarriedOut:
    """A request by its key, who made it, and the answer that was given, as text."""

    key: str
    username: str
    verb: str
    answer: str
    at: datetime


def find_request(session: Session, *, key: str) -> CarriedOut | None:
    row = session.get(RequestRow, key)
    if row is None:
        return None
    return CarriedOut(key=row.key, username=row.username, verb=row.verb, answer=row.answer, at=row.at)


def find_key(session: Session, *, verb: str, username: str, at: datetime) -> str:
    """The key of what somebody did at a moment; empty where nothing of it is kept."""
    query = select(RequestRow.key).where(RequestRow.at == at, RequestRow.username == username, RequestRow.verb == verb)
    return session.scalars(query).first() or ""


def add_request(session: Session, *, request: CarriedOut) -> None:
    """Remember a request in its own transaction. The key is unique: of two at once, one fails whole."""
    session.add(
        RequestRow(
            key=request.key,
            username=request.username,
            verb=request.verb,
            answer=request.answer,
            at=request.at,
        )
    )
    session.flush()
