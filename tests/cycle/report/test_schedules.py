"""Schedules of reports are planned, changed and stopped: on record, and by one person at a time."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from cycle.home import operator
from cycle.report import schedules
from cycle.report.schedules import ScheduleError, ScheduleMovedError, ScheduleRefusedError
from performance.ground.people import Role
from performance.home.mail import Envelope, Handed, Outcome
from performance.home.sends import NotSent
from performance.report.schedules import Often, ReportKind, Way, Whom, WhomKind
from tests.builders import a_user, it_is
from tests.conftest import rows_of
from tests.cycle.home.test_reports import DUE, MONTHLY, TO_MEMBERS, Office, record

pytestmark = pytest.mark.usefixtures("database_on_both")


@pytest.fixture
def office(tmp_path: Path, database_on_both: str, monkeypatch: pytest.MonkeyPatch) -> Office:
    assert database_on_both
    monkeypatch.setenv("REPORT_FOLDERS", f"Share[members]={tmp_path}")
    return Office(tmp_path)


def test_a_schedule_is_planned_from_today_and_on_record(office: Office) -> None:
    number = office.plan(since=date(2000, 1, 1))
    (planned,) = schedules.list_sent(by=office.officer).planned
    assert (planned.what, planned.whom) == ("Scorecard: Waste and recycling", "Everybody of Waste and recycling")
    assert planned.schedule.since == date(2017, 11, 10)
    assert (planned.last, planned.next.due_on if planned.next else None) == (None, DUE)
    ((who, subject, after),) = rows_of("SELECT username, subject, after FROM audit_events WHERE verb = 'plan report'")
    assert (who, subject) == ("officer", f"schedule S-{number:02d}")
    assert json.loads(str(after)) == {
        "report": "scorecard", "about": "WASTE", "as": "docx", "way": "link", "whom": "unit WASTE", "often": "monthly",
        "folder": "", "skips_unchanged": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"about": "NOWHERE"}, "What it is about is there no longer"),
        ({"whom": Whom(kind=WhomKind.PERSON, code="stranger")}, "Who gets it is there no longer"),
        ({"whom": Whom(kind=WhomKind.AUDIENCE, code="martians")}, "Who gets it is there no longer"),
        ({"way": Way.FOLDER, "whom": TO_MEMBERS, "folder": "/etc"}, "Choose one of the folders"),
        ({"report": ReportKind.ANNUAL, "about": "7"}, "What it is about is there no longer"),
        ({"ending": "exe"}, "Scorecard: choose Word or PDF or PowerPoint or Excel"),
    ],
)
def test_what_names_nothing_there_is_is_refused(office: Office, fields: dict[str, object], said: str) -> None:
    with pytest.raises(ScheduleRefusedError) as refused:
        office.plan(**fields)
    assert said in str(refused.value)
    assert rows_of("SELECT count(*) FROM schedules") == [(0,)]


@pytest.mark.parametrize(
    ("folder", "audience", "said"),
    [
        ("Share", "public", "The folder Share is for another audience: councillors and officers"),
        ("Share", "everybody", "The folder Share is for another audience: councillors and officers"),
        ("All", "members", "The folder All is for another audience: everybody who signs in"),
        ("Unnamed", "members", "The folder Unnamed is for another audience: the public, without signing in"),
        ("Unnamed", "everybody", "The folder Unnamed is for another audience"),
    ],
)
def test_a_file_lies_with_its_own_audience_alone(
    folder: str, audience: str, said: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of which nobody said who reads it may be read by anybody: it takes what is for the public alone."""
    monkeypatch.setenv("REPORT_FOLDERS", "Share[members]=/srv/a; All[everybody]=/srv/b; Unnamed=/srv/c")
    wanted = replace(
        MONTHLY, report=ReportKind.PACK, about="", way=Way.FOLDER, folder=folder,
        whom=Whom(kind=WhomKind.AUDIENCE, code=audience),
    )  # fmt: skip
    with pytest.raises(ScheduleRefusedError, match=said):
        office.plan(wanted)
    assert rows_of("SELECT count(*) FROM schedules") == [(0,)]
    right = {"Share": "members", "All": "everybody", "Unnamed": "public"}[folder]
    assert office.plan(wanted, whom=Whom(kind=WhomKind.AUDIENCE, code=right))


