"""What was explored: a chart for each measure, one under another, with words, a table, and the file of what is seen."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

import streamlit as st

from components.frame import pick
from components.parts import taken_away, wide_table
from components.parts.markup import plain
from components.review.wards import table, ward_map
from cycle.review.explored_lines import Over, PlaceLine
from cycle.review.explorer import MOST_LINES, MOST_MEASURES, Explored, MapOf
from performance.ground.measures import Accumulation, Measure
from performance.ground.periods import Period
from performance.ground.values import Absence
from reporting.charts import dots, over_time
from reporting.charts.alternative_text import explored_alt
from reporting.tables.facts import Fact, Number, Said, Table
from reporting.tables.rows import write_csv

MAP, TABLE = "map", "table"
SHAPES = {
    "line": "Lines",
    "bars": "Bars of the latest",
    "dots": "Dots of the latest",
    MAP: "Map of the wards",
    TABLE: "Table alone",
}
OVER = {Over.OWN.value: "A period as reported", Over.QUARTER.value: "A quarter", Over.YEAR.value: "A year"}
_HIDDEN = Absence.SUPPRESSED.in_words


def choose_measures(titles: Mapping[str, str]) -> list[str]:
    """What is explored, by code. Raises NothingThereError."""
    return pick.some("Measures, at most four", titles, name="m", words=titles.__getitem__, all_of="Choose one",
                     most=MOST_MEASURES)  # fmt: skip


def choose_places(names: Mapping[str, str]) -> list[str]:
    """Where, by code. Raises NothingThereError."""
    return pick.some("Places, at most four", names, name="a", words=names.__getitem__, all_of="The council itself",
                     most=MOST_LINES)  # fmt: skip


def show(found: Sequence[Explored], *, shape: str) -> None:
    """Never two units on one chart: each measure has its own. As tables alone, several stand side by side in one."""
    drawn = tuple(each for each in found if not each.is_empty)
    together = shape == TABLE and len(drawn) > 1
    for each in found:
        _say_of(each)
        if each.is_empty:
            st.write("There are no figures of these places in these years that may be shown.")
        else:
            _draw(each, shape, with_table=not together)
    if together:
        st.header("Side by side", anchor=False)
        wide_table.show("A row a period, a column a measure and a place", side_by_side(drawn))


def _say_of(each: Explored) -> None:
    """What the measure is, how its figures were added up, and what was asked for and is not here."""
    st.header(plain(each.measure.title), anchor=False)
    st.caption(plain(f"{each.measure.polarity.in_words}. {each.measure.definition}"))
    if each.over:
        st.caption(plain(_how_added_up(each)))
    for sentence in each.left_out:
        st.info(plain(sentence))


def _draw(each: Explored, shape: str, *, with_table: bool) -> None:
    if shape != TABLE:
        st.vega_lite_chart(
            _drawn(each, shape), theme=None,
            alt=explored_alt(shape, each.measure, [(line.place.name, line.numbers) for line in each.lines]),
            key=f"explored_{shape}_{each.measure.code}",
        )  # fmt: skip
    for split in each.measure.breaks:
        st.caption(plain(f"A new method from {split.on:%-d %B %Y}: {split.reason}"))
    if with_table:
        with st.expander("Table of these figures", expanded=shape == TABLE):
            wide_table.show(each.measure.title, _places(each))


def _how_added_up(each: Explored) -> str:
    if each.measure.accumulation is not Accumulation.IN_PERIOD:
        return f"Each figure is the one at the end of its {each.over.value}."
    sums = "from the counts, not as a mean of percentages" if each.measure.is_ratio else "from its own figures"
    return f"Added up by {each.over.value}, {sums}; shown once the whole {each.over.value} is in."


def maps(found: Sequence[MapOf]) -> None:
    """Each measure's wards in the latest of the years asked for, with their table and its file."""
    for each in found:
        st.header(plain(each.measure.title), anchor=False)
        if each.map is None:
            st.info("There are no figures by ward in these years. The measures that have them are on the page Wards.")
            continue
        st.caption(
            plain(f"{each.measure.polarity.in_words}. {each.measure.definition} All wards, {each.map.period.in_words}.")
        )
        ward_map.show(each.map, chosen="")
        table.show(each.map)


