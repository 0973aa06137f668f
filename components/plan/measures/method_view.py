"""One measure's documentation to read: its method, its fields, its health and how it came to be as it is."""

from dataclasses import fields
from typing import Any

import streamlit as st

from components.frame import navigation
from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.plan.register_view import MethodPage
from performance.ground.measures import Measure
from performance.ground.periods import day_in_words

SECTIONS = {
    "rationale": "Why it is measured",
    "definition": "What it is",
    "formula": "How it is worked out",
    "source": "Source system",
    "collection_method": "How it is collected",
    "polarity_note": "What good is, in words",
    "quality_notes": "Data-quality notes",
    "target_basis": "Basis of the target",
    "methodology": "Method in full",
}


def show(page: MethodPage) -> None:
    line, measure = page.line, page.line.measure
    st.write(plain(_standing(page)))
    with st.container(horizontal=True):
        st.page_link(
            navigation.find_entry("One measure").file, label="Its figures", query_params={"measure": measure.code}
        )
        st.page_link(navigation.find_entry("Measures").file, label="All measures")
    left, right = st.columns([3, 2], gap="large")
    with left:
        _method(page)
    with right:
        st.header(plain(f"Health: {line.passed} of {len(line.findings)}"), anchor=False)
        _health(page)
    _fields(page)


def history(page: MethodPage) -> None:
    """Every version, newest first: who, when, why, and each field before and after."""
    st.header("How it changed", anchor=False)
    if not page.history:
        st.write("It is as it was first recorded.")
        return
    rows = [
        [
            f"Version {version.number}",
            f"{change.recording.at.astimezone():%-d %b %Y %H:%M}",
            version.who,
            change.field.replace("_", " ").capitalize(),
            said(change.before),
            said(change.after),
            change.recording.reason,
        ]
        for version in page.history
        for change in version.changes
    ]
    columns = [Column(title=title) for title in ("Version", "When", "Who", "Field", "Before", "After", "Why")]
    html_table.plain("Changes, newest first", columns, rows)


def said(value: Any) -> str:
    """A value of any field as a person reads it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    words = getattr(value, "in_words", None) or getattr(value, "value", value)
    return str(words)


def _standing(page: MethodPage) -> str:
    measure = page.line.measure
    parts = [f"{measure.code}, version {page.version}. Kept by {page.line.unit_name}."]
    if page.objective:
        parts.append(f"It serves: {page.objective}.")
    if measure.active_to is not None:
        ended = "Retired after" if not page.line.is_in_use else "To be retired after"
        parts.append(f"{ended} {day_in_words(measure.active_to)}.")
    if page.replaced:
        parts.append(f"It took the place of {page.replaced}.")
    if page.successors:
        parts.append(f"In its place: {', '.join(each.title for each in page.successors)}.")
    return " ".join(parts)


def _method(page: MethodPage) -> None:
    measure = page.line.measure
    reviewed = measure.methodology_reviewed_on
    st.header("Methodology", anchor=False)
    when = f"last reviewed on {day_in_words(reviewed)}" if reviewed else "never reviewed"
    st.caption(plain(f"Version {page.line.method_version}, {when}."))
    rows = [[title, getattr(measure, field) or "Not written yet"] for field, title in SECTIONS.items()]
    for each in measure.breaks:
        rows.append([f"Break on {day_in_words(each.on)}", each.reason])
    html_table.plain("Methodology", [Column(title="Section"), Column(title="What is written")], rows)


def _health(page: MethodPage) -> None:
    rows = [
        [
            finding.test.question,
            "Yes" if finding.passed else "No",
            "" if finding.passed else f"{finding.detail} {finding.test.what_to_do}",
        ]
        for finding in page.line.findings
    ]
    columns = [Column(title="Question"), Column(title="Answer"), Column(title="What to do")]
    html_table.plain("Ten questions about this measure", columns, rows)


def _fields(page: MethodPage) -> None:
    with st.expander("Every field"):
        rows = [[name, said(value)] for name, value in _every_field(page.line.measure).items()]
        html_table.plain("Fields", [Column(title="Field"), Column(title="Value")], rows)


def _every_field(measure: Measure) -> dict[str, Any]:
    return {
        each.name.replace("_", " ").capitalize(): getattr(measure, each.name)
        for each in fields(measure)
        if each.name not in {*SECTIONS, "breaks", "earlier"}
    }
