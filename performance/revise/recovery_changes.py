"""What a person may do to a recovery plan, as a value: a form gives one, and a verb carries it out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from performance.ground.organisation import Action, ActionStatus
from performance.ground.periods import Period
from performance.revise.course import Course
from performance.revise.lessons import Verdict
from performance.revise.recovery import Why

# In characters: one why or what shows it, what an action needs, and what a milestone stands for.
LONGEST_WHY, LONGEST_RESOURCES, LONGEST_NOTE = 400, 300, 200


@dataclass(frozen=True, kw_only=True)
class Cause:
    """The root cause, worded, with the whys that lead to it and the partners who can help."""

    text: str
    whys: tuple[Why, ...] = ()
    partners: str = ""


@dataclass(frozen=True, kw_only=True)
class Share:
    """A further measure that the plan is to bring back, or no longer."""

    measure_code: str
    joins: bool


@dataclass(frozen=True, kw_only=True)
class NewMilestone:
    """A point the measure's line should reach; of the plan's own measure unless another is named."""

    number: Decimal
    period: Period
    note: str
    measure_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class MovedMilestone:
    """A milestone to be moved, or, without a period, taken out; of an agreed plan with why."""

    milestone_id: int
    to: Period | None
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class ActionUpdate:
    """How an action stands now, and what shows it."""

    action_id: int
    status: ActionStatus
    shows: str = ""


@dataclass(frozen=True, kw_only=True)
class MovedAction:
    """An action that ends on another day; of an agreed plan with why."""

    action_id: int
    to: date
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Note:
    """A word for a month."""

    month: Period
    text: str


@dataclass(frozen=True, kw_only=True)
class OtherCourse:
    """A course that differs from the one worked out, and why."""

    course: Course
    because: str


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """The plan is agreed as it stands."""


@dataclass(frozen=True, kw_only=True)
class ToleranceAsked:
    """The measure may stay as it is until a day, if someone else approves."""

    until: date
    because: str


@dataclass(frozen=True, kw_only=True)
class ToleranceAnswer:
    """What was asked is approved, or declined for a reason."""

    approves: bool
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Closure:
    """The plan is closed: who keeps the measure there, why, where the figures alone do not say so, and what becomes of
    the actions that are not done."""

    kept_by_role: str
    because: str
    actions_left: str


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Whether the closed plan worked, and what another service should know."""

    verdict: Verdict
    what_worked: str
    what_did_not: str
    advice: str


Drafting = Cause | Share | NewMilestone | MovedMilestone | Action
Following = ActionUpdate | MovedAction | Note | OtherCourse
Deciding = Agreement | ToleranceAsked | ToleranceAnswer | Closure | Judgement
Change = Drafting | Following | Deciding
