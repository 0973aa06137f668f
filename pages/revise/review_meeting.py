"""Revise: one review meeting, minuted as it happens, with its memo as a Word document."""

from functools import partial

import streamlit as st

from components.frame import page
from components.parts.markup import plain
from components.revise.meetings import items, memo, presses
from cycle.review import readings
from cycle.revise.meetings import agenda, guard
from performance.ground.people import Permission

user = page.start("One review meeting", needs=Permission.VIEW_MEETINGS)
number = items.asked()
try:
    view = agenda.get_meeting(number or 0, by=user)
except guard.MeetingError as nothing:
    st.title("Review meeting", anchor=False)
    st.info(plain(str(nothing)))
    st.page_link("pages/revise/review_meetings.py", label="All review meetings")
    st.stop()
view, outcome = presses.carry_out(view, by=user)
page.title(view.meeting.title)
items.show_head(view)
titles = {each.code: each.title for each in readings.list_measures_by_title(by=user)}
card = partial(agenda.meeting_scorecard, view.meeting.id, by=user)
memo.show(view, card, titles, council=page.our_council())
items.show(view, titles, outcome)
