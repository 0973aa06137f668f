"""`demo`: the demonstration council."""

from typing import Annotated

import typer

from cycle.admin import demonstration
from cycle.report import operator as reports
from cycle.report.editions import operator
from intake.setup.seeds import read_demonstration
from settings import ROOT, is_given_by_hand


def load(
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
    from cycle.report.annual import operator as annual  # late: Altair takes half a second to come

    seeds = read_demonstration(ROOT / "seeds")
    demonstration.load(seeds)
    operator.tell_editions(seeds.past["editions"], seeds.past["edition_words"])
    annual.tell_report(seeds.past["annual_report"])
    reports.tell_schedules(seeds.past["schedules"], seeds.past["report_sends"])
    typer.echo(f"The demonstration is loaded. Every account's password is {demonstration.PASSWORD}.")
