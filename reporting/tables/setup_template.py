"""The empty setup workbook: a sheet for each list, with drop-downs, notes and one worked example that is read past."""

import io
from functools import lru_cache
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from performance.admin.council import WORKBOOK_SETTINGS
from performance.admin.setup_columns import EXAMPLE, SETUP_SHEETS, Column, SheetColumns
from performance.ground.people import LASTING_ROLES
from reporting.tables.sheets import fit, height_of

_LAST_ROW = 5_000
_READ_ME = (24, 90)  # digits that its columns take
_INK, _BLUE, _PALE, _GREY = "#0B0C0C", "#12436D", "#D2E2F1", "#484949"
_STEPS = (
    "Fill in one sheet after the other, in their order: later sheets name the codes of earlier ones.",
    "Leave out what you do not have yet: a sheet without rows brings nothing in, and nothing is ever taken away.",
    "Dark headings with white letters must be filled in on every row; pale ones may stay empty.",
    "Click a cell to read what goes in it. Where an arrow appears, choose from the list.",
    f'The grey row on each sheet is an example. It begins with "{EXAMPLE}", and such rows are never brought in.',
    "Write dates as 2018-04-01. Write several codes in one cell with | between them.",
    "Upload the workbook on the page Set up the council (Admin). It shows every problem by sheet, row and column, or"
    " what would be new and what would change. Nothing is written until you confirm.",
    "The operator can do the same: manage.py import setup council.xlsx --dry-run, then without --dry-run.",
    "Change the workbook and upload it again at any time: what is the same is left alone.",
)


@lru_cache(maxsize=1)
def build() -> bytes:
    """The workbook, the same each time."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": "Set up your council", "comments": "Empty setup workbook of Golden Thread"})
        _read_me(book, book.add_worksheet("Read me"))
        for name, sheet in SETUP_SHEETS.items():
            _draw(book, book.add_worksheet(name), sheet)
    return out.getvalue()


def _read_me(book: Workbook, sheet: Worksheet) -> None:
    wrapped, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    for column, width in enumerate(_READ_ME):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    fit(sheet)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, "Set up your council", book.add_format({"bold": True, "font_size": 18}))
    blocks = (
        ("Steps", [(f"Step {number}", step) for number, step in enumerate(_STEPS, start=1)]),
        ("Sheets", [(name, each.says) for name, each in SETUP_SHEETS.items()]),
        ("Settings", list(WORKBOOK_SETTINGS.items())),
        ("Roles, for the sheet people", [(role.value, role.in_words) for role in LASTING_ROLES]),
    )
    row = 2
    for title, lines in blocks:
        sheet.write_string(row, 0, title, bold)
        for below, (term, words) in enumerate(lines, start=1):
            sheet.set_row(row + below, height_of(zip((term, words), _READ_ME, strict=True)))
            sheet.write_string(row + below, 0, term, wrapped)
            sheet.write_string(row + below, 1, words, wrapped)
        row += len(lines) + 2


def _draw(book: Workbook, page: Worksheet, sheet: SheetColumns) -> None:
    example = book.add_format({"italic": True, "font_color": _GREY, "bg_color": "#F3F3F3", "num_format": "@"})
    # Everything is text: a code keeps its zeros, and a date stays as it was typed.
    text = book.add_format({"num_format": "@"})
    for place, column in enumerate(sheet.columns):
        width = max(len(column.name), len(column.example) + (len(EXAMPLE) + 1) * (place == 0))
        page.set_column(place, place, min(max(width + 3, 14), 40), text)
        page.write_string(0, place, column.name, _heading(book, column))
        page.write_comment(0, place, _note(column), {"x_scale": 2, "font_size": 10, "author": "Golden Thread"})
        said = f"{EXAMPLE} {column.example}".strip() if place == 0 else column.example
        page.write_string(1, place, said, example)
        page.data_validation(1, place, _LAST_ROW, place, _validation(column))
    page.freeze_panes(1, 1)
    page.ignore_errors({"number_stored_as_text": "A1:AZ5001"})


def _heading(book: Workbook, column: Column) -> Format:
    looks = {"bg_color": _BLUE, "font_color": "#FFFFFF"} if column.is_required else {"bg_color": _PALE}
    return book.add_format({"bold": True, "border": 1, "border_color": _INK, "font_color": _INK} | looks)


def _note(column: Column) -> str:
    """What goes in, whether it must, and an example: the same words on the heading and on each cell, 255 at most."""
    needed = "Needed on every row. " if column.is_required else ""
    shown = f" Example: {column.example}" if column.example and not column.choices else ""
    whole = f"{needed}{column.note}{shown}"
    return whole if len(whole) <= 255 else f"{needed}{column.note}"


def _validation(column: Column) -> dict[str, Any]:
    options: dict[str, Any] = {"validate": "any", "input_title": column.name[:32], "input_message": _note(column)}
    if column.choices:
        options |= {
            "validate": "list",
            "source": list(column.choices),
            "show_error": not column.open_ended,
            "error_title": "Not one of the list",
            "error_message": f"Choose one of: {', '.join(column.choices)}."[:255],
        }
    elif column.codes_of:
        options |= {
            "validate": "list",
            "source": _codes(column.codes_of),
            "error_type": "warning",
            "error_title": "Not on the other sheet",
            "error_message": f"This is not on the sheet {column.codes_of}. Go on if the app knows it already.",
        }
    return options


def _codes(sheet: str) -> str:
    """The first column of the other sheet, as far as it is filled in, without the examples at its top."""
    column, examples = f"{sheet}!$A:$A", f'COUNTIF({sheet}!$A:$A,"{EXAMPLE}*")'
    return f"=OFFSET({sheet}!$A$1,1+{examples},0,MAX(1,COUNTA({column})-1-{examples}),1)"
