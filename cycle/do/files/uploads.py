"""Paste and workbook: what a person brings in is read, shown beside what is here, and saved as drafts when confirmed.

Nothing of it is a figure yet: it stands in the return as if it had been typed there, to be checked and submitted.
"""

from dataclasses import dataclass
from typing import TypeAlias

from cycle.do.drafts import save_drafts
from cycle.do.files.reading import Reading
from cycle.do.returns import my_return
from cycle.ground.access import demand
from cycle.ground.council import council_area
from data_access.council.settings_store import get_today
from data_access.plan.register import list_measures
from data_access.store.database import reading
from intake.figures.figures_file import COLUMNS as FIGURES_FILE
from intake.figures.pasted import as_figures_table, read_block, read_pasted
from intake.figures.return_workbook import demand_return, find_template, is_figures_file, open_upload, read_return
from intake.files.tables import FileNotReadError, Table, tidy_heading
from performance.do.answers import stored_answer
from performance.do.return_columns import COLUMNS
from performance.do.returns import MyReturn, ReturnLine
from performance.do.typed import Answer, Draft
from performance.do.uploads import ReturnDiff, Standing, TypedRead, compare
from performance.ground.people import Permission, User
from performance.ground.periods import Period
from reporting.tables import return_workbook
from reporting.tables.rows import write_csv

