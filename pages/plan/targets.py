"""Plan: a service sets its year of targets with their history before it, and its head agrees them."""

import streamlit as st

from components import notice, page, problems, target_decisions, target_form, target_grid, target_view
from cycle import plan
from performance.people import Permission

user = page.start("Targets", needs=Permission.VIEW_TARGETS)
above = st.container()
st.title("Targets", anchor=False)
notice.show()
if not (units := plan.units_with_targets(by=user)):
    st.info("There are no measures yet. The BI team keeps the register of measures and their services.")
    st.stop()

code, year = target_view.choose_service(units, plan.years_to_set(by=user))
service = plan.targets_of(code, year, by=user)
target_view.summary(service, year, plan.list_loosened(year, by=user))
waiting = plan.list_waiting(by=user)
decision = target_decisions.show(waiting, plan.consider_waiting(waiting, by=user))
try:
    if decision and decision.declined:
        plan.decline_target(decision.declined.id, reason=decision.reason, by=user)
    elif decision:
        plan.agree_targets([proposal.id for proposal in decision.agreed], by=user)
except plan.TargetError as refusal:
    page.refuse(refusal)
else:
    if decision:
        notice.keep(decision.in_words)
        st.rerun()

grid = target_grid.show(service, opened=target_view.opened(service))
line, chart = target_view.choose_measure(service), st.container()
opened = target_form.show(line, grid) if line else target_form.Opened()
grid = grid.with_opened(opened.typed, asked=opened.asked)
try:
    if line and opened.no_target is not None:
        plan.set_no_target(line.measure.code, reason=opened.no_target, by=user)
    elif grid.is_ready:
        plan.propose_targets(grid.proposed, by=user)
    elif grid.unsaved:
        plan.save_drafts([typed.draft for typed in grid.unsaved], by=user)
        grid.remember()
except plan.TargetConflictError as conflict:
    grid.contest(conflict)
except plan.TargetRefusedError as refusal:
    grid = grid.refused_by(refusal)
else:
    if grid.is_ready or opened.no_target is not None:
        notice.keep(opened.done_in_words or grid.done_in_words)
        st.rerun()
considered = plan.consider_targets(grid.targets, by=user)
target_grid.show_readings(grid, considered)
with above:
    problems.show(grid.summary, title="Targets", attempt=grid.attempt)
with chart:
    target_view.show_history(line, grid.parts_of(line, considered))
