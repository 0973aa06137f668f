"""Do: a service manager enters a month's figures, reads them back with their ratings, and submits them."""

import streamlit as st

from components.do import actions
from components.do.returns import half_typed, picker, shown, steps
from components.frame import page, problems
from cycle.do import delivery, drafts, returns
from cycle.do.files import log
from cycle.revise.recovery import changes, guard, planning
from performance.do.answers import check
from performance.ground.people import Permission

user = page.start("My return", needs=Permission.ENTER_FIGURES)
above, heading = st.container(), page.title_to_come("My return")
months = returns.list_owed(by=user)
if not months:
    heading.title("My return", anchor=False)
    st.info("No measure asks you for figures. The BI team keeps the register of measures and their services.")
    st.stop()
unit_code, period = picker.choose(months)
return_ = returns.my_return(unit_code, period, by=user)
sitting = half_typed.sitting(half_typed.name_of(return_))
kept = drafts.save_drafts(unit_code, period, drafts=sitting.entered.values(), by=user)
typed = half_typed.of(return_, kept, sitting=sitting, by=user)
checked = check(return_, typed.answers)
step = typed.step_of(checked)
title = shown.title(return_, step=step)
page.title(title, place=heading)
shown.show_state(return_, step=step)
shown.origins(log.origins(return_, by=user))

if step is half_typed.Step.SUBMITTING:
    try:
        sent = returns.submit_return(unit_code, period, answers=typed.answers, request_key=typed.request_key, by=user)
    except returns.FigureConflictError:
        st.rerun()
    except (returns.ReturnClosedError, returns.EntryRefusedError) as refusal:
        page.refuse(refusal)
        steps.show(checked, typed, step=half_typed.Step.CHECKING)
    else:
        half_typed.forget(typed)
        st.switch_page("pages/do/receipt.py", query_params={"key": sent.key})
elif steps.show(checked, typed, step=step):
    st.rerun()

with actions.typed(unit_code, period) as half_said:
    delivery.save_drafts(unit_code, period, answers=half_said, by=user)
under_way = delivery.delivery(unit_code, period, by=user)
try:
    if said := actions.show(under_way, title=title):
        actions.keep(under_way, said, delivery.save_deliveries(unit_code, period, answers=said.answers, by=user))
        st.rerun()
    if update := actions.show_plans(planning.list_plans(by=user), unit_code, period):
        actions.keep_note(update, changes.change_plan(update.plan_id, update.change, version=update.version, by=user))
        st.rerun()
except (delivery.DeliveryError, guard.PlanError) as refusal:
    page.refuse(refusal)
with above:
    problems.show(typed.problems(checked), title=title, attempt=typed.attempt)
