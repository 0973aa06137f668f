"""The audit trail as a table, newest first."""

from functools import lru_cache

import streamlit as st

from components import html_table
from components.markup import plain
from cycle.administer import AuditReport

_COLUMNS = [html_table.Column(title=title) for title in ("Event", "When", "Who", "What", "Of what")]


def show(report: AuditReport) -> None:
    st.html(_as_html(report))


def seal(report: AuditReport) -> None:
    """Whether the record is whole, and the seal that proves later that nothing was cut off."""
    if report.breaks:
        st.error(plain("The record has been tampered with. " + " ".join(report.breaks)))
        return
    st.success(f"The record is whole: {report.events[0].sequence:,} events, each chained to the one before.")
    st.write("Keep this seal somewhere else, to prove later that nothing was cut off:")
    st.code(report.last_hash, language=None, wrap_lines=True)


@lru_cache(maxsize=8)
def _as_html(report: AuditReport) -> str:
    rows = [
        [str(event.sequence), f"{event.at:%-d %b %Y %H:%M}", event.username, event.verb, event.subject]
        for event in report.events
    ]
    return html_table.wrapped("Events", html_table.table("The newest events, newest first", _COLUMNS, rows))
