"""Do: a service manager enters a month's figures, reads them back with their ratings, and submits them."""

import streamlit as st

from components import delivery, half_typed, import_runs, page, problems, return_picker, return_steps, return_view
from components.half_typed import Step
from cycle import changing, delivering, do, drafting, import_log, revise, revising
from performance.answers import check
from performance.people import Permission

user = page.start("My return", needs=Permission.ENTER_FIGURES)
above, heading = st.container(), page.title_to_come("My return")
months = do.list_owed(by=user)
if not months:
    heading.title("My return", anchor=False)
    st.info("No measure asks you for figures. The BI team keeps the register of measures and their services.")
    st.stop()

unit_code, period = return_picker.choose(months)
return_ = do.my_return(unit_code, period, by=user)
sitting = half_typed.sitting(half_typed.name_of(return_))
kept = drafting.save_drafts(unit_code, period, drafts=sitting.entered.values(), by=user)
typed = half_typed.of(return_, kept, sitting=sitting, by=user)
checked = check(return_, typed.answers)
step = typed.step_of(checked)
title = return_view.title(return_, step=step)
page.title(title, place=heading)
return_view.show_state(return_, step=step)
import_runs.origins(import_log.origins(return_, by=user))

if step is Step.SUBMITTING:
    try:
        receipt = do.submit_return(unit_code, period, answers=typed.answers, request_key=typed.request_key, by=user)
    except do.FigureConflictError:
        st.rerun()
    except (do.ReturnClosedError, do.EntryRefusedError) as refusal:
        page.refuse(refusal)
        return_steps.show(checked, typed, step=Step.CHECKING)
    else:
        half_typed.forget(typed)
        st.switch_page("pages/do/receipt.py", query_params={"key": receipt.key})
elif return_steps.show(checked, typed, step=step):
    st.rerun()

with delivery.typed(unit_code, period) as half_said:
    delivering.save_drafts(unit_code, period, answers=half_said, by=user)
under_way = delivering.delivery(unit_code, period, by=user)
try:
    if said := delivery.show(under_way, title=title):
        delivery.keep(under_way, said, delivering.save_deliveries(unit_code, period, answers=said.answers, by=user))
        st.rerun()
    if update := delivery.show_plans(revise.list_plans(by=user), unit_code, period):
        done = changing.change_plan(update.plan_id, update.change, version=update.version, by=user)
        delivery.keep_note(update, done)
        st.rerun()
except (delivering.DeliveryError, revising.PlanError) as refusal:
    page.refuse(refusal)
with above:
    problems.show(typed.problems(checked), title=title, attempt=typed.attempt)
