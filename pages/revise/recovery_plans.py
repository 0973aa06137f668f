"""Revise: which measures call for a plan and have none, and where each recovery plan stands."""

import streamlit as st

from components.frame import notice, page
from components.revise.recovery import listed
from cycle.revise.recovery import planning
from performance.ground.people import Permission

user = page.start("Recovery plans", needs=Permission.VIEW_RECOVERY_PLANS)
st.title("Recovery plans", anchor=False)
notice.show()

called_for = planning.list_called_for(by=user)
plans = planning.list_plans(by=user)
open_plans = [each for each in plans if each.plan.is_open]
done = [each for each in plans if not each.plan.is_open]

left, right = st.columns(2, gap="large")
with left:
    st.header(f"Without a plan: {len(called_for)}", anchor=False)
    st.write("Red for several periods running, a real change for the worse, or a slim chance of the year's target.")
    listed.called_for(called_for)
with right:
    st.header(f"Open plans: {len(open_plans)}", anchor=False)
    if not open_plans:
        st.write("No recovery plans are open.")
    listed.plans(open_plans)

if done:
    st.header(f"Closed or tolerated: {len(done)}", anchor=False)
    listed.plans(done)
