"""What was said of actions and milestones, month by month, folded beneath the list they stand in."""

from collections.abc import Iterable, Mapping

import streamlit as st

from components.parts import html_table
from components.parts.html_table import Column
from performance.do.delivery import Delivery
from performance.ground.periods import day_in_words

COLUMNS = ("What", "Month", "How it stood", "What shows it", "Said by")


def show(said: Iterable[tuple[str, Iterable[Delivery]]], known_as: Mapping[str, str]) -> None:
    """Pairs of what it is and every word on it; the newest month first. Nothing where nothing was said."""
    rows = rows_of(said, known_as)
    if not rows:
        return
    with st.expander(f"What was said month by month ({len(rows)})"):
        html_table.plain("Delivery, the newest month first", [Column(title=title) for title in COLUMNS], rows)


def rows_of(said: Iterable[tuple[str, Iterable[Delivery]]], known_as: Mapping[str, str]) -> list[list[str]]:
    """The cells of each word, the newest month first."""
    words = [(what, each) for what, history in said for each in history]
    words.sort(key=lambda pair: (pair[1].period, pair[1].id), reverse=True)
    return [[what, *_cells(each, known_as)] for what, each in words]


def _cells(delivery: Delivery, known_as: Mapping[str, str]) -> list[str]:
    same = " (same as the month before)" if delivery.carried_forward else ""
    who = known_as.get(delivery.recorded_by, delivery.recorded_by)
    return [
        delivery.period.in_words,
        f"{delivery.status.in_words}{same}",
        delivery.evidence,
        f"{who}, {day_in_words(delivery.recorded_at.date())}",
    ]
