"""The workbook of a return, come back: its rows as answers, cell formats minded, or why it is not the template."""

from collections.abc import Sequence
from pathlib import Path

from intake.figures.own_rows import OwnRows, UnknownRowError
from intake.figures.pasted_absence import demand_alone
from intake.files.cells import Cells
from intake.files.opening import read_upload
from intake.files.tables import FileNotReadError, Row, Table, tidy_heading
from performance.do.return_columns import COLUMNS, COMMENTARY, NEEDED, NOTES, PROBLEMS, REFERENCE, choice_in, open_boxes
from performance.do.returns import MyReturn, ReturnLine
from performance.do.typed import Answer, Choice
from performance.do.uploads import TypedRead, TypedRow
from performance.ground.commentary import Commentary
from performance.ground.incoming import RowProblem

_HEADINGS = {tidy_heading(column.heading): column.name for column in COLUMNS}
_FIGURES_FILE = {"measure_code", "area_code", "period"}


def open_upload(name: str, content: bytes) -> tuple[Table, ...]:
    """The tables of the file. Raises FileNotReadError, in the words of the catalogue where it has some."""
    if Path(name).suffix.casefold() not in {".xlsx", ".csv"}:
        raise FileNotReadError("The selected file must be an Excel workbook (.xlsx)")
    return read_upload(name, content)


def find_template(tables: Sequence[Table]) -> Table | None:
    """The sheet that was made by us for a return; None where the file is something else."""
    needed = {tidy_heading(heading) for heading in NEEDED}
    return next((table for table in tables if needed <= set(table.columns)), None)


def is_figures_file(tables: Sequence[Table]) -> bool:
    """Whether the file has the columns of a figures file."""
    return any(set(table.columns) >= _FIGURES_FILE for table in tables)


def demand_return(tables: Sequence[Table], return_: MyReturn) -> None:
    """Raises FileNotReadError where the workbook was made for another return."""
    notes = next((table for table in tables if table.name.casefold() == NOTES), None)
    found = [record[1].strip() for record in (notes.raw if notes else ()) if record and record[0] == REFERENCE]
    if found and found[0] != return_.reference:
        raise FileNotReadError(
            f"This workbook is for the return {found[0]}, not for {return_.reference}."
            f" Choose that month above, or download the workbook for {return_.period.in_words}"
        )


def read_return(table: Table, return_: MyReturn) -> TypedRead:
    """Every row as an answer to a line of the return, or as a problem with its row."""
    faults: list[RowProblem] = list(table.problems)
    unknown = [each for each in table.columns if each and each not in _HEADINGS and each != tidy_heading(PROBLEMS)]
    if unknown:
        raise FileNotReadError(
            f'The selected file must use the template. It has a column "{unknown[0]}" that the template does not have'
        )
    broken = {problem.row for problem in faults}
    own, rows, problems, empty = OwnRows(return_), [], list(faults), 0
    for row in table.rows:
        if row.number in broken:
            continue
        try:
            read = _read(row, own)
        except UnknownRowError as fault:
            problems.append(RowProblem(row=row.number, column="", message=str(fault)))
            continue
        if read is None:
            empty += 1
        else:
            rows.append(read)
    return TypedRead(rows=tuple(rows), problems=tuple(_plain(problems)), empty_rows=empty)


def _read(row: Row, own: OwnRows) -> TypedRow | None:
    cells = Cells(row)
    given = {name: cells.plain(heading) for heading, name in _HEADINGS.items()}
    code = given["code"]
    if not code:
        if any(given[name] for name in ("numerator", "denominator", "value", *COMMENTARY)):
            raise UnknownRowError("The code is empty. Copy it from the workbook as it was downloaded")
        return None
    line = own.find(code, row=row.number)
    choice, numbers = _absent(_choice(given["answer"]), _numbers(given, line))
    if not choice.takes_numbers:
        demand_alone(line.measure, choice, [text for text in numbers.values() if choice_in(text) is not choice])
    answer = Answer(
        measure_code=line.measure.code,
        choice=choice,
        until=given["until"],
        commentary=Commentary(**{name: cells.text(_heading(name)) for name in COMMENTARY}),
        numerator=numbers.get("numerator", ""),
        denominator=numbers.get("denominator", ""),
        value=numbers.get("value", ""),
    )
    if cells.problems:
        raise UnknownRowError(" ".join(problem.message for problem in cells.problems))
    if answer.is_blank and not answer.commentary.text:
        return None
    return TypedRow(row=row.number, line=line, answer=answer, has_commentary=True)


def _choice(text: str) -> Choice:
    if not text:
        return Choice.FIGURE
    found = choice_in(text)
    if found is None:
        offered = ", ".join(choice.in_words for choice in Choice)
        raise UnknownRowError(f'Answer: "{text[:60]}" is not one of: {offered}')
    return found


def _absent(choice: Choice, numbers: dict[str, str]) -> tuple[Choice, dict[str, str]]:
    """The kind of answer that all the numbers given name in place of one, such as [x]; otherwise both as they stand.

    The workbook comes with "A figure" in every row, so that says nothing against it.
    """
    kinds = {choice_in(text) for text in numbers.values() if text}
    kind = kinds.pop() if choice is Choice.FIGURE and len(kinds) == 1 else None
    return (choice, numbers) if kind is None or kind.takes_numbers else (kind, {})


def _numbers(given: dict[str, str], line: ReturnLine) -> dict[str, str]:
    boxes = open_boxes(line.measure)
    strays = [name for name in ("numerator", "denominator", "value") if given[name] and name not in boxes]
    if strays:
        wanted = " and ".join(sorted(boxes, key=("numerator", "denominator", "value").index))
        raise UnknownRowError(f"{line.measure.title} takes {wanted}. Leave {strays[0]} empty")
    return {box: given[box] for box in boxes}


def _heading(name: str) -> str:
    return next(heading for heading, inside in _HEADINGS.items() if inside == name)


def _plain(problems: Sequence[RowProblem]) -> list[RowProblem]:
    """The problems without the sheet's name, which is always the same."""
    return [RowProblem(row=each.row, column=each.column, message=each.message) for each in problems]
