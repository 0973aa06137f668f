"""Wide tables: what a page prints, a CSV file holds and a workbook shows is one and the same."""

import csv
import io
import re
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from performance.ground.measures import print_number
from performance.ground.values import Absence
from reporting.tables import wide
from reporting.tables.facts import Fact, Number, Said, Table

FORMULAS = ["=1+1", "+44", "-5 of us", "@SUM(A1)", '=HYPERLINK("http://x","y")', "{=1}", "\tx", "http://x.example"]


def a_table(facts: dict[tuple[str, str], Said], *, name: str = "Figures", **headings: dict[str, str]) -> Table:
    rows = headings.get("rows") or {row: row for row, _ in facts}
    columns = headings.get("columns") or {column: column for _, column in facts}
    found = [Fact(row=row, column=column, said=said) for (row, column), said in facts.items()]
    return Table(name=name, rows_are="Period", rows=rows, columns=columns, facts=found)


def number(text: str, unit: str = "number") -> Number:
    return Number(value=Decimal(text), unit=unit)


def opened(table: Table, about: list[tuple[str, str]] | None = None) -> Worksheet:
    book = openpyxl.load_workbook(io.BytesIO(wide.as_workbook([table], about or [])))
    assert book.sheetnames == ["Figures", "About"]
    return book["Figures"]


