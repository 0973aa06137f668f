"""A new measure, alone or as a copy of another, and the register as a file."""

from collections.abc import Callable, Iterable

import streamlit as st

from components.frame import navigation, problems
from components.parts import afresh
from components.plan.measures import fields
from cycle.plan.register_view import RegisterView
from performance.ground.entry import Problem

_ABOUT = "new-measure"


def offer_files(write: Callable[[], bytes], *, may_import: bool) -> None:
    """The register with the columns of the setup sheet; and the way in for those who may bring one in."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download the register", data=write, file_name="measures.csv", mime="text/csv",
            on_click="ignore",
        )  # fmt: skip
        if may_import:
            st.page_link(
                navigation.find_entry("Set up the council").file,
                label="Bring in a changed register: what differs is shown first",
            )


def ask(view: RegisterView) -> dict[str, str] | None:
    """Every field of a new measure; None until it is asked to be added."""
    st.header("Add a measure", anchor=False)
    titles = {line.measure.code: f"{line.measure.title} ({line.measure.code})" for line in view.lines}
    like = st.selectbox(
        "Begin from a copy of", titles, index=None, format_func=titles.__getitem__, placeholder="Nothing: empty fields",
        key=afresh.key("like", _ABOUT),
    )  # fmt: skip
    about = f"{_ABOUT}-{like or 'empty'}"
    with st.expander("Its fields", expanded=like is not None), st.form(f"form-{about}", border=False):
        copied = next((line.measure for line in view.lines if line.measure.code == like), None)
        typed = fields.ask(copied, about, view.offers, is_new=True)
        pressed = st.form_submit_button("Add the measure", type="primary")
    if not pressed:
        return None
    st.session_state[f"about-{_ABOUT}"] = about
    return typed


def refuse(found: Iterable[Problem]) -> None:
    """The error summary, with the way to each field."""
    attempt = st.session_state[f"attempt-{_ABOUT}"] = st.session_state.get(f"attempt-{_ABOUT}", 0) + 1
    about = st.session_state[f"about-{_ABOUT}"]
    summary = [(afresh.key(problem.field, about), problem.message) for problem in found]
    problems.show(summary, title="Measures", attempt=attempt)


def done() -> None:
    afresh.begin(st.session_state[f"about-{_ABOUT}"])
