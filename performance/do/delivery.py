"""Delivery: how each action and milestone stands in a month, said in one choice, with what shows it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from performance.ground.entry import Problem
from performance.ground.organisation import Action, ActionStatus, Milestone, MilestoneState
from performance.ground.periods import Period, day_in_words
from performance.ground.texts import legible, too_long

LONGEST_EVIDENCE = 600
# What the figure says of a milestone, as a delivery keeps it: nobody sets it by hand.
TICKED = {
    MilestoneState.MET: ActionStatus.DONE,
    MilestoneState.MISSED: ActionStatus.LATE,
    MilestoneState.NOT_YET: ActionStatus.ON_TRACK,
}


class DeliveryChoice(StrEnum):
    """What is said of an action this month. Silence is no word."""

    LEFT = "left"
    ON_TRACK = "on_track"
    LATE = "late"
    DONE = "done"
    SAME = "same"

    @property
    def in_words(self) -> str:
        return {
            "left": "Not said yet",
            "on_track": "On track",
            "late": "Late",
            "done": "Done",
            "same": "Same as last month",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A word on an action or a milestone for a month, as it was kept. `id` is 0 until it is stored."""

    period: Period
    status: ActionStatus
    recorded_by: str
    recorded_at: datetime
    evidence: str = ""
    carried_forward: bool = False
    id: int = 0

    @property
    def in_words(self) -> str:
        """Late. The contractor left in June. Carried forward, a status alone: Late (same as the month before)."""
        said = f"{self.status.in_words}. {self.evidence}".strip() if self.evidence else self.status.in_words
        return f"{said} (same as the month before)" if self.carried_forward else said


@dataclass(frozen=True, kw_only=True)
class DeliveryAnswer:
    """What was chosen and typed for one line, and what had been said of it when the person looked."""

    key: str
    choice: DeliveryChoice = DeliveryChoice.LEFT
    evidence: str = ""
    seen: str = ""


@dataclass(frozen=True, kw_only=True)
class DeliveryDraft:
    """What one person chose and typed of a line and did not save yet."""

    answer: DeliveryAnswer
    saved_at: datetime


@dataclass(frozen=True, kw_only=True)
class DeliveryLine:
    """An action or a milestone under way in a month, with all that was said of it, oldest first.

    `where` names the plan it belongs to; `version` moves on when the action or the milestone itself is changed.
    """

    period: Period
    today: date
    what: str
    where: str
    action: Action | None = None
    milestone: Milestone | None = None
    state: MilestoneState | None = None
    actual: str = ""
    node_code: str | None = None
    plan_id: int | None = None
    version: int = 1
    history: tuple[Delivery, ...] = ()

    @property
    def key(self) -> str:
        """A name for boxes and answers: action-12."""
        if self.action is not None:
            return f"action-{self.action.id}"
        return f"milestone-{self.milestone.id if self.milestone else 0}"

    @property
    def now(self) -> Delivery | None:
        """The newest word for this month."""
        return next((each for each in reversed(self.history) if each.period == self.period), None)

    @property
    def last(self) -> Delivery | None:
        """The newest word for an earlier month."""
        return next((each for each in reversed(self.history) if each.period < self.period), None)

    @property
    def seen(self) -> str:
        """What changes whenever anybody says something of it or changes it: the lock."""
        newest = max((each.id for each in self.history), default=0)
        return f"{newest}.{self.version}.{self.action.status.value if self.action else ''}"

    @property
    def is_left(self) -> bool:
        """An action nobody has said anything of this month. Milestones tick themselves, so nothing is owed of them."""
        return self.action is not None and self.now is None

    @property
    def ends_on(self) -> date | None:
        return self.action.ends_on if self.action else None

    @property
    def days_late(self) -> int:
        """Days past its end, while it is not done."""
        standing = self.now.status if self.now else (self.action.status if self.action else None)
        if self.ends_on is None or standing is ActionStatus.DONE:
            return 0
        return max((self.today - self.ends_on).days, 0)

    @property
    def is_overdue(self) -> bool:
        """Its end has come within the month or before it: it is done, or late."""
        return self.ends_on is not None and self.ends_on < self.today and self.ends_on <= self.period.end

    @property
    def choices(self) -> tuple[DeliveryChoice, ...]:
        """What can be said; for a milestone nothing, since its figure says it."""
        if self.action is None:
            return ()
        said = () if self.now else (DeliveryChoice.LEFT,)
        same = (DeliveryChoice.SAME,) if self.last else ()
        return (*said, DeliveryChoice.ON_TRACK, DeliveryChoice.LATE, DeliveryChoice.DONE, *same)

    @property
    def answer(self) -> DeliveryAnswer:
        """What stands for this month, to be gone on from."""
        if self.now is None:
            return DeliveryAnswer(key=self.key, seen=self.seen)
        choice = DeliveryChoice(self.now.status.value) if self.action else DeliveryChoice.LEFT
        return DeliveryAnswer(key=self.key, choice=choice, evidence=self.now.evidence, seen=self.seen)

    def go_on(self, draft: DeliveryDraft | None) -> DeliveryAnswer:
        """What the person meant to say, or what stands; a choice that is no longer to be had is not made for them."""
        if draft is None:
            return self.answer
        known = draft.answer.choice in self.choices
        return replace(draft.answer, choice=draft.answer.choice if known else self.answer.choice)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What an answer comes to: how the line stands, what shows it, and whether that is last month's word again."""

    status: ActionStatus
    evidence: str = ""
    carried_forward: bool = False


