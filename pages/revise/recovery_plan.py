"""Revise: one recovery plan, from what is off target to whether it worked; or the start of a new one."""

import streamlit as st

from components.frame import notice, page
from components.revise.meetings import beside
from components.revise.recovery import path, sections, shown, taken_away
from components.revise.risks import lines
from cycle.revise import risks_shown
from cycle.revise.meetings import agenda
from cycle.revise.recovery import changes, guard, planning
from performance.ground.people import Permission
from performance.revise.recovery import plan_reference

user = page.start("One recovery plan", needs=Permission.VIEW_RECOVERY_PLANS)
plan_id, measure_code = sections.asked()
try:
    draft = planning.draft_plan(measure_code or "", by=user) if plan_id is None else None
    view = planning.get_plan(plan_id, by=user) if plan_id is not None else None
except guard.NoSuchPlanError as nothing:
    st.title("Recovery plan", anchor=False)
    sections.show_way_back(str(nothing) if plan_id is not None or measure_code else "Choose a plan from the list.")
    st.stop()

if draft:
    shown.show_title("Start a recovery plan", [draft.evidence.off.measure])
    shown.show_evidence(draft.evidence)
    path.show_path(draft.path, draft.evidence.default_percent)
    start = sections.ask_start(draft)
    try:
        if isinstance(start, sections.Joined):
            notice.keep(changes.change_plan(start.plan_id, start.change, version=start.version, by=user))
            st.switch_page("pages/revise/recovery_plan.py", query_params={"plan": plan_reference(start.plan_id)})
        if start is not None and draft.evidence.off.line:
            opened = planning.open_plan(measure_code or "", period=draft.evidence.off.line.period, cause=start, by=user)
            notice.keep("The plan is started. Set its actions and milestones, then someone else agrees it.")
            st.switch_page("pages/revise/recovery_plan.py", query_params={"plan": plan_reference(opened)})
    except guard.PlanError as refusal:
        page.refuse(refusal)

if view:
    shown.show_title(view.plan.reference, [path.measure for path in view.paths])
    notice.show()
    refused = st.container()
    risks = risks_shown.risks_of_measures([path.measure.code for path in view.paths], by=user)
    lines.show(risks)
    asked_of = agenda.asked_of_plan(view.plan.id, by=user)
    beside.show(asked_of)
    taken_away.buttons(view, risks, asked_of)
    asked = sections.show(view)
    try:
        if asked:
            notice.keep(changes.change_plan(view.plan.id, asked.change, version=asked.version, by=user))
            sections.start_afresh(view)
            st.rerun()
    except guard.PlanError as refusal:
        page.refuse(refusal, place=refused)
