"""Risks on a matrix of five by five: a real table, whose cells say how many there are, which, and how high that is."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.frame import navigation
from components.parts import asset, html_table
from components.parts.markup import plain
from performance.revise.risks import IMPACTS, LIKELIHOODS, Level, RiskEntry, Score, Which, matrix

_STYLE = asset.style(__file__)


def show(entries: Sequence[RiskEntry], which: Which) -> None:
    """The open risks by one of their scores; the likeliest row on top, the gravest column to the right."""
    found = matrix(entries, which)
    caption = f"Open risks by likelihood and impact: {which.in_words.lower()}"
    head = "".join(f'<th scope="col">{number}. {escape(word.capitalize())}</th>' for number, word in _numbered(IMPACTS))
    rows = "".join(_row(likelihood, word, found) for likelihood, word in reversed(_numbered(LIKELIHOODS)))
    table = (
        f'<table><caption>{escape(caption)}</caption><thead><tr><th scope="col">Likelihood, and impact</th>{head}</tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )
    st.html(f'{_STYLE}<div class="risk-matrix">{html_table.wrapped(caption, table)}</div>')
    missing = [entry.code for entry in entries if entry.is_open and entry.score(which) is None]
    if missing:
        st.caption(plain(f"Not scored: {', '.join(missing)}."))


def _row(likelihood: int, word: str, found: dict[Score, tuple[str, ...]]) -> str:
    cells = "".join(_cell(Score(likelihood=likelihood, impact=impact), found) for impact, _ in _numbered(IMPACTS))
    return f'<tr><th scope="row">{likelihood}. {escape(word.capitalize())}</th>{cells}</tr>'


def _cell(score: Score, found: dict[Score, tuple[str, ...]]) -> str:
    codes = found.get(score, ())
    level: Level = score.level
    links = ", ".join(navigation.link("One risk", escape(code), risk=code) for code in codes)
    said = f"{len(codes)}: {links}" if codes else ""
    return f'<td class="{level.value}"><small>{level.in_words}, {score.number}</small>{said}</td>'


def _numbered(words: Sequence[str]) -> list[tuple[int, str]]:
    return list(enumerate(words, start=1))