def is_open_action(action: Action, period: Period, history: Iterable[Delivery], *, begins: date | None = None) -> bool:
    """Whether an action is under way in the month: begun by its end, and not done before it.

    `begins` is the day it is taken to begin where it names none.
    """
    starts = action.starts_on or begins
    if starts is not None and starts > period.end:
        return False
    said = sorted(history, key=lambda each: (each.period, each.id))
    if not said:
        return action.status is not ActionStatus.DONE
    before = [each for each in said if each.period < period]
    return not before or before[-1].status is not ActionStatus.DONE


def is_open_milestone(milestone: Milestone, period: Period, state: MilestoneState) -> bool:
    """Whether a milestone is still ahead in the month, or was missed and not moved."""
    return milestone.period.end >= period.start or state is not MilestoneState.MET


def read_answer(line: DeliveryLine, answer: DeliveryAnswer) -> Said | None:
    """What the answer says of the line; None where it says nothing new. Ask `check_answer` first."""
    evidence = _words(answer)
    if line.action is None:
        said = Said(status=TICKED[line.state or MilestoneState.NOT_YET], evidence=evidence)
        return said if evidence and not _stands(line, said) else None
    if answer.choice is DeliveryChoice.LEFT:
        return None
    if answer.choice is DeliveryChoice.SAME:
        before = line.last
        if before is None:
            return None
        # What showed it last month shows nothing of this one: it stays with its own month.
        said = Said(status=before.status, evidence=evidence, carried_forward=not evidence)
    else:
        said = Said(status=ActionStatus(answer.choice.value), evidence=evidence)
    return None if _stands(line, said) else said


def is_news(line: DeliveryLine, answer: DeliveryAnswer) -> bool:
    """Whether the answer says, or begins to say, something else than what is kept: words before a choice do too."""
    begun = line.action is not None and answer.choice is DeliveryChoice.LEFT and bool(_words(answer))
    return begun or read_answer(line, answer) is not None


def check_answer(line: DeliveryLine, answer: DeliveryAnswer) -> tuple[Problem, ...]:
    """What cannot be kept: late and done without a word on what shows it, on track past the end."""
    problems = []
    evidence = _words(answer)
    if much := too_long("What shows it", evidence, at_most=LONGEST_EVIDENCE):
        problems.append(Problem(field="evidence", message=much))
    if line.action is None:
        return tuple(problems)
    if answer.choice is DeliveryChoice.LEFT and evidence:
        problems.append(Problem(field="choice", message=f"Choose how it stands: {line.what}"))
    if answer.choice is DeliveryChoice.SAME and line.last is None:
        none = f"Nothing was said before {line.period.in_words} to carry forward. Choose on track, late or done"
        problems.append(Problem(field="choice", message=none))
    said = read_answer(line, answer)
    if said is not None:
        problems += _contradictions(line, said)
    return tuple(problems)


def carry_forward(lines: Iterable[DeliveryLine], answers: Iterable[DeliveryAnswer]) -> tuple[DeliveryAnswer, ...]:
    """The answers, with every action left alone said to be the same as last month where that can be said.

    What cannot be, since nothing was said before or its end has passed, stays unsaid.
    """
    by_key = {line.key: line for line in lines}
    return tuple(_same_where_left(by_key.get(answer.key), answer) for answer in answers)


def would_be_carried(lines: Iterable[DeliveryLine]) -> tuple[DeliveryLine, ...]:
    """The actions of which nothing is said yet, and that may be said to stand as they last did."""
    blank = ((line, DeliveryAnswer(key=line.key, seen=line.seen)) for line in lines)
    return tuple(line for line, answer in blank if _same_where_left(line, answer).choice is DeliveryChoice.SAME)


def not_carried(lines: Iterable[DeliveryLine], answers: Iterable[DeliveryAnswer]) -> tuple[DeliveryLine, ...]:
    """The actions that would still be unsaid after these answers."""
    chosen = {answer.key: answer.choice for answer in answers}
    left = DeliveryChoice.LEFT
    return tuple(line for line in lines if line.is_left and chosen.get(line.key, left) is left)


def late_in_words(days: int) -> str:
    """Late by 3 days."""
    return f"Late by {days:,} day" + ("" if days == 1 else "s")


def _same_where_left(line: DeliveryLine | None, answer: DeliveryAnswer) -> DeliveryAnswer:
    if line is None or not line.is_left or answer.choice is not DeliveryChoice.LEFT or answer.evidence.strip():
        return answer
    same = DeliveryAnswer(key=answer.key, choice=DeliveryChoice.SAME, seen=answer.seen)
    return answer if check_answer(line, same) else same


def _words(answer: DeliveryAnswer) -> str:
    """What was typed, fit to keep; what is too long is refused by `check_answer`."""
    return legible(answer.evidence).strip()


def _stands(line: DeliveryLine, said: Said) -> bool:
    """Whether this is what is kept already."""
    now = line.now
    return now is not None and (now.status, now.evidence) == (said.status, said.evidence)


def _contradictions(line: DeliveryLine, said: Said) -> list[Problem]:
    if said.status is ActionStatus.ON_TRACK and line.is_overdue and line.ends_on:
        past = f"It was to end on {day_in_words(line.ends_on)}, so it is late or done. Choose which, and what shows it"
        return [Problem(field="choice", message=past)]
    if said.evidence or said.carried_forward or said.status not in {ActionStatus.LATE, ActionStatus.DONE}:
        return []
    wanted = "why it is late and what happens now" if said.status is ActionStatus.LATE else "what shows that it is done"
    return [Problem(field="evidence", message=f"Enter {wanted}: {line.what}")]
