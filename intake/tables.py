"""Rows of text with their numbers, whatever file they came from; headings understood, ragged rows named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from performance.incoming import RowProblem, nearest
from performance.texts import unprotected, without_unseen

MOST_ROWS = 250_000
MOST_COLUMNS = 100


class FileNotReadError(ValueError):
    """The file cannot be read at all; the sentence says what to do."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row's cells by column, as text; empty cells are empty texts. Rows are numbered from the heading, row 1."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A sheet, or a CSV file. `raw` are all records as they stood, the heading first."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[RowProblem, ...] = ()
    raw: tuple[tuple[str, ...], ...] = ()


def make_table(name: str, records: Sequence[Sequence[str]], *, problems: Iterable[RowProblem] = ()) -> Table:
    """A table from records of text, the first being the headings. Wholly empty rows are passed over."""
    if not records or not any(cell.strip() for cell in records[0]):
        raise FileNotReadError(f"{name} is empty: its first row should hold the column headings.")
    if len(records) > MOST_ROWS:
        raise FileNotReadError(f"{name} has {len(records):,} rows. The most that is read at once is {MOST_ROWS:,}.")
    columns = tuple(tidy_heading(without_unseen(cell)) for cell in _without_empty_end(records[0]))
    if len(columns) > MOST_COLUMNS:
        raise FileNotReadError(f"{name} has {len(columns)} columns. The most that is read is {MOST_COLUMNS}.")
    found = [*problems, *_heading_problems(columns, name)]
    rows = []
    for number, record in enumerate(records[1:], start=2):
        if any(cell.strip() for cell in record):
            found.extend(_ragged(record, columns, number, name))
            cells = [unprotected(cell) for cell in record]
            cells += [""] * (len(columns) - len(cells))
            rows.append(Row(number=number, cells=dict(zip(columns, cells, strict=False))))
    return Table(
        name=name,
        columns=columns,
        rows=tuple(rows),
        problems=tuple(found),
        raw=tuple(tuple(record) for record in records),
    )


def tidy_heading(text: str) -> str:
    """`Measure code` and `measure_code` are one heading."""
    return "_".join(text.replace("_", " ").casefold().split())


def column_problems(table: Table, *, known: Sequence[str], required: Iterable[str]) -> list[RowProblem]:
    """Columns that are not known, and required ones that are not there."""
    unknown = [
        RowProblem(
            row=1,
            column=column,
            message=f'There is no column "{column}".{nearest(column, known)} Columns are: {", ".join(known)}.',
            sheet=table.name,
        )
        for column in table.columns
        if column and column not in known
    ]
    missing = [
        RowProblem(row=1, column=column, message=f'The column "{column}" is missing.', sheet=table.name)
        for column in required
        if column not in table.columns
    ]
    return unknown + missing


def _heading_problems(columns: tuple[str, ...], sheet: str) -> list[RowProblem]:
    problems = []
    for place, column in enumerate(columns):
        if not column:
            problems.append(RowProblem(row=1, column="", message=f"Column {place + 1} has no heading.", sheet=sheet))
        elif column in columns[:place]:
            message = f'The heading "{column}" stands there twice.'
            problems.append(RowProblem(row=1, column=column, message=message, sheet=sheet))
    return problems


def _ragged(record: Sequence[str], columns: tuple[str, ...], number: int, sheet: str) -> list[RowProblem]:
    held = len(_without_empty_end(record))
    # Excel leaves off the last cells of a row where they are empty, and then the row ends in one that is not.
    left_off = len(record) < len(columns) and held == len(record)
    if left_off or len(record) >= len(columns) >= held:
        return []
    message = (
        f"The row has {len(record)} cells where the heading has {len(columns)}. A comma may be missing or one too many."
    )
    return [RowProblem(row=number, column="", message=message, sheet=sheet)]


def _without_empty_end(record: Sequence[str]) -> list[str]:
    cells = list(record)
    while cells and not cells[-1].strip():
        cells.pop()
    return cells
