"""Plan: a service sets its targets with their history before it, and its head agrees them."""

from dataclasses import replace

import streamlit as st

from components import notice, page, problems, target_decisions, target_form, target_view
from cycle import plan
from performance.people import Permission

user = page.start("Targets", needs=Permission.VIEW_TARGETS)
above = st.container()
st.title("Targets", anchor=False)
notice.show()
units = plan.units_with_targets(by=user)
if not units:
    st.info("There are no measures yet. The BI team keeps the register of measures and their services.")
    st.stop()

unit_code, year = target_view.choose_service(units, plan.years_to_set(by=user))
service = plan.targets_of(unit_code, year, by=user)
target_view.overview(service, year)

decision = target_decisions.show(plan.list_waiting(by=user))
try:
    if decision and decision.agrees:
        plan.agree_target(decision.proposal.id, by=user)
    elif decision:
        plan.decline_target(decision.proposal.id, reason=decision.reason, by=user)
except plan.TargetError as refusal:
    st.warning(str(refusal))
else:
    if decision:
        notice.keep(decision.in_words)
        st.rerun()

line = target_view.choose_measure(service)
chart = st.container()
target_view.show_facts(line)
form, meaning = st.columns(2, gap="large")
with form:
    draft = target_form.show(line, why_not=service.why_not)
considered = plan.consider_target(draft.target, by=user) if draft.target else None
try:
    if draft.target and draft.asked:
        plan.propose_target(draft.target, rationale=draft.rationale, based_on=draft.based_on, by=user)
        notice.keep(draft.done_in_words)
        st.rerun()
except plan.TargetRefusedError as refusal:
    draft = replace(draft, refused=refusal.problems)
except plan.TargetError as refusal:
    st.warning(str(refusal))
with meaning:
    target_form.show_meaning(draft, considered)
with chart:
    target_view.show_history(line, considered.parts if considered else {})
with above:
    problems.show(draft.summary, title="Targets", attempt=draft.attempt)
