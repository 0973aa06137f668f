"""Lines that lead to the figure they are about, or to any other page."""

from collections.abc import Iterable

import streamlit as st

from components.frame import navigation
from components.parts.markup import plain
from components.parts.question_forms import state
from cycle.review.quality import asked as about_figures
from performance.home.lines import Line, Opens

MOST = 12
LONGEST = 160


def figure_questions(asked: Iterable[about_figures.Question], *, what: str = "") -> None:
    """Questions about figures, the oldest first, each leading to the figure it is about. `what` says what they are."""
    drawn = list(asked)
    for each in drawn[:MOST]:
        draw(question_line(each, what=what))
    if len(drawn) > MOST:
        st.caption(plain(f"And {len(drawn) - MOST} more."))


def question_line(asked: about_figures.Question, *, what: str = "") -> Line:
    """A question about a figure, leading to the figure."""
    about = asked.challenge
    ward = (("ward", about.area_code),) if asked.is_ward else ()
    return Line(
        label=asked.label(what or ("doubted" if asked.is_doubt else "a question")),
        detail=f"{about.text[:LONGEST]}{'…' if len(about.text) > LONGEST else ''} ({state(asked)})",
        opens=Opens.WARDS if asked.is_ward else Opens.MEASURE,
        query=(("measure", asked.measure.code), ("period", about.period.iso), *ward),
    )


def draw(line: Line) -> None:
    """A link, and beneath it what is to be known of it."""
    line_to(navigation.find_at(line.opens).title, line.label, line.detail, **dict(line.query))


def line_to(page: str, label: str, detail: str, **query: str) -> None:
    with st.container(gap=None):
        st.page_link(navigation.find_entry(page).file, label=plain(label), query_params=query)
        st.caption(plain(detail))
