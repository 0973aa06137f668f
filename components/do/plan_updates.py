"""This month's word on each recovery plan of a service, on the same page as its figures."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.frame import navigation, notice
from components.parts import typed_text
from components.parts.markup import plain
from cycle.revise.recovery.guard import LONGEST
from cycle.revise.recovery.view import PlanSummary, months_to_note
from performance.ground.organisation import PlanStatus
from performance.ground.periods import Period, day_in_words
from performance.revise.recovery_changes import Note

_GOING = (PlanStatus.AGREED, PlanStatus.IN_PROGRESS)


@dataclass(frozen=True, kw_only=True)
class Update:
    """A plan's note for a month, and the version of the plan the person saw."""

    plan_id: int
    version: int
    change: Note
    form: str


def show(plans: Sequence[PlanSummary], unit_code: str, period: Period) -> Update | None:
    """Each plan of the service that is under way: its course, what was said last, and a box for the month.

    The month is the return's last. Nothing is asked for a month too far back to be spoken of.
    """
    own = [each for each in plans if each.off.measure.unit_code == unit_code and each.plan.status in _GOING]
    month = Period.containing(period.end, months=1)
    if not own:
        return None
    st.header("Recovery plans", anchor=False)
    found = [_ask(each, month) for each in own]
    return next((each for each in found if each is not None), None)


def keep(update: Update, sentence: str) -> None:
    """It is on the plan: an empty box, and the sentence above it."""
    notice.keep(sentence, empties=update.form)


def _ask(each: PlanSummary, month: Period) -> Update | None:
    plan, form = each.plan, f"update-{each.plan.id}-{month.start:%Y-%m}"
    with st.container(border=True, gap="small"):
        st.markdown(
            f"**{plain(f'{plan.reference}: {each.off.measure.title}')}.** {plain(each.course.course.in_words)}."
        )
        st.text(" ".join(each.course.worked_out.reasons))
        if each.last is not None:
            st.caption(plain(f"{each.last.period.in_words}, said on {day_in_words(each.last.written_at.date())}:"
                             f" {each.last.text}"))  # fmt: skip
        if notice.is_fresh(form):
            st.session_state[f"text-{form}"] = ""
            notice.show()
        update = _ask_note(each, month, form)
        st.page_link(navigation.find_entry("One recovery plan").file, label=plain(f"Open plan {plan.reference}"),
                     query_params={"plan": plan.reference})  # fmt: skip
    return update


def _ask_note(each: PlanSummary, month: Period, form: str) -> Update | None:
    if month not in months_to_note(each.today):
        return None
    with st.form(form, border=False):
        text = typed_text.area(
            f"What happened in {month.in_words}, and what it did to the figure", key=f"text-{form}", at_most=LONGEST,
            height=80,
        )  # fmt: skip
        saved = st.form_submit_button("Add to the plan")
    if not saved:
        return None
    return Update(plan_id=each.plan.id, version=each.plan.version, change=Note(month=month, text=text), form=form)
