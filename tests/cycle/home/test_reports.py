"""Reports go out by their schedules: each to whoever may read it, once, and with a reason where they do not."""

import os
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from cycle.home import _making, operator
from cycle.home.operator import Run
from cycle.report import schedules
from cycle.report.annual import reports as annual
from cycle.report.editions import calendar, freezing
from cycle.review import readings
from data_access.models import ReportingDatesRow
from data_access.report import schedules as stored
from data_access.store.database import transaction
from performance.ground.measures import Polarity
from performance.ground.organisation import ReturnStatus
from performance.ground.people import Role
from performance.ground.periods import Frequency, Period
from performance.home.mail import LONGEST_HAND_OVER, Handed, Outcome, Skip
from performance.home.sends import NotSent
from performance.report.editions import Audience, Edition
from performance.report.schedules import GOING_OUT, About, Often, ReportKind, Schedule, Way, Whom, WhomKind
from settings import ReportFolder
from tests.builders import COUNCIL, RECORDED, WARDS, a_user, add_council, add_figure, add_measure, add_target, it_is
from tests.conftest import rows_of
from tests.cycle.home.test_digests import Post
from tests.cycle.test_signed_off_only import a_return
from tests.mail_server import PUBLIC

pytestmark = pytest.mark.usefixtures("database_on_both")
PLANNED_ON = date(2017, 11, 10)
DUE = date(2017, 11, 16)  # October closes on Wednesday 15 November 2017
MONTHLY = Schedule(
    report=ReportKind.SCORECARD, about="WASTE", ending="docx", way=Way.LINK, often=Often.MONTHLY,
    whom=Whom(kind=WhomKind.UNIT, code="WASTE"), since=PLANNED_ON,
)  # fmt: skip
TO_MEMBERS = Whom(kind=WhomKind.AUDIENCE, code="members")


