"""CSV as text: UTF-8 and nothing else, by the csv module, every cell a text."""

import csv
import io
import re

from intake.files.tables import FileNotReadError, Table, make_table

MOST_BYTES = 40_000_000
_LONGEST_CELL = 100_000
# A line above the headings by which Excel is told how they are separated.
_EXCELS_OWN = re.compile(r"\A\"?sep=,\"?\r?\n", re.IGNORECASE)
_QUOTED = re.compile('"[^"]*"')
_OTHERS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}


def read_csv(content: bytes, *, name: str) -> Table:
    """The table in a CSV file. Raises FileNotReadError where it is not one, or not UTF-8."""
    if len(content) > MOST_BYTES:
        raise FileNotReadError(f"{name} is larger than {MOST_BYTES // 1_000_000} MB. Split it into smaller files.")
    text = _EXCELS_OWN.sub("", _decoded(content, name))
    if other := _separator(text):
        said = f"{name} is not separated by commas, but by {other}"
        raise FileNotReadError(f"{said}. Save it as CSV UTF-8 (comma delimited).")
    csv.field_size_limit(_LONGEST_CELL)
    try:
        records = [record for record in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error as fault:
        raise FileNotReadError(f"{name} cannot be read as CSV: {fault}. Save it again as CSV UTF-8.") from fault
    return make_table(name, records)


def _separator(text: str) -> str:
    """What separates the headings, where that is no comma; empty where it is."""
    first = _QUOTED.sub("", text.split("\n", 1)[0])
    mark = max(_OTHERS, key=first.count)
    return _OTHERS[mark] if first.count(mark) > first.count(",") else ""


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise FileNotReadError(f"{name} is a workbook, not a CSV file. Give it the ending .xlsx.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileNotReadError(f"{name} is UTF-16 text. Save it as CSV UTF-8 (comma delimited).")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        row = content[: fault.start].count(b"\n") + 1
        raise FileNotReadError(
            f"{name} is not UTF-8 text: line {row} holds a letter in another encoding."
            " In Excel choose Save As, CSV UTF-8 (comma delimited)."
        ) from fault
    if "\0" in text:
        raise FileNotReadError(f"{name} holds a zero byte, which no text has. Save it again as CSV UTF-8.")
    return text
