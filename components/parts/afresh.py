"""Boxes that are empty again, or show what is stored, once what was typed in them is saved: new keys, new boxes.

How often that was ends a key as `-g0`, `-g1`. It begins again with each session, so `unsent.js` looks past it.

Whoever else changes meanwhile what the boxes are about takes nothing from them: what is typed there stays, and is sent
with the version that it was begun on, so that its writer is told.
"""

from typing import TypeVar

import streamlit as st

Stored = TypeVar("Stored")


def key(field: str, about: str) -> str:
    """A box's key: the field, what it is about, and how often it was begun afresh."""
    return f"{field}-{about}-g{st.session_state.get(_counter(about), 0)}"


def begin(about: str) -> None:
    """What was typed there is saved; whatever else is half typed stays."""
    st.session_state[_counter(about)] = st.session_state.get(_counter(about), 0) + 1
    for kept in (_version(about), _stored(about)):
        st.session_state.pop(kept, None)


def seen(about: str, version: int) -> int:
    """The version of what is stored that the boxes were begun on, which may not be the newest by now."""
    if not _are_drawn(about):
        st.session_state[_version(about)] = version
    begun: int = st.session_state.setdefault(_version(about), version)
    return begun


def begun(about: str, stored: Stored) -> Stored:
    """What was stored when the boxes were begun: a box that still says that was left alone."""
    if not _are_drawn(about):
        st.session_state[_stored(about)] = stored
    kept: Stored = st.session_state.setdefault(_stored(about), stored)
    return kept


def told(about: str, version: int) -> None:
    """Their writer was told that the newest is another: what they send next is sent in sight of that."""
    st.session_state[_version(about)] = version


def _are_drawn(about: str) -> bool:
    """Whether they were on the page when it was drawn last: what is typed into a box goes with the page that has it."""
    ending = key("", about)
    return any(str(name).endswith(ending) for name in st.session_state)


def _stored(about: str) -> str:
    return f"begun-with-{about}"


def _counter(about: str) -> str:
    return f"afresh-{about}"


def _version(about: str) -> str:
    return f"begun-on-{about}"
