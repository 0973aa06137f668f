"""What review meetings made of something, where it is looked at: each with the way to its memo."""

from collections.abc import Sequence

import streamlit as st

from components.frame import navigation
from components.parts.markup import plain
from cycle.revise.meetings.agenda import Asked
from performance.ground.periods import day_in_words


def show(asked: Sequence[Asked]) -> None:
    """The newest meeting first, folded under how many there are; nothing where no meeting said anything."""
    if not asked:
        return
    with st.expander(f"What meetings asked and decided ({len(asked)})"):
        for each in asked:
            st.markdown(f"**{plain(whose(each))}**")
            st.text(each.in_words)
            st.page_link(
                navigation.find_entry("One review meeting").file, label=plain(f"Open {each.meeting.reference}"),
                query_params={"meeting": each.meeting.reference},
            )  # fmt: skip


def whose(each: Asked) -> str:
    """Wider Leadership Team, 14 November 2017"""
    return f"{each.meeting.forum}, {day_in_words(each.meeting.held_on)}"
