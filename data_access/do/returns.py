"""Returns: a service's figures for a month, on their way from draft to approved."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_access.models import ReturnQuestionRow, ReturnRow
from data_access.store.errors import NotFoundError
from data_access.store.ordering import by_code
from performance.ground.organisation import Return, ReturnStatus
from performance.ground.periods import Period


class ReturnNotFoundError(NotFoundError):
    def __init__(self, unit_code: str, period: Period) -> None:
        super().__init__(f"{unit_code} has not submitted its figures for {period.in_words}.")


def find_return(session: Session, *, unit_code: str, period: Period) -> Return | None:
    row = session.scalar(_of(unit_code, period))
    return None if row is None else _return(row)


def get_return(session: Session, *, unit_code: str, period: Period) -> Return:
    """The return, held until the transaction ends: nobody submits or decides it meanwhile."""
    return _return(_get_row(session, unit_code, period))


def list_returns(session: Session, *, unit_codes: Collection[str], status: ReturnStatus | None = None) -> list[Return]:
    """Returns of the units, oldest submission first; only those in the status, where one is given."""
    query = select(ReturnRow).where(ReturnRow.unit_code.in_(unit_codes))
    if status is not None:
        query = query.where(ReturnRow.status == status)
    ordered = query.order_by(ReturnRow.submitted_at, by_code(ReturnRow.unit_code), ReturnRow.period_start)
    return [_return(row) for row in session.scalars(ordered)]


def save_draft(session: Session, *, unit_code: str, period: Period) -> int:
    """The return's id, made if need be; held until the transaction ends, so that two submissions queue."""
    draft = ReturnRow(
        unit_code=unit_code,
        period_start=period.start,
        period_months=period.months,
        status=ReturnStatus.DRAFT,
        version=0,
    )
    try:
        return _get_row(session, unit_code, period).id
    except ReturnNotFoundError:
        try:
            with session.begin_nested():
                session.add(draft)
        except IntegrityError:  # made by someone else this very moment
            return _get_row(session, unit_code, period).id
        return draft.id


def save_submission(session: Session, *, unit_code: str, period: Period, by: str, at: datetime) -> Return:
    """Submitted, or submitted again: the version moves on and an earlier decision no longer stands.

    What was asked is kept, for whoever reads the answer.
    """
    row = _get_row(session, unit_code, period)
    row.status, row.version = ReturnStatus.SUBMITTED, row.version + 1
    row.submitted_by, row.submitted_at = by, at
    row.decided_by, row.decided_at = None, None
    session.flush()
    return _return(row)


def save_taken_back(session: Session, *, unit_code: str, period: Period) -> None:
    """In draft again, under the next version: what was submitted is no longer what stands there."""
    row = _get_row(session, unit_code, period)
    row.status, row.version = ReturnStatus.DRAFT, row.version + 1
    row.submitted_by, row.submitted_at = None, None
    session.flush()


def save_decision(
    session: Session,
    *,
    unit_code: str,
    period: Period,
    status: ReturnStatus,
    by: str,
    at: datetime,
    question: str = "",
) -> Return:
    """Approved, or returned with a question."""
    row = _get_row(session, unit_code, period)
    row.status, row.decided_by, row.decided_at, row.question = status, by, at, question
    if status is ReturnStatus.RETURNED:
        row.returned_at = at
    if status is ReturnStatus.APPROVED:
        row.approved_at = at
    session.flush()
    return _return(row)


def add_questions(
    session: Session, *, unit_code: str, period: Period, questions: Mapping[str, str], by: str, at: datetime
) -> None:
    """What was asked about single figures, by measure code, of the version that goes back."""
    row = _get_row(session, unit_code, period)
    session.add_all(
        ReturnQuestionRow(
            return_id=row.id, version=row.version, measure_code=code, question=question, asked_by=by, asked_at=at
        )
        for code, question in questions.items()
    )
    session.flush()


def find_last_questions(session: Session, *, unit_code: str, period: Period) -> dict[str, str]:
    """What was asked about single figures, by measure code, when the return last went back; often nothing."""
    query = (
        select(ReturnQuestionRow.measure_code, ReturnQuestionRow.question)
        .join(ReturnRow, ReturnRow.id == ReturnQuestionRow.return_id)
        .where(
            ReturnRow.unit_code == unit_code,
            ReturnRow.period_start == period.start,
            ReturnRow.period_months == period.months,
            ReturnQuestionRow.asked_at == ReturnRow.returned_at,
        )
        .order_by(by_code(ReturnQuestionRow.measure_code))
    )
    return {code: question for code, question in session.execute(query)}


def _of(unit_code: str, period: Period) -> Select[ReturnRow]:
    return select(ReturnRow).where(
        ReturnRow.unit_code == unit_code,
        ReturnRow.period_start == period.start,
        ReturnRow.period_months == period.months,
    )


def _get_row(session: Session, unit_code: str, period: Period) -> ReturnRow:
    held = _of(unit_code, period).with_for_update().execution_options(populate_existing=True)
    row = session.scalar(held)
    if row is None:
        raise ReturnNotFoundError(unit_code, period)
    return row


def _return(row: ReturnRow) -> Return:
    return Return(
        unit_code=row.unit_code,
        period=Period(start=row.period_start, months=row.period_months),
        status=row.status,
        version=row.version,
        submitted_by=row.submitted_by,
        submitted_at=row.submitted_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        question=row.question,
        returned_at=row.returned_at,
        approved_at=row.approved_at,
    )
