"""A plan on a page or a ward profile to take away: one A4 side as PDF and for Word, whole for the other programs."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from components.frame.templated import MIMES, Templates, templates
from components.parts.markup import plain
from performance.report.templates import Kind
from reporting.documents import plan_page
from reporting.documents.plan_page import Sheet

_LABELS = {"docx": "Word page", "pdf": "PDF page", "pptx": "PowerPoint", "xlsx": "Excel"}


def buttons(kind: Kind, sheet: Callable[[], Sheet], *, name: str) -> None:
    """Each file is made when it is asked for."""
    for ending, label in _LABELS.items():
        st.download_button(
            plain(label), data=partial(_made, kind, ending, sheet, templates()), file_name=f"{name}.{ending}",
            mime=MIMES.get(ending, "application/pdf"), on_click="ignore", key=f"{ending}_{name}",
        )  # fmt: skip


def _made(kind: Kind, ending: str, sheet: Callable[[], Sheet], found: Templates) -> bytes:
    # Whoever takes nothing away does not wait for what makes documents.
    from reporting.papers import sheet as papers

    if ending == "pdf":
        return plan_page.as_pdf(sheet())
    made = {"docx": papers.as_word, "pptx": papers.as_slides, "xlsx": papers.as_workbook}[ending]
    return made(sheet(), found.find(kind, ending))
