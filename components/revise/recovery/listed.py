"""Measures that call for a plan, and the plans there are: each line leads to where a person can act on it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.frame import address, navigation
from components.parts import rating
from components.parts.markup import plain
from components.parts.recovery_lines import how_it_stands, to_plan
from components.revise.recovery.words import newest_figure
from cycle.revise.recovery.calls import CalledForSoFar
from cycle.revise.recovery.evidence import OffTarget
from cycle.revise.recovery.view import PlanSummary
from performance.ground.periods import day_in_words

# So many are taken in at once; a council that has more calls for plans asks for the rest.
_AT_ONCE = 12


def without_a_plan(called_for: CalledForSoFar) -> None:
    """How many measures call for a plan; each with why, for how long it has been red, and the way to start one: first
    those that the person may start one for.

    The first of many, and all for whoever asks for them. Raises NothingThereError.
    """
    # What one can start a plan for comes before what others can.
    found = sorted(called_for.found, key=lambda each: not each.may_open)
    so_far = " so far" if called_for.to_come else ""
    st.header(plain(f"Without a plan: {len(found)}{so_far}"), anchor=False)
    st.write("Red for several periods running, a real change for the worse, or a slim chance of the year's target.")
    if not found and not so_far:
        st.write("No measure calls for a plan that it does not have.")
    asks_for_all = address.one_of(["all"], name="show", label="How many are shown") == "all"
    shown = found if asks_for_all or len(found) <= _AT_ONCE else found[:_AT_ONCE]
    for each in shown:
        with st.container(border=True, gap="small"):
            _measure(each.off)
            st.text(f"{each.in_words}. {each.off.unit_name}.")
            start = "Start a plan" if each.may_open else "What a plan would start from"
            to_plan(f"{start}: {plain(each.off.measure.title)}", measure=each.off.measure.code)
    if len(shown) < len(found):
        here = navigation.find_entry("Recovery plans").file
        st.page_link(here, label=f"Show all {len(found)}", query_params={"show": "all"})
    elif len(found) > _AT_ONCE:
        st.page_link(navigation.find_entry("Recovery plans").file, label=f"Show the first {_AT_ONCE}")


def plans(summaries: Sequence[PlanSummary]) -> None:
    """Each plan: where it stands, its milestones, and when it was last written about."""
    for each in summaries:
        with st.container(border=True, gap="small"):
            _measure(each.off)
            st.text(_standing(each))
            to_plan(f"Open plan {each.plan.reference}", plan=each.plan.reference)


def _standing(each: PlanSummary) -> str:
    """In progress: slipping. 1 of 3 milestones met, last note 11 October 2017. Human Resources."""
    plan, stands = each.plan, how_it_stands(each)
    if plan.tolerated_until:
        stands = f"Tolerated until {day_in_words(plan.tolerated_until)}: {plan.ended_because.rstrip('.')}"
    asked = (
        f" Asked to be tolerated until {day_in_words(plan.asked_until)}." if plan.is_asked and plan.asked_until else ""
    )
    said = f"last note {day_in_words(each.last_note)}" if each.last_note else "no note yet"
    shared = f" With {', '.join(other.title for other in each.shared)}." if each.shared else ""
    return f"{stands}.{asked} {each.progress}, {said}. {each.off.unit_name}.{shared}"


def _measure(off: OffTarget) -> None:
    st.subheader(plain(off.measure.title), anchor=False)
    if off.line is not None:
        st.html(f"<p style='margin:0'>{rating.STYLE}{rating.tag(off.line.rag)} {escape(newest_figure(off))}</p>")
