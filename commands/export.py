"""`export`: what is stored, as rows of CSV or JSON."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.ground import by_ending, progress_of, whole_file
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
    parts = by_ending(output, {".csv": rows.csv_parts, ".json": rows.json_parts})
    wanted = exports.Wanted(
        period=parse_period(period) if period else None,
        unit_code=unit,
        measure_code=measure,
        as_known_at=_moment(as_known_at) if as_known_at else None,
        role=role,
    )
    found = EXPORTS[subject](wanted)
    counted = _Counted(found.rows)
    with whole_file(output) as file, progress_of("Writing", counted) as passing:
        file.writelines(parts(found.columns, passing))
    typer.echo(f"{counted.many:,} {'row' if counted.many == 1 else 'rows'} written to {output}.")


class _Counted:
    """Rows that are counted as they pass: nobody knows before how many there are."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self.many, self._rows = 0, rows

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for row in self._rows:
            self.many += 1
            yield row


def _moment(text: str) -> datetime:
    """A moment; a day alone means its last moment, in the zone of this machine where none is named."""
    try:
        moment = datetime.fromisoformat(text)
        if len(text) == len("2015-06-30"):
            moment = datetime.combine(date.fromisoformat(text), time.max)
        return moment.astimezone()
    except ValueError as fault:
        raise typer.BadParameter(f'"{text}" is neither a day nor a moment. Write 2015-06-30.') from fault
