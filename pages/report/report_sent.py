"""Report: one report that goes out by itself, changed or stopped, and what became of each time, with the reason."""

import streamlit as st

from components.frame import notice, page
from components.parts.markup import plain
from components.report.sent import form, listed
from cycle.report import schedules
from performance.ground.people import Permission
from performance.report.schedules import Schedule

user = page.start("One report sent", needs=Permission.SCHEDULE_REPORTS)
try:
    found = schedules.get_history(listed.asked(), older_than=listed.older_than(), by=user)
except schedules.ScheduleError as nothing:
    st.title("Report sent", anchor=False)
    st.info(plain(str(nothing)))
    st.page_link("pages/report/reports_sent.py", label="All reports sent")
    st.stop()

page.title(found.planned.what)
notice.show()
listed.head(found)
try:
    match form.ask_change(found):
        case Schedule() as wanted:
            schedules.change_schedule(wanted, by=user)
            notice.keep("It goes out like this from now on.")
            st.rerun()
        case form.Stopping(version=seen):
            schedules.stop_schedule(found.planned.schedule.id, version=seen, by=user)
            notice.keep("It is stopped.")
            st.rerun()
except schedules.ScheduleError as refusal:
    page.refuse(refusal)
listed.history(found)
