"""A real HTML table: caption, column and row headers, a scroll region of its own. Every text in it is escaped."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

import streamlit as st

from components.parts import asset

STYLE = asset.style(__file__)
# So many columns do not fit a telephone: there each row's cells stand below one another, each after its title.
_TOO_MANY = 4


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column's heading, and whether it holds numbers, which stand to the right."""

    title: str
    is_number: bool = False


@dataclass(frozen=True)
class Html:
    """A cell that is HTML already, as a link is: whoever makes one has escaped what people typed."""

    html: str


Cell: TypeAlias = str | Html


def plain(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
    """A table of texts; the first of each row is its header."""
    st.html(wrapped(caption, table(caption, columns, rows)))


def table(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> str:
    """The table as HTML, every text escaped. Roles are said aloud, since laying cells out as lines loses them."""
    stacks = ' class="stacks"' if len(columns) >= _TOO_MANY else ""
    return (
        f'<table role="table"{stacks}><caption>{escape(caption)}</caption>{head(columns)}<tbody role="rowgroup">'
        + "".join(_row(columns, row) for row in rows)
        + "</tbody></table>"
    )


def head(columns: Sequence[Column]) -> str:
    cells = "".join(
        f'<th role="columnheader" scope="col"{_class(column)}>{escape(column.title) or _UNNAMED}</th>'
        for column in columns
    )
    return f'<thead role="rowgroup"><tr role="row">{cells}</tr></thead>'


def wrapped(label: str, inner: str) -> str:
    """HTML of a table in a region that can be scrolled by keyboard."""
    return f'{STYLE}<div class="gt-table" role="region" tabindex="0" aria-label="{escape(label)}">{inner}</div>'


_UNNAMED = '<span class="vh">Detail</span>'


def _row(columns: Sequence[Column], row: Sequence[Cell]) -> str:
    first, *rest = row
    cells = "".join(
        f'<td role="cell" data-title="{escape(column.title)}"{_class(column)}>{_drawn(cell)}</td>'
        for column, cell in zip(columns[1:], rest, strict=True)
    )
    return f'<tr role="row"><th role="rowheader" scope="row"{_class(columns[0])}>{_drawn(first)}</th>{cells}</tr>'


def _drawn(cell: Cell) -> str:
    return cell.html if isinstance(cell, Html) else escape(cell)


def _class(column: Column) -> str:
    return ' class="number"' if column.is_number else ""
