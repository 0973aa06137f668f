"""Review meetings to come and past ones, and the form that opens a memo."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from components.frame import navigation, pick
from components.parts import typed_text
from components.parts.markup import plain
from cycle.ground.series.scoring import Scope
from cycle.revise.meetings.agenda import MeetingLine
from performance.ground.periods import day_in_words
from performance.revise.meetings import LONGEST_TITLE

_FORUMS = ("Wider Leadership Team", "Directorate leadership team", "Scrutiny panel", "Specialist board", "Team meeting")


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A meeting to open a memo for."""

    title: str
    forum: str
    scope: str
    held_on: date


def show(lines: Sequence[MeetingLine]) -> None:
    """Those that are open first, then the closed ones; each with what became of its items."""
    for heading, found in (
        ("Open", [each for each in lines if each.meeting.is_open]),
        ("Closed", [each for each in lines if not each.meeting.is_open]),
    ):
        st.header(plain(f"{heading}: {len(found)}"), anchor=False)
        if not found:
            st.write("No meeting is open." if heading == "Open" else "No meeting is closed yet.")
        for each in found:
            _show(each)


def _show(line: MeetingLine) -> None:
    meeting = line.meeting
    with st.container(border=True, gap="xsmall"):
        st.subheader(plain(meeting.title), anchor=False)
        st.text(f"{meeting.forum}, {day_in_words(meeting.held_on)}. {meeting.scope_name}.")
        left = f" {line.unresolved} left for the next one." if not meeting.is_open else ""
        st.text(f"{line.minuted} of {line.items} item{'' if line.items == 1 else 's'} minuted.{left}")
        st.page_link(navigation.find_entry("One review meeting").file, query_params={"meeting": meeting.reference},
                     label=plain(f"Open {meeting.reference}"))  # fmt: skip


def ask_opening(scopes: Mapping[str, Scope], own: Collection[str], *, today: date) -> Opening | None:
    """A new memo, for those who minute meetings anywhere."""
    if not own:
        return None
    with st.expander("Open a memo for a meeting"), st.form("open-meeting", border=False):
        title = typed_text.line("Title", key="meeting-title", at_most=LONGEST_TITLE)
        forum = st.selectbox("Which meeting it is: choose or type", _FORUMS, accept_new_options=True,
                             key="meeting-forum")  # fmt: skip
        scope = st.selectbox("Part of the council", list(scopes), key="meeting-scope",
                             format_func=lambda code: pick.scope_in_words(scopes[code]))  # fmt: skip
        held_on = st.date_input("Day", value=today, format="DD/MM/YYYY", key="meeting-day")
        opened = st.form_submit_button("Open the memo", type="primary")
    return Opening(title=title, forum=forum or "", scope=scope, held_on=held_on) if opened else None
