"""What a recovery plan is made of, as forms: its cause, the measures it shares, its actions and its milestones."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from components.frame import problems
from components.parts import typed_text
from components.parts.markup import plain
from components.revise.recovery import shown
from components.revise.recovery.keys import key
from cycle.ground.milestones import MilestoneLine
from cycle.revise.recovery.guard import LONGEST
from cycle.revise.recovery.path import PathView
from cycle.revise.recovery.planning import MOST_WHYS
from cycle.revise.recovery.view import PlanView
from performance.ground.entry import NumberNotUnderstoodError, read_number
from performance.ground.measures import Measure
from performance.ground.organisation import Action, PlanStatus
from performance.ground.texts import LONGEST_ROLE, LONGEST_SENTENCE
from performance.revise.recovery import Why
from performance.revise.recovery_changes import (
    LONGEST_NOTE,
    LONGEST_RESOURCES,
    LONGEST_WHY,
    Cause,
    MovedMilestone,
    NewMilestone,
    Share,
)


def ask_cause(view: PlanView) -> Cause | None:
    """The whys, the root cause and the partners while the plan is drafted; afterwards as they were agreed."""
    if view.why_not_edit or view.plan.status is not PlanStatus.DRAFTED:
        shown.show_cause(view)
        return None
    with st.form(key(view, "cause"), border=False):
        whys = [_ask_why(view, place) for place in range(MOST_WHYS)]
        typed = typed_text.area(
            "Root cause", value=view.plan.cause, key=key(view, "cause-text"),
            at_most=LONGEST,
        )  # fmt: skip
        if typed != view.plan.cause and view.plan.cause:
            st.text(f"As it is stored now: {view.plan.cause}")
        partners = typed_text.line("Partners who can help", value=view.plan.partners, key=key(view, "partners"),
                                 at_most=LONGEST_SENTENCE)  # fmt: skip
        saved = st.form_submit_button("Save the cause")
    return Cause(text=typed, whys=tuple(whys), partners=partners) if saved else None


def _ask_why(view: PlanView, place: int) -> Why:
    stored = view.whys[place] if place < len(view.whys) else Why(why="")
    label = f"Why? ({place + 1})" if place == 0 else f"Why is that so? ({place + 1})"
    answer, shows = st.columns([3, 2])
    why = typed_text.line(label, value=stored.why, key=key(view, f"why-{place}"), place=answer, at_most=LONGEST_WHY)
    evidence = typed_text.line(f"What shows why {place + 1}", value=stored.evidence,
                                key=key(view, f"evidence-{place}"), place=shows, at_most=LONGEST_WHY)  # fmt: skip
    return Why(why=why, evidence=evidence)


def ask_share(view: PlanView) -> Share | None:
    """Another measure for this plan to bring back, or one to take out while it is drafted."""
    others = view.paths[1:]
    for path in others:
        st.text(f"This plan brings back as well: {path.measure.title}. {path.off.how_long}.")
    if view.why_not_edit or not (view.may_join or others):
        return None
    with st.expander("Bring back another measure with this plan"):
        return _ask_joining(view) or _ask_leaving(view, others)


def _ask_joining(view: PlanView) -> Share | None:
    if not view.may_join:
        return None
    titles = {each.code: each.title for each in view.may_join}
    with st.form(key(view, "share"), border=False):
        chosen = st.selectbox("Measure", list(titles), format_func=lambda code: titles[code],
                              key=key(view, "shared"))  # fmt: skip
        joins = st.form_submit_button("Take it into the plan")
    return Share(measure_code=chosen, joins=True) if joins else None


def _ask_leaving(view: PlanView, others: Sequence[PathView]) -> Share | None:
    if view.plan.status is not PlanStatus.DRAFTED:
        return None
    left = [
        path.measure
        for path in others
        if st.button(f"Take out {plain(path.measure.title)}", key=key(view, f"leave-{path.measure.code}"))
    ]
    return Share(measure_code=left[0].code, joins=False) if left else None


def ask_action(view: PlanView) -> Action | None:
    """A new action with Appendix A's columns and the effect expected of it."""
    if view.why_not_edit:
        return None
    with st.expander("Add an action"), st.form(key(view, "action"), border=False):
        action = typed_text.line("Action", key=key(view, "action-text"), at_most=LONGEST_SENTENCE)
        role = typed_text.line("Responsible officer's role", key=key(view, "role"), at_most=LONGEST_ROLE)
        result = typed_text.line("Anticipated result", key=key(view, "result"), at_most=LONGEST_SENTENCE)
        start, end = st.columns(2)
        starts = start.date_input("Start", value=view.today, format="DD/MM/YYYY", key=key(view, "starts"))
        ends = end.date_input("End", value=None, format="DD/MM/YYYY", key=key(view, "ends"))
        change, by = st.columns(2)
        effect = change.text_input(
            plain(f"Expected effect on the figure, {_unit(view.measure)} (-3 for a fall by 3)"),
            key=key(view, "effect"),
            autocomplete="off",
        )  # fmt: skip
        effect_by = by.date_input("Effect shows by", value=None, format="DD/MM/YYYY", key=key(view, "effect-by"))
        resources = typed_text.line("Resources", key=key(view, "resources"), at_most=LONGEST_RESOURCES)
        saved = st.form_submit_button("Add the action")
    if not saved:
        return None
    number = _read_effect(effect)
    if effect.strip() and number is None:
        return None
    return Action(
        id=0, action=action.strip(), responsible_role=role.strip(), result=result.strip(), starts_on=starts,
        ends_on=ends, resources=resources.strip(), effect=number, effect_by=effect_by if number else None,
    )  # fmt: skip


