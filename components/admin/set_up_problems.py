"""Why a file was refused: each problem with its sheet, row and column, to put right and try again."""

from collections.abc import Sequence

import streamlit as st

from components.frame import sign_in
from components.parts import html_table
from components.parts.markup import plain
from performance.ground.incoming import RowProblem
from reporting.tables.rows import write_csv

_COLUMNS = ("Sheet", "Row", "Column", "What is wrong")
_MOST = 200


def show(problems: Sequence[RowProblem]) -> None:
    """Every problem at once, as far as a page can hold them, and all of them as a file."""
    many = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
    _say(f"There {'is' if len(problems) == 1 else 'are'} {many} in the file. Nothing was changed.")
    rows = [[each.sheet or "–", str(each.row or "–"), each.column or "–", each.message] for each in problems]
    html_table.plain("What to put right", [html_table.Column(title=name) for name in _COLUMNS], rows[:_MOST])
    if len(rows) > _MOST:
        st.write(f"... and {len(rows) - _MOST:,} more. The file of problems has them all.")
    st.write("Put them right in the workbook, save it, and upload it again.")
    st.download_button(
        "Download the problems (CSV)", data=write_csv(_COLUMNS, rows), file_name="problems.csv", mime="text/csv",
        on_click="ignore", key="set_up_problems",
    )  # fmt: skip


def show_unread(sentence: str) -> None:
    """The file could not be read at all."""
    _say(f"{sentence} Nothing was changed.")


def _say(sentence: str) -> None:
    council = sign_in.arrive().council["council_name"]
    st.set_page_config(page_title=f"Error: Set up the council - Performance - {council}")
    st.error(plain(sentence))
