"""Revise: one recovery plan, from what is off target to whether it worked; or the start of a new one."""

import streamlit as st

from components import notice, page, recovery_form, recovery_path, recovery_view, risk_lines
from cycle import changing, revise, revising, risks_shown
from performance.people import Permission

user = page.start("One recovery plan", needs=Permission.VIEW_RECOVERY_PLANS)
plan_id, measure_code = recovery_form.asked()
try:
    draft = revise.draft_plan(measure_code or "", by=user) if plan_id is None else None
    view = revise.get_plan(plan_id, by=user) if plan_id is not None else None
except revising.NoSuchPlanError as nothing:
    st.title("Recovery plan", anchor=False)
    recovery_form.show_way_back(str(nothing) if plan_id is not None or measure_code else "Choose a plan from the list.")
    st.stop()

if draft:
    recovery_view.show_title(draft.evidence, "Start a recovery plan")
    recovery_view.show_evidence(draft.evidence)
    recovery_path.show_path(draft.path, draft.evidence.default_percent)
    start = recovery_form.ask_start(draft)
    try:
        if isinstance(start, recovery_form.Joined):
            notice.keep(changing.change_plan(start.plan_id, start.change, version=start.version, by=user))
            st.switch_page("pages/revise/recovery_plan.py", query_params={"plan": str(start.plan_id)})
        if start is not None and draft.evidence.off.line:
            opened = revise.open_plan(measure_code or "", period=draft.evidence.off.line.period, cause=start, by=user)
            notice.keep("The plan is started. Set its actions and milestones, then someone else agrees it.")
            st.switch_page("pages/revise/recovery_plan.py", query_params={"plan": str(opened)})
    except revising.PlanError as refusal:
        page.refuse(refusal)

if view:
    recovery_view.show_title(view.evidence, view.plan.reference)
    notice.show()
    refused = st.container()
    risk_lines.show(risks_shown.risks_of_measures([path.measure.code for path in view.paths], by=user))
    asked = recovery_form.show(view)
    try:
        if asked:
            notice.keep(changing.change_plan(view.plan.id, asked.change, version=asked.version, by=user))
            recovery_form.start_afresh(view)
            st.rerun()
    except revising.PlanError as refusal:
        page.refuse(refusal, place=refused)
