"""A recovery plan in the order of turning the curve: off target, what the data says, cause, actions, path, notes."""

from html import escape

import streamlit as st

from components.frame import navigation
from components.parts import delivery_history, hidden, html_table, rating
from components.parts.html_table import Column
from components.parts.markup import plain
from components.revise.recovery.listed import figure_in_words
from cycle.revise.recovery.evidence import Evidence
from cycle.revise.recovery.view import PlanView
from performance.ground.measures import Measure
from performance.ground.organisation import Action
from performance.ground.periods import day_in_words
from performance.revise.kinship import Kinship
from reporting.words.explained import explained_in_words


def show_title(evidence: Evidence, what: str) -> None:
    st.title(plain(f"{what}: {evidence.off.measure.title}"), anchor=False)
    st.page_link(navigation.find_entry("Recovery plans").file, label="All recovery plans")


def show_state(view: PlanView) -> None:
    """What the plan is, who opened and agreed it, its course, and how it ended."""
    plan = view.plan
    opened = f"Opened on {day_in_words(plan.opened_at.date())} by {view.name_of(plan.opened_by)}."
    said = [f"{plan.status.in_words}.", opened]
    if plan.agreed_by and plan.agreed_at:
        said.append(f"Agreed on {day_in_words(plan.agreed_at.date())} by {view.name_of(plan.agreed_by)}.")
    st.text(" ".join(said))
    if plan.is_open and view.is_agreed:
        _show_course(view)
    if plan.asked_until and plan.asked_by:
        st.warning(
            plain(
                f"{view.name_of(plan.asked_by)} asks to tolerate the measure until"
                f" {day_in_words(plan.asked_until)}: {plan.asked_because}"
            )
        )
    _show_end(view)


def _show_course(view: PlanView) -> None:
    """The course worked out; and what a person said of it, beside it and never in its place."""
    st.markdown(f"**{plain(view.course.course.in_words)}.** {plain(' '.join(view.course.worked_out.reasons))}")
    if said := view.course.said:
        st.text(
            f"Worked out from the figures: {view.course.worked_out.course.in_words.lower()}. Said otherwise by"
            f" {view.name_of(said.said_by)} on {day_in_words(said.said_at.astimezone().date())}, until the next"
            f" figure arrives: {said.because}"
        )


def _show_end(view: PlanView) -> None:
    plan = view.plan
    if plan.ended_at is None or plan.ended_by is None:
        return
    when, who = day_in_words(plan.ended_at.astimezone().date()), view.name_of(plan.ended_by)
    if plan.tolerated_until:
        st.text(
            f"Tolerated until {day_in_words(plan.tolerated_until)}, approved by {who} on {when}: {plan.ended_because}"
        )
        return
    why = plan.ended_because or "on the evidence of the figures."
    st.text(f"Closed by {who} on {when}: {why} Kept there by: {plan.kept_by_role}.")


def show_evidence(evidence: Evidence) -> None:
    """Sections 1 and 2, filled in from the figures."""
    off, measure = evidence.off, evidence.off.measure
    st.header("1. What is off target", anchor=False)
    if off.line is not None:
        st.html(f"{rating.STYLE}{rating.tag(off.line.rag)} {escape(figure_in_words(off))}")
    st.text(f"{off.how_long}. {measure.polarity.in_words}. {evidence.bands}")
    st.header("2. What the data says", anchor=False)
    if evidence.explained is not None and off.line is not None:
        st.write(plain(explained_in_words(off.line.measure, evidence.explained, evidence.variation)))
    if evidence.comparators:
        html_table.plain(
            "Compared with",
            [Column(title="Place"), Column(title="Figure", is_number=True), Column(title="Period it covers")],
            [
                [each.label, measure.print_value(each.numbers[each.latest]), each.latest.in_words]
                for each in evidence.comparators[:6]
            ],
        )
    else:
        st.text("No comparator is published for this measure.")
    if evidence.said_for is not None:
        said = evidence.said
        answers = (("What happened", said.what_happened), ("Why", said.why), ("What next", said.what_next))
        st.text(
            "\n".join(
                [
                    f"Last commentary, for {evidence.said_for.in_words}",
                    *(f"{label}: {answer}" for label, answer in answers if answer),
                ]
            )
        )
    _show_tried(evidence)
    hidden.show_which(evidence.off.series)
    if measure.illustrative:
        st.caption("Illustrative figures, made for this demonstration.")


