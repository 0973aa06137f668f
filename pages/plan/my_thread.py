"""Plan: any employee sees the line from their work up to the outcome, and notes objectives for the appraisal."""

import streamlit as st

from components import afresh, notice, page, thread_line, thread_managed, thread_objectives
from cycle import thread
from cycle.thread_changes import REFUSALS, carry_out
from performance.people import Permission

user = page.start("My golden thread", needs=Permission.VIEW_PLAN)
st.title("My golden thread", anchor=False)
notice.show()

mine, nodes = thread.my_thread(by=user), thread.list_nodes_to_pick(by=user)
above = st.container()
thread_line.show(mine, user)
chosen = thread_line.ask(mine, nodes, label="What your work hangs on", button="Hang my work on it")
noted = thread_objectives.show(mine)
assigned = thread_managed.show(thread.list_managed_threads(by=user), nodes, user)

change = chosen or noted or assigned
try:
    if change:
        notice.keep(carry_out(change, by=user))
        afresh.begin(change.about)
        st.rerun()
except REFUSALS as refusal:
    page.refuse(refusal, place=above)
