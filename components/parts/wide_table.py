"""A wide table on a page: its headings break over lines, so that a year of months fits a screen."""

from functools import lru_cache

import streamlit as st

from components.parts import asset, html_table
from components.parts.html_table import Column
from reporting.tables import wide
from reporting.tables.facts import Table

_STYLE = asset.style(__file__)


_NEWEST = 3


def show(caption: str, table: Table, *, newest_last: bool = False) -> None:
    """The table as it would be taken away, in the words of the page. Of columns that are periods, the `newest_last`, a
    telephone shows the newest."""
    st.html(_drawn(caption, table, newest_last))


@lru_cache(maxsize=64)
def _drawn(caption: str, table: Table, newest_last: bool) -> str:
    """Drawn once for each table that is kept."""
    titles, rows = wide.printed(table)
    newest = len(titles) - _NEWEST if newest_last else len(titles)
    columns = [Column(title=title, is_number=place > 0, leads=place >= newest) for place, title in enumerate(titles)]
    drawn = html_table.wrapped(caption, html_table.table(caption, columns, rows))
    return f'{_STYLE}<div class="wide">{drawn}</div>'
