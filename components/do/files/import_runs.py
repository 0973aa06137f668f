"""The log of imports as people read it, and where the figures of a return came from that nobody typed."""

from collections.abc import Sequence

import streamlit as st

from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from performance.do.import_runs import ImportRun

MOST_ROWS = 100
_COLUMNS = [
    Column(title="When"),
    Column(title="File"),
    Column(title="By"),
    Column(title="Outcome"),
    *(Column(title=title, is_number=True) for title in ("Rows", "New", "Revised", "Same", "Empty", "Refused")),
    Column(title="Returns"),
]


def introduce(*, sees_all: bool) -> None:
    whose = "Every file of figures" if sees_all else "Every file that brought figures into your returns"
    st.write(plain(f"{whose}, newest first: what became of its rows, who brought it in and when."))


def show(runs: Sequence[ImportRun]) -> None:
    """The runs as a table, and the problems of each run that had any."""
    if not runs:
        st.info("No file of figures has been brought in yet. Nightly extracts and uploads will be listed here.")
        return
    html_table.plain("Imports of figures, newest first", _COLUMNS, [_row(run) for run in runs[:MOST_ROWS]])
    if len(runs) > MOST_ROWS:
        st.caption(f"And {len(runs) - MOST_ROWS:,} earlier.")
    refused = [run for run in runs[:MOST_ROWS] if run.problems]
    if refused:
        st.header("Problems", anchor=False)
    for run in refused:
        _problems(run)


def _row(run: ImportRun) -> list[str]:
    counts = (run.rows, run.added, run.revised, run.same, run.empty, run.refused)
    when = f"{run.imported_at.astimezone():%-d %b %Y %H:%M}"
    return [when, run.source, run.imported_by, run.outcome, *(f"{count:,}" for count in counts), _returns(run)]


def _returns(run: ImportRun) -> str:
    most = 4
    more = f" and {len(run.returns) - most} more" if len(run.returns) > most else ""
    return ", ".join(run.returns[:most]) + more or ("History" if run.is_kept else "–")


def _problems(run: ImportRun) -> None:
    many = len(run.problems) + run.more_problems
    label = f"{run.source}, {run.imported_at.astimezone():%-d %b %Y %H:%M}: "
    with st.expander(f"{plain(label)}{many:,} {'problem' if many == 1 else 'problems'}"):
        html_table.plain("What was wrong", [Column(title="Problem")], [[said] for said in run.problems])
        if run.more_problems:
            st.write(f"... and {run.more_problems:,} more.")
