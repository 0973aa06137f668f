"""One recovery plan, section by section, each with what can be done to it; or the start of a new one.

The forms return what was entered, and save nothing themselves.
"""

from dataclasses import dataclass

import streamlit as st

from components.frame import address, navigation
from components.parts import afresh, typed_text
from components.parts.markup import plain
from components.parts.words import on_page
from components.revise.recovery import decision, drafting, following, keys, path, shown
from cycle.revise.recovery.guard import LONGEST
from cycle.revise.recovery.view import Draft, PlanView
from performance.revise.recovery_changes import Change, Share


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a person asked for, and the version of the plan they had before them when they did."""

    change: Change
    version: int


@dataclass(frozen=True, kw_only=True)
class Joined:
    """An open plan that is to bring the measure back as well, as it was seen."""

    plan_id: int
    version: int
    change: Share


def show(view: PlanView) -> Asked | None:
    """The plan, section by section, each with what can be done to it; the first thing that was asked for."""
    change = _show_sections(view)
    seen = st.session_state.get(f"seen-{view.plan.id}", view.plan.version)
    st.session_state[f"seen-{view.plan.id}"] = view.plan.version
    return Asked(change=change, version=seen) if change else None


def start_afresh(view: PlanView) -> None:
    """After a change was carried out: empty forms. After one that was refused, what was typed stays."""
    afresh.begin(keys.about(view))
    st.session_state.pop(f"seen-{view.plan.id}", None)


def _show_sections(view: PlanView) -> Change | None:
    shown.show_state(view)
    found: list[Change | None] = [following.ask_course(view)]
    shown.show_evidence(view.evidence)
    found.append(drafting.ask_share(view))
    st.header("3. Root cause and partners", anchor=False)
    found.append(drafting.ask_cause(view))
    st.header("4. Actions", anchor=False)
    shown.show_actions(view)
    found += [drafting.ask_action(view), following.ask_action(view)]
    st.header("5. Expected path and actual", anchor=False)
    on_page.explain("Actual", "Target", "Tolerance", "Milestone")
    path.show(view, view.evidence.default_percent)
    shown.show_milestones(view)
    shown.show_moves(view)
    found.append(drafting.ask_milestones(view))
    st.header("6. Notes by month", anchor=False)
    found.append(following.ask_note(view))
    shown.show_notes(view)
    st.header("7. Agreement and end" if view.plan.is_open else "7. Did it work?", anchor=False)
    found.append(decision.ask(view))
    # Whoever came to read has read by now; whoever came to change it asks here why they may not.
    if view.why_not_edit:
        st.caption(plain(view.why_not_edit))
    return next((each for each in found if each is not None), None)


def asked() -> tuple[int | None, str | None]:
    """The plan, or the measure to start one for, that the address names."""
    return address.referred("R", name="plan"), address.read("measure")


def show_way_back(sentence: str) -> None:
    """A sentence and the way to the list, where there is nothing else to show."""
    st.info(plain(sentence))
    st.page_link(navigation.find_entry("Recovery plans").file, label="All recovery plans")


def ask_start(draft: Draft) -> str | Joined | None:
    """The root cause a new plan starts with, or the open plan that takes the measure in; None until it is asked."""
    st.header("3. Root cause", anchor=False)
    if draft.why_not:
        st.text(draft.why_not)
        return None
    code = draft.evidence.off.measure.code
    with st.form(f"start-{code}", border=False):
        typed = typed_text.area("Root cause", value=draft.cause, key=f"cause-{code}", at_most=LONGEST)
        if st.form_submit_button("Start the plan", type="primary"):
            return typed
    return _ask_join(draft)


def _ask_join(draft: Draft) -> Joined | None:
    if not draft.may_share:
        return None
    plans, code = {plan.id: plan for plan in draft.may_share}, draft.evidence.off.measure.code
    with st.expander("Or bring it back with a plan that is open"), st.form(f"join-{code}", border=False):
        chosen = st.selectbox(
            "Plan", list(plans), format_func=lambda each: f"{plans[each].reference}: {plans[each].cause[:80]}",
            key=f"joined-{code}", filter_mode=None,
        )  # fmt: skip
        joins = st.form_submit_button("Take the measure into this plan")
    if not joins:
        return None
    return Joined(plan_id=chosen, version=plans[chosen].version, change=Share(measure_code=code, joins=True))
