"""The operator's command line. It exits 0 when done, 1 with sentences when refused (nothing changed), 2 on misuse."""

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cycle import administer, demonstration, exporting, importing, keeping, reporting_wards, restoring
from cycle.exporting_scorecard import export_scorecard
from cycle.importing_setup import import_setup
from cycle.opening import open_database
from cycle.refusals import REFUSALS, in_words
from intake import problems_file
from intake.boundary_file import read_boundaries
from intake.figures_file import choose_table, read_figures
from intake.files import open_bytes, open_tables
from intake.seeds import read_demonstration
from intake.setup_file import read_setup
from intake.tables import FileNotReadError, Table
from performance.incoming import FiguresRead, RefusedError, RowProblem, WaitsFor
from performance.organisation import BoundaryEdition
from performance.people import Role
from performance.periods import PeriodNotUnderstoodError, parse_period
from reporting import rows, setup_template
from settings import ROOT, is_given_by_hand

MOST_SAID = 50
MOST_READINGS = 8
REFUSED: tuple[type[Exception], ...] = (FileNotReadError, PeriodNotUnderstoodError, *REFUSALS)

Seal = Annotated[str | None, typer.Option(help="A seal that was noted elsewhere: the copy must hold it.")]
app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, help=__doc__)
users = typer.Typer(no_args_is_help=True, help="People's accounts.")
imports = typer.Typer(no_args_is_help=True, help="Bring a file in: whole or not at all, and never twice.")
templates = typer.Typer(no_args_is_help=True, help="Empty files to fill in.")
reports = typer.Typer(no_args_is_help=True, help="Write a report as a file, as the public may see it.")
app.add_typer(users, name="user")
app.add_typer(reports, name="report")
app.add_typer(imports, name="import")
app.add_typer(templates, name="template")


@app.command()
def migrate() -> None:
    """Bring the database to this version; safe to run twice, and from two processes at once."""
    typer.echo(f"The database is at version {open_database()}.")


@app.command()
def demo(
    if_empty: Annotated[
        bool, typer.Option(help="Leave one that holds anything, or that was named by hand, as it is.")
    ] = False,
) -> None:
    """Load the demonstration council into an empty database."""
    if if_empty and not demonstration.is_empty():
        return
    if if_empty and is_given_by_hand():
        typer.echo(demonstration.NOT_ASKED_FOR)
        return
    demonstration.load(read_demonstration(ROOT / "seeds"))
    typer.echo(f"The demonstration is loaded. Every account's password is {demonstration.PASSWORD}.")


@users.command("add")
def add_user(
    username: str,
    name: Annotated[str, typer.Option()],
    email: Annotated[str, typer.Option()] = "",
    role: Annotated[list[str] | None, typer.Option(help="ROLE@UNIT; may be given more than once.")] = None,
    manager: Annotated[str, typer.Option(help="The username of their manager, who reads their objectives.")] = "",
) -> None:
    """Make an account and print its one-time password."""
    password = administer.add_user(username, name=name, email=email, roles=role or [], manager=manager)
    typer.echo(f"One-time password of {username}: {password}")


@users.command("set-manager")
def set_manager(
    username: str,
    manager: Annotated[str, typer.Argument(help="The manager's username; nothing takes the manager away.")] = "",
) -> None:
    """Say who manages someone: their manager reads their own objectives beside them."""
    administer.set_manager(username, manager)
    typer.echo(f"{username} is managed by {manager}." if manager else f"{username} has no manager now.")


@users.command("disable")
def disable_user(username: str) -> None:
    """Shut an account; every session of it ends at its next click."""
    administer.disable_user(username)
    typer.echo(f"{username} is disabled.")


@users.command("reset-password")
def reset_password(username: str) -> None:
    """Print a new one-time password; every session of the account ends."""
    typer.echo(f"One-time password of {username}: {administer.reset_password(username)}")


@users.command("list")
def list_users() -> None:
    """Every account with its roles."""
    for person in administer.list_users():
        state = " (disabled)" if person.is_disabled else ""
        typer.echo(f"{person.username}{state}\t{person.name}\t{', '.join(person.roles) or 'no role'}")


