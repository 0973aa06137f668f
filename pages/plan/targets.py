"""Plan: a service sets its year of targets with their history before it, and its head agrees them."""

import streamlit as st

from components.frame import notice, page, problems
from components.plan.targets import decisions, form, shown, year_grid
from cycle.plan import targets
from performance.ground.people import Permission

user = page.start("Targets", needs=Permission.VIEW_TARGETS)
above = st.container()
st.title("Targets", anchor=False)
notice.show()
if not (units := targets.units_with_targets(by=user)):
    st.info("There are no measures yet. The BI team keeps the register of measures and their services.")
    st.stop()

code, year = shown.choose_service(units, targets.years_to_set(by=user))
service = targets.targets_of(code, year, by=user)
shown.summary(service, year, targets.list_loosened(year, by=user))
waiting = targets.list_waiting(by=user)
decision = decisions.show(waiting, targets.consider_waiting(waiting, by=user))
try:
    if decision and decision.declined:
        targets.decline_target(decision.declined.id, reason=decision.reason, by=user)
    elif decision:
        targets.agree_targets([proposal.id for proposal in decision.agreed], by=user)
except targets.TargetError as refusal:
    page.refuse(refusal)
else:
    if decision:
        notice.keep(decision.in_words)
        st.rerun()

grid = year_grid.show(service, opened=shown.opened(service))
line, chart = shown.choose_measure(service), st.container()
opened = form.show(line, grid) if line else form.Opened()
grid = grid.with_opened(opened.typed, asked=opened.asked)
try:
    if line and opened.no_target is not None:
        targets.set_no_target(line.measure.code, reason=opened.no_target, by=user)
    elif grid.is_ready:
        targets.propose_targets(grid.proposed, by=user)
    elif grid.unsaved:
        targets.save_drafts([typed.draft for typed in grid.unsaved], by=user)
        grid.remember()
except targets.TargetConflictError as conflict:
    grid.contest(conflict)
except targets.TargetRefusedError as refusal:
    grid = grid.refused_by(refusal)
else:
    if grid.is_ready or opened.no_target is not None:
        notice.keep(opened.done_in_words or grid.done_in_words)
        st.rerun()
considered = targets.consider_targets(grid.targets, by=user)
year_grid.show_readings(grid, considered)
with above:
    problems.show(grid.summary, title="Targets", attempt=grid.attempt)
with chart:
    shown.show_history(line, grid.parts_of(line, considered))