def _show_tried(evidence: Evidence) -> None:
    """What was tried before and learnt, here and elsewhere in the council, each with the way to its plan."""
    for learnt in evidence.lessons:
        st.text(f"A lesson ({_in_sentence(learnt.near)}). {learnt.lesson.title}: {learnt.lesson.advice}")
    if not evidence.tried:
        return
    with st.expander(f"What was tried before ({len(evidence.tried)})"):
        for each in evidence.tried:
            where = each.near.in_words
            st.markdown(f"**{plain(where if each.near is Kinship.MEASURE else f'{where}: {each.title}')}**")
            st.text(each.in_words)
            st.page_link(
                navigation.find_entry("One recovery plan").file, label=plain(f"Open plan {each.plan.reference}"),
                query_params={"plan": str(each.plan.id)},
            )  # fmt: skip


def _in_sentence(near: Kinship) -> str:
    return near.in_words[0].lower() + near.in_words[1:]


def show_cause(view: PlanView) -> None:
    """The whys with what shows each, the root cause and the partners, as they stand."""
    if view.whys:
        html_table.plain(
            "Five whys: each answers the one before",
            [Column(title="Why"), Column(title="What shows it")],
            [[f"{place}. {each.why}", each.evidence] for place, each in enumerate(view.whys, start=1)],
        )
    st.text(f"Root cause: {view.plan.cause or 'not said yet.'}")
    st.text(f"Partners: {view.plan.partners or 'none named.'}")


def show_milestones(view: PlanView) -> None:
    if not view.milestones:
        st.text("No milestones yet. A milestone is a figure the measure should reach by a period.")
        return
    several = len(view.paths) > 1
    html_table.plain(
        "Milestones tick themselves from the figures",
        [
            *([Column(title="Measure")] if several else []),
            Column(title="Milestone"),
            Column(title="Figure", is_number=True),
            Column(title="State"),
            Column(title="Note"),
        ],
        [
            [
                *([path.measure.title] if several else []),
                line.in_words,
                path.measure.print_value(line.actual),
                path.state_in_words(line),
                line.milestone.note,
            ]
            for path in view.paths
            for line in path.milestones
        ],
    )
    delivery_history.show(((line.in_words, line.said) for line in view.milestones), view.known_as)


def show_actions(view: PlanView) -> None:
    """Appendix A's columns with the effect expected of each, and how each action stands."""
    if not view.actions:
        st.text("No actions yet.")
        return
    titles = ("Action", "Responsible officer", "Anticipated result", "Expected effect", "Start", "End", "Resources",
              "Status")  # fmt: skip
    html_table.plain(
        "Actions",
        [Column(title=title) for title in titles],
        [
            [
                line.action.action,
                line.action.responsible_role,
                line.action.result,
                effect_in_words(view.measure, line.action),
                day_in_words(line.action.starts_on) if line.action.starts_on else "",
                _end_in_words(line.action),
                line.action.resources,
                line.in_words,
            ]
            for line in view.actions
        ],
    )
    delivery_history.show(((line.action.action, line.said) for line in view.actions), view.known_as)


def effect_in_words(measure: Measure, action: Action) -> str:
    """Down by 0.3 days by 28 February 2018; empty where none is expected."""
    if action.effect is None:
        return ""
    way = "Up" if action.effect > 0 else "Down"
    by = f" by {day_in_words(action.effect_by)}" if action.effect_by else ""
    return f"{way} by {measure.print_change(abs(action.effect))}{by}"


def _end_in_words(action: Action) -> str:
    if action.ends_on is None:
        return ""
    said = day_in_words(action.ends_on)
    if action.moves and action.original_ends_on:
        times = {1: "once", 2: "twice"}.get(action.moves, f"{action.moves} times")
        return f"{said} (moved {times}, first set for {day_in_words(action.original_ends_on)})"
    return said


def show_notes(view: PlanView) -> None:
    if not view.notes:
        st.text("No notes yet.")
    for note in view.notes:
        with st.container(border=True, gap="xsmall"):
            st.text(note.text)
            who = view.name_of(note.written_by)
            st.caption(plain(f"For {note.period.in_words}: {who}, {day_in_words(note.written_at.date())}"))
