"""Revise: one review meeting, minuted as it happens, with its memo as a Word document."""

from functools import partial

import streamlit as st

from components import meeting_items, meeting_memo, notice, page
from components.markup import plain
from cycle import meeting, minutes, minuting, review
from performance.people import Permission

user = page.start("One review meeting", needs=Permission.VIEW_MEETINGS)
number = meeting_items.asked()
try:
    view = meeting.get_meeting(number or 0, by=user)
except minutes.MeetingError as nothing:
    st.title("Review meeting", anchor=False)
    st.info(plain(str(nothing)))
    st.page_link("pages/revise/review_meetings.py", label="All review meetings")
    st.stop()

page.title(view.meeting.title)
meeting_items.show_head(view)
titles = {each.code: each.title for each in review.list_measures_by_title(by=user)}
card = partial(meeting.meeting_scorecard, view.meeting.id, by=user)
meeting_memo.show(view, card, titles, council=page.our_council())
if asked := meeting_items.show(view, titles):
    wish, place = asked
    try:
        done, where = minuting.carry_out(view.meeting.id, wish, by=user)
        notice.keep(done, empties=where)
        st.rerun()
    except minutes.MeetingError as refusal:
        page.refuse(refusal, place=place)
