"""Report: the policy officer and the BI team say which reports go out by themselves, and decide what went wrong."""

import streamlit as st

from components.frame import notice, page
from components.report.sent import form, listed
from cycle.report import schedules
from performance.ground.people import Permission

user = page.start("Reports sent", needs=Permission.SCHEDULE_REPORTS)
st.title("Reports sent", anchor=False)
st.write("Reports that go out by themselves: by mail, or as a file in a folder. Each person gets what they may read.")
notice.show()
form.how_it_is_set()
found = schedules.list_sent(by=user)
try:
    if decided := listed.decide(found.undecided):
        if decided.goes_again:
            schedules.send_report_again(decided.send_id, version=decided.version, by=user)
        else:
            schedules.leave_report(decided.send_id, version=decided.version, by=user)
        notice.keep("The next run sends it." if decided.goes_again else "It is left as it is.")
        st.rerun()
    if planned := form.ask_new(found):
        schedules.plan_schedule(planned, by=user)
        notice.keep("It goes out from now on.", empties=form.FORM)
        st.rerun()
except schedules.ScheduleError as refusal:
    page.refuse(refusal)
listed.show(found.planned, today=found.today)
