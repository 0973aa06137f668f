"""Commentary on one figure: the questions it asks, beside what was said of the period before."""

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from components.do.returns.half_typed import key_of
from components.frame import problems
from components.parts.markup import plain
from performance.do.answers import CheckedLine
from performance.do.commentary_check import NOT_KNOWN, carried_forward, said_before
from performance.ground.commentary import LONGEST

_LABELS = {
    "what_happened": "What happened?",
    "why": "Why?",
    "what_next": "What will you do?",
    "who": "Who will do it?",
    "by_when": "Action due date, like 30/11/2017",
    "back_on_track": f'Back on track by, like May 2018, or "{NOT_KNOWN}"',
    "confirmed": "It is right, because",
}
_PLAN = ("what_next", "who", "by_when", "back_on_track")
_BEFORE = """<div style="border-left:4px solid #6F7777;padding:.1rem 0 .1rem .75rem">
<p style="margin:0;font-weight:700">{period}: what was said</p>
<p style="margin:.25rem 0 0;white-space:pre-line;overflow-wrap:anywhere">{said}</p></div>"""
NO_ROLE = "Choose a role"


def show(line: CheckedLine, *, roles: tuple[str, ...], asked: bool, on_carry: Callable[..., None], args: Any) -> None:
    """The questions; with one choice the action of the period before stands in the boxes again."""
    before = said_before(line.line)
    told, boxes = (None, st.container()) if not before.text else st.columns([2, 3], gap="medium")
    if told is not None:
        with told:
            st.html(_BEFORE.format(period=escape(line.line.period.previous.in_words), said=escape(before.text)))
            if carried_forward(line.line) is not None:
                st.form_submit_button(
                    "Carry forward this action",
                    key=key_of("carry", line.measure.code, line.line.period),
                    on_click=on_carry,
                    args=(*args, line),
                )
    with boxes:
        for box in ("what_happened", "why", "what_next"):
            ask(line, box, asked=asked)
        for place, box in zip(
            st.columns(3, vertical_alignment="bottom"), ("who", "by_when", "back_on_track"), strict=True
        ):
            with place:
                ask(line, box, asked=asked, roles=roles)
        st.caption(plain(f"{LONGEST} characters or less in all. Leave out anything that could identify a person."))


def ask(line: CheckedLine, box: str, *, asked: bool, roles: tuple[str, ...] = (), label: str = "") -> None:
    """One box with what was typed, and above it what is wrong with it."""
    for gap in line.gaps if asked else ():
        if gap.field == box:
            problems.beside(gap.message)
    key = key_of(box, line.measure.code, line.line.period)
    # Kept in the session, so that an action carried forward can stand in a box that was drawn before; and given as the
    # box's own text too, since a run that is overtaken by the next never tells the browser what the session holds.
    value = st.session_state.setdefault(key, getattr(line.answer.commentary, box))
    named = label or _LABELS[box]
    if box == "who":
        titles = list(dict.fromkeys(["", *roles, value]))
        st.selectbox(plain(named), titles, format_func=lambda title: title or NO_ROLE, key=key)
    elif box in {"by_when", "back_on_track", "confirmed"}:
        st.text_input(plain(named), value=value, key=key, autocomplete="off")
    else:
        st.text_area(plain(named), value=value, key=key, height=75)


def carry(line: CheckedLine) -> None:
    """For a callback: the action of the period before stands in the boxes, whatever stood there."""
    carried = carried_forward(line.line)
    for box in _PLAN if carried else ():
        st.session_state[key_of(box, line.measure.code, line.line.period)] = getattr(carried, box)