def cells(sheet: Worksheet) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def lines(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_numbers_are_numbers_and_absences_are_words_in_all_three() -> None:
    table = a_table(
        {
            ("June", "On time"): number("96.50", "percent"),
            ("June", "Spent"): number("-1234567", "pounds"),
            ("May", "On time"): Absence.SUPPRESSED,
            ("April", "Spent"): Absence.NOT_PUBLISHED,
        }
    )
    assert wide.printed(table) == (
        ["Period", "On time", "Spent"],
        [
            ["June", "96.50%", "-£1,234,567"],
            ["May", "Hidden to protect people", "–"],
            ["April", "–", "Not yet published"],
        ],
    )
    assert lines(wide.as_csv([table])) == [
        ["Period", "On time", "Spent"],
        ["June", "96.50", "-1234567"],
        ["May", "Hidden to protect people", "–"],
        ["April", "–", "Not yet published"],
    ]
    sheet = opened(table)
    assert cells(sheet) == [
        ["Period", "On time", "Spent"],
        ["June", 96.5, -1234567],
        ["May", "Hidden to protect people", "–"],
        ["April", "–", "Not yet published"],
    ]
    assert [cell.number_format for cell in sheet[2][1:]] == ['#,##0.00"%"', '"£"#,##0']


@pytest.mark.parametrize(
    ("said", "in_format"),
    [
        (number("1234.5"), "#,##0.0"),
        (number("7", "score"), "#,##0"),
        (number("1", "days"), '[=1]#,##0" day";#,##0" days"'),
        (number("2.5", "per 1,000"), '#,##0.0" per 1,000"'),
        (number("3", 'of "ours"; all'), "#,##0"),
        (number("3", "x" * 200), "#,##0"),
        (number("0.00", "percent"), '#,##0.00"%"'),
    ],
)
def test_a_unit_is_in_the_number_format(said: Number, in_format: str) -> None:
    cell = opened(a_table({("June", "Bins"): said}))["B2"]
    assert (cell.data_type, cell.number_format) == ("n", in_format)
    assert len(in_format) <= 255


@pytest.mark.parametrize("unit", ["percent", "pounds", "number", "days", "years", "per 10,000", "tonnes"])
@pytest.mark.parametrize("text", ["0", "1", "-1", "1.0", "1234567.89", "-0.5", "999999999999.999"])
def test_a_spreadsheet_shows_what_the_page_prints(text: str, unit: str) -> None:
    said = number(text, unit)
    assert str(said) == print_number(said.value, unit=unit)
    cell = opened(a_table({("June", "Bins"): said}))["B2"]
    assert _shown(cell.value, cell.number_format) == str(said)


def test_a_number_of_more_digits_than_a_double_holds_is_written_as_it_is_printed() -> None:
    table = a_table({("June", "a"): number("1234567890123456.7", "pounds"), ("June", "b"): number("123456789012345")})
    assert cells(opened(table))[1] == ["June", "£1,234,567,890,123,456.7", 123456789012345]
    assert lines(wide.as_csv([table]))[1] == ["June", "1234567890123456.7", "123456789012345"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_run_by_a_spreadsheet(text: str) -> None:
    table = a_table({("r", "c"): text}, rows={"r": text}, columns={"c": text})
    book = openpyxl.load_workbook(io.BytesIO(wide.as_workbook([table], [(text, text)])))
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type == "s" and not cell.hyperlink for cell in row)
    assert cells(book["Figures"]) == [["Period", text], [text, text]]
    assert cells(book["About"]) == [[text, text]]
    for cell in lines(wide.as_csv([table]))[1]:
        assert not cell.startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize("text", ["<r>x & y</r>", "<r></t></si></r>", "<b>&amp;", "_x0041_", "a\x00b", "😀 Élan"])
def test_no_text_breaks_the_workbook(text: str) -> None:
    table = a_table({("r", "c"): text}, rows={"r": text}, columns={"c": text})
    book = openpyxl.load_workbook(io.BytesIO(wide.as_workbook([table], [(text, text)])))
    assert str(book["Figures"]["B2"].value).rstrip() in {text, "A", "a_x0000_b"}
    assert book["Figures"].dimensions == "A1:B2"


def test_two_columns_or_rows_of_one_heading_stay_two() -> None:
    table = a_table(
        {("a", "x"): number("1"), ("b", "y"): number("2")},
        rows={"a": "Park", "b": "Park"}, columns={"x": "Bins", "y": "Bins"},
    )  # fmt: skip
    expected = [["Park", "1", "–"], ["Park", "–", "2"]]
    assert wide.printed(table) == (["Period", "Bins", "Bins"], expected)
    assert lines(wide.as_csv([table]))[1:] == expected
    assert cells(opened(table))[1:] == [["Park", 1, "–"], ["Park", "–", 2]]


def test_two_facts_for_one_cell_are_refused() -> None:
    twice = Table(
        name="Figures", rows_are="Period", rows={"a": "a"}, columns={"x": "x"},
        facts=[Fact(row="a", column="x", said=number(each)) for each in ("1", "2")],
    )  # fmt: skip
    with pytest.raises(ValueError, match="duplicate"):
        wide.frame(twice)


@pytest.mark.parametrize(
    ("rows", "columns", "expected"),
    [
        ({}, {}, [["Period"]]),
        ({}, {"x": "Bins"}, [["Period", "Bins"]]),
        ({"a": "June"}, {"x": "Bins"}, [["Period", "Bins"], ["June", "–"]]),
        ({"a": "June"}, {}, [["Period"], ["June"]]),
    ],
)
def test_nothing_is_no_mistake(rows: dict[str, str], columns: dict[str, str], expected: list[list[str]]) -> None:
    nothing = Table(name="Figures", rows_are="Period", rows=rows, columns=columns, facts=[])
    assert lines(wide.as_csv([nothing])) == expected
    assert cells(opened(nothing)) == expected


def test_order_is_the_tables_own_and_not_the_alphabets() -> None:
    facts: dict[tuple[str, str], Said] = {("b", "z"): number("1"), ("a", "y"): number("2"), ("c", "x"): number("3")}
    headings, rows = wide.printed(a_table(facts))
    assert headings == ["Period", "z", "y", "x"]
    assert [row[0] for row in rows] == ["b", "a", "c"]


def test_a_workbook_and_a_file_take_several_tables_and_say_which_is_which() -> None:
    def share(name: str, text: str) -> Table:
        facts = [Fact(row="a", column="x", said=number(text, "percent"))]
        return Table(
            name=name, rows_are="Unit", rows={"a": "Waste"}, columns={"x": "June"}, facts=facts,
            first=[("Counted", f"={name}")],
        )  # fmt: skip

    both = [share("Received", "100"), share("On time", "50")]
    assert lines(wide.as_csv(both)) == [
        ["Counted", "Unit", "June"],
        ["'=Received", "Waste", "100"],
        ["'=On time", "Waste", "50"],
    ]
    book = openpyxl.load_workbook(io.BytesIO(wide.as_workbook(both, [("What this is", "Two tables")])))
    assert book.sheetnames == ["Received", "On time", "About"]
    assert cells(book["On time"]) == [["Unit", "June"], ["Waste", 50]]
    assert cells(book["About"]) == [["What this is", "Two tables"]]


def test_a_long_title_is_kept_whole() -> None:
    title = "How many " * 440
    sheet = opened(a_table({("r", "c"): number("1")}, rows={"r": title}, columns={"c": title}))
    assert (sheet["B1"].value, sheet["A2"].value) == (title, title)


def _shown(value: float, in_format: str) -> str:
    """What a spreadsheet shows, for the formats used here: the sign, then what is quoted around the digits."""
    sections = in_format.split(";")
    section = sections[0] if value == 1 or len(sections) == 1 else sections[1]
    before, places, after = re.fullmatch(r'(?:\[=1\])?(?:"([^"]*)")?#,##0(\.0+)?(?:"([^"]*)")?', section).groups()  # type: ignore[union-attr]
    digits = f"{abs(value):,.{len(places or '.') - 1}f}"
    return f"{'-' if value < 0 else ''}{before or ''}{digits}{after or ''}"