class Office(Post):
    """A council whose bins were red in September and October, with its mail and its folders."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folders = {
            "Share": ReportFolder(place=str(folder), audience="members"), "Open": ReportFolder(place=str(folder)),
        }  # fmt: skip
        add_council(today=PLANNED_ON)
        add_measure("BINS", title="Missed bins", polarity=Polarity.LOWER)
        add_measure("CANS", title="Cans", polarity=Polarity.LOWER)
        for month in ("2017-09", "2017-10"):
            add_figure("BINS", month, "20")
            add_target("BINS", month, "10")
        self.officer = a_user("officer", Role.POLICY_OFFICER, "COUNCIL")
        self.manager = a_user("manager")

    def plan(self, schedule: Schedule = MONTHLY, **fields: object) -> int:
        return schedules.plan_schedule(replace(schedule, **fields), by=self.officer)  # type: ignore[arg-type]

    def reports(self, today: date = DUE) -> Run:
        it_is(today)
        self.came = []
        return operator.send_reports(self.hand_over, public_address=PUBLIC, folders=self.folders, clock=self.clock)


@pytest.fixture
def office(tmp_path: Path, database_on_both: str, monkeypatch: pytest.MonkeyPatch) -> Office:
    assert database_on_both
    monkeypatch.setenv("REPORT_FOLDERS", f"Share[members]={tmp_path / 'share'}; Open={tmp_path / 'open'}")
    return Office(tmp_path)


def record() -> list[tuple[object, ...]]:
    return rows_of("SELECT recipient, occasion, state, reason FROM report_sends ORDER BY id")


def test_it_goes_on_the_working_day_after_figures_close_and_once(office: Office) -> None:
    office.plan()
    assert office.reports(DUE - timedelta(days=1)).handed == {}
    assert record() == []
    assert office.reports().handed == {Handed.TAKEN: 1}
    mail = office.to("manager")
    assert mail is not None
    assert mail.subject == "Waste and recycling, October 2017: 1 red. 1 figure missing"
    assert f"{PUBLIC}/scorecard?scope=WASTE&period=2017-10-01%2FP1M\n" in mail.text
    assert mail.attachment is None
    assert office.reports().handed == {}
    assert office.reports(DUE + timedelta(days=5)).handed == {}
    assert record() == [("manager", "2017-10-01/P1M", "sent", "")]
    events = rows_of("SELECT username, subject, after FROM audit_events WHERE verb = 'send reports'")
    assert events == [("operator", "2017-11-16", '{"taken": 1}')]


def test_what_was_due_before_it_was_planned_is_not_made_up_for(office: Office) -> None:
    it_is(DUE + timedelta(days=1))
    office.plan()
    assert office.reports(DUE + timedelta(days=1)).handed == {}
    assert record() == []


def test_the_next_one_says_how_many_more_are_red(office: Office) -> None:
    office.plan()
    office.reports()
    add_figure("BINS", "2017-11", "20")
    add_target("BINS", "2017-11", "10")
    add_figure("CANS", "2017-11", "20")
    add_target("CANS", "2017-11", "10")
    office.reports(date(2017, 12, 18))
    mail = office.to("manager")
    assert mail is not None
    assert mail.subject == "Waste and recycling, November 2017: 2 red (1 more)"


def test_where_nothing_changed_it_is_skipped_and_the_reason_kept(office: Office) -> None:
    office.plan(often=Often.WEEKLY)
    monday = date(2017, 11, 13)
    assert office.reports(monday).handed == {Handed.TAKEN: 1}
    following = office.reports(monday + timedelta(days=7))
    assert (following.handed, following.skipped) == ({}, {NotSent.UNCHANGED: 1})
    assert record()[-1] == ("manager", "2017-11-20", "skipped", "It says what the last one said")
    add_figure("BINS", "2017-10", "30", revision=2)
    assert office.reports(monday + timedelta(days=14)).handed == {Handed.TAKEN: 1}


def test_unless_it_is_to_come_in_any_case(office: Office) -> None:
    office.plan(often=Often.WEEKLY, skips_unchanged=False)
    for week in range(2):
        assert office.reports(date(2017, 11, 13) + timedelta(days=7 * week)).handed == {Handed.TAKEN: 1}


def test_on_a_day_off_nothing_goes(office: Office) -> None:
    office.plan(often=Often.WEEKLY)
    assert not office.reports(date(2017, 11, 18)).is_working_day
    assert record() == []


def test_a_file_goes_along_only_if_asked_for(office: Office) -> None:
    office.plan(way=Way.ATTACHED, ending="xlsx")
    office.reports()
    mail = office.to("manager")
    assert mail is not None
    assert mail.attachment is not None
    assert mail.attachment.name == "scorecard-WASTE-2017-10-01_P1M-S-01.xlsx"
    assert mail.attachment.data.startswith(b"PK")


def test_everybody_of_a_unit_and_below_it_gets_it_and_nobody_else(office: Office) -> None:
    for name, role, unit in (("head", Role.HEAD, "PLACE"), ("other", Role.HEAD, "SOCIAL")):
        a_user(name, role, unit)
    office.plan(whom=Whom(kind=WhomKind.UNIT, code="PLACE"))
    office.reports()
    assert sorted(each.address for each in office.came) == ["head@example.org", "manager@example.org"]


def test_who_may_not_read_it_gets_none_and_the_record_says_so(office: Office) -> None:
    a_user("cleaner", Role.EMPLOYEE)
    office.plan()
    found = office.reports()
    assert (found.handed, found.skipped) == ({Handed.TAKEN: 1}, {NotSent.MAY_NOT: 1})
    assert ("cleaner", "2017-10-01/P1M", "skipped", "They may not read this report") in record()


def test_who_wants_no_mail_gets_none(office: Office) -> None:
    from cycle.home import mail_choice

    office.plan()
    mail_choice.choose_mail(is_wanted=False, by=office.manager)
    assert office.reports().skipped == {Skip.NOT_WANTED: 1}


def test_a_unit_without_anybody_is_on_record(office: Office) -> None:
    office.plan(whom=Whom(kind=WhomKind.UNIT, code="HOUSING"))
    assert office.reports().skipped == {NotSent.NOBODY: 1}


def test_a_file_hides_small_counts_of_people_from_those_who_see_them_on_the_page(office: Office) -> None:
    """What goes along with a mail leaves the house."""
    add_measure("HOMELESS", title="Homeless", counts_people=True, polarity=Polarity.LOWER)
    for area in (WARDS[0], COUNCIL):
        add_figure("HOMELESS", "2017-10", "3", area=area)
    bi = a_user("bi", Role.BI_TEAM, "COUNCIL")
    seen = readings.scorecard(Period.month(2017, 10), "WASTE", by=bi).told
    assert [each.figure for each in seen.lines if each.measure.code == "HOMELESS"] == ["3"]
    office.plan(way=Way.ATTACHED, ending="xlsx", whom=Whom(kind=WhomKind.PERSON, code="bi"))
    office.reports()
    mail = office.to("bi")
    assert mail is not None
    assert mail.attachment is not None
    sheet = load_workbook(BytesIO(mail.attachment.data)).active
    assert sheet is not None
    cells = {str(row[0]): [str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)}
    told = next(row for name, row in cells.items() if "HOMELESS" in " ".join(row))
    assert "3" not in told
    assert "Homeless" in " ".join(told)


class TestFolders:
    def test_a_file_is_put_where_the_schedule_says(self, office: Office, tmp_path: Path) -> None:
        office.plan(way=Way.FOLDER, whom=TO_MEMBERS, folder="Share", place="Waste/Monthly", ending="pdf")
        assert office.reports().handed == {Handed.TAKEN: 1}
        (written,) = [each for each in tmp_path.rglob("*") if each.is_file()]
        assert written.relative_to(tmp_path) == Path("Waste/Monthly/scorecard-WASTE-2017-10-01_P1M-S-01.pdf")
        assert written.read_bytes().startswith(b"%PDF")
        assert record() == [("", "2017-10-01/P1M", "sent", "Waste/Monthly/scorecard-WASTE-2017-10-01_P1M-S-01.pdf")]

    def test_it_holds_what_is_signed_off_alone(self, office: Office) -> None:
        a_return(ReturnStatus.SUBMITTED)
        office.plan(way=Way.FOLDER, whom=TO_MEMBERS, folder="Share")
        office.plan()
        office.reports()
        mail = office.to("manager")
        assert mail is not None
        assert mail.subject == "Waste and recycling, October 2017: 1 red. 1 figure missing"
        (row,) = rows_of("SELECT subject FROM report_sends WHERE recipient = ''")
        assert row == ("Waste and recycling, October 2017: 0 red. 2 figures missing",)

    def test_a_folder_that_is_not_there_is_tried_again(self, office: Office, tmp_path: Path) -> None:
        office.plan(way=Way.FOLDER, whom=TO_MEMBERS, folder="Share")
        share = tmp_path / "share"
        office.folders["Share"] = ReportFolder(place=str(share), audience="members")
        found = office.reports()
        assert (found.handed, found.to_come) == ({Handed.PUT_OFF: 1}, 1)
        share.mkdir()
        assert office.reports().handed == {}, "not before its time"
        office.clock.on(minutes=6)
        assert office.reports().handed == {Handed.TAKEN: 1}
        assert len(list(share.iterdir())) == 1

    def test_without_a_mail_server_files_are_written_and_mails_wait(self, office: Office) -> None:
        office.plan()
        office.plan(way=Way.FOLDER, whom=TO_MEMBERS, folder="Share")
        it_is(DUE)
        found = operator.send_reports(None, public_address="", folders=office.folders, clock=office.clock)
        assert (found.handed, found.to_come) == ({Handed.TAKEN: 1}, 1)
        assert office.reports().handed == {Handed.TAKEN: 1}

    def test_a_job_that_died_while_it_wrote_writes_it_again(self, office: Office) -> None:
        office.plan(way=Way.FOLDER, whom=TO_MEMBERS, folder="Share")
        died = office.folders
        office.folders = {"Share": ReportFolder(place="/nowhere", audience="members")}
        office.reports()
        office.folders = died
        _caught_handing_over()
        office.clock.on(minutes=LONGEST_HAND_OVER.seconds // 60 + 1)
        found = office.reports()
        assert (found.handed, found.doubtful) == ({Handed.TAKEN: 1}, 0)

    def test_what_a_killed_job_left_half_written_is_taken_away_also_of_one_that_was_stopped(
        self, office: Office, tmp_path: Path
    ) -> None:
        stopped = office.plan(way=Way.FOLDER, whom=TO_MEMBERS, folder="Share", place="Waste")
        schedules.stop_schedule(stopped, version=1, by=office.officer)
        (tmp_path / "Waste").mkdir()
        left = tmp_path / "Waste" / ".golden-thread-0123456789abcdef.part"
        left.write_bytes(b"half")
        written = office.clock.now.timestamp()
        os.utime(left, (written, written))
        office.clock.on(minutes=5)
        office.reports()
        assert left.exists(), "somebody may be writing it"
        office.clock.on(minutes=11)
        office.reports()
        assert not left.exists()

    @pytest.mark.parametrize("audience", ["everybody", "public"])
    def test_a_folder_that_is_for_another_audience_by_now_gets_nothing(
        self, audience: str, office: Office, tmp_path: Path
    ) -> None:
        """Whoever set it anew decides who reads it; the file is not shown to them, and the BI team is told."""
        office.plan(way=Way.FOLDER, whom=TO_MEMBERS, folder="Share")
        set_right = office.folders
        office.folders = {"Share": ReportFolder(place=str(tmp_path), audience=audience)}
        assert office.reports().handed == {Handed.REFUSED: 1}
        assert list(tmp_path.iterdir()) == []
        ((_, _, state, reason),) = record()
        assert (state, str(reason).startswith("The folder Share is for another audience: ")) == ("failed", True)
        office.folders = set_right
        (found,) = schedules.list_sent(by=office.officer).undecided
        schedules.send_report_again(found.send.id, version=found.send.version, by=office.officer)
        assert office.reports().handed == {Handed.TAKEN: 1}


def _caught_handing_over() -> None:
    from sqlalchemy import update

    from data_access.models import ReportSendRow
    from data_access.store.database import transaction
    from tests.cycle.home.test_digests import START

    with transaction() as session:
        session.execute(
            update(ReportSendRow).values(state="handing over", handed_over_at=START, next_try=None)
        )  # fmt: skip


class TestFailures:
    def test_what_the_server_put_off_is_tried_again_on_a_later_day(self, office: Office) -> None:
        office.plan()
        office.answers["manager@example.org"] = Outcome(handed=Handed.PUT_OFF, said="451 Later")
        assert office.reports().to_come == 1
        office.answers.clear()
        office.clock.on(days=4)
        assert office.reports(DUE + timedelta(days=4)).handed == {Handed.TAKEN: 1}
        assert rows_of("SELECT tries FROM report_sends") == [(2,)]

    def test_until_a_later_one_takes_its_place(self, office: Office) -> None:
        office.plan(often=Often.WEEKLY)
        office.answers["manager@example.org"] = Outcome(handed=Handed.PUT_OFF, said="451 Later")
        office.reports(date(2017, 11, 13))
        office.answers.clear()
        office.clock.on(days=7)
        assert office.reports(date(2017, 11, 20)).handed == {Handed.TAKEN: 1}
        assert record() == [
            ("manager", "2017-11-13", "skipped", "A later one took its place. 451 Later"),
            ("manager", "2017-11-20", "sent", ""),
        ]

    def test_what_nobody_knows_of_waits_for_a_person_and_goes_once_more(self, office: Office) -> None:
        office.plan()
        office.answers["manager@example.org"] = Outcome(handed=Handed.UNKNOWN, said="The line broke")
        assert office.reports().doubtful == 1
        office.answers.clear()
        office.clock.on(days=1)
        assert office.reports().handed == {}
        (found,) = schedules.list_sent(by=office.officer).undecided
        schedules.send_report_again(found.send.id, version=found.send.version, by=office.officer)
        assert office.reports().handed == {Handed.TAKEN: 1}

    def test_one_that_cannot_be_made_keeps_no_other_back(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        a_user("another")
        office.plan()
        real = _making.whole_of

        def breaks_once(*args: object, **named: object) -> object:
            monkeypatch.setattr(_making, "whole_of", real)
            raise ZeroDivisionError

        monkeypatch.setattr(_making, "whole_of", breaks_once)
        assert office.reports().handed == {Handed.PUT_OFF: 1, Handed.TAKEN: 1}
        office.clock.on(minutes=6)
        assert office.reports().handed == {Handed.TAKEN: 1}

    def test_a_server_that_takes_nothing_keeps_no_file_back(self, office: Office) -> None:
        office.plan()
        office.plan(way=Way.FOLDER, whom=TO_MEMBERS, folder="Share")
        office.answers["manager@example.org"] = Outcome(handed=Handed.NO_SERVER, said="down")
        found = office.reports()
        assert found.handed == {Handed.NO_SERVER: 1, Handed.TAKEN: 1}
        assert found.stopped == "down"


def an_edition(office: Office, audience: Audience, *, committee: str = "Cabinet", revision: int = 2) -> None:
    """October's, published on the day reports are due."""
    it_is(DUE)
    add_figure("BINS", "2017-10", "5", revision=revision)  # of a red the pack would have to say why
    wanted = Edition(
        committee=committee, period=Period.month(2017, 10), closes_on=date(2017, 11, 15),
        meets_on=date(2017, 12, 11), audience=audience,
    )  # fmt: skip
    number = calendar.plan_edition(wanted, by=office.officer)
    freezing.freeze_edition(number, version=1, by=office.officer)
    freezing.publish_edition(number, version=calendar.list_editions(by=office.officer).editions[0].version,
                             by=office.officer)  # fmt: skip


