"""A plan on a page or a ward profile to take away: one A4 side as PDF and for Word, whole for the other programs."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from components.frame.templated import MIMES, Templates, templates
from components.parts.markup import plain
from performance.report.schedules import ReportKind
from performance.report.templates import Kind
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
    from reporting.papers.endings import writers

    written = writers(ReportKind.PLAN_PAGE)[ending]
    return written(sheet()) if ending == "pdf" else written(sheet(), template=found.find(kind, ending))
