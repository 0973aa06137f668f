"""Run as a program of its own, with little memory and time: a workbook on standard input, its cells as JSON out.

Nothing of the project is imported here, so that a hostile workbook meets as little as possible.
"""

import io
import json
import re
import resource
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

MEMORY, SECONDS = 1_000_000_000, 30
_MERGED = re.compile(rb'<mergeCell\s+ref="([A-Z]{1,3})([0-9]{1,7}):')
_TIMES = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')  # the parts of a number format that are not codes


def main(most_rows: int, most_columns: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    import openpyxl

    book = openpyxl.load_workbook(
        io.BytesIO(sys.stdin.buffer.read()), read_only=True, data_only=False, keep_links=False
    )
    sheets = [_sheet(sheet, most_rows, most_columns) for sheet in book.worksheets]
    for sheet, found in zip(book.worksheets, sheets, strict=True):
        found["faults"] += _merged(book, sheet)
    json.dump(sheets, sys.stdout)


def _sheet(sheet: Any, most_rows: int, most_columns: int) -> dict[str, Any]:
    faults: list[tuple[int, int, str]] = []
    records = []
    too_wide = False
    # A workbook may claim a million columns, so its claim is not asked.
    sheet.reset_dimensions()
    for number, row in enumerate(islice(sheet.iter_rows(max_row=most_rows + 1), most_rows + 1), start=1):
        too_wide = too_wide or any(cell.value is not None for cell in row[most_columns:])
        record = []
        for place, cell in enumerate(row[:most_columns]):
            text, fault = _text(cell)
            record.append(text)
            if fault:
                faults.append((number, place, fault))
        records.append(record)
    return {
        "name": sheet.title,
        "hidden": sheet.sheet_state != "visible",
        "too_wide": too_wide,
        "records": records,
        "faults": faults,
    }


def _merged(book: Any, sheet: Any) -> list[tuple[int, int, str]]:
    """Where cells are merged: only the first of them holds anything, and the others would be read as empty."""
    from openpyxl.utils import column_index_from_string

    # A worksheet that is read row by row knows nothing of merged cells, so its own text is asked.
    with book._archive.open(sheet._worksheet_path) as part:
        found = _MERGED.findall(part.read())
    said = "The cell is merged with others. Unmerge them, and fill in each."
    return [(int(row), column_index_from_string(column.decode()) - 1, said) for column, row in found]


def _text(cell: Any) -> tuple[str, str]:
    """The cell as a person reads it, and what is wrong with it (empty when nothing is)."""
    value, kind = cell.value, cell.data_type
    if value is None:
        return "", ""
    if kind == "s" and type(value) is str:
        return value, ""
    if kind == "f":
        return "", "The cell holds a formula. Copy it and paste it as a value."
    if kind == "e":
        return str(value), f"The cell shows the error {value}."
    if isinstance(value, bool):
        return ("yes" if value else "no"), ""
    if isinstance(value, (datetime, date, time, timedelta)):
        return _day(value, cell.number_format), ""
    if isinstance(value, (int, float)):
        return _number(value, cell.number_format), ""
    return str(value), ""


def _number(value: float, number_format: str) -> str:
    # Fifteen digits are what Excel itself shows: 0.1 + 0.2 is 0.3 to the person who typed it.
    exact = Decimal(format(value, ".15g"))
    if "%" in _TIMES.sub("", number_format or ""):
        return f"{_plain(exact * 100)}%"
    return _plain(exact)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _day(value: Any, number_format: str) -> str:
    """2015-06 for a date shown as a month and year, else the whole date; a time of day stays in sight."""
    codes = _TIMES.sub("", number_format or "").lower()
    if isinstance(value, (time, timedelta)):
        return str(value)
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return value.isoformat(sep=" ")
    if "d" not in codes and "m" in codes and "y" in codes:
        return str(value)[:7]
    return str(value)[:10]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
