"""kill -9 in the middle of submissions: none that was acknowledged is lost, none is half written."""

import random
import secrets
import signal
import subprocess
import sys

import pytest

from data_access.store.audit import list_breaks
from data_access.store.database import engine, reading
from settings import ROOT
from tests.builders import a_user, add_council, add_measure
from tests.conftest import rows_of
from tests.thorough import trials

SUBMISSIONS, KILLS = trials(60, 120), trials(3, 12)


@pytest.mark.usefixtures("database_on_both")
def test_a_writer_killed_while_submitting_loses_nothing_and_leaves_no_half() -> None:
    seed = secrets.randbelow(10**6)
    sys.stdout.write(f"seed {seed}\n")  # shown when the test fails
    add_council()
    for code in ("A", "B", "C"):
        add_measure(code)
    a_user("manager")
    acknowledged: list[int] = []
    chance = random.Random(seed)  # noqa: S311 - where to kill, not a secret
    for _ in range(KILLS):
        number = chance.randrange(1, SUBMISSIONS // (KILLS + 1))
        acknowledged += killed_after(number, first=len_of(acknowledged))
        whole(acknowledged)
    acknowledged += run_to_the_end(first=len_of(acknowledged))
    whole(acknowledged)
    assert stored() == set(range(SUBMISSIONS))


def killed_after(number: int, *, first: int) -> list[int]:
    """Let it submit so many, then kill it at whatever it is doing; the answer is what it said it had done."""
    with start(first) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(number)]
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.readlines()
    assert writer.returncode == -signal.SIGKILL
    return [int(line) for line in said if line.endswith("\n")]


def run_to_the_end(*, first: int) -> list[int]:
    """Started again it goes on; what was done already is answered from its request key and done only once."""
    with start(max(0, first - 1)) as writer:
        assert writer.stdout is not None
        said = writer.stdout.readlines()
    assert writer.returncode == 0
    return [int(line) for line in said]


def start(first: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.faults.writer", str(first), str(SUBMISSIONS)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def len_of(acknowledged: list[int]) -> int:
    """Where to go on: the killed submission is asked for again, as a person would."""
    return max(acknowledged, default=-1) + 1


def stored() -> set[int]:
    months = rows_of("SELECT period_start FROM returns")
    years = [str(start) for (start,) in months]
    return {(int(text[:4]) - 2001) * 12 + int(text[5:7]) - 1 for text in years}


def whole(acknowledged: list[int]) -> None:
    """Every acknowledged return is there, and every return there is whole: figures, commentary, receipt, event."""
    kept = stored()
    assert set(acknowledged) <= kept
    assert len(kept - set(acknowledged)) <= 1  # committed, but killed before it could say so
    number = len(kept)
    assert rows_of("SELECT COUNT(*) FROM returns WHERE status = 'submitted' AND version = 1") == [(number,)]
    assert rows_of("SELECT COUNT(*) FROM figures WHERE revision = 1 AND commentary <> ''") == [(3 * number,)]
    assert rows_of("SELECT COUNT(*) FROM figures") == [(3 * number,)]
    assert rows_of("SELECT COUNT(*) FROM requests") == [(number,)]
    assert rows_of("SELECT COUNT(*) FROM audit_events WHERE verb = 'submit return'") == [(number,)]
    with reading() as session:
        assert list(list_breaks(session)) == []
    if engine().dialect.name == "sqlite":
        assert rows_of("PRAGMA integrity_check") == [("ok",)]
        assert rows_of("PRAGMA foreign_key_check") == []
