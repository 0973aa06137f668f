"""Rows of text with their numbers, whatever file they came from; headings understood, ragged rows named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from performance.ground.incoming import RowProblem, nearest
from performance.ground.texts import unprotected, without_unseen

MOST_ROWS = 250_000
MOST_COLUMNS = 100


class FileNotReadError(ValueError):
    """The file cannot be read at all; the sentence says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
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


def table_problems(table: Table, *, known: Sequence[str], required: Sequence[str]) -> list[RowProblem]:
    """What is wrong with the table as one: one sentence a fault, however many cells it touches.

    Columns that are not known, required ones that are not there, rows that are not straight; or, where no heading is
    one of those known, that there is no heading row, which is why nothing else of it makes sense.
    """
    unknown = [column for column in table.columns if column and column not in known]
    missing = [column for column in required if column not in table.columns]
    columns = f"Columns are: {', '.join(known)}."
    if not set(table.columns) & set(known):
        said = f"The first row holds none of the column headings. Put them there, above the figures. {columns}"
        return [RowProblem(row=1, column="", message=said, sheet=table.name)]
    found = list(table.problems)
    if unknown:
        like = nearest(unknown[0], known) if len(unknown) == 1 else ""
        said = f"There is no column {_listed(unknown)}.{like} {columns}"
        found.append(RowProblem(row=1, column=unknown[0], message=said, sheet=table.name))
    if missing:
        which = "The column" if len(missing) == 1 else "The columns"
        said = f"{which} {_listed(missing, 'and')} {'is' if len(missing) == 1 else 'are'} missing."
        found.append(RowProblem(row=1, column=missing[0], message=said, sheet=table.name))
    return found


def _listed(columns: Sequence[str], word: str = "or") -> str:
    quoted = [f'"{column}"' for column in columns]
    return f" {word} ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


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
    # Excel leaves off the last cells of a row where they are empty, and then the row ends in one that is not. People
    # leave off the last columns too, with a comma left. A row that ends in an empty cell and is one cell short may as
    # well have lost a comma anywhere, and then its cells stand under other headings than they were written for.
    left_off = held == len(record) < len(columns) or len(record) < len(columns) - 1
    if left_off or len(record) >= len(columns) >= held:
        return []
    message = (
        f"The row has {len(record)} cells where the heading has {len(columns)}. A comma may be missing or one too many."
    )
    if len(record) < len(columns):
        message += " Write every comma, or leave off the empty cells at the end of the row."
    return [RowProblem(row=number, column="", message=message, sheet=sheet)]


def _without_empty_end(record: Sequence[str]) -> list[str]:
    cells = list(record)
    while cells and not cells[-1].strip():
        cells.pop()
    return cells
