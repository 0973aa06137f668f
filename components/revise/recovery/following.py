"""How a recovery plan goes, as forms: its actions, the month's note, and its course seen otherwise."""

import streamlit as st

from components.parts import typed_text
from components.revise.recovery.drafting import ask_reason
from components.revise.recovery.keys import key
from cycle.revise.recovery.guard import LONGEST
from cycle.revise.recovery.view import PlanView, months_to_note
from performance.do.delivery import LONGEST_EVIDENCE
from performance.ground.organisation import ActionStatus
from performance.ground.texts import LONGEST_SENTENCE
from performance.revise.course import Course
from performance.revise.recovery_changes import ActionUpdate, MovedAction, Note, OtherCourse


def ask_course(view: PlanView) -> OtherCourse | None:
    """Another course than the one worked out, with the sentence that says why."""
    if view.why_not_edit or not view.is_agreed:
        return None
    others = [each.value for each in Course if each not in {Course.NOT_KNOWN, view.course.worked_out.course}]
    with st.expander("See its course otherwise"), st.form(key(view, "course"), border=False):
        course = st.radio("The plan is", others, format_func=lambda each: Course(each).in_words, horizontal=True,
                          key=key(view, "course-said"))  # fmt: skip
        because = typed_text.line("Why, in a sentence", key=key(view, "course-because"), at_most=LONGEST_SENTENCE)
        saved = st.form_submit_button("Say so until the next figure")
    return OtherCourse(course=Course(course), because=because) if saved else None


def ask_action(view: PlanView) -> ActionUpdate | MovedAction | None:
    """How an action stands now, or another end for it."""
    if view.why_not_edit or not view.actions:
        return None
    update, move = st.columns(2, gap="large")
    with update.expander("Say how an action stands"):
        said = _ask_status(view)
    with move.expander("Move an action's end"):
        return said or _ask_move(view)


def ask_note(view: PlanView) -> Note | None:
    """This month's word."""
    if view.why_not_edit:
        return None
    with st.form(key(view, "note"), border=False):
        months = months_to_note(view.today)
        month = st.selectbox("Month", months, format_func=lambda each: each.in_words, key=key(view, "note-month"),
                             filter_mode=None, width=320)  # fmt: skip
        text = typed_text.area("What happened, and what it did to the figure", key=key(view, "note-text"),
                            at_most=LONGEST, height=100)  # fmt: skip
        saved = st.form_submit_button("Add the note")
    return Note(month=month, text=text) if saved else None


def _ask_status(view: PlanView) -> ActionUpdate | None:
    actions = {line.action.id: line.action for line in view.actions}
    with st.form(key(view, "status"), border=False):
        chosen = st.selectbox("Action", list(actions), format_func=lambda each: actions[each].action,
                              key=key(view, "updated"), filter_mode=None)  # fmt: skip
        words = {each.value: each.in_words for each in ActionStatus}
        status = st.selectbox("Status", list(words), format_func=lambda each: words[each], key=key(view, "new-status"),
                              filter_mode=None)  # fmt: skip
        shows = typed_text.line("What shows it, or why it is late", key=key(view, "shows"), at_most=LONGEST_EVIDENCE)
        saved = st.form_submit_button("Save the status")
    return ActionUpdate(action_id=chosen, status=ActionStatus(status), shows=shows) if saved else None


def _ask_move(view: PlanView) -> MovedAction | None:
    actions = {line.action.id: line.action for line in view.actions}
    with st.form(key(view, "move-action"), border=False):
        chosen = st.selectbox("Action to move", list(actions), format_func=lambda each: actions[each].action,
                              key=key(view, "moved-action"), filter_mode=None)  # fmt: skip
        to = st.date_input("New end", value=view.today, format="DD/MM/YYYY", key=key(view, "action-to"))
        because = ask_reason(view, "action-because")
        saved = st.form_submit_button("Move it: the first end stays in sight")
    return MovedAction(action_id=chosen, to=to, because=because) if saved else None
