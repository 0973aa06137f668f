"""Plan: any employee sees the line from their work up to the outcome, and notes objectives for the appraisal."""

import streamlit as st

from components.frame import notice, page
from components.parts import afresh
from components.plan.thread import line, managed, objectives
from cycle.plan import thread
from cycle.plan.thread_changes import REFUSALS, carry_out
from performance.ground.people import Permission

user = page.start("My golden thread", needs=Permission.VIEW_PLAN)
st.title("My golden thread", anchor=False)
notice.show()

mine, nodes = thread.my_thread(by=user), thread.list_nodes_to_pick(by=user)
above = st.container()
line.show(mine, user)
chosen = line.ask(mine, nodes, label="What your work hangs on", button="Hang my work on it")
noted = objectives.show(mine)
assigned = managed.show(thread.list_managed_threads(by=user), nodes, user)

change = chosen or noted or assigned
try:
    if change:
        notice.keep(carry_out(change, by=user))
        afresh.begin(change.about)
        st.rerun()
except REFUSALS as refusal:
    page.refuse(refusal, place=above)
