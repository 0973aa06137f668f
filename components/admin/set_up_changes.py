"""What a file would change, before anything is written: counted by sheet, then row by row and field by field."""

from collections.abc import Iterator

import streamlit as st

from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from performance.admin.setup_report import SetupReport, SheetChanges
from reporting.tables.rows import write_csv

_MOST, _LONGEST = 100, 160
_CONFIRMED = "set_up_confirmed"
_FIELDS = ("Row", "Field", "Now", "In the file")


def show(report: SetupReport, *, source: str) -> str:
    """Step 3. The answer is the fingerprint of what was on screen when the button was pressed; empty before."""
    st.header("3. Look at what would change, and confirm", anchor=False)
    if not report.changes:
        same = "Everything in the file is already here, word for word. There is nothing to change."
        st.info(plain(report.in_words(done=False) if report.is_empty else same))
        return ""
    _overview(report, source)
    if any(each.sheet == "targets" and (each.new or each.changed) for each in report.sheets):
        st.write("Targets come in as your proposals: someone else agrees them on the page Targets.")
    for sheet in report.sheets:
        _sheet(sheet)
    st.download_button(
        "Download everything that would change (CSV)", data=write_csv(("Sheet", *_FIELDS), list(_all(report))),
        file_name="changes.csv", mime="text/csv", on_click="ignore", key="set_up_changes",
    )  # fmt: skip
    st.button(
        f"Bring in {report.changes:,} {'row' if report.changes == 1 else 'rows'}", type="primary", key="set_up_confirm",
        on_click=_confirm, args=(report.fingerprint,),
    )  # fmt: skip
    confirmed: str = st.session_state.pop(_CONFIRMED, "")
    return confirmed


def _confirm(fingerprint: str) -> None:
    """Streamlit hands over what the button was drawn with: what the person saw, whatever has happened since."""
    st.session_state[_CONFIRMED] = fingerprint


def _overview(report: SetupReport, source: str) -> None:
    html_table.plain(
        f"What {source} would change. Nothing has been written yet.",
        [Column(title="Sheet"), *(Column(title=title, is_number=True) for title in ("New", "Changed", "The same"))],
        [
            [each.sheet, f"{len(each.new):,}", f"{len(each.changed):,}", f"{each.same:,}"]
            for each in report.sheets
        ],
    )  # fmt: skip


def _sheet(sheet: SheetChanges) -> None:
    if not (sheet.new or sheet.changed):
        return
    with st.expander(plain(f"{sheet.sheet}: {len(sheet.new):,} new, {len(sheet.changed):,} changed")):
        if sheet.changed:
            lines = [
                [row.in_words, change.field, _short(change.before), _short(change.after)]
                for row in sheet.changed[:_MOST]
                for change in row.fields
            ]
            html_table.plain(f"Changed in {sheet.sheet}", [Column(title=title) for title in _FIELDS], lines)
            _say_more(len(sheet.changed))
        if sheet.new:
            new = [[row.code, _short(row.name)] for row in sheet.new[:_MOST]]
            html_table.plain(f"New in {sheet.sheet}", [Column(title="Code"), Column(title="Name")], new)
            _say_more(len(sheet.new))


def _say_more(rows: int) -> None:
    if rows > _MOST:
        st.write(f"... and {rows - _MOST:,} more. The file below has them all.")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} ..."


def _all(report: SetupReport) -> Iterator[tuple[str, ...]]:
    for sheet in report.sheets:
        for row in sheet.new:
            yield sheet.sheet, row.in_words, "new row", "", ""
        for row in sheet.changed:
            for change in row.fields:
                yield sheet.sheet, row.in_words, change.field, change.before, change.after