@imports.command("setup")
def setup(
    path: Path,
    dry_run: Annotated[bool, typer.Option(help="Say what would change, and change nothing.")] = False,
) -> None:
    """A workbook (.xlsx), or a folder of CSV files, with the sheets of the register."""
    register, problems = read_setup(open_tables(path), known=importing.list_known())
    if problems:
        raise RefusedError(problems)
    report = import_setup(register, source=path.name, dry_run=dry_run)
    for sheet in report.sheets:
        typer.echo(sheet.in_words)
        for line in sheet.lines(most=MOST_SAID) if dry_run else ():
            typer.echo(f"  {line}")
    typer.echo(report.in_words(done=not dry_run))


@templates.command("setup")
def setup_template_file(path: Path) -> None:
    """An empty workbook for `import setup`: a sheet for each list, with drop-downs, notes and an example."""
    if path.suffix.casefold() != ".xlsx":
        raise typer.BadParameter("PATH ends in .xlsx.")
    path.write_bytes(setup_template.build())
    typer.echo(f"The empty workbook is in {path}. Its first sheet says how to fill it in.")


@imports.command("figures")
def figures(
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
    read = read_figures(table, known=importing.list_known())
    try:
        report = importing.import_figures(
            read,
            source=path.name,
            partial=partial,
            dry_run=dry_run,
            accept_unusual=accept_unusual,
            reason=reason,
            by=by,
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


@imports.command("boundaries")
def boundaries(
    path: Path,
    edition: Annotated[str, typer.Option(help="What this set of boundaries is called.")],
    code: Annotated[str, typer.Option(help="The property that holds the area's code.")],
    name: Annotated[str, typer.Option(help="The property that holds the area's name.")],
    valid_from: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])],
    valid_to: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
) -> None:
    """Polygons from a GeoJSON or TopoJSON file."""
    last = valid_to.date() if valid_to else None
    if last and last < valid_from.date():
        raise FileNotReadError(f"--valid-to {last} is before --valid-from {valid_from.date()}.")
    read, problems = read_boundaries(
        open_bytes(path),
        name=path.name,
        code_key=code,
        name_key=name,
        edition=BoundaryEdition(name=edition[:80], valid_from=valid_from.date(), valid_to=last),
        known=importing.list_known().areas,
    )
    if problems:
        raise RefusedError(problems)
    report = importing.import_boundaries(read, source=path.name)
    typer.echo(f"{report.count} areas drawn{'' if report.changed else ', the same as before'}.")
    for other in report.other_names:
        typer.echo(f"The file has another name for {other}")


class Subject(StrEnum):
    """What can be exported."""

    FIGURES = "figures"
    TARGETS = "targets"
    SCORECARD = "scorecard"
    WARDS = "wards"
    REGISTER = "register"
    AUDIT = "audit"


EXPORTS: dict[Subject, Callable[[exporting.Wanted], exporting.Export]] = {
    Subject.FIGURES: exporting.export_figures,
    Subject.TARGETS: exporting.export_targets,
    Subject.SCORECARD: export_scorecard,
    Subject.WARDS: exporting.export_wards,
    Subject.REGISTER: exporting.export_register,
    Subject.AUDIT: exporting.export_audit,
}


@app.command()
def export(
    subject: Subject,
    output: Annotated[Path, typer.Option(help="The file to write: .csv or .json.")],
    period: Annotated[str | None, typer.Option(help="2015-06, 2015-04-01/P3M, 2015/16.")] = None,
    unit: Annotated[str | None, typer.Option(help="A unit, with all below it.")] = None,
    measure: Annotated[str | None, typer.Option()] = None,
    as_known_at: Annotated[str | None, typer.Option(help="A day, or a moment in ISO 8601.")] = None,
    role: Annotated[Role | None, typer.Option("--for", help="What this role may see.")] = None,
) -> None:
    """Write what is stored as CSV or JSON, by the ending of the file's name."""
    write = {".csv": rows.write_csv, ".json": rows.write_json}.get(output.suffix.casefold())
    if write is None:
        raise typer.BadParameter("--output ends in .csv or .json.")
    wanted = exporting.Wanted(
        period=parse_period(period) if period else None,
        unit_code=unit,
        measure_code=measure,
        as_known_at=_moment(as_known_at) if as_known_at else None,
        role=role,
    )
    found = EXPORTS[subject](wanted)
    output.write_bytes(write(found.columns, found.rows))
    typer.echo(f"{len(found.rows):,} {'row' if len(found.rows) == 1 else 'rows'} written to {output}.")