def test_what_a_way_has_no_use_for_is_not_kept(office: Office) -> None:
    office.plan(folder="Share", place="a/b")
    (planned,) = schedules.list_sent(by=office.officer).planned
    assert (planned.schedule.folder, planned.schedule.place) == ("", "")


def test_of_two_who_change_it_the_second_is_told(office: Office) -> None:
    office.plan()
    bi = a_user("bi", Role.BI_TEAM, "COUNCIL")
    seen = schedules.list_sent(by=bi).planned[0].schedule
    schedules.change_schedule(replace(seen, ending="pdf"), by=office.officer)
    with pytest.raises(ScheduleMovedError):
        schedules.change_schedule(replace(seen, ending="xlsx"), by=bi)
    with pytest.raises(ScheduleMovedError):
        schedules.stop_schedule(seen.id, version=seen.version, by=bi)
    assert schedules.list_sent(by=bi).planned[0].schedule.ending == "pdf"
    assert rows_of("SELECT count(*) FROM audit_events WHERE verb = 'change report schedule'") == [(1,)]


def test_nothing_changed_is_no_change(office: Office) -> None:
    number = office.plan()
    with pytest.raises(ScheduleError, match="Nothing is changed"):
        schedules.change_schedule(replace(MONTHLY, id=number), by=office.officer)


class TestTwoThatAreTheSame:
    SAID = r"S-01 sends this already, to the same and as often\. Change that one, or choose something else here\."

    def test_the_second_is_refused_by_the_name_of_the_first(self, office: Office) -> None:
        office.plan()
        with pytest.raises(ScheduleRefusedError, match=self.SAID):
            office.plan(skips_unchanged=False)
        with pytest.raises(ScheduleRefusedError, match=self.SAID):
            office.plan(ending="pdf")  # a link has no format
        assert rows_of("SELECT count(*) FROM schedules") == [(1,)]

    @pytest.mark.parametrize(
        "fields",
        [
            {"report": ReportKind.BRIEF},
            {"about": "HOUSING"},
            {"ending": "xlsx"},
            {"way": Way.LINK},
            {"whom": Whom(kind=WhomKind.UNIT, code="PLACE")},
            {"often": Often.WEEKLY},
        ],
        ids=lambda fields: next(iter(fields)),
    )
    def test_what_differs_is_another(self, fields: dict[str, object], office: Office) -> None:
        office.plan(way=Way.ATTACHED)
        assert office.plan(replace(MONTHLY, way=Way.ATTACHED), **fields) == 2

    def test_as_is_another_place_in_a_folder(self, office: Office) -> None:
        wanted = replace(MONTHLY, way=Way.FOLDER, whom=TO_MEMBERS, folder="Share")
        office.plan(wanted)
        assert office.plan(wanted, place="Waste") == 2
        with pytest.raises(ScheduleRefusedError, match=r"S-02 sends this already"):
            office.plan(wanted, place="/Waste/")

    def test_one_cannot_be_changed_into_another_but_into_one_that_was_stopped(self, office: Office) -> None:
        office.plan()
        second = office.plan(about="HOUSING")
        with pytest.raises(ScheduleRefusedError, match=self.SAID):
            schedules.change_schedule(replace(MONTHLY, id=second), by=office.officer)
        schedules.stop_schedule(1, version=1, by=office.officer)
        schedules.change_schedule(replace(MONTHLY, id=second), by=office.officer)
        schedules.change_schedule(replace(MONTHLY, id=second, version=2, skips_unchanged=False), by=office.officer)

    def test_of_two_who_plan_the_same_at_once_one_does(self, office: Office) -> None:
        def plan(_number: int) -> int:
            try:
                return office.plan()
            except ScheduleRefusedError:
                return 0

        with ThreadPoolExecutor(4) as pool:
            assert sum(map(bool, pool.map(plan, range(4)))) == 1
        assert rows_of("SELECT count(*) FROM schedules") == [(1,)]


def test_another_rhythm_makes_up_for_nothing(office: Office) -> None:
    number = office.plan()
    it_is(date(2017, 11, 15))
    schedules.change_schedule(replace(MONTHLY, id=number, often=Often.WEEKLY), by=office.officer)
    assert office.reports(date(2017, 11, 15)).handed == {}
    assert office.reports(date(2017, 11, 20)).handed == {Handed.TAKEN: 1}


