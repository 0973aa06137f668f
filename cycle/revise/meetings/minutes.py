"""Revise: a review meeting minuted as it happens, item by item; what is decided becomes an action.

Each item is kept by itself, at a version of its own: two people may minute one meeting, and of two who minute one item
at once the second is told. Once the meeting is closed, its minutes stay.
"""

from dataclasses import replace

from sqlalchemy.orm import Session

from cycle.revise.meetings import shaping
from cycle.revise.meetings._deciding import act, act_anew
from cycle.revise.meetings.guard import MeetingError, MeetingRefusedError, conflict, demand_open, record
from data_access.council.settings_store import get_now
from data_access.plan.register import find_measure
from data_access.revise import meetings
from data_access.revise.meetings import StaleItemError, StaleMeetingError
from data_access.store.database import transaction
from performance.ground.entry import Problem, check_texts
from performance.ground.people import User
from performance.revise.meetings import (
    LONGEST_TEXT,
    Attended,
    Closing,
    Dropped,
    ItemKind,
    Kept,
    Meeting,
    MeetingWish,
    Minuted,
    PutBack,
    Raised,
    ReviewItem,
    Reworded,
    check_minuted,
)


def minute_item(meeting_id: int, item_id: int, *, said: Minuted, version: int, by: User) -> str:
    """Keep what the meeting made of an item. A decision becomes an action, which the item then names and which is put
    right as the decision is. Answers what was done, in a sentence."""
    kept = Minuted(
        answer=said.answer.strip(),
        decision=said.decision.strip(),
        owner_role=said.owner_role.strip(),
        due_on=said.due_on,
        back_until=said.back_until,
    )
    with transaction() as session:
        meeting, user = demand_open(session, meeting_id, by=by)
        item = meetings.get_item(session, meeting_id=meeting_id, item_id=item_id)
        if item.version != version:
            raise conflict(session, item)
        if problems := check_minuted(kept, held_on=meeting.held_on):
            raise MeetingRefusedError(problems)
        if item.action_id is not None:
            action_id = act_anew(session, meeting, item, kept, by=user)
        else:
            action_id = act(session, meeting, item, kept, by=user) if kept.decision else None
        minuted = replace(
            item,
            answer=kept.answer,
            decision=kept.decision,
            owner_role=kept.owner_role,
            due_on=kept.due_on,
            back_until=kept.back_until,
            action_id=action_id,
            changed_by=user.username,
            changed_at=get_now(session),
        )
        try:
            meetings.save_item(session, item=minuted)
        except StaleItemError as fault:
            raise conflict(session, item) from fault
        record(session, "minute item", meeting_id, user, item=item_id, action=action_id)
        return _done(item, minuted)


def add_item(meeting_id: int, *, question: str, measure_code: str | None = None, by: User) -> int:
    """Add any other business. Answers its id."""
    if not question.strip():
        raise MeetingRefusedError([Problem(field="question", message="Enter what is raised")])
    if long := check_texts(("question", "What is raised", question, LONGEST_TEXT)):
        raise MeetingRefusedError(long)
    with transaction() as session:
        _, user = demand_open(session, meeting_id, by=by)
        if measure_code is not None and find_measure(session, code=measure_code) is None:
            raise MeetingError("There is no such measure. Choose one from the list.")
        item = ReviewItem(
            kind=ItemKind.OTHER, question=question.strip(), measure_code=measure_code,
            changed_by=user.username, changed_at=get_now(session),
        )  # fmt: skip
        item_id = meetings.add_item(session, meeting_id=meeting_id, item=item)
        record(session, "raise item", meeting_id, user, item=item_id)
        return item_id


def save_attendance(meeting_id: int, *, attendance: str, apologies: str, version: int, by: User) -> None:
    """Keep who was there and who sent apologies, by role."""
    long = check_texts(
        ("attendance", "Who is there", attendance, LONGEST_TEXT), ("apologies", "Apologies", apologies, LONGEST_TEXT)
    )
    with transaction() as session:
        meeting, user = demand_open(session, meeting_id, by=by)
        if meeting.version != version:
            raise _overtaken()
        if long:
            raise MeetingRefusedError(long)
        changed = replace(meeting, attendance=attendance.strip(), apologies=apologies.strip())
        _save(session, replace(changed, version=version))
        record(session, "note attendance", meeting_id, user)


def close_meeting(meeting_id: int, *, version: int, by: User) -> None:
    """Close the meeting: its minutes stay as they are, and what is left opens the next memo."""
    with transaction() as session:
        meeting, user = demand_open(session, meeting_id, by=by)
        closed = replace(meeting, closed_by=user.username, closed_at=get_now(session), version=version)
        _save(session, closed)
        record(session, "close review meeting", meeting_id, user)


def _done(before: ReviewItem, after: ReviewItem) -> str:
    if after.action_id is None:
        return "Kept. The decision is no action any more." if before.action_id else "Kept."
    if before.action_id != after.action_id:
        return "Kept. The decision is an action now."
    decided = [(each.decision, each.owner_role, each.due_on) for each in (before, after)]
    return "Kept." if decided[0] == decided[1] else "Kept. The action is put right too."


def _save(session: Session, meeting: Meeting) -> None:
    try:
        meetings.save_meeting(session, meeting=meeting)
    except StaleMeetingError as fault:
        raise _overtaken() from fault


def _overtaken() -> MeetingError:
    return MeetingError(
        "Someone else changed the meeting since you opened it. Nothing of yours was saved. Read it as it is now: if you"
        " keep yours again, it takes its place."
    )


def carry_out(meeting_id: int, wish: MeetingWish, *, by: User) -> tuple[str, int | None]:
    """What a form asked for; answers a sentence, and the item it is about, if it is of one. Raises MeetingError."""
    match wish:
        case Kept(item_id=item_id, version=version, said=said):
            return minute_item(meeting_id, item_id, said=said, version=version, by=by), item_id
        case Raised(question=question, measure_code=code):
            item_id = add_item(meeting_id, question=question, measure_code=code, by=by)
            return "It is on the memo.", item_id
        case Attended(attendance=there, apologies=away, version=version):
            save_attendance(meeting_id, attendance=there, apologies=away, version=version, by=by)
            return "Kept.", None
        case Closing(version=version):
            close_meeting(meeting_id, version=version, by=by)
            return "The meeting is closed. What is left opens the next memo.", None
        case Reworded(item_id=item_id, version=version, question=question):
            shaping.reword_item(meeting_id, item_id, question=question, version=version, by=by)
            return "The question is worded anew. What it was before stays beside it.", None
        case Dropped(item_id=item_id, version=version, because=because):
            shaping.drop_item(meeting_id, item_id, because=because, version=version, by=by)
            return "It is off the memo, and stands at its end with your reason.", None
        case PutBack(item_id=item_id, version=version):
            shaping.put_back_item(meeting_id, item_id, version=version, by=by)
            return "It is back on the memo.", None
