"""A recovery plan in the order of turning the curve: off target, what the data says, cause, actions, path, notes."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from html import escape

import streamlit as st

from components import delivery_history, html_table, navigation, rating, trend
from components.figure_form import plain
from components.html_table import Column
from components.page import our_place
from components.recovery_list import figure_in_words
from cycle.recovering import Evidence, MilestoneLine, PlanView
from performance.aggregation import numbers
from performance.organisation import PlanStatus
from performance.periods import Period, day_in_words
from performance.recovery import MilestoneState
from performance.values import round_half_up
from reporting.charts import Line, Milestone, Spec, Trend, every_period
from reporting.charts import trend as trend_spec

_MONTHS = 24


def show_title(evidence: Evidence, what: str) -> None:
    st.title(f"{what}: {plain(evidence.off.measure.title)}", anchor=False)
    st.page_link(navigation.find_entry("Recovery plans").file, label="All recovery plans")


def show_state(view: PlanView) -> None:
    """What the plan is, who opened and agreed it, and whether it is on its way."""
    plan = view.plan
    opened = f"Opened on {day_in_words(plan.opened_at.date())} by {view.name_of(plan.opened_by)}."
    agreed = ""
    if plan.agreed_by and plan.agreed_at:
        agreed = f" Agreed on {day_in_words(plan.agreed_at.date())} by {view.name_of(plan.agreed_by)}."
    st.text(f"{plan.status.in_words}. {opened}{agreed} {_course(view)}")
    if view.why_not_edit:
        st.caption(plain(view.why_not_edit))


def show_evidence(evidence: Evidence) -> None:
    """Sections 1 and 2, filled in from the figures."""
    off, measure = evidence.off, evidence.off.measure
    st.header("1. What is off target", anchor=False)
    if off.line is not None:
        st.html(f"{rating.STYLE}{rating.tag(off.line.rag)} {escape(figure_in_words(off))}")
    st.text(f"{off.how_long}. {measure.polarity.in_words}. {evidence.bands}")
    st.header("2. What the data says", anchor=False)
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
    if measure.illustrative:
        st.caption("Illustrative figures, made for this demonstration.")


def show_path(evidence: Evidence, milestones: Sequence[MilestoneLine]) -> None:
    """The measure's own line with its target, and the milestones as points on it."""
    chart = _trend(evidence, milestones)
    if chart is None:
        return
    measure, known = evidence.off.measure, chart.lines[0].numbers
    ahead = ", ".join(line.in_words[0].lower() + line.in_words[1:] for line in milestones)
    alt = (
        f"Line chart of {measure.title}: {measure.print_value(known[0][1])} in {known[0][0].in_words}, "
        f"{measure.print_value(known[-1][1])} in {known[-1][0].in_words}." + (f" Milestones: {ahead}." if ahead else "")
    )
    st.vega_lite_chart(_spec(chart), alt=alt, theme=None, width="stretch")
    if milestones:
        st.caption("A diamond is a milestone: where the measure's own line should be.")
    with st.expander(f"Table: {plain(measure.title)}, the last {len(known)} figures"):
        targets = evidence.off.series.targets
        html_table.plain(
            f"{measure.title}, month by month",
            [Column(title="Period"), Column(title="Figure", is_number=True), Column(title="Target", is_number=True)],
            [
                [period.in_words, measure.print_value(number), trend.target_in_words(measure, targets.get(period))]
                for period, number in reversed(known)
            ],
        )


def show_milestones(view: PlanView) -> None:
    if not view.milestones:
        st.text("No milestones yet. A milestone is a figure the measure should reach by a period.")
        return
    html_table.plain(
        "Milestones tick themselves from the figures",
        [
            Column(title="Milestone"),
            Column(title="Figure", is_number=True),
            Column(title="State"),
            Column(title="Note"),
        ],
        [
            [line.in_words, view.measure.print_value(line.actual), line.state.in_words, line.milestone.note]
            for line in view.milestones
        ],
    )
    delivery_history.show(((line.in_words, line.said) for line in view.milestones), view.known_as)


def show_actions(view: PlanView) -> None:
    """Appendix A's columns, and how each action stands."""
    if not view.actions:
        st.text("No actions yet.")
        return
    titles = ("Action", "Responsible officer", "Anticipated result", "Start", "End", "Resources", "Status")
    html_table.plain(
        "Actions",
        [Column(title=title) for title in titles],
        [
            [
                line.action.action,
                line.action.responsible_role,
                line.action.result,
                day_in_words(line.action.starts_on) if line.action.starts_on else "",
                day_in_words(line.action.ends_on) if line.action.ends_on else "",
                line.action.resources,
                line.in_words,
            ]
            for line in view.actions
        ],
    )
    delivery_history.show(((line.action.action, line.said) for line in view.actions), view.known_as)


def show_notes(view: PlanView) -> None:
    if not view.notes:
        st.text("No notes yet.")
    for note in view.notes:
        with st.container(border=True, gap="xsmall"):
            st.text(note.text)
            st.caption(
                f"For {note.period.in_words}: {plain(view.name_of(note.written_by))},"
                f" {day_in_words(note.written_at.date())}"
            )


def _course(view: PlanView) -> str:
    """Whether the plan is on its way, in a sentence."""
    states = [line.state for line in view.milestones]
    if view.plan.status is PlanStatus.CLOSED:
        return ""
    if view.is_back:
        return "The measure has been green three times running: the plan can be closed."
    if MilestoneState.MISSED in states:
        return f"{states.count(MilestoneState.MISSED)} of {len(states)} milestones missed."
    if MilestoneState.MET in states:
        return f"{states.count(MilestoneState.MET)} of {len(states)} milestones met, none missed."
    return ""


def _trend(evidence: Evidence, milestones: Sequence[MilestoneLine]) -> Trend | None:
    off, measure = evidence.off, evidence.off.measure
    known = numbers(measure, off.series.figures)
    recent = list(known)[-_MONTHS // measure.frequency.months :]
    if not recent:
        return None
    points = [line.milestone for line in milestones if line.milestone.period.months == recent[-1].months]
    last = max([recent[-1], *(point.period for point in points)])
    periods = every_period(recent[0], last)
    return Trend(
        periods=periods,
        lines=(Line(name=our_place(), numbers=_printed(evidence, recent)),),
        unit=measure.unit,
        aims=tuple(trend.aims(measure, dict(off.series.targets), periods, evidence.default_percent)),
        breaks=tuple((each.on, each.reason) for each in measure.breaks),
        milestones=tuple(Milestone(period=point.period, number=point.number) for point in points),
    )


def _printed(evidence: Evidence, recent: Sequence[Period]) -> tuple[tuple[Period, Decimal], ...]:
    measure = evidence.off.measure
    known = numbers(measure, evidence.off.series.figures)
    return tuple((period, round_half_up(known[period], measure.decimals)) for period in recent)


@lru_cache(maxsize=256)
def _spec(chart: Trend) -> Spec:
    return trend_spec(chart, height=300)
