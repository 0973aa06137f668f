"""Run as a program of its own, with little memory and time: a workbook on standard input, its cells as JSON out.

Of the project only the reading of number formats is imported here, so that a hostile workbook meets as little as
possible.
"""

import io
import json
import resource
import sys
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any
from xml.parsers import expat

MEMORY, SECONDS = 1_000_000_000, 30
_SEEN = 0.5  # of a row in points, of a column in letters: less is a line at most
_SPECIAL = {"superscript", "subscript"}
_PART_MARKED = (
    "A part of the cell is raised, lowered or struck through. Take it out, or write the whole of it as plain text."
)
_ALL_STRUCK = "The cell is struck through. Empty it, or take the line away."
_ALL_RAISED = "The cell is raised or lowered, as a note mark is. Empty it, or write it as plain text."
_RESTYLED = "A conditional format may show the cell otherwise than it is. Take its number format or strike out."
_NO_NOUGHTS = (
    "The cell holds 0, and the sheet is set to show no noughts. Show them (Options, Advanced, Show a zero in cells)."
)
_MERGED = "The cell is merged with others. Unmerge them, and fill in each."


class Told:
    """What a sheet's own text says beside its cells, by whatever prefix; reading it row by row does not.

    `rows` and `columns` are hidden, `merged` are areas, `marked` cells that hold their own text with a part set apart.
    """

    def __init__(self, part: Any) -> None:
        self.rows: list[int] = []
        self.columns: list[tuple[int, int]] = []
        self.merged: list[str] = []
        self.marked: list[str] = []
        self.hides_noughts = self.hides_columns = self.hides_rows = False
        self.restyled: list[tuple[str, int]] = []
        self._range = ""
        self._sized: list[tuple[int, int]] = []
        self._row, self._cell = 0, ""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.ParseFile(part)

    def hides(self, column: int) -> bool:
        if self.hides_columns and not any(first <= column <= last for first, last in self._sized):
            return True
        return any(first <= column <= last for first, last in self.columns)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            if _is_hidden(attributes, "ht") or (self.hides_rows and "ht" not in attributes):
                self.rows.append(self._row)
        elif tag == "c":
            self._cell = attributes.get("r", "")
        elif tag == "col":
            (self.columns if _is_hidden(attributes, "width") else self._sized).append(
                (int(attributes["min"]), int(attributes["max"]))
            )
        elif tag == "mergeCell":
            self.merged.append(attributes["ref"])
        elif tag in {"sheetView", "sheetFormatPr", "conditionalFormatting", "cfRule"}:
            self._settle(attributes)
        elif self._cell and _sets_apart(tag, attributes.get("val", "1")):
            self.marked.append(self._cell)

    def _settle(self, attributes: dict[str, str]) -> None:
        """What holds for the whole sheet, or for a range under a condition. Rows that zeroHeight hides are those not
        written at all, which hold nothing; columns without a width of their own are there."""
        self.hides_noughts = self.hides_noughts or attributes.get("showZeros") in {"0", "false"}
        self.hides_columns = self.hides_columns or float(attributes.get("defaultColWidth", 99)) < _SEEN
        self.hides_rows = self.hides_rows or float(attributes.get("defaultRowHeight", 99)) < _SEEN
        self._range = attributes.get("sqref", self._range)
        if "dxfId" in attributes:
            self.restyled.append((self._range, int(attributes["dxfId"])))

    def _end(self, name: str) -> None:
        if name.rpartition(" ")[2] == "c":
            self._cell = ""


