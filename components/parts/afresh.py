"""Boxes that are empty again, or show what is stored, once what was typed in them is saved: new keys, new boxes.

How often that was ends a key as `-g0`, `-g1`. It begins again with each session, so `unsent.js` looks past it.
"""

import streamlit as st


def key(field: str, about: str) -> str:
    """A box's key: the field, what it is about, and how often it was begun afresh."""
    return f"{field}-{about}-g{st.session_state.get(_counter(about), 0)}"


def begin(about: str) -> None:
    """What was typed there is saved; whatever else is half typed stays."""
    st.session_state[_counter(about)] = st.session_state.get(_counter(about), 0) + 1


def _counter(about: str) -> str:
    return f"afresh-{about}"
