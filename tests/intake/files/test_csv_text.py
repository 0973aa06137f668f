"""CSV is read by the letter: nothing shifted, nothing renamed, nothing guessed."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.files.cells import Cells
from intake.files.csv_text import read_csv
from intake.files.tables import FileNotReadError, tidy_heading
from performance.ground.texts import clean, protected, unprotected
from reporting.tables.rows import write_csv


def cells(text: str) -> list[dict[str, str]]:
    return [row.cells for row in read_csv(text.encode(), name="figures").rows]


def test_codes_keep_their_noughts_and_na_stays_a_text() -> None:
    assert cells("a,b,c\n007,1E5,NA\n") == [{"a": "007", "b": "1E5", "c": "NA"}]


def test_the_line_that_tells_excel_of_commas_is_no_heading() -> None:
    assert cells("sep=,\r\na,b\r\n1,2\r\n") == [{"a": "1", "b": "2"}]


def test_a_byte_order_mark_is_no_part_of_the_first_heading() -> None:
    assert cells("\ufeffa,b\n1,2\n") == [{"a": "1", "b": "2"}]


def test_rows_are_numbered_from_the_heading_even_across_blank_rows_and_line_ends_in_cells() -> None:
    table = read_csv(b'a,b\n"1\n1",2\n\n,\n3,4\n', name="figures")
    assert [row.number for row in table.rows] == [2, 5]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("a,b\ncaf\u00e9,1\n".encode("cp1252"), "line 2", id="cp1252"),
        pytest.param("a,b\n1,2\n".encode("utf-16"), "UTF-16", id="utf-16"),
        pytest.param(b"a,b\n1,\0\n", "zero byte", id="a zero byte"),
        pytest.param(b"PK\x03\x04rest", "workbook", id="a workbook named .csv"),
        pytest.param(b'a,b\n"1,2\n', "cannot be read as CSV", id="a quote never closed"),
        pytest.param(b"a;b\n1;2\n", "not separated by commas, but by semicolons", id="semicolons"),
        pytest.param(b"a|b\n1|2\n", "but by upright strokes", id="strokes"),
        pytest.param(b"a\tb\n1\t2\n", "but by tabs", id="tabs"),
        pytest.param(b'a;b;"c, or d"\n1;2;3\n', "but by semicolons", id="semicolons, and a comma in a heading"),
        pytest.param(b"sep=;\na;b\n1;2\n", "but by semicolons", id="semicolons, as Excel is told"),
        pytest.param(b"", "is empty", id="nothing at all"),
        pytest.param(b"\n\n", "is empty", id="blank lines only"),
    ],
)
def test_what_is_no_csv_in_utf8_is_refused_with_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(FileNotReadError, match=said):
        read_csv(content, name="figures")


@pytest.mark.parametrize(
    ("text", "row"),
    [("a,b\n1,2,3\n", 2), ("a,b,c\n1,2,3\n1,\n", 3), ("a,a\n1,2\n", 1), ("a,,c\n1,2,3\n", 1)],
    ids=["a cell too many", "a cell too few", "a heading twice", "a column without heading"],
)
def test_a_table_that_is_not_straight_is_a_problem_on_its_row(text: str, row: int) -> None:
    assert [problem.row for problem in read_csv(text.encode(), name="figures").problems] == [row]


def test_last_cells_that_excel_left_off_are_empty_ones() -> None:
    table = read_csv(b"a,b,c\n1,2,3\n1,2\n1\n", name="figures")
    assert table.problems == ()
    assert [row.cells for row in table.rows[1:]] == [{"a": "1", "b": "2", "c": ""}, {"a": "1", "b": "", "c": ""}]


@pytest.mark.parametrize("row", ["1,", "1,2,", "1,,"])
def test_the_last_columns_may_be_left_off_with_a_comma_left(row: str) -> None:
    table = read_csv(f"a,b,c,d,e\n{row}\n".encode(), name="figures")
    assert table.problems == ()
    given = [*row.split(","), "", "", ""]
    assert table.rows[0].cells == dict(zip("abcde", given, strict=False))


def test_a_row_one_cell_short_that_ends_in_an_empty_one_may_have_lost_a_comma_anywhere() -> None:
    (problem,) = read_csv(b"a,b,c,d,e\n1,2,,4,5\n1,2,4,\n", name="figures").problems
    assert problem.row == 3
    assert problem.message == (
        "The row has 4 cells where the heading has 5. A comma may be missing or one too many. Write every comma, or"
        " leave off the empty cells at the end of the row."
    )


def test_marks_that_nobody_sees_are_no_part_of_a_code_a_number_or_a_heading() -> None:
    content = "\ufeff\ufeffme\u00adasure,value,words\n\u200eWCP1,17\u200b,co\u00adoperate\n".encode()
    cells = Cells(read_csv(content, name="figures").rows[0])
    assert (cells.code("measure"), cells.number("value")) == ("WCP1", 17)
    assert cells.text("words") == "co\u00adoperate", "words are kept as they came"


def test_headings_may_be_written_with_spaces_and_capitals() -> None:
    assert tidy_heading(" Measure  Code ") == "measure_code"


# What a spreadsheet runs, the wide forms too.
RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-x",
        "@sum",
        "\tx",
        "\n=1",
        "\uff1d1",
        "\uff20x",
        "'=1",
        "''=1",
        "'\uff0b1",
        "'quoted'",
        "plain",
        "",
    ],
)
def test_what_is_protected_comes_back_as_it_was(text: str) -> None:
    assert unprotected(protected(text)) == text
    assert not protected(text).startswith(RUN)


def test_a_heading_is_a_text_too() -> None:
    assert write_csv(["=cmd", "b"], []).decode("utf-8-sig") == "'=cmd,b\r\n"


@given(st.text())
def test_any_text_that_was_kept_goes_through_csv_verbatim(text: str) -> None:
    kept = clean(text)
    out = write_csv(["a", "b"], [[kept, "x"]])
    assert read_csv(out, name="figures").rows[0].cells["a"] == kept
    first = next(csv.reader(io.StringIO(out.decode().split("\r\n", 1)[1], newline="")))[0]
    assert not first.startswith(RUN)
