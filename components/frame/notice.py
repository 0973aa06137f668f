"""What has just happened, said once at the top of the page that is drawn next."""

import streamlit as st

from components.parts.markup import plain

_KEY, _EMPTIES = "notice", "notice empties"


def keep(sentence: str, *, empties: str = "") -> None:
    """Remember a sentence until it has been shown; `empties` names the form that starts afresh with it."""
    st.session_state[_KEY] = sentence
    st.session_state[_EMPTIES] = empties


def show() -> None:
    """Say what was kept, once.

    In a place of its own, also when there is nothing to say: or all that follows would move by one, and the browser
    would draw its boxes anew, without what somebody is already typing.
    """
    with st.container():
        if sentence := st.session_state.pop(_KEY, None):
            st.success(plain(sentence))


def is_fresh(form: str) -> bool:
    """Whether the form was sent, and is to be drawn empty; once."""
    if fresh := st.session_state.get(_EMPTIES) == form:
        st.session_state.pop(_EMPTIES)
    return fresh
