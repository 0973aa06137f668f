"""Revise: review meetings. A memo opens itself, with what is known then; what is said of it is in minutes.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.ground.series.scoring import Scorecard
from cycle.ground.series.year_end import whole_of
from cycle.revise.meetings._deciding import actions_by_id
from cycle.revise.meetings._hidden import without_hidden
from cycle.revise.meetings._memo import left_of, memo_items
from cycle.revise.meetings.guard import MeetingError, MeetingRefusedError, record, unit_of
from data_access.council.settings_store import get_now, get_today
from data_access.council.units import find_unit
from data_access.revise import meetings, recovery, recovery_details
from data_access.store.database import reading, transaction
from performance.ground.entry import Problem, check_texts
from performance.ground.organisation import Action
from performance.ground.people import NotAllowedError, Permission, User
from performance.ground.periods import Period, day_in_words
from performance.ground.readers import OFFICER, reader_of
from performance.revise.meetings import LONGEST_TITLE, Meeting, ReviewItem


@dataclass(frozen=True, kw_only=True)
class MeetingLine:
    """A meeting in the list: how many items it had, how many are minuted, and how many a next one takes up."""

    meeting: Meeting
    items: int
    minuted: int
    unresolved: int


@dataclass(frozen=True, kw_only=True)
class Meetings:
    """Every meeting, and the codes of the units whose meetings this person opens and minutes."""

    lines: tuple[MeetingLine, ...]
    own: frozenset[str]
    today: date


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An item that a meeting minuted, and the action that its decision became."""

    meeting: Meeting
    item: ReviewItem
    action: Action | None

    @property
    def in_words(self) -> str:
        """Why is it red? The firm left. Decided: hire another (Head of Housing, by 12 December 2017): on track."""
        said = [self.item.question, self.item.answer]
        if self.item.decision:
            due = f", by {day_in_words(self.item.due_on)}" if self.item.due_on else ""
            stands = f": {self.action.status.in_words.lower()}" if self.action else ""
            said.append(f"Decided: {self.item.decision} ({self.item.owner_role}{due}){stands}")
        return " ".join(each if each[-1] in ".?!" else f"{each}." for each in said if each)


@dataclass(frozen=True, kw_only=True)
class MeetingView:
    """A meeting with its items and what became of the decisions; `why_not` says why this person may not minute it.

    `every` item has its place, also those that were taken off the memo.
    """

    meeting: Meeting
    every: tuple[ReviewItem, ...]
    actions: Mapping[int, Action]
    known_as: Mapping[str, str]
    today: date
    why_not: str = ""

    @property
    def items(self) -> tuple[ReviewItem, ...]:
        """Those that are on the memo."""
        return tuple(each for each in self.every if not each.dropped_because)

    @property
    def dropped(self) -> tuple[ReviewItem, ...]:
        return tuple(each for each in self.every if each.dropped_because)

    def name_of(self, username: str) -> str:
        return self.known_as.get(username, username)

    @property
    def minuted(self) -> int:
        return sum(each.is_minuted for each in self.items)

    def standing_of(self, item: ReviewItem) -> str:
        """How the action stands that the item's decision became; empty where there is none."""
        action = self.actions.get(item.action_id or 0)
        return action.status.in_words if action else ""


