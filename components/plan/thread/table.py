"""The golden thread as a table: each part of the plan and each measure a row, with its level by number."""

from collections.abc import Iterable, Iterator
from html import escape

import streamlit as st

from components.parts import asset, html_table, rating
from components.parts.html_table import Column
from components.plan.thread import links, tree
from cycle.plan.thread_view import GoldenThread
from performance.ground.people import User
from performance.ground.periods import day_in_words
from performance.plan.thread import Branch, Strand, kind_in_words

_COLUMNS = [Column(title=title) for title in ("Part of the plan", "Level", "Kind", "Owner", "Unit", "Status")]
_STYLE = asset.style(__file__)


def show(thread: GoldenThread, user: User) -> None:
    """Every row of the tree, in its order; indented by its level."""
    caption = f"The plan as it stood on {day_in_words(thread.day)}"
    rows = "".join(row for branch in thread.branches for row in _rows(branch, thread, user))
    rows += "".join(_measure(each, 1, thread, user) for each in thread.loose)
    table = (
        f'<table role="table" class="stacks"><caption>{escape(caption)}</caption>{html_table.head(_COLUMNS)}'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )
    st.html(f'{_STYLE}{rating.STYLE}<div class="thread-rows">{html_table.wrapped(caption, table)}</div>')


def _rows(branch: Branch, thread: GoldenThread, user: User) -> Iterator[str]:
    node = branch.node
    cells = (str(branch.level), kind_in_words(node), node.owner_role, thread.unit_names.get(node.unit_code or "", ""))
    status = tree.counts(branch.counts)
    yield _row(links.node(node), branch.level, cells, status, part=True)
    for strand in branch.strands:
        yield _measure(strand, branch.level + 1, thread, user)
    for below in branch.branches:
        yield from _rows(below, thread, user)


def _measure(strand: Strand, level: int, thread: GoldenThread, user: User) -> str:
    measure = strand.measure
    cells = (str(level), "Measure", measure.owner_role, thread.unit_names.get(measure.unit_code, ""))
    tag = rating.tag(strand.rag) if strand.rag is not None else "By ward only"
    when = f" <small>{escape(strand.when_in_words)}</small>"
    return _row(links.measure(measure, user), level, cells, f"{tag}{when}")


def _row(title: str, level: int, cells: Iterable[str], status: str, *, part: bool = False) -> str:
    drawn = "".join(
        f'<td role="cell" data-title="{column.title}"><span>{cell}</span></td>'
        for column, cell in zip(_COLUMNS[1:], (*map(escape, cells), status), strict=True)
    )
    kind = ' class="part"' if part else ""
    head = f'<th role="rowheader" scope="row" style="padding-left:{(level - 1) * 0.9:.1f}rem">{title}</th>'
    return f'<tr role="row"{kind}>{head}{drawn}</tr>'
