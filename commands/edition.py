"""`edition plan|freeze|publish|list`: what is published of a period's figures, from the operator's command line."""

from datetime import datetime
from typing import Annotated

import typer

from cycle.report.editions import calendar, freezing, operator
from performance.ground.periods import day_in_words, parse_period
from performance.report.editions import Audience, Edition

_Period = Annotated[str, typer.Option(help="2017-07-01/P3M, 2017-09, 2016/17.")]
_Committee = Annotated[str, typer.Option(help="Who meets; where a period has one edition only, it is that one.")]


def plan(
    period: _Period,
    committee: _Committee,
    meets_on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day of the meeting.")],
    closes_on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day on which the figures close.")],
    audience: Annotated[Audience, typer.Option(help="Who may read it once it is published.")] = Audience.MEMBERS,
) -> None:
    """Put a meeting on the committee calendar."""
    wanted = Edition(
        committee=committee,
        period=parse_period(period),
        meets_on=meets_on.date(),
        closes_on=closes_on.date(),
        audience=audience,
    )
    calendar.plan_edition(wanted, by=None)
    _say(operator.one_edition(wanted.period, committee))


def freeze(period: _Period, committee: _Committee = "") -> None:
    """Copy the figures of a period as they are known now, for its meeting on the calendar, or for one of today."""
    wanted = parse_period(period)
    if not operator.has_edition(wanted, committee):
        operator.plan_for_today(wanted, committee)
    edition = operator.one_edition(wanted, committee)
    freezing.freeze_edition(edition.id, version=edition.version, by=None)
    _say(operator.one_edition(wanted, committee))


def publish(period: _Period, committee: _Committee = "") -> None:
    """Show what is frozen to its audience, for good."""
    wanted = parse_period(period)
    edition = operator.one_edition(wanted, committee)
    freezing.publish_edition(edition.id, version=edition.version, by=None)
    _say(operator.one_edition(wanted, committee))


def list_all(period: _Period = "") -> None:
    """Every edition, or those of a period, the last meeting first."""
    found = operator.every_edition(parse_period(period) if period else None)
    for each in found:
        _say(each)
    if not found:
        typer.echo("There are no editions.")


def _say(edition: Edition) -> None:
    known = f", {edition.freeze.in_words} at {edition.freeze.at.astimezone():%H:%M}" if edition.freeze else ""
    meets = f"for the meeting on {day_in_words(edition.meets_on)}, for {edition.audience.in_words.lower()}"
    typer.echo(f"{edition.reference} {edition.title}: {edition.state.in_words.lower()}{known}, {meets}.")
