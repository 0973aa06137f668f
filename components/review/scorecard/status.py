"""Which measures of a scorecard are listed: all, or those of a status. Every count leads to its list.

What the scorecard says of itself is said of all its measures all the same.
"""

from collections.abc import Sequence

import streamlit as st

from components.frame import address, navigation, pick
from cycle.ground.series.scoring import Scorecard
from performance.ground.reckoning.rag import Rag, Standing

_NAME = "status"
_WORDS = {standing.name.lower(): standing.in_words for standing in Standing}


def choose() -> list[Standing]:
    """The statuses that are listed; none stands for all. Raises NothingThereError."""
    chosen = pick.some("Status", _WORDS, name=_NAME, words=_WORDS.__getitem__, all_of="Every status")
    return [Standing[name.upper()] for name in chosen]


def say(card: Scorecard, shown: Scorecard, statuses: Sequence[Standing]) -> None:
    """That not all are listed, with the way back."""
    if not statuses:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="status_said"):
        which = " or ".join(each.value for each in statuses)
        many = f"Listed are {len(shown.entries)} of {len(card.entries)} measures: those that are {which}."
        st.html(f'<p class="banner" role="status">{many}</p>')
        st.button("List all of them", key="status_all", on_click=address.keep, args=(_NAME, ""))


def link(words: str, rag: Rag) -> str:
    """To the same scorecard with only those measures listed; around words that are HTML already, as HTML."""
    return _link(words, **{_NAME: Standing.of(rag).name.lower()})


def link_to_now(words: str) -> str:
    """To the same scorecard with each measure at its newest figure."""
    return _link(words, period="now")


def _link(words: str, **named: str) -> str:
    return navigation.link("Scorecard", words, **{**st.query_params.to_dict(), **named})
