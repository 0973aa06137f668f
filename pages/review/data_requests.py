"""Review: what was asked for and answered, so that the next asker finds it; and the form to ask."""

from functools import partial

import streamlit as st

from components.frame import notice, page, pick
from components.review.explorer import data_requests
from cycle.review import saved_views
from performance.ground.people import Permission

user = page.start("Requests for data", needs=Permission.EXPLORE)

st.title("Requests for data", anchor=False)
notice.show()
wish = data_requests.ask(partial(saved_views.asked_before, by=user))
try:
    if wish:
        saved_views.ask(wish.question, asked_for=wish.asked_for, by=user)
except saved_views.REFUSALS as refusal:
    page.refuse(refusal)
else:
    if wish:
        notice.keep("Your request is in the log. Whoever answers it sees it there.", empties="request")
        st.rerun()

st.header("The log", anchor=False)
words = pick.text("Find", name="find", placeholder="Words of a question or an answer")
said = data_requests.answered()
try:
    if said:
        saved_views.answer(said.request.id, said.text, view_id=said.view_id, version=said.request.version, by=user)
        st.success("The answer stands in the log.")
except saved_views.REFUSALS as refusal:
    page.refuse(refusal)
data_requests.show(saved_views.list_requests(words, by=user), user, is_narrowed=bool(words))
