"""Reports that go out by themselves, as policy officers and the BI team plan, change and stop them, and nobody else."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from cycle.report import schedules
from data_access.report.sends import add_past
from data_access.store.database import transaction
from performance.ground.people import PERMISSIONS, Permission, Role
from performance.home.mail import Handed, MailState, Outcome
from performance.report.schedules import Often, ReportKind, Way, Whom, WhomKind
from tests.builders import a_user
from tests.conftest import rows_of
from tests.cycle.home.test_digests import START
from tests.cycle.home.test_reports import TO_MEMBERS, Office
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE, ONE, HOME = "pages/report/reports_sent.py", "pages/report/report_sent.py", "pages/home/today.py"
FAILED = "1 report failed, or may not have come"
REFUSED = Outcome(handed=Handed.REFUSED, said="550 No such user")


@pytest.fixture
def office(tmp_path: Path, sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Office:
    assert sqlite_database
    monkeypatch.setenv("REPORT_FOLDERS", f"Share[members]={tmp_path}")
    return Office(tmp_path)


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [each for each in app.button if each.label == label]
    app = button.click().run()
    assert not app.exception
    return app


def links(app: AppTest) -> list[str]:
    return [each.proto.label for each in app.get("page_link")]


def choose(app: AppTest, label: str, value: object) -> AppTest:
    (box,) = [each for each in app.selectbox if each.label == label]
    app = box.set_value(value).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("role", [role for role in Role if Permission.SCHEDULE_REPORTS not in PERMISSIONS[role]])
def test_others_are_refused_and_read_nothing(role: Role, office: Office, open_page: Open) -> None:
    office.plan()
    other = a_user("other", role, "COUNCIL")
    for page, query in ((PAGE, {}), (ONE, {"schedule": "1"})):
        said = texts(open_page(other, page, **query))
        assert "You may not schedule reports." in said
        assert "Waste and recycling" not in said


def test_before_anything_is_planned(office: Office, open_page: Open) -> None:
    said = texts(open_page(office.officer, PAGE))
    assert "No report goes out by itself yet. Plan one above." in said
    assert "No mail server is set, so nothing goes by mail." in said


def test_an_officer_plans_a_mail_with_a_file_to_a_person(office: Office, open_page: Open) -> None:
    app = open_page(office.officer, PAGE)
    for label, value in (
        ("Report", ReportKind.BRIEF),
        ("Of which part", "WASTE"),
        ("How often", Often.WEEKLY),
        ("How it comes", Way.ATTACHED),
        ("As", "pdf"),
        ("Who gets it", WhomKind.PERSON),
        ("Which person", "manager"),
    ):
        app = choose(app, label, value)
    app = press(app, "Plan it")
    said = texts(app)
    assert "It goes out from now on." in said
    assert "Two-minute brief: Waste and recycling" in said
    assert "13 Nov 2017 (Week of 13 Nov 2017)" in said
    (kept,) = schedules.list_sent(by=office.officer).planned
    assert (kept.schedule.ending, kept.schedule.whom) == ("pdf", Whom(kind=WhomKind.PERSON, code="manager"))


def test_nobody_is_sent_to_by_default(office: Office, open_page: Open) -> None:
    app = press(open_page(office.officer, PAGE), "Plan it")
    said = texts(app)
    assert "Choose what the report is about." in said
    assert "Choose who gets it." in said
    assert rows_of("SELECT count(*) FROM schedules") == [(0,)]


def test_and_a_file_in_a_folder(
    office: Office, open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORT_FOLDERS", f"Share={tmp_path}")
    app = open_page(office.officer, PAGE)
    app = choose(choose(app, "Report", ReportKind.PACK), "How it comes", Way.FOLDER)
    assert [each.label for each in app.selectbox if each.label.startswith("Of which")] == []
    app = choose(choose(app, "As", "pptx"), "Who reads the folder", "public")
    (inside,) = [each for each in app.text_input if each.label == "Folder inside it, if any"]
    app = press(inside.set_value("../up").run(), "Plan it")
    assert "A folder inside it has letters, digits, spaces" in texts(app)
    assert rows_of("SELECT count(*) FROM schedules") == [(0,)]
    (inside,) = [each for each in app.text_input if each.label == "Folder inside it, if any"]
    assert inside.value == "../up", "what was typed stays"
    app = press(choose(inside.set_value("Packs").run(), "Who reads the folder", "members"), "Plan it")
    assert "The folder Share is for another audience: the public, without signing in" in texts(app)
    app = press(choose(app, "Who reads the folder", "public"), "Plan it")
    assert "Share/Packs, for the public, without signing in" in texts(app)


def test_one_is_changed_and_stopped(office: Office, open_page: Open) -> None:
    number = office.plan(way=Way.ATTACHED)
    app = choose(open_page(office.officer, ONE, schedule=str(number)), "As", "xlsx")
    app = press(app, "Keep the change")
    assert "It goes out like this from now on." in texts(app)
    assert "Mail with the file, Excel, unless nothing changed." in texts(app)
    app = press(app, "Stop it")
    assert "Stopped on 10 Nov 2017: it sends no more." in texts(app)
    assert [each.label for each in app.button if each.label in {"Stop it", "Keep the change"}] == []


def test_whoever_is_second_is_told_and_changes_nothing(office: Office, open_page: Open) -> None:
    number = office.plan(way=Way.ATTACHED)
    app = choose(open_page(office.officer, ONE, schedule=str(number)), "As", "xlsx")
    bi = a_user("bi", Role.BI_TEAM, "COUNCIL")
    seen = schedules.list_sent(by=bi).planned[0].schedule
    schedules.change_schedule(replace(seen, ending="pdf"), by=bi)
    app = press(app, "Stop it")
    assert "This was changed, or sent, since you opened the page." in texts(app)
    assert rows_of("SELECT ending, stopped_on FROM schedules") == [("pdf", None)]


def test_one_there_is_not(office: Office, open_page: Open) -> None:
    said = texts(open_page(office.officer, ONE, schedule="7"))
    assert "There is no such schedule. Choose one from the list." in said


def test_the_history_says_why_nothing_came(office: Office, open_page: Open) -> None:
    number = office.plan(often=Often.WEEKLY)
    for day in (13, 20):
        office.reports(date(2017, 11, day))
    said = texts(open_page(office.officer, ONE, schedule=str(number)))
    assert "Week of 20 Nov 2017" in said
    assert "It says what the last one said" in said
    assert "Waste and recycling, now: 1 red" in said
    assert "to manager@example.org" in said


def test_what_failed_is_on_home_for_the_bi_team_and_decided_on_the_page(office: Office, open_page: Open) -> None:
    office.plan()
    office.answers["manager@example.org"] = REFUSED
    office.reports()
    bi = a_user("bi", Role.BI_TEAM, "COUNCIL")
    assert FAILED in links(open_page(bi, HOME))
    app = open_page(bi, PAGE)
    said = texts(app)
    assert "Scorecard: Waste and recycling, October 2017, to Service manager, WASTE: failed" in said
    assert "550 No such user. 1 try. Not tried again." in said
    app = press(app, "Send again")
    assert "The next run sends it." in texts(app)
    office.answers.clear()
    assert office.reports().handed == {Handed.TAKEN: 1}
    assert FAILED not in links(open_page(bi, HOME))


def test_what_failed_is_left(office: Office, open_page: Open) -> None:
    office.plan()
    office.answers["manager@example.org"] = REFUSED
    office.reports()
    app = press(open_page(office.officer, PAGE), "Leave it")
    assert "It is left as it is." in texts(app)
    assert "To be decided" not in texts(app)


def test_without_a_folder_it_says_who_sets_one(
    office: Office, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.plan(way=Way.FOLDER, folder="Share", whom=TO_MEMBERS)
    monkeypatch.delenv("REPORT_FOLDERS")
    app = choose(open_page(office.officer, PAGE), "How it comes", Way.FOLDER)
    assert "No folder is set." in texts(app)
    assert "Choose a folder" in texts(press(app, "Plan it"))


def test_folders_that_cannot_be_meant_are_said_on_the_page(
    office: Office, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORT_FOLDERS", "Share")
    app = open_page(office.officer, PAGE)
    said = texts(app)
    assert "FOLDERS names each folder once, as Name=path" in said
    assert "No report goes into a folder until whoever runs the app has put this right" in said
    assert "No folder is set." not in texts(choose(app, "How it comes", Way.FOLDER))


def test_what_is_gone_is_said_with_what_to_do(office: Office, open_page: Open) -> None:
    number = office.plan(about="HOUSING")
    with transaction() as session:
        session.execute(text("UPDATE unit_placements SET valid_to = '2017-11-09' WHERE unit_code = 'HOUSING'"))
    assert "Not: what it is about is there no longer" in texts(open_page(office.officer, PAGE))
    app = open_page(office.officer, ONE, schedule=str(number))
    said = (
        "What it is about is there no longer, so it does not go out. Choose something else under Change it, or stop it."
    )
    assert said in texts(app)
    app = press(choose(app, "Of which part", "WASTE"), "Keep the change")
    assert said not in texts(app)


def test_the_history_is_read_back_page_by_page_by_its_address(office: Office, open_page: Open) -> None:
    number = office.plan(often=Often.WEEKLY)
    first = date(2016, 1, 4)
    with transaction() as session:
        for week in range(2 * schedules.PAGE + 3):
            day = first + timedelta(weeks=week)
            add_past(
                session, schedule_id=number, occasion=day.isoformat(), recipient="manager", day=day,
                state=MailState.SKIPPED, subject="", reason="", at=START, of=(ReportKind.SCORECARD, "WASTE"),
            )  # fmt: skip
    seen: list[str] = []
    query = {"schedule": str(number)}
    for many in (schedules.PAGE, schedules.PAGE, 3):
        app = open_page(office.officer, ONE, **query)
        weeks = re.findall(r"(?<=>)Week of \d+ \w+ \d{4}", "".join(each.proto.body for each in app.get("html")))
        assert len(weeks) == many
        seen += weeks
        older = [each.proto for each in app.get("page_link") if each.proto.label == "Show older"]
        query |= {"before": parse_qs(older[0].query_string)["before"][0]} if older else {}
    assert len(set(seen)) == len(seen) == 2 * schedules.PAGE + 3
    assert "Show older" not in links(app)
    assert "Back to the newest" in links(app)
    for before in ("1", "NOPE"):
        app = open_page(office.officer, ONE, schedule=str(number), before=before)
        assert "There is nothing older." in texts(app)
        assert "Back to the newest" in links(app)
    assert "Back to the newest" not in links(open_page(office.officer, ONE, schedule=str(number)))
