"""Questions about figures, with their answers."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.models import ChallengeRow, MeasureRow
from data_access.store.errors import NotFoundError
from performance.ground.periods import Period
from performance.review.quality.challenges import Challenge, ChallengeKind


class ChallengeNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such question. Open the page again to see those there are.")


def list_challenges(
    session: Session,
    *,
    measure_codes: Collection[str] | None = None,
    area_code: str | None = None,
    as_known_at: datetime | None = None,
) -> list[Challenge]:
    """Questions in the order they were asked, as they stand or stood at a past moment."""
    query = select(ChallengeRow).order_by(ChallengeRow.asked_at, ChallengeRow.id)
    if measure_codes is not None:
        query = query.where(ChallengeRow.measure_code.in_(measure_codes))
    if area_code is not None:
        query = query.where(ChallengeRow.area_code == area_code)
    found = (_challenge(row).as_known_at(as_known_at) for row in session.scalars(query))
    return [each for each in found if each is not None]


def get_challenge(session: Session, *, challenge_id: int) -> Challenge:
    """The question, held until the transaction ends: nobody answers it meanwhile. Raises ChallengeNotFoundError."""
    return _challenge(_get_row(session, challenge_id))


def hold_judgements(session: Session, *, measure_code: str) -> None:
    """Nobody else judges a figure of the measure until the transaction ends."""
    session.execute(select(MeasureRow.code).where(MeasureRow.code == measure_code).with_for_update())


def add_challenge(
    session: Session,
    *,
    measure_code: str,
    area_code: str,
    period: Period,
    kind: ChallengeKind,
    text: str,
    by: str,
    at: datetime,
    doubted: str = "",
    revision: int = 0,
    follows: int | None = None,
) -> Challenge:
    row = ChallengeRow(
        measure_code=measure_code,
        area_code=area_code,
        period_start=period.start,
        period_months=period.months,
        kind=kind,
        text=text,
        doubted=doubted,
        revision=revision,
        follows=follows,
        asked_by=by,
        asked_at=at,
        answer="",
        version=1,
    )
    session.add(row)
    session.flush()
    return _challenge(row)


def save_answer(session: Session, *, challenge_id: int, answer: str, by: str, at: datetime) -> Challenge:
    row = _get_row(session, challenge_id)
    row.answer, row.answered_by, row.answered_at, row.version = answer, by, at, row.version + 1
    session.flush()
    return _challenge(row)


def save_settled(session: Session, *, challenge_id: int, by: str, at: datetime) -> Challenge:
    row = _get_row(session, challenge_id)
    row.settled_by, row.settled_at, row.version = by, at, row.version + 1
    session.flush()
    return _challenge(row)


def _get_row(session: Session, challenge_id: int) -> ChallengeRow:
    row = session.get(ChallengeRow, challenge_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise ChallengeNotFoundError
    return row


def _challenge(row: ChallengeRow) -> Challenge:
    return Challenge(
        id=row.id,
        measure_code=row.measure_code,
        area_code=row.area_code,
        period=Period(start=row.period_start, months=row.period_months),
        kind=row.kind,
        text=row.text,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        doubted=row.doubted,
        revision=row.revision,
        follows=row.follows,
        answer=row.answer,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
        version=row.version,
    )
