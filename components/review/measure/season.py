"""The same months across years, since a season is compared with itself."""

from decimal import Decimal

import streamlit as st

from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.review.one_measure import MeasurePage
from performance.ground.periods import Frequency, Period, day_in_words
from performance.ground.values import round_half_up
from reporting.charts.alternative_text import season_alt
from reporting.charts.season_chart import Season, seasons

MOST_YEARS = 4


def show(page: MeasurePage) -> None:
    """A line a year, and the table of the same; nothing for a measure reported once a year."""
    measure = page.measure
    st.header("The same months across years", anchor=False)
    if measure.frequency is Frequency.YEARLY:
        st.info("This measure is reported once a year, so that it has no months to compare.")
        return
    numbers = {
        each.period: round_half_up(each.number, measure.decimals) for each in page.figures if each.number is not None
    }
    if not numbers:
        st.info("There are no figures to draw yet.")
        return
    every = sorted({Period.containing(each.start, months=12, basis=measure.year_basis) for each in numbers})
    years = every[-MOST_YEARS:]
    parts = [each.short.split(" ")[0] for each in years[-1].split(measure.frequency.months)]
    found = [_season(year, numbers, measure.frequency.months) for year in years]
    st.vega_lite_chart(
        seasons(found, parts, unit=measure.unit), theme=None, alt=season_alt(measure, found, parts, over=years),
        key=f"season_{measure.code}",
    )  # fmt: skip
    for each in measure.breaks:
        st.caption(plain(f"From {day_in_words(each.on)} figures cannot be compared with earlier ones: {each.reason}"))
    with st.expander("Table of these years"):
        rows = [[part, *(_printed(page, year.numbers[place]) for year in found)] for place, part in enumerate(parts)]
        columns = [
            Column(title="Period"),
            *(Column(title=year.name, is_number=True, leads=year in found[-3:]) for year in found),
        ]
        html_table.plain(f"{measure.title} in the same periods of {len(found)} years", columns, rows)


def _season(year: Period, numbers: dict[Period, Decimal], months: int) -> Season:
    return Season(name=year.short, numbers=tuple(numbers.get(part) for part in year.split(months)))


def _printed(page: MeasurePage, number: Decimal | None) -> str:
    return "–" if number is None else page.measure.print_value(number)
