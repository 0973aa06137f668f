"""Changing a plan on a page in place: its words and evidence, and that its owner has looked it over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.parts import afresh
from components.parts.markup import plain
from components.plan.on_a_page import clash
from cycle.plan.page_view import PlanPage
from performance.ground.measures import Measure
from performance.plan.on_a_page import MOST_EVIDENCE, PageChange, Reviewed, Wording


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a person asked for, the version they saw, and the name that is part of the form's widget keys."""

    change: PageChange
    version: int
    name: str
    attempt: int = 0


def show(page: PlanPage, measures: Sequence[tuple[Measure, bool]]) -> Asked | None:
    """The forms of the page's words; what was pressed, if anything."""
    st.header("Change this page", anchor=False)
    name = afresh.key("words", page.node.code)
    clash.show(name)
    reviewed = st.button("I have reviewed this plan today", key=f"reviewed-{name}")
    words = _ask_words(page, measures, name)
    if reviewed:
        return Asked(change=Reviewed(), version=page.version, name=name)
    return words


def _ask_words(page: PlanPage, measures: Sequence[tuple[Measure, bool]], name: str) -> Asked | None:
    node, seen = page.node, f"seen-{name}"
    if f"why-{name}" not in st.session_state:
        st.session_state[seen] = page.version
    titles = {measure.code: measure.title + (" (by ward)" if by_ward else "") for measure, by_ward in measures}
    titles |= {code: code for code in node.evidence if code not in titles}
    fill(name, owner_role=node.owner_role, why=node.why, evidence=list(node.evidence), lessons=node.lessons, reason="")
    with (
        st.expander("Change the words and the evidence", expanded=was_tried(name)),
        st.form(f"form-{name}", border=False),
    ):
        owner = st.text_input("Owner, by role", key=f"owner_role-{name}", autocomplete="off")
        why = st.text_area("Why it matters", key=f"why-{name}", height=110)
        evidence = st.multiselect(
            plain(f"Evidence: up to {MOST_EVIDENCE} measures whose figures show it"), titles,
            format_func=titles.__getitem__,
            key=f"evidence-{name}", max_selections=MOST_EVIDENCE, placeholder="Choose measures",
        )  # fmt: skip
        lessons = st.text_area("Lessons", key=f"lessons-{name}", height=110)
        reason = st.text_input("Why you change it", key=f"reason-{name}", autocomplete="off")
        pressed = st.form_submit_button("Save the page", type="primary")
    if not pressed:
        return None
    wording = Wording(owner_role=owner, why=why, evidence=tuple(evidence), lessons=lessons, reason=reason)
    return Asked(change=wording, version=st.session_state[seen], name=name, attempt=count(name))


def fill(name: str, **fields: Any) -> None:
    """What the fields say before anybody types; what is half typed stays."""
    for field, value in fields.items():
        st.session_state.setdefault(f"{field}-{name}", value)


def was_tried(name: str) -> bool:
    """A form that was refused, or that clashed, stays open."""
    return f"attempt-{name}" in st.session_state


def count(name: str) -> int:
    """How many times it was tried: an error summary is read out again each time."""
    st.session_state[f"attempt-{name}"] = st.session_state.get(f"attempt-{name}", 0) + 1
    found: int = st.session_state[f"attempt-{name}"]
    return found
