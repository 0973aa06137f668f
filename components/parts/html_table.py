"""A real HTML table: caption, column and row headers, a scroll region of its own. Every text in it is escaped."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

import streamlit as st

STYLE = """<style>
.gt-table{overflow-x:auto;max-width:100%}
.gt-table table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;line-height:1.35}
.gt-table caption{text-align:left;font-weight:600;padding:.35rem 0}
.gt-table th,.gt-table td{text-align:left;padding:.4rem .7rem .4rem 0;border-bottom:1px solid #B1B4B6;
 vertical-align:top;color:#0B0C0C}
.gt-table thead th{border-bottom:2px solid #0B0C0C;vertical-align:bottom;white-space:nowrap}
.gt-table th[scope=row]{font-weight:400}
:where(.gt-table th[scope=row]){min-width:8rem}
.gt-table th[scope=rowgroup]{font-weight:700;padding-top:1.1rem;border-bottom:2px solid #0B0C0C}
.gt-table .number{text-align:right;white-space:nowrap;padding-right:1.1rem}
.gt-table small{color:#484949;font-size:.85em}
.gt-table a{color:#1A65A6}
@media(max-width:640px){
 .gt-table thead th{white-space:normal}
 .gt-table .number{padding-right:.7rem}
 .gt-table:has(.stacks){position:relative}
 .stacks,.stacks caption,.stacks tbody{display:block}
 .gt-table .stacks .number{white-space:normal;padding-right:0}
 .stacks thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
 .stacks tr{display:block;padding:.5rem 0;border-bottom:1px solid #B1B4B6}
 .stacks tr th[scope=row]{display:block;border:0;padding:0 0 .15rem;font-weight:600}
 .stacks tr td{display:flex;flex-wrap:wrap;gap:0 .35rem;border:0;padding:.1rem 0;text-align:left;white-space:normal}
 .stacks tr td::before{content:attr(data-title) ": ";color:#484949;flex:none}
 .stacks tr td:empty{display:none}
}
</style>"""
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
