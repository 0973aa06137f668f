"""Review meetings: what a memo is made of, and what becomes of each of its items."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from performance.ground.entry import Problem, check_texts
from performance.ground.periods import Period

LONGEST_TITLE, LONGEST_ROLE, LONGEST_TEXT = 120, 120, 2000
MOST_NEW = 20
"""So many new questions at most: a meeting that asks everything answers nothing."""


class ItemKind(StrEnum):
    """Why an item is on the memo, in the order it is taken."""

    FOLLOW_UP = "follow_up"
    STANDING = "standing"
    NEW = "new"
    OTHER = "other"

    @property
    def in_words(self) -> str:
        return {
            "follow_up": "From the last meeting",
            "standing": "Standing items",
            "new": "New questions",
            "other": "Any other business",
        }[self.value]


def meeting_reference(number: int) -> str:
    """What people quote of a meeting, and what its address says: M-07."""
    return f"M-{number:02d}"


@dataclass(frozen=True, kw_only=True)
class ReviewItem:
    """One item: the fact as it was known when the memo was opened, the question, and what the meeting made of it.

    `first_question` is what it asked before somebody worded it anew, `dropped_because` why it was taken off the memo,
    if it was. `rule` is the challenge rule that asks; `follows` the item of an earlier meeting that it goes on from;
    `action_id` the action that its decision became. `id` is 0 until it is stored.
    """

    kind: ItemKind
    question: str
    fact: str = ""
    first_question: str = ""
    dropped_because: str = ""
    rule: str = ""
    measure_code: str | None = None
    plan_id: int | None = None
    follows: int | None = None
    answer: str = ""
    decision: str = ""
    owner_role: str = ""
    due_on: date | None = None
    back_until: date | None = None
    action_id: int | None = None
    position: int = 0
    version: int = 1
    changed_by: str = ""
    changed_at: datetime | None = None
    id: int = 0

    @property
    def is_minuted(self) -> bool:
        return bool(self.answer or self.decision)

    @property
    def may_be_shaped(self) -> bool:
        """Whether its question may be worded anew and the item taken off: what an earlier meeting left may not."""
        return self.kind is not ItemKind.FOLLOW_UP


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A review meeting of a part of the council, with its scorecard as known when the memo was opened."""

    title: str
    forum: str
    scope: str
    scope_name: str
    held_on: date
    period: Period
    known_at: datetime
    opened_by: str
    attendance: str = ""
    apologies: str = ""
    closed_by: str | None = None
    closed_at: datetime | None = None
    version: int = 1
    id: int = 0

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def reference(self) -> str:
        return meeting_reference(self.id)


@dataclass(frozen=True, kw_only=True)
class Minuted:
    """What was typed of an item."""

    answer: str = ""
    decision: str = ""
    owner_role: str = ""
    due_on: date | None = None
    back_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What was typed of an item, at the version that was seen."""

    item_id: int
    version: int
    said: Minuted


@dataclass(frozen=True, kw_only=True)
class Raised:
    """Any other business."""

    question: str
    measure_code: str | None


@dataclass(frozen=True, kw_only=True)
class Attended:
    """Who was there and who was not, by role."""

    attendance: str
    apologies: str
    version: int


@dataclass(frozen=True, kw_only=True)
class Closing:
    """The meeting is over."""

    version: int


@dataclass(frozen=True, kw_only=True)
class Reworded:
    """Another question for an item, at the version that was seen."""

    item_id: int
    version: int
    question: str


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """An item to take off the memo, at the version that was seen, and why."""

    item_id: int
    version: int
    because: str


@dataclass(frozen=True, kw_only=True)
class PutBack:
    """An item to put back on the memo, at the version that was seen."""

    item_id: int
    version: int


MeetingWish = Kept | Raised | Attended | Closing | Reworded | Dropped | PutBack


def check_minuted(said: Minuted, *, held_on: date) -> list[Problem]:
    """What keeps the minutes of an item from being kept, each at its field."""
    problems = []
    if said.decision and not said.owner_role:
        problems.append(Problem(field="owner_role", message="Enter the role of who carries the decision out"))
    if said.decision and said.due_on is None:
        problems.append(Problem(field="due_on", message="Enter the day by which the decision is carried out"))
    if said.due_on is not None and said.due_on < held_on:
        problems.append(Problem(field="due_on", message="The day must not be before the meeting"))
    if said.back_until is not None and said.back_until <= held_on:
        problems.append(Problem(field="back_until", message="The day must be after the meeting"))
    return problems + check_texts(
        ("answer", "The answer", said.answer, LONGEST_TEXT),
        ("decision", "The decision", said.decision, LONGEST_TEXT),
        ("owner_role", "Who carries it out", said.owner_role, LONGEST_ROLE),
    )


def is_unresolved(item: ReviewItem, decided: ReviewItem, *, done: bool | None) -> bool:
    """Whether the next memo takes the item up: its question is unanswered, or the decision is not carried out that
    was made of it, or of an earlier item that it goes on from. `decided` is the one with the decision.

    `done` is whether its action is; None where there is none of which that will ever be said: it became none, was taken
    off, or its recovery plan has ended. Such a decision is carried out by somebody's word, in the answer to a later
    item.
    """
    if item.dropped_because or (item.kind is ItemKind.OTHER and not item.decision):
        return False
    if not decided.decision:
        return not item.answer
    if done is None and decided.id != item.id:
        return not item.answer
    return not done
