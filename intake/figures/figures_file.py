"""A file of figures: rows in, figures out, with a sentence for every row that cannot be kept."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from intake.figures.period_names import is_plain, read_period
from intake.files.cells import Cells
from intake.files.tables import FileNotReadError, Row, Table, table_problems
from performance.ground.entry import COUNTS, MARKS, check_figure
from performance.ground.figures import Figure, FigureStatus
from performance.ground.incoming import FigureLine, FiguresRead, Known, Reading, RowProblem, Watch, unwatched
from performance.ground.measures import Accumulation, Measure
from performance.ground.organisation import Area
from performance.ground.periods import Frequency, Period
from performance.ground.texts import unprotected
from performance.ground.values import Absence, Value, rounded

COLUMNS = ("measure_code", "area_code", "period", "numerator", "denominator", "value", "status", "commentary")
# What exports and problem files add; read past, but for the revision, which tells what the writer had seen.
ADDED = ("revision", "recorded_at", "recorded_by", "problems")
ABSENCES = {"z": Absence.NOT_APPLICABLE, "x": Absence.NOT_PUBLISHED, "c": Absence.SUPPRESSED}
_IN_BRACKETS = re.compile(r"\[([A-Za-z]+)\]")
_GSS = re.compile(r"[A-Z]\d{8}")
_A_WHILE = 500  # rows between two looks at whether anyone still wants the answer


def choose_table(tables: list[Table]) -> Table:
    """The sheet with the figures: the only one, or the one named figures. Raises FileNotReadError."""
    named = [table for table in tables if table.name.casefold() == "figures"]
    if len(tables) == 1 or len(named) == 1:
        return (named or tables)[0]
    raise FileNotReadError(f'Several sheets hold something: {", ".join(t.name for t in tables)}. Name one "figures".')


def read_figures(table: Table, *, known: Known, watch: Watch = unwatched) -> FiguresRead:
    """Every row as a figure, or as problems; nothing is guessed. A row without counts and value stores nothing.

    `watch` is told now and then how many rows have been read, and may end the reading by raising.
    """
    needed = ("measure_code", "area_code", "period")
    wrong = table_problems(table, known=COLUMNS + ADDED, required=needed)
    found = [replace(problem, sheet="") for problem in wrong]
    if any(problem.row == 1 for problem in found):
        return FiguresRead(lines=(), problems=tuple(sorted(found, key=lambda problem: problem.row)))
    reader, probe = _Reader(known), _Reader(known)
    found = [problem for problem in found if not _has_one_reading(table, problem.row, probe)]
    broken = {problem.row for problem in found}
    for number, row in enumerate(table.rows):
        if number % _A_WHILE == 0:
            watch(number)
        if row.number not in broken:
            reader.read(row)
    problems = sorted([*found, *reader.problems], key=lambda problem: problem.row)
    return FiguresRead(
        lines=tuple(reader.lines), problems=tuple(problems), empty_rows=reader.empty_rows, readings=reader.told()
    )


def _has_one_reading(table: Table, number: int, probe: "_Reader") -> bool:
    """Whether a row one cell short can be kept as it stands, its last column left off, and nowhere else is a place
    where the missing comma would make another row of it that can be kept."""
    record = [unprotected(cell) for cell in table.raw[number - 1]]
    if len(record) != len(table.columns) - 1:
        return False
    *others, as_it_stands = [[*record[:place], "", *record[place:]] for place in range(len(record) + 1)]
    kept = [
        cells
        for cells in [as_it_stands, *others]
        if probe.would_keep(Row(number=number, cells=dict(zip(table.columns, cells, strict=True))))
    ]
    return as_it_stands in kept and all(cells == as_it_stands for cells in kept)


class _Reader:
    """Reads row after row, remembering what has been read so that nothing comes twice."""

    def __init__(self, known: Known) -> None:
        self.measures = known.measures
        self.areas = {**_by_alias(known.areas.values()), **known.areas}
        self.lines: list[FigureLine] = []
        self.problems: list[RowProblem] = []
        self.empty_rows = 0
        self.readings: dict[tuple[str, str, str], list[int]] = {}
        self.rows: dict[tuple[str, str, Period], int] = {}
        self.periods: dict[tuple[str, str], tuple[Period | None, str]] = {}

    def read(self, row: Row) -> None:
        cells = Cells(row)
        line = self._line(cells)
        self.problems += cells.problems
        for (column, text), read_as in cells.readings.items():
            self.readings.setdefault((column, text, read_as), []).append(row.number)
        if line and not cells.problems:
            self.lines.append(line)

    def would_keep(self, row: Row) -> bool:
        """Whether the row could be kept were it the only one."""
        self.rows.clear()
        cells = Cells(row)
        self._line(cells)
        return not cells.problems

    def told(self) -> tuple[Reading, ...]:
        """What was read as something else than its letters, each text once with its rows."""
        return tuple(
            Reading(text=text, read_as=read_as, column=column, rows=tuple(rows))
            for (column, text, read_as), rows in self.readings.items()
        )

    def _line(self, cells: Cells) -> FigureLine | None:
        measure = self.measures.get(cells.code("measure_code", known=self.measures, where="register"))
        area = self.areas.get(cells.code("area_code", known=self.areas, where="list of areas"))
        if measure is None or area is None:
            return None
        period = self._period(cells, measure)
        if period is None:
            return None
        _check_dates(cells, measure, area, period)
        self._check_once(cells, (measure.code, area.code, period))
        figure = _figure(cells, measure, area, period)
        if figure is None:
            self.empty_rows += not cells.problems
            return None
        seen = cells.whole("revision", default=None, low=1, high=1_000_000)
        return FigureLine(row=cells.row.number, figure=figure, revision_seen=seen)

    def _period(self, cells: Cells, measure: Measure) -> Period | None:
        text = cells.plain("period")
        if not text:
            cells.missing("period")
            return None
        if (measure.code, text) not in self.periods:
            self.periods[measure.code, text] = _as_period(text, measure)
        period, said = self.periods[measure.code, text]
        if period is None:
            cells.object("period", said)
        elif said:
            cells.readings["period", text] = said
        return period

    def _check_once(self, cells: Cells, key: tuple[str, str, Period]) -> None:
        first = self.rows.setdefault(key, cells.row.number)
        if first != cells.row.number:
            measure, area, period = key
            cells.object("period", f"{measure} for {area} in {period.in_words} stands in row {first} already.")


def _as_period(text: str, measure: Measure) -> tuple[Period | None, str]:
    """The period, and as what it was read where it is not written plainly; or none, and what is wrong."""
    try:
        period = fit_period(read_period(text, measure), measure)
    except ValueError as fault:
        return None, str(fault)
    return period, "" if is_plain(text, period) else period.in_words


class WrongPeriodError(ValueError):
    """The period is not one that the measure is reported for."""


def fit_period(period: Period, measure: Measure) -> Period:
    """The period the figure is kept under. Raises WrongPeriodError unless its length is the measure's frequency.

    A snapshot's date is kept under the period that contains it; a yearly period may start on any day, as published;
    several years pooled belong to rolling yearly measures (docs/domain.md, settled case 9).
    """
    if period.months == 0:
        if measure.accumulation is not Accumulation.SNAPSHOT:
            raise WrongPeriodError(f"{period.iso} is a single day, but {measure.code} is not a snapshot.")
        return measure.own_period(period.start)
    if measure.frequency is Frequency.YEARLY:
        pooled = measure.accumulation is Accumulation.ROLLING and period.months % 12 == 0
        if period.months == 12 or pooled:
            return period
    elif period == measure.own_period(period.start):
        return period
    raise WrongPeriodError(f"{period.in_words} is not a period of {measure.code}, which is {measure.frequency}.")


def _by_alias(areas: Iterable[Area]) -> dict[str, Area]:
    """Areas by the other codes they have had. Names never join: two areas may share one."""
    return {alias: area for area in areas for alias in area.aliases if _GSS.fullmatch(alias)}


def _check_dates(cells: Cells, measure: Measure, area: Area, period: Period) -> None:
    if measure.active_to and period.start > measure.active_to:
        cells.object("period", f"{measure.code} was retired on {measure.active_to.isoformat()}, before this period.")
    if area.valid_to and period.start > area.valid_to:
        cells.object(
            "area_code", f"{area.name} ({area.code}) ended on {area.valid_to.isoformat()}, before this period."
        )


def _figure(cells: Cells, measure: Measure, area: Area, period: Period) -> Figure | None:
    """The figure of the row, or None where it has neither counts nor value (or a problem was found)."""
    numerator, denominator = (cells.number(count, unit=COUNTS) for count in ("numerator", "denominator"))
    absence = _absence(cells)
    value = None if absence or cells.problems else _value(cells, measure)
    if cells.problems:
        return None
    if numerator is not None or denominator is not None:
        value, absence = _beside_counts(cells, measure, numerator, denominator, value, absence)
    status = cells.choice("status", FigureStatus, FigureStatus.FINAL)
    commentary = cells.text("commentary")
    if _may_be_a_part(cells, commentary):
        said = (
            f"The commentary is the number {commentary.strip()}. If it is a part of the number before it, write 1234.5"
        )
        cells.object("commentary", f"{said} without a comma; otherwise write it in words.")
    if numerator is None and denominator is None and value is None and absence is None:
        if commentary:
            cells.object("value", "There is commentary but no figure. Give counts, a value, or z, x or c.")
        return None
    for problem in check_figure(measure, numerator=numerator, denominator=denominator, value=value, absence=absence):
        cells.object(problem.field, problem.message)
    return Figure(
        measure_code=measure.code,
        area_code=area.code,
        period=period,
        numerator=numerator,
        denominator=denominator,
        value=value,
        absence=absence,
        status=status,
        commentary=commentary,
    )


def _may_be_a_part(cells: Cells, commentary: str) -> bool:
    """Whether a comma within a number may have made two cells of it: 1,234 or 96,5, with commentary in the next column.

    Our own files have the status between the two.
    """
    if not commentary.strip().isdecimal():
        return False
    columns = list(cells.row.cells)
    before = columns[columns.index("commentary") - 1]
    return before in {"numerator", "denominator", "value"}


def _absence(cells: Cells) -> Absence | None:
    """Why there is no figure, by its letter, also as published tables write it: [c]. Their other marks are named."""
    text = cells.plain("value")
    marked = _IN_BRACKETS.fullmatch(text)
    found = ABSENCES.get((marked[1] if marked else text).casefold())
    if found and text not in ABSENCES:
        cells.readings["value", text] = f"{found.in_words.lower()}"
    if not found and (marked or text.casefold() in MARKS):
        cells.object("value", f'"{text}" is no figure. Write x for not available, z for not applicable, c for hidden.')
    return found


def _value(cells: Cells, measure: Measure) -> Decimal | None:
    text = cells.plain("value")
    if text.endswith("%") and measure.unit != "percent":
        cells.object("value", f'"{text}" is a percentage, but {measure.code} is in {measure.unit}.')
        return None
    return cells.number("value", unit=measure.unit)


def _beside_counts(
    cells: Cells,
    measure: Measure,
    numerator: Decimal | None,
    denominator: Decimal | None,
    value: Decimal | None,
    absence: Absence | None,
) -> tuple[Decimal | None, Absence | None]:
    """Counts rule. A value beside them, as exports write it, must be the one they give."""
    if value is None and absence is None:
        return None, None
    given: Value | None = absence or value
    worked = None if numerator is None else measure.work_out(numerator, denominator)
    places = measure.decimals
    if worked is None or given is None or rounded(worked, places) != rounded(given, places):
        cells.object("value", "Give either counts or a value: the value here is not the one the counts make.")
    return None, None
