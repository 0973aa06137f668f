"""A block copied from a spreadsheet: tab-separated, with or without a heading, codes or titles first."""

import csv
import io
import re
from collections.abc import Mapping, Sequence

from intake.figures.own_rows import OwnRows, UnknownRowError, plain
from intake.figures.pasted_absence import demand_alone, is_day, parted, promised, until_alone
from intake.figures.pasted_heading import BOXES, Heading, heading_of, is_number
from intake.figures.period_names import read_period
from intake.files.tables import FileNotReadError, Table, make_table, tidy_heading
from performance.do.read_answer import boxes_of, instead_of, label_of
from performance.do.return_columns import choice_in, offered
from performance.do.returns import MyReturn, ReturnLine
from performance.do.typed import Answer, Choice
from performance.do.uploads import TypedRead, TypedRow
from performance.ground.days import read_day
from performance.ground.incoming import RowProblem
from performance.ground.measures import Accumulation
from performance.ground.periods import Period, PeriodNotUnderstoodError
from performance.ground.texts import without_unseen

MOST_LETTERS, MOST_ROWS = 2_000_000, 25_000
_FIGURES_FILE = {"measure_code", "area_code", "period"}
_ESTIMATES = {"est", "estimated"}
_LETTER = re.compile(r"[^\W\d_]")


def read_block(text: str) -> list[list[str]]:
    """The cells of a pasted block, empty rows included. Raises FileNotReadError where there are none.

    Marks that nobody sees are left out, words' own too: they come with what was copied, and before a quotation mark
    they would make it part of the cell.
    """
    if len(text) > MOST_LETTERS:
        raise FileNotReadError("The block is too large to paste. Save it as .csv or .xlsx and upload the file.")
    if "\0" in text:
        raise FileNotReadError("The block holds a zero byte, which no text has. Copy it again.")
    lines = io.StringIO(without_unseen(text).replace("\r\n", "\n").replace("\r", "\n"), newline="")
    try:
        records = [record for record in csv.reader(lines, delimiter="\t", strict=False)]
    except csv.Error as fault:
        raise FileNotReadError(f"The block cannot be read: {fault}. Copy it again.") from fault
    if not any(cell.strip() for record in records for cell in record):
        raise FileNotReadError("Paste the rows with your figures")
    if len(records) > MOST_ROWS:
        raise FileNotReadError(f"The block has more than {MOST_ROWS:,} rows. Save it as .csv and upload the file.")
    return records


def as_figures_table(records: Sequence[Sequence[str]]) -> Table | None:
    """The block as a table where its first row that is not empty heads a figures file; None where it does not."""
    first = next((place for place, record in enumerate(records) if any(cell.strip() for cell in record)), 0)
    heading = {tidy_heading(cell) for cell in records[first]}
    if not heading >= _FIGURES_FILE:
        return None
    width = max(len(record) for record in records)
    # The empty rows above it go below it, so that every row of figures keeps the number it was pasted with.
    ordered = [records[first], *records[:first], *records[first + 1 :]]
    return make_table("figures", [[*record, *[""] * (width - len(record))] for record in ordered])


def read_pasted(records: Sequence[Sequence[str]], return_: MyReturn) -> TypedRead:
    """Every row as an answer to a line of the return, or as a problem; nothing is guessed."""
    rows, problems, empty, own = [], [], 0, OwnRows(return_)
    heading: Heading | None = None
    is_first = True
    for number, record in enumerate(records, start=1):
        cells = [cell.strip() for cell in record]
        if not any(cells):
            continue
        found, is_first = heading_of(cells, own, first=is_first), False
        if found is not None:
            heading = found
            continue
        try:
            line, answer = _by_heading(heading, cells, own, number) if heading else _by_place(cells, own, number)
        except UnknownRowError as fault:
            problems.append(RowProblem(row=number, column="", message=str(fault)))
            continue
        if answer is None:
            empty += 1
        else:
            rows.append(TypedRow(row=number, line=line, answer=answer))
    return TypedRead(rows=tuple(rows), problems=tuple(problems), empty_rows=empty)


def _by_place(cells: Sequence[str], own: OwnRows, number: int) -> tuple[ReturnLine, Answer | None]:
    """Without a heading the code or title comes first, and then the numbers in the order of the boxes."""
    line = own.find(cells[0], row=number)
    return line, _answer(line, cells[1:])


def _by_heading(heading: Heading, cells: Sequence[str], own: OwnRows, number: int) -> tuple[ReturnLine, Answer | None]:
    """Each cell by what its column is headed."""
    named = heading.names_of(cells)
    line = own.find(named[0] if named else "", row=number)
    strays = [cell for cell in named if plain(cell) not in {plain(line.measure.code), plain(line.measure.title)}]
    if strays:
        raise UnknownRowError(f'The row names {line.measure.code} and "{strays[0][:60]}". Keep one of the two')
    typed = heading.typed(cells, line.measure)
    if period := typed.pop("period", ""):
        _demand_period(period, line)
    return line, _from_boxes(line, typed)


