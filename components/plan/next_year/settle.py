"""What a draft leaves to settle: where this year's plan moved on, what hangs in the air, measures to link anew."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import streamlit as st

from components.parts.markup import plain
from components.plan.next_year import one_part
from components.plan.next_year.form import Asked, part
from cycle.plan.refresh_view import RefreshView
from performance.ground.organisation import NodeKind
from performance.ground.reading_order import as_read
from performance.plan.refresh import FIELDS, Clash, LineKind, Noun, in_order
from performance.plan.refresh_changes import Chosen, Linked
from performance.plan.refresh_checks import Matter, MatterKind

_NONE = ""


def show_clashes(view: RefreshView) -> Asked | None:
    """Each part that someone changed in this year's plan since the draft, and whose words to take."""
    if not view.clashes:
        return None
    st.header("Changed in this year's plan since", anchor=False)
    st.write("The draft can be adopted once you have chosen whose words hold next year.")
    pressed = [
        asked
        for _, found in groupby(view.clashes, key=lambda clash: (clash.line.noun, clash.line.code))
        if (asked := _ask_choice(view, list(found)))
    ]
    return pressed[0] if pressed else None


def show_matters(view: RefreshView) -> None:
    """What is left to settle, what stands in the way of adopting first; each kind with what to do about it."""
    st.header(f"To settle: {len(view.matters)}", anchor=False)
    if not view.matters:
        st.write("Nothing is left open.")
    for kind, found in groupby(view.matters, key=lambda matter: matter.kind):
        _show_kind(view, kind, list(found))


def ask_links(view: RefreshView) -> Asked | None:
    """Measures linked to another objective or plan, several at once; those left without one come first."""
    st.header("Measures and their objectives", anchor=False)
    if not view.next_year.measures:
        st.write("No measures are in use on that day.")
        return None
    keys, known = part(view, "links"), view.next_year.by_code
    by_title = sorted(view.next_year.measures, key=lambda each: as_read(each.title))
    measures = sorted(by_title, key=lambda each: (each.objective_code or "") in known)
    titles = {
        each.code: f"{each.title} ({node.title if (node := known.get(each.objective_code or '')) else 'no objective'})"
        for each in measures
    }
    targets = [node for _, node in in_order(view.next_year.nodes) if node.kind in {NodeKind.OBJECTIVE, NodeKind.PLAN}]
    words = {node.code: f"{node.title} ({node.code})" for node in targets} | {_NONE: "No objective"}
    with st.form(f"link-{keys}", border=False):
        chosen = st.multiselect("Measures", list(titles), format_func=titles.__getitem__, key=f"measures-{keys}",
                                placeholder="Choose measures")  # fmt: skip
        to = st.selectbox("Link them to", list(words), format_func=words.__getitem__, key=f"objective-{keys}")
        pressed = st.form_submit_button("Link these measures")
    seen = _seen(view, keys)
    if not pressed:
        return None
    return Asked(
        change=Linked(measures={code: seen.get(code, 0) for code in chosen}, objective_code=to or None), keys=keys
    )


def _seen(view: RefreshView, keys: str) -> dict[str, int]:
    """The version of each measure's line when the form was first drawn."""
    now = {code: line.version for (noun, code), line in view.lines.items() if noun is Noun.MEASURE}
    seen: dict[str, int] = st.session_state.setdefault(f"seen-{keys}", now)
    return seen


def _ask_choice(view: RefreshView, found: Sequence[Clash]) -> Asked | None:
    line = found[0].line
    keys = part(view, f"{line.code}-{line.version}")
    with st.container(border=True, gap="small"):
        st.subheader(plain(view.title_of(line)), anchor=False)
        st.text("\n".join(_story(view, clash) for clash in found))
        with st.container(horizontal=True):
            theirs = st.button("Take this year's", key=f"take-{keys}")
            mine = found[0].may_keep and st.button("Keep the draft's", key=f"keep-{keys}")
    if theirs or mine:
        return Asked(change=Chosen(noun=line.noun, code=line.code, keeps_draft=mine, based_on=line.version))
    return None


def _story(view: RefreshView, clash: Clash) -> str:
    line = clash.line
    if not clash.may_keep:
        if line.kind is LineKind.ADDED:
            return "Its code was given to something else meanwhile. Take it out, and add it with another code."
        return "It is no longer in the plan, so the draft has nothing to change."
    label = FIELDS.get(clash.field, "Objective")
    draft = "ends" if line.kind is LineKind.ENDED else _in_words(view, clash.field, line.after.get(clash.field))
    before, now = _in_words(view, clash.field, clash.before), _in_words(view, clash.field, clash.now)
    return f"{label}. When it was drafted: {before}. In this year's plan now: {now}. In the draft: {draft}."


def _in_words(view: RefreshView, field: str, value: Any) -> str:
    if field in {"parent_code", "objective_code"}:
        node = view.this_year.by_code.get(value or "") or view.next_year.by_code.get(value or "")
        return node.title if node else "nothing"
    return view.units.get(value, str(value or "nothing")) if field == "unit_code" else str(value or "nothing")


def _show_kind(view: RefreshView, kind: MatterKind, found: Sequence[Matter]) -> None:
    with st.expander(plain(f"{kind.in_words(len(found))}"), expanded=kind.blocks):
        st.write(plain(kind.what_to_do))
        if kind.blocks:
            for matter in found:
                st.text(f"{matter.title}. {matter.detail}")
                st.button(
                    plain(f"Find a place for {matter.title}"), key=f"place-{part(view, matter.code)}",
                    on_click=one_part.open_node, args=(view.refresh.id, matter.code),
                )  # fmt: skip
        else:
            st.text("\n".join(f"{matter.title}. {matter.detail}".strip() for matter in found))