def list_meetings(*, by: User) -> Meetings:
    """Every review meeting, the newest day first."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_MEETINGS)
        found = meetings.list_meetings(session)
        items = meetings.list_items(session, meeting_ids=[each.id for each in found])
        actions = actions_by_id(session, [item for of_one in items.values() for item in of_one])
        left = left_of(session, items, actions)
        return Meetings(
            lines=tuple(_line(each, items.get(each.id, ()), left.get(each.id, ())) for each in found),
            own=user.units_where(Permission.MINUTE_MEETINGS),
            today=get_today(session),
        )


def _line(meeting: Meeting, items: Sequence[ReviewItem], left: Sequence[ReviewItem]) -> MeetingLine:
    return MeetingLine(
        meeting=meeting,
        items=sum(not item.dropped_because for item in items),
        minuted=sum(item.is_minuted for item in items),
        unresolved=len(left),
    )


def asked_of_plan(plan_id: int, *, by: User) -> tuple[Asked, ...]:
    """What meetings made of a recovery plan and of its measures since it was opened, the newest first."""
    with reading() as session:
        demand(session, by, Permission.VIEW_MEETINGS)
        plan = recovery.get_plan(session, plan_id=plan_id)
        codes = [plan.measure_code, *recovery_details.list_shares(session, plan_ids=[plan_id]).get(plan_id, ())]
        found = meetings.list_items_about(
            session, plan_id=plan_id, measure_codes=codes, since=plan.opened_at.date(),
            until=plan.ended_at.date() if plan.ended_at else None,
        )  # fmt: skip
        said = [(meeting, item) for meeting, item in found if item.is_minuted]
        items = without_hidden(session, [item for _, item in said])
        actions = actions_by_id(session, list(items))
        return tuple(
            Asked(meeting=meeting, item=item, action=actions.get(item.action_id or 0))
            for (meeting, _), item in zip(said, items, strict=True)
        )


def get_meeting(meeting_id: int, *, by: User) -> MeetingView:
    """One meeting. Raises MeetingError where there is none."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_MEETINGS)
        meeting = _get(session, meeting_id)
        items = without_hidden(session, meetings.list_items(session, meeting_ids=[meeting_id]).get(meeting_id, ()))
        return MeetingView(
            meeting=meeting,
            every=items,
            actions=actions_by_id(session, list(items)),
            known_as=names(session),
            today=get_today(session),
            why_not=_why_not(session, meeting, user),
        )


def meeting_scorecard(meeting_id: int, *, by: User) -> Scorecard:
    """The scorecard of the meeting's part of the council as it was known when its memo was opened."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_MEETINGS)
        meeting = _get(session, meeting_id)
        reader = reader_of(user).at_large
        return whole_of(session, meeting.period, meeting.scope, reader=reader, as_known_at=meeting.known_at)


def open_meeting(title: str, *, forum: str, scope: str, held_on: date, by: User) -> int:
    """Open a memo for a part of the council, with what the last meeting left and what the signals ask. Answers its id.

    What it says is what is known now, for the month that ended last; it stays as it is then.
    """
    problems = [
        Problem(field=field, message=f"Enter {name}")
        for field, name, text in (("title", "the title", title), ("forum", "which meeting it is", forum))
        if not text.strip()
    ]
    problems += check_texts(
        ("title", "The title", title, LONGEST_TITLE), ("forum", "Which meeting it is", forum, LONGEST_TITLE)
    )
    with transaction() as session:
        user = demand(session, by, Permission.MINUTE_MEETINGS, at=unit_of(session, scope))
        today = get_today(session)
        if held_on < today:
            problems.append(Problem(field="held_on", message=f"The day must be {day_in_words(today)} or later"))
        if problems:
            raise MeetingRefusedError(problems)
        period, now = Period.containing(today, months=1).previous, get_now(session)
        # What a memo says everybody reads who may open it: small counts are hidden as from the least of them.
        card = whole_of(session, period, scope, reader=OFFICER, as_known_at=None)
        meeting = Meeting(
            title=title.strip(),
            forum=forum.strip(),
            scope=scope,
            scope_name=card.scope.name,
            held_on=held_on,
            period=period,
            known_at=now,
            opened_by=user.username,
        )
        items = memo_items(session, card, held_on=held_on, reader=OFFICER)
        meeting_id = meetings.add_meeting(session, meeting=meeting, items=items)
        record(session, "open review meeting", meeting_id, user, scope=scope, held_on=held_on, items=len(items))
        return meeting_id


def _get(session: Session, meeting_id: int) -> Meeting:
    try:
        return meetings.get_meeting(session, meeting_id=meeting_id)
    except meetings.MeetingNotFoundError as fault:
        raise MeetingError(str(fault)) from fault


def _why_not(session: Session, meeting: Meeting, user: User) -> str:
    if not meeting.is_open:
        return "This meeting is closed, and its minutes stay as they are."
    unit = unit_of(session, meeting.scope)
    if user.may(Permission.MINUTE_MEETINGS, at=unit):
        return ""
    found = find_unit(session, code=unit, on=get_today(session))
    return str(NotAllowedError(Permission.MINUTE_MEETINGS, at=found.name if found else unit))
