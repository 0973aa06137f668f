"""What people told the council, as records; one that is removed stays stored and is no longer read."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from data_access.models import FeedbackRow
from data_access.store.errors import NotFoundError
from performance.ground.periods import Period
from performance.revise.feedback import Feedback

_SAID = ("kind", "unit_code", "theme", "count", "base", "measure_code", "cause", "learning", "action", "action_role",
         "action_by", "action_id")  # fmt: skip
_RECORDED = ("recorded_by", "recorded_at")


class FeedbackNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such record, or it was removed. Choose one from the list.")


class StaleFeedbackError(Exception):
    """The record is no longer at the version the change was based on."""


def list_feedback(session: Session, *, unit_codes: Collection[str] | None = None) -> list[Feedback]:
    """Every record that stands, the newest period first; of these units where they are given."""
    query = select(FeedbackRow).where(FeedbackRow.removed_at.is_(None))
    if unit_codes is not None:
        query = query.where(FeedbackRow.unit_code.in_(unit_codes))
    return [_feedback(row) for row in session.scalars(query.order_by(FeedbackRow.period_start.desc(), FeedbackRow.id))]


def get_feedback(session: Session, *, feedback_id: int) -> Feedback:
    """Raises FeedbackNotFoundError where there is none, or it was removed."""
    row = session.get(FeedbackRow, feedback_id)
    if row is None or row.removed_at is not None:
        raise FeedbackNotFoundError
    return _feedback(row)


def add_feedback(session: Session, *, record: Feedback) -> int:
    """Keep a record. Answers its id."""
    row = FeedbackRow(**_values(record), **{name: getattr(record, name) for name in _RECORDED})
    session.add(row)
    session.flush()
    return row.id


def save_feedback(session: Session, *, record: Feedback) -> None:
    """Put what it says in place of what is stored, one version on. Raises StaleFeedbackError."""
    _change(session, record, _values(record))


def remove_feedback(session: Session, *, record: Feedback, by: str, at: datetime) -> None:
    """Take it out of what is read. Raises StaleFeedbackError."""
    _change(session, record, {"removed_by": by, "removed_at": at})


def _change(session: Session, record: Feedback, values: dict[str, Any]) -> None:
    found = session.execute(
        update(FeedbackRow)
        .where(FeedbackRow.id == record.id, FeedbackRow.version == record.version, FeedbackRow.removed_at.is_(None))
        .values(values | {"version": record.version + 1})
        .execution_options(synchronize_session="fetch")
        .returning(FeedbackRow.id)
    ).all()
    if not found:
        raise StaleFeedbackError


def _values(record: Feedback) -> dict[str, Any]:
    period = {"period_start": record.period.start, "period_months": record.period.months}
    return {name: getattr(record, name) for name in _SAID} | period


def _feedback(row: FeedbackRow) -> Feedback:
    return Feedback(
        id=row.id,
        version=row.version,
        period=Period(start=row.period_start, months=row.period_months),
        **{name: getattr(row, name) for name in (*_SAID, *_RECORDED)},
    )