# A workbook of a return with a hundred measures has 60 KB; a file that takes long to open has many times that.
_TOO_LARGE_FOR_A_RETURN = 250_000
_COLUMNS = "A file of figures has the columns measure_code, area_code, period, numerator, denominator, value"
_NO_RETURN = f"You have no return that this could fill in. {_COLUMNS}"
_NO_HEADING = (
    "Write a heading over the rows and paste them again: measure_code, area_code, period, and value, or numerator and"
    " denominator"
)


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a person handed in: a pasted text, or a file by name."""

    name: str = ""
    content: bytes = b""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class ForReturn:
    """Rows for one return, as read; `template` is the sheet of our own workbook, where they came by one."""

    return_: MyReturn
    rows: TypedRead
    template: Table | None = None


@dataclass(frozen=True, kw_only=True)
class ForAnyMonth:
    """A file of figures, of any month and area; one so large that opening it takes long is not opened yet."""

    given: Given
    tables: tuple[Table, ...] = ()

    @property
    def source(self) -> str:
        return self.given.name or "Pasted rows"

    def begin(self, *, by: User) -> Reading:
        """Begin to read and check it in the background."""
        content = b"" if self.tables else self.given.content
        return Reading(source=self.source, content=content, tables=self.tables, by=by).start()


Opened: TypeAlias = ForReturn | ForAnyMonth


@dataclass(frozen=True, kw_only=True)
class Put:
    """How many rows stand in the return now, and which were typed elsewhere at that moment and left as they are."""

    count: int
    left: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        are, them = ("figure is", "it") if self.count == 1 else ("figures are", "them")
        said = f"{self.count:,} {are} in your return. Check and submit {them}."
        others = f" Changed elsewhere at this moment, and left as they stand: {', '.join(self.left)}."
        return said + (others if self.left else "")


class UploadMovedError(Exception):
    """The return is no longer what the person was shown."""

    def __init__(self) -> None:
        super().__init__(
            "This return changed since the rows were shown, so nothing was written. Below is what they would change"
            " now: look again, and confirm it."
        )


def open_given(given: Given, return_: MyReturn | None) -> Opened:
    """Read what was handed in; nothing is written. Raises FileNotReadError with what to do."""
    if len(given.content) > _TOO_LARGE_FOR_A_RETURN:
        return ForAnyMonth(given=given)
    if given.text:
        records = read_block(given.text)
        table = as_figures_table(records)
        if table is not None:
            return ForAnyMonth(given=given, tables=(table,))
        if return_ is None:
            raise FileNotReadError(_NO_HEADING)
        own = _to_fill_in(return_)
        return ForReturn(return_=own, rows=read_pasted(records, own))
    tables = open_upload(given.name, given.content)
    template = find_template(tables)
    if template is not None:
        own = _to_fill_in(return_)
        demand_return(tables, own)
        return ForReturn(return_=own, rows=read_return(template, own), template=template)
    if not is_figures_file(tables):
        ours = "The selected file must use the template. Download the workbook and fill it in"
        raise FileNotReadError(ours if return_ else f"The selected file is not one of figures. {_COLUMNS}")
    return ForAnyMonth(given=given, tables=tables)


def compare_rows(opened: ForReturn, *, by: User) -> ReturnDiff:
    """Each row beside what stands in the return now, drafts included. Nothing is written."""
    return_ = opened.return_
    _demand_own(return_, by=by)
    return compare(return_.unit.code, return_.period, opened.rows, _current(return_, by=by))


def put_into_return(opened: ForReturn, *, shown: str, by: User) -> Put:
    """Save the new and changed rows as drafts of the return. `shown` is the fingerprint of what the person confirmed.

    Raises UploadMovedError where the return has changed meanwhile.
    """
    unit_code, period = opened.return_.unit.code, opened.return_.period
    _demand_own(opened.return_, by=by)
    return_ = my_return(unit_code, period, by=by)
    diff = compare(unit_code, period, opened.rows, _current(return_, by=by))
    if diff.fingerprint != shown:
        raise UploadMovedError
    kept = save_drafts(unit_code, period, by=by).drafts
    lines = {line.measure.code: line for line in return_.open_lines}
    drafts = [
        _draft(lines[row.code], row.answer, before=kept.get(row.code)) for row in diff.to_put if row.answer is not None
    ]
    after = save_drafts(unit_code, period, drafts=drafts, by=by)
    left = tuple(lines[clash.mine.answer.measure_code].measure.title for clash in after.clashes)
    return Put(count=len(drafts) - len(left), left=left)


def build_workbook(unit_code: str, period: Period, *, by: User) -> bytes:
    """The workbook of the return, with what stands in it now."""
    return_ = my_return(unit_code, period, by=by)
    _demand_own(return_, by=by)
    return return_workbook.build(return_, {line.measure.code: answer for line, answer in _current(return_, by=by)})


def build_figures_file(*, by: User) -> bytes:
    """A file of figures to fill in: each measure in use at the newest period that has ended. Rows left empty store
    nothing."""
    with reading() as session:
        demand(session, by, Permission.BRING_IN)
        today, area = get_today(session), council_area(session)
        measures = [measure for measure in list_measures(session) if measure.is_in_use(today)]
    blank = [""] * (len(FIGURES_FILE) - 3)
    return write_csv(FIGURES_FILE, [[each.code, area, each.latest_period(today).iso, *blank] for each in measures])


def with_problems(opened: ForReturn, diff: ReturnDiff, *, by: User) -> bytes:
    """The very workbook that was handed in, row for row, with a Problems column."""
    _demand_own(opened.return_, by=by)
    said = {row.row: row.said for row in diff.of(Standing.PROBLEM)}
    headings = {tidy_heading(column.heading): column.name for column in COLUMNS}
    rows = [
        return_workbook.SheetRow(
            cells={headings[name]: text for name, text in row.cells.items() if name in headings},
            problem=said.get(row.number, ""),
        )
        for row in (opened.template.rows if opened.template else ())
    ]
    return return_workbook.write(opened.return_, rows)


def _demand_own(return_: MyReturn, *, by: User) -> None:
    with reading() as session:
        demand(session, by, Permission.ENTER_FIGURES, at=return_.unit.code)


def _to_fill_in(return_: MyReturn | None) -> MyReturn:
    if return_ is None:
        raise FileNotReadError(_NO_RETURN)
    if not return_.open_lines:
        raise FileNotReadError(return_.locked_because or f"Nothing can be entered for {return_.period.in_words} now")
    return return_


def _current(return_: MyReturn, *, by: User) -> list[tuple[ReturnLine, Answer]]:
    kept = save_drafts(return_.unit.code, return_.period, by=by).drafts
    return [
        (line, kept[line.measure.code].answer if line.measure.code in kept else stored_answer(line))
        for line in return_.open_lines
    ]


def _draft(line: ReturnLine, answer: Answer, *, before: Draft | None) -> Draft:
    return Draft(answer=answer, area_code=line.area_code, period=line.period, version=before.version if before else 0)
