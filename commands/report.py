"""`report ward-profile`: a report as a file, as the public may see it."""

from pathlib import Path
from typing import Annotated

import typer

from commands.ground import by_ending
from cycle.review import public_ward
from performance.ground.periods import parse_period


def ward_profile(
    ward: Annotated[str, typer.Option(help="The ward's code, or its name.")],
    output: Annotated[Path, typer.Option(help="The file to write: .docx or .pdf.")],
    period: Annotated[str | None, typer.Option(help="2017-09, 2017-07-01/P3M, 2016/17; figures up to its end.")] = None,
) -> None:
    """One ward on one A4 side, with small counts of people hidden."""
    from reporting.documents import plan_page, plan_page_word, ward_profile  # late: Altair takes half a second to come

    written = by_ending(output, {".docx": plan_page_word.document, ".pdf": plan_page.as_pdf})
    profile = public_ward.public_profile(ward, parse_period(period) if period else None)
    output.write_bytes(written(ward_profile.sheet(profile)))
    typer.echo(f"The profile of {profile.ward.name} is in {output}.")
