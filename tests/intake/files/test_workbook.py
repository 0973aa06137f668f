"""Workbooks: what a person sees in a cell is what is read; hostile ones are refused quickly."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from intake.files.opening import read_tables
from intake.files.tables import FileNotReadError


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


# As a person sees it, or refused


@pytest.mark.parametrize(
    ("value", "number_format", "read"),
    [
        pytest.param(1.1, "0.00", "1.10", id="a code that a format shows"),
        pytest.param(42, "0000", "0042", id="a code with noughts before it"),
        pytest.param(1234.5, '#,##0.00 "kg"', "1234.50", id="separators and words of the format are no digits"),
        pytest.param(0.5, "0.0%", "50.0%", id="a percent with a nought"),
        pytest.param(-3, "0.0;[Red]-0.0", "-3.0", id="below nought"),
        pytest.param(12.345, "0.0", "12.345", id="what the sheet holds, where it shows less"),
        pytest.param(1500000, "0.0E+00", "1500000", id="never with an exponent, whatever the format"),
        pytest.param("First line_x000D_\nsecond line", "General", "First line\nsecond line", id="a line end"),
        pytest.param("_x005F_x000D_", "General", "_x000D_", id="the letters themselves"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(value: object, number_format: str, read: str) -> None:
    assert one_cell(value, number_format) == read


def problems_of(content: bytes) -> list[tuple[int, str, str]]:
    (table,) = read_tables("a.xlsx", content)
    return [(each.row, each.column, each.message) for each in table.problems]


def written(fill: Callable[[xlsxwriter.Workbook, Any], None]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("figures")
        sheet.write_row(0, 0, ["measure_code", "value"])
        sheet.write_row(1, 0, ["x", 45])
        sheet.write_row(2, 0, ["y", 46])
        fill(book, sheet)
    return out.getvalue()


@pytest.mark.parametrize("mark", [{"font_script": 1}, {"font_script": 2}, {"font_strikeout": True}])
def test_a_part_that_is_set_apart_is_never_read_as_digits(mark: dict[str, Any]) -> None:
    content = written(lambda book, sheet: sheet.write_rich_string(1, 1, "45", book.add_format(mark), "1"))
    assert [(row, column) for row, column, _ in problems_of(content)] == [(2, "value")]
    plain = written(lambda book, sheet: sheet.write_rich_string(1, 1, "45", book.add_format({"bold": True}), "1"))
    assert problems_of(plain) == []
    assert read_tables("a.xlsx", plain)[0].rows[0].cells["value"] == "451"


def test_a_cell_that_is_struck_through_or_shown_in_thousands_is_refused() -> None:
    struck = written(lambda book, sheet: sheet.write(1, 1, 45, book.add_format({"font_strikeout": True})))
    scaled = written(lambda book, sheet: sheet.write(1, 1, 45000, book.add_format({"num_format": "#,##0,"})))
    for content, said in ((struck, "struck through"), (scaled, "shows thousands and holds 45000")):
        ((row, column, message),) = problems_of(content)
        assert (row, column) == (2, "value")
        assert said in message


@pytest.mark.parametrize(
    ("hide", "said"),
    [
        (lambda sheet: sheet.set_row(1, None, None, {"hidden": True}), "rows that are not shown: 2"),
        (lambda sheet: sheet.set_row(2, 0), "rows that are not shown: 3"),
        (lambda sheet: sheet.set_column(1, 1, None, None, {"hidden": True}), "columns that are not shown: B"),
    ],
)
def test_what_is_hidden_is_said_by_its_number_before_anything_is_read(hide: Callable[[Any], None], said: str) -> None:
    with pytest.raises(FileNotReadError, match=said):
        read_tables("a.xlsx", written(lambda _, sheet: hide(sheet)))


def test_what_is_hidden_and_empty_is_nobodys_figure() -> None:
    content = written(lambda _, sheet: sheet.set_row(9, None, None, {"hidden": True}))
    assert len(read_tables("a.xlsx", content)[0].rows) == 2


def test_a_format_at_the_last_row_makes_no_rows() -> None:
    content = written(lambda book, sheet: sheet.write_blank(1_048_575, 0, None, book.add_format({"bold": True})))
    assert [row.number for row in read_tables("a.xlsx", content)[0].rows] == [2, 3]


def test_a_row_after_empty_ones_keeps_its_number() -> None:
    content = written(lambda _, sheet: sheet.write_row(7, 0, ["z", 47]))
    assert [row.number for row in read_tables("a.xlsx", content)[0].rows] == [2, 3, 8]


def edited(content: bytes, edit: Callable[[str], str], *, part: str) -> bytes:
    """The workbook with the text of a part changed, as another program would have written it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            text = old.read(each)
            new.writestr(each, edit(text.decode()).encode() if each == part else text)
    return out.getvalue()


