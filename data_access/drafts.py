"""Drafts: the lines of a return as they were typed, kept until they are submitted; the version is the lock."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_access.models import DraftRow
from data_access.ordering import by_code
from performance.periods import Period
from performance.typed import Answer, Draft


class DraftMovedOnError(Exception):
    """The line was saved from elsewhere since it was seen: `theirs` is what stands there."""

    def __init__(self, theirs: Draft) -> None:
        super().__init__("This line was changed from elsewhere meanwhile.")
        self.theirs = theirs


def list_drafts(session: Session, *, unit_code: str, period: Period) -> dict[str, Draft]:
    """What is half typed of a unit's return for a month, by measure code."""
    query = _of_return(unit_code, period).order_by(by_code(DraftRow.measure_code))
    return {row.measure_code: _draft(row) for row in session.scalars(query)}


def save_draft(session: Session, *, unit_code: str, period: Period, draft: Draft, by: str, at: datetime) -> Draft:
    """Keep a line as typed, as the version after the one it names; the same words again change nothing.

    Where the line it was typed over was submitted meanwhile, it begins anew; the revision it is based on tells.
    Raises DraftMovedOnError where the stored version is another one and says something else.
    """
    row = session.scalar(_of_line(unit_code, period, draft).with_for_update())
    if row is None:
        row = _row(unit_code, period, draft)
        row.version, row.answer, row.saved_by, row.saved_at = 1, draft.answer.as_json(), by, at
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError as fault:  # typed elsewhere this very moment
            raise DraftMovedOnError(_draft(session.scalars(_of_line(unit_code, period, draft)).one())) from fault
        return _draft(row)
    stored = _draft(row)
    if stored.answer == draft.answer:
        return stored
    if stored.version != draft.version:
        raise DraftMovedOnError(stored)
    row.version, row.answer, row.saved_by, row.saved_at = row.version + 1, draft.answer.as_json(), by, at
    session.flush()
    return _draft(row)


def remove_drafts(session: Session, *, unit_code: str, period: Period, answers: Iterable[Answer]) -> None:
    """Forget the lines that have become figures. What says something else than was submitted stays."""
    submitted = {answer.measure_code: answer for answer in answers}
    for row in session.scalars(_of_return(unit_code, period).with_for_update()):
        if submitted.get(row.measure_code) == Answer.from_json(row.answer):
            session.delete(row)
    session.flush()


def _of_return(unit_code: str, period: Period) -> Select[DraftRow]:
    return select(DraftRow).where(DraftRow.unit_code == unit_code, DraftRow.return_start == period.start)


def _of_line(unit_code: str, period: Period, draft: Draft) -> Select[DraftRow]:
    return (
        _of_return(unit_code, period)
        .where(
            DraftRow.measure_code == draft.answer.measure_code,
            DraftRow.area_code == draft.area_code,
            DraftRow.period_start == draft.period.start,
            DraftRow.period_months == draft.period.months,
        )
        .execution_options(populate_existing=True)
    )


def _row(unit_code: str, period: Period, draft: Draft) -> DraftRow:
    return DraftRow(
        unit_code=unit_code,
        return_start=period.start,
        measure_code=draft.answer.measure_code,
        area_code=draft.area_code,
        period_start=draft.period.start,
        period_months=draft.period.months,
    )


def _draft(row: DraftRow) -> Draft:
    return Draft(
        answer=Answer.from_json(row.answer),
        area_code=row.area_code,
        period=Period(start=row.period_start, months=row.period_months),
        version=row.version,
        saved_by=row.saved_by,
        saved_at=row.saved_at,
    )
