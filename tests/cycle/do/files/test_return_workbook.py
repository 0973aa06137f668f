"""The workbook of a return: taken away, filled in elsewhere, brought back; bad ones named by sheet, row and column."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from cycle.do import returns
from cycle.do.files import uploads
from cycle.do.files.uploads import ForReturn, Given
from intake.files import problems_file
from intake.files.tables import FileNotReadError
from performance.do.typed import Choice
from performance.do.uploads import Standing
from performance.ground.people import User
from tests.builders import a_user, add_council, add_figure, add_measure
from tests.cycle.do.files.test_uploads import OCTOBER, a_service, compared, kept, opened, put
from tests.paste_fixture import PASTED, expected_message

pytestmark = pytest.mark.usefixtures("sqlite_database")


def filled_in(
    user: User, cells: dict[str, object], *, row: int = 2, change: Callable[[Any], None] | None = None
) -> bytes:
    """The workbook as it is downloaded, with these cells of its first row filled in by another program."""
    book = openpyxl.load_workbook(io.BytesIO(uploads.build_workbook("WASTE", OCTOBER, by=user)))
    sheet = book["figures"]
    headings = {cell.value: cell.column for cell in sheet[1]}
    for heading, value in cells.items():
        sheet.cell(2, headings[heading]).value = value
    if change is not None:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_workbook_has_my_rows_locked_codes_choices_and_notes_and_opens_in_another_program() -> None:
    book = openpyxl.load_workbook(io.BytesIO(uploads.build_workbook("WASTE", OCTOBER, by=a_service())))
    sheet = book["figures"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["COUNT", "SHARE"]
    headings = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.protection.sheet
    assert sheet.cell(2, headings["Code"]).protection.locked
    assert not sheet.cell(2, headings["Value"]).protection.locked
    assert {each.type for each in sheet.data_validations.dataValidation} == {"list", "decimal", None}
    assert not sheet.merged_cells.ranges
    assert "2017-10-WASTE" in [cell.value for cell in book["notes"]["B"]]


def test_a_workbook_filled_in_comes_back_with_its_formats_minded() -> None:
    manager = a_service()
    add_measure("RATE", title="Repairs on time", unit="percent", decimals=1)

    def as_percent(book: Any) -> None:
        sheet = book["figures"]
        column = next(cell.column for cell in sheet[1] if cell.value == "Value")
        sheet.cell(3, column).value, sheet.cell(3, column).number_format = 0.965, "0.0%"

    content = filled_in(manager, {"Value": 91, "Who": "Crew leader"}, change=as_percent)
    diff = compared(manager, name="October 2017 figures.xlsx", content=content)
    assert {row.code: row.after for row in diff.rows if row.standing is Standing.NEW} == {
        "COUNT": "91.0", "RATE": "96.5%",
    }  # fmt: skip
    put(manager, name="October 2017 figures.xlsx", content=content)
    assert kept(manager)["COUNT"].answer.commentary.who == "Crew leader"


def test_whatever_stands_in_a_workbook_comes_to_its_number_or_to_a_sentence() -> None:
    """One row a text, as a person would paste a column into it."""
    add_council()
    texts = [text for text in PASTED if text.strip()]
    for number, _ in enumerate(texts):
        add_measure(f"M{number:02d}", title=f"Matter {number}", may_be_negative=True, decimals=1)
    manager = a_user()

    def column(book: Any) -> None:
        for number, text in enumerate(texts):
            at("Value", text, row=number + 2)(book)

    rows = compared(manager, name="a.xlsx", content=filled_in(manager, {}, change=column)).rows
    read = {row.row: row for row in rows}
    for number, text in enumerate(texts):
        row, expected = read[number + 2], PASTED[text]
        if isinstance(expected, Decimal):
            assert (row.standing, row.after) == (Standing.NEW, f"{expected:,.1f}"), text
        else:
            assert row.standing is Standing.PROBLEM
            assert expected_message(text, f"Matter {number}") in row.said


def test_an_absence_written_in_place_of_a_number_is_that_kind_of_answer() -> None:
    manager = a_service()

    content = filled_in(manager, {"Value": "[x]", "Answer": "A figure", "Until": "30/11/2017"})
    put(manager, name="a.xlsx", content=content)
    answer = kept(manager)["COUNT"].answer
    assert (answer.choice, answer.value, answer.until) == (Choice.NOT_PUBLISHED, "", "30/11/2017")
    put(manager, name="a.xlsx", content=filled_in(manager, {"Answer": "[z]"}))
    assert kept(manager)["COUNT"].answer.choice is Choice.NOT_APPLICABLE


def test_a_number_beside_an_absence_in_a_workbook_is_never_dropped() -> None:
    manager = a_service()
    content = filled_in(manager, {"Value": 12, "Answer": "Not yet available", "Until": "30/11/2017"})
    found = compared(manager, name="October 2017 figures.xlsx", content=content).of(Standing.PROBLEM)
    assert [row.row for row in found] == [2]
    assert 'The row has "12" beside "Not yet available". Keep one of the two' in found[0].said


def test_the_error_report_is_the_same_workbook_with_a_problems_column() -> None:
    manager = a_service()
    found = opened(manager, name="a.xlsx", content=filled_in(manager, {"Value": "many", "Why": "=HYPERLINK(1)"[1:]}))
    diff = uploads.compare_rows(found, by=manager)
    report = openpyxl.load_workbook(io.BytesIO(uploads.with_problems(found, diff, by=manager)))["figures"]
    headings = {cell.value: cell.column for cell in report[1]}
    assert report.cell(2, headings["Value"]).value == "many"
    assert report.cell(2, headings["Problems"]).value == 'Missed bins must be a number, like 9.4, not "many".'
    assert not report.cell(3, headings["Problems"]).value


def at(column: str, value: object, *, row: int = 2) -> Callable[[Any], None]:
    def fill(book: Any) -> None:
        sheet = book["figures"]
        sheet.cell(row, next(cell.column for cell in sheet[1] if cell.value == column)).value = value

    return fill


def a_second_heading(book: Any) -> None:
    sheet = book["figures"]
    for cell in sheet[1]:
        sheet.cell(3, cell.column).value = cell.value


def a_merged_cell(book: Any) -> None:
    sheet = book["figures"]
    sheet.protection.sheet = False
    sheet.merge_cells("J2:J3")


def a_hidden_sheet(book: Any) -> None:
    sheet = book.create_sheet("secret")
    sheet.append(["x"])
    sheet.sheet_state = "hidden"


def another_month(book: Any) -> None:
    for row in book["notes"].iter_rows():
        if row[1].value == "2017-10-WASTE":
            row[1].value = "2017-09-WASTE"


def another_column(book: Any) -> None:
    sheet = book["figures"]
    sheet.cell(1, sheet.max_column + 1).value = "My column"
    sheet.cell(2, sheet.max_column).value = "x"


@pytest.mark.parametrize(
    ("change", "row", "said"),
    [
        pytest.param(at("Value", "=1+1"), 2, "formula", id="a formula"),
        pytest.param(at("Value", date(2017, 10, 1)), 2, 'must be a number, like 9.4, not "2017-10', id="a date"),
        pytest.param(at("Code", "SHARE"), 3, "SHARE stands in row 2 already", id="a row twice"),
        pytest.param(at("Code", "NOPE"), 2, 'Measure code "NOPE" is not in this return', id="an unknown code"),
        pytest.param(at("Code", None), 2, "The code is empty", id="no code"),
        pytest.param(at("Answer", "Perhaps"), 2, '"Perhaps" is not one of', id="no such answer"),
        pytest.param(at("Numerator", 5), 2, "Leave numerator empty", id="a box that is not used"),
        pytest.param(a_second_heading, 3, 'Measure code "Code" is not in this return', id="two headings"),
        pytest.param(a_merged_cell, 2, "The cell is merged with others", id="merged cells"),
    ],
)
def test_a_bad_row_of_a_workbook_is_named_by_its_row(change: Callable[[Any], None], row: int, said: str) -> None:
    manager = a_service()
    content = filled_in(manager, {"Value": 91}, change=change)
    problems = compared(manager, name="a.xlsx", content=content).of(Standing.PROBLEM)
    assert (row, True) in [(each.row, said in each.said) for each in problems], problems
    assert kept(manager) == {}


def a_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 90_000_000)
    return out.getvalue()


def with_macros(content: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(another_month, "for the return 2017-09-WASTE, not for 2017-10-WASTE", id="another month"),
        pytest.param(
            another_column, 'has a column "my_column" that the template does not have', id="a column too many"
        ),
        pytest.param(a_hidden_sheet, 'has a hidden sheet "secret"', id="a hidden sheet"),
    ],
)
def test_a_workbook_that_is_not_ours_any_more_says_what_is_different(change: Callable[[Any], None], said: str) -> None:
    manager = a_service()
    with pytest.raises(FileNotReadError, match=said):
        opened(manager, name="a.xlsx", content=filled_in(manager, {"Value": 91}, change=change))
    assert kept(manager) == {}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("a.xlsx", b"not a workbook", "is not an Excel workbook", id="no workbook"),
        pytest.param("a.xls", b"\xd0\xcf\x11\xe0", "must be an Excel workbook", id="an old one"),
        pytest.param("a.xlsm", b"", "must be an Excel workbook", id="an ending for macros"),
        pytest.param("a.pdf", b"%PDF", "must be an Excel workbook", id="a document"),
    ],
)
def test_what_is_no_workbook_at_all_says_so(name: str, content: bytes, said: str) -> None:
    manager = a_service()
    with pytest.raises(FileNotReadError, match=said):
        opened(manager, name=name, content=content)
    assert kept(manager) == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(lambda _: a_bomb(), "would unpack to", id="a zip bomb"),
        pytest.param(lambda _: b"PK\x03\x04" + bytes(50_000_000), "is larger than 10 MB", id="fifty megabytes"),
        pytest.param(lambda content: with_macros(content), "contains macros", id="macros"),
    ],
)
def test_a_workbook_that_is_dangerous_or_too_large_is_never_unpacked(
    content: Callable[[bytes], bytes], said: str
) -> None:
    manager = a_service()
    handed_in = Given(name="a.xlsx", content=content(filled_in(manager, {"Value": 91})))
    with pytest.raises(FileNotReadError, match=said):
        read_through(handed_in, manager)
    assert kept(manager) == {}


def read_through(handed_in: Given, user: User) -> None:
    """To the end of the reading, which a large file has in the background."""
    found = uploads.open_given(handed_in, returns.my_return("WASTE", OCTOBER, by=user))
    if not isinstance(found, ForReturn):
        reading = found.begin(by=user)
        assert reading.wait(60)
        reading.outcome()


@pytest.mark.parametrize("text", ["<r>x & y</r>", "<r></t></si></r>"])
def test_a_text_that_looks_like_a_sheets_own_markup_stays_a_text(text: str) -> None:
    manager = a_service()
    add_figure("COUNT", "2017-10", "50", commentary=text)
    book = openpyxl.load_workbook(io.BytesIO(uploads.build_workbook("WASTE", OCTOBER, by=manager)))
    assert text in "".join(str(cell.value) for row in book["figures"].iter_rows() for cell in row)
    problems = openpyxl.load_workbook(io.BytesIO(problems_file.as_workbook([["value", "problems"], [text, text]])))
    assert problems["figures"]["A2"].value.strip() == text