def main(most_rows: int, most_columns: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    import openpyxl

    book = openpyxl.load_workbook(
        io.BytesIO(sys.stdin.buffer.read()), read_only=True, data_only=False, keep_links=False, rich_text=True
    )
    sheets = [_sheet(book, sheet, most_rows, most_columns) for sheet in book.worksheets]
    json.dump(sheets, sys.stdout)


def _sheet(book: Any, sheet: Any, most_rows: int, most_columns: int) -> dict[str, Any]:
    told, apart = _told(book, sheet), _apart_styles(book)
    restyled = _restyled(book, told)
    faults: list[tuple[int, int, str]] = [*_at(told.merged, _MERGED), *_at(told.marked, _PART_MARKED)]
    records: list[list[str]] = []
    too_wide = too_long = False
    # A workbook may claim a million columns, so its claim is not asked.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        # A format may stretch a sheet to its very last row: what holds nothing is no row.
        if all(cell.value is None for cell in row):
            continue
        if number > most_rows:
            too_long = True
            break
        too_wide = too_wide or any(cell.value is not None for cell in row[most_columns:])
        record = []
        for place, cell in enumerate(row[:most_columns]):
            text, fault = _text(cell)
            if text and not fault:
                fault = _unseen(cell, apart, told) or _restyled_at(restyled, number, place + 1)
            record.append(text)
            if fault:
                faults.append((number, place, fault))
        records += [[] for _ in range(number - 1 - len(records))]
        records.append(record)
    return {
        "name": sheet.title,
        "hidden": sheet.sheet_state != "visible",
        "too_wide": too_wide,
        "too_long": too_long,
        "records": records,
        "faults": faults,
        "unseen_rows": [row for row in told.rows if row <= len(records) and any(records[row - 1])],
        "unseen_columns": _unseen_columns(told, records),
    }


def _restyled(book: Any, told: Told) -> list[tuple[int, int, int, int]]:
    """The areas in which a condition may strike numbers through or show them by another format."""
    from openpyxl.utils import range_boundaries

    styles = [style.numFmt or (style.font and style.font.strike) for style in book._differential_styles.styles]
    ranges = [each for each, style in told.restyled if style < len(styles) and styles[style]]
    return [range_boundaries(area) for each in ranges for area in each.split()]


def _restyled_at(areas: Sequence[tuple[int, int, int, int]], row: int, column: int) -> str:
    is_in = any(left <= column <= right and top <= row <= bottom for left, top, right, bottom in areas)
    return _RESTYLED if is_in else ""


def _unseen(cell: Any, apart: dict[int, str], told: Told) -> str:
    if cell._style_id in apart:
        return apart[cell._style_id]
    return _NO_NOUGHTS if told.hides_noughts and cell.value == 0 and cell.data_type == "n" else ""


def _unseen_columns(told: Told, records: Sequence[Sequence[str]]) -> list[str]:
    from openpyxl.utils import get_column_letter

    width = max(map(len, records), default=0)
    return [
        get_column_letter(column)
        for column in range(1, width + 1)
        if told.hides(column) and any(len(record) >= column and record[column - 1] for record in records)
    ]


def _at(references: Sequence[str], said: str) -> list[tuple[int, int, str]]:
    from openpyxl.utils import range_boundaries

    places = [range_boundaries(each) for each in references]
    return [(row, column - 1, said) for column, row, _, _ in places]


def _apart_styles(book: Any) -> dict[int, str]:
    """What is wrong with the cells of a style whose whole text is struck through, raised or lowered, by its number."""
    fonts = {
        number: _ALL_STRUCK if font.strike else _ALL_RAISED
        for number, font in enumerate(book._fonts)
        if font.strike or font.vertAlign in _SPECIAL
    }
    styles = enumerate(book._cell_styles)
    return {number: fonts[style.fontId] for number, style in styles if style.fontId in fonts}


def _told(book: Any, sheet: Any) -> Told:
    with book._archive.open(sheet._worksheet_path) as part:
        return Told(part)


def _sets_apart(tag: str, value: str) -> bool:
    return (tag == "vertAlign" and value in _SPECIAL) or (tag == "strike" and value not in {"0", "false"})


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    """By a filter, by hand, or because it was drawn to no size that anybody sees."""
    return attributes.get("hidden") in {"1", "true"} or float(attributes.get(size, 99)) < _SEEN


def _text(cell: Any) -> tuple[str, str]:
    """The cell as a person reads it, and what is wrong with it (empty when nothing is)."""
    value, kind = cell.value, cell.data_type
    if value is None:
        return "", ""
    if kind == "f":
        return "", "The cell holds a formula. Copy it and paste it as a value."
    if kind == "e":
        return str(value), f"The cell shows the error {value}."
    if isinstance(value, list):
        text, fault = _rich(value)
        return text, fault or _formats().text_shown(text, cell.number_format)
    if isinstance(value, (datetime, date, time, timedelta)):
        return _day(value, cell.number_format)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(value, cell.number_format)
    text = {True: "yes", False: "no"}[value] if isinstance(value, bool) else _unescaped(str(value))
    return text, _formats().text_shown(text, cell.number_format)


def _rich(parts: Sequence[Any]) -> tuple[str, str]:
    """A text of several parts, as one; a part that is set apart is not read as if it were not."""
    marked = any(
        (font := getattr(part, "font", None)) and (font.strike or font.vertAlign in _SPECIAL) and str(part).strip()
        for part in parts
    )
    return _unescaped("".join(str(part) for part in parts)), _PART_MARKED if marked else ""


def _unescaped(text: str) -> str:
    """What Excel keeps as _x000D_ is the sign it stands for; line ends are one sign."""
    from openpyxl.utils.escape import unescape

    if "_x" in text:
        text = unescape(text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _number(value: float, number_format: str) -> tuple[str, str]:
    # Fifteen digits are what Excel itself shows: 0.1 + 0.2 is 0.3 to the person who typed it.
    read, fault = _formats().number_shown(Decimal(format(value, ".15g")), number_format)
    return str(read), str(fault)


def _day(value: Any, number_format: str) -> tuple[str, str]:
    """2015-06 for a date shown as a month and year, else the whole date; a time of day stays in sight."""
    if isinstance(value, (time, timedelta)):
        return str(value), ""
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return value.isoformat(sep=" "), ""
    read, fault = _formats().day_shown(str(value)[:10], number_format)
    return str(read), str(fault)


@cache
def _formats() -> Any:
    """The module beside this file, whose folder is on no path here: what else stands in it is not to be imported."""
    spec = spec_from_file_location("number_formats", Path(__file__).with_name("number_formats.py"))
    assert spec is not None  # noqa: S101 - the file stands beside this one
    assert spec.loader is not None  # noqa: S101
    found = sys.modules["number_formats"] = module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
