"""A recovery plan in the order of turning the curve: off target, what the data says, cause, actions, path, notes."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.frame import navigation
from components.parts import delivery_history, hidden, rating
from components.parts.markup import plain
from components.revise.recovery import tables, words
from cycle.revise.recovery.evidence import Evidence
from cycle.revise.recovery.view import PlanView
from performance.ground.measures import Measure
from performance.revise.kinship import Kinship
from reporting.words.explained import explained_in_words


def show_title(what: str, measures: Sequence[Measure]) -> None:
    """What the page is, with the ways to all plans and to each of the plan's measures."""
    st.title(plain(f"{what}: {measures[0].title}"), anchor=False)
    with st.container(horizontal=True):
        st.page_link(navigation.find_entry("Recovery plans").file, label="All recovery plans")
        for each in measures:
            st.page_link(navigation.find_entry("One measure").file, label=plain(f"Measure: {each.title}"),
                         query_params={"measure": each.code})  # fmt: skip


def show_state(view: PlanView) -> None:
    """What the plan is, who opened and agreed it, its course, and how it ended."""
    st.text(words.state(view))
    course, why, otherwise = words.course(view)
    if course:
        st.markdown(f"**{plain(course)}** {plain(why)}")
    # Beside what the figures say, and never in its place.
    if otherwise:
        st.text(otherwise)
    if asked := words.asked(view):
        st.warning(plain(asked))
    if end := words.end(view):
        st.text(end)


def show_evidence(evidence: Evidence) -> None:
    """Sections 1 and 2, filled in from the figures."""
    off, measure = evidence.off, evidence.off.measure
    st.header("1. What is off target", anchor=False)
    if off.line is not None:
        st.html(f"{rating.STYLE}{rating.tag(off.line.rag)} {escape(words.newest_figure(off))}")
    st.text(words.held_against(evidence))
    st.header("2. What the data says", anchor=False)
    if evidence.explained is not None and off.line is not None:
        st.write(plain(explained_in_words(off.line.measure, evidence.explained, evidence.variation)))
    if evidence.comparators:
        tables.compared(evidence).show()
    else:
        st.text(words.NO_COMPARATOR)
    if evidence.said_for is not None:
        said = [f"{label}: {answer}" for label, answer in words.last_said(evidence)]
        st.text("\n".join([f"Last commentary, for {evidence.said_for.in_words}", *said]))
    _show_tried(evidence)
    hidden.show_which(evidence.off.series)
    if measure.illustrative:
        st.caption("Illustrative figures, made for this demonstration.")


def _show_tried(evidence: Evidence) -> None:
    """What was tried before and learnt, here and elsewhere in the council, each with the way to its plan."""
    for learnt in evidence.lessons:
        st.text(words.lesson(learnt))
    if not evidence.tried:
        return
    with st.expander(f"What was tried before ({len(evidence.tried)})"):
        for each in evidence.tried:
            where = each.near.in_words
            st.markdown(f"**{plain(where if each.near is Kinship.MEASURE else f'{where}: {each.title}')}**")
            st.text(each.in_words)
            st.page_link(
                navigation.find_entry("One recovery plan").file, label=plain(f"Open plan {each.plan.reference}"),
                query_params={"plan": each.plan.reference},
            )  # fmt: skip


def show_cause(view: PlanView) -> None:
    """The whys with what shows each, the root cause and the partners, as they stand."""
    if view.whys:
        tables.whys(view).show()
    st.text(f"Root cause: {view.plan.cause or 'not said yet.'}")
    st.text(f"Partners: {view.plan.partners or 'none named.'}")


def show_milestones(view: PlanView) -> None:
    if not view.milestones:
        st.text(words.NO_MILESTONES)
        return
    tables.milestones(view).show()
    delivery_history.show(((line.in_words, line.said) for line in view.milestones), view.known_as)


def show_actions(view: PlanView) -> None:
    if not view.actions:
        st.text(words.NO_ACTIONS)
        return
    tables.actions(view).show()
    delivery_history.show(((line.action.action, line.said) for line in view.actions), view.known_as)


def show_moves(view: PlanView) -> None:
    """Which dates are not those that were agreed, and why."""
    if view.moves:
        with st.expander(f"Dates moved since it was agreed ({len(view.moves)})"):
            tables.moves(view).show()


def show_notes(view: PlanView) -> None:
    if not view.notes:
        st.text(words.NO_NOTES)
    for text, whose in words.notes(view):
        with st.container(border=True, gap="xsmall"):
            st.text(text)
            st.caption(plain(whose))
