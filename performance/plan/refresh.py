"""Next year's plan: what a draft says of each node and measure, against the plan as it stands."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from performance.ground.measures import Measure
from performance.ground.organisation import NodeKind, PlanNode
from performance.ground.periods import Period, day_in_words


class Noun(StrEnum):
    """What a line of the draft is about."""

    NODE = "node"
    MEASURE = "measure"


class LineKind(StrEnum):
    """What happens to it. What has no line is carried over as it is."""

    CHANGED = "changed"
    ADDED = "added"
    ENDED = "ended"

    @property
    def in_words(self) -> str:
        return self.value.capitalize()


class RefreshState(StrEnum):
    """A draft is adopted on a date, or abandoned; it is never taken back."""

    DRAFT = "draft"
    ADOPTED = "adopted"
    ABANDONED = "abandoned"


# The fields of a node that a new year may word differently, as people call them.
FIELDS: Mapping[str, str] = {
    "title": "Title",
    "parent_code": "Stands under",
    "unit_code": "Unit",
    "owner_role": "Owner role",
    "why": "Why it matters",
    "position": "Order",
}
LINK = "objective_code"


@dataclass(frozen=True, kw_only=True)
class Refresh:
    """The draft of a new year's plan, and what became of it; `reason` says why it was abandoned."""

    title: str
    starts_on: date
    opened_by: str
    opened_at: datetime
    id: int = 0
    state: RefreshState = RefreshState.DRAFT
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str = ""

    @property
    def eve(self) -> date:
        """The last day of the plan before it."""
        return self.starts_on - timedelta(days=1)

    @property
    def in_words(self) -> str:
        """ "Plan for 2018/19: draft, from 1 April 2018"."""
        return f"{self.title}: {self.state.value}, from {day_in_words(self.starts_on)}"


@dataclass(frozen=True, kw_only=True)
class Line:
    """What the draft says of one node or measure, with what the plan said when it was written; version is the lock.

    A line is never taken out: one that changes nothing any more carries its node over as it is.
    """

    noun: Noun
    code: str
    kind: LineKind
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
    edited_by: str = ""
    edited_at: datetime | None = None

    @property
    def carries_over(self) -> bool:
        return self.kind is LineKind.CHANGED and not self.after


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The nodes in force on a day, in order, and the measures in use then."""

    nodes: tuple[PlanNode, ...]
    measures: tuple[Measure, ...]

    @cached_property
    def by_code(self) -> dict[str, PlanNode]:
        return {node.code: node for node in self.nodes}

    @property
    def links(self) -> dict[str, str | None]:
        """The objective or plan of each measure."""
        return {measure.code: measure.objective_code for measure in self.measures}


@dataclass(frozen=True, kw_only=True)
class Clash:
    """The plan says something else by now than when a line was written; without a field, the whole line is moot."""

    line: Line
    field: str = ""
    before: Any = None
    now: Any = None

    @property
    def may_keep(self) -> bool:
        """Whether the draft's word can still be taken."""
        return bool(self.field)


def new_year(today: date) -> tuple[str, date]:
    """What a draft opened today is called and when it starts, unless someone says otherwise: 1 April next."""
    year = Period.containing(today, months=12).following
    return f"Plan for {year.short}", year.start


def carried_into(starts_on: date, *, on_eve: Iterable[PlanNode], on_day: Iterable[PlanNode]) -> tuple[PlanNode, ...]:
    """What a new year begins with: the plan of the day, and nodes whose dates run out with the old year, prolonged."""
    kept = list(on_day)
    known, eve = {node.code for node in kept}, starts_on - timedelta(days=1)
    lapsing = (node for node in on_eve if node.code not in known and node.valid_to == eve)
    return _ordered([*kept, *(replace(node, valid_to=None) for node in lapsing)])


def preview(base: Plan, lines: Iterable[Line], *, starts_on: date) -> Plan:
    """The plan as the draft would have it from its first day."""
    said = {(line.noun, line.code): line for line in lines}
    nodes = [node for each in base.nodes if (node := _node_as(each, said.get((Noun.NODE, each.code))))]
    known = base.by_code
    added = (line for line in said.values() if line.kind is LineKind.ADDED and line.code not in known)
    nodes += [PlanNode(code=line.code, valid_from=starts_on, **line.after) for line in added]
    measures = [_measure_as(each, said.get((Noun.MEASURE, each.code))) for each in base.measures]
    return Plan(nodes=_ordered(nodes), measures=tuple(measures))


def clashes(base: Plan, lines: Iterable[Line], *, taken: Collection[str] = ()) -> tuple[Clash, ...]:
    """Where the plan has changed since a line was written; `taken` are the codes of every node there ever was."""
    nodes, measures = base.by_code, {measure.code: measure for measure in base.measures}
    found: list[Clash] = []
    for line in lines:
        current = nodes.get(line.code) if line.noun is Noun.NODE else measures.get(line.code)
        if line.kind is LineKind.ADDED:
            found += [Clash(line=line)] if line.code in taken else []
        elif not line.carries_over:
            found += [Clash(line=line)] if current is None else _fields_that_moved(line, current)
    return tuple(found)


