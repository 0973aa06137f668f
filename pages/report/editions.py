"""Report: the committee calendar, for policy officers who make editions, and what is published, for all to read."""

import streamlit as st

from components.frame import notice, own_dates, page
from components.report.editions import form, listed
from cycle.report.editions import calendar
from cycle.report.editions.guard import EditionError
from performance.ground.people import Permission

user = page.start("Editions", needs=Permission.SIGN_IN)
st.title("Editions", anchor=False)
st.write("What is published of a period's figures for a meeting. It never changes; what is restated later says so.")
notice.show()
found = calendar.list_editions(by=user)
planned = form.ask_new(found)
try:
    if planned:
        calendar.plan_edition(planned, by=user)
        notice.keep("It is on the calendar.", empties=form.FORM)
        st.rerun()
except EditionError as refusal:
    page.refuse(refusal)
own_dates.offer(by=user)
listed.show(found)
