"""A return as a workbook to fill in: my rows, codes locked, lists to choose from, a note on every box."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from performance.do.read_answer import label_of
from performance.do.return_columns import (
    COLUMNS,
    NOTES,
    PROBLEMS,
    REFERENCE,
    SHEET,
    ReturnColumn,
    measures_of,
    offered,
    open_boxes,
    row_of,
)
from performance.do.returns import MyReturn, ReturnLine
from performance.do.typed import Answer
from performance.ground.entry import NumberNotUnderstoodError, read_number
from performance.ground.measures import Measure
from performance.ground.texts import in_a_sheet
from reporting.tables.looks import holds

_INK, _BLUE, _GREY, _RED = "#0B0C0C", "#12436D", "#F3F3F3", "#942514"
_STEPS = (
    "Fill in the white boxes on the sheet figures. Grey boxes are locked or not used by that measure.",
    "Where a measure takes counts, type the numerator and the denominator: the app works out the percentage.",
    "In the column Answer choose what kind of answer it is. Leave a row empty to answer it later.",
    "For Not yet available, type the day the figure will be there in the column Until.",
    "Write the commentary only where a figure is off target or really changed. 600 characters in all.",
    "Save the workbook, and upload it on the page Paste or upload. It shows what would change; nothing is written"
    " until you confirm, and the figures are submitted on My return.",
    "The sheet is protected without a password, so that codes stay as they are: Review, Unprotect Sheet.",
)


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """A row as it stands: the text of each column by its name, and what is wrong with it, if anything."""

    cells: Mapping[str, str]
    problem: str = ""


def build(return_: MyReturn, answers: Mapping[str, Answer]) -> bytes:
    """The workbook with each line that can be entered, and the answer that stands there now."""
    return write(
        return_,
        [SheetRow(cells=row_of(line, answers.get(line.measure.code, _none(line)))) for line in return_.open_lines],
    )


def write(return_: MyReturn, rows: Sequence[SheetRow]) -> bytes:
    """The workbook with these rows; with a Problems column where any of them has one."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": f"{return_.unit.name}, {return_.period.in_words}", "comments": return_.reference})
        _figures(book, book.add_worksheet(SHEET), return_, rows)
        _notes(book, book.add_worksheet(NOTES), return_)
    return out.getvalue()


class _Looks:
    """The formats of the sheet, each made once."""

    def __init__(self, book: Workbook) -> None:
        box = {"valign": "top", "text_wrap": True, "font_color": _INK}
        edge = {"border": 1, "border_color": "#6F7777"}
        self.heading = book.add_format(
            {"bold": True, "bg_color": _BLUE, "font_color": "#FFFFFF", "text_wrap": True, "valign": "top", "locked": 1}
        )
        self.fixed = book.add_format(box | {"bg_color": _GREY, "locked": 1, "num_format": "@"})
        self.unused = book.add_format({"bg_color": "#D0D3D4", "locked": 1})
        self.text = book.add_format(box | edge | {"locked": 0, "num_format": "@"})
        self.number = book.add_format(box | edge | {"locked": 0, "align": "right"})
        self.problem = book.add_format(box | {"font_color": _RED, "bold": True, "locked": 1})


def _figures(book: Workbook, sheet: Worksheet, return_: MyReturn, rows: Sequence[SheetRow]) -> None:
    looks, measures = _Looks(book), measures_of(return_)
    has_problems = any(row.problem for row in rows)
    headings = [column.heading for column in COLUMNS] + [PROBLEMS] * has_problems
    for number, row in enumerate(rows, start=1):
        measure = measures.get(row.cells.get("code", "").strip())
        for place, column in enumerate(COLUMNS):
            _cell(sheet, looks, (number, place), column, measure, row)
        if has_problems:
            sheet.write_string(number, len(COLUMNS), in_a_sheet(row.problem), looks.problem)
    last = max(len(rows), 1)
    sheet.add_table(
        0, 0, last, len(headings) - 1,
        {"name": "figures", "style": None, "autofilter": False,
         "columns": [{"header": heading, "header_format": looks.heading} for heading in headings]},
    )  # fmt: skip
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width)
        sheet.write_comment(0, place, column.note, {"x_scale": 2, "font_size": 10, "author": "Golden Thread"})
    if has_problems:
        sheet.set_column(len(COLUMNS), len(COLUMNS), 60)
    sheet.freeze_panes(1, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "format_cells": True, "sort": True})
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{last + 1}"})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _cell(
    sheet: Worksheet,
    looks: _Looks,
    place: tuple[int, int],
    column: ReturnColumn,
    measure: Measure | None,
    row: SheetRow,
) -> None:
    typed = row.cells.get(column.name, "")
    if column.is_number and measure is not None and column.name not in open_boxes(measure) and not typed:
        sheet.write_blank(*place, None, looks.unused)
        return
    # A row that names no known measure is opened whole, so that its code can be put right.
    is_open = column.is_open or measure is None
    look = looks.fixed if not is_open else looks.number if column.is_number else looks.text
    number = _exact(typed) if column.is_number else None
    if number is not None:
        sheet.write_number(*place, float(number), look)
    elif typed:
        sheet.write_string(*place, in_a_sheet(typed), look)
    else:
        sheet.write_blank(*place, None, look)
    if column.is_open and measure is not None:
        sheet.data_validation(*place, *place, _validation(column, measure))


def _validation(column: ReturnColumn, measure: Measure) -> dict[str, Any]:
    note = column.note
    if column.is_number:
        note = f"{label_of(measure, column.name)}."
    options: dict[str, Any] = {"validate": "any", "input_title": column.heading[:32], "input_message": note[:255]}
    if column.name == "answer":
        options |= {
            "validate": "list",
            "source": offered(),
            "error_title": "Not one of the list",
            "error_message": f"Choose one of: {', '.join(offered())}."[:255],
        }
    elif column.is_number:
        # A warning only: £1.2m and 1 204 are numbers to the app, and it says itself what it cannot read.
        options |= {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -999_999_999_999,
            "maximum": 999_999_999_999,
            "error_type": "warning",
            "error_title": "Not a plain number",
            "error_message": "Numbers like 9.4 or 96.5% are safest. Go on if the app should read this as it stands.",
        }
    return options


def _notes(book: Workbook, sheet: Worksheet, return_: MyReturn) -> None:
    bold: Format = book.add_format({"bold": True, "valign": "top"})
    wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    facts = [("Note", "What it says"), (REFERENCE, return_.reference), ("Service", return_.unit.name),
             ("Month", return_.period.in_words)]  # fmt: skip
    lines = [*facts, *((f"Step {number}", step) for number, step in enumerate(_STEPS, start=1)),
             *((column.heading, column.note) for column in COLUMNS)]  # fmt: skip
    for number, (term, words) in enumerate(lines):
        sheet.write_string(number, 0, term, bold)
        sheet.write_string(number, 1, words, bold if number == 0 else wrapped)
    sheet.freeze_panes(1, 0)


def _exact(text: str) -> Decimal | None:
    """A plain number that a workbook holds exactly; None for anything else, which stays the text it is."""
    try:
        number = read_number(text) if text.strip() else None
    except NumberNotUnderstoodError:
        return None
    if number is None or set(text) - set("0123456789.,-") or not holds(number):
        return None
    return number


def _none(line: ReturnLine) -> Answer:
    return Answer(measure_code=line.measure.code)
