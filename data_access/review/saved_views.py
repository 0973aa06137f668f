"""Saved views, and requests for data with their answers."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.models import DataRequestRow, SavedViewRow
from data_access.store.errors import NotFoundError
from performance.ground.reading_order import as_read
from performance.review.saved_views import DataRequest, SavedView


class ViewNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such view, or it was removed. Choose one from the list.")


class RequestNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such request. Open the page again to see those there are.")


def list_views(session: Session) -> list[SavedView]:
    """Those that were not removed, by title as it is read."""
    found = map(_view, session.scalars(select(SavedViewRow).where(SavedViewRow.removed_at.is_(None))))
    return sorted(found, key=lambda view: (as_read(view.title), view.id))


def get_view(session: Session, *, view_id: int) -> SavedView:
    """One that was not removed. Raises ViewNotFoundError."""
    row = session.get(SavedViewRow, view_id)
    if row is None or row.removed_at is not None:
        raise ViewNotFoundError
    return _view(row)


def add_view(session: Session, *, title: str, query: dict[str, str], by: str, at: datetime) -> SavedView:
    row = SavedViewRow(title=title, query=query, saved_by=by, saved_at=at)
    session.add(row)
    session.flush()
    return _view(row)


def save_view_removed(session: Session, *, view_id: int, by: str, at: datetime) -> None:
    """It is listed no longer; what it held is kept. Raises ViewNotFoundError."""
    row = session.get(SavedViewRow, view_id, with_for_update=True, populate_existing=True)
    if row is None or row.removed_at is not None:
        raise ViewNotFoundError
    row.removed_by, row.removed_at = by, at
    session.flush()


def list_requests(session: Session, *, words: str = "") -> list[DataRequest]:
    """Requests whose question or answer holds the words, in any case; the newest first.

    Looked for here: SQLite knows only the capitals of English, and would not find "Élan" by "élan".
    """
    wanted = words.casefold()
    found = map(_request, session.scalars(select(DataRequestRow).order_by(DataRequestRow.id.desc())))
    return [each for each in found if wanted in "\n".join((each.question, each.answer, each.asked_for)).casefold()]


def get_request(session: Session, *, request_id: int) -> DataRequest:
    """The request, held until the transaction ends: nobody answers it meanwhile. Raises RequestNotFoundError."""
    return _request(_get_row(session, request_id))


def add_request(session: Session, *, question: str, asked_for: str, by: str, at: datetime) -> DataRequest:
    row = DataRequestRow(question=question, asked_for=asked_for, asked_by=by, asked_at=at)
    session.add(row)
    session.flush()
    return _request(row)


def save_answer(
    session: Session, *, request_id: int, answer: str, view_id: int | None, by: str, at: datetime
) -> DataRequest:
    """The answer, in place of any before it; the version moves on. Raises RequestNotFoundError."""
    row = _get_row(session, request_id)
    row.answer, row.view_id, row.answered_by, row.answered_at = answer, view_id, by, at
    row.version += 1
    session.flush()
    return _request(row)


def _get_row(session: Session, request_id: int) -> DataRequestRow:
    row = session.get(DataRequestRow, request_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise RequestNotFoundError
    return row


def _view(row: SavedViewRow) -> SavedView:
    return SavedView(
        id=row.id, title=row.title, query=tuple(sorted(row.query.items())), saved_by=row.saved_by, saved_at=row.saved_at
    )


def _request(row: DataRequestRow) -> DataRequest:
    return DataRequest(
        id=row.id,
        question=row.question,
        asked_for=row.asked_for,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        answer=row.answer,
        view_id=row.view_id,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
        version=row.version,
    )
