"""Revise: which measures call for a plan and have none, and where each recovery plan stands."""

import streamlit as st

from components.frame import notice, page
from components.frame.behind import work_through
from components.revise.recovery import listed
from cycle.revise.recovery import planning
from performance.ground.people import Permission

user = page.start("Recovery plans", needs=Permission.VIEW_RECOVERY_PLANS)
st.title("Recovery plans", anchor=False)
notice.show()

called_for = planning.called_for(by=user)
plans = planning.list_plans(by=user)
open_plans = [each for each in plans if each.plan.is_open]
done = [each for each in plans if not each.plan.is_open]

listed.without_a_plan(called_for)
behind = st.empty()
st.header(f"Open plans: {len(open_plans)}", anchor=False)
if not open_plans:
    st.write("No recovery plans are open.")
listed.plans(open_plans, caption="Plans that are open")

if done:
    st.header(f"Closed or tolerated: {len(done)}", anchor=False)
    listed.plans(done, caption="Plans that are closed or tolerated")

work_through(
    called_for.to_come,
    lambda few: planning.look_for_calls(few, by=user),
    doing="Looking for what calls for a plan",
    place=behind,
)
