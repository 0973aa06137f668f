"""Recording what people told the council, putting a record right, and removing one. The forms save nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from components.frame import notice, problems
from components.parts import afresh, typed_text
from cycle.revise.feedback import FeedbackView
from performance.ground.entry import NumberNotUnderstoodError, read_number
from performance.ground.periods import Period
from performance.revise.feedback import LONGEST_TEXT, LONGEST_THEME, Feedback, FeedbackKind

FORM, _MONTHS = "new-feedback", 24
_CARE = "Say nothing that could find a person: no names, addresses, telephone numbers or case numbers."


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A record to keep, to put right, or to remove."""

    record: Feedback
    removes: bool = False


def ask_new(view: FeedbackView, *, today: date) -> Wish | None:
    """A new record of one of the person's own units; nothing for those who have none."""
    if not view.own:
        return None
    if notice.is_fresh(FORM):
        afresh.begin("feedback")
    name = afresh.key("new", "feedback")
    with st.expander("Record feedback"), st.form(FORM, border=False):
        unit = st.selectbox("Service", list(view.own), format_func=lambda code: view.own[code],
                            key=f"feedback-unit-{name}")  # fmt: skip
        empty = Feedback(kind=FeedbackKind.COMPLAINT, period=_months(today)[0], unit_code=unit, theme="", count=0)
        found = _ask(name, empty, view, _months(today))
        saved = st.form_submit_button("Keep the record")
    return Wish(record=found) if saved and found else None


def ask_change(records: Sequence[Feedback], view: FeedbackView, *, today: date) -> Wish | None:
    """Another wording or count for one of the person's own records, or that it is removed."""
    own = {each.id: each for each in records if each.unit_code in view.own}
    if not own:
        return None
    with st.expander("Put a record right or remove it"):
        number = st.selectbox("Record", list(own), format_func=lambda each: _name(own[each]), key="feedback-chosen")
        chosen = own[number]
        about = of(chosen)
        if notice.is_fresh(about):
            afresh.begin(about)
        begun_on, name = afresh.seen(about, chosen.version), afresh.key("of", about)
        if begun_on != chosen.version:
            st.text("Someone else changed this record while you wrote. It stands below as it is now.")
        with st.form(f"feedback-{name}", border=False):
            months = sorted({chosen.period, *_months(today)}, reverse=True)
            found = _ask(name, replace(chosen, version=begun_on), view, months)
            saved = st.form_submit_button("Save the record")
            removed = st.form_submit_button("Remove the record")
    if removed:
        return Wish(record=replace(chosen, version=begun_on), removes=True)
    return Wish(record=found) if saved and found else None


def of(record: Feedback) -> str:
    """What a record's boxes are about."""
    return f"feedback-{record.id}"


def told(changed: Wish | None, records: Sequence[Feedback]) -> None:
    """After a refusal, which says it where somebody else was first."""
    for each in records:
        if changed and each.id == changed.record.id:
            afresh.told(of(each), each.version)


def _ask(name: str, stored: Feedback, view: FeedbackView, months: Sequence[Period]) -> Feedback | None:
    kinds = [each.value for each in FeedbackKind]
    kind = st.radio("Kind", kinds, index=kinds.index(stored.kind.value), horizontal=True, key=f"feedback-kind-{name}",
                    format_func=lambda each: FeedbackKind(each).in_words)  # fmt: skip
    left, right = st.columns(2)
    period = left.selectbox("Month", months, index=list(months).index(stored.period), key=f"feedback-month-{name}",
                            format_func=lambda each: each.in_words)  # fmt: skip
    measures = {"": "No measure"} | dict(view.own_measures)
    measure = right.selectbox("Measure it bears on", list(measures), format_func=measures.__getitem__,
                              index=_place(measures, stored.measure_code), key=f"feedback-measure-{name}")  # fmt: skip
    theme = st.selectbox("Theme: one used before, or type another", list(view.themes), accept_new_options=True,
                         index=_place(view.themes, stored.theme) if stored.theme else None,
                         placeholder="Theme", key=f"feedback-theme-{name}")  # fmt: skip
    count, base = st.columns(2)
    said = count.text_input("How many said it", value=str(stored.count or ""), key=f"feedback-count-{name}")
    asked = base.text_input("How many were asked (surveys)", value=str(stored.base or ""), key=f"feedback-base-{name}")
    st.caption(_CARE)
    cause, learning = (
        typed_text.area(label, value=text, at_most=LONGEST_TEXT, height=80, key=f"feedback-{field}-{name}")
        for label, text, field in (("Cause", stored.cause, "cause"), ("What was learnt", stored.learning, "learning"))
    )
    acted = _ask_action(name, stored, view)
    return _read(said, asked, replace(
        acted, kind=FeedbackKind(kind), period=period, measure_code=measure or None, theme=theme or "", cause=cause,
        learning=learning,
    ))  # fmt: skip


def _ask_action(name: str, stored: Feedback, view: FeedbackView) -> Feedback:
    """What is done about it; only said, where it is an action of the service by now."""
    if action := view.actions.get(stored.action_id or 0):
        st.text(f"What is done about it: {action.action}. It is an action of the service now, and changes on its plan.")
        return stored
    done = typed_text.area("What is done about it", value=stored.action, at_most=LONGEST_TEXT, height=80,
                        key=f"feedback-action-{name}")  # fmt: skip
    st.caption("With a day it becomes an action of the service, and stands on its return.")
    who, by = st.columns(2)
    role = typed_text.line("Who does it (role)", value=stored.action_role, place=who, at_most=LONGEST_THEME,
                          key=f"feedback-role-{name}")  # fmt: skip
    day = by.date_input("By when", value=stored.action_by, format="DD/MM/YYYY", key=f"feedback-by-{name}")
    return replace(stored, action=done, action_role=role, action_by=day)


def _read(said: str, asked: str, record: Feedback) -> Feedback | None:
    """With its two numbers; None where one is not understood, which is said once the form was sent."""
    try:
        count = _whole(said, "How many said it") if said.strip() else 0
        base = _whole(asked, "How many were asked") if asked.strip() else None
    except NumberNotUnderstoodError as fault:
        problems.beside(str(fault))
        return None
    return replace(record, count=count, base=base)


def _whole(typed: str, label: str) -> int:
    """Raises NumberNotUnderstoodError for a part of a person."""
    number = read_number(typed, label=label)
    if number != int(number):
        raise NumberNotUnderstoodError(f"{label} must be a whole number")
    return int(number)


def _months(today: date) -> list[Period]:
    this = Period.containing(today, months=1)
    return [this.shifted(-back) for back in range(1, _MONTHS + 1)]


def _place(options: Sequence[str] | Mapping[str, str], value: str | None) -> int:
    found = list(options)
    return found.index(value) if value in found else 0


def _name(record: Feedback) -> str:
    return f"{record.theme}, {record.kind.in_words.lower()}, {record.period.in_words}: {record.count_in_words}"
