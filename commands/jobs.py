"""`jobs run`: what a timer asks for, as often as it likes; what was done is not done again."""

import typer

import settings
from cycle.home import operator
from cycle.home.operator import Run
from performance.ground.periods import day_in_words
from performance.home.mail import Handed
from reporting.mail.server import MailServer


def timed() -> None:
    """What a timer asks for, as often as it likes."""


def run() -> None:
    """Tell everybody by mail what Home says to them, once a working day; exits 1 where the settings are wrong."""
    wanted = settings.mail()
    with MailServer(wanted) as server:
        done = operator.send_digests(server.hand_over, public_address=wanted.public_address)
    for sentence in _sentences(done):
        typer.echo(sentence)
    if done.stopped:
        typer.echo(f"{done.stopped}. What was not sent is tried again.", err=True)
    if done.is_set_wrong:
        raise typer.Exit(1)


def _sentences(done: Run) -> list[str]:
    """A line each; what there is none of is not said, but for what was sent."""
    day = f"{done.day:%A} {day_in_words(done.day)}"
    doubtful = [f"Doubtful: {done.doubtful}. Admin, Mail says which."] if done.doubtful else []
    if not done.is_working_day:
        return [f"{day} is no working day: nothing is sent.", *doubtful]
    why = ", ".join(f"{many} {because.value.lower()}" for because, many in done.skipped.most_common())
    lines = [
        f"{day}: sent {done.handed[Handed.TAKEN]}.",
        f"Skipped: {done.skipped.total()} ({why})." if why else "",
        f"Failed: {done.failed}. Admin, Mail says why." if done.failed else "",
        f"To be tried later today: {done.to_come}." if done.to_come else "",
    ]
    return [*filter(None, lines), *doubtful]
