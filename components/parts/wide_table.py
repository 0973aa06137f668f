"""A wide table on a page: its headings break over lines, so that a year of months fits a screen."""

from functools import lru_cache

import streamlit as st

from components.parts import asset, html_table
from components.parts.html_table import Column
from reporting.tables import wide
from reporting.tables.facts import Table

_STYLE = asset.style(__file__)


def show(caption: str, table: Table) -> None:
    """The table as it would be taken away, in the words of the page."""
    st.html(_drawn(caption, table))


@lru_cache(maxsize=64)
def _drawn(caption: str, table: Table) -> str:
    """Drawn once for each table that is kept."""
    titles, rows = wide.printed(table)
    columns = [Column(title=title, is_number=place > 0) for place, title in enumerate(titles)]
    drawn = html_table.wrapped(caption, html_table.table(caption, columns, rows))
    return f'{_STYLE}<div class="wide">{drawn}</div>'
