"""Requests to correct what is locked, and what came of them."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_access.models import ReopeningRow
from data_access.store.errors import NotFoundError
from performance.do.reopening import A_FILE, Reopening
from performance.ground.organisation import ReopeningStatus
from performance.ground.periods import Period


class ReopeningNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such request. Open the page again to see those there are.")


class WaitsAlreadyError(Exception):
    """A request for the same figure of the same month waits for its answer."""


def list_reopenings(
    session: Session, *, unit_codes: Collection[str] | None = None, period: Period | None = None
) -> list[Reopening]:
    """Requests of the units (of all, where none are given) and for the month, where one is; the newest first."""
    query = select(ReopeningRow).order_by(ReopeningRow.id.desc())
    if unit_codes is not None:
        query = query.where(ReopeningRow.unit_code.in_(unit_codes))
    if period is not None:
        query = query.where(ReopeningRow.period_start == period.start, ReopeningRow.period_months == period.months)
    return [_reopening(row) for row in session.scalars(query)]


def get_reopening(session: Session, *, reopening_id: int) -> Reopening:
    """The request, held until the transaction ends: nobody decides it meanwhile. Raises ReopeningNotFoundError."""
    return _reopening(_get_row(session, reopening_id))


def add_reopening(
    session: Session, *, unit_code: str, period: Period, measure_code: str | None, reason: str, by: str, at: datetime
) -> Reopening:
    """A request that waits. Raises WaitsAlreadyError where one for the same figure does."""
    row = ReopeningRow(
        unit_code=unit_code,
        period_start=period.start,
        period_months=period.months,
        measure_code=measure_code,
        reason=reason,
        status=ReopeningStatus.ASKED,
        asked_by=by,
        asked_at=at,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as fault:
        raise WaitsAlreadyError from fault
    return _reopening(row)


def add_correction(
    session: Session, *, unit_code: str, period: Period, measure_code: str, reason: str, by: str, at: datetime
) -> Reopening:
    """What was locked and a file corrected at once: the file asks for it, and whoever brought it in lets it.

    Nothing is opened by it for anybody else.
    """
    row = ReopeningRow(
        unit_code=unit_code,
        period_start=period.start,
        period_months=period.months,
        measure_code=measure_code,
        reason=reason,
        status=ReopeningStatus.CORRECTED,
        asked_by=A_FILE,
        asked_at=at,
        decided_by=by,
        decided_at=at,
    )
    session.add(row)
    session.flush()
    return _reopening(row)


def save_reopening_decided(
    session: Session,
    *,
    reopening_id: int,
    status: ReopeningStatus,
    answer: str,
    open_until: date | None,
    by: str,
    at: datetime,
) -> Reopening:
    """Granted until a day, or refused."""
    row = _get_row(session, reopening_id)
    row.status, row.answer, row.open_until, row.decided_by, row.decided_at = status, answer, open_until, by, at
    session.flush()
    return _reopening(row)


def _get_row(session: Session, reopening_id: int) -> ReopeningRow:
    row = session.get(ReopeningRow, reopening_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise ReopeningNotFoundError
    return row


def _reopening(row: ReopeningRow) -> Reopening:
    return Reopening(
        id=row.id,
        unit_code=row.unit_code,
        period=Period(start=row.period_start, months=row.period_months),
        measure_code=row.measure_code,
        reason=row.reason,
        status=row.status,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        answer=row.answer,
        open_until=row.open_until,
    )