def test_what_failed_for_the_one_before_goes_to_the_one_who_is_named_now(office: Office) -> None:
    number = office.plan(whom=Whom(kind=WhomKind.PERSON, code="manager"))
    office.answers["manager@example.org"] = Outcome(handed=Handed.PUT_OFF)
    office.reports()
    wanted = replace(MONTHLY, id=number, whom=Whom(kind=WhomKind.PERSON, code="officer"))
    schedules.change_schedule(wanted, by=office.officer)
    office.answers.clear()
    office.clock.on(hours=3)
    assert office.reports().handed == {Handed.TAKEN: 1}
    assert [each.address for each in office.came] == ["officer@example.org"]
    assert record()[0][2:] == ("skipped", "The schedule was changed: it goes to somebody else")


def test_stopped_it_sends_no_more_and_what_was_to_be_tried_is_given_up(office: Office) -> None:
    number = office.plan()
    office.answers["manager@example.org"] = Outcome(handed=Handed.PUT_OFF, said="451 Later")
    office.reports()
    office.answers.clear()
    schedules.stop_schedule(number, version=1, by=office.officer)
    office.clock.on(days=40)
    assert office.reports(date(2017, 12, 18)).handed == {}
    assert record() == [("manager", "2017-10-01/P1M", "skipped", "The schedule was stopped. 451 Later")]
    (planned,) = schedules.list_sent(by=office.officer).planned
    assert planned.next is None
    with pytest.raises(ScheduleError, match="stopped already"):
        schedules.stop_schedule(number, version=2, by=office.officer)


def test_what_was_being_handed_over_as_it_was_stopped_is_not_tried_again(office: Office) -> None:
    number = office.plan()

    def stops(_mail: Envelope) -> Outcome:
        schedules.stop_schedule(number, version=1, by=office.officer)
        return Outcome(handed=Handed.PUT_OFF, said="451 Later")

    it_is(DUE)
    operator.send_reports(stops, public_address="https://performance.example.org", folders={}, clock=office.clock)
    assert record() == [("manager", "2017-10-01/P1M", "failed", "451 Later")]
    office.clock.on(hours=1)
    assert office.reports().skipped == {NotSent.STOPPED: 1}


def test_the_record_is_kept_for_a_year(office: Office) -> None:
    office.plan()
    office.reports()
    office.reports(DUE + timedelta(days=366))
    assert len([each for each in record() if each[1] == "2017-10-01/P1M"]) == 1
    office.reports(date(2018, 11, 19))
    assert [each for each in record() if each[1] == "2017-10-01/P1M"] == []


def test_a_decision_is_made_once_and_on_record(office: Office) -> None:
    number = office.plan()
    office.answers["manager@example.org"] = Outcome(handed=Handed.REFUSED, said="550 Nobody")
    office.reports()
    (found,) = schedules.list_sent(by=office.officer).undecided
    assert (found.name, found.may_go_again) == ("Service manager, WASTE", True)
    schedules.leave_report(found.send.id, version=found.send.version, by=office.officer)
    for verb in (schedules.leave_report, schedules.send_report_again):
        with pytest.raises(ScheduleMovedError):
            verb(found.send.id, version=found.send.version, by=office.officer)
    assert rows_of("SELECT subject, before, after FROM audit_events WHERE verb = 'leave report'") == [
        (f"S-{number:02d} 2017-10-01/P1M manager", '{"state": "failed"}', '{"state": "left"}')
    ]
    (line,) = schedules.get_history(number, by=office.officer).lines
    assert (line.send.reason, line.wants_decision) == ("550 Nobody", False)


def test_what_a_later_one_followed_can_be_left_and_not_sent(office: Office) -> None:
    office.plan(often=Often.WEEKLY)
    office.answers["manager@example.org"] = Outcome(handed=Handed.REFUSED, said="550 Nobody")
    office.reports(date(2017, 11, 13))
    office.reports(date(2017, 11, 20))
    newer, older = schedules.list_sent(by=office.officer).undecided
    assert (newer.may_go_again, older.may_go_again) == (True, False)
    with pytest.raises(ScheduleError, match="followed by a later one"):
        schedules.send_report_again(older.send.id, version=older.send.version, by=office.officer)
