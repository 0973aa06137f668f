"""`schedules`: the reports that go out by themselves."""

from datetime import date

import typer

from cycle.report import operator
from cycle.report.operator import Planned
from performance.ground.periods import day_in_words


def list_all() -> None:
    """Every report that goes out by itself, in the order in which they were planned, with when it is due next."""
    found, today = operator.every_schedule()
    for each in found:
        schedule = each.schedule
        typer.echo(
            f"{schedule.reference} {each.what}, to {each.whom}. {schedule.way.in_words}. {schedule.often.in_words}."
            f" {_next(each, today)}."
        )
    if not found:
        typer.echo("No report goes out by itself.")


def _next(each: Planned, today: date) -> str:
    if each.schedule.stopped_on:
        return f"Stopped on {day_in_words(each.schedule.stopped_on)}"
    if each.is_gone:
        return "It does not go out: what it is about is there no longer"
    if each.next is None:
        return "Nothing is due"
    since = "at the next run, due since" if each.next.due_on < today else "on"
    return f"Next: {each.next.in_words}, {since} {day_in_words(each.next.due_on)}"
