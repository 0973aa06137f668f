"""What can be done to a recovery plan: each form returns what was entered, and saves nothing itself."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components import navigation, problems, recovery_view
from cycle.recovering import Draft, MilestoneLine, PlanView, months_to_note
from cycle.revise import LONGEST
from performance.entry import NumberNotUnderstoodError, read_number
from performance.measures import Measure
from performance.organisation import Action, ActionStatus, PlanStatus
from performance.recovery import PERIODS_BACK
from performance.recovery_changes import (
    ActionUpdate,
    Cause,
    Change,
    Decision,
    MovedMilestone,
    NewMilestone,
    Note,
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a person asked for, and the version of the plan they had before them when they did."""

    change: Change
    version: int


def show(view: PlanView) -> Asked | None:
    """The plan, section by section, each with what can be done to it; the first thing that was asked for."""
    change = _show_sections(view)
    seen = st.session_state.get(f"seen-{view.plan.id}", view.plan.version)
    st.session_state[f"seen-{view.plan.id}"] = view.plan.version
    return Asked(change=change, version=seen) if change else None


def start_afresh(plan_id: int) -> None:
    """After a change was carried out: empty forms. After one that was refused, what was typed stays."""
    st.session_state[f"afresh-{plan_id}"] = st.session_state.get(f"afresh-{plan_id}", 0) + 1
    st.session_state.pop(f"seen-{plan_id}", None)


def _show_sections(view: PlanView) -> Change | None:
    recovery_view.show_state(view)
    recovery_view.show_evidence(view.evidence)
    st.header("3. Root cause", anchor=False)
    cause = ask_cause(view)
    st.header("4. Actions", anchor=False)
    recovery_view.show_actions(view)
    action = ask_action(view)
    st.header("5. Expected path and actual", anchor=False)
    recovery_view.show_path(view.evidence, view.milestones)
    recovery_view.show_milestones(view)
    milestone = ask_milestones(view)
    st.header("6. Notes by month", anchor=False)
    note = ask_note(view)
    recovery_view.show_notes(view)
    st.header("7. Agreement", anchor=False)
    return cause or action or milestone or note or ask_decision(view)


def asked() -> tuple[int | None, str | None]:
    """The plan, or the measure to start one for, that the address names."""
    plan, measure = st.query_params.get("plan", ""), st.query_params.get("measure")
    return (int(plan) if plan.isascii() and plan.isdigit() else None), measure


def show_way_back(sentence: str) -> None:
    """A sentence and the way to the list, where there is nothing else to show."""
    st.info(sentence)
    st.page_link(navigation.find_entry("Recovery plans").file, label="All recovery plans")


def ask_start(draft: Draft) -> str | None:
    """The root cause a new plan starts with; None until it is asked to start."""
    st.header("3. Root cause", anchor=False)
    if draft.why_not:
        st.text(draft.why_not)
        return None
    code = draft.evidence.off.measure.code
    with st.form(f"start-{code}", border=False):
        typed = st.text_area(
            "Why is it off target, and why is that so", value=draft.cause, key=f"cause-{code}", max_chars=LONGEST
        )
        return typed if st.form_submit_button("Start the plan", type="primary") else None


def ask_cause(view: PlanView) -> Cause | None:
    """The root cause while the plan is drafted; afterwards as it was agreed."""
    if view.why_not_edit or view.plan.status is not PlanStatus.DRAFTED:
        st.text(view.plan.cause or "Not said yet.")
        return None
    with st.form(_key(view, "cause"), border=False):
        typed = st.text_area(
            "Why is it off target, and why is that so", value=view.plan.cause, key=_key(view, "cause-text"),
            max_chars=LONGEST,
        )  # fmt: skip
        if typed != view.plan.cause and view.plan.cause:
            st.text(f"As it is stored now: {view.plan.cause}")
        saved = st.form_submit_button("Save the cause")
    return Cause(text=typed) if saved else None


def ask_milestones(view: PlanView) -> NewMilestone | MovedMilestone | None:
    """A new milestone, or another date for one that is not met."""
    if view.why_not_edit:
        return None
    new, move = st.columns(2, gap="large")
    with new.expander("Add a milestone"):
        added = _ask_new_milestone(view)
    movable = [line for line in view.milestones if line.may_move]
    if movable:
        with move.expander("Move a milestone"):
            return added or _ask_move(view, movable)
    return added


def ask_action(view: PlanView) -> Action | ActionUpdate | None:
    """A new action with Appendix A's columns, or how one stands now."""
    if view.why_not_edit:
        return None
    new, update = st.columns(2, gap="large")
    with new.expander("Add an action"):
        added = _ask_new_action(view)
    if view.actions:
        with update.expander("Say how an action stands"):
            return added or _ask_status(view)
    return added


