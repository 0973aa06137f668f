"""Plan: an objective or plan on one page, changed in place by its owner, and printed on one A4 side."""

import streamlit as st

from components.frame import notice, page
from components.plan.on_a_page import changes, printed, shown
from cycle.plan import on_a_page
from performance.ground.people import Permission

user = page.start("Plan on a page", needs=Permission.VIEW_PLAN)
above = st.container()
title = page.title_to_come("Plan on a page")
day = shown.day_asked()
shelf = on_a_page.list_pages(day, by=user)
if not shelf.nodes:
    title.title("Plan on a page", anchor=False)
    shown.nothing(shelf)
    st.stop()

code = shown.choose(shelf)
found = on_a_page.plan_page(code, day, by=user)
page.title(found.node.title, place=title)
notice.show()
refused = st.container()
shown.top(found)
printed.show(found)
shown.why(found)
shown.actions(found)
shown.measures(found, user=user)
shown.risks(found)
shown.lessons(found)

why_not = on_a_page.why_not_change(code, day, by=user)
asked = changes.show(found, on_a_page.list_evidence(by=user), why_not=why_not)
shown.history(found.history)
try:
    if asked:
        said = on_a_page.change_page(code, asked.change, version=asked.version, by=user)
        changes.done(found, said)
        st.rerun()
except on_a_page.PlanPageRefusedError as refusal:
    with above:
        changes.refuse(asked, refusal)
except on_a_page.PlanPageConflictError as conflict:
    changes.conflict(found, asked, conflict)
    st.rerun()
except on_a_page.PlanPageError as refusal:
    page.refuse(refusal, place=refused)
