"""Home, for whoever keeps the council's figures: what came, what is missing, and whose request waits for an answer."""

import streamlit as st

from components.frame import navigation
from components.parts.markup import plain
from cycle.home.figures_in import FiguresIn


def show(found: FiguresIn) -> None:
    """Each count leads to its list."""
    counts, month = found.counts, {"period": found.month.iso}
    st.header(plain(f"Figures of {found.month.in_words}"), anchor=False)
    _link("Data quality", f"{counts.in_words}.", month)
    if counts.missing:
        missing = "1 figure is missing" if counts.missing == 1 else f"{counts.missing:,} figures are missing"
        _link("Data quality", f"{missing}: whom to remind", month | {"show": "remind"})
    if counts.questions:
        asked = "1 question is open" if counts.questions == 1 else f"{counts.questions:,} questions are open"
        _link("Data quality", f"{asked} about them", month | {"show": "checks"})
    if found.waiting:
        wait = "1 request to reopen waits" if found.waiting == 1 else f"{found.waiting:,} requests to reopen wait"
        _link("Reopenings", f"{wait} for your answer", {})
    if found.mails:
        many = "1 mail" if found.mails == 1 else f"{found.mails:,} mails"
        _link("Mail", f"{many} failed, or may not have come: say what is to become of {_it(found.mails)}", {})
    if found.reports:
        many = "1 report" if found.reports == 1 else f"{found.reports:,} reports"
        _link("Reports sent", f"{many} failed, or may not have come", {})


def _link(title: str, words: str, query: dict[str, str]) -> None:
    st.page_link(navigation.find_entry(title).file, label=plain(words), query_params=query)


def _it(many: int) -> str:
    return "it" if many == 1 else "them"
