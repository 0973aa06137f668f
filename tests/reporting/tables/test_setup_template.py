"""The empty workbook: what a person sees in Excel, and what the import makes of it."""

import io

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from intake.files.tables import Row, Table, make_table
from intake.files.workbook import read_workbook
from intake.setup.setup_file import SHEETS, read_setup
from performance.admin.setup_columns import EXAMPLE, SETUP_SHEETS
from performance.ground.incoming import Known, Register
from performance.ground.measures import Polarity
from reporting.tables import setup_template

KNOWN = Known(unit_codes=frozenset({"PLACE"}), node_codes=frozenset({"OC1"}), areas={"E12000009": None})  # type: ignore[dict-item] # the code is all that is asked for


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(setup_template.build()))


def validations(book: openpyxl.Workbook, sheet: str) -> dict[str, DataValidation]:
    """The rule of each column, by its heading."""
    page = book[sheet]
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    return {
        str(cell.value): rule
        for cell in page[1]
        for place, rule in rules.items()
        if place.split(":")[0] == f"{cell.column_letter}2"
    }


def test_it_has_a_sheet_for_each_list_in_the_order_they_lean_on_each_other(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Read me", *SETUP_SHEETS]
    assert list(SETUP_SHEETS) == list(SHEETS)


@pytest.mark.parametrize("sheet", SETUP_SHEETS)
def test_headings_stand_still_and_each_column_says_what_goes_in_it(sheet: str, book: openpyxl.Workbook) -> None:
    page, columns = book[sheet], SETUP_SHEETS[sheet].columns
    assert [cell.value for cell in page[1]] == [column.name for column in columns]
    assert page.freeze_panes == "B2"
    rules = validations(book, sheet)
    for cell, column in zip(page[1], columns, strict=True):
        assert cell.font.b
        assert cell.comment is not None
        assert column.note in cell.comment.text
        assert cell.comment.text.startswith("Needed on every row.") is column.is_required
        assert column.note in rules[column.name].prompt
        assert len(rules[column.name].prompt) <= 255


def test_closed_sets_and_codes_of_other_sheets_are_lists_to_choose_from(book: openpyxl.Workbook) -> None:
    measures = validations(book, "measures")
    assert measures["polarity"].formula1 == f'"{",".join(Polarity)}"'
    assert measures["seasonal"].formula1 == '"yes,no"'
    assert measures["organisation_unit"].formula1.startswith("OFFSET(organisation!$A$1")
    assert measures["organisation_unit"].errorStyle == "warning"
    assert validations(book, "organisation")["parent_code"].type == "list"
    people = validations(book, "people")["roles"]
    assert "bi_team@" in people.formula1
    assert not people.showErrorMessage


def test_uploaded_as_it_is_it_holds_nothing_and_no_problem() -> None:
    register, problems = read_setup(read_workbook(setup_template.build(), name="council.xlsx"), known=Known())
    assert not problems
    assert not any(getattr(register, name) for name in SHEETS)


def unmarked(table: Table) -> Table:
    """The sheet with its example as a row of its own."""
    rows = (Row(number=row.number, cells={name: cell.removeprefix(EXAMPLE).strip() for name, cell in row.cells.items()})
            for row in table.rows)  # fmt: skip
    return Table(name=table.name, columns=table.columns, rows=tuple(rows))


def test_each_worked_example_is_a_row_that_can_be_brought_in() -> None:
    tables = read_workbook(setup_template.build(), name="council.xlsx")
    register, problems = read_setup([unmarked(table) for table in tables], known=KNOWN)
    assert not problems, [problem.in_words for problem in problems]
    assert all(len(getattr(register, name)) == 1 for name in SHEETS)


@pytest.mark.parametrize("first", ["example: A10", "Example:A10", " EXAMPLE: A10"])
def test_an_example_is_read_past_whatever_is_wrong_in_it(first: str) -> None:
    table = make_table("risks", [["risk_code", "title", "likelihood"], [first, "", "99"], ["R1", "Flood", "2"]])
    register, problems = read_setup([table], known=Known())
    assert not problems
    assert [risk.code for risk in register.risks] == ["R1"]


def test_a_code_that_merely_begins_like_an_example_is_a_code() -> None:
    register, _ = read_setup([make_table("risks", [["risk_code", "title"], ["example1", "Flood"]])], known=Known())
    assert isinstance(register, Register)
    assert [risk.code for risk in register.risks] == ["example1"]
