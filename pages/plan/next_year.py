"""Plan: the policy officer drafts next year's plan from this year's, looks over what differs, and adopts it."""

import streamlit as st

from components.frame import notice, page
from components.plan.next_year import choice, decide, form, one_part, settle, shown
from cycle.plan import refresh
from performance.ground.people import Permission

user = page.start("Next year's plan", needs=Permission.REFRESH_PLAN)
above = st.container()
st.title("Next year's plan", anchor=False)
notice.show()
refused = st.container()
found = refresh.list_refreshes(by=user)
number = choice.choose(found)
view = refresh.get_draft(number, by=user) if number is not None else None
asked = None
if view and view.is_open:
    shown.show_state(view)
    asked = form.asked_again(view) or settle.show_clashes(view)
    settle.show_matters(view)
    refused = st.container()
    asked = one_part.show(view) or asked
    asked = settle.ask_links(view) or asked
    shown.show_diff(view, author=user.name)
    shown.show_preview(view)
    asked = decide.show(view) or asked
elif view:
    shown.show_state(view)
    shown.show_diff(view, author=user.name)
opening = choice.ask(refresh.suggest_new_year(by=user), is_first=not found)
try:
    if opening:
        opened = refresh.open_refresh(opening.title, opening.starts_on, by=user)
        notice.keep("The draft is open. Everything is carried over until you say otherwise.")
        choice.show_opened(opened)
        st.rerun()
    if asked and view:
        notice.keep(refresh.carry_out(view.refresh.id, asked.change, by=user))
        form.start_afresh(view.refresh.id)
        st.rerun()
except refresh.RefreshRefusedError as refusal:
    form.show_refusal(refusal, keys=asked.keys if asked else "open", place=above)
except refresh.LineConflictError as conflict:
    if asked and view:
        form.show_conflict(conflict, asked, view=view, place=refused)
except refresh.RefreshError as refusal:
    page.refuse(refusal, place=refused)
