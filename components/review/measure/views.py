"""One measure seen from several sides, one at a time, so that only one chart is worked out."""

from collections.abc import Callable, Iterable

import streamlit as st

from components.frame import pick
from components.parts import recovery_lines, trend
from components.parts.words import on_page
from components.review.measure import compared, counts, explained, facts, season, spc
from cycle.review.one_measure import MeasurePage
from cycle.revise.recovery.view import PlanSummary
from performance.ground.periods import Period

VIEWS = {
    "trend": "Trend and target",
    "usual": "Usual ups and downs",
    "compare": "Compare councils",
    "season": "Year on year",
    "counts": "Numerator and denominator",
}
_SHOW = {
    "trend": trend.show,
    "usual": spc.show,
    "compare": compared.show,
    "season": season.show,
    "counts": counts.show,
}


def say(page: MeasurePage, plans: Iterable[PlanSummary]) -> None:
    """What matters, before anything is chosen: how it is rated, why, what is done, where it heads, beside whom."""
    if page.is_by_ward_alone:
        return
    with st.container(gap="xsmall"):
        facts.rated(page)
        explained.in_a_sentence(page)
        recovery_lines.of_measure(page, plans)
        facts.heading(page)
        compared.in_words(page)


def show(page: MeasurePage, story: Callable[[Period], Iterable[str]]) -> None:
    """How the number was made; the view that the address names; and what moved it."""
    explained.number(page, story)
    offered = {name: words for name, words in VIEWS.items() if name != "counts" or page.measure.takes_denominator}
    view = pick.switch("View", offered, name="view")
    on_page.explain(*_words(page, view))
    _SHOW[view](page)
    explained.why(page)


def _words(page: MeasurePage, view: str) -> list[str]:
    """Of the glossary, what stands in a view of this measure."""
    has_target = page.line.target is not None
    stand: dict[str, dict[str, object]] = {
        "trend": {
            "Target": has_target, "Tolerance": has_target, "Forecast": page.ahead,
            "Provisional": page.line.is_provisional,
        },
        "usual": dict.fromkeys(("Mean", "Limits", "Real change"), page.process),
        "compare": {"Comparator": page.comparators},
        "counts": {"Numerator": True, "Denominator": True},
    }  # fmt: skip
    return [word for word, is_there in stand.get(view, {}).items() if is_there]
