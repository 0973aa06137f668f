"""The golden thread as a tree: each part unfolds, and says in words how the measures on it and below it stand."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from components.parts import asset, rating
from components.plan.thread import links
from cycle.plan.thread_view import GoldenThread
from performance.ground.people import User
from performance.ground.reckoning.rag import Rag, Standing
from performance.plan.thread import Branch, Counts, Strand, counts_in_words, kind_in_words

STYLE = asset.style(__file__)
_SHAPES = {Standing.RED: Rag.RED, Standing.AMBER: Rag.AMBER, Standing.GREEN: Rag.GREEN,
           Standing.NOT_RECEIVED: Rag.NOT_PROVIDED, Standing.NOT_DUE: Rag.NOT_DUE}  # fmt: skip
# Priorities lie open, so that their outcomes are seen; what was searched for lies open to the bottom.
_OPEN_LEVELS = 1


def show(thread: GoldenThread, user: User, *, unfolded: bool) -> None:
    """The whole tree; `unfolded` opens every part of it."""
    levels = 99 if unfolded else _OPEN_LEVELS
    inner = "".join(_branch(branch, thread, user, levels) for branch in thread.branches)
    if thread.loose:
        inner += (
            f"<details{_open(unfolded)}><summary>{_title('Measures', 'Belonging to no objective')}"
            f"<small>{len(thread.loose)}</small></summary>{_strands(thread.loose, thread, user)}</details>"
        )
    st.html(f'{rating.STYLE}{STYLE}<div class="thread">{inner}</div>')


def counts(found: Counts) -> str:
    """▲ 2 red ● 1 amber, as HTML: shapes for the eye, words for everyone."""
    if not found:
        return f'<small class="counts">{counts_in_words(found).capitalize()}</small>'
    parts = "".join(f"<span>{_shape(standing)}{many} {escape(standing)}</span> " for standing, many in found.items())
    return f'<span class="counts">{parts}</span>'


def strand(each: Strand, user: User, *, unit: str = "") -> str:
    """One measure with its status, its period and who owns it, as HTML."""
    tag = rating.tag(each.rag) if each.rag is not None else '<span class="rag rag-none">By ward only</span>'
    when = f"{each.when_in_words}. " if each.when_in_words else ""
    known = f"{when}{each.measure.owner_role or 'No owner'}{f', {unit}' if unit else ''}"
    return f"{tag}{links.measure(each.measure, user)} <small>{escape(each.measure.code)}. {escape(known)}</small>"


def _branch(branch: Branch, thread: GoldenThread, user: User, levels: int) -> str:
    below = "".join(_branch(each, thread, user, levels) for each in branch.branches)
    summary = f"{_title(kind_in_words(branch.node), branch.node.title)}{counts(branch.counts)}"
    inner = f"{_about(branch, thread)}{_strands(branch.strands, thread, user)}{below}"
    return f"<details{_open(branch.level <= levels)}><summary>{summary}</summary>{inner}</details>"


def _about(branch: Branch, thread: GoldenThread) -> str:
    unit = thread.unit_names.get(branch.node.unit_code or "", "")
    owner = f"Owner: {branch.node.owner_role}" if branch.node.owner_role else "No owner named"
    known = f"{owner}{f', {unit}' if unit else ''}."
    return f"<p>{links.plan_on_a_page(branch.node)} <small>{escape(known)}</small></p>"


def _strands(strands: Iterable[Strand], thread: GoldenThread, user: User) -> str:
    names = thread.unit_names
    items = "".join(f"<li>{strand(each, user, unit=names.get(each.measure.unit_code, ''))}</li>" for each in strands)
    return f"<ul>{items}</ul>" if items else ""


def _title(kind: str, title: str) -> str:
    return f'<span class="kind">{escape(kind)}</span> <span class="title">{escape(title)}</span>'


def _shape(standing: Standing) -> str:
    rag = _SHAPES.get(standing)
    return f'<span aria-hidden="true">{rag.shape}</span>' if rag else ""


def _open(is_open: bool) -> str:
    return " open" if is_open else ""