def prefixed(text: str) -> str:
    """Every element of the sheet by a prefix, which means the same."""
    declared = text.replace('xmlns="', 'xmlns:x="', 1)
    return re.sub(r"<(/?)(?=[a-zA-Z])(?!\?)", r"<\1x:", declared)


def test_guards_hold_whatever_prefix_the_sheet_is_written_with() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    merged = written(lambda _, sheet: sheet.merge_range(1, 0, 2, 0, "x"))
    assert [row for row, _, _ in problems_of(edited(merged, prefixed, part=sheet))] == [2]
    hidden = written(lambda _, sheet: sheet.set_row(1, None, None, {"hidden": True}))
    with pytest.raises(FileNotReadError, match="rows that are not shown: 2"):
        read_tables("a.xlsx", edited(hidden, prefixed, part=sheet))
    raised = '<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'
    own_text = f'<c r="B2" t="inlineStr"><is><r><t>45</t></r>{raised}</is>'
    inline = edited(written(lambda *_: None), lambda text: re.sub('<c r="B2">.*?(?=</c>)', own_text, text), part=sheet)
    assert [(row, column) for row, column, _ in problems_of(inline)] == [(2, "value")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            edited(
                workbook(lambda book: book.active.append(["a"])),
                lambda text: text.replace("http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"),
                part="xl/workbook.xml",
            ),
            "Strict Open XML. In Excel choose Save As",
        ),
        (with_part("content.xml", b"<x/>"), "OpenDocument spreadsheet"),
        (with_part("xl/workbook.bin", b""), "binary workbook"),
        (with_part("Index/Document.iwa", b""), "Numbers document"),
    ],
)
def test_another_dialect_is_named_with_what_to_save_it_as(content: bytes, said: str) -> None:
    with pytest.raises(FileNotReadError, match=said):
        read_tables("a.xlsx", content)


@pytest.mark.parametrize("style", [{"num_format": ";;;"}, {"font_strikeout": True}])
def test_a_condition_that_shows_a_cell_otherwise_is_refused_and_one_that_colours_it_is_not(
    style: dict[str, Any],
) -> None:
    def with_rule(look: dict[str, Any]) -> bytes:
        def fill(book: Any, sheet: Any) -> None:
            rule = {"type": "cell", "criteria": ">", "value": 0, "format": book.add_format(look)}
            sheet.conditional_format("B2:B2", rule)

        return written(fill)

    ((row, column, message),) = problems_of(with_rule(style))
    assert (row, column) == (2, "value")
    assert "conditional format" in message
    assert problems_of(with_rule({"bg_color": "red"})) == []


@pytest.mark.parametrize("script", [1, 2])
def test_a_cell_that_is_raised_or_lowered_as_a_whole_is_refused(script: int) -> None:
    content = written(lambda book, sheet: sheet.write(1, 1, 5, book.add_format({"font_script": script})))
    ((row, column, message),) = problems_of(content)
    assert (row, column) == (2, "value")
    assert "raised or lowered" in message


OWN_ACCOUNTS = '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-'


ALIKE = [
    (96, '0"%"', "96%"),
    (96, r"0.0\%", "96.0%"),
    (-3, "#,##0_);(#,##0)", "-3"),
    (-3, '"£"#,##0;[Red]-"£"#,##0', "-3"),
    (1234.5, OWN_ACCOUNTS, "1234.50"),
    (-1234.5, OWN_ACCOUNTS, "-1234.50"),
    (0, OWN_ACCOUNTS, "0"),
    (5, "+0;-0;0", "5"),
    (5, "[$£-809]#,##0.00", "5.00"),
    (1234567, "# ### ##0", "1234567"),
    (5, '[<1]"";0', "5"),
    (5, '[=0]"";General', "5"),
    (5, '0" days"', "5"),
    (5, "@", "5"),
    (5, "0.0;;@", "5.0"),
    (0, "0;-0;0;", "0"),
    ("45", "0.0;-0.0;0.0;@", "45"),
    ("45", '_-@_-', "45"),
    (date(2015, 6, 1), "yyyy", "2015"),
    (date(2015, 6, 1), "[$-F800]dddd, mmmm dd, yyyy", "2015-06-01"),
    (date(2015, 6, 1), "dd/mm/yyyy;@", "2015-06-01"),
]  # fmt: skip


