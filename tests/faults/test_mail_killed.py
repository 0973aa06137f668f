"""kill -9 in the middle of a run of mails: what the server has is what the record says, and nothing comes twice.

What was caught between the server's yes and its note is doubtful: it is shown, and goes out again only if a person says
so, under the same id.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

import settings
from cycle.admin import mails
from cycle.home import operator
from cycle.home.operator import Run
from data_access.store.database import engine
from performance.ground.people import Role
from performance.home.mail import LONGEST_HAND_OVER, Handed, MailState
from reporting.mail.server import MailServer
from tests.builders import a_user, add_council, add_measure
from tests.conftest import rows_of
from tests.mail_server import OK, PUBLIC, MailBox, serving, set_mail

PEOPLE = [f"p{number}" for number in range(5)]
CAUGHT = "p2@example.org"


@pytest.fixture
def box(database_on_both: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailBox]:
    """Five people who are each to be told of a late return, and a server for their mail."""
    assert database_on_both
    add_council()
    add_measure("BINS")
    for each in PEOPLE:
        a_user(each)
    authority = trustme.CA()
    with serving(MailBox(), authority) as up:
        set_mail(monkeypatch, up, authority, tmp_path)
        yield up


def start() -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "manage.py", "jobs", "run"],
        cwd=settings.ROOT, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def run_later(after: timedelta = LONGEST_HAND_OVER) -> Run:
    """The next run of the timer, when so much time has gone by."""
    with MailServer(settings.mail()) as server:
        return operator.send_digests(server.hand_over, public_address=PUBLIC, clock=lambda: datetime.now(UTC) + after)


def record() -> dict[str, set[tuple[object, ...]]]:
    """By state, to whom, about what and under which id."""
    found: dict[str, set[tuple[object, ...]]] = {}
    for state, to, about, token in rows_of("SELECT state, address, subject, token FROM mails"):
        found.setdefault(str(state), set()).add((to, about, f"<{token}@performance.example.org>"))
    return found


def caught_at(box: MailBox, moment: str) -> None:
    """Run the job and kill it at the moment, when it hands over the mail in the middle."""
    job = start()

    def kill(address: str) -> None:
        if address == CAUGHT:
            job.send_signal(signal.SIGKILL)
            job.wait()

    def kill_once_answered(address: str) -> None:
        """The answer is on its way; somebody else holds the row, so that the job has it and cannot note it."""
        if address == CAUGHT:
            held = threading.Event()
            threading.Thread(target=hold_until_dead, args=(held, kill), daemon=True).start()
            assert held.wait(10)

    if moment == "before it is taken":
        box.before_text = kill
        box.answer_to_text = lambda address: "451 Broken off" if address == CAUGHT else OK
    else:
        box.before_answer = kill if moment == "before the answer" else kill_once_answered
    assert job.wait(timeout=120) == -signal.SIGKILL, job.stderr
    job.communicate()
    box.before_text = box.before_answer = lambda _address: None
    box.answer_to_text = lambda _address: OK


def hold_until_dead(held: threading.Event, kill: Callable[[str], None]) -> None:
    with engine().connect().execution_options(writes=True) as connection, connection.begin() as begun:
        connection.exec_driver_sql("UPDATE mails SET reason = reason")
        held.set()
        time.sleep(2)  # long enough for the answer to arrive, and for the job to stand in the queue
        kill(CAUGHT)
        begun.rollback()


@pytest.mark.parametrize("moment", ["before it is taken", "before the answer", "before it is noted"])
def test_a_job_killed_in_the_middle_loses_nothing_and_sends_nothing_twice(moment: str, box: MailBox) -> None:
    caught_at(box, moment)
    has_it = moment != "before it is taken"
    assert {state: len(those) for state, those in record().items()} == {"sent": 2, "handing over": 1, "waiting": 2}
    assert len(box.took) == 2 + has_it

    # The next run sees to the others; the one in the middle might still be somebody's.
    job = start()
    said, _ = job.communicate(timeout=120)
    assert (job.returncode, said) == (0, "Friday 10 November 2017: sent 2.\n")
    assert run_later().doubtful == 1
    kept = record()
    assert {state: len(those) for state, those in kept.items()} == {"sent": 4, "doubtful": 1}
    assert Counter(box.came) == Counter([*kept["sent"], *(kept["doubtful"] if has_it else [])])
    assert run_later(timedelta(hours=5)).handed == {}

    # It is shown, and a person says that it goes again: once more, and so that a mail program knows it again.
    bi = a_user("bi", Role.BI_TEAM, "COUNCIL")
    (doubtful,) = mails.list_mails(mails.MailQuery(), by=bi).undecided
    assert (doubtful.mail.address, doubtful.stands) == (CAUGHT, MailState.DOUBTFUL)
    mails.send_again(doubtful.mail.id, version=doubtful.mail.version, by=bi)
    assert run_later().handed == {Handed.TAKEN: 1}
    came = Counter(number for _, _, number in box.came)
    assert came.pop(f"<{doubtful.mail.token}@performance.example.org>") == 1 + has_it
    assert set(came.values()) == {1}


def test_jobs_at_once_send_each_mail_once(box: MailBox) -> None:
    for number in range(10):
        a_user(f"q{number}")
    jobs = [start() for _ in range(3)]
    said = [job.communicate(timeout=180) for job in jobs]
    assert [job.returncode for job in jobs] == [0] * 3, said
    assert Counter(box.came) == Counter(record()["sent"])
    assert len(box.took) == 15
    assert {complaint for _, complaint in said} == {""}
