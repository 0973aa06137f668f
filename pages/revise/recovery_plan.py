"""Revise: one recovery plan, from what is off target to what was done about it; or the start of a new one."""

import streamlit as st

from components import notice, page, recovery_form, recovery_view
from cycle import changing, revise
from performance.people import Permission

user = page.start("One recovery plan", needs=Permission.VIEW_RECOVERY_PLANS)
plan_id, measure_code = recovery_form.asked()
try:
    draft = revise.draft_plan(measure_code or "", by=user) if plan_id is None else None
    view = revise.get_plan(plan_id, by=user) if plan_id is not None else None
except revise.NoSuchPlanError as nothing:
    st.title("Recovery plan", anchor=False)
    recovery_form.show_way_back(str(nothing) if plan_id or measure_code else "Choose a plan from the list.")
    st.stop()

if draft:
    recovery_view.show_title(draft.evidence, "Start a recovery plan")
    recovery_view.show_evidence(draft.evidence)
    recovery_view.show_path(draft.evidence, ())
    cause = recovery_form.ask_start(draft)
    try:
        if cause is not None and draft.evidence.off.line:
            opened = revise.open_plan(measure_code or "", period=draft.evidence.off.line.period, cause=cause, by=user)
            notice.keep("The plan is started. Set its actions and milestones, then someone else agrees it.")
            st.switch_page("pages/revise/recovery_plan.py", query_params={"plan": str(opened)})
    except revise.PlanError as refusal:
        st.warning(str(refusal))

if view:
    recovery_view.show_title(view.evidence, view.plan.reference)
    notice.show()
    refused = st.container()
    asked = recovery_form.show(view)
    try:
        if asked:
            notice.keep(changing.change_plan(view.plan.id, asked.change, version=asked.version, by=user))
            recovery_form.start_afresh(view.plan.id)
            st.rerun()
    except revise.PlanError as refusal:
        refused.warning(str(refusal))
