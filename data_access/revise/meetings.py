"""Review meetings with the items of their memos; each item has a version of its own."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from data_access.models import ReviewItemRow, ReviewMeetingRow
from data_access.store.errors import NotFoundError
from performance.ground.periods import Period
from performance.revise.meetings import Meeting, ReviewItem

_MEETING = ("title", "forum", "scope", "scope_name", "held_on", "known_at", "attendance", "apologies", "opened_by",
            "closed_by", "closed_at", "version")  # fmt: skip
_ITEM = ("position", "kind", "rule", "measure_code", "plan_id", "follows", "fact", "question", "first_question",
         "dropped_because", "answer", "decision",
         "owner_role", "due_on", "back_until", "action_id", "version", "changed_by", "changed_at")  # fmt: skip
# What its members make of an item; the rest stays as it was when the memo was opened.
_MINUTED = (
    "question",
    "first_question",
    "dropped_because",
    "answer",
    "decision",
    "owner_role",
    "due_on",
    "back_until",
    "action_id",
    "changed_by",
    "changed_at",
)


class MeetingNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such meeting. Choose one from the list.")


class ItemNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("That item is not on this memo. Open the meeting again.")


class StaleItemError(Exception):
    """The item is no longer at the version the minutes were based on."""


class StaleMeetingError(Exception):
    """The meeting is no longer at the version the change was based on."""


def list_meetings(session: Session, *, scope: str | None = None) -> list[Meeting]:
    """Meetings, the newest day first; of one part of the council where it is given."""
    newest = (ReviewMeetingRow.held_on.desc(), ReviewMeetingRow.id.desc())
    query = select(ReviewMeetingRow).order_by(*newest)
    if scope is not None:
        query = query.where(ReviewMeetingRow.scope == scope)
    return [_meeting(row) for row in session.scalars(query)]


def get_meeting(session: Session, *, meeting_id: int) -> Meeting:
    """Raises MeetingNotFoundError."""
    row = session.get(ReviewMeetingRow, meeting_id)
    if row is None:
        raise MeetingNotFoundError
    return _meeting(row)


def add_meeting(session: Session, *, meeting: Meeting, items: Iterable[ReviewItem]) -> int:
    """Keep a meeting with its items, in their order. Answers its id."""
    row = ReviewMeetingRow(
        **{name: getattr(meeting, name) for name in _MEETING},
        period_start=meeting.period.start,
        period_months=meeting.period.months,
    )
    session.add(row)
    session.flush()
    for item in items:
        add_item(session, meeting_id=row.id, item=item)
    return row.id


def add_item(session: Session, *, meeting_id: int, item: ReviewItem) -> int:
    """Put an item last on the memo. Answers its id."""
    of_meeting = ReviewItemRow.meeting_id == meeting_id
    last = session.scalar(select(func.max(ReviewItemRow.position)).where(of_meeting)) or 0
    values = {name: getattr(item, name) for name in _ITEM} | {"position": last + 1}
    row = ReviewItemRow(meeting_id=meeting_id, **values)
    session.add(row)
    session.flush()
    return row.id


def list_items(session: Session, *, meeting_ids: Collection[int]) -> dict[int, tuple[ReviewItem, ...]]:
    """By meeting, its items in their order."""
    query = select(ReviewItemRow).where(ReviewItemRow.meeting_id.in_(meeting_ids)).order_by(ReviewItemRow.position)
    found: dict[int, tuple[ReviewItem, ...]] = {}
    for row in session.scalars(query):
        found[row.meeting_id] = (*found.get(row.meeting_id, ()), _item(row))
    return found


def list_items_about(
    session: Session, *, plan_id: int, measure_codes: Collection[str], since: date, until: date | None = None
) -> list[tuple[Meeting, ReviewItem]]:
    """Items on a recovery plan, and those on one of the measures (and on no other plan) of meetings held from a day
    until another; the newest meeting first."""
    of_measure = ReviewItemRow.measure_code.in_(measure_codes) & ReviewItemRow.plan_id.is_(None)
    if until is not None:
        of_measure &= ReviewMeetingRow.held_on <= until
    query = (
        select(ReviewMeetingRow, ReviewItemRow)
        .join(ReviewItemRow, ReviewItemRow.meeting_id == ReviewMeetingRow.id)
        .where(ReviewMeetingRow.held_on >= since)
        .where((ReviewItemRow.plan_id == plan_id) | of_measure)
        .order_by(ReviewMeetingRow.held_on.desc(), ReviewMeetingRow.id.desc(), ReviewItemRow.position)
    )
    return [(_meeting(meeting), _item(item)) for meeting, item in session.execute(query)]


def get_item(session: Session, *, meeting_id: int, item_id: int) -> ReviewItem:
    """Raises ItemNotFoundError where it is not on the meeting's memo."""
    row = session.get(ReviewItemRow, item_id)
    if row is None or row.meeting_id != meeting_id:
        raise ItemNotFoundError
    return _item(row)


def save_item(session: Session, *, item: ReviewItem) -> None:
    """Keep what its members made of an item, one version on. Raises StaleItemError."""
    values: dict[str, Any] = {name: getattr(item, name) for name in _MINUTED} | {"version": item.version + 1}
    found = session.execute(
        update(ReviewItemRow)
        .where(ReviewItemRow.id == item.id, ReviewItemRow.version == item.version)
        .values(values)
        .execution_options(synchronize_session="fetch")
        .returning(ReviewItemRow.id)
    ).all()
    if not found:
        raise StaleItemError


def save_meeting(session: Session, *, meeting: Meeting) -> None:
    """Keep who was there and whether it is closed, one version on. Raises StaleMeetingError."""
    kept: dict[str, str | datetime | int | None] = {
        "attendance": meeting.attendance,
        "apologies": meeting.apologies,
        "closed_by": meeting.closed_by,
        "closed_at": meeting.closed_at,
        "version": meeting.version + 1,
    }
    found = session.execute(
        update(ReviewMeetingRow)
        .where(ReviewMeetingRow.id == meeting.id, ReviewMeetingRow.version == meeting.version)
        .values(kept)
        .execution_options(synchronize_session="fetch")
        .returning(ReviewMeetingRow.id)
    ).all()
    if not found:
        raise StaleMeetingError


def _meeting(row: ReviewMeetingRow) -> Meeting:
    period = Period(start=row.period_start, months=row.period_months)
    return Meeting(id=row.id, period=period, **{name: getattr(row, name) for name in _MEETING})


def _item(row: ReviewItemRow) -> ReviewItem:
    return ReviewItem(id=row.id, **{name: getattr(row, name) for name in _ITEM})
