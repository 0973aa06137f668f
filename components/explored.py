"""What was explored: a chart for each measure, one under another, with words, a table, and the file of what is seen."""

from collections.abc import Sequence

import streamlit as st

from components import html_table, ward_map, ward_table
from components.html_table import Column
from cycle.exploring import Explored, MapOf, PlaceLine
from performance.periods import Period
from performance.values import Absence
from reporting import charts, dots
from reporting.alternative_text import explored_alt
from reporting.rows import write_csv

MAP = "map"
SHAPES = {
    "line": "Lines",
    "bars": "Bars of the latest",
    "dots": "Dots of the latest",
    MAP: "Map of the wards",
    "table": "Table alone",
}
_HIDDEN = Absence.SUPPRESSED.in_words


def show(found: Sequence[Explored], *, shape: str) -> None:
    """Never two units on one chart: each measure has its own."""
    for each in found:
        st.header(each.measure.title, anchor=False)
        st.caption(f"{each.measure.polarity.in_words}. {each.measure.definition}")
        for sentence in each.left_out:
            st.info(sentence)
        if each.is_empty:
            st.write("There are no figures of these places in these years that may be shown.")
            continue
        if shape != "table":
            st.vega_lite_chart(
                _drawn(each, shape), theme=None,
                alt=explored_alt(shape, each.measure, [(line.place.name, line.numbers) for line in each.lines]),
                key=f"explored_{shape}_{each.measure.code}",
            )  # fmt: skip
        for split in each.measure.breaks:
            st.caption(f"A new method from {split.on:%-d %B %Y}: {split.reason}")
        titles, rows = _table(each)
        columns = [Column(title=title, is_number=title != "Period") for title in titles]
        with st.expander("Table of these figures", expanded=shape == "table"):
            html_table.plain(each.measure.title, columns, rows)


def maps(found: Sequence[MapOf]) -> None:
    """Each measure's wards in the latest of the years asked for, with their table and its file."""
    for each in found:
        st.header(each.measure.title, anchor=False)
        if each.map is None:
            st.info("There are no figures by ward in these years. The measures that have them are on the page Wards.")
            continue
        st.caption(
            f"{each.measure.polarity.in_words}. {each.measure.definition} All wards, {each.map.period.in_words}."
        )
        ward_map.show(each.map, chosen="")
        ward_table.show(each.map)


def download(found: Sequence[Explored]) -> None:
    """Everything seen as one file: a row a figure, with its period, its place and its unit."""
    rows = [
        (each.measure.code, each.measure.title, line.place.name, period.iso,
         line.numbers.get(period, _HIDDEN if period in line.hidden else ""), each.measure.unit, each.measure.source)
        for each in found
        for line in each.lines
        for period in each.periods
        if period in line.numbers or period in line.hidden
    ]  # fmt: skip
    st.download_button(
        "Download what is seen (CSV)",
        data=write_csv(("measure_code", "title", "place", "period", "value", "unit", "source"), rows),
        file_name="explored.csv", mime="text/csv", on_click="ignore", key="explored_download",
    )  # fmt: skip


def _drawn(each: Explored, shape: str) -> charts.Spec:
    if shape == "line":
        return charts.trend(
            charts.Trend(
                periods=each.periods,
                lines=tuple(
                    charts.Line(name=line.place.name, numbers=tuple(sorted(line.numbers.items())))
                    for line in each.lines
                    if line.numbers
                ),
                unit=each.measure.unit,
                decimals=each.measure.decimals,
                breaks=tuple((split.on, split.reason) for split in each.measure.breaks),
            )
        )
    latest = [(line, _latest(line)) for line in each.lines if line.numbers]
    if shape == "bars":
        bars = sorted(
            (
                charts.Bar(
                    name=line.place.name, number=line.numbers[period], chosen=line is each.lines[0],
                    words=f"{each.measure.print_value(line.numbers[period])}, {period.short}",
                )
                for line, period in latest
            ),
            key=lambda bar: -bar.number,
        )  # fmt: skip
        return charts.ranking(charts.Ranking(bars=tuple(bars), unit=each.measure.unit))
    places = [
        dots.Place(
            name=line.place.name, number=line.numbers[period], is_ours=line is each.lines[0],
            words=f"{each.measure.print_value(line.numbers[period])}, {period.short}",
        )
        for line, period in latest
    ]  # fmt: skip
    return dots.dots(places, unit=each.measure.unit)


def _latest(line: PlaceLine) -> Period:
    return max(line.numbers, key=lambda period: (period.end, period.months))


def _table(each: Explored) -> tuple[list[str], list[list[str]]]:
    rows = [[period.in_words, *(_cell(each, line, period) for line in each.lines)] for period in reversed(each.periods)]
    return ["Period", *(line.place.name for line in each.lines)], rows


def _cell(each: Explored, line: PlaceLine, period: Period) -> str:
    if period in line.hidden:
        return _HIDDEN
    return each.measure.print_value(line.numbers[period]) if period in line.numbers else "–"
