"""A recovery plan's expected path and what came of it: drawn with its actions marked, in words, and as a table."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

import streamlit as st

from components.frame.page import our_place
from components.parts import html_table, trend
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.revise.recovery.path import PathView
from cycle.revise.recovery.view import ActionLine, PlanView
from performance.ground.measures import Measure
from performance.ground.periods import Period, day_in_words
from performance.ground.reckoning.due import numbers
from performance.ground.reckoning.rag import target_in_words
from performance.ground.values import round_half_up
from performance.revise.course import Gap, PathPoint
from reporting.charts.alternative_text import recovery_alt
from reporting.charts.fan import Expected
from reporting.charts.marks import Mark
from reporting.charts.over_time import Line, Milestone, Spec, Trend, every_period
from reporting.charts.over_time import trend as trend_spec

_MONTHS = 24
_MOST_MARKS = 6


def show(view: PlanView, default_percent: Decimal) -> None:
    """Each measure of the plan: the sentence, the chart and its table."""
    for place, path in enumerate(view.paths):
        if len(view.paths) > 1:
            st.subheader(plain(path.measure.title), anchor=False)
        st.write(plain(path.newest_in_words or "No figure has come since the plan began."))
        show_path(path, default_percent, actions=view.actions if place == 0 else ())


def show_path(path: PathView, default_percent: Decimal, *, actions: Sequence[ActionLine] = ()) -> None:
    """The measure's own line with its target, the expected path with its band, milestones and marked actions."""
    chart = _chart(path, default_percent, actions)
    if chart is None:
        return
    st.vega_lite_chart(
        spec(chart), alt=recovery_alt(path.measure, chart, newest=path.newest_in_words), theme=None, width="stretch"
    )
    st.caption(plain(_key(path, chart, actions)))
    measure = path.measure
    what = ", expected and actual" if chart.path else ", its figures"
    with st.expander(plain(f"Table: {measure.title}{what}")):
        _show_table(path, chart, actions)


def _chart(path: PathView, default_percent: Decimal, actions: Sequence[ActionLine]) -> Trend | None:
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
        lines=(Line(name=our_place(), numbers=rounded(measure, recent, known)),),
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
        marks=tuple(Mark(on=day, words=letter, anew=False) for letter, day, _ in _marked(actions)),
    )  # fmt: skip


def _marked(actions: Sequence[ActionLine]) -> list[tuple[str, date, str]]:
    """The first few actions by letter, on the day their effect should show, or else their end."""
    days = [(line.action.effect_by or line.action.ends_on, line.action.action) for line in actions]
    known = sorted((day, words) for day, words in days if day is not None)
    return [(chr(ord("A") + place), day, words) for place, (day, words) in enumerate(known[:_MOST_MARKS])]


def _key(path: PathView, chart: Trend, actions: Sequence[ActionLine]) -> str:
    parts = []
    if chart.path:
        band = " and the light band its usual variation" if any(each.low is not None for each in path.path) else ""
        parts.append(f"Dotted is the expected path{band}.")
    if chart.milestones:
        parts.append("A diamond is a milestone: where the measure's own line should be.")
    parts += [f"{letter}: {words}, {day_in_words(day)}." for letter, day, words in _marked(actions)]
    return " ".join(parts)


def _show_table(path: PathView, chart: Trend, actions: Sequence[ActionLine]) -> None:
    """The figures with their target; with what was expected and done, where there is a path."""
    measure, targets = path.measure, path.off.series.targets
    known, expected = dict(chart.lines[0].numbers), {point.period: point for point in path.path}
    behind = {gap.period: gap for gap in path.gaps}
    columns: list[tuple[Column, Callable[[Period], str]]] = [
        (Column(title="Period"), lambda each: each.in_words),
        (Column(title="Actual", is_number=True), lambda each: _figure(measure, known.get(each))),
        (Column(title="Target", is_number=True), lambda each: target_in_words(measure, targets.get(each))),
    ]
    if expected:
        columns += [
            (Column(title="Expected", is_number=True), lambda each: _expected(measure, expected.get(each))),
            (Column(title="Band", is_number=True), lambda each: _band(measure, expected.get(each))),
            (Column(title="Against the path"), lambda each: _against(measure, behind.get(each))),
            (Column(title="Actions due"), lambda each: _due(actions, each)),
        ]
    html_table.plain(
        f"{measure.title}, expected and actual" if expected else measure.title,
        [column for column, _ in columns],
        [[cell(period) for _, cell in columns] for period in reversed(chart.periods)],
    )


def _figure(measure: Measure, number: Decimal | None) -> str:
    return "–" if number is None else measure.print_value(number)


def _expected(measure: Measure, point: PathPoint | None) -> str:
    return "–" if point is None else printed(measure, point.number)


def _band(measure: Measure, point: PathPoint | None) -> str:
    if point is None or point.low is None or point.high is None:
        return "–"
    return f"{printed(measure, point.low)} to {printed(measure, point.high)}"


def _due(actions: Sequence[ActionLine], period: Period) -> str:
    return "; ".join(words for _, day, words in _marked(actions) if period.start <= day <= period.end)


def _against(measure: Measure, gap: Gap | None) -> str:
    if gap is None:
        return ""
    return f"Behind by {measure.print_change(gap.behind)}" if gap.behind > 0 else "As expected or better"


def rounded(
    measure: Measure, periods: Sequence[Period], known: dict[Period, Decimal]
) -> tuple[tuple[Period, Decimal], ...]:
    return tuple((period, round_half_up(known[period], measure.decimals)) for period in periods)


def printed(measure: Measure, number: Decimal) -> str:
    return measure.print_value(round_half_up(number, measure.decimals))


@lru_cache(maxsize=256)
def spec(chart: Trend) -> Spec:
    return trend_spec(chart, height=300)
