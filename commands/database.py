"""`migrate`, `verify`, `rebuild`, `serve-check`, `backup`, `restore`, `after-restore`: the database as a whole."""

from pathlib import Path
from typing import Annotated

import typer

from cycle.admin import restoring, upkeep
from cycle.ground.opening import open_database

Seal = Annotated[str | None, typer.Option(help="A seal that was noted elsewhere: the copy must hold it.")]


def migrate() -> None:
    """Bring the database to this version; safe to run twice, and from two processes at once."""
    typer.echo(f"The database is at version {open_database()}.")


def verify(
    seal: Annotated[str | None, typer.Option(help="One that was noted: it must be there still.")] = None,
) -> None:
    """Check the audit chain, every row against the event that wrote it, and what guards them; print what was found."""
    findings = upkeep.verify(seal=seal)
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


def rebuild() -> None:
    """Work out anew what follows from the record: which figures small counts of people hide. Safe to run twice."""
    moved = upkeep.rebuild()
    typer.echo(f"Put right: {moved:,} figures." if moved else "Nothing was wrong.")


def serve_check() -> None:
    """Whether the database is reachable, at this version and writable; for a health probe."""
    upkeep.check_ready()
    typer.echo("Ready.")


def backup(path: Path) -> None:
    """Copy the embedded database in one step while the app runs; on PostgreSQL use pg_dump."""
    seal = upkeep.back_up(path)
    typer.echo(f"Copied to {path}.\nSeal of the copy's audit trail: {seal}")


def restore(path: Path, seal: Seal = None) -> None:
    """Put a copy in the place of the embedded database, and end every session. Stop the app first."""
    _say_restored(restoring.restore(path, seal=seal))


def after_restore(
    replaced: Annotated[str | None, typer.Option(help="The database, on the same server, that it replaces.")] = None,
    seal: Seal = None,
) -> None:
    """On PostgreSQL, after pg_restore and before the app is started: check the copy, and end every session."""
    _say_restored(restoring.after_restore(replaced=replaced, seal=seal))


def _say_restored(done: restoring.Restored) -> None:
    for sentence in done.sentences:
        typer.echo(sentence)
