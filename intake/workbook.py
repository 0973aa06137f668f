"""Workbooks as text: looked over before they are unpacked, then read by a child with little memory and time."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from intake.tables import MOST_COLUMNS, FileNotReadError, Table, make_table
from performance.incoming import RowProblem

MOST_BYTES = 10_000_000
MOST_UNPACKED = 80_000_000
MOST_RATIO = 100
MOST_PARTS = 200
MOST_ROWS = 60_000
_SECONDS = 40
_CHILD = Path(__file__).with_name("workbook_child.py")


def read_workbook(content: bytes, *, name: str) -> list[Table]:
    """The visible sheets of an .xlsx workbook that hold anything. Raises FileNotReadError with a sentence."""
    _look_over(content, name)
    sheets = _read_in_child(content, name)
    for sheet in sheets:
        if sheet["hidden"] and sheet["records"]:
            raise FileNotReadError(f'{name} has a hidden sheet "{sheet["name"]}". Show it or delete it.')
        if sheet["too_wide"]:
            raise FileNotReadError(f'The sheet "{sheet["name"]}" has more than {MOST_COLUMNS} columns.')
        if len(sheet["records"]) > MOST_ROWS:
            raise FileNotReadError(
                f'The sheet "{sheet["name"]}" has more than {MOST_ROWS:,} rows. Use CSV for so many.'
            )
    tables = [_table(sheet) for sheet in sheets if any(any(record) for record in sheet["records"])]
    if not tables:
        raise FileNotReadError(f"{name} is empty.")
    return tables


def _look_over(content: bytes, name: str) -> None:
    if len(content) > MOST_BYTES:
        raise FileNotReadError(f"{name} is larger than {MOST_BYTES // 1_000_000} MB. Use CSV for so many figures.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileNotReadError(f"{name} is an old .xls workbook or has a password. Save it as .xlsx without one.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as fault:
        raise FileNotReadError(f"{name} is not an Excel workbook (.xlsx).") from fault
    with archive:
        if problem := _what_is_wrong(archive, len(content)):
            raise FileNotReadError(f"{name} {problem}")


def _what_is_wrong(archive: zipfile.ZipFile, size: int) -> str:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS:
        return f"has {len(parts):,} parts, more than any workbook of figures needs."
    if unpacked > min(MOST_UNPACKED, MOST_RATIO * size):
        return f"would unpack to {unpacked:,} bytes, which is not read."
    if "xl/workbook.xml" not in names:
        return "is not an Excel workbook (.xlsx)."
    if any(part.endswith("vbaProject.bin") for part in names):
        return "contains macros. Save it as .xlsx without them."
    if any(part.startswith("xl/externalLinks/") for part in names):
        return "links to other workbooks. Break the links (Data, Edit Links) and save it again."
    return ""


def _read_in_child(content: bytes, name: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-I", str(_CHILD), str(MOST_ROWS), str(MOST_COLUMNS)]
    try:
        child = subprocess.run(  # noqa: S603 - our own program, and no text of the user's in the command
            command, input=content, capture_output=True, timeout=_SECONDS, check=True
        )
    except subprocess.TimeoutExpired as fault:
        raise FileNotReadError(f"{name} took too long to read. Use CSV for so many figures.") from fault
    except subprocess.CalledProcessError as fault:
        raise FileNotReadError(
            f"{name} could not be read as an Excel workbook. Open it in Excel and save it again as .xlsx."
        ) from fault
    sheets: list[dict[str, Any]] = json.loads(child.stdout)
    return sheets


def _table(sheet: dict[str, Any]) -> Table:
    width = max(len(record) for record in sheet["records"])
    # Excel leaves out empty cells at the end of a row, so every row is made as wide as the widest.
    records = [record + [""] * (width - len(record)) for record in sheet["records"]]
    table = make_table(sheet["name"], records)
    faults = [
        RowProblem(
            row=row,
            column=table.columns[place] if place < len(table.columns) else "",
            message=message,
            sheet=table.name,
        )
        for row, place, message in sheet["faults"]
    ]
    if not faults:
        return table
    return Table(
        name=table.name,
        columns=table.columns,
        rows=table.rows,
        problems=(*table.problems, *faults),
        raw=table.raw,
    )
