"""The file that was refused, once more, with a Problems column that says what to put right in each row."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable

import xlsxwriter

from intake.tables import Table
from performance.incoming import RowProblem
from performance.texts import in_a_sheet, protected, unprotected

HEADING = "Problems"
_NUMBER = re.compile(r"[-+]?[0-9][0-9., ]*%?", re.ASCII)


def with_problems(table: Table, problems: Iterable[RowProblem]) -> list[list[str]]:
    """The records as they stood, each with its problems after the last column of the heading."""
    said: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        said[max(problem.row, 1)].append(f"{problem.column}: {problem.message}" if problem.column else problem.message)
    width = max(len(record) for record in table.raw)
    rows = [[*record, *[""] * (width - len(record))] for record in table.raw]
    return [
        [*row, " | ".join(([HEADING] if number == 1 else []) + said[number])]
        for number, row in enumerate(rows, start=1)
    ]


def as_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """As CSV that Excel opens as UTF-8, and that it does not run: what came in as a formula goes out as a text."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return cell if _NUMBER.fullmatch(cell) else protected(unprotected(cell))


def as_workbook(rows: Iterable[Iterable[str]]) -> bytes:
    """As a workbook in which every text stays a text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("figures")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, in_a_sheet(cell))
    return out.getvalue()