def formatted(cells: list[tuple[object, str, str]]) -> bytes:
    def fill(book: Any) -> None:
        book.active.append(["measure_code", "value"])
        for value, number_format, _ in cells:
            book.active.append(["x", value])
            book.active.cell(book.active.max_row, 2).number_format = number_format

    return workbook(fill)


def test_a_format_that_shows_what_the_cell_holds_is_read() -> None:
    (table,) = read_tables("a.xlsx", formatted(ALIKE))
    assert [row.cells["value"] for row in table.rows] == [read for _, _, read in ALIKE]
    assert table.problems == ()


UNLIKE = [
    (5, ";;;", "shows nothing and holds 5"),
    (5, '0"1"', 'shows "51" and holds 5'),
    (5, '"1"General', 'shows "15"'),
    (5, "*10", 'shows "15"'),
    (5, "[$1-409]0", 'shows "15"'),
    (5, '0"½"', 'shows "5½"'),
    (0, "0;-0;;@", "shows nothing and holds 0"),
    (0, "#,###", "shows nothing and holds 0"),
    (0.3, "#", "shows nothing and holds 0.3"),
    (0.5, '[<1]"";0', "shows nothing and holds 0.5"),
    (0, '[=0]"";General', "shows nothing and holds 0"),
    (0, '0;-0;"n/a"', 'shows "n/a" and holds 0'),
    (7, '[<10]"fewer than 10";0', 'shows "fewer than 10" and holds 7'),
    (5000, "#,##0,", "shows thousands"),
    (5_200_000, '0.0,,"m"', "shows thousands"),
    (5, '0.0"m"', 'shows "5.0m" and holds 5'),
    (5, '0" thousand"', 'shows "5 thousand"'),
    (5, '0" or fewer"', 'shows "5 or fewer"'),
    (5, '"<"0', 'shows "<5"'),
    (5, '0"*"', 'shows "5*"'),
    (-3, "0.0;[Red]0.0", 'shows "3.0" and holds -3'),
    (5, "-0", 'shows "-5" and holds 5'),
    (5, "(0)", 'shows "(5)" and holds 5'),
    (-5, "[>=1000]0;0", "may hide the minus sign"),
    (51, '0"."0', "signs of the format's own among the digits"),
    (1234, "00-00", "signs of the format's own among the digits"),
    (0.5, "# ?/?", "shows a fraction and holds 0.5"),
    (0.5, "0%%", 'shows "50%%"'),
    (5, "[White]0", "shows nothing"),
    ("45", '@"1"', 'adds "1" to its text'),
    ("45", ";;;", "shows nothing"),
    ("45", '0;0;0;"n/a"', 'shows "n/a"'),
    (date(2015, 6, 1), '"2016-"mm', "shows another"),
    (date(2015, 6, 1), "dd/mm", "shows a part of it"),
    (date(2015, 6, 1), "mmmm", "shows a part of it"),
]  # fmt: skip


def test_a_format_that_shows_something_else_is_refused_at_its_cell() -> None:
    found = {row: (column, message) for row, column, message in problems_of(formatted(UNLIKE))}
    for row, (value, number_format, said) in enumerate(UNLIKE, start=2):
        assert row in found, (value, number_format)
        assert found[row][0] == "value"
        assert said in found[row][1]


def test_noughts_that_a_sheet_does_not_show_are_refused_and_other_numbers_read() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_number(1, 1, 0)
        sheet.write_string(2, 1, "0")
        sheet.hide_zero()

    ((row, column, message),) = problems_of(written(fill))
    assert (row, column) == (2, "value")
    assert "no noughts" in message