class TestFilesAndMailsApart:
    """What becomes of files in folders says nothing of the mail server, either way."""

    LOST = Outcome(handed=Handed.REFUSED, said="550 Nobody")

    def files(self, office: Office, folder: str) -> None:
        for often in Often:
            office.plan(way=Way.FOLDER, whom=TO_MEMBERS, folder=folder, often=often)

    def test_folders_that_take_nothing_stop_no_mail(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REPORT_FOLDERS", "Share[members]=/nowhere; Gone[members]=/nowhere")
        it_is(date(2017, 4, 3))
        self.files(office, "Gone")
        office.plan()
        found = office.reports(date(2017, 11, 20))
        assert found.handed == {Handed.REFUSED: 3, Handed.TAKEN: 1}
        assert (found.stopped, found.is_set_wrong) == ("", False)

    def test_files_that_are_written_hide_no_server_that_takes_nothing(self, office: Office) -> None:
        it_is(date(2017, 4, 3))
        self.files(office, "Share")
        for name in ("ann", "bob", "cat"):
            a_user(name)
        office.plan()
        for name in ("ann", "bob", "cat", "manager"):
            office.answers[f"{name}@example.org"] = self.LOST
        found = office.reports(date(2017, 11, 20))
        assert found.handed == {Handed.REFUSED: 3, Handed.TAKEN: 3}
        assert found.stopped.startswith("The server took none of the first 3 mails")
        assert (found.is_set_wrong, found.to_come) == (True, 1)


class TestEditions:
    def test_members_get_the_newest_pack_published_to_them(self, office: Office) -> None:
        member = a_user("member", Role.COUNCILLOR, "COUNCIL")
        office.plan(report=ReportKind.PACK, about="", whom=TO_MEMBERS, way=Way.ATTACHED, ending="pptx")
        an_edition(office, Audience.MEMBERS)
        office.reports()
        mail = office.to("member")
        assert member
        assert mail is not None
        assert mail.subject.startswith("October 2017: Cabinet. Of 2 measures")
        assert mail.attachment is not None

    def test_a_folder_of_the_public_gets_none_of_the_members(self, office: Office) -> None:
        public = Whom(kind=WhomKind.AUDIENCE, code="public")
        office.plan(report=ReportKind.PACK, about="", whom=public, way=Way.FOLDER, folder="Open")
        an_edition(office, Audience.MEMBERS)
        found = office.reports()
        assert (found.handed, found.skipped, found.waits) == ({}, {}, {NotSent.NOTHING: 1})

    def test_nothing_that_is_not_published_lies_before_the_public_whatever_was_planned(self, office: Office) -> None:
        public = Whom(kind=WhomKind.AUDIENCE, code="public")
        planned = office.plan(way=Way.FOLDER, whom=TO_MEMBERS, folder="Share")
        with transaction() as session:
            session.execute(
                text("UPDATE schedules SET whom = 'public', folder = 'Open' WHERE id = :id"), {"id": planned}
            )
        with pytest.raises(schedules.ScheduleRefusedError, match="is the widest that it may lie in"):
            office.plan(way=Way.FOLDER, whom=public, folder="Open")
        found = office.reports()
        assert (found.handed, found.skipped) == ({}, {NotSent.MAY_NOT: 1})
        assert list(Path(office.folders["Share"].place).iterdir()) == []

    def test_two_schedules_never_write_one_file(self, office: Office, tmp_path: Path) -> None:
        office.plan(way=Way.FOLDER, whom=TO_MEMBERS, folder="Share")
        with transaction() as session:  # as no verb plans it
            (planned,) = stored.list_schedules(session)
            stored.add_schedule(session, schedule=planned, planned_by="officer")
        office.reports()
        assert len([each for each in tmp_path.rglob("*") if each.is_file()]) == 2


def test_an_occasion_that_was_put_off_goes_on_where_the_day_of_its_figures_moves(office: Office) -> None:
    it_is(date(2017, 10, 2))
    office.plan()
    office.answers["manager@example.org"] = Outcome(handed=Handed.PUT_OFF, said="later")
    found = office.reports()
    assert found.to_come == 1
    with transaction() as session:
        october = Period.month(2017, 10)
        session.add(
            ReportingDatesRow(
                frequency=Frequency.MONTHLY, period_start=october.start, period_months=1, opens_on=date(2017, 11, 1),
                due_on=date(2017, 11, 24), locks_on=date(2017, 11, 30), set_by="bi", set_at=RECORDED,
            )
        )  # fmt: skip
    office.reports(DUE + timedelta(days=1))
    assert [state for _, occasion, state, _ in record() if occasion == "2017-10-01/P1M"] == ["failed"]


def test_each_report_of_the_registry_has_a_maker() -> None:
    assert set(_making.MAKERS) == set(GOING_OUT)


class TestGone:
    """What a schedule is about is there no longer: that is said once, and is final until the schedule is changed."""

    def demand_gone(self, office: Office, reason: str = "What it is about is there no longer") -> None:
        found = office.reports()
        assert (found.handed, found.skipped, found.to_come) == ({}, {NotSent.GONE: 1}, 0)
        assert record() == [("manager", "2017-10-01/P1M", "skipped", reason)]
        office.clock.on(days=1)
        assert office.reports(DUE + timedelta(days=1)).skipped == {}

    def test_a_unit_that_was_closed(self, office: Office) -> None:
        office.plan(whom=Whom(kind=WhomKind.PERSON, code="manager"), about="HOUSING")
        with transaction() as session:
            session.execute(text("UPDATE unit_placements SET valid_to = '2017-11-12' WHERE unit_code = 'HOUSING'"))
        self.demand_gone(office)

    def test_a_part_of_the_plan_whose_time_is_over(self, office: Office) -> None:
        assert "B1" in {each for each in schedules.list_sent(by=office.officer).choices.about[About.PART]}
        office.plan(whom=Whom(kind=WhomKind.PERSON, code="manager"), about="B1")
        with transaction() as session:
            session.execute(text("UPDATE plan_nodes SET valid_to = '2017-11-12' WHERE code = 'B1'"))
        self.demand_gone(office)

    @pytest.mark.parametrize(
        "goes",
        ["UPDATE areas SET valid_to = '2017-11-12' WHERE kind = 'ward'", "UPDATE schedules SET about = 'X'"],
    )
    def test_a_ward(self, office: Office, goes: str) -> None:
        add_measure("TIPS")
        add_figure("TIPS", "2017-10", "5", area=WARDS[0])
        wanted = Whom(kind=WhomKind.PERSON, code="manager")
        office.plan(whom=wanted, report=ReportKind.WARD_PROFILE, about=WARDS[0])
        with transaction() as session:
            session.execute(text(goes))
        self.demand_gone(office)

    def test_an_annual_report_that_was_removed(self, office: Office) -> None:
        number = annual.begin_report("Of the year", Period.year(2016), by=office.officer)
        office.plan(
            whom=Whom(kind=WhomKind.PERSON, code="officer"), report=ReportKind.ANNUAL, about=str(number)
        )  # fmt: skip
        annual.remove_report(number, version=1, by=office.officer)
        found = office.reports()
        assert (found.handed, found.skipped, found.to_come) == ({}, {NotSent.GONE: 1}, 0)
