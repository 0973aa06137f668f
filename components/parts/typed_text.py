"""Boxes for words: all that is typed or pasted stays, and what is too long is said to be so beside the box.

A browser that is told how much a box may hold drops the rest of what is pasted without a word, so no box tells it. The
verb that keeps the text refuses what is too long, with the field's own sentence.
"""

from contextlib import nullcontext
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.frame import problems
from components.parts.markup import plain
from performance.ground.texts import legible, length

# From this share of what a box takes, how much is left is worth saying; before that it is noise.
_NEARLY = 0.9


def line(label: str, *, at_most: int, place: DeltaGenerator | None = None, **box: Any) -> str:
    """A box for one line, such as a title, a role or a reason; whatever else `st.text_input` takes may be named."""
    with place or nullcontext():
        said = st.empty()
        typed = legible(st.text_input(plain(label), **box))
        _say(said, length(typed), at_most)
    return typed


def area(label: str, *, at_most: int, place: DeltaGenerator | None = None, **box: Any) -> str:
    """A box for a paragraph; whatever else `st.text_area` takes may be named."""
    with place or nullcontext():
        said = st.empty()
        typed = legible(st.text_area(plain(label), **box))
        _say(said, length(typed), at_most)
    return typed


def _say(place: DeltaGenerator, characters: int, at_most: int) -> None:
    """In a place that is always there: a box that moved down the page would lose what is being typed into it."""
    with place:
        if characters > at_most:
            problems.beside(f"{characters:,} characters; at most {at_most:,}: shorten it by {characters - at_most:,}")
        elif characters > _NEARLY * at_most:
            st.caption(f"{characters:,} of {at_most:,} characters.")
