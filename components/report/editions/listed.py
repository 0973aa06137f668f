"""The committee calendar: editions to come, for those who make them, and those that are published."""

from collections.abc import Sequence

import streamlit as st

from components.frame import navigation
from components.parts.markup import plain
from cycle.report.editions.calendar import Calendar
from performance.ground.periods import day_in_words
from performance.report.editions import Edition
from performance.report.public import address_of


def show(calendar: Calendar) -> None:
    """What is to come, the next meeting first; then what is published, the last meeting first."""
    if calendar.may_plan:
        st.header("To come", anchor=False)
        _cards(calendar.to_come, calendar, "Nothing is planned. Plan an edition for the next meeting.")
        st.header("Published", anchor=False)
    _cards(calendar.published, calendar, "Nothing is published yet.")


def _cards(editions: Sequence[Edition], calendar: Calendar, nothing: str) -> None:
    if not editions:
        st.write(plain(nothing))
    for each in editions:
        with st.container(border=True, gap="xsmall"):
            st.subheader(plain(each.title), anchor=False)
            st.text(" ".join(filter(None, (_meets(each), stands(each), each.when_in_words(calendar.today)))))
            st.page_link(
                navigation.find_entry("One edition").file, query_params={"edition": each.reference},
                label=plain(f"Open {each.reference}: {each.title}"),
            )  # fmt: skip
            if address := address_of(each):
                st.markdown(f"[{plain(each.reference)} as the public reads it]({plain(address)})")


def _meets(edition: Edition) -> str:
    return f"For the meeting on {day_in_words(edition.meets_on)}."


def stands(edition: Edition) -> str:
    """ "Published: 66 measures as known on 9 November 2017. Councillors and officers."."""
    known = f": {edition.freeze.in_words}" if edition.freeze else ""
    return f"{edition.state.in_words}{known}. {edition.audience.in_words}. {edition.kinds_in_words}."