def _demand_period(text: str, line: ReturnLine) -> None:
    """A cell under "Period" names the line's own; there a bare number is a year. Raises UnknownRowError."""
    try:
        period = read_period(text, line.measure)
    except PeriodNotUnderstoodError as fault:
        if not is_day(text):
            raise UnknownRowError(f'"{text[:60]}" is not a period. Write it like {line.period.in_words}') from fault
        period = Period(start=read_day(text), months=0)
    _demand_own(period, line)


def _from_boxes(line: ReturnLine, typed: Mapping[str, str]) -> Answer | None:
    """The answer that the boxes hold; None where they are empty. A word in a box may be the kind of answer."""
    told = [typed[box] for box in BOXES if box in typed] + ([typed["answer"]] if "answer" in typed else [])
    if not told:
        return None
    choice, rest = _choice(told)
    if "answer" in typed and typed["answer"] in rest:
        raise UnknownRowError(f'"{typed["answer"][:60]}" is no kind of answer. Write {", ".join(offered())}')
    code = line.measure.code
    if not choice.takes_numbers:
        demand_alone(line.measure, choice, rest)
        return Answer(measure_code=code, choice=choice, until=typed.get("until", ""))
    if until := typed.get("until"):
        raise UnknownRowError(
            f'"{until[:60]}" stands under Until beside a figure. It goes with "Not yet available" only'
        )
    boxes = {box: typed[box] for box in boxes_of(line.measure) if typed.get(box) in rest}
    return Answer(
        measure_code=code,
        choice=choice,
        numerator=boxes.get("numerator", ""),
        denominator=boxes.get("denominator", ""),
        value=boxes.get("value", ""),
    )


def _answer(line: ReturnLine, cells: Sequence[str]) -> Answer | None:
    """What the cells after the code say; None where they say nothing."""
    cells = parted(cells)
    choice, _ = _choice(cells)
    until = promised(cells) if choice is Choice.NOT_PUBLISHED else None
    told = [cell for cell in cells if cell and cell != until and not _repeats(cell, line)]
    if not told:
        return None
    choice, rest = _choice(told)
    if choice is Choice.NOT_PUBLISHED:
        demand_alone(line.measure, choice, rest)
        return Answer(measure_code=line.measure.code, choice=choice, until=until_alone(until or ""))
    if not choice.takes_numbers:
        demand_alone(line.measure, choice, rest)
        return Answer(measure_code=line.measure.code, choice=choice)
    boxes = boxes_of(line.measure)
    if len(rest) != len(boxes):
        raise UnknownRowError(_wrong_count(line, boxes, rest))
    typed = dict(zip(boxes, rest, strict=True))
    return Answer(
        measure_code=line.measure.code,
        choice=choice,
        numerator=typed.get("numerator", ""),
        denominator=typed.get("denominator", ""),
        value=typed.get("value", ""),
    )


def _choice(told: Sequence[str]) -> tuple[Choice, list[str]]:
    """The kind of answer the cells name, and the cells that do not name it."""
    kinds = [Choice.ESTIMATE if plain(cell) in _ESTIMATES else choice_in(cell) for cell in told]
    found = next((kind for kind in kinds if kind not in {None, Choice.FIGURE}), None) or Choice.FIGURE
    # A measure of two boxes may say it in both; "A figure", which the workbook has in every row, says nothing against.
    return found, [cell for cell, kind in zip(told, kinds, strict=True) if kind not in {found, Choice.FIGURE}]


def _repeats(cell: str, line: ReturnLine) -> bool:
    """Whether a cell only says again which measure and period the row is for. Raises for another period."""
    if plain(cell) in {plain(line.measure.title), plain(line.measure.code), plain(line.measure.unit)}:
        return True
    period = _period(cell, line)
    if period is None:
        return False
    _demand_own(period, line)
    return True


def _demand_own(period: Period, line: ReturnLine) -> None:
    """Raises UnknownRowError where the period is not the one that the line asks for; a snapshot's day lies in it."""
    is_its_day = not period.months and line.measure.accumulation is Accumulation.SNAPSHOT
    if (line.measure.own_period(period.start) if is_its_day else period) != line.period:
        raise UnknownRowError(
            f"The row is for {period.in_words}, but {line.measure.code} is asked for {line.period.in_words}"
        )


def _period(cell: str, line: ReturnLine) -> Period | None:
    """The period that a cell names; None where it names none. A bare number may be a figure, so it is no year."""
    if is_number(cell) or not (_LETTER.search(cell) or "/" in cell or "-" in cell):
        return None
    try:
        return read_period(cell, line.measure)
    except PeriodNotUnderstoodError:
        return None


def _wrong_count(line: ReturnLine, boxes: Sequence[str], rest: Sequence[str]) -> str:
    if rest and all(instead_of(cell) for cell in rest):
        return f'"{rest[0]}" is no figure{instead_of(rest[0])}'
    wanted = " and ".join(f'"{label_of(line.measure, box)}"' for box in boxes)
    numbers = "1 number" if len(boxes) == 1 else f"{len(boxes)} numbers"
    return f"{line.measure.title} takes {numbers}, {wanted}. This row has {len(rest)}"
