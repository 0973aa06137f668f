"""All that can be changed on a plan on a page, and what becomes of it: done, refused, or someone else was first."""

from collections.abc import Sequence

import streamlit as st

from components.frame import notice, problems
from components.parts import afresh
from components.parts.markup import plain
from components.plan.on_a_page import actions, clash, form
from components.plan.on_a_page.form import Asked
from cycle.plan.on_a_page import PlanPageConflictError, PlanPageRefusedError
from cycle.plan.page_view import PlanPage
from performance.ground.measures import Measure


def show(page: PlanPage, measures: Sequence[tuple[Measure, bool]], *, why_not: str) -> Asked | None:
    """The forms, or why there are none; what was pressed, if anything."""
    if why_not:
        st.caption(plain(why_not))
        return None
    words = form.show(page, measures)
    return actions.show(page) or words


def done(page: PlanPage, sentence: str) -> None:
    """The forms start afresh from the page as it is now."""
    notice.keep(sentence)
    afresh.begin(page.node.code)


def refuse(asked: Asked | None, refusal: PlanPageRefusedError) -> None:
    """What is wrong, with the way to each field; all that was typed stays."""
    if asked is not None:
        found = [(f"{problem.field}-{asked.name}", problem.message) for problem in refusal.problems]
        problems.show(found, title="Plan on a page", attempt=asked.attempt)


def conflict(page: PlanPage, asked: Asked | None, fault: PlanPageConflictError) -> None:
    """Show on the next run what someone else changed, beside what this person typed."""
    if asked is not None:
        clash.keep(asked.name, fault)
        actions.keep_gone(page, asked, fault)
