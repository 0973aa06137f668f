"""kill -9 in the middle of a run of reports: none is lost, none is sent twice, and a file is whole or not there."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import trustme

import settings
from cycle.home import operator
from cycle.home.operator import Run
from cycle.report import schedules
from performance.home.mail import LONGEST_HAND_OVER, Handed
from performance.report.schedules import Way
from reporting.mail.server import MailServer
from tests.builders import a_user, it_is
from tests.conftest import rows_of
from tests.cycle.home.test_reports import DUE, TO_MEMBERS, Office
from tests.mail_server import PUBLIC, MailBox, serving, set_mail

CAUGHT = "p1@example.org"
ABOUT = "Waste and recycling, October 2017"


@pytest.fixture
def office(database_on_both: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Four people who each get a scorecard by mail, and a folder that gets its file."""
    assert database_on_both
    (tmp_path / "share").mkdir()
    monkeypatch.setenv("REPORT_FOLDERS", f"Share[members]={tmp_path / 'share'}")
    found = Office(tmp_path / "share")
    for name in ("p0", "p1", "p2"):
        a_user(name)
    found.plan()
    found.plan(way=Way.FOLDER, whom=TO_MEMBERS, folder="Share", ending="pdf")
    it_is(DUE)
    return found


@pytest.fixture
def box(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailBox]:
    assert office
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
    with MailServer(settings.mail()) as server:
        return operator.send_reports(
            server.hand_over, public_address=PUBLIC, folders=settings.report_folders(),
            clock=lambda: datetime.now(UTC) + after,
        )  # fmt: skip


def states() -> Counter[object]:
    return Counter(state for (state,) in rows_of("SELECT state FROM report_sends"))


def reports(box: MailBox) -> Counter[str]:
    return Counter(str(each["To"]) for each in box.took if str(each["Subject"]).startswith(ABOUT))


def test_killed_before_the_answer_it_is_doubtful_and_a_person_decides(office: Office, box: MailBox) -> None:
    job = start()

    def kill(address: str) -> None:
        if address == CAUGHT and reports(box)[CAUGHT]:
            job.send_signal(signal.SIGKILL)
            job.wait()

    box.before_answer = kill
    assert job.wait(timeout=120) == -signal.SIGKILL
    job.communicate()
    box.before_answer = lambda _address: None
    assert states() == {"sent": 2, "handing over": 1, "waiting": 2}, "manager, p0; p1; p2 and the folder"
    assert list((Path(settings.report_folders()["Share"].place)).iterdir()) == []

    again = start()
    said, _ = again.communicate(timeout=120)
    assert again.returncode == 0
    assert "Reports: sent 2.\n" in said
    assert run_later().doubtful == 1
    assert run_later(timedelta(hours=9)).handed == {}
    assert (set(reports(box).values()), len(reports(box))) == ({1}, 4)
    assert [each.name for each in Path(settings.report_folders()["Share"].place).iterdir()] == [
        "scorecard-WASTE-2017-10-01_P1M-S-02.pdf"
    ]

    (doubtful,) = schedules.list_sent(by=office.officer).undecided
    assert doubtful.send.address == CAUGHT
    schedules.send_report_again(doubtful.send.id, version=doubtful.send.version, by=office.officer)
    assert run_later().handed == {Handed.TAKEN: 1}
    assert reports(box) == {"manager@example.org": 1, "p0@example.org": 1, CAUGHT: 2, "p2@example.org": 1}
    ids = {str(each["Message-ID"]) for each in box.took if each["To"] == CAUGHT and ABOUT in str(each["Subject"])}
    assert len(ids) == 1


def test_jobs_at_once_send_each_report_once(office: Office, box: MailBox) -> None:
    office.plan(replace(schedules.list_sent(by=office.officer).planned[0].schedule, way=Way.ATTACHED, about="PLACE"))
    it_is(date(2017, 12, 18))
    jobs = [start() for _ in range(3)]
    said = [job.communicate(timeout=180) for job in jobs]
    assert [job.returncode for job in jobs] == [0] * 3, said
    assert states() == {"sent": 9}
    came = Counter((str(each["To"]), str(each["Subject"]).partition(",")[0]) for each in box.took)
    assert {many for (_, about), many in came.items() if about in {"Place", "Waste and recycling"}} == {1}
    assert {complaint for _, complaint in said} == {""}
