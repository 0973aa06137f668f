"""`import setup` and `template setup`: the sheets of the register, filled in or empty."""

from pathlib import Path
from typing import Annotated

import typer

from commands.ground import MOST_SAID
from cycle.admin import demonstration
from cycle.admin.setup import import_setup
from cycle.do.files import importing
from intake.files.opening import open_tables
from intake.setup.setup_file import read_setup
from performance.ground.incoming import RefusedError
from reporting.tables import setup_template


def bring_in(
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
    if demonstration.is_demonstration():
        typer.echo(demonstration.STILL_ONE)


def write_template(path: Path) -> None:
    """An empty workbook for `import setup`: a sheet for each list, with drop-downs, notes and an example."""
    if path.suffix.casefold() != ".xlsx":
        raise typer.BadParameter("PATH ends in .xlsx.")
    path.write_bytes(setup_template.build())
    typer.echo(f"The empty workbook is in {path}. Its first sheet says how to fill it in.")