def download(found: Sequence[Explored], at: datetime | None) -> None:
    """Everything seen: as a file of rows, one a figure, and as a workbook, a row a period."""
    rows = [
        (each.measure.code, each.measure.title, line.place.name, period.iso,
         line.numbers.get(period, _HIDDEN if period in line.hidden else ""), each.measure.unit, each.measure.source)
        for each in found
        for line in each.lines
        for period in each.periods
        if period in line.numbers or period in line.hidden
    ]  # fmt: skip
    with st.container(horizontal=True):
        st.download_button(
            "Download what is seen (CSV)",
            data=write_csv(("measure_code", "title", "place", "period", "value", "unit", "source"), rows),
            file_name="explored.csv", mime="text/csv", on_click="ignore", key="explored_download",
        )  # fmt: skip
        drawn = tuple(each for each in found if not each.is_empty)
        if drawn:
            taken_away.as_excel("Download as Excel", lambda: [side_by_side(drawn)], _about(drawn, at), file="explored")


@lru_cache(maxsize=32)
def side_by_side(found: tuple[Explored, ...]) -> Table:
    """Every figure that is seen: a row a period, the newest first, and a column a measure and a place."""
    titles = Counter(each.measure.title for each in found)
    periods = {period for each in found for period in each.periods}
    return Table(
        name="Figures",
        rows_are="Period",
        rows=_rows(periods),
        columns={
            _key(each, line): f"{_named(each.measure, is_twice=titles[each.measure.title] > 1)}: {line.place.name}"
            for each in found
            for line in each.lines
        },
        facts=[fact for each in found for fact in _facts(each)],
    )


@lru_cache(maxsize=64)
def _places(each: Explored) -> Table:
    """One measure: a row a period, the newest first, and a column a place."""
    columns = {_key(each, line): line.place.name for line in each.lines}
    return Table(
        name="Figures", rows_are="Period", rows=_rows(each.periods), columns=columns, facts=_facts(each)
    )  # fmt: skip


def _rows(periods: Iterable[Period]) -> dict[str, str]:
    """Of two that end together, the longer one first."""
    newest = sorted(periods, key=lambda period: (period.end, period.months), reverse=True)
    return {period.iso: period.in_words for period in newest}


def _facts(each: Explored) -> list[Fact]:
    measure, found = each.measure, list[Fact]()
    for line in each.lines:
        said: dict[Period, Said] = {
            **line.reasons,
            **{period: Number(value=number, unit=measure.unit) for period, number in line.numbers.items()},
        }
        found += [Fact(row=period.iso, column=_key(each, line), said=what) for period, what in said.items()]
    return found


def _key(each: Explored, line: PlaceLine) -> str:
    return f"{each.measure.code} {line.place.code}"


def _named(measure: Measure, *, is_twice: bool) -> str:
    return f"{measure.title} ({measure.code})" if is_twice else measure.title


def _about(found: Sequence[Explored], at: datetime | None) -> taken_away.About:
    titles = "; ".join(each.measure.title for each in found)
    in_full = [each.measure for each in found if each.in_full]
    said = taken_away.about(f"Figures explored: {titles}", of="Explorer", at=at, in_full=in_full)
    return [*said, *(taken_away.of_measure(each.measure) for each in found)]


def _drawn(each: Explored, shape: str) -> over_time.Spec:
    if shape == "line":
        return over_time.trend(
            over_time.Trend(
                periods=each.periods,
                lines=tuple(
                    over_time.Line(name=line.place.name, numbers=tuple(sorted(line.numbers.items())))
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
                over_time.Bar(
                    name=line.place.name, number=line.numbers[period], chosen=line is each.lines[0],
                    words=f"{each.measure.print_value(line.numbers[period])}, {period.short}",
                )
                for line, period in latest
            ),
            key=lambda bar: -bar.number,
        )  # fmt: skip
        return over_time.ranking(over_time.Ranking(bars=tuple(bars), unit=each.measure.unit))
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
