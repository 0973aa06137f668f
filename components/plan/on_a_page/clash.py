"""Someone else changed the page first: for each field theirs and one's own, and the person's choice."""

from typing import Any

import streamlit as st

from components.frame import notice
from components.parts.markup import plain
from cycle.plan.on_a_page import PlanPageConflictError
from performance.plan.on_a_page import Clash, said_as


def keep(name: str, conflict: PlanPageConflictError) -> None:
    """Remember what clashes with the form of this name until each field is settled."""
    st.session_state[f"clash-{name}"] = (str(conflict), conflict.clashes, conflict.version)
    if not conflict.clashes:
        st.session_state[f"seen-{name}"] = conflict.version


def show(name: str) -> None:
    """Nothing is overwritten: each field that both changed waits for a choice."""
    kept = st.session_state.get(f"clash-{name}")
    if kept is None:
        return
    sentence, clashes, _ = kept
    st.warning(plain(sentence))
    if not clashes:
        del st.session_state[f"clash-{name}"]
    for clash in clashes:
        _ask(name, clash)


def _ask(name: str, clash: Clash) -> None:
    with st.container(border=True):
        st.subheader(plain(clash.label), anchor=False)
        left, right = st.columns(2)
        _side(left, f"{clash.by} wrote", clash.theirs)
        _side(right, "You wrote", clash.mine)
        key = f"{clash.field}-{name}"
        left.button("Keep theirs", key=f"theirs-{key}", on_click=_settle, args=(name, clash, True))
        right.button("Use mine", key=f"mine-{key}", on_click=_settle, args=(name, clash, False))


def _side(place: "st.delta_generator.DeltaGenerator", who: str, value: Any) -> None:
    place.write(plain(who))
    place.text(said_as(value) or "Nothing")


def _settle(name: str, settled: Clash, theirs: bool) -> None:
    """Put the choice into the form; once all are made, the form goes on from the newest version."""
    sentence, clashes, version = st.session_state[f"clash-{name}"]
    value = settled.theirs if theirs else settled.mine
    st.session_state[f"{settled.field}-{name}"] = list(value) if isinstance(value, tuple) else value
    left = tuple(clash for clash in clashes if clash.field != settled.field)
    if left:
        st.session_state[f"clash-{name}"] = (sentence, left, version)
        return
    del st.session_state[f"clash-{name}"]
    st.session_state[f"seen-{name}"] = version
    notice.keep("Your choice stands in the form below. Save it to keep it.")
