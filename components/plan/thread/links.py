"""What leads from the golden thread to the page of a node or a measure: links, and a select box that stays in session.

A link is drawn only where it opens: who may not see scorecards reads the measure's name as plain words.
"""

from collections.abc import Iterable
from html import escape

import streamlit as st

from components.frame import navigation
from cycle.plan.thread_view import GoldenThread
from performance.ground.measures import Measure
from performance.ground.organisation import PlanNode
from performance.ground.people import Permission, User
from performance.ground.reckoning.rag import Standing
from performance.plan.thread import Branch, GapItem, GapKind, kind_in_words


def node(each: PlanNode | GapItem) -> str:
    """The node's title as a link to its plan on a page, as HTML."""
    return navigation.link("Plan on a page", escape(each.title), node=each.code)


def plan_on_a_page(each: PlanNode) -> str:
    """A link beside the title, which says aloud whose plan it opens."""
    words = f'Plan on a page<span class="vh"> of {escape(each.title)}</span>'
    return navigation.link("Plan on a page", words, node=each.code)


def measure(each: Measure | GapItem, user: User, *, page: str = "One measure") -> str:
    """A link to the measure's page, or its title alone, as HTML."""
    title = escape(each.title)
    return navigation.link(page, title, measure=each.code) if _sees_measures(user) else title


def listed(words: str, standing: Standing, thread: GoldenThread, scope: str) -> str:
    """A count as a link to the scorecard of that day, each measure at its newest figure, of those it counts."""
    shown = {"scope": scope, "period": "now", "status": standing.name.lower()}
    past = {"known": thread.day.isoformat()} if thread.day < thread.today else {}
    return navigation.link("Scorecard", escape(words), **shown, **past)


def gap_item(each: GapItem, kind: GapKind, user: User) -> str:
    """A link to where the gap is filled."""
    if not each.is_measure:
        return node(each)
    return measure(each, user, page="Document a measure" if kind is GapKind.NO_METHODOLOGY else "One measure")


def to_open(thread: GoldenThread, user: User) -> None:
    """Another way there than the links: works by keyboard, and nothing is loaded anew."""
    choices: dict[str, tuple[str, str, str]] = {}
    for branch in _all(thread.branches):
        words = f"{kind_in_words(branch.node)}: {branch.node.title}"
        choices[f"node {branch.node.code}"] = (words, "Plan on a page", "node")
        for strand in branch.strands if _sees_measures(user) else ():
            words = f"Measure: {strand.measure.title} ({strand.measure.code})"
            choices[f"measure {strand.measure.code}"] = (words, "One measure", "measure")
    chosen = st.selectbox(
        "Open", choices, format_func=lambda each: choices[each][0], index=None, key="pick_thread_to_open",
        placeholder="Choose a part of the plan or a measure" if _sees_measures(user) else "Choose a part of the plan",
    )  # fmt: skip
    if chosen:
        _, page, name = choices[chosen]
        st.switch_page(navigation.find_entry(page).file, query_params={name: chosen.partition(" ")[2]})


def _sees_measures(user: User) -> bool:
    return user.may(Permission.VIEW_SCORECARDS)


def _all(branches: Iterable[Branch]) -> list[Branch]:
    return [each for branch in branches for each in branch.walk()]
