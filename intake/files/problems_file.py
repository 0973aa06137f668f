"""The file that was refused, once more, with a Problems column that says what to put right in each row."""

import io
import re
from collections import defaultdict
from collections.abc import Iterable

import xlsxwriter

from intake.files.tables import Table
from performance.ground.incoming import RowProblem
from performance.ground.texts import NumberAsTyped, in_a_sheet, unprotected

HEADING = "Problems"
_NUMBER = re.compile(r"[-+]?[0-9][0-9., ]*%?", re.ASCII)


def with_problems(table: Table, problems: Iterable[RowProblem]) -> list[list[str]]:
    """The records as they stood, each with its problems after the last column of the heading, the heading first."""
    said: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        said[max(problem.row, 1)].append(f"{problem.column}: {problem.message}" if problem.column else problem.message)
    width = max(len(record) for record in table.raw)
    rows = [[*map(_cell, record), *[""] * (width - len(record))] for record in table.raw]
    return [
        [*row, " | ".join(([HEADING] if number == 1 else []) + said[number])]
        for number, row in enumerate(rows, start=1)
    ]


def _cell(text: str) -> str:
    return NumberAsTyped(text) if _NUMBER.fullmatch(text) else unprotected(text)


def as_workbook(rows: Iterable[Iterable[str]]) -> bytes:
    """As a workbook in which every text stays a text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("figures")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, in_a_sheet(cell))
    return out.getvalue()
