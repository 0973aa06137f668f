"""The golden thread: the plan as a tree from priorities down to measures, how much of it stands where, and its gaps."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from performance.ground.measures import Measure
from performance.ground.organisation import NodeKind, PlanNode, Unit, UnitKind
from performance.ground.people import Role
from performance.ground.periods import Period, add_months, day_in_words
from performance.ground.reckoning.rag import Rag, Standing

# A plan is looked over once a year.
REVIEW_MONTHS = 12


Counts = Mapping[Standing, int]


@dataclass(frozen=True, kw_only=True)
class Strand:
    """A measure on the thread and its status at its newest figure; known by ward alone, it has neither.

    `overdue` is a later period whose figure ought to be in.
    """

    measure: Measure
    rag: Rag | None = None
    period: Period | None = None
    overdue: Period | None = None

    @property
    def when_in_words(self) -> str:
        """August 2017; September 2017 is overdue. Empty where only wards have figures."""
        if self.period is None:
            return ""
        return self.period.in_words + (f"; {self.overdue.in_words} is overdue" if self.overdue else "")


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A node with its own measures and the nodes below it. `counts` are of its own measures and all below."""

    node: PlanNode
    level: int
    strands: tuple[Strand, ...] = ()
    branches: tuple["Branch", ...] = ()
    counts: Counts = field(default_factory=dict)

    def walk(self) -> Iterator["Branch"]:
        """This branch and all below it, top first."""
        yield self
        for branch in self.branches:
            yield from branch.walk()


