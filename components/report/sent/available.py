"""The catalogue of reports, level by level, and the same to take away."""

from functools import partial
from itertools import groupby

import streamlit as st

from components.frame.templated import Templates, templates
from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.report.catalogue import Catalogue
from performance.ground.periods import day_in_words
from performance.report.templates import CATALOGUE

_FILES = {
    "docx": ("Download for Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("Download as PDF", "application/pdf"),
}
_COLUMNS = [
    Column(title=title, leads=title in {"Files", "Goes out by itself"})
    for title in ("Report", "What it says", "Who reads it", "Files", "Goes out by itself")
]


def download(found: Catalogue) -> None:
    """As a document, made when it is asked for."""
    with st.container(horizontal=True):
        for ending, (label, kind) in _FILES.items():
            st.download_button(
                plain(label), data=partial(_made, ending, found, templates()), mime=kind, on_click="ignore",
                file_name=f"reports-available.{ending}", key=f"catalogue-{ending}",
            )  # fmt: skip


def show(found: Catalogue) -> None:
    """A table a level."""
    for level, reports in groupby(found.reports, key=lambda each: each.level):
        st.header(plain(level.in_words), anchor=False)
        rows = [[each.title, each.says, each.readers, each.files, each.sent] for each in reports]
        html_table.plain(f"Reports: {level.in_words}", _COLUMNS, rows)


def _made(ending: str, found: Catalogue, looks: Templates) -> bytes:
    # Whoever takes nothing away does not wait for what makes documents.
    from reporting.papers import catalogue

    known = f"As planned on {day_in_words(found.today)}"
    if ending == "pdf":
        return catalogue.as_pdf(found.reports, council=found.council, known=known)
    template = looks.find(CATALOGUE, ending)
    return catalogue.as_word(found.reports, council=found.council, known=known, template=template)
