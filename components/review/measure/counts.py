"""Numerator and denominator, one chart under the other: a rate may move because either does."""

import streamlit as st

from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.review.one_measure import MeasurePage
from performance.ground.figures import Figure
from performance.ground.values import round_half_up
from reporting.charts import over_time
from reporting.charts.alternative_text import counts_alt, counts_of

MOST_PERIODS = 44


def show(page: MeasurePage) -> None:
    """Two charts on the same periods, never two axes on one; and the counts as a table."""
    measure = page.measure
    st.header("Numerator and denominator", anchor=False)
    counted = [each for _, each in sorted(page.series.figures.items()) if each.numerator is not None]
    if not measure.takes_denominator or not counted:
        st.info("The figures of this measure are not made of two counts.")
        return
    first, last = counted[-MOST_PERIODS:][0].period, counted[-1].period
    periods = over_time.every_period(first, last)
    for title, stored in (
        (measure.numerator_definition, {each.period: each.numerator for each in counted}),
        (measure.denominator_definition, {each.period: each.denominator for each in counted}),
    ):
        known = {period: number for period, number in stored.items() if period in periods and number is not None}
        counts = counts_of(measure, title or "Counted", known.values())
        printed = tuple((period, round_half_up(number, counts.decimals)) for period, number in known.items())
        st.subheader(plain(counts.title), anchor=False)
        chart = over_time.Trend(
            periods=periods, lines=(over_time.Line(name=counts.title, numbers=printed),), unit="number",
            breaks=tuple((each.on, each.reason) for each in measure.breaks),
        )  # fmt: skip
        st.vega_lite_chart(
            over_time.trend(chart, height=200), theme=None, alt=counts_alt(counts, chart),
            key=f"counts_{measure.code}_{title}",
        )  # fmt: skip
    with st.expander("Table of these counts"):
        columns = [
            Column(title=name, is_number=name != "Period") for name in ("Period", "Numerator", "Denominator", "Figure")
        ]
        html_table.plain(f"{measure.title}: its counts", columns, [_row(page, each) for each in reversed(counted)])


def _row(page: MeasurePage, figure: Figure) -> list[str]:
    shown = next((each.number for each in page.figures if each.period == figure.period), None)
    return [
        figure.period.in_words,
        f"{figure.numerator:,f}",
        "–" if figure.denominator is None else f"{figure.denominator:,f}",
        "–" if shown is None else page.measure.print_value(shown),
    ]
