"""Places further down the page of an edition that its task list leads to."""

import streamlit as st

TOWARDS, RESTATED = "freeze-or-publish", "restated-before"


def mark(place: str) -> None:
    """The place begins here; whoever follows a link to it goes on from here by keyboard too."""
    st.html(f'<span id="{place}" tabindex="-1"></span>')


def link(place: str, words: str) -> str:
    """A link to the place around words that are HTML already, as HTML."""
    return f'<a href="#{place}">{words}</a>'
