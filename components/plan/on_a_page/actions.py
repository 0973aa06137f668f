"""Adding an action to a plan on a page, changing one, or taking it off."""

from collections.abc import Mapping

import streamlit as st

from components.parts import afresh
from components.plan.on_a_page import clash
from components.plan.on_a_page.form import Asked, count, fill, was_tried
from cycle.plan.on_a_page import PlanPageConflictError
from cycle.plan.page_view import PageAction, PlanPage
from performance.ground.organisation import Action, ActionStatus
from performance.plan.on_a_page import ActionDraft

_NEW = 0
_FIELDS = ("action", "responsible_role", "result", "starts_on", "ends_on", "resources", "status")


def show(page: PlanPage) -> Asked | None:
    """The form of one action, a new one unless another is chosen; what was pressed, if anything."""
    code = page.node.code
    known = {each.action.id: each for each in page.actions}
    which = afresh.key("which", code)
    chosen_before = st.session_state.get(which, _NEW)
    tried = was_tried(afresh.key(f"action{chosen_before}", code))
    with st.expander("Add or change an action", expanded=tried):
        chosen = st.selectbox(
            "Which action", _offered(known, which), key=which,
            format_func=lambda number: known[number].action.action if number in known else _unknown(number),
        )  # fmt: skip
        name = afresh.key(f"action{chosen}", code)
        clash.show(name)
        return _ask(chosen, known.get(chosen), name)


def _offered(known: Mapping[int, PageAction], which: str) -> list[int]:
    """A new action and those on the page; and the one being changed, though someone took it off meanwhile."""
    being_changed: int = st.session_state.get(which, _NEW)
    return list(dict.fromkeys([_NEW, *known, being_changed]))


def _unknown(number: int) -> str:
    return "An action that someone took off the page meanwhile" if number else "A new action"


def _ask(chosen: int, found: PageAction | None, name: str) -> Asked | None:
    action = found.action if found else Action(id=chosen, action="")
    if f"action-{name}" not in st.session_state:
        st.session_state[f"seen-{name}"] = found.version if found else 0
    fill(name, **{field: getattr(action, field) for field in _FIELDS}, reason="")
    with st.form(f"form-{name}", border=False):
        typed = _ask_fields(action, name)
        reason = st.text_input("Why you change it, if it needs saying", key=f"reason-{name}", autocomplete="off")
        with st.container(horizontal=True):
            saves = st.form_submit_button("Save the action" if chosen else "Add the action", type="primary")
            removes = chosen != _NEW and st.form_submit_button("Take it off the page")
    if not (saves or removes):
        return None
    draft = ActionDraft(action=typed, removes=removes, reason=reason)
    return Asked(change=draft, version=st.session_state[f"seen-{name}"], name=name, attempt=count(name))


def _ask_fields(action: Action, name: str) -> Action:
    what = st.text_area("Action", key=f"action-{name}", height=80)
    left, right = st.columns(2)
    responsible = left.text_input("Responsible officer, by role", key=f"responsible_role-{name}", autocomplete="off")
    result = right.text_input("Anticipated result", key=f"result-{name}", autocomplete="off")
    starts = left.date_input("Start", value=None, format="DD/MM/YYYY", key=f"starts_on-{name}")
    ends = right.date_input("End", value=None, format="DD/MM/YYYY", key=f"ends_on-{name}")
    resources = left.text_input("Resources", key=f"resources-{name}", autocomplete="off")
    status = right.selectbox(
        "Status", list(ActionStatus), format_func=lambda each: each.in_words, key=f"status-{name}", filter_mode=None
    )
    return Action(
        id=action.id,
        action=what,
        responsible_role=responsible,
        result=result,
        starts_on=starts,
        ends_on=ends,
        resources=resources,
        status=status or ActionStatus.NOT_STARTED,
        node_code=action.node_code,
        measure_code=action.measure_code,
    )


def keep_gone(page: PlanPage, asked: Asked, conflict: PlanPageConflictError) -> None:
    """An action that someone took off meanwhile: the words typed for it stand in the form of a new one."""
    if not isinstance(asked.change, ActionDraft) or conflict.version:
        return
    typed, code = asked.change.action, page.node.code
    afresh.begin(code)
    name = afresh.key(f"action{_NEW}", code)
    st.session_state[f"seen-{name}"] = 0
    fill(name, **{field: getattr(typed, field) for field in _FIELDS}, reason=asked.change.reason)
    clash.keep(name, conflict)
