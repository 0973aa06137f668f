"""`import boundaries`: the outlines of areas."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cycle.admin import outlines
from cycle.do.files import importing
from intake.files.opening import open_bytes
from intake.files.tables import FileNotReadError
from intake.setup.boundary_file import read_boundaries
from performance.ground.incoming import RefusedError
from performance.ground.organisation import BoundaryEdition


def bring_in(
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
    report = outlines.import_boundaries(read, source=path.name)
    typer.echo(f"{report.count} areas drawn{'' if report.changed else ', the same as before'}.")
    for other in report.other_names:
        typer.echo(f"The file has another name for {other}")
