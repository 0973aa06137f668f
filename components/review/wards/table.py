"""Wards as a table, and the same rows as a file to take away: exactly what is seen, nothing more."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from components.frame.page import our_place
from components.parts import html_table
from components.review.wards.classes import standing_in_words
from cycle.ground.series.warding import WardFigure, WardMap
from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.values import Absence, Value, round_half_up
from performance.review.changed import change_in_words
from performance.review.wards.average import (
    average_in_words,
    average_wards,
    made_of_in_words,
    residents_in_words,
    with_a_decimal,
)
from performance.review.wards.count_intervals import Standing
from reporting.tables.rows import write_csv

_NONE, AVERAGE = "–", "Average ward"


def show(found: WardMap) -> None:
    """Every ward with its figure, in the order of the bars, those without a number last; and the file of it."""
    titles, rows = _rows(found)
    columns = [
        html_table.Column(title=title, is_number=title in {titles[1], "Rank", _per_head(found)}) for title in titles
    ]
    with st.expander("Table of these wards"):
        html_table.plain(f"{found.measure.title}, {found.period.in_words}", columns, rows)
    _download(found, titles, rows, name=found.period.iso)


def show_change(now: WardMap, then: WardMap) -> None:
    """Each ward then, now, and the change in words."""
    before = {ward.area.code: ward.value for ward in then.wards}
    across, measure = (then.period, now.period), now.measure
    rest = tuple(ward for ward in now.wards if not ward.rank)
    lines: list[tuple[str, Value | None, Value | None]] = [
        (ward.area.name, before.get(ward.area.code), ward.value) for ward in (*now.ranked, *rest)
    ]
    averages = average_wards(measure, *((each.everywhere, each.whole) for each in (then, now)))
    if now.whole is not None and then.whole is not None and None in averages:
        lines.append((f"{our_place()} in all" if now.is_count else our_place(), then.whole, now.whole))
    titles = ("Ward", then.period.in_words, now.period.in_words, "Change")
    rows = [
        [
            name,
            _NONE if was is None else measure.print_value(was),
            _NONE if is_now is None else measure.print_value(is_now),
            change_in_words(measure, then=was, now=is_now, across=across),
        ]
        for name, was, is_now in lines
    ]
    known = [each for each in averages if each is not None]
    if len(known) == len(averages):
        made_of = made_of_in_words(known[0], (*then.everywhere, *now.everywhere), our_place())
        rows.append([f"{AVERAGE}{made_of}", *_average_change(measure, *known, across=across)])
    columns = [html_table.Column(title=title, is_number=title in titles[1:3]) for title in titles]
    html_table.plain(f"{measure.title}: {then.period.in_words} and {now.period.in_words}", columns, rows)
    _download(now, titles, rows, name=f"{then.period.iso}-{now.period.iso}")


def _average_change(measure: Measure, was: Decimal, is_now: Decimal, *, across: tuple[Period, Period]) -> list[str]:
    """The average ward then and now, and the change of what is printed."""
    printed = with_a_decimal(measure)
    then, now = (round_half_up(each, printed.decimals) for each in (was, is_now))
    change = change_in_words(printed, then=then, now=now, across=across)
    return [printed.print_value(then), printed.print_value(now), change]


def _rows(found: WardMap) -> tuple[tuple[str, ...], list[list[str]]]:
    rest = tuple(ward for ward in found.wards if not ward.rank)
    show = found.measure.print_value
    titles: tuple[str, ...] = ("Ward", found.period.in_words, "Rank")
    rows = [[ward.area.name, show(ward.value), str(ward.rank or _NONE)] for ward in (*found.ranked, *rest)]
    blanks = [_NONE]
    if any(ward.per_head is not None for ward in found.wards):
        titles = (*titles, _per_head(found))
        for row, ward in zip(rows, (*found.ranked, *rest), strict=True):
            row.append(_rate(ward.per_head))
        blanks.append(_rate(found.whole_per_head))
    if found.is_compared:
        titles = (*titles, "95% interval", f"Compared with {our_place()}")
        for row, ward in zip(rows, (*found.ranked, *rest), strict=True):
            row += [interval_in_words(ward, found), _compared(ward, found)]
    if found.whole is not None:
        name = f"{our_place()} in all" if found.is_count else our_place()
        rows.append([name, show(found.whole), *blanks, *[_NONE] * (len(titles) - 2 - len(blanks))])
    if found.average_ward is not None:
        average = average_in_words(found.measure, found.average_ward)
        made_of = made_of_in_words(found.average_ward, found.everywhere, our_place())
        rows.append([f"{AVERAGE}{made_of}", average, *[_NONE] * (len(titles) - 2)])
    return titles, rows


def _per_head(found: WardMap) -> str:
    words = residents_in_words(found.residents_of)
    return words[:1].upper() + words[1:]


def _rate(number: Decimal | None) -> str:
    return _NONE if number is None else f"{round_half_up(number, 1):,}"


def interval_in_words(ward: WardFigure, found: WardMap) -> str:
    """ "4.9% to 5.9%", as the figure is printed."""
    if ward.interval is None or ward.standing is Standing.NOT_COMPARED:
        return _NONE
    low, high = (round_half_up(each, found.measure.decimals) for each in (ward.interval.low, ward.interval.high))
    return f"{found.measure.print_value(low)} to {found.measure.print_value(high)}"


def _compared(ward: WardFigure, found: WardMap) -> str:
    return _NONE if isinstance(ward.value, Absence) else standing_in_words(ward, found)


def _download(found: WardMap, titles: Sequence[str], rows: Sequence[Sequence[str]], *, name: str) -> None:
    """The printed words, with the measure in a column of its own so that the file explains itself."""
    code = found.measure.code
    columns = ("Measure code", "Measure", *titles)
    lines = [[code, found.measure.title, *row] for row in rows]
    st.download_button(
        "Download this table as CSV", data=lambda: write_csv(columns, lines),
        file_name=f"wards-{code}-{name.replace('/', '_')}.csv", mime="text/csv", on_click="ignore",
        key=f"csv_{code}_{name}",
    )  # fmt: skip
