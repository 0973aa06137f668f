"""Plan: an objective or plan on one page, changed in place by its owner, and printed on one A4 side."""

import streamlit as st

from components import notice, page, plan_page_changes, plan_page_print, plan_page_view
from cycle import plan_pages
from performance.people import Permission

user = page.start("Plan on a page", needs=Permission.VIEW_PLAN)
above = st.container()
title = page.title_to_come("Plan on a page")
day = plan_page_view.day_asked()
shelf = plan_pages.list_pages(day, by=user)
if not shelf.nodes:
    title.title("Plan on a page", anchor=False)
    plan_page_view.nothing(shelf)
    st.stop()

code = plan_page_view.choose(shelf)
found = plan_pages.plan_page(code, day, by=user)
page.title(found.node.title, place=title)
notice.show()
refused = st.container()
plan_page_view.top(found)
plan_page_print.show(found)
plan_page_view.why(found)
plan_page_view.actions(found)
plan_page_view.measures(found, user=user)
plan_page_view.risks(found)
plan_page_view.lessons(found)

why_not = plan_pages.why_not_change(code, day, by=user)
asked = plan_page_changes.show(found, plan_pages.list_evidence(by=user), why_not=why_not)
plan_page_view.history(found.history)
try:
    if asked:
        said = plan_pages.change_page(code, asked.change, version=asked.version, by=user)
        plan_page_changes.done(found, said)
        st.rerun()
except plan_pages.PlanPageRefusedError as refusal:
    with above:
        plan_page_changes.refuse(asked, refusal)
except plan_pages.PlanPageConflictError as conflict:
    plan_page_changes.conflict(found, asked, conflict)
    st.rerun()
except plan_pages.PlanPageError as refusal:
    page.refuse(refusal, place=refused)
