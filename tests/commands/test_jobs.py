"""`jobs run` as a timer calls it: what it prints, and when it exits with 1."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import trustme
from openpyxl import load_workbook

import settings
from performance.ground.people import Role
from performance.report.editions import Audience
from performance.report.schedules import ReportKind, Way
from tests.builders import a_user, it_is
from tests.command_line import done, manage
from tests.conftest import rows_of
from tests.cycle.home.test_digests import a_council
from tests.cycle.home.test_reports import DUE, TO_MEMBERS, Office
from tests.mail_server import OK, PUBLIC, MailBox, free_port, serving, set_mail

pytestmark = pytest.mark.usefixtures("sqlite_database")
RIGHT = {
    "MAIL_SERVER": "mail.example.org",
    "MAIL_FROM": "performance@example.org",
    "PUBLIC_ADDRESS": "https://performance.example.org/app/",
}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        *RIGHT,
        "REPORT_FOLDERS",
        "MAIL_PORT",
        "MAIL_TLS",
        "MAIL_USER",
        "MAIL_PASSWORD",
        "MAIL_PASSWORD_FILE",
        "MAIL_CA_FILE",
    ):
        monkeypatch.delenv(name, raising=False)


def test_without_settings_nothing_is_sent_and_it_says_what_to_set() -> None:
    a_council()
    a_user()
    found = manage("jobs", "run")
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr == (
        "Nothing is sent by mail. Set MAIL_SERVER to the name of the council's mail server. Set MAIL_FROM to the"
        " address that mails come from, and nothing else. Set PUBLIC_ADDRESS to where people open the app, like"
        " https://performance.example.org.\n"
    )
    assert rows_of("SELECT * FROM mails") == []


def test_it_counts_what_was_sent_skipped_and_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_council()
    for name in ("ann", "bob", "gone"):
        a_user(name)
    for name in ("admin", "other"):
        a_user(name, Role.ADMINISTRATOR, "COUNCIL")
    authority, box = trustme.CA(), MailBox()
    box.answer_to = lambda address: "550 No such user" if address == "gone@example.org" else OK
    with serving(box, authority):
        set_mail(monkeypatch, box, authority, tmp_path)
        assert done("jobs", "run") == (
            "Friday 10 November 2017: sent 2.\nSkipped: 2 (2 nothing to say).\nFailed: 1. Admin, Mail says why.\n"
        )
        assert done("jobs", "run") == "Friday 10 November 2017: sent 0.\n"
        it_is(date(2017, 11, 11))
        assert done("jobs", "run") == "Saturday 11 November 2017 is no working day: nothing is sent.\n"
    assert [to for to, *_ in box.came] == ["ann@example.org", "bob@example.org"]


def test_a_server_that_is_down_is_no_fault_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_council()
    a_user()
    set_mail(monkeypatch, MailBox(port=free_port()), trustme.CA(), tmp_path)
    found = manage("jobs", "run")
    assert found.returncode == 0
    assert found.stdout.endswith("To be tried later today: 1.\n")
    assert found.stderr.endswith("cannot be reached (Connection refused). What was not sent is tried again.\n")


def test_a_certificate_that_is_not_trusted_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_council()
    a_user()
    with serving(MailBox(), trustme.CA()) as box:
        set_mail(monkeypatch, box, trustme.CA(), tmp_path)
        found = manage("jobs", "run")
    assert found.returncode == 1
    assert "is not trusted" in found.stderr
    assert box.took == []


def test_settings_as_they_are_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in RIGHT.items():
        monkeypatch.setenv(name, value)
    found = settings.mail()
    assert (found.tls, found.port, found.public_address) == ("starttls", 587, "https://performance.example.org/app")
    monkeypatch.setenv("MAIL_TLS", "tls")
    assert settings.mail().port == 465


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MAIL_FROM", "Performance <a@example.org>", "Set MAIL_FROM"),
        ("MAIL_FROM", "a@example.org\nBcc: b@example.org", "Set MAIL_FROM"),
        ("MAIL_FROM", "nobody", "Set MAIL_FROM"),
        ("MAIL_PORT", "many", "Set MAIL_PORT"),
        ("MAIL_PORT", "0", "Set MAIL_PORT"),
        ("MAIL_PORT", "70000", "Set MAIL_PORT"),
        ("MAIL_TLS", "perhaps", "Set MAIL_TLS to starttls, tls or none"),
        ("MAIL_TLS", "none", "MAIL_TLS=none is for a server on this machine alone"),
        ("MAIL_PASSWORD_FILE", "nowhere/secret", "MAIL_PASSWORD_FILE names a file that cannot be read"),
        ("MAIL_CA_FILE", "nowhere/ca.pem", "MAIL_CA_FILE names a file that cannot be read"),
        ("PUBLIC_ADDRESS", "performance.example.org", "Set PUBLIC_ADDRESS"),
        ("PUBLIC_ADDRESS", "javascript://x", "Set PUBLIC_ADDRESS"),
        ("PUBLIC_ADDRESS", "https://a b", "Set PUBLIC_ADDRESS"),
        ("PUBLIC_ADDRESS", "https://[x", "Set PUBLIC_ADDRESS"),
        ("PUBLIC_ADDRESS", "https://example.org/?a=1", "Set PUBLIC_ADDRESS"),
    ],
)
def test_settings_that_cannot_be_meant(name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for each, right in RIGHT.items():
        monkeypatch.setenv(each, right)
    monkeypatch.setenv(name, value)
    with pytest.raises(settings.MailNotSetError) as refused:
        settings.mail()
    assert said in str(refused.value)


def test_reports_go_into_folders_also_where_no_mail_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORT_FOLDERS", f"Share[members]={tmp_path}")
    office = Office(tmp_path)
    office.plan(way=Way.FOLDER, whom=TO_MEMBERS, folder="Share")
    it_is(DUE)
    found = manage("jobs", "run")
    assert (found.returncode, found.stdout) == (1, "Reports: sent 1.\n")
    assert found.stderr.startswith("Nothing is sent by mail.")
    assert [each.name for each in tmp_path.iterdir()] == ["scorecard-WASTE-2017-10-01_P1M-S-01.docx"]


def test_a_report_comes_with_its_file_through_a_real_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office, authority = Office(tmp_path), trustme.CA()
    office.plan(way=Way.ATTACHED, ending="xlsx")
    it_is(DUE)
    with serving(MailBox(), authority) as box:
        set_mail(monkeypatch, box, authority, tmp_path)
        assert "Reports: sent 1.\n" in done("jobs", "run")
    (mail,) = [each for each in box.took if str(each["Subject"]).startswith("Waste and recycling, October 2017")]
    (file,) = mail.iter_attachments()
    assert file.get_filename() == "scorecard-WASTE-2017-10-01_P1M-S-01.xlsx"
    assert load_workbook(BytesIO(file.get_content())).sheetnames
    body = mail.get_body()
    assert body is not None
    assert f"{PUBLIC}/scorecard?scope=WASTE&period=2017-10-01%2FP1M" in body.get_content()


@pytest.mark.parametrize(
    ("set_to", "said"),
    [
        ("Share", "REPORT_FOLDERS names each folder once, as Name=path"),
        ("Share=/a; Share=/b", "REPORT_FOLDERS names each folder once"),
        ("Share[martians]=/a", "REPORT_FOLDERS: of Share write [members], [everybody] or [public]."),
        ("Share[]=/a", "REPORT_FOLDERS: of Share write [members], [everybody] or [public]."),
        ("[members]=/a", "REPORT_FOLDERS names each folder once"),
        ("Share[members=/a", "REPORT_FOLDERS: write Share[members as Name[members]"),
        ("Share[members]=/a; Open=/a", "REPORT_FOLDERS: Share and Open are for different audiences"),
        ("Share[members]=/a/b/; Open=/a/./c/..", "REPORT_FOLDERS: Share and Open are for different audiences"),
        ("Share=/a; Share[members]=/a", "REPORT_FOLDERS names each folder once"),
        ("Share=reports", "REPORT_FOLDERS: Share needs a whole path"),
    ],
)
def test_folders_that_cannot_be_meant_are_said_and_keep_no_mail_back(
    set_to: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORT_FOLDERS", f"Share[members]={tmp_path}")
    office, authority = Office(tmp_path), trustme.CA()
    office.plan()
    office.plan(way=Way.FOLDER, whom=TO_MEMBERS, folder="Share")
    it_is(DUE)
    monkeypatch.setenv("REPORT_FOLDERS", set_to)
    with serving(MailBox(), authority) as box:
        set_mail(monkeypatch, box, authority, tmp_path)
        found = manage("jobs", "run")
        assert (found.returncode, found.stdout.splitlines()[-2:]) == (1, ["Reports: sent 1.", "To be tried later: 1."])
        assert said in found.stderr
        assert "No report goes into a folder until then; what is due waits." in found.stderr
        subjects = [str(each["Subject"]) for each in box.took]
        assert any(each.startswith("Waste and recycling, October 2017") for each in subjects)
        assert len(subjects) > 1, "the mails of the day as well"
        monkeypatch.setenv("REPORT_FOLDERS", f"Share[members]={tmp_path}")
        assert "Reports: sent 1.\n" in done("jobs", "run")
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".docx"] != []


def test_folders_that_cannot_be_meant_are_said_where_no_mail_goes_either(monkeypatch: pytest.MonkeyPatch) -> None:
    a_council()
    monkeypatch.setenv("REPORT_FOLDERS", "Share")
    found = manage("jobs", "run")
    assert found.returncode == 1
    assert "REPORT_FOLDERS names each folder once" in found.stderr
    assert "Nothing is sent by mail." in found.stderr


def test_folders_as_they_are_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    written = " Members [ Members ] = /srv/members ;Open data=s3://bucket/a=b; All[everybody]=/srv/[all]"
    monkeypatch.setenv("REPORT_FOLDERS", written)
    assert settings.report_folders() == {
        "Members": settings.ReportFolder(place="/srv/members", audience="members"),
        "Open data": settings.ReportFolder(place="s3://bucket/a=b", audience="public"),
        "All": settings.ReportFolder(place="/srv/[all]", audience="everybody"),
    }


def test_a_folder_can_be_for_each_audience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORT_FOLDERS", "; ".join(f"{each}[{each}]=/srv/{each}" for each in Audience))
    assert [each.audience for each in settings.report_folders().values()] == list(Audience)


def test_what_begins_to_wait_is_said_once_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORT_FOLDERS", f"Share[members]={tmp_path}")
    office = Office(tmp_path)
    office.plan(report=ReportKind.PACK, about="", way=Way.FOLDER, whom=TO_MEMBERS, folder="Share")
    it_is(DUE)
    told = "Reports: sent 0.\nWaiting: 1 (1 there is none that they may read yet).\nTo be tried later: 1.\n"
    assert manage("jobs", "run").stdout == told
    it_is(DUE + timedelta(days=1))
    assert manage("jobs", "run").stdout == "Reports: sent 0.\nTo be tried later: 1.\n"
