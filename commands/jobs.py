"""`jobs run`: what a timer asks for, as often as it likes; what was done is not done again."""

from collections import Counter
from typing import Any

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
    """Tell everybody by mail what Home says to them, once a working day, and send the reports that are due by their
    schedules, by mail and into folders; exits 1 where the settings are wrong."""
    faults = settings.report_folders_fault()
    folders = None if faults else settings.report_folders()
    try:
        wanted = settings.mail()
    except settings.MailNotSetError:
        if folders:
            _say(operator.send_reports(None, public_address="", folders=folders), of="Reports")
        _say_no_folders(faults)
        raise
    with MailServer(wanted) as server:
        told = operator.send_digests(server.hand_over, public_address=wanted.public_address)
        # A server that took no digest is not asked for more at once.
        hand_over = None if told.stopped else server.hand_over
        sent = operator.send_reports(hand_over, public_address=wanted.public_address, folders=folders)
    _say(told)
    if _has_any(sent):
        _say(sent, of="Reports")
    _say_no_folders(faults)
    if faults or told.is_set_wrong or sent.is_set_wrong:
        raise typer.Exit(1)


def _say_no_folders(faults: str) -> None:
    if faults:
        typer.echo(f"{faults} No report goes into a folder until then; what is due waits.", err=True)


def _has_any(sent: Run) -> bool:
    return bool(sent.handed or sent.skipped or sent.waits or sent.to_come or sent.doubtful or sent.stopped)


def _say(done: Run, *, of: str = "") -> None:
    for sentence in _sentences(done, of=of):
        typer.echo(sentence)
    if done.stopped:
        typer.echo(f"{done.stopped}. What was not sent is tried again.", err=True)


def _sentences(done: Run, *, of: str) -> list[str]:
    """A line each; what there is none of is not said, but for what was sent."""
    day = of or f"{done.day:%A} {day_in_words(done.day)}"
    where = "Reports sent" if of else "Admin, Mail"
    doubtful = [f"Doubtful: {done.doubtful}. {where} says which."] if done.doubtful else []
    if not done.is_working_day:
        return [*([] if of else [f"{day} is no working day: nothing is sent."]), *doubtful]
    why, waits = _reasons(done.skipped), _reasons(done.waits)
    lines = [
        f"{day}: sent {done.handed[Handed.TAKEN]}.",
        f"Skipped: {done.skipped.total()} ({why})." if why else "",
        f"Waiting: {done.waits.total()} ({waits})." if waits else "",
        f"Failed: {done.failed}. {where} says why." if done.failed else "",
        f"To be tried later{'' if of else ' today'}: {done.to_come}." if done.to_come else "",
    ]
    return [*filter(None, lines), *doubtful]


def _reasons(counted: Counter[Any]) -> str:
    return ", ".join(f"{many} {because.value.lower()}" for because, many in counted.most_common())
