"""Usual ups and downs: the XmR chart of a measure, what its newest point means, and the same points as a table."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import streamlit as st

from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.review.one_measure import MeasurePage
from performance.ground.periods import day_in_words
from performance.ground.reckoning.spc import LEAST_POINTS, RULE_SET, PointType, Process, is_charted
from reporting.charts.alternative_text import process_alt
from reporting.charts.marks import Mark
from reporting.charts.over_time import Spec, every_period
from reporting.charts.spc_chart import SHAPES, ProcessChart, is_clipped, spc

MOST_PERIODS = 48


@dataclass(frozen=True, kw_only=True)
class _Drawn:
    spec: Spec
    alt: str
    key: str
    table: str


def show(page: MeasurePage) -> None:
    """The chart with its words, or why there is none."""
    st.header("Usual ups and downs", anchor=False)
    process = page.process
    if process is None:
        st.info(plain(_why_none(page)))
        return
    drawn = _drawn(page)
    st.vega_lite_chart(drawn.spec, alt=drawn.alt, theme=None, key=f"spc_{page.measure.code}")
    st.caption(plain(drawn.key))
    for each in page.measure.breaks:
        st.caption(plain(f"From {day_in_words(each.on)} figures cannot be compared with earlier ones: {each.reason}"))
    for made in page.rebases:
        who = page.known_as.get(made.made_by, made.made_by)
        st.caption(plain(f"Limits set anew from {day_in_words(made.starts_on)} by {who}: {made.reason}"))
    with st.expander("Table of these points"):
        st.html(drawn.table)


def _why_none(page: MeasurePage) -> str:
    measure = page.measure
    if measure.is_outturn:
        return "Process limits are not for forecasts of a year's outturn: each is another go at the same number."
    if not is_charted(measure):
        return (
            "Process limits are for figures that stand for one month or quarter each. This measure is"
            f" {'reported once a year' if measure.frequency.months == 12 else measure.accumulation.value}."
        )
    since = max((*(each.on for each in measure.breaks), *(each.starts_on for each in page.rebases)), default=date.min)
    known = sum(each.number is not None and each.period.end >= since for each in page.figures)
    return f"Too few points to tell noise from change: {known} of {LEAST_POINTS}, since the last break in the series."


@lru_cache(maxsize=64)
def _drawn(page: MeasurePage) -> _Drawn:
    measure, process = page.measure, page.process
    assert process is not None  # noqa: S101 - asked a moment ago
    known = [point.period for point in process.points]
    periods = every_period(known[0], known[-1])[-MOST_PERIODS:]
    aim = page.line.target.number if page.line.target else None
    chart = ProcessChart(
        measure=measure,
        process=process,
        periods=periods,
        starts=(
            *(Mark(on=each.on, words="New method") for each in measure.breaks),
            *(Mark(on=each.starts_on, words="Limits set anew") for each in page.rebases),
        ),
        target=aim,
    )
    return _Drawn(
        spec=spc(chart),
        alt=process_alt(chart, page.variation),
        key=_key(chart),
        table=_table(page, process),
    )


def _key(chart: ProcessChart) -> str:
    process, periods = chart.process, chart.periods
    kinds = [kind for kind in PointType if any(p.kind is kind and p.period in periods for p in process.points)]
    said = [f"{SHAPES[kind]}: {kind.in_words}" for kind in kinds]
    limits = process.limits
    if limits:
        trial = f" Limits are trial: they rest on {limits.points} points." if limits.is_trial else ""
        clipped = " Limits are cut off where the measure cannot be." if is_clipped(chart) else ""
        said.append(f"solid: the mean, dashed: process limits.{trial}{clipped}")
    return f"{'; '.join(said)} {RULE_SET}."


def _table(page: MeasurePage, process: Process) -> str:
    columns = [Column(title="Period"), Column(title="Figure", is_number=True), Column(title="What it is"),
               Column(title="Because"), Column(title="Usually between")]  # fmt: skip
    rows = []
    for point in reversed(process.points):
        drawn = point.limits.drawn(page.measure) if point.limits else None
        rows.append(
            [
                point.period.in_words,
                page.measure.print_value(point.value),
                (point.kind.in_words if point.kind else "too few points to judge").capitalize(),
                point.signal.in_words.capitalize() if point.signal else "–",
                " and ".join(page.measure.print_value(each) for each in drawn) if drawn else "–",
            ]
        )
    caption = f"{page.measure.title}: each point"
    return html_table.wrapped(caption, html_table.table(caption, columns, rows))
