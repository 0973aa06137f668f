"""The audit trail as a table, newest first, and whether the record is whole."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape

import streamlit as st

from components.parts import html_table
from components.parts.html_table import Html
from components.parts.markup import plain
from cycle.admin.audit import AuditLine, AuditTrail

_COLUMNS = [html_table.Column(title=title) for title in ("Event", "When", "Who", "What", "About", "What changed")]


def show(trail: AuditTrail) -> None:
    if trail.lines:
        st.html(_as_html(trail))
    else:
        st.info("Nothing like that has been done. Choose somebody or something else.")


def seal(trail: AuditTrail) -> None:
    """Whether the record is whole, and the seal that proves later that nothing was cut off."""
    if trail.breaks:
        st.error(plain("The record has been tampered with. " + " ".join(trail.breaks)))
        return
    st.success(f"The record is whole: {trail.count:,} events, each chained to the one before.")
    st.write("Keep this seal somewhere else, to prove later that nothing was cut off:")
    st.code(trail.last_hash, language=None, wrap_lines=True)


def verified(faults: Sequence[str]) -> None:
    """What verifying everything found just now."""
    if faults:
        st.error(plain("What does not hold: " + " ".join(faults)))
    else:
        st.write("Verified just now: every event follows from the one before, and every row is as its event left it.")


@lru_cache(maxsize=8)
def _as_html(trail: AuditTrail) -> str:
    return html_table.wrapped(
        "Events", html_table.table("Events, newest first", _COLUMNS, list(map(_cells, trail.lines)))
    )


def _cells(line: AuditLine) -> list[html_table.Cell]:
    event = line.event
    changes = Html("<br>".join(escape(each) for each in line.changes))
    when = f"{event.at:%-d %b %Y %H:%M}"
    return [f"{event.sequence:,}", when, line.who, line.deed.capitalize(), line.about, changes]
