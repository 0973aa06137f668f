"""Workbooks as text: looked over before they are unpacked, then read by a child with little memory and time."""

import io
import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from intake.files.tables import MOST_COLUMNS, FileNotReadError, Table, make_table
from performance.ground.incoming import RowProblem

MOST_BYTES = 10_000_000
MOST_UNPACKED = 80_000_000
MOST_RATIO = 100
MOST_PARTS = 200
MOST_ROWS = 60_000
_SECONDS, _MOST_NAMED = 40, 12
# A reader may take all its time and half a gigabyte, on a machine that serves pages meanwhile: others wait their turn.
AT_ONCE, PATIENCE = 2, 90
_places = threading.BoundedSemaphore(AT_ONCE)
# What else comes as a zip, by a part that no other has, and what to do with it.
_OTHERS = {
    "xl/workbook.bin": "is a binary workbook (.xlsb). Save it as an Excel workbook (.xlsx).",
    "content.xml": "is an OpenDocument spreadsheet (.ods). Save it as an Excel workbook (.xlsx), or as CSV UTF-8.",
    "Index/Document.iwa": "is a Numbers document. Export it as an Excel workbook (.xlsx), or as CSV UTF-8.",
}
_STRICT = b"purl.oclc.org/ooxml"
_CHILD = Path(__file__).with_name("workbook_child.py")


def read_workbook(content: bytes, *, name: str) -> list[Table]:
    """The visible sheets of an .xlsx workbook that hold anything. Raises FileNotReadError with a sentence."""
    _look_over(content, name)
    sheets = _read_in_child(content, name)
    for sheet in sheets:
        if sheet["hidden"] and sheet["records"]:
            raise FileNotReadError(f'{name} has a hidden sheet "{sheet["name"]}". Show it or delete it.')
        for what, unseen in (("rows", sheet["unseen_rows"]), ("columns", sheet["unseen_columns"])):
            if unseen:
                raise FileNotReadError(
                    f'The sheet "{sheet["name"]}" has {what} that are not shown: {_listed(unseen)}. A filter or a'
                    " person hid them. Show them all, or delete them, and save it again."
                )
        if sheet["too_wide"]:
            raise FileNotReadError(f'The sheet "{sheet["name"]}" has more than {MOST_COLUMNS} columns.')
        if sheet["too_long"]:
            raise FileNotReadError(
                f'The sheet "{sheet["name"]}" has more than {MOST_ROWS:,} rows. Use CSV for so many.'
            )
    tables = [_table(sheet) for sheet in sheets if any(any(record) for record in sheet["records"])]
    if not tables:
        raise FileNotReadError(f"{name} is empty.")
    return tables


def _listed(places: Sequence[object]) -> str:
    rest = f" and {len(places) - _MOST_NAMED:,} more" if len(places) > _MOST_NAMED else ""
    return ", ".join(str(each) for each in places[:_MOST_NAMED]) + rest


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
    if problem := next((problem for part, problem in _OTHERS.items() if part in names), ""):
        return problem
    if "xl/workbook.xml" not in names:
        return "is not an Excel workbook (.xlsx)."
    if _STRICT in archive.read("xl/workbook.xml")[:4096]:
        return "is saved as Strict Open XML. In Excel choose Save As, Excel Workbook (.xlsx), not Strict."
    return _what_it_brings(names)


def _what_it_brings(names: Collection[str]) -> str:
    if any(part.endswith("vbaProject.bin") for part in names):
        return "contains macros. Save it as .xlsx without them."
    if any(part.startswith("xl/externalLinks/") for part in names):
        return "links to other workbooks. Break the links (Data, Edit Links) and save it again."
    return ""


@contextmanager
def _turn(name: str) -> Iterator[None]:
    """One of the few places for readers of this process, once it is free. Raises FileNotReadError after a while."""
    if not _places.acquire(timeout=PATIENCE):
        raise FileNotReadError(f"{name} waited for other workbooks that are being read. Try again in a few minutes.")
    try:
        yield
    finally:
        _places.release()


def _read_in_child(content: bytes, name: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-I", str(_CHILD), str(MOST_ROWS), str(MOST_COLUMNS)]
    try:
        with _turn(name):
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
