"""The draft of next year's plan with all that can be done to it; what was asked for, and nothing is saved here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from components.frame import problems
from components.parts import afresh, html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.plan.refresh import LineConflictError, RefreshRefusedError
from cycle.plan.refresh_view import RefreshView
from performance.plan.refresh import FIELDS, LineKind
from performance.plan.refresh_changes import CarriedOver, Chosen, DraftChange, Ended, Linked, Reworded


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A change, and the part of the page it came from: the end of its boxes' keys."""

    change: DraftChange
    keys: str = ""


def part(view: RefreshView, what: str) -> str:
    """The end of every key of a part: what is typed for one node of one draft never appears for another."""
    return afresh.key(what, f"draft{view.refresh.id}")


def start_afresh(draft: int) -> None:
    """After a change was carried out: every box as it is stored. After one that was refused, what was typed stays."""
    afresh.begin(f"draft{draft}")


def based_on(keys: str, version: int, *, box: str) -> int:
    """The version a form was begun at: the stored one when its first box is drawn, not the newest there is."""
    if f"{box}-{keys}" not in st.session_state:
        st.session_state[f"based-{keys}"] = version
    begun: int = st.session_state.get(f"based-{keys}", version)
    return begun


def asked_again(view: RefreshView) -> Asked | None:
    """What a person wants kept although someone else was quicker."""
    found: Asked | None = st.session_state.pop(f"again-{view.refresh.id}", None)
    return found


def show_refusal(refused: RefreshRefusedError, *, keys: str, place: "st.delta_generator.DeltaGenerator") -> None:
    """What cannot be saved, above everything else, with the way to each box; what was typed stays."""
    st.session_state["refresh-attempt"] = attempt = st.session_state.get("refresh-attempt", 0) + 1
    found = [(f"{problem.field}-{keys}", problem.message) for problem in refused.problems]
    with place:
        problems.show(found, title="Next year's plan", attempt=attempt)


def show_conflict(
    conflict: LineConflictError, asked: Asked, *, view: RefreshView, place: "st.delta_generator.DeltaGenerator"
) -> None:
    """Theirs and the person's own side by side, and the choice."""
    theirs, draft = conflict.theirs, view.refresh.id
    mine, ends = _mine(asked.change), isinstance(asked.change, Ended)
    names = dict.fromkeys([*theirs.after, *mine])
    with place:
        st.warning(plain(str(conflict)))
        if names:
            html_table.plain(
                "What each of you would have it say",
                [Column(title="Field"), Column(title="Theirs"), Column(title="Yours")],
                [
                    [
                        FIELDS.get(name, "Objective"),
                        _in_words(view, name, theirs.after, ends=theirs.kind is LineKind.ENDED),
                        _in_words(view, name, mine, ends=ends),
                    ]
                    for name in names
                ],
            )
        with st.container(horizontal=True):
            st.button("Keep theirs", key=f"theirs-{draft}-{theirs.version}", on_click=start_afresh, args=(draft,))
            st.button(
                "Use mine", key=f"mine-{draft}-{theirs.version}", on_click=_ask_again,
                args=(draft, replace(asked, change=_rebased(asked.change, theirs.code, theirs.version))),
            )  # fmt: skip


def _ask_again(draft: int, asked: Asked) -> None:
    st.session_state[f"again-{draft}"] = asked


def _mine(change: DraftChange) -> Mapping[str, Any]:
    match change:
        case Reworded(values=values):
            return values
        case Linked(objective_code=objective):
            return {"objective_code": objective}
        case _:
            return {}


def _in_words(view: RefreshView, name: str, values: Mapping[str, Any], *, ends: bool) -> str:
    if name not in values:
        return "It ends" if ends else "As this year"
    value = values[name]
    if name in {"parent_code", "objective_code"}:
        node = view.next_year.by_code.get(value or "") or view.this_year.by_code.get(value or "")
        return node.title if node else "Nothing"
    return view.units.get(value, str(value or "Nothing")) if name == "unit_code" else str(value)


def _rebased(change: DraftChange, code: str, version: int) -> DraftChange:
    """The same change, made by someone who has seen what the other wrote."""
    match change:
        case Linked(measures=measures):
            return replace(change, measures={**measures, code: version})
        case Reworded() | Ended() | CarriedOver() | Chosen():
            return replace(change, based_on=version)
        case _:
            return change
