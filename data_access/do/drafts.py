"""Drafts: the lines of a return as they were typed, kept until they are submitted; the version is the lock.

Whose hands typed them is kept for longer: until the return is signed off.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Select, delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_access.models import DraftRow, ReturnHandRow
from data_access.store.ordering import by_code
from performance.do.typed import Answer, Draft
from performance.ground.periods import Period


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
        add_hand(session, unit_code=unit_code, period=period, measure_code=row.measure_code, username=by)
        return _draft(row)
    stored = _draft(row)
    if stored.answer == draft.answer:
        return stored
    if stored.version != draft.version:
        raise DraftMovedOnError(stored)
    row.version, row.answer, row.saved_by, row.saved_at = row.version + 1, draft.answer.as_json(), by, at
    session.flush()
    add_hand(session, unit_code=unit_code, period=period, measure_code=row.measure_code, username=by)
    return _draft(row)


def remove_drafts(session: Session, *, unit_code: str, period: Period, answers: Iterable[Answer]) -> None:
    """Forget the lines that have become figures. What says something else than was submitted stays."""
    submitted = {answer.measure_code: answer for answer in answers}
    for row in session.scalars(_of_return(unit_code, period).with_for_update()):
        if submitted.get(row.measure_code) == Answer.from_json(row.answer):
            session.delete(row)
    session.flush()


def add_hand(session: Session, *, unit_code: str, period: Period, measure_code: str, username: str) -> None:
    """The person typed this line of the return; once is enough."""
    key = (unit_code, period.start, measure_code, username)
    if session.get(ReturnHandRow, key) is not None:
        return
    row = ReturnHandRow(unit_code=unit_code, return_start=period.start, measure_code=measure_code, username=username)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # typed in another tab this very moment
        return


def list_hands(session: Session, *, unit_code: str, period: Period, measure_codes: Collection[str]) -> set[str]:
    """The usernames of those who typed any of these lines since the return was last signed off."""
    hands = ReturnHandRow
    query = select(hands.username).where(hands.unit_code == unit_code, hands.return_start == period.start)
    return set(session.scalars(query.where(hands.measure_code.in_(measure_codes))))


def remove_hands(session: Session, *, unit_code: str, period: Period) -> None:
    """The return is signed off, and begins anew; who typed what is still half typed stays."""
    hands = ReturnHandRow
    half_typed = exists().where(
        DraftRow.unit_code == hands.unit_code,
        DraftRow.return_start == hands.return_start,
        DraftRow.measure_code == hands.measure_code,
    )
    of_return = delete(hands).where(hands.unit_code == unit_code, hands.return_start == period.start)
    session.execute(of_return.where(~half_typed).execution_options(synchronize_session=False))


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
