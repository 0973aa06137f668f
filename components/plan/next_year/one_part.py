"""One part of the draft: worded anew, moved, ended, carried over after all, or with something added under it."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from components.parts import typed_text
from components.parts.markup import plain
from components.plan.next_year.form import Asked, based_on, part
from cycle.plan.refresh_view import RefreshView
from performance.ground.organisation import NodeKind, PlanNode
from performance.ground.texts import LONGEST, LONGEST_ROLE
from performance.plan.refresh import LineKind, Noun, in_order, kinds_under, parents_for, suggested_code
from performance.plan.refresh_changes import Added, CarriedOver, Ended, Reworded
from performance.plan.refresh_checks import LONGEST_CODE, LONGEST_TITLE

_AT_THE_TOP = ""


def show(view: RefreshView) -> Asked | None:
    """Pick a part of the plan, then say what becomes of it."""
    st.header("Change the draft", anchor=False)
    chosen = st.selectbox(
        "Part of the plan", _options(view), format_func=lambda code: _label(view, code), key=_picked(view)
    )
    if chosen == _AT_THE_TOP:
        return _ask_new(view, None)
    line = view.lines.get((Noun.NODE, chosen))
    if line is not None and line.kind is LineKind.ENDED:
        return _ask_ended(view, chosen)
    node = view.next_year.by_code[chosen]
    asked = _ask_words(view, node)
    below, away = st.columns(2, gap="large")
    with below.expander("Add something under it"):
        asked = _ask_new(view, node) or asked
    with away.expander("End it, or undo what the draft says"):
        return _ask_end(view, node) or asked


def open_node(view_id: int, code: str) -> None:
    """Choose a part from elsewhere on the page."""
    st.session_state[f"node-{view_id}"] = code


def _picked(view: RefreshView) -> str:
    return f"node-{view.refresh.id}"


def _options(view: RefreshView) -> list[str]:
    known = view.next_year.by_code
    ended = [node for node in view.this_year.nodes if node.code not in known]
    both = sorted([*view.next_year.nodes, *ended], key=lambda node: (node.position, node.code))
    return [*(node.code for _, node in in_order(both)), _AT_THE_TOP]


def _label(view: RefreshView, code: str) -> str:
    if code == _AT_THE_TOP:
        return "A new priority at the top of the plan"
    node = view.next_year.by_code.get(code) or view.this_year.by_code[code]
    line = view.lines.get((Noun.NODE, code))
    said = "" if line is None or line.carries_over else f", {line.kind.value}"
    return f"{node.kind.value.capitalize()}: {node.title} ({code}{said})"


def _ask_words(view: RefreshView, node: PlanNode) -> Asked | None:
    keys = part(view, node.code)
    version = based_on(keys, view.version_of(Noun.NODE, node.code), box="title")
    if version != view.version_of(Noun.NODE, node.code):
        st.info("Someone changed this in the draft since you opened it. Save, and you see both above and choose.")
    with st.form(f"words-{keys}", border=False):
        values = _boxes(view, node, keys, parents_for(node.kind, view.next_year.nodes, code=node.code))
        pressed = st.form_submit_button("Save in the draft", type="primary")
    if not pressed:
        return None
    return Asked(change=Reworded(code=node.code, values=values, based_on=version), keys=keys)


def _boxes(view: RefreshView, node: PlanNode, keys: str, parents: Sequence[PlanNode]) -> Mapping[str, Any]:
    """The fields of a node as typed."""
    title = typed_text.line("Title", value=node.title, at_most=LONGEST_TITLE, key=f"title-{keys}")
    left, right = st.columns(2, gap="large")
    with left:
        parent = _ask_parent(node, keys, parents)
        owner = typed_text.line("Owner role", value=node.owner_role, at_most=LONGEST_ROLE, key=f"owner_role-{keys}")
    with right:
        units = [_AT_THE_TOP, *view.units]
        unit = st.selectbox(
            "Unit", units, index=units.index(node.unit_code) if node.unit_code in units else 0,
            format_func=lambda code: view.units.get(code, "No unit"), key=f"unit_code-{keys}",
        )  # fmt: skip
        order = st.number_input("Order among its neighbours", value=node.position, min_value=0, max_value=9999, step=1,
                                key=f"position-{keys}")  # fmt: skip
    why = typed_text.area("Why it matters", value=node.why, at_most=LONGEST, height=100, key=f"why-{keys}")
    return {
        "title": title,
        "parent_code": parent,
        "owner_role": owner,
        "unit_code": unit or None,
        "position": int(order),
        "why": why,
    }


def _ask_parent(node: PlanNode, keys: str, parents: Sequence[PlanNode]) -> str | None:
    """What it stands under; one that ends is shown as no choice made."""
    if node.kind is NodeKind.PRIORITY:
        st.text("A priority stands at the top of the plan.")
        return None
    titles = {each.code: f"{each.title} ({each.code})" for each in parents}
    codes = list(titles)
    return st.selectbox(
        "Stands under", codes, index=codes.index(node.parent_code) if node.parent_code in codes else None,
        format_func=titles.__getitem__, placeholder="Choose what it stands under", key=f"parent_code-{keys}",
    )  # fmt: skip


def _ask_new(view: RefreshView, parent: PlanNode | None) -> Asked | None:
    keys = part(view, f"new-{parent.code if parent else 'top'}")
    kinds = kinds_under(parent.kind) if parent else [NodeKind.PRIORITY]
    beside = [node.position for node in view.next_year.nodes if parent and node.parent_code == parent.code]
    with st.form(f"add-{keys}", border=False):
        title = typed_text.line("Title", at_most=LONGEST_TITLE, key=f"title-{keys}")
        kind = kinds[0]
        if len(kinds) > 1:
            words = {each.value: each.value.capitalize() for each in kinds}
            kind = NodeKind(st.selectbox("Kind", list(words), format_func=words.__getitem__, key=f"kind-{keys}",
                                         filter_mode=None))  # fmt: skip
        code = typed_text.line(
            "Code", value=suggested_code(parent, view.taken), at_most=LONGEST_CODE, key=f"code-{keys}"
        )
        owner = typed_text.line("Owner role", at_most=LONGEST_ROLE, key=f"owner_role-{keys}")
        why = typed_text.area("Why it matters", at_most=LONGEST, height=80, key=f"why-{keys}")
        pressed = st.form_submit_button(
            plain(f"Add the {kinds[0].value}" if len(kinds) == 1 else "Add it to the draft")
        )
    if not pressed:
        return None
    node = PlanNode(
        code=code, title=title, kind=kind, parent_code=parent.code if parent else None, owner_role=owner, why=why,
        unit_code=parent.unit_code if parent else None, position=max(beside, default=0) + 1,
    )  # fmt: skip
    return Asked(change=Added(node=node), keys=keys)


def _ask_end(view: RefreshView, node: PlanNode) -> Asked | None:
    keys, version = part(view, f"end-{node.code}"), view.version_of(Noun.NODE, node.code)
    line = view.lines.get((Noun.NODE, node.code))
    if line is not None and line.kind is LineKind.ADDED:
        if st.button("Take it out of the draft", key=f"out-{keys}"):
            return Asked(change=CarriedOver(noun=Noun.NODE, code=node.code, based_on=version))
        return None
    if line is not None and line.after and st.button("Leave it as it is this year", key=f"leave-{keys}"):
        return Asked(change=CarriedOver(noun=Noun.NODE, code=node.code, based_on=version))
    with st.form(f"ends-{keys}", border=False):
        below = st.checkbox("End everything under it too, unless it was changed in the draft", key=f"below-{keys}")
        pressed = st.form_submit_button("End it with this year's plan")
    return Asked(change=Ended(code=node.code, with_below=below, based_on=version)) if pressed else None


def _ask_ended(view: RefreshView, code: str) -> Asked | None:
    line, node = view.lines[Noun.NODE, code], view.this_year.by_code.get(code)
    st.text(f'"{node.title if node else code}" ends with this year\'s plan.')
    if st.button("Carry it over after all", key=f"back-{part(view, code)}"):
        return Asked(change=CarriedOver(noun=Noun.NODE, code=code, based_on=line.version))
    return None