class GapKind(StrEnum):
    """A hole in the thread."""

    NO_MEASURE = "no_measure"
    NO_OBJECTIVE = "no_objective"
    VACANT_OWNER = "vacant_owner"
    NOT_REVIEWED = "not_reviewed"
    NO_METHODOLOGY = "no_methodology"

    def in_words(self, many: int) -> str:
        """2 objectives have no measure."""
        one, more = {
            "no_measure": ("objective has no measure", "objectives have no measure"),
            "no_objective": ("measure belongs to no objective", "measures belong to no objective"),
            "vacant_owner": ("has no owner in post", "have no owner in post"),
            "not_reviewed": ("plan was not reviewed within a year", "plans were not reviewed within a year"),
            "no_methodology": ("measure has no methodology", "measures have no methodology"),
        }[self.value]
        return f"{many} {one if many == 1 else more}"

    @property
    def what_to_do(self) -> str:
        return {
            "no_measure": "Give the objective, or a plan under it, a measure that shows whether it is met.",
            "no_objective": "Name the objective or plan the measure serves, or retire it.",
            "vacant_owner": "Name an owner's role, or give someone the role of service manager or head at the unit.",
            "not_reviewed": "The owner looks the plan over on its plan on a page and says so there.",
            "no_methodology": "Write down how the measure is worked out.",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class GapItem:
    """One thing to put right: a node or a measure, by code, and what is known of it."""

    code: str
    title: str
    unit_code: str | None
    is_measure: bool = False
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """All that has one kind of hole; none is good."""

    kind: GapKind
    items: tuple[GapItem, ...]

    @property
    def in_words(self) -> str:
        return self.kind.in_words(len(self.items))


# The tree


def grow(nodes: Sequence[PlanNode], strands: Iterable[Strand]) -> tuple[Branch, ...]:
    """The tree of the nodes, in their order. What hangs on a node that is not there stands at the top."""
    codes = {node.code for node in nodes}
    below: dict[str | None, list[PlanNode]] = {}
    for node in nodes:
        below.setdefault(node.parent_code if node.parent_code in codes else None, []).append(node)
    hung: dict[str | None, list[Strand]] = {}
    for strand in strands:
        hung.setdefault(strand.measure.objective_code, []).append(strand)

    def branch(node: PlanNode, level: int) -> Branch:
        under = tuple(branch(each, level + 1) for each in below.get(node.code, ()))
        own = tuple(hung.get(node.code, ()))
        counts = added([count(own), *(each.counts for each in under)])
        return Branch(node=node, level=level, strands=own, branches=under, counts=counts)

    return tuple(branch(node, 1) for node in below.get(None, ()))


def count(strands: Iterable[Strand]) -> Counts:
    """How many measures stand where; nothing is ever rolled up into one colour."""
    found = [Standing.of(strand.rag) for strand in strands]
    return {each: found.count(each) for each in Standing if each in found}


def added(counts: Iterable[Counts]) -> Counts:
    every = list(counts)
    totals = {each: sum(some.get(each, 0) for some in every) for each in Standing}
    return {each: total for each, total in totals.items() if total}


def counts_in_words(counts: Counts) -> str:
    """2 red, 1 amber, 4 green."""
    return ", ".join(f"{many} {standing.value}" for standing, many in counts.items()) or "no measures"


def loose(nodes: Sequence[PlanNode], strands: Iterable[Strand]) -> tuple[Strand, ...]:
    """The measures that hang on no node that is there."""
    codes = {node.code for node in nodes}
    return tuple(strand for strand in strands if strand.measure.objective_code not in codes)


def of_units(nodes: Sequence[PlanNode], strands: Iterable[Strand], units: Collection[str]) -> tuple[PlanNode, ...]:
    """The nodes of the units and of their measures, with all that stands above them."""
    by_code = {node.code: node for node in nodes}
    kept = {node.code for node in nodes if node.unit_code in units}
    kept |= {strand.measure.objective_code or "" for strand in strands if strand.measure.unit_code in units}
    waiting = [code for code in kept if code in by_code]
    while waiting:
        above = by_code[waiting.pop()].parent_code
        if above in by_code and above not in kept:
            kept.add(above)
            waiting.append(above)
    return tuple(node for node in nodes if node.code in kept)


def found_in(branches: Iterable[Branch], words: str) -> tuple[Branch, ...]:
    """What the words are found in, with what stands above it; a node that is found keeps all below it."""
    wanted = words.casefold().split()
    return tuple(kept for branch in branches if (kept := _found(branch, wanted)))


def is_found(strand: Strand, words: str) -> bool:
    return _has(strand.measure, words.casefold().split())


def _found(branch: Branch, wanted: Sequence[str]) -> Branch | None:
    if _has(branch.node, wanted):
        return branch
    strands = tuple(strand for strand in branch.strands if _has(strand.measure, wanted))
    below = tuple(kept for each in branch.branches if (kept := _found(each, wanted)))
    return replace(branch, strands=strands, branches=below) if strands or below else None


def _has(item: PlanNode | Measure, wanted: Sequence[str]) -> bool:
    said = f"{item.code} {item.title} {item.owner_role}".casefold()
    return all(word in said for word in wanted)


def line_up(branches: Iterable[Branch], code: str | None) -> tuple[Branch, ...]:
    """The way from the node up to its priority, the node first; nothing where the node is not in the tree."""
    for branch in branches:
        if branch.node.code == code:
            return (branch,)
        if way := line_up(branch.branches, code):
            return (*way, branch)
    return ()


def line_in_words(way: Sequence[Branch]) -> str:
    """Street Scene team plan serves the objective Keep the streets clean, which serves the outcome ..."""
    if not way:
        return ""
    first, *rest = way
    above = ", which serves ".join(f"the {kind_in_words(each.node).lower()} “{each.node.title}”" for each in rest)
    served = f" serves {above}" if above else " stands at the top of the plan"
    return f"“{first.node.title}”{served}."


def kind_in_words(node: PlanNode) -> str:
    return node.kind.value.capitalize()


# The gaps


def staffed(units: Sequence[Unit], held: Iterable[tuple[Role, str]]) -> frozenset[str]:
    """The units whose owner is in post, from the roles of open accounts as pairs of role and unit code.

    That is a service manager at the unit or above it, since the role covers all below; a head at the unit itself,
    for a team at its service too; for the council also its leadership.
    """
    holders = set(held)
    by_code = {unit.code: unit for unit in units}
    return frozenset(unit.code for unit in units if any(each in holders for each in _in_charge(unit, by_code)))


def _in_charge(unit: Unit, by_code: Mapping[str, Unit]) -> Iterator[tuple[Role, str]]:
    yield Role.HEAD, unit.code
    if unit.kind is UnitKind.TEAM and unit.parent_code:
        yield Role.HEAD, unit.parent_code
    if unit.kind is UnitKind.COUNCIL:
        yield Role.LEADERSHIP, unit.code
    seen: set[str] = set()
    above: Unit | None = unit
    while above is not None and above.code not in seen:
        seen.add(above.code)
        yield Role.SERVICE_MANAGER, above.code
        above = by_code.get(above.parent_code or "")


def find_gaps(
    nodes: Sequence[PlanNode],
    strands: Sequence[Strand],
    *,
    day: date,
    in_post: Collection[str],
    unit_names: Mapping[str, str],
) -> tuple[Gap, ...]:
    """Every hole in the thread on the day, in the order in which they matter; kinds without one are left out."""
    measures = [strand.measure for strand in strands]
    owned: list[PlanNode | Measure] = [*nodes, *measures]
    found = {
        GapKind.NO_MEASURE: [
            _item(branch.node)
            for top in grow(nodes, strands)
            for branch in top.walk()
            if branch.node.kind is NodeKind.OBJECTIVE and not branch.counts
        ],
        GapKind.NO_OBJECTIVE: [_item(strand.measure) for strand in loose(nodes, strands)],
        GapKind.VACANT_OWNER: [_item(each, why) for each in owned if (why := _vacant(each, in_post, unit_names))],
        GapKind.NOT_REVIEWED: [_item(node, why) for node in nodes if (why := _not_reviewed(node, day))],
        GapKind.NO_METHODOLOGY: [
            _item(measure) for measure in measures if not (measure.methodology.strip() or measure.formula.strip())
        ],
    }
    return tuple(Gap(kind=kind, items=tuple(items)) for kind, items in found.items() if items)


def gaps_of_units(gaps: Iterable[Gap], units: Collection[str]) -> tuple[Gap, ...]:
    """Only what the units have to put right."""
    kept = (replace(gap, items=tuple(item for item in gap.items if item.unit_code in units)) for gap in gaps)
    return tuple(gap for gap in kept if gap.items)


def _item(each: PlanNode | Measure, detail: str = "") -> GapItem:
    return GapItem(
        code=each.code,
        title=each.title,
        unit_code=each.unit_code,
        is_measure=isinstance(each, Measure),
        detail=detail,
    )


def _vacant(each: PlanNode | Measure, in_post: Collection[str], unit_names: Mapping[str, str]) -> str:
    """Why its owner is not in post; nothing where there is one."""
    if not each.owner_role.strip():
        return "No owner’s role is named."
    if each.unit_code is None or each.unit_code in in_post:
        return ""
    unit = unit_names.get(each.unit_code)
    if unit is None:
        return f"{each.owner_role}: the unit {each.unit_code} was closed."
    return f"{each.owner_role}: nobody is service manager or head of {unit}."


def _not_reviewed(node: PlanNode, day: date) -> str:
    """Since when nobody looked an objective or a plan over; nothing where someone did within a year."""
    if node.kind not in {NodeKind.OBJECTIVE, NodeKind.PLAN}:
        return ""
    if node.reviewed_on is None or node.reviewed_on > day:
        return "No review by that day is on record."
    if add_months(node.reviewed_on, REVIEW_MONTHS) < day:
        return f"Last reviewed on {day_in_words(node.reviewed_on)}."
    return ""
