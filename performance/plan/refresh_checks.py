"""What is left to settle in the draft of a new year's plan, and what stands in the way of adopting it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from performance.ground.organisation import NodeKind, PlanNode
from performance.ground.texts import LONGEST, LONGEST_ROLE, too_long
from performance.plan.refresh import Plan, below

LONGEST_TITLE, LONGEST_NAME, LONGEST_CODE = 200, 100, 32  # of a node, of the plan as a whole, of a code


class MatterKind(StrEnum):
    """What a draft leaves open."""

    NO_PARENT = "no_parent"
    LOOP = "loop"
    NO_OBJECTIVE = "no_objective"
    NO_MEASURE = "no_measure"
    VACANT = "vacant"

    @property
    def blocks(self) -> bool:
        """Whether the draft cannot be adopted before this is settled."""
        return self in {MatterKind.NO_PARENT, MatterKind.LOOP}

    def in_words(self, many: int) -> str:
        one, more = {
            "no_parent": ("part of the plan stands under one that ends", "parts of the plan stand under one that ends"),
            "loop": ("part of the plan stands under itself", "parts of the plan stand under themselves"),
            "no_objective": ("measure is left without an objective", "measures are left without an objective"),
            "no_measure": ("objective has no measure", "objectives have no measure"),
            "vacant": ("owner's role is vacant", "owners' roles are vacant"),
        }[self.value]
        return f"{many} {one if many == 1 else more}"

    @property
    def what_to_do(self) -> str:
        return {
            "no_parent": "Move it under another, or end it too. Until then the plan cannot be adopted.",
            "loop": "Choose another place for it. Until then the plan cannot be adopted.",
            "no_objective": "Link it to another objective or plan.",
            "no_measure": "Link a measure to it, or to a plan under it.",
            "vacant": "Name an owner role at a unit where someone is service manager or head.",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One thing to settle, about a node or a measure by its code."""

    kind: MatterKind
    code: str
    title: str
    detail: str = ""


def matters(next_year: Plan, *, this_year: Plan, in_post: Collection[str]) -> tuple[Matter, ...]:
    """All the draft leaves open, what stands in the way first; `in_post` are units with a manager or head."""
    nodes = next_year.by_code
    titles = {node.code: node.title for node in this_year.nodes}
    found = [
        *_misplaced(next_year.nodes, nodes, titles),
        *_unlinked(next_year, titles),
        *_unmeasured(next_year),
        *(
            Matter(kind=MatterKind.VACANT, code=node.code, title=node.title, detail=node.owner_role or "No role named")
            for node in next_year.nodes
            if not node.owner_role.strip() or (node.unit_code is not None and node.unit_code not in in_post)
        ),
    ]
    order = list(MatterKind)
    return tuple(sorted(found, key=lambda matter: order.index(matter.kind)))


def blocking(found: Iterable[Matter]) -> list[str]:
    """A sentence for each thing that stands in the way of adopting."""
    return [f"{matter.title}: {matter.detail} {matter.kind.what_to_do}" for matter in found if matter.kind.blocks]


def node_problems(node: PlanNode, *, units: Collection[str]) -> dict[str, str]:
    """What cannot be right about a node as it was typed, by field."""
    found: dict[str, str] = {}
    if not node.title.strip():
        found["title"] = "Enter the title"
    for field, name, longest in (("title", "Title", LONGEST_TITLE), ("owner_role", "Owner role", LONGEST_ROLE),
                                 ("why", "Why it matters", LONGEST)):  # fmt: skip
        if message := too_long(name, getattr(node, field), at_most=longest):
            found[field] = message
    if node.kind is not NodeKind.PRIORITY and node.parent_code is None:
        found["parent_code"] = f"Choose what the {node.kind.value} stands under"
    if node.unit_code is not None and node.unit_code not in units:
        found["unit_code"] = "Choose a unit of the council"
    return found


def _misplaced(nodes: Iterable[PlanNode], known: Mapping[str, PlanNode], titles: Mapping[str, str]) -> Iterator[Matter]:
    for node in nodes:
        if node.parent_code is not None and node.parent_code not in known:
            gone = titles.get(node.parent_code, node.parent_code)
            yield Matter(kind=MatterKind.NO_PARENT, code=node.code, title=node.title, detail=f'"{gone}" ends.')
        elif any(each.code == node.parent_code for each in below(node.code, nodes)) or node.parent_code == node.code:
            yield Matter(kind=MatterKind.LOOP, code=node.code, title=node.title)


def _unlinked(plan: Plan, titles: Mapping[str, str]) -> Iterator[Matter]:
    known = plan.by_code
    for measure in plan.measures:
        linked = measure.objective_code
        if linked is None or linked not in known:
            detail = f'"{titles.get(linked, linked)}" ends.' if linked else "Linked to nothing."
            yield Matter(kind=MatterKind.NO_OBJECTIVE, code=measure.code, title=measure.title, detail=detail)


def _unmeasured(plan: Plan) -> Iterator[Matter]:
    linked = set(plan.links.values())
    for node in plan.nodes:
        if node.kind is NodeKind.OBJECTIVE and linked.isdisjoint(
            {node.code, *(each.code for each in below(node.code, plan.nodes))}
        ):
            yield Matter(kind=MatterKind.NO_MEASURE, code=node.code, title=node.title)
