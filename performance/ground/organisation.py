"""The council's own nouns: areas, organisation units, plan nodes, returns, recovery plans and actions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from performance.ground.periods import Period, day_in_words


class AreaKind(StrEnum):
    COUNCIL = "council"
    WARD = "ward"
    REGION = "region"
    NATION = "nation"
    OTHER_COUNCIL = "other_council"


class UnitKind(StrEnum):
    COUNCIL = "council"
    DIRECTORATE = "directorate"
    SERVICE = "service"
    TEAM = "team"


class NodeKind(StrEnum):
    PRIORITY = "priority"
    OUTCOME = "outcome"
    OBJECTIVE = "objective"
    PLAN = "plan"


class ReturnStatus(StrEnum):
    """A return's way: in draft, waiting for sign-off, approved, or back with a question."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"

    @property
    def in_words(self) -> str:
        return {
            "draft": "In draft",
            "submitted": "Waiting for sign-off",
            "approved": "Signed off",
            "returned": "Returned with a question",
        }[self.value]


class ReopeningStatus(StrEnum):
    """A request to correct what is locked: asked, then granted for a time or refused; or corrected at once, by file."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    CORRECTED = "corrected"

    @property
    def in_words(self) -> str:
        return {
            "asked": "Waiting for the BI team",
            "granted": "Granted",
            "refused": "Refused",
            "corrected": "Corrected by a file",
        }[self.value]


class PlanStatus(StrEnum):
    """A recovery plan's way (docs/domain.md, Recovery)."""

    DRAFTED = "drafted"
    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"
    TOLERATED = "tolerated"

    @property
    def in_words(self) -> str:
        return {
            "drafted": "Drafted, waiting for agreement",
            "agreed": "Agreed",
            "in_progress": "In progress",
            "closed": "Closed",
            "tolerated": "Tolerated",
        }[self.value]


class ActionStatus(StrEnum):
    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    LATE = "late"
    DONE = "done"

    @property
    def in_words(self) -> str:
        return {"not_started": "Not started", "on_track": "On track", "late": "Late", "done": "Done"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Area:
    """A place, by its GSS code. Names are for people; everything joins on the code."""

    code: str
    name: str
    kind: AreaKind
    parent_code: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    aliases: tuple[str, ...] = ()

    def stood(self, day: date) -> bool:
        """Whether it was there on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def name_on(self, day: date) -> str:
        """Its name, and until when, where it is no more: the ward after it may have the same name."""
        ended = self.valid_to and self.valid_to < day
        return f"{self.name} (until {day_in_words(self.valid_to)})" if self.valid_to and ended else self.name


@dataclass(frozen=True, kw_only=True)
class ComparatorMembership:
    """An area's place in a comparator group, between two dates; rank 1 is the closest."""

    group_name: str
    area_code: str
    rank: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class BoundaryEdition:
    """A named set of polygons and the days it was in force."""

    name: str
    valid_from: date
    valid_to: date | None = None
    drawn_by_us: bool = False


@dataclass(frozen=True, kw_only=True)
class Unit:
    """An organisation unit as it stands between two dates: it may move, be renamed and be closed."""

    code: str
    name: str
    kind: UnitKind
    parent_code: str | None = None
    owner_role: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class PlanNode:
    """A node of the golden thread: priority, outcome, objective or plan.

    `why` says why it matters; `evidence` names, by code, the measures that show it; `reviewed_on` is the day its
    owner last looked it over.
    """

    code: str
    title: str
    kind: NodeKind
    parent_code: str | None = None
    unit_code: str | None = None
    owner_role: str = ""
    why: str = ""
    evidence: tuple[str, ...] = ()
    lessons: str = ""
    reviewed_on: date | None = None
    position: int = 0
    valid_from: date | None = None
    valid_to: date | None = None

    def is_valid(self, day: date) -> bool:
        """Whether it is part of the plan on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, kw_only=True)
class Risk:
    """A risk as the register words it: cause, event, effect; likelihood and impact from 1 to 5."""

    code: str
    title: str
    cause: str = ""
    event: str = ""
    effect: str = ""
    likelihood: int | None = None
    impact: int | None = None
    owner_role: str = ""
    node_code: str | None = None
    measure_code: str | None = None
    mitigation: str = ""


@dataclass(frozen=True, kw_only=True)
class Action:
    """An action with Appendix A's columns. It belongs to a node of the plan, a measure or a recovery plan.

    In a recovery plan it names the `effect` expected of it on the measure's own figure, with its sign, and the day
    `effect_by` which it should show; `original_ends_on` stays where the end has moved, so many times. A mitigation
    names its risk.
    """

    id: int
    action: str
    node_code: str | None = None
    measure_code: str | None = None
    responsible_role: str = ""
    result: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    resources: str = ""
    status: ActionStatus = ActionStatus.NOT_STARTED
    effect: Decimal | None = None
    effect_by: date | None = None
    original_ends_on: date | None = None
    moves: int = 0
    risk_code: str | None = None

    @property
    def stands_in_words(self) -> str:
        """How it stands, which somebody has to say of it: it may be late before its end."""
        return "Late by its owner's word" if self.status is ActionStatus.LATE else self.status.in_words


@dataclass(frozen=True, kw_only=True)
class Return:
    """A service's figures for a reporting period.

    `returned_at` is when they last went back with a question, `approved_at` when they were last approved, whatever
    became of them since.
    """

    unit_code: str
    period: Period
    status: ReturnStatus
    version: int = 0
    submitted_by: str | None = None
    submitted_at: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    question: str = ""
    returned_at: datetime | None = None
    approved_at: datetime | None = None

    @property
    def reference(self) -> str:
        """What people quote: 2017-10-WASTE."""
        return f"{self.period.start:%Y-%m}-{self.unit_code}"


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A measurable milestone: the measure's figure for the period should be at least, or at most, the number.

    `measure_code` names the measure where a plan is for several and it is not the plan's first.
    """

    id: int
    number: Decimal
    period: Period
    original_period: Period
    moves: int = 0
    note: str = ""
    measure_code: str | None = None


def units_below(unit_code: str, parents: Iterable[tuple[str, str | None]]) -> frozenset[str]:
    """The unit's code and the codes of all below it, from pairs of code and parent. A loop ends where it began."""
    children: dict[str | None, list[str]] = {}
    for code, parent in parents:
        children.setdefault(parent, []).append(code)
    found: set[str] = set()
    waiting = [unit_code]
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting.extend(children.get(code, []))
    return frozenset(found)


class MilestoneState(StrEnum):
    """What the figures say about a milestone."""

    MET = "met"
    MISSED = "missed"
    NOT_YET = "not_yet"

    @property
    def in_words(self) -> str:
        return {"met": "Met", "missed": "Missed", "not_yet": "Not known yet"}[self.value]
