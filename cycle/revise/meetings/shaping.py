"""Revise: the memo of an open meeting in its members' hands: a question worded anew, an item taken off or put back.

Nothing goes without a trace. The question that the signals asked stays beside the one that was put in its place, and
what was taken off stands at the end of the memo with who did it and why. What an earlier meeting left is answered, not
taken off.
"""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.orm import Session

from cycle.revise.meetings.guard import MeetingError, MeetingRefusedError, conflict, demand_open, record
from data_access.council.settings_store import get_now
from data_access.revise import meetings
from data_access.revise.meetings import StaleItemError
from data_access.store.database import transaction
from performance.ground.entry import Problem, check_texts
from performance.ground.people import User
from performance.revise.meetings import LONGEST_TEXT, ItemKind, ReviewItem


def reword_item(meeting_id: int, item_id: int, *, question: str, version: int, by: User) -> None:
    """Put a question in the place of the one that stands. Raises MeetingRefusedError."""
    wanted = question.strip()

    def reworded(item: ReviewItem) -> ReviewItem:
        _demand(wanted, "question", "Enter the question")
        if wanted == item.question:
            raise MeetingError("Nothing is changed: the memo asks this already.")
        first = item.first_question or item.question
        return replace(item, question=wanted, first_question="" if wanted == first else first)

    _change(meeting_id, item_id, reworded, version=version, verb="reword item", by=by)


def drop_item(meeting_id: int, item_id: int, *, because: str, version: int, by: User) -> None:
    """Take an item off the memo of which nothing is minuted. Raises MeetingRefusedError."""
    reason = because.strip()

    def dropped(item: ReviewItem) -> ReviewItem:
        _demand(reason, "because", "Enter why it is taken off")
        if item.is_minuted:
            raise MeetingError("The meeting has said something of this item, so it stays. Take its minutes back first.")
        return replace(item, dropped_because=reason)

    _change(meeting_id, item_id, dropped, version=version, verb="drop item", by=by)


def put_back_item(meeting_id: int, item_id: int, *, version: int, by: User) -> None:
    """Put an item that was taken off where it stood."""
    _change(meeting_id, item_id, lambda item: replace(item, dropped_because=""), version=version,
            verb="put back item", by=by)  # fmt: skip


def _demand(text: str, field: str, message: str) -> None:
    if not text:
        raise MeetingRefusedError([Problem(field=field, message=message)])
    if long := check_texts((field, "What you typed", text, LONGEST_TEXT)):
        raise MeetingRefusedError(long)


def _change(
    meeting_id: int, item_id: int, changed: Callable[[ReviewItem], ReviewItem], *, version: int, verb: str, by: User
) -> None:
    with transaction() as session:
        _, user = demand_open(session, meeting_id, by=by)
        item = meetings.get_item(session, meeting_id=meeting_id, item_id=item_id)
        if item.version != version:
            raise conflict(session, item)
        if item.kind is ItemKind.FOLLOW_UP:
            raise MeetingError("An earlier meeting left this item, so it stays as it is. Answer it.")
        _save(session, replace(changed(item), changed_by=user.username, changed_at=get_now(session)))
        record(session, verb, meeting_id, user, item=item_id, rule=item.rule, measure=item.measure_code)


def _save(session: Session, item: ReviewItem) -> None:
    try:
        meetings.save_item(session, item=item)
    except StaleItemError as fault:
        raise conflict(session, item) from fault
