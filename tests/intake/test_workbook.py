"""Workbooks: what a person sees in a cell is what is read; hostile ones are refused quickly."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from intake.files import read_tables
from intake.tables import FileNotReadError


def workbook(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def one_cell(value: object, number_format: str = "General") -> str:
    def fill(book: Any) -> None:
        book.active.append(["value", "after"])
        book.active.append([value, "x"])
        book.active["A2"].number_format = number_format

    return read_tables("a.xlsx", workbook(fill))[0].rows[0].cells["value"]


@pytest.mark.parametrize(
    ("value", "number_format", "read"),
    [
        pytest.param(0.965, "0.0%", "96.5%", id="a percent cell"),
        pytest.param(1204, "#,##0", "1204", id="a whole number"),
        pytest.param(0.1 + 0.2, "General", "0.3", id="fifteen digits, as Excel shows"),
        pytest.param(1e-07, "General", "0.0000001", id="never with an exponent"),
        pytest.param(date(2015, 6, 1), "mmm-yy", "2015-06", id="a month that Excel made a date"),
        pytest.param(date(2015, 6, 1), "dd/mm/yyyy", "2015-06-01", id="a date"),
        pytest.param(datetime(2015, 6, 1, 12, 30), "dd/mm/yy hh:mm", "2015-06-01 12:30:00", id="a time stays in sight"),  # noqa: DTZ001
        pytest.param("007", "@", "007", id="a code with noughts"),
        pytest.param("'=1+1", "General", "=1+1", id="an apostrophe of ours"),
        pytest.param(True, "General", "yes", id="true is yes"),
    ],
)
def test_a_cell_is_read_as_a_person_reads_it(value: object, number_format: str, read: str) -> None:
    assert one_cell(value, number_format) == read


@pytest.mark.parametrize(("value", "said"), [("=A1+1", "formula"), ("#DIV/0!", "error")])
def test_formulas_and_errors_are_problems_at_their_cell(value: str, said: str) -> None:
    def fill(book: Any) -> None:
        book.active.append(["measure_code", "value"])
        book.active.append(["x", value])
        if value.startswith("#"):
            book.active["B2"].data_type = "e"

    (table,) = read_tables("a.xlsx", workbook(fill))
    assert [(problem.row, problem.column) for problem in table.problems] == [(2, "value")]
    assert said in table.problems[0].message


def test_empty_sheets_are_passed_over_and_hidden_ones_refused() -> None:
    def two(book: Any) -> None:
        book.active.append(["a"])
        book.create_sheet("empty")

    def hidden(book: Any) -> None:
        two(book)
        book["empty"].append(["b"])
        book["empty"].sheet_state = "hidden"

    assert [table.name for table in read_tables("a.xlsx", workbook(two))] == ["Sheet"]
    with pytest.raises(FileNotReadError, match='hidden sheet "empty"'):
        read_tables("a.xlsx", workbook(hidden))


def with_part(name: str, content: bytes) -> bytes:
    out = io.BytesIO(workbook(lambda book: book.active.append(["a"])))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def replaced(name: str, content: bytes) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(workbook(lambda book: book.active.append(["a"]))))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in source.namelist():
            archive.writestr(each, content if each == name else source.read(each))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9)
)
LAUGHS += b"]><worksheet><sheetData><row><c><v>&j;</v></c></row></sheetData></worksheet>"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"a,b\n1,2\n", "not an Excel workbook", id="CSV named .xlsx"),
        pytest.param(b"\xd0\xcf\x11\xe0" + bytes(600), "password", id="old .xls, or a password"),
        pytest.param(with_part("xl/vbaProject.bin", b"x"), "macros", id="macros"),
        pytest.param(with_part("xl/externalLinks/externalLink1.xml", b"<x/>"), "links", id="links elsewhere"),
        pytest.param(with_part("xl/media/big.bin", bytes(90_000_000)), "unpack", id="a zip bomb"),
        pytest.param(replaced(SHEET, LAUGHS), "could not be read", id="a billion laughs"),
        pytest.param(replaced(SHEET, b"<worksheet><broken"), "could not be read", id="broken inside"),
        pytest.param(bytes(10_000_001), "larger than 10 MB", id="too large"),
        pytest.param(workbook(lambda book: book.create_sheet()), "empty", id="empty"),
    ],
)
def test_a_workbook_that_is_no_plain_one_is_refused_with_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(FileNotReadError, match=said):
        read_tables("a.xlsx", content)


def test_a_sheet_that_claims_a_million_columns_is_read_as_far_as_it_goes() -> None:
    claim = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    with pytest.raises(FileNotReadError, match="rows"):
        read_tables("a.xlsx", replaced(SHEET, claim))


def test_a_cell_far_to_the_right_is_not_passed_over_in_silence() -> None:
    def fill(book: Any) -> None:
        book.active.append(["a"])
        book.active.cell(row=2, column=150, value="lost")

    with pytest.raises(FileNotReadError, match="more than 100 columns"):
        read_tables("a.xlsx", workbook(fill))
