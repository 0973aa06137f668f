"""What a person may do to a recovery plan, as a value: a form gives one, and a verb carries it out."""

from dataclasses import dataclass
from decimal import Decimal

from performance.organisation import Action, ActionStatus
from performance.periods import Period


@dataclass(frozen=True, kw_only=True)
class NewMilestone:
    """A point the measure's line should reach."""

    number: Decimal
    period: Period
    note: str


@dataclass(frozen=True, kw_only=True)
class MovedMilestone:
    """A milestone to be moved, or, without a period, taken out."""

    milestone_id: int
    to: Period | None


@dataclass(frozen=True, kw_only=True)
class ActionUpdate:
    """How an action stands now."""

    action_id: int
    status: ActionStatus


@dataclass(frozen=True, kw_only=True)
class Cause:
    """The root cause, worded."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Note:
    """A word for a month."""

    month: Period
    text: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The plan is agreed, or closed."""

    closes: bool


Change = NewMilestone | MovedMilestone | ActionUpdate | Action | Cause | Note | Decision
