"""Revise: review meetings of any part of the council, and a new memo, which opens itself."""

import streamlit as st

from components.frame import page
from components.revise.meetings import listed
from cycle.review import readings
from cycle.revise.meetings import agenda, guard
from performance.ground.people import NotAllowedError, Permission
from performance.revise.meetings import meeting_reference

user = page.start("Review meetings", needs=Permission.VIEW_MEETINGS)
st.title("Review meetings", anchor=False)
st.write("A memo opens with what the last meeting left, what stands, and the questions that the figures ask.")
scopes = {scope.code: scope for scope in readings.list_scopes(by=user)}
found = agenda.list_meetings(by=user)
opening = listed.ask_opening(scopes, found.own, today=found.today)
try:
    if opening:
        opened = agenda.open_meeting(
            opening.title, forum=opening.forum, scope=opening.scope, held_on=opening.held_on, by=user
        )
        st.switch_page("pages/revise/review_meeting.py", query_params={"meeting": meeting_reference(opened)})
except (guard.MeetingError, NotAllowedError) as refusal:
    page.refuse(refusal)
listed.show(found.lines)