def settled(line: Line, base: Plan, *, keeps_draft: bool) -> Line:
    """The line after someone chose between what it says and what the plan says by now."""
    current: Any = base.by_code.get(line.code)
    if line.noun is Noun.MEASURE:
        current = next((measure for measure in base.measures if measure.code == line.code), None)
    moved = {clash.field for clash in _fields_that_moved(line, current)} if current else set()
    if current is None or line.kind is LineKind.ADDED or (line.kind is LineKind.ENDED and not keeps_draft):
        return replace(line, kind=LineKind.CHANGED, before={}, after={})
    if line.kind is LineKind.ENDED:
        return replace(line, before={name: getattr(current, name) for name in line.before})
    kept = {name: value for name, value in line.after.items() if keeps_draft or name not in moved}
    return line_for(current, kept, noun=line.noun, version=line.version)


def line_for(current: Any, wanted: Mapping[str, Any], *, noun: Noun, version: int) -> Line:
    """A line that words a node or measure so, naming only the fields that differ from the plan's."""
    after = {name: value for name, value in wanted.items() if value != getattr(current, name)}
    before = {name: getattr(current, name) for name in after}
    return Line(noun=noun, code=current.code, kind=LineKind.CHANGED, before=before, after=after, version=version)


def ending(node: PlanNode, *, version: int) -> Line:
    """A line that ends a node, remembering what it said."""
    before = {name: getattr(node, name) for name in FIELDS}
    return Line(noun=Noun.NODE, code=node.code, kind=LineKind.ENDED, before=before, version=version)


def adding(node: PlanNode, *, version: int = 0) -> Line:
    after = {"kind": node.kind} | {name: getattr(node, name) for name in FIELDS}
    return Line(noun=Noun.NODE, code=node.code, kind=LineKind.ADDED, after=after, version=version)


def below(code: str, nodes: Iterable[PlanNode]) -> list[PlanNode]:
    """All nodes under one, nearest first; a loop ends where it began."""
    children: dict[str | None, list[PlanNode]] = {}
    for node in nodes:
        children.setdefault(node.parent_code, []).append(node)
    found: dict[str, PlanNode] = {}
    waiting = [code]
    while waiting:
        fresh = [node for node in children.get(waiting.pop(0), []) if node.code not in found and node.code != code]
        found |= {node.code: node for node in fresh}
        waiting += [node.code for node in fresh]
    return list(found.values())


def parents_for(kind: NodeKind, nodes: Sequence[PlanNode], *, code: str = "") -> list[PlanNode]:
    """What a node of the kind may stand under: anything higher, and a plan under a plan; never under itself."""
    own, under = _RANK[kind], {node.code for node in below(code, nodes)} | {code}
    fits = (node for node in nodes if _RANK[node.kind] < own or node.kind is kind is NodeKind.PLAN)
    return [node for node in fits if node.code not in under]


def kinds_under(kind: NodeKind) -> list[NodeKind]:
    """What may be added under a node of the kind: first the next level down."""
    return [each for each in NodeKind if _RANK[each] > _RANK[kind]] or [NodeKind.PLAN]


def in_order(nodes: Sequence[PlanNode]) -> Iterator[tuple[int, PlanNode]]:
    """The nodes as a tree is read, each with its depth; those whose parent is not there come last, at the top."""
    codes = {node.code for node in nodes}
    children: dict[str | None, list[PlanNode]] = {}
    for node in nodes:
        children.setdefault(node.parent_code if node.parent_code in codes else None, []).append(node)
    seen: set[str] = set()
    waiting = [(0, node) for node in reversed(children.get(None, []))]
    while waiting:
        depth, node = waiting.pop()
        seen.add(node.code)
        yield depth, node
        waiting += [(depth + 1, child) for child in reversed(children.get(node.code, [])) if child.code not in seen]
    yield from ((0, node) for node in nodes if node.code not in seen)


def suggested_code(parent: PlanNode | None, taken: Collection[str]) -> str:
    """A code nobody uses yet: the parent's with the next number, or N and a number at the top."""
    stem = f"{parent.code}." if parent else "N"
    return next(code for number in range(1, len(taken) + 2) if (code := f"{stem}{number}") not in taken)


_RANK = {kind: rank for rank, kind in enumerate(NodeKind)}


def _ordered(nodes: Iterable[PlanNode]) -> tuple[PlanNode, ...]:
    return tuple(sorted(nodes, key=lambda node: (node.position, node.code)))


def _node_as(node: PlanNode, line: Line | None) -> PlanNode | None:
    if line is None or line.kind is LineKind.ADDED:
        return node
    return None if line.kind is LineKind.ENDED else replace(node, **line.after)


def _measure_as(measure: Measure, line: Line | None) -> Measure:
    return replace(measure, **line.after) if line else measure


def _fields_that_moved(line: Line, current: Any) -> list[Clash]:
    """The fields that differ from what they were when the line was written, and from what it would make of them."""
    return [
        Clash(line=line, field=name, before=before, now=now)
        for name, before in line.before.items()
        if (now := getattr(current, name)) != before and (name not in line.after or now != line.after[name])
    ]
