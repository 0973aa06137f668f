"""CSV as text: UTF-8 and nothing else, by the csv module, every cell a text."""

import csv
import io

from intake.tables import FileNotReadError, Table, make_table

MOST_BYTES = 40_000_000
_LONGEST_CELL = 100_000


def read_csv(content: bytes, *, name: str) -> Table:
    """The table in a CSV file. Raises FileNotReadError where it is not one, or not UTF-8."""
    if len(content) > MOST_BYTES:
        raise FileNotReadError(f"{name} is larger than {MOST_BYTES // 1_000_000} MB. Split it into smaller files.")
    text = _decoded(content, name)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        records = [record for record in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error as fault:
        raise FileNotReadError(f"{name} cannot be read as CSV: {fault}. Save it again as CSV UTF-8.") from fault
    if records and len(records[0]) == 1 and any(mark in records[0][0] for mark in ";\t"):
        raise FileNotReadError(f"{name} is not separated by commas. Save it as CSV UTF-8 (comma delimited).")
    return make_table(name, records)


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
