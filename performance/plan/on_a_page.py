"""A plan on a page: what may be written on it, whose page an action belongs on, and how its actions stood on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from performance.ground.dated import Change, Recording
from performance.ground.entry import Problem
from performance.ground.organisation import Action, NodeKind, PlanNode
from performance.ground.periods import day_in_words

MOST_EVIDENCE = 3
_LONGEST = {"why": 1000, "lessons": 1000, "owner_role": 120, "action": 300, "result": 300, "resources": 300,
            "responsible_role": 120, "reason": 500}  # fmt: skip
FIELDS = {
    "title": "Title",
    "parent_code": "Place in the golden thread",
    "unit_code": "Organisation unit",
    "owner_role": "Owner",
    "why": "Why it matters",
    "evidence": "Evidence",
    "lessons": "Lessons",
    "reviewed_on": "Last reviewed",
    "position": "Order",
    "valid_from": "In the plan from",
    "valid_to": "In the plan until",
}
_ACTION_FIELDS = {
    "action": "Action",
    "responsible_role": "Responsible officer",
    "result": "Anticipated result",
    "starts_on": "Start",
    "ends_on": "End",
    "resources": "Resources",
    "status": "Status",
}


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What the owner writes on the page, as typed in the form."""

    owner_role: str
    why: str
    evidence: tuple[str, ...]
    lessons: str
    reason: str = ""

    def onto(self, node: PlanNode) -> PlanNode:
        """The node worded like this."""
        return replace(
            node,
            owner_role=self.owner_role.strip(),
            why=self.why.strip(),
            evidence=self.evidence,
            lessons=self.lessons.strip(),
        )


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """The owner looked the page over today and found it right."""


@dataclass(frozen=True, kw_only=True)
class ActionDraft:
    """An action as typed: a new one where its id is 0. `removes` takes it off the page."""

    action: Action
    removes: bool = False
    reason: str = ""


PageChange = Wording | Reviewed | ActionDraft


@dataclass(frozen=True, kw_only=True)
class ActionChange:
    """One version of an action: what it was (nothing, where it was added) and is (nothing, where it was removed)."""

    action_id: int
    version: int
    before: Action | None
    after: Action | None
    recording: Recording


@dataclass(frozen=True, kw_only=True)
class Clash:
    """One field that someone else changed meanwhile: what they wrote, what one wrote oneself, who and when."""

    field: str
    theirs: Any
    mine: Any
    by: str
    recording: Recording

    @property
    def label(self) -> str:
        return (FIELDS | _ACTION_FIELDS).get(self.field, self.field)


def actions_on(
    actions: Iterable[Action], changes: Iterable[ActionChange], *, on: date
) -> tuple[tuple[Action, int], ...]:
    """The actions as they stood at the end of a day, each with its version: 1 where nothing was ever changed.

    `actions` are all there are now, those removed since included among the changes.
    """
    history: dict[int, list[ActionChange]] = {}
    for change in sorted(changes, key=lambda each: each.version):
        history.setdefault(change.action_id, []).append(change)
    known = {action.id: action for action in actions}
    found = []
    for action_id in sorted({*known, *history}):
        action, version = _as_it_stood(known.get(action_id), history.get(action_id, []), on)
        if action is not None:
            found.append((action, version))
    return tuple(found)


def _as_it_stood(now: Action | None, changes: Sequence[ActionChange], on: date) -> tuple[Action | None, int]:
    if not changes:
        return now, 1
    taken = [change for change in changes if change.recording.effective_on <= on]
    if not taken:
        return changes[0].before, 1
    return taken[-1].after, taken[-1].version


def clashes(
    mine: PlanNode, *, now: PlanNode, based_on: int, changes: Iterable[Change], known_as: dict[str, str]
) -> tuple[Clash, ...]:
    """The fields changed by others since the version one has seen, to something else than one wrote oneself.

    What one did not touch oneself, and what both wrote alike, is no clash.
    """
    later = [change for change in changes if change.version > based_on]
    seen = as_seen(now, later)
    found = []
    for field, last in {change.field: change for change in later}.items():
        wrote, stands = getattr(mine, field), getattr(now, field)
        if wrote not in (getattr(seen, field), stands):
            who = known_as.get(last.recording.by, last.recording.by)
            found.append(Clash(field=field, theirs=stands, mine=wrote, by=who, recording=last.recording))
    return tuple(found)


