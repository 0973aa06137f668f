"""The annual reports there are, and a new one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from components.frame import navigation, notice
from components.parts import afresh, html_table, typed_text
from components.parts.html_table import Cell, Column, Html
from performance.ground.periods import Period
from performance.report.annual import LONGEST_TITLE, AnnualReport

FORM = "new-annual-report"
_YEARS = 4
_COLUMNS = [Column(title="Report"), Column(title="Year"), Column(title="What is in it"), Column(title="To look at")]


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """A report to begin."""

    title: str
    year: Period


def ask_new(today: date) -> Beginning | None:
    """What it is called, and of which year."""
    if notice.is_fresh(FORM):
        afresh.begin(FORM)
    last = Period.containing(today, months=12).previous
    years = [last.following, *(last.shifted(-12 * back) for back in range(_YEARS))]
    with st.expander("Begin a report"), st.form(FORM, border=False):
        title = typed_text.line(
            "What it is called", value=f"Annual report {last.short}", at_most=LONGEST_TITLE,
            key=afresh.key("title", FORM),
        )  # fmt: skip
        year = st.selectbox(
            "Of the year", years, index=1, format_func=lambda each: each.in_words, key=afresh.key("year", FORM)
        )
        pressed = st.form_submit_button("Begin it", type="primary")
    return Beginning(title=title, year=year) if pressed else None


def show(reports: Sequence[AnnualReport]) -> None:
    """The newest year first."""
    if not reports:
        st.info("There is no annual report yet. Begin one, give it sections, and keep charts in them.")
        return
    html_table.plain("Annual reports", _COLUMNS, [_row(each) for each in reports])


def _row(report: AnnualReport) -> list[Cell]:
    many = len(report.carried)
    left = f"{many} text{'' if many == 1 else 's'} of the year before" if many else "–"
    link = Html(navigation.link("One annual report", escape(report.title), report=str(report.id)))
    return [link, report.year.short, report.in_short, left]