def ask_note(view: PlanView) -> Note | None:
    """This month's word."""
    if view.why_not_edit:
        return None
    with st.form(_key(view, "note"), border=False):
        months = months_to_note(view.today)
        month = st.selectbox("Month", months, format_func=lambda each: each.in_words, key=_key(view, "note-month"),
                             filter_mode=None, width=320)  # fmt: skip
        text = st.text_area("What happened, and what it did to the figure", key=_key(view, "note-text"),
                            max_chars=LONGEST, height=100)  # fmt: skip
        saved = st.form_submit_button("Add the note")
    return Note(month=month, text=text) if saved else None


def ask_decision(view: PlanView) -> Decision | None:
    """Agree or close, for those who may; otherwise who can and what is missing."""
    if view.plan.status is PlanStatus.DRAFTED:
        if view.why_not_agree:
            st.text(view.why_not_agree)
            return None
        st.text("You agree its cause, milestones and actions as they stand.")
        return Decision(closes=False) if st.button("Agree this plan", type="primary", key=_key(view, "agree")) else None
    if view.may_close:
        return Decision(closes=True) if st.button("Close this plan", type="primary", key=_key(view, "close")) else None
    closed = f"A plan closes when its measure was green {PERIODS_BACK} times running."
    st.text("This plan is closed." if view.plan.status is PlanStatus.CLOSED else f"This plan is agreed. {closed}")
    return None


def _ask_new_milestone(view: PlanView) -> NewMilestone | None:
    measure = view.measure
    with st.form(_key(view, "milestone"), border=False):
        typed = st.text_input(f"Figure to reach, {_unit(measure)}", key=_key(view, "number"), autocomplete="off")
        period = st.selectbox("By", view.periods_ahead, format_func=lambda each: each.in_words,
                              key=_key(view, "by"), filter_mode=None)  # fmt: skip
        note = st.text_input("Note", key=_key(view, "milestone-note"), max_chars=200)
        saved = st.form_submit_button("Add the milestone")
    if not saved:
        return None
    try:
        return NewMilestone(number=read_number(typed, label="The figure to reach"), period=period, note=note)
    except NumberNotUnderstoodError as fault:
        message = str(fault) if typed.strip() else "Enter the figure to reach"
        problems.beside(message)
        return None


def _ask_move(view: PlanView, movable: Sequence[MilestoneLine]) -> MovedMilestone | None:
    lines = {line.milestone.id: line for line in movable}
    with st.form(_key(view, "move"), border=False):
        chosen = st.selectbox("Milestone", list(lines), format_func=lambda each: lines[each].in_words,
                              key=_key(view, "moved"), filter_mode=None)  # fmt: skip
        to = st.selectbox("To", view.periods_ahead, format_func=lambda each: each.in_words, key=_key(view, "to"),
                          filter_mode=None)  # fmt: skip
        moved = st.form_submit_button("Move it: the first date stays in sight")
        removed = view.plan.status is PlanStatus.DRAFTED and st.form_submit_button("Take it out")
    if removed:
        return MovedMilestone(milestone_id=chosen, to=None)
    return MovedMilestone(milestone_id=chosen, to=to) if moved else None


def _ask_new_action(view: PlanView) -> Action | None:
    with st.form(_key(view, "action"), border=False):
        action = st.text_input("Action", key=_key(view, "action-text"), max_chars=500)
        role = st.text_input("Responsible officer's role", key=_key(view, "role"), max_chars=120)
        result = st.text_input("Anticipated result", key=_key(view, "result"), max_chars=500)
        start, end = st.columns(2)
        starts = start.date_input("Start", value=view.today, format="DD/MM/YYYY", key=_key(view, "starts"))
        ends = end.date_input("End", value=None, format="DD/MM/YYYY", key=_key(view, "ends"))
        resources = st.text_input("Resources", key=_key(view, "resources"), max_chars=300)
        saved = st.form_submit_button("Add the action")
    if not saved:
        return None
    return Action(
        id=0, action=action.strip(), responsible_role=role.strip(), result=result.strip(), starts_on=starts,
        ends_on=ends, resources=resources.strip(),
    )  # fmt: skip


def _ask_status(view: PlanView) -> ActionUpdate | None:
    actions = {line.action.id: line.action for line in view.actions}
    with st.form(_key(view, "status"), border=False):
        chosen = st.selectbox("Action", list(actions), format_func=lambda each: actions[each].action,
                              key=_key(view, "updated"), filter_mode=None)  # fmt: skip
        words = {each.value: each.in_words for each in ActionStatus}
        status = st.selectbox("Status", list(words), format_func=lambda each: words[each], key=_key(view, "new-status"),
                              filter_mode=None)  # fmt: skip
        saved = st.form_submit_button("Save the status")
    return ActionUpdate(action_id=chosen, status=ActionStatus(status)) if saved else None


def _key(view: PlanView, field: str) -> str:
    return f"{field}-{view.plan.id}-{st.session_state.get(f'afresh-{view.plan.id}', 0)}"


def _unit(measure: Measure) -> str:
    return {"percent": "in %", "pounds": "in £"}.get(measure.unit, f"in {measure.unit}" if measure.unit else "")
