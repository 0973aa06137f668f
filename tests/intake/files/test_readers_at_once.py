"""However many bring in workbooks at once, few are read at once: the machine goes on serving pages."""

import io
import os
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter

from intake.files import workbook
from intake.files.opening import read_tables
from intake.files.tables import FileNotReadError

ROWS = 500


def large() -> bytes:
    """Long enough to read that the readers of several would meet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("figures")
    for row in range(ROWS):
        sheet.write_row(row, 0, [f"{row}.{column}" for column in range(6)])
    book.close()
    return out.getvalue()


def readers() -> int:
    """How many children of ours read a workbook now."""
    found = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            found += parent == os.getpid() and b"workbook_child" in (process / "cmdline").read_bytes()
    return found


def test_few_workbooks_are_read_at_once_and_all_of_them_are_read() -> None:
    content, most = large(), 0
    with ThreadPoolExecutor(2 * workbook.AT_ONCE) as people:
        read = [people.submit(read_tables, "a.xlsx", content) for _ in range(2 * workbook.AT_ONCE)]
        while not all(each.done() for each in read):
            most = max(most, readers())
    assert [len(each.result()[0].rows) for each in read] == [ROWS - 1] * len(read)
    assert most == workbook.AT_ONCE


def test_who_waits_too_long_is_told_so_and_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "PATIENCE", 0.05)
    content = large()
    for _ in range(workbook.AT_ONCE):
        workbook._places.acquire()
    try:
        with pytest.raises(FileNotReadError, match=r"a\.xlsx waited for other workbooks.*Try again in a few minutes\."):
            read_tables("a.xlsx", content)
    finally:
        for _ in range(workbook.AT_ONCE):
            workbook._places.release()
    assert len(read_tables("a.xlsx", content)[0].rows) == ROWS - 1


def test_a_workbook_that_cannot_be_read_gives_its_place_back() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(large())) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as broken:
        for part in whole.namelist():
            broken.writestr(part, "<worksheet" if "worksheets/" in part else whole.read(part))
    for _ in range(workbook.AT_ONCE + 1):
        with pytest.raises(FileNotReadError, match="could not be read as an Excel workbook"):
            read_tables("a.xlsx", out.getvalue())
    assert len(read_tables("a.xlsx", large())[0].rows) == ROWS - 1
