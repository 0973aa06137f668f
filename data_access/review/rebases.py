"""Rebases: the days from which a measure's process is read anew."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_access.models import RebaseRow
from data_access.store.errors import NotFoundError
from data_access.store.ordering import by_code
from performance.review.rebasing import Rebase


class RebaseNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("These limits were withdrawn already. Open the page again to see those that stand.")


class RebasedAlreadyError(Exception):
    """The same measure was rebased on the same day already."""


def list_rebases(
    session: Session, *, measure_codes: Collection[str], as_known_at: datetime | None = None
) -> dict[str, list[Rebase]]:
    """Those that stand (that stood at a past moment), by measure and in order of their days."""
    query = select(RebaseRow).where(RebaseRow.measure_code.in_(measure_codes))
    if as_known_at is None:
        query = query.where(RebaseRow.withdrawn_at.is_(None))
    else:
        stood = or_(RebaseRow.withdrawn_at.is_(None), RebaseRow.withdrawn_at > as_known_at)
        query = query.where(RebaseRow.made_at <= as_known_at, stood)
    found: dict[str, list[Rebase]] = {}
    for row in session.scalars(query.order_by(by_code(RebaseRow.measure_code), RebaseRow.starts_on, RebaseRow.id)):
        found.setdefault(row.measure_code, []).append(_rebase(row))
    return found


def add_rebase(session: Session, *, measure_code: str, starts_on: date, reason: str, by: str, at: datetime) -> Rebase:
    """One that stands from now on. Raises RebasedAlreadyError where one for the same day does."""
    row = RebaseRow(measure_code=measure_code, starts_on=starts_on, reason=reason, made_by=by, made_at=at)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as fault:
        raise RebasedAlreadyError from fault
    return _rebase(row)


def save_rebase_withdrawn(session: Session, *, rebase_id: int, because: str, by: str, at: datetime) -> Rebase:
    """It stands no longer; what it said then is kept. Raises RebaseNotFoundError."""
    row = session.get(RebaseRow, rebase_id, with_for_update=True, populate_existing=True)
    if row is None or row.withdrawn_at is not None:
        raise RebaseNotFoundError
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_because = by, at, because
    session.flush()
    return _rebase(row)


def _rebase(row: RebaseRow) -> Rebase:
    return Rebase(
        id=row.id,
        measure_code=row.measure_code,
        starts_on=row.starts_on,
        reason=row.reason,
        made_by=row.made_by,
        made_at=row.made_at,
    )
