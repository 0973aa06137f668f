"""This year's plan against next year's: what is carried over, changed, ended, added and linked anew, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from performance.ground.organisation import PlanNode
from performance.ground.periods import day_in_words
from performance.plan.refresh import FIELDS, LINK, Line, LineKind, Noun, Plan, Refresh, in_order


@dataclass(frozen=True, kw_only=True)
class DiffRow:
    """One difference: what happens to what, in which field, this year and next."""

    what: str
    name: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class DiffGroup:
    """The differences under one priority, and how many of its parts stay as they are."""

    title: str
    carried_over: int
    rows: tuple[DiffRow, ...]


@dataclass(frozen=True, kw_only=True)
class PlanDiff:
    """Two years' plans compared, by priority."""

    refresh: Refresh
    groups: tuple[DiffGroup, ...]
    carried_over: int
    changed: int
    ended: int
    added: int
    relinked: int

    @property
    def is_empty(self) -> bool:
        return not any((self.changed, self.ended, self.added, self.relinked))

    @property
    def in_words(self) -> str:
        """Of 29 parts of this year's plan 26 are carried over as they are, 2 are changed and 1 is ended. ..."""
        total = self.carried_over + self.changed + self.ended
        if self.is_empty:
            return f"All {total} parts of this year's plan are carried over as they are."
        return (
            f"Of {total} {_many(total, 'part', 'parts')} of this year's plan, {self.carried_over}"
            f" {_is(self.carried_over)} carried over, {self.changed} {_is(self.changed)} changed and"
            f" {self.ended} {_is(self.ended)} ended. {self.added} {_is(self.added)} added."
            f" {self.relinked} {_many(self.relinked, 'measure is', 'measures are')} linked anew."
        )


def compare(refresh: Refresh, this_year: Plan, next_year: Plan, lines: Iterable[Line],
            *, units: Mapping[str, str]) -> PlanDiff:  # fmt: skip
    """What the lines of a draft, or of an adopted plan, make of this year's plan; `units` are names by code."""
    said = {(line.noun, line.code): line for line in lines if not line.carries_over}
    words = _Words(this_year=this_year, next_year=next_year, units=units, refresh=refresh)
    rows: dict[str, list[DiffRow]] = {}
    kept: dict[str, int] = {}
    for node in _every_node(this_year, next_year):
        root = words.root(node.code)
        line = said.get((Noun.NODE, node.code))
        rows.setdefault(root, []).extend(words.of_node(node, line) if line else ())
        kept[root] = kept.get(root, 0) + (line is None)
    for measure in this_year.measures:
        if line := said.get((Noun.MEASURE, measure.code)):
            root = words.root(line.after.get(LINK) or line.before.get(LINK) or "")
            rows.setdefault(root, []).append(words.of_measure(measure.title, line))
    counts = {kind: sum(line.kind is kind and line.noun is Noun.NODE for line in said.values()) for kind in LineKind}
    return PlanDiff(
        refresh=refresh,
        groups=tuple(
            DiffGroup(title=words.title(root), carried_over=kept.get(root, 0), rows=tuple(found))
            for root, found in rows.items()
        ),
        carried_over=sum(kept.values()),
        changed=counts[LineKind.CHANGED],
        ended=counts[LineKind.ENDED],
        added=counts[LineKind.ADDED],
        relinked=sum(line.noun is Noun.MEASURE for line in said.values()),
    )


@dataclass(frozen=True, kw_only=True)
class _Words:
    """How values of either year are printed."""

    this_year: Plan
    next_year: Plan
    units: Mapping[str, str]
    refresh: Refresh

    def root(self, code: str) -> str:
        """The priority, or whatever stands at the top, that a node is under; next year's place goes first."""
        seen: set[str] = set()
        while (node := self._node(code)) and node.parent_code and code not in seen:
            seen.add(code)
            code = node.parent_code
        return code

    def title(self, code: str | None, *, of_old: bool = False) -> str:
        node = (self.this_year.by_code.get(code or "") if of_old else None) or self._node(code or "")
        return node.title if node else (code or "No objective")

    def of_node(self, node: PlanNode, line: Line) -> Iterator[DiffRow]:
        name = f"{node.kind.value.capitalize()}: {self.title(node.code, of_old=True)}"
        if line.kind is LineKind.ENDED:
            ends = f"Ends on {day_in_words(self.refresh.eve)}"
            yield DiffRow(what="Ended", name=name, field="All of it", before="In the plan", after=ends)
        elif line.kind is LineKind.ADDED:
            yield DiffRow(what="Added", name=name, field="All of it", before="Not in the plan", after=self._added(node))
        else:
            for field, value in line.after.items():
                before = self.value(field, line.before.get(field), of_old=True)
                yield DiffRow(
                    what="Changed", name=name, field=FIELDS[field], before=before, after=self.value(field, value)
                )

    def of_measure(self, title: str, line: Line) -> DiffRow:
        before, after = line.before.get(LINK), line.after.get(LINK)
        return DiffRow(
            what="Linked anew" if after else "Unlinked",
            name=f"Measure: {title}",
            field="Objective",
            before=self.title(before, of_old=True),
            after=self.title(after),
        )

    def value(self, field: str, value: Any, *, of_old: bool = False) -> str:
        if field == "parent_code":
            return self.title(value, of_old=of_old) if value else "The top of the plan"
        if field == "unit_code":
            return self.units.get(value, value) if value else "No unit"
        return str(value) or "Nothing"

    def _added(self, node: PlanNode) -> str:
        parts = [f"Stands under {self.value('parent_code', node.parent_code)}"]
        parts += [f"owner role {node.owner_role}"] if node.owner_role else ["no owner role yet"]
        return ", ".join(parts) + "." + (f" {node.why}" if node.why else "")

    def _node(self, code: str) -> PlanNode | None:
        return self.next_year.by_code.get(code) or self.this_year.by_code.get(code)


def _every_node(this_year: Plan, next_year: Plan) -> list[PlanNode]:
    """Next year's tree, with what ended where it stood this year."""
    known = next_year.by_code
    both = [*next_year.nodes, *(node for node in this_year.nodes if node.code not in known)]
    return [node for _, node in in_order(sorted(both, key=lambda node: (node.position, node.code)))]


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _many(count: int, one: str, more: str) -> str:
    return one if count == 1 else more
