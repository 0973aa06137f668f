"""A report that there is none of yet goes out on the first working day that there is one, within its occasion and once;
and to whoever the schedule names at the moment it goes, of what it names."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from cycle.home import _making, operator
from cycle.report import schedules
from cycle.report.annual import reports as annual
from data_access.store.database import engine
from data_access.store.migrate import alone, migrate
from performance.ground.people import Role
from performance.home.mail import Envelope, Handed, Outcome
from performance.home.sends import NotSent
from performance.report.annual_changes import KeepChart, touched
from performance.report.editions import Audience
from performance.report.schedules import Often, ReportKind, Way, Whom, WhomKind
from tests import earlier
from tests.builders import a_user, add_figure, it_is
from tests.conftest import rows_of
from tests.cycle.home.test_files_of_reports import an_annual_report
from tests.cycle.home.test_reports import DUE, MONTHLY, Office, an_edition, record
from tests.mail_server import PUBLIC

pytestmark = pytest.mark.usefixtures("database_on_both")
MANAGER, OFFICER = (Whom(kind=WhomKind.PERSON, code=code) for code in ("manager", "officer"))
LATER = Outcome(handed=Handed.PUT_OFF, said="451 Later")
OCTOBER = "2017-10-01/P1M"


@pytest.fixture
def office(tmp_path: Path, database_on_both: str, monkeypatch: pytest.MonkeyPatch) -> Office:
    assert database_on_both
    monkeypatch.setenv("REPORT_FOLDERS", f"Share[members]={tmp_path}")
    return Office(tmp_path)


class TestWaiting:
    def test_a_pack_that_is_published_late_goes_on_the_first_day_after_and_once(self, office: Office) -> None:
        office.plan(report=ReportKind.PACK, about="", whom=MANAGER)
        found = office.reports()
        assert (found.handed, found.waits, found.to_come) == ({}, {NotSent.NOTHING: 1}, 1)
        assert record() == [("manager", OCTOBER, "waiting", "There is none that they may read yet")]
        for day in (0, 1):
            found = office.reports(DUE + timedelta(days=day))
            assert (found.handed, found.waits, found.to_come) == ({}, {}, 1), "it is said once"
        an_edition(office, Audience.EVERYBODY)
        assert office.reports(DUE + timedelta(days=2)).handed == {}, "a Saturday"
        assert office.reports(DUE + timedelta(days=4)).handed == {Handed.TAKEN: 1}
        assert office.reports(DUE + timedelta(days=5)).handed == {}
        assert record() == [("manager", OCTOBER, "sent", "")]

    def test_one_that_is_never_ready_gives_way_to_the_next(self, office: Office) -> None:
        office.plan(report=ReportKind.PACK, about="", whom=MANAGER)
        office.reports()
        found = office.reports(date(2017, 12, 18))
        assert found.waits == {NotSent.NOTHING: 1}
        assert record() == [
            ("manager", OCTOBER, "skipped", "A later one took its place. There is none that they may read yet"),
            ("manager", "2017-11-01/P1M", "waiting", "There is none that they may read yet"),
        ]

    def test_an_annual_report_waits_until_all_of_it_was_looked_at(self, office: Office) -> None:
        number = an_annual_report(office.officer, headline="It rose")
        office.plan(report=ReportKind.ANNUAL, about=number, whom=OFFICER)
        assert office.reports().waits == {NotSent.NOT_READY: 1}
        report = annual.get_report(int(number), by=office.officer).report
        change = KeepChart(chart=replace(report.charts[0], headline="It fell"), section_id=report.sections[0].id)
        annual.change_report(int(number), change, seen=touched(report, change), by=office.officer)
        assert office.reports(DUE + timedelta(days=1)).handed == {Handed.TAKEN: 1}

    def test_a_reader_who_has_the_newest_edition_waits_for_the_next(self, office: Office) -> None:
        it_is(date(2017, 10, 2))
        office.plan(report=ReportKind.PACK, about="", whom=MANAGER, often=Often.WEEKLY)
        an_edition(office, Audience.EVERYBODY)
        assert office.reports(date(2017, 11, 20)).handed == {Handed.TAKEN: 1}
        assert office.reports(date(2017, 11, 27)).waits == {NotSent.NONE_NEWER: 1}
        an_edition(office, Audience.EVERYBODY, committee="Scrutiny", revision=3)
        assert office.reports(date(2017, 11, 28)).handed == {Handed.TAKEN: 1}
        assert [state for _, _, state, _ in record()][-2:] == ["sent", "sent"]

    def test_what_says_the_same_and_is_no_edition_waits_for_nothing(self, office: Office) -> None:
        office.plan(often=Often.WEEKLY)
        office.reports(date(2017, 11, 13))
        assert office.reports(date(2017, 11, 20)).to_come == 0

    def test_the_history_says_that_it_is_looked_for_again(self, office: Office) -> None:
        number = office.plan(report=ReportKind.PACK, about="", whom=MANAGER)
        office.reports()
        (line,) = schedules.get_history(number, by=office.officer).lines
        assert line.why == (
            "There is none that they may read yet. Looked for again on each working day, until the next one is due"
        )


class TestWhoIsAsked:
    def test_whom_a_schedule_names_while_it_waits_gets_what_comes(self, office: Office) -> None:
        number = office.plan(report=ReportKind.PACK, about="", whom=MANAGER)
        office.reports()
        wanted = replace(MONTHLY, id=number, report=ReportKind.PACK, about="", whom=OFFICER)
        schedules.change_schedule(wanted, by=office.officer)
        an_edition(office, Audience.EVERYBODY)
        found = office.reports(DUE + timedelta(days=1))
        assert (found.handed, found.skipped) == ({Handed.TAKEN: 1}, {NotSent.CHANGED: 1})
        assert {each[0]: each[2] for each in record()} == {"manager": "skipped", "officer": "sent"}

    def test_other_days_end_what_waits_for_the_old_ones(self, office: Office) -> None:
        number = office.plan(report=ReportKind.PACK, about="", whom=MANAGER)
        office.reports()
        wanted = replace(MONTHLY, id=number, report=ReportKind.PACK, about="", whom=MANAGER, often=Often.QUARTERLY)
        schedules.change_schedule(wanted, by=office.officer)
        an_edition(office, Audience.EVERYBODY)
        assert office.reports(DUE + timedelta(days=1)).handed == {}
        said = "The schedule was changed: it goes out on other days. There is none that they may read yet"
        assert record() == [("manager", OCTOBER, "skipped", said)]

    def test_another_folder_gets_what_the_old_one_has(self, office: Office, tmp_path: Path) -> None:
        it_is(date(2017, 10, 2))
        readers = Whom(kind=WhomKind.AUDIENCE, code=Audience.MEMBERS)
        told = {"way": Way.FOLDER, "folder": "Share", "whom": readers, "often": Often.WEEKLY}
        number = office.plan(**told)
        office.reports(date(2017, 11, 13))
        assert office.reports(date(2017, 11, 20)).skipped == {NotSent.UNCHANGED: 1}
        moved = replace(MONTHLY, id=number, place="board", **told)  # type: ignore[arg-type]
        schedules.change_schedule(moved, by=office.officer)
        assert office.reports(date(2017, 11, 27)).handed == {Handed.TAKEN: 1}
        assert len(list((tmp_path / "board").glob("*.docx"))) == 1

    def test_people_of_a_unit_that_it_goes_to_no_more_are_taken_back(self, office: Office) -> None:
        number = office.plan()
        office.answers["manager@example.org"] = LATER
        office.reports()
        wanted = replace(MONTHLY, id=number, whom=Whom(kind=WhomKind.UNIT, code="SOCIAL"))
        schedules.change_schedule(wanted, by=office.officer)
        office.answers.clear()
        office.clock.on(hours=3)
        found = office.reports()
        assert (found.handed, found.skipped) == ({}, {NotSent.NOT_ASKED: 1})
        assert record() == [("manager", OCTOBER, "skipped", "They are no longer among those it goes to")]

    def test_and_those_of_an_audience(self, office: Office) -> None:
        number = office.plan(whom=Whom(kind=WhomKind.AUDIENCE, code="everybody"))
        a_user("cleaner", Role.COUNCILLOR, "COUNCIL")
        office.answers.update({f"{name}@example.org": LATER for name in ("manager", "officer")})
        office.reports()
        office.answers.clear()
        office.clock.on(hours=3)
        wanted = replace(MONTHLY, id=number, whom=Whom(kind=WhomKind.UNIT, code="WASTE"))
        schedules.change_schedule(wanted, by=office.officer)
        found = office.reports()
        assert (found.handed, found.skipped) == ({Handed.TAKEN: 1}, {NotSent.NOT_ASKED: 1})
        assert {each[0]: each[2] for each in record()} == {"manager": "sent", "officer": "skipped"}

    def test_a_run_goes_by_each_schedule_as_it_is_when_its_turn_comes(self, office: Office) -> None:
        office.plan(whom=OFFICER)
        second = office.plan()

        def changes(mail: Envelope) -> Outcome:
            if mail.address == "officer@example.org":
                wanted = replace(MONTHLY, id=second, whom=Whom(kind=WhomKind.UNIT, code="SOCIAL"))
                schedules.change_schedule(wanted, by=office.officer)
            return office.hand_over(mail)

        it_is(DUE)
        found = operator.send_reports(changes, public_address=PUBLIC, folders=office.folders, clock=office.clock)
        assert (found.handed, found.skipped) == ({Handed.TAKEN: 1}, {NotSent.NOT_ASKED: 1})
        assert [each.address for each in office.came] == ["officer@example.org"]

    @pytest.mark.parametrize("ends", [True, False], ids=["stopped", "changed"])
    def test_what_is_changed_while_it_is_made_does_not_go(
        self, ends: bool, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        number, real = office.plan(), _making.whole_of

        def changes(*args: object, **named: object) -> object:
            monkeypatch.setattr(_making, "whole_of", real)
            if ends:
                schedules.stop_schedule(number, version=1, by=office.officer)
            else:
                schedules.change_schedule(replace(MONTHLY, id=number, about="PLACE"), by=office.officer)
            return real(*args, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(_making, "whole_of", changes)
        assert office.reports().handed == {}
        assert [each.address for each in office.came] == []
        following = office.reports()
        assert following.handed == ({} if ends else {Handed.TAKEN: 1})
        assert rows_of("SELECT about FROM report_sends") == [(None if ends else "PLACE",)]


class TestComparedWith:
    """A report is held against one of the same report about the same, whatever the schedule sent before."""

    def test_another_part_is_said_without_more_or_fewer(self, office: Office) -> None:
        number = office.plan(often=Often.WEEKLY, about="HOUSING")
        office.reports(date(2017, 11, 13))
        wanted = replace(MONTHLY, id=number, often=Often.WEEKLY, about="WASTE", version=1)
        schedules.change_schedule(wanted, by=office.officer)
        assert office.reports(date(2017, 11, 20)).handed == {Handed.TAKEN: 1}
        assert [each.subject for each in office.came] == ["Waste and recycling, now: 1 red. 1 figure missing"]
        add_figure("CANS", "2017-10", "20")
        schedules.change_schedule(replace(wanted, about="HOUSING", version=2), by=office.officer)
        assert office.reports(date(2017, 11, 27)).skipped == {NotSent.UNCHANGED: 1}, "that is what they have of it"

    def test_the_same_words_of_another_report_are_no_reason_to_skip_it(self, office: Office) -> None:
        number = office.plan(often=Often.WEEKLY)
        office.reports(date(2017, 11, 13))
        ((said,),) = rows_of("SELECT said FROM report_sends")
        wanted = replace(MONTHLY, id=number, often=Often.WEEKLY, report=ReportKind.BRIEF)
        schedules.change_schedule(wanted, by=office.officer)
        assert office.reports(date(2017, 11, 20)).handed == {Handed.TAKEN: 1}
        (_, second) = rows_of("SELECT said FROM report_sends ORDER BY id")
        assert second == (said,)

    def test_what_an_earlier_version_sent_was_of_what_its_schedule_says(self, office: Office) -> None:
        office.plan(often=Often.WEEKLY)
        office.reports(date(2017, 11, 13))
        with alone(engine()) as connection:
            for statement in earlier.statements("0024", sqlite=connection.dialect.name == "sqlite"):
                connection.execute(text(statement))
        migrate()
        assert rows_of("SELECT report, about FROM report_sends") == [("scorecard", "WASTE")]
        assert office.reports(date(2017, 11, 20)).skipped == {NotSent.UNCHANGED: 1}