def as_seen(now: PlanNode, later: Iterable[Change]) -> PlanNode:
    """The node before the later changes: what someone saw who has not seen them."""
    first: dict[str, Any] = {}
    for change in later:
        first.setdefault(change.field, change.before)
    return replace(now, **first)


def merged(mine: PlanNode, *, now: PlanNode, seen: PlanNode) -> PlanNode:
    """What one changed oneself, on top of all that others changed meanwhile."""
    own = {name: getattr(mine, name) for name in FIELDS if getattr(mine, name) != getattr(seen, name)}
    return replace(now, **own)


def check_wording(wording: Wording, *, changes: bool) -> list[Problem]:
    """What cannot be kept of the page's words; a change says why it is made."""
    found = _too_long(
        {"owner_role": wording.owner_role, "why": wording.why, "lessons": wording.lessons, "reason": wording.reason}
    )
    if not wording.owner_role.strip():
        found.append(Problem(field="owner_role", message="Enter the role that owns this plan"))
    if len(wording.evidence) > MOST_EVIDENCE:
        many = f"Choose at most {MOST_EVIDENCE} measures as evidence: more do not fit on the page"
        found.append(Problem(field="evidence", message=many))
    if changes and not wording.reason.strip():
        found.append(Problem(field="reason", message="Enter why you change the plan"))
    return found


def check_action(action: Action) -> list[Problem]:
    """What cannot be kept of an action."""
    found = _too_long({name: getattr(action, name) for name in ("action", "responsible_role", "result", "resources")})
    if not action.action.strip():
        found.append(Problem(field="action", message="Enter what is to be done"))
    if not action.responsible_role.strip():
        found.append(Problem(field="responsible_role", message="Enter who is responsible, by role"))
    if action.starts_on and action.ends_on and action.ends_on < action.starts_on:
        late = f"The action must end on or after {day_in_words(action.starts_on)}, the day it starts"
        found.append(Problem(field="ends_on", message=late))
    return found


def _too_long(texts: dict[str, str]) -> list[Problem]:
    names = FIELDS | _ACTION_FIELDS | {"reason": "The reason"}
    return [
        Problem(field=name, message=f"{names[name]} must be {_LONGEST[name]} characters or fewer, not {len(text)}")
        for name, text in texts.items()
        if len(text) > _LONGEST[name]
    ]


def action_differences(change: ActionChange) -> list[tuple[str, str, str]]:
    """Each field of the action that changed: its name, before and after, in words."""
    if change.before is None or change.after is None:
        whole = change.before or change.after
        name = "Action removed" if change.after is None else "Action added"
        said = whole.action if whole else ""
        return [(name, said if change.before else "", said if change.after else "")]
    return [
        (f"{label} of “{change.after.action}”", said_as(before), said_as(after))
        for name, label in _ACTION_FIELDS.items()
        if (before := getattr(change.before, name)) != (after := getattr(change.after, name))
    ]


def said_as(value: Any) -> str:
    """A field's value as a person reads it; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(getattr(value, "in_words", value))


def page_of_unit(unit_code: str, nodes: Iterable[PlanNode], parents: Mapping[str, str | None]) -> PlanNode | None:
    """The page on which an action of a unit as a whole belongs: its plan, or else an objective it leads; or else those
    of the nearest unit above. None where nobody above has either.
    """
    standing = list(nodes)
    code: str | None = unit_code
    seen: set[str] = set()
    while code is not None and code not in seen:
        seen.add(code)
        for kind in (NodeKind.PLAN, NodeKind.OBJECTIVE):
            if found := next((node for node in standing if (node.unit_code, node.kind) == (code, kind)), None):
                return found
        code = parents.get(code)
    return None
