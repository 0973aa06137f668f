"""Plan: the policy officer drafts next year's plan from this year's, looks over what differs, and adopts it."""

import streamlit as st

from components import (
    notice,
    page,
    refresh_decide,
    refresh_form,
    refresh_node,
    refresh_open,
    refresh_settle,
    refresh_view,
)
from cycle import refresh
from performance.people import Permission

user = page.start("Next year's plan", needs=Permission.REFRESH_PLAN)
above = st.container()
st.title("Next year's plan", anchor=False)
notice.show()
refused = st.container()
found = refresh.list_refreshes(by=user)
number = refresh_open.choose(found)
view = refresh.get_draft(number, by=user) if number is not None else None
asked = None
if view and view.is_open:
    refresh_view.show_state(view)
    asked = refresh_form.asked_again(view) or refresh_settle.show_clashes(view)
    refresh_settle.show_matters(view)
    refused = st.container()
    asked = refresh_node.show(view) or asked
    asked = refresh_settle.ask_links(view) or asked
    refresh_view.show_diff(view, author=user.name)
    refresh_view.show_preview(view)
    asked = refresh_decide.show(view) or asked
elif view:
    refresh_view.show_state(view)
    refresh_view.show_diff(view, author=user.name)
opening = refresh_open.ask(refresh.suggest_new_year(by=user), is_first=not found)
try:
    if opening:
        opened = refresh.open_refresh(opening.title, opening.starts_on, by=user)
        notice.keep("The draft is open. Everything is carried over until you say otherwise.")
        refresh_open.show_opened(opened)
        st.rerun()
    if asked and view:
        notice.keep(refresh.carry_out(view.refresh.id, asked.change, by=user))
        refresh_form.start_afresh(view.refresh.id)
        st.rerun()
except refresh.RefreshRefusedError as refusal:
    refresh_form.show_refusal(refusal, keys=asked.keys if asked else "open", place=above)
except refresh.LineConflictError as conflict:
    if asked and view:
        refresh_form.show_conflict(conflict, asked, view=view, place=refused)
except refresh.RefreshError as refusal:
    page.refuse(refusal, place=refused)
