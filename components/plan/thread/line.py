"""One person's line through the golden thread: from what their work hangs on up to the priority, step by step."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.parts import afresh, asset, rating
from components.parts.markup import plain
from components.plan.thread import links, seen, tree
from cycle.plan.thread_view import MyThread
from performance.ground.organisation import PlanNode
from performance.ground.people import User
from performance.ground.periods import day_in_words
from performance.plan.own_thread import Hanging
from performance.plan.thread import Branch, kind_in_words, line_in_words

_STYLE = asset.style(__file__)


def show(mine: MyThread, user: User, *, whose: str = "Your") -> None:
    """The line in words and drawn; or what there is to do where there is none."""
    if mine.way:
        st.html(
            f"{_STYLE}{rating.STYLE}{tree.STYLE}"
            f'<div class="thread"><p>{escape(f"{whose} work on {line_in_words(mine.way)}")}</p>'
            f"<p><small>{escape(_said(mine, whose))}</small></p>"
            f'<ol class="line">{"".join(_step(each, user) for each in mine.way)}</ol></div>'
        )
    elif mine.ended:
        st.info(
            plain(f"“{mine.ended.title}” is no longer part of the plan. Choose where {whose.lower()} work hangs now.")
        )
    else:
        st.info(
            plain(
                f"Nobody has said yet what {whose.lower()} work hangs on. Choose a team plan, or the nearest there is."
            )
        )


def ask(mine: MyThread, nodes: Sequence[PlanNode], *, label: str, button: str) -> Hanging | None:
    """Where the work should hang, when a person presses; nothing is chosen for them."""
    by_code = {node.code: node for node in nodes}
    if not by_code:
        st.info("There is no plan yet. The policy officer brings one in.")
        return None
    about, username = f"thread-{mine.person.username}", mine.person.username
    now = mine.stored.node_code if mine.stored else None
    with st.form(afresh.key("form", about), border=False):
        code = st.selectbox(
            plain(label), by_code, index=list(by_code).index(now) if now in by_code else None,
            key=afresh.key("node", about),
            format_func=lambda each: f"{kind_in_words(by_code[each])}: {by_code[each].title}",
            placeholder="Choose a plan",
        )  # fmt: skip
        pressed = st.form_submit_button(plain(button))
    version = seen.version(about, mine.version, pressed=pressed)
    if pressed and code is None:
        st.warning("Choose a plan first.")
    return Hanging(code=code, username=username, version=version) if pressed and code else None


def _said(mine: MyThread, whose: str) -> str:
    """Who said so, and when."""
    stored = mine.stored
    if stored is None:
        return ""
    day = day_in_words(stored.chosen_at.date())
    if stored.was_assigned:
        return f"Assigned by {mine.chosen_by} on {day}."
    return f"{'You' if whose == 'Your' else mine.chosen_by} chose this on {day}."


def _step(branch: Branch, user: User) -> str:
    node = branch.node
    owner = f"Owner: {node.owner_role}." if node.owner_role else "No owner named."
    strands = "".join(f"<li>{tree.strand(each, user)}</li>" for each in branch.strands)
    below = "" if branch.strands else f"<p>{tree.counts(branch.counts)}</p>"
    why = f"<p>{escape(node.why)}</p>" if node.why else ""
    return (
        f'<li><p><span class="kind">{kind_in_words(node)}</span> <span class="title">{links.node(node)}</span>'
        f"<small>{escape(owner)}</small></p>{why}{below}{f'<ul>{strands}</ul>' if strands else ''}</li>"
    )
