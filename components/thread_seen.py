"""What a person had before their eyes when they began to type: the version their change is based on."""

import streamlit as st


def version(about: str, newest: int, *, pressed: bool) -> int:
    """The version they saw first. Once they have pressed, the newest is shown, and the next press rests on that."""
    name = key(about, "seen")
    seen = int(st.session_state.setdefault(name, newest))
    if pressed:
        st.session_state[name] = newest
    return seen


def key(about: str, field: str) -> str:
    """A widget's key; it changes once what was typed has been saved, so that the box begins afresh."""
    return f"{field}-{about}-{st.session_state.get(f'afresh-{about}', 0)}"


def begin_afresh(about: str) -> None:
    """What was typed there is saved: its boxes show what is stored; whatever else is half typed stays."""
    st.session_state[f"afresh-{about}"] = st.session_state.get(f"afresh-{about}", 0) + 1
