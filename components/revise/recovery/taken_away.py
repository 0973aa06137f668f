"""A recovery plan to take away, for each program: the same words, tables and charts as on the page."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from components.frame import sign_in
from components.frame.page import our_council, our_place
from components.frame.templated import MIMES, Templates, templates
from components.parts.markup import plain
from cycle.revise.meetings.agenda import Asked
from cycle.revise.recovery.view import PlanView
from performance.report.schedules import ReportKind
from performance.report.templates import RECOVERY_PLAN
from performance.revise.risks import RiskEntry

_LABELS = {"docx": "Word", "pdf": "PDF", "pptx": "PowerPoint", "xlsx": "Excel"}


def buttons(view: PlanView, risks: Sequence[RiskEntry], asked: Sequence[Asked]) -> None:
    """Each file is made when it is asked for."""
    name = f"recovery-plan-{view.plan.reference}-{sign_in.arrive().today:%Y-%m-%d}"
    beside = {"risks": risks, "asked": asked, "council": our_council(), "place": our_place()}
    of = partial(_made, view=view, found=templates(), beside=beside)
    with st.container(horizontal=True):
        for ending, label in _LABELS.items():
            st.download_button(
                plain(label), data=partial(of, ending), file_name=f"{name}.{ending}",
                mime=MIMES.get(ending, "application/pdf"), on_click="ignore", key=f"{ending}_{name}",
            )  # fmt: skip


def _made(ending: str, *, view: PlanView, found: Templates, beside: Mapping[str, Any]) -> bytes:
    # Whoever takes nothing away does not wait for what makes documents.
    from components.revise.recovery.as_paper import told
    from reporting.papers.endings import writers

    written, plan = writers(ReportKind.RECOVERY_PLAN)[ending], told(view, **beside)
    return written(plan) if ending == "pdf" else written(plan, template=found.find(RECOVERY_PLAN, ending))
