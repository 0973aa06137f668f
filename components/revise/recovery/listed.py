"""Measures that call for a plan, and the plans there are: each line leads to where a person can act on it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.frame import address, navigation
from components.parts import html_table, rating
from components.parts.html_table import Cell, Column, Html
from components.parts.markup import plain
from components.parts.recovery_lines import how_it_stands
from components.revise.recovery.words import newest_figure
from cycle.revise.recovery.calls import CalledFor, CalledForSoFar
from cycle.revise.recovery.evidence import OffTarget
from cycle.revise.recovery.view import PlanSummary
from performance.ground.periods import day_in_words

# So many are taken in at once; a council that has more calls for plans asks for the rest.
_AT_ONCE = 12
_WITHOUT = [
    Column(title="Measure"), Column(title="Now", leads=True), Column(title="Why it calls for a plan", leads=True),
    Column(title="What to do", leads=True), Column(title="Service"),
]  # fmt: skip
_PLANS = [
    Column(title="Plan"), Column(title="Now"), Column(title="Where it stands", leads=True),
    Column(title="Milestones", leads=True), Column(title="Last note", leads=True), Column(title="Service"),
]  # fmt: skip


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
    if shown:
        _table("Measures that call for a plan", _WITHOUT, [_called(each) for each in shown])
    if len(shown) < len(found):
        here = navigation.find_entry("Recovery plans").file
        st.page_link(here, label=f"Show all {len(found)}", query_params={"show": "all"})
    elif len(found) > _AT_ONCE:
        st.page_link(navigation.find_entry("Recovery plans").file, label=f"Show the first {_AT_ONCE}")


def plans(summaries: Sequence[PlanSummary], *, caption: str) -> None:
    """Each plan: where it stands, its milestones, and when it was last written about."""
    if summaries:
        _table(caption, _PLANS, [_plan(each) for each in summaries])


def _table(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
    st.html(f"{rating.STYLE}{html_table.wrapped(caption, html_table.table(caption, columns, rows))}")


def _called(each: CalledFor) -> list[Cell]:
    measure = each.off.measure
    start = "Start a plan" if each.may_open else "What a plan would start from"
    words = f'{start}<span class="vh"> for {escape(measure.title)}</span>'
    to_do = navigation.link("One recovery plan", words, measure=measure.code)
    return [measure.title, _now(each.off), f"{each.in_words}.", Html(to_do), each.off.unit_name]


def _plan(each: PlanSummary) -> list[Cell]:
    name = escape(f"{each.plan.reference}: {each.off.measure.title}")
    shared = escape(f"With {', '.join(other.title for other in each.shared)}") if each.shared else ""
    link = navigation.link("One recovery plan", name, plan=each.plan.reference)
    return [
        Html(f"{link}<br><small>{shared}</small>" if shared else link),
        _now(each.off),
        _standing(each),
        each.progress,
        day_in_words(each.last_note) if each.last_note else "No note yet",
        each.off.unit_name,
    ]


def _standing(each: PlanSummary) -> str:
    """In progress: slipping. Asked to be tolerated until 31 March 2018."""
    plan, stands = each.plan, how_it_stands(each)
    if plan.tolerated_until:
        stands = f"Tolerated until {day_in_words(plan.tolerated_until)}: {plan.ended_because.rstrip('.')}"
    if plan.is_asked and plan.asked_until:
        return f"{stands}. Asked to be tolerated until {day_in_words(plan.asked_until)}."
    return f"{stands}."


def _now(off: OffTarget) -> Html:
    return Html("" if off.line is None else f"{rating.tag(off.line.rag)} {escape(newest_figure(off))}")
