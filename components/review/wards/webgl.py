"""Whether this browser can draw the map that zooms. Only one that cannot says so, so that others draw nothing twice."""

from pathlib import Path

import streamlit as st

_MISSING = "webgl_missing"
_probe = st.components.v2.component(
    "webgl", html="<span hidden></span>", js=Path(__file__).with_suffix(".js").read_text(), isolate_styles=False
)


def is_missing() -> bool:
    """Said once in a session, then remembered: no later map is drawn in vain."""
    return bool(st.session_state.get(_MISSING))


def ask() -> None:
    """Let the browser say so, and the page is drawn again."""
    _probe(key="webgl", default={"missing": False}, on_missing_change=_remember)


def _remember() -> None:
    st.session_state[_MISSING] = True
