"""`export`: what is stored, as rows of CSV or JSON."""

from collections.abc import Callable
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from commands.ground import by_ending
from cycle.admin import audit
from cycle.ground import exports
from cycle.report.scorecard_export import export_scorecard
from performance.ground.people import Role
from performance.ground.periods import parse_period
from reporting.tables import rows


class Subject(StrEnum):
    """What can be exported."""

    FIGURES = "figures"
    TARGETS = "targets"
    SCORECARD = "scorecard"
    WARDS = "wards"
    REGISTER = "register"
    AUDIT = "audit"


EXPORTS: dict[Subject, Callable[[exports.Wanted], exports.Export]] = {
    Subject.FIGURES: exports.export_figures,
    Subject.TARGETS: exports.export_targets,
    Subject.SCORECARD: export_scorecard,
    Subject.WARDS: exports.export_wards,
    Subject.REGISTER: exports.export_register,
    Subject.AUDIT: audit.export_audit,
}


def write(
    subject: Subject,
    output: Annotated[Path, typer.Option(help="The file to write: .csv or .json.")],
    period: Annotated[str | None, typer.Option(help="2015-06, 2015-04-01/P3M, 2015/16.")] = None,
    unit: Annotated[str | None, typer.Option(help="A unit, with all below it.")] = None,
    measure: Annotated[str | None, typer.Option()] = None,
    as_known_at: Annotated[str | None, typer.Option(help="A day, or a moment in ISO 8601.")] = None,
    role: Annotated[Role | None, typer.Option("--for", help="What this role may see.")] = None,
) -> None:
    """Write what is stored as CSV or JSON, by the ending of the file's name."""
    written = by_ending(output, {".csv": rows.write_csv, ".json": rows.write_json})
    wanted = exports.Wanted(
        period=parse_period(period) if period else None,
        unit_code=unit,
        measure_code=measure,
        as_known_at=_moment(as_known_at) if as_known_at else None,
        role=role,
    )
    found = EXPORTS[subject](wanted)
    output.write_bytes(written(found.columns, found.rows))
    typer.echo(f"{len(found.rows):,} {'row' if len(found.rows) == 1 else 'rows'} written to {output}.")


def _moment(text: str) -> datetime:
    """A moment; a day alone means its last moment, in the zone of this machine where none is named."""
    try:
        moment = datetime.fromisoformat(text)
        if len(text) == len("2015-06-30"):
            moment = datetime.combine(date.fromisoformat(text), time.max)
        return moment.astimezone()
    except ValueError as fault:
        raise typer.BadParameter(f'"{text}" is neither a day nor a moment. Write 2015-06-30.') from fault
