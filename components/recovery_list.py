"""Reds that call for a plan, and the plans there are: each line leads to where a person can act on it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import navigation, rating
from components.figure_form import plain
from cycle.recovering import OffTarget, PlanSummary, RedWithoutPlan
from performance.periods import day_in_words


def reds(found: Sequence[RedWithoutPlan]) -> None:
    """Each red without a plan: for how long, and the way to start one."""
    if not found:
        st.write("No measure is red twice running without a plan.")
    for red in found:
        with st.container(border=True, gap="small"):
            _measure(red.off)
            st.text(f"{red.off.how_long}. {red.off.unit_name}.")
            if red.may_open:
                _to_plan("Start a plan", measure=red.off.measure.code)
            else:
                _to_plan("See what a plan would start from", measure=red.off.measure.code)


def plans(summaries: Sequence[PlanSummary]) -> None:
    """Each plan: where it stands, its milestones, and when it was last written about."""
    for each in summaries:
        with st.container(border=True, gap="small"):
            _measure(each.off)
            said = f"last note {day_in_words(each.last_note)}" if each.last_note else "no note yet"
            st.text(f"{each.plan.status.in_words}. {each.progress}, {said}. {each.off.unit_name}.")
            _to_plan(f"Open plan {each.plan.reference}", plan=str(each.plan.id))


def _measure(off: OffTarget) -> None:
    st.subheader(plain(off.measure.title), anchor=False)
    if off.line is not None:
        st.html(f"<p style='margin:0'>{rating.STYLE}{rating.tag(off.line.rag)} {escape(figure_in_words(off))}</p>")


def figure_in_words(off: OffTarget) -> str:
    """33 days in October 2017, target 20 days."""
    if off.line is None:
        return "No figures yet"
    shown, measure = off.line, off.measure
    target = shown.target
    aim = ""
    if target is not None and target.bounds is not None:
        aim = f", target {' to '.join(measure.print_target(bound) for bound in target.bounds)}"
    elif target is not None and target.number is not None:
        aim = f", target {measure.print_target(target.number)}"
    return f"{measure.print_value(shown.value)} in {shown.period.in_words}{aim}"


def _to_plan(label: str, **query: str) -> None:
    st.page_link(navigation.find_entry("One recovery plan").file, label=label, query_params=query)
