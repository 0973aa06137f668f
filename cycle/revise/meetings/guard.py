"""What every change to a review meeting goes through: whose it is, why it is refused, and the audit."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.ground.series.scoring import CORPORATE
from data_access.council.settings_store import get_now, get_today
from data_access.council.units import list_units
from data_access.plan.tree import find_node
from data_access.revise import meetings
from data_access.store.audit import add_event
from performance.ground.entry import Problem
from performance.ground.people import Permission, User
from performance.revise.meetings import Meeting, ReviewItem, meeting_reference


class MeetingError(Exception):
    """A change to a review meeting that was not made; the sentence says why."""


class MeetingRefusedError(MeetingError):
    """What was entered cannot be kept; the problems say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))


def unit_of(session: Session, scope: str) -> str:
    """The unit whose meeting it is: itself, a node's own, or the whole council."""
    units = list_units(session, on=get_today(session))
    top = next(unit.code for unit in units if not unit.parent_code)
    if scope == CORPORATE:
        return top
    if scope in {unit.code for unit in units}:
        return scope
    node = find_node(session, code=scope)
    return (node.unit_code if node else None) or top


def record(session: Session, verb: str, meeting_id: int, by: User, **after: object) -> None:
    """The audit event. Free text stays out of it: what is hashed cannot be erased."""
    subject = f"review meeting {meeting_reference(meeting_id)}"
    add_event(session, at=get_now(session), username=by.username, verb=verb, subject=subject,
              before=None, after=after)  # fmt: skip


def demand_open(session: Session, meeting_id: int, *, by: User) -> tuple[Meeting, User]:
    """The meeting, if this person may minute it and it is not closed."""
    meeting = meetings.get_meeting(session, meeting_id=meeting_id)
    user = demand(session, by, Permission.MINUTE_MEETINGS, at=unit_of(session, meeting.scope))
    if not meeting.is_open:
        raise MeetingError(
            "This meeting is closed, and its minutes stay as they are. What is new goes to the next one."
        )
    return meeting, user


def conflict(session: Session, item: ReviewItem) -> MeetingError:
    """Who was first, and what became of what the second one typed."""
    who = names(session).get(item.changed_by, item.changed_by) or "Someone else"
    when = f" at {item.changed_at.astimezone():%H:%M}" if item.changed_at else ""
    return MeetingError(
        f"{who} changed this item{when}, after you opened it. Nothing of yours was saved. Read what is stored now: if"
        " you keep yours again, what you changed takes its place; a decision goes with its role and its day."
    )
