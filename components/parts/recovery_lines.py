"""What is done about a measure, in a line each: its recovery plans, and the way to them."""

from collections.abc import Iterable

import streamlit as st

from components.frame import navigation
from components.parts.markup import plain
from cycle.review.one_measure import MeasurePage
from cycle.revise.recovery.view import PlanSummary
from performance.ground.periods import day_in_words
from performance.ground.reckoning.rag import Rag


def of_measure(page: MeasurePage, summaries: Iterable[PlanSummary]) -> None:
    """What is done about a measure: its open plan, or for a red one that there is none. Of a past moment, nothing."""
    if page.as_known_at:
        return
    code = page.measure.code
    found = [each for each in summaries if each.plan.stands_on(each.today) and code in _codes(each)]
    for each in found:
        stands = how_it_stands(each)
        said = f"Recovery plan {each.plan.reference}: {stands[0].lower()}{stands[1:]}. {each.progress}"
        to_plan(said, plan=each.plan.reference)
    if not found and page.line.rag is Rag.RED:
        to_plan("No recovery plan yet: what one would start from", measure=code)


def _codes(each: PlanSummary) -> set[str]:
    return {each.off.measure.code, *(other.code for other in each.shared)}


def how_it_stands(each: PlanSummary) -> str:
    """In progress: slipping; or until when it is tolerated."""
    if each.plan.tolerated_until:
        return f"Tolerated until {day_in_words(each.plan.tolerated_until)}"
    stands = each.plan.status.in_words
    return f"{stands}: {each.course.course.in_words.lower()}" if each.plan.is_open and each.plan.agreed_by else stands


def to_plan(label: str, **query: str) -> None:
    st.page_link(navigation.find_entry("One recovery plan").file, label=plain(label), query_params=query)