def _read_effect(typed: str) -> Decimal | None:
    """The effect typed; None where there is none, or where it is not understood, which is said."""
    if not typed.strip():
        return None
    try:
        number = read_number(typed, label="The expected effect")
    except NumberNotUnderstoodError as fault:
        problems.beside(str(fault))
        return None
    if number == 0:
        problems.beside("Enter an effect other than 0, or leave it empty")
        return None
    return number


def ask_milestones(view: PlanView) -> NewMilestone | MovedMilestone | None:
    """A new milestone, or another date for one that is not met."""
    if view.why_not_edit:
        return None
    new, move = st.columns(2, gap="large")
    with new.expander("Add a milestone"):
        added = _ask_new_milestone(view)
    movable = [(path, line) for path in view.paths for line in path.milestones if line.may_move]
    if movable:
        with move.expander("Move a milestone"):
            return added or _ask_move(view, movable)
    return added


def _ask_new_milestone(view: PlanView) -> NewMilestone | None:
    path = view.paths[0]
    if len(view.paths) > 1:
        titles = [each.measure.title for each in view.paths]
        chosen = st.selectbox("Measure", range(len(titles)), format_func=lambda place: titles[place],
                              key=key(view, "milestone-of"), filter_mode=None)  # fmt: skip
        path = view.paths[chosen]
    measure = path.measure
    with st.form(key(view, f"milestone-{measure.code}"), border=False):
        typed = st.text_input(plain(f"Figure to reach, {_unit(measure)}"), key=key(view, f"number-{measure.code}"),
                              autocomplete="off")  # fmt: skip
        period = st.selectbox("By", path.periods_ahead(view.today), format_func=lambda each: each.in_words,
                              key=key(view, f"by-{measure.code}"), filter_mode=None)  # fmt: skip
        note = typed_text.line("Note", key=key(view, "milestone-note"), at_most=LONGEST_NOTE)
        saved = st.form_submit_button("Add the milestone")
    if not saved:
        return None
    try:
        number = read_number(typed, label="The figure to reach", unit=measure.unit)
    except NumberNotUnderstoodError as fault:
        problems.beside(str(fault) if typed.strip() else "Enter the figure to reach")
        return None
    return NewMilestone(number=number, period=period, note=note, measure_code=measure.code)


def _ask_move(view: PlanView, movable: Sequence[tuple[PathView, MilestoneLine]]) -> MovedMilestone | None:
    lines = {line.milestone.id: (path, line) for path, line in movable}
    chosen = st.selectbox("Milestone", list(lines), format_func=lambda each: lines[each][1].in_words,
                          key=key(view, "moved"), filter_mode=None)  # fmt: skip
    with st.form(key(view, f"move-{chosen}"), border=False):
        to = st.selectbox("To", lines[chosen][0].periods_ahead(view.today), format_func=lambda each: each.in_words,
                          key=key(view, f"to-{chosen}"), filter_mode=None)  # fmt: skip
        because = ask_reason(view, f"move-because-{chosen}")
        moved = st.form_submit_button("Move it: the first date stays in sight")
        removed = view.plan.status is PlanStatus.DRAFTED and st.form_submit_button("Take it out")
    if removed:
        return MovedMilestone(milestone_id=chosen, to=None)
    return MovedMilestone(milestone_id=chosen, to=to, because=because) if moved else None


def ask_reason(view: PlanView, field: str) -> str:
    """Why a date is moved, once the plan is agreed; until then nobody asks."""
    if not view.is_agreed:
        return ""
    return typed_text.line("Why it moves", key=key(view, field), at_most=LONGEST_SENTENCE)


def _unit(measure: Measure) -> str:
    return {"percent": "in %", "pounds": "in £"}.get(measure.unit, f"in {measure.unit}" if measure.unit else "")
