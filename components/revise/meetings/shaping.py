"""A meeting's questions in its members' hands: one worded anew, an item taken off the memo, or put back.

One place for all of them: boxes of its own for each of twenty items would make every press slower.
"""

from collections.abc import Mapping

import streamlit as st

from components.parts import afresh, typed_text
from components.parts.markup import plain
from components.revise.meetings import presses
from components.revise.meetings.presses import Outcome
from cycle.revise.meetings.agenda import MeetingView
from performance.revise.meetings import LONGEST_TEXT, ReviewItem


def show(view: MeetingView, headings: Mapping[int, str], outcome: Outcome) -> None:
    """What was taken off, and for those who minute the meeting the boxes; `headings` are those of the items by id."""
    presses.say_shaped(view, outcome)
    with st.container():
        if view.dropped:
            st.header("Taken off the memo", anchor=False)
        for item in view.dropped:
            st.text(f"{headings[item.id]}: {item.question}\nTaken off. {dropped_in_words(item, view)}")
            if not view.why_not:
                st.button(plain(f"Put it back: {headings[item.id]}"),
                          key=presses.dropping(presses.about_shape(item.id)))  # fmt: skip
    if not view.why_not:
        _ask(view, headings)


def dropped_in_words(item: ReviewItem, view: MeetingView) -> str:
    """By Policy officer: it is for the next quarter."""
    return f"By {view.name_of(item.changed_by)}: {item.dropped_because}"


def _ask(view: MeetingView, headings: Mapping[int, str]) -> None:
    options = {each.id: each for each in view.items if each.may_be_shaped}
    with st.expander("Word a question anew, or take it off the memo"):
        chosen = st.selectbox(
            "Which item", list(options), format_func=headings.__getitem__, index=None, placeholder="Choose an item",
            key=f"shape-{view.meeting.id}",
        )  # fmt: skip
        if chosen is not None:
            _ask_of(options[chosen], view)


def _ask_of(item: ReviewItem, view: MeetingView) -> None:
    about = presses.about_shape(item.id)
    name, begun_on = presses.name_of(about), afresh.seen(about, item.version)
    if begun_on != item.version:
        st.text(f"{view.name_of(item.changed_by)} changed it since you opened this page. It asks now: {item.question}")
    with st.form(f"word-{name}", border=False):
        typed_text.area("The question", value=item.question, key=f"question-{name}", at_most=LONGEST_TEXT, height=100)
        st.form_submit_button("Keep the question", key=presses.sending(about))
        typed_text.line("Why it is taken off", key=f"because-{name}", at_most=LONGEST_TEXT)
        st.form_submit_button("Take it off the memo", key=presses.dropping(about))
