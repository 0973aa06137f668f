"""`import figures`: figures from a file, and what is wrong with it written into a copy of it."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from commands.ground import MOST_SAID, progress
from cycle.do.files import importing
from intake.figures.figures_file import choose_table, read_figures
from intake.files import problems_file
from intake.files.opening import open_tables
from intake.files.tables import FileNotReadError, Table
from performance.ground.incoming import FiguresRead, RefusedError, RowProblem, WaitsFor
from reporting.tables import rows

MOST_READINGS = 8


def bring_in(
    path: Path,
    dry_run: Annotated[bool, typer.Option(help="Say what would change, and change nothing.")] = False,
    as_username: Annotated[str | None, typer.Option("--as", help="Import with the rights of this person.")] = None,
    problems: Annotated[Path | None, typer.Option(help="Write the file again with a Problems column.")] = None,
    partial: Annotated[bool, typer.Option(help="Keep the rows without problems.")] = False,
    accept_unusual: Annotated[bool, typer.Option(help="Keep what would be asked about: it is right.")] = False,
    reason: Annotated[str, typer.Option(help="Why figures that are signed off or locked are corrected.")] = "",
) -> None:
    """Figures from a .csv or .xlsx file."""
    by = importing.find_importer(as_username) if as_username else None
    try:
        table = choose_table(open_tables(_a_file(path)))
    except FileNotReadError as unread:
        if not dry_run:
            importing.note_unread(str(unread), source=path.name, by=by)
        raise
    with progress("Reading", len(table.rows)) as watch:
        read = read_figures(table, known=importing.list_known(), watch=watch)
    try:
        with progress("Comparing with what is stored", len(read.lines)) as watch:
            report = importing.import_figures(
                read,
                source=path.name,
                partial=partial,
                dry_run=dry_run,
                accept_unusual=accept_unusual,
                reason=reason,
                by=by,
                watch=watch,
            )
    except RefusedError as refused:
        _write_problems(problems, table, refused.problems)
        _say_what_lets_in(refused.problems)
        raise
    _write_problems(problems, table, report.refused)
    _say_readings(read)
    for problem in report.refused[:MOST_SAID]:
        typer.echo(problem.in_words, err=True)
    _say_what_lets_in(report.refused)
    for question in report.questioned[:MOST_SAID]:
        typer.echo(question, err=True)
    typer.echo(("Nothing was changed. " if dry_run else "") + report.in_words)


def _a_file(path: Path) -> Path:
    if path.is_dir():
        raise FileNotReadError(f"{path} is a folder. Figures come in one .csv or .xlsx file.")
    return path


def _write_problems(path: Path | None, table: Table, problems: tuple[RowProblem, ...]) -> None:
    if path is None or not problems:
        return
    found = problems_file.with_problems(table, problems)
    workbook = path.suffix.casefold() == ".xlsx"
    path.write_bytes(problems_file.as_workbook(found) if workbook else rows.write_csv(found[0], found[1:]))


def _say_what_lets_in(problems: Iterable[RowProblem]) -> None:
    """Which option keeps the rows that only wait for a word, where that word is true."""
    waiting = Counter(problem.waits_for for problem in problems)
    for what, option, words in (
        (WaitsFor.CONFIRMATION, "--accept-unusual", "asked about. If they are right"),
        (WaitsFor.REASON, "--reason TEXT", "signed off or locked. To correct them"),
    ):
        if count := waiting[what]:
            typer.echo(f"{count:,} row{'' if count == 1 else 's'} {words}, import again with {option}.", err=True)


def _say_readings(read: FiguresRead) -> None:
    """How periods and numbers were read that were not written plainly."""
    for reading in read.readings[:MOST_READINGS]:
        typer.echo(reading.in_words)
    if (more := len(read.readings) - MOST_READINGS) > 0:
        typer.echo(f"... and {more:,} more such readings.")
