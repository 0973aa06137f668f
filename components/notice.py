"""What has just happened, said once at the top of the page that is drawn next."""

import streamlit as st

_KEY = "notice"


def keep(sentence: str) -> None:
    """Remember a sentence until it has been shown."""
    st.session_state[_KEY] = sentence


def show() -> None:
    """Say what was kept, once."""
    if sentence := st.session_state.pop(_KEY, None):
        st.success(sentence)
