"""A real HTML table: caption, column and row headers, a scroll region of its own. Every text in it is escaped."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import TypeAlias

import streamlit as st

from components.parts import asset

STYLE = asset.style(__file__)
# So many columns do not fit a telephone: there each row's cells stand below one another, each after its title.
_TOO_MANY = 4
# Beside what the row is called, a telephone shows three facts of it, and the rest on a tap.
_FACTS = 3
# Characters of a fact that is read in a third of a telephone's width; a longer one has a line to itself.
_LONGEST = 40
# Of more rows than so many it shows the first, and the others on a tap (html_table.css counts the same).
_MOST_ROWS = 15
_FIRST_ROWS = 12
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column's heading, and whether it holds numbers, which stand to the right. `leads` are the facts that a
    telephone shows of a longer row; where no column does, the first three are."""

    title: str
    is_number: bool = False
    leads: bool = False


@dataclass(frozen=True)
class Html:
    """A cell that is HTML already, as a link is: whoever makes one has escaped what people typed."""

    html: str


Cell: TypeAlias = str | Html


def plain(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
    """A table of texts; the first of each row is its header."""
    st.html(wrapped(caption, table(caption, columns, rows)))


def table(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, folds: bool = True) -> str:
    """The table as HTML, every text escaped. Roles are said aloud, since laying cells out as lines loses them.

    A row of more facts than three folds on a telephone, and so do the rows after the first twelve, unless the table is
    one that does not.
    """
    stacks = ' class="stacks"' if len(columns) >= _TOO_MANY else ""
    facts = _facts(columns) if folds else frozenset()
    return (
        f'<table role="table"{stacks}><caption>{escape(caption)}</caption>{head(columns)}<tbody role="rowgroup">'
        + "".join(_row(columns, row, facts) for row in rows)
        + f"</tbody></table>{_other_rows(len(rows)) if stacks and folds else ''}"
    )


def _other_rows(many: int) -> str:
    if many <= _MOST_ROWS:
        return ""
    return f'<details class="folds"><summary>The other {many - _FIRST_ROWS:,}</summary></details>'


def _facts(columns: Sequence[Column]) -> Collection[int]:
    """The places of the columns that stay in sight where a row folds; none where every fact has room."""
    if len(columns) <= _FACTS + 1:
        return frozenset()
    leading = [place for place, column in enumerate(columns) if column.leads]
    return frozenset(leading or range(1, _FACTS + 1))


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


def _row(columns: Sequence[Column], row: Sequence[Cell], facts: Collection[int]) -> str:
    first, *rest = (_drawn(cell) for cell in row)
    cells = "".join(
        f'<td role="cell" data-title="{escape(column.title)}"{_class(column, _kind(place, cell, facts))}>{cell}</td>'
        for place, (column, cell) in enumerate(zip(columns[1:], rest, strict=True), start=1)
    )
    named, fold = _fold(first) if facts else ("", "")
    return f'<tr role="row"><th role="rowheader" scope="row"{named}{_class(columns[0])}>{first}{fold}</th>{cells}</tr>'


def _kind(place: int, cell: str, facts: Collection[int]) -> str:
    if place not in facts:
        return ""
    return "fact" if len(_words(cell)) <= _LONGEST else "fact long"


def _words(cell: str) -> str:
    """What a cell says, without what it is drawn with."""
    return " ".join(unescape(_TAG.sub(" ", cell)).split())


def _fold(first: str) -> tuple[str, str]:
    """What a telephone opens the rest of a row with. The row is called what it was without it."""
    name = escape(_words(first))
    return f' aria-label="{name}"', f'<details class="folds"><summary aria-label="Details: {name}"></summary></details>'


def _drawn(cell: Cell) -> str:
    return cell.html if isinstance(cell, Html) else escape(cell)


def _class(column: Column, kind: str = "") -> str:
    names = " ".join(filter(None, ("number" if column.is_number else "", kind)))
    return f' class="{names}"' if names else ""
