"""What a person had before their eyes when they began to type: the version their change is based on."""

import streamlit as st

from components.parts import afresh


def version(about: str, newest: int, *, pressed: bool) -> int:
    """The version they saw first. Once they have pressed, the newest is shown, and the next press rests on that."""
    name = afresh.key("seen", about)
    seen = int(st.session_state.setdefault(name, newest))
    if pressed:
        st.session_state[name] = newest
    return seen
