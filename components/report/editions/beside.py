"""What an edition says besides its measures: money, the highest risks, and targets that were set anew."""

from html import escape

import streamlit as st

from components.parts import html_table, rating
from components.parts.html_table import Cell, Column, Html
from components.parts.markup import plain
from performance.report.pack import Pack
from performance.report.words import Place

_MONEY = [
    Column(title="Measure"), Column(title="Target", is_number=True), Column(title="Figure", is_number=True),
    Column(title="Status"), Column(title="What is expected of the year"),
]  # fmt: skip
_RISKS = [Column(title=name) for name in ("Risk", "Score", "Kept by", "What is done about it")]
_TARGETS = [Column(title=name) for name in ("Measure", "Period", "Was", "Is now", "Why")]


def finance(pack: Pack) -> None:
    """What was written, what is measured in money, and the risks."""
    words = pack.story.words[Place.FINANCE]
    if not (words or pack.finance or pack.beside.risks):
        return
    st.header(plain(Place.FINANCE.in_words), anchor=False)
    if words:
        st.text(words)
    if pack.finance:
        rows: list[list[Cell]] = [
            [each.title, each.target_in_words, f"{each.told}, {each.period.short}", Html(rating.tag(each.rag)),
             each.outlook.in_words if each.outlook else "–"]
            for each in pack.finance
        ]  # fmt: skip
        html_table.plain("Measures of finance", _MONEY, rows)
    if pack.beside.risks:
        risks: list[list[Cell]] = [
            [Html(f"{escape(each.title)}<br><small>{escape(each.code)}</small>"), each.in_words,
             each.owner_role or "–", each.mitigation or "–"]
            for each in pack.beside.risks
        ]  # fmt: skip
        html_table.plain("The highest risks", _RISKS, risks)


def targets(pack: Pack) -> None:
    """Each with why."""
    if not pack.beside.targets:
        return
    st.header(plain(f"Targets that were set anew: {len(pack.beside.targets)}"), anchor=False)
    rows: list[list[Cell]] = [
        [each.title, each.period.in_words, each.was, each.now, each.because or "–"] for each in pack.beside.targets
    ]
    html_table.plain("Targets that were set anew", _TARGETS, rows)