def test_rows_hidden_unless_they_are_written_hold_nothing_and_columns_without_a_width_may() -> None:
    rows = written(lambda _, sheet: sheet.set_default_row(hide_unused_rows=True))
    assert len(read_tables("a.xlsx", rows)[0].rows) == 2, "what is written is shown"
    columns = edited(
        written(lambda _, sheet: sheet.set_column(0, 0, 12)),
        lambda text: text.replace("<sheetFormatPr ", '<sheetFormatPr defaultColWidth="0" '),
        part="xl/worksheets/sheet1.xml",
    )
    with pytest.raises(FileNotReadError, match="columns that are not shown: B"):
        read_tables("a.xlsx", columns)
    low = edited(
        written(lambda *_: None),
        lambda text: re.sub('defaultRowHeight="[^"]*"', 'defaultRowHeight="0" customHeight="1"', text),
        part="xl/worksheets/sheet1.xml",
    )
    with pytest.raises(FileNotReadError, match="rows that are not shown: 1, 2, 3"):
        read_tables("a.xlsx", low)
    thin = written(lambda _, sheet: sheet.set_row(2, 0.25))
    with pytest.raises(FileNotReadError, match="rows that are not shown: 3"):
        read_tables("a.xlsx", thin)


NUMBERS = st.decimals(-1_000_000, 1_000_000, places=2)
SHOWING = [
    "General",
    "0.00",
    "#,##0.00",
    "0000.00",
    "0.00;-0.00;0.00",
    '0.00" kg"',
    "#,##0.00_);(#,##0.00)",
    OWN_ACCOUNTS,
]
# Of these no number is shown as it is.
OTHERWISE = [
    ";;;",
    '0.00"1"',
    '"1"0.00',
    "*10.00",
    "0.00,",
    '0.00"m"',
    '"<"0.00',
    "00-00",
    '"n/a"',
    "0.00%%",
    "[White]0.00",
]
FORMATTED = [*SHOWING, *OTHERWISE]
FORMATS = st.sampled_from(FORMATTED)
MARKS = st.sampled_from(["", "font_script", "font_strikeout", "struck cell", "text"])


@settings(max_examples=6)
@given(st.lists(st.tuples(NUMBERS, FORMATS, MARKS), min_size=40, max_size=80), st.booleans())
def test_no_figure_is_read_that_a_person_would_not_have_read(
    cells: list[tuple[Decimal, str, str]], by_openpyxl: bool
) -> None:
    """Random columns of numbers, plain and marked, from two writers: each as it is shown, or a problem at its cell."""
    content = _by_openpyxl(cells) if by_openpyxl else _by_xlsxwriter(cells)
    (table,) = read_tables("a.xlsx", content)
    refused = {problem.row for problem in table.problems}
    for number, ((value, number_format, mark), row) in enumerate(zip(cells, table.rows, strict=True), start=2):
        unlike = {"": OTHERWISE, "text": [";;;"]}
        expected = number_format in unlike.get(mark, FORMATTED)
        assert (number in refused) == expected, (value, number_format, mark)
        if number not in refused:
            assert Decimal(row.cells["value"]) == value


def _by_xlsxwriter(cells: list[tuple[Decimal, str, str]]) -> bytes:
    def fill(book: xlsxwriter.Workbook, sheet: Any) -> None:
        for row, (value, number_format, mark) in enumerate(cells, start=1):
            sheet.write(row, 0, "x")
            if mark == "text":
                sheet.write_string(row, 1, str(value), book.add_format({"num_format": number_format}))
            elif mark.startswith("font"):
                sheet.write_rich_string(row, 1, str(value), book.add_format({mark: 1}), "1")
            else:
                struck = {"font_strikeout": True} if mark else {}
                sheet.write_number(row, 1, float(value), book.add_format({"num_format": number_format} | struck))

    return written(fill)


def _by_openpyxl(cells: list[tuple[Decimal, str, str]]) -> bytes:
    def fill(book: Any) -> None:
        book.active.append(["measure_code", "value"])
        for value, number_format, mark in cells:
            font = InlineFont(strike=True) if mark == "font_strikeout" else InlineFont(vertAlign="superscript")
            rich = CellRichText(str(value), TextBlock(font, "1"))
            number = str(value) if mark == "text" else rich if mark.startswith("font") else float(value)
            book.active.append(["x", number])
            cell = book.active.cell(book.active.max_row, 2)
            cell.number_format = number_format
            cell.font = Font(strike=mark == "struck cell")

    return workbook(fill)