@reports.command("ward-profile")
def ward_profile(
    ward: Annotated[str, typer.Option(help="The ward's code, or its name.")],
    output: Annotated[Path, typer.Option(help="The file to write: .docx or .pdf.")],
    period: Annotated[str | None, typer.Option(help="2017-09, 2017-07-01/P3M, 2016/17; figures up to its end.")] = None,
) -> None:
    """One ward on one A4 side, with small counts of people hidden."""
    from reporting import plan_page, plan_page_word, ward_page  # late: Altair takes half a second to come

    write = {".docx": plan_page_word.document, ".pdf": plan_page.as_pdf}.get(output.suffix.casefold())
    if write is None:
        raise typer.BadParameter("--output ends in .docx or .pdf.")
    profile = reporting_wards.public_profile(ward, parse_period(period) if period else None)
    output.write_bytes(write(ward_page.sheet(profile)))
    typer.echo(f"The profile of {profile.ward.name} is in {output}.")


@app.command()
def verify(
    seal: Annotated[str | None, typer.Option(help="One that was noted: it must be there still.")] = None,
) -> None:
    """Check the audit chain, every row against the event that wrote it, and what guards them; print what was found."""
    findings = keeping.verify(seal=seal)
    for table, count in findings.counts.items():
        typer.echo(f"{table}: {count:,}")
    typer.echo(f"Seal of the audit trail: {findings.seal}")
    for line in findings.since:
        typer.echo(f"Since the seal that was noted: {line}")
    for fault in findings.faults:
        typer.echo(fault, err=True)
    if findings.faults:
        raise typer.Exit(1)
    typer.echo("Everything holds together.")


@app.command("serve-check")
def serve_check() -> None:
    """Whether the database is reachable, at this version and writable; for a health probe."""
    keeping.check_ready()
    typer.echo("Ready.")


@app.command()
def backup(path: Path) -> None:
    """Copy the embedded database in one step while the app runs; on PostgreSQL use pg_dump."""
    seal = keeping.back_up(path)
    typer.echo(f"Copied to {path}.\nSeal of the copy's audit trail: {seal}")


@app.command()
def restore(path: Path, seal: Seal = None) -> None:
    """Put a copy in the place of the embedded database, and end every session. Stop the app first."""
    _say_restored(restoring.restore(path, seal=seal))


@app.command("after-restore")
def after_restore(
    replaced: Annotated[str | None, typer.Option(help="The database, on the same server, that it replaces.")] = None,
    seal: Seal = None,
) -> None:
    """On PostgreSQL, after pg_restore and before the app is started: check the copy, and end every session."""
    _say_restored(restoring.after_restore(replaced=replaced, seal=seal))


def _say_restored(done: restoring.Restored) -> None:
    for sentence in done.sentences:
        typer.echo(sentence)


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


def _moment(text: str) -> datetime:
    """A moment; a day alone means its last moment, in the zone of this machine where none is named."""
    try:
        moment = datetime.fromisoformat(text)
        if len(text) == len("2015-06-30"):
            moment = datetime.combine(date.fromisoformat(text), time.max)
        return moment.astimezone()
    except ValueError as fault:
        raise typer.BadParameter(f'"{text}" is neither a day nor a moment. Write 2015-06-30.') from fault


def main() -> None:
    """Run, and say every refusal as a sentence."""
    wants_traceback = os.environ.get("GOLDEN_THREAD_TRACEBACK") == "1"
    if not wants_traceback:
        logging.disable()  # what the log would hold is said below, as a sentence
    try:
        app()
    except RefusedError as refused:
        for problem in refused.problems[:MOST_SAID]:
            typer.echo(problem.in_words, err=True)
        if (more := len(refused.problems) - MOST_SAID) > 0:
            typer.echo(f"... and {more:,} more.", err=True)
        typer.echo("Nothing was changed.", err=True)
    except REFUSED as refused:
        typer.echo(in_words(refused), err=True)
    except Exception as fault:  # whoever runs a command reads a sentence; the traceback is there for the asking
        if wants_traceback:
            raise
        typer.echo(
            f"This failed in a way nobody expected ({type(fault).__name__}); nothing was half done."
            " Set GOLDEN_THREAD_TRACEBACK=1 and run it again to see where.",
            err=True,
        )
    raise SystemExit(1)


if __name__ == "__main__":
    main()
