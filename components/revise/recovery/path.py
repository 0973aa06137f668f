"""A recovery plan's expected path and what came of it: drawn with its actions marked, in words, and as a table."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

import streamlit as st

from components.frame.page import our_place
from components.parts import trend
from components.parts.markup import plain
from components.revise.recovery import tables, words
from cycle.revise.recovery.path import PathView
from cycle.revise.recovery.view import ActionLine, PlanView
from performance.ground.measures import Measure
from performance.ground.periods import Period, day_in_words
from performance.ground.reckoning.due import numbers
from performance.ground.values import round_half_up
from reporting.charts.alternative_text import recovery_alt
from reporting.charts.fan import Expected
from reporting.charts.marks import Mark
from reporting.charts.over_time import Line, Milestone, Spec, Trend, every_period
from reporting.charts.over_time import trend as trend_spec

_MONTHS = 24


def show(view: PlanView, default_percent: Decimal) -> None:
    """Each measure of the plan: the sentence, the chart and its table."""
    for place, path in enumerate(view.paths):
        if len(view.paths) > 1:
            st.subheader(plain(path.measure.title), anchor=False)
        st.write(plain(path.newest_in_words or words.NOTHING_SINCE))
        show_path(path, default_percent, actions=view.actions if place == 0 else ())


def show_path(path: PathView, default_percent: Decimal, *, actions: Sequence[ActionLine] = ()) -> None:
    """The measure's own line with its target, the expected path with its band, milestones and marked actions."""
    chart = chart_of(path, default_percent, actions, place=our_place())
    if chart is None:
        return
    st.vega_lite_chart(
        spec(chart), alt=recovery_alt(path.measure, chart, newest=path.newest_in_words), theme=None, width="stretch"
    )
    st.caption(plain(key_of(path, chart, actions)))
    measure = path.measure
    what = ", expected and actual" if chart.path else ", its figures"
    with st.expander(plain(f"Table: {measure.title}{what}")):
        tables.against_path(path, chart, actions).show()


def chart_of(path: PathView, default_percent: Decimal, actions: Sequence[ActionLine], *, place: str) -> Trend | None:
    """What is drawn; nothing before there are figures."""
    measure = path.measure
    known = numbers(measure, path.off.series.figures)
    by_the_end = [period for period in known if path.ended is None or period.end <= path.ended]
    recent = by_the_end[-_MONTHS // measure.frequency.months :]
    if not recent:
        return None
    recent = [period for period in recent if period.months == recent[-1].months]
    points = [line.milestone for line in path.milestones if line.milestone.period.months == recent[-1].months]
    last = max([recent[-1], *(point.period for point in points)])
    periods = every_period(recent[0], last)
    return Trend(
        periods=periods,
        lines=(Line(name=place, numbers=rounded(measure, recent, known)),),
        unit=measure.unit,
        decimals=measure.decimals,
        aims=tuple(trend.aims(measure, dict(path.off.series.targets), periods, default_percent)),
        breaks=tuple((each.on, each.reason) for each in measure.breaks),
        milestones=tuple(Milestone(period=point.period, number=point.number) for point in points),
        path=tuple(
            Expected(period=each.period, number=each.number, low=each.number if each.low is None else each.low,
                     high=each.number if each.high is None else each.high)
            for each in path.path
        ),
        first_path=tuple(
            Expected(period=each.period, number=each.number, low=each.number, high=each.number) for each in path.first
        ),
        marks=tuple(Mark(on=day, words=letter, anew=False) for letter, day, _ in words.marked(actions)),
    )  # fmt: skip


def key_of(path: PathView, chart: Trend, actions: Sequence[ActionLine]) -> str:
    """What is what on the chart, with the actions that its letters stand for."""
    parts = []
    if chart.path:
        band = " and the light band its usual variation" if any(each.low is not None for each in path.path) else ""
        parts.append(f"Dotted is the expected path{band}.")
    if chart.first_path and chart.path:
        parts.append("Paler is the path as it was first set, before a date was moved.")
    if chart.milestones:
        parts.append("A diamond is a milestone: where the measure's own line should be.")
    parts += [f"{letter}: {action}, {day_in_words(day)}." for letter, day, action in words.marked(actions)]
    return " ".join(parts)


def rounded(
    measure: Measure, periods: Sequence[Period], known: dict[Period, Decimal]
) -> tuple[tuple[Period, Decimal], ...]:
    return tuple((period, round_half_up(known[period], measure.decimals)) for period in periods)


@lru_cache(maxsize=256)
def spec(chart: Trend) -> Spec:
    return trend_spec(chart, height=300)
