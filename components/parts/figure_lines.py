"""Lines that lead to the figure they are about, or to any other page."""

from collections.abc import Iterable

import streamlit as st

from components.frame import navigation
from components.parts.markup import plain
from components.parts.question_forms import state
from cycle.review.quality import asked as about_figures

MOST = 12
LONGEST = 160


def figure_questions(asked: Iterable[about_figures.Question], *, what: str = "") -> None:
    """Questions about figures, the oldest first, each leading to the figure it is about. `what` says what they are."""
    drawn = list(asked)
    for each in drawn[:MOST]:
        about = each.challenge
        said = what or ("doubted" if each.is_doubt else "a question")
        label = each.label(said)
        detail = f"{about.text[:LONGEST]}{'…' if len(about.text) > LONGEST else ''} ({state(each)})"
        if each.is_ward:
            line_to("Wards", label, detail, measure=each.measure.code, period=about.period.iso, ward=about.area_code)
        else:
            line_to("One measure", label, detail, measure=each.measure.code, period=about.period.iso)
    if len(drawn) > MOST:
        st.caption(plain(f"And {len(drawn) - MOST} more."))


def line_to(page: str, label: str, detail: str, **query: str) -> None:
    with st.container(gap=None):
        st.page_link(navigation.find_entry(page).file, label=plain(label), query_params=query)
        st.caption(plain(detail))
