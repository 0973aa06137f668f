"""Who a measure is compared with: dots on one line of numbers, and the same places as a table with their periods."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import streamlit as st

from components.frame import pick
from components.frame.page import our_place
from components.parts import html_table
from components.parts.markup import plain
from cycle.ground.series.comparing import Comparator
from cycle.review.one_measure import MeasurePage
from performance.ground.periods import Period
from performance.ground.values import Absence, round_half_up
from performance.review.comparators import quartile
from reporting.charts.alternative_text import dots_alt
from reporting.charts.dots import Place, dots
from reporting.charts.over_time import Spec


@dataclass(frozen=True, kw_only=True)
class _Drawn:
    spec: Spec | None
    alt: str
    said: str
    table: str


def in_words(page: MeasurePage) -> None:
    """The nation, the region and the middle of the group in one line, each with its period; or that there is none."""
    wider = [each for each in page.comparators if not each.is_neighbour]
    if not wider:
        st.write("No comparator is published for this measure.")
        return
    st.write(plain(f"Compared with {'; '.join(each.in_words(page.measure) for each in wider)}."))


def show(page: MeasurePage) -> None:
    """Every comparator, or of its group the councils chosen, each with its latest figure and the period it covers."""
    st.header("Compared with", anchor=False)
    if not page.comparators:
        st.write("No comparator is published for this measure.")
        return
    councils = {each.key: each.name for each in page.comparators if each.is_neighbour}
    chosen: list[str] = []
    if len(councils) > 1:
        every = f"All {len(councils)} of the group"
        chosen = pick.some("Councils", councils, name="councils", words=councils.__getitem__, all_of=every)
    drawn = _drawn(page, our_place(), frozenset(chosen or councils))
    if place := _standing(page):
        st.write(plain(place))
    if drawn.spec is None:
        st.html(drawn.table)
        return
    st.caption(plain(drawn.said))
    st.vega_lite_chart(drawn.spec, alt=drawn.alt, theme=None, key=f"compared_{page.measure.code}")
    with st.expander("Table of these places"):
        st.html(drawn.table)


def _standing(page: MeasurePage) -> str:
    """Our rank and quartile in the newest period for which enough of all the councils and we have a figure."""
    decimals = page.measure.decimals
    ours = {each.period: each.number for each in page.figures if each.number is not None}
    others = {each.key: each.numbers for each in page.comparators if each.is_neighbour}
    for period in sorted(ours, key=lambda each: (each.end, each.months), reverse=True):
        known = [round_half_up(numbers[period], decimals) for numbers in others.values() if period in numbers]
        value = round_half_up(ours[period], decimals)
        polarity = page.measure.at(period).polarity  # the rule that held then
        if found := quartile(value, known, polarity, band=page.series.targets.get(period)):
            printed = page.measure.print_value(value)
            return f"{our_place()}: {printed}, {found.in_words} among councils with a figure for {period.in_words}."
    return ""


@lru_cache(maxsize=128)
def _drawn(page: MeasurePage, ours: str, councils: frozenset[str]) -> _Drawn:
    """Drawn once for each page that is kept; no chart where there is nothing of ours, or of as long a period."""
    wanted = [each for each in page.comparators if not each.is_neighbour or each.key in councils]
    alike = [each for each in wanted if each.latest.months == page.line.period.months]
    same = {each.latest for each in alike} == {page.line.period}
    places = [*_ours(page, ours, same=same), *(_place(each, page, same=same) for each in alike)]
    is_chart = len(places) > 1 and places[0].is_ours
    when = (
        f"All figures are for {page.line.period.in_words}." if same else "The latest figure of each, with its period."
    )
    return _Drawn(
        spec=dots(places, unit=page.measure.unit) if is_chart else None,
        alt=dots_alt(page.measure, places, when=when) if is_chart else "",
        said=f"{when} The dashed line is {ours}.",
        table=_table(page, wanted),
    )


def _ours(page: MeasurePage, name: str, *, same: bool) -> list[Place]:
    line = page.line
    if isinstance(line.value, Absence):
        return []
    words = _words(page, line.value, line.period, same=same)
    return [Place(name=name, number=line.value, words=words, is_ours=True)]


def _place(comparator: Comparator, page: MeasurePage, *, same: bool) -> Place:
    latest = comparator.latest
    number = round_half_up(comparator.numbers[latest], page.measure.decimals)
    return Place(
        name=f"Median of {comparator.councils[latest]} councils" if comparator.is_middle else comparator.name,
        number=number,
        words=_words(page, number, latest, same=same),
        is_council=comparator.is_neighbour,
    )


def _words(page: MeasurePage, number: Decimal, period: Period, *, same: bool) -> str:
    """The number, and its period unless all are of the same one, which is said once."""
    printed = page.measure.print_value(number)
    return printed if same else f"{printed}, {period.short}"


def _table(page: MeasurePage, wanted: Sequence[Comparator]) -> str:
    columns = [
        html_table.Column(title="Place"),
        html_table.Column(title="Figure", is_number=True),
        html_table.Column(title="Period it covers"),
    ]
    rows = [[each.label, page.measure.print_value(each.numbers[each.latest]), each.latest.in_words] for each in wanted]
    caption = "Latest figure of each comparator"
    return html_table.wrapped(caption, html_table.table(caption, columns, rows))
