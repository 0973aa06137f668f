"""What is hidden in one place is told of in no other: each way in that there was, in the smallest council that had it.

Two wards with one person each make a total of two, and give each other away: so the total is hidden as well.
"""

from datetime import UTC, datetime

import pytest

from cycle.review import readings
from cycle.review.quality import challenges, data_quality
from data_access.council.settings_store import save_setting
from data_access.models import ReturnRow
from data_access.store.database import transaction
from performance.ground.measures import Polarity
from performance.ground.organisation import ReturnStatus
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.ground.values import Absence
from tests.builders import COUNCIL, WARDS, a_user, add_council, add_figure, add_measure, add_target

pytestmark = pytest.mark.usefixtures("database_on_one")
AUGUST, SEPTEMBER = Period.month(2017, 8), Period.month(2017, 9)
FIRST, SIGNED, LATER = (datetime(2017, 10, day, 9, tzinfo=UTC) for day in (4, 12, 20))
HIDDEN = Absence.SUPPRESSED.in_words


def a_leader() -> User:
    return a_user("leader", Role.LEADERSHIP, "COUNCIL")


def an_analyst() -> User:
    return a_user("analyst", Role.BI_TEAM, "COUNCIL")


def two_people(*, checks: str = "") -> None:
    add_council()
    add_measure("PEOPLE", title="People", counts_people=True, polarity=Polarity.LOWER)
    add_target("PEOPLE", "2017-09", "1", decided_at=FIRST)
    for month, counts in (("2017-08", ("20", "30", "50")), ("2017-09", ("1", "1", "2"))):
        for area, count in zip((*WARDS[:2], COUNCIL), counts, strict=True):
            add_figure("PEOPLE", month, count, area=area, at=FIRST, confirmed_checks=checks if area == COUNCIL else "")


def signed_off() -> None:
    with transaction() as session:
        session.add(
            ReturnRow(
                unit_code="WASTE", period_start=SEPTEMBER.start, period_months=1, status=ReturnStatus.APPROVED,
                version=1, submitted_by="manager", submitted_at=FIRST, decided_by="head", decided_at=SIGNED,
                approved_at=SIGNED,
            )
        )  # fmt: skip


def test_the_page_of_an_earlier_month_does_not_list_what_a_later_one_hides() -> None:
    two_people()
    leader, analyst = a_leader(), an_analyst()
    for period in (None, AUGUST):
        page = readings.measure_page("PEOPLE", period, by=leader)
        assert [(each.period, each.value) for each in page.revisions] == [(AUGUST, 50)], period
    assert [each.period for each in readings.measure_page("PEOPLE", AUGUST, by=analyst).revisions] == [AUGUST]


def test_between_two_moments_a_hidden_total_neither_moved_nor_was_corrected() -> None:
    two_people()
    add_figure("PEOPLE", "2017-09", "21", revision=2, at=LATER)
    add_figure("PEOPLE", "2017-09", "20", area=WARDS[0], revision=2, at=LATER)
    leader, analyst = a_leader(), an_analyst()
    assert readings.difference(SEPTEMBER, "corporate", then=SIGNED, by=leader).is_nothing
    assert [each.now.value for each in readings.difference(SEPTEMBER, "corporate", then=SIGNED, by=analyst).corrected]
    assert readings.measure_page("PEOPLE", SEPTEMBER, as_known_at=SIGNED, by=analyst).line.value == 2
    assert readings.measure_page("PEOPLE", as_known_at=SIGNED, by=leader).line.period == AUGUST


def test_a_restatement_of_a_hidden_total_has_neither_colours_nor_a_day_though_its_source_hides_it_now() -> None:
    two_people()
    signed_off()
    add_figure("PEOPLE", "2017-09", absence=Absence.SUPPRESSED, revision=2, at=LATER, commentary="What happened: Two.")
    (line,) = data_quality.data_quality(SEPTEMBER, by=a_leader()).restated
    assert (line.was, line.now) == (HIDDEN, HIDDEN)
    assert (line.rag_was, line.rag_now, line.on, line.who, line.why) == (None, None, None, "", HIDDEN)


def test_what_a_check_said_of_a_hidden_total_is_not_told_nor_what_it_was() -> None:
    two_people(checks="unusual")
    analyst, leader = an_analyst(), a_leader()
    challenges.doubt("PEOPLE", SEPTEMBER, text="Is it?", revision=1, by=analyst)
    seen = data_quality.data_quality(SEPTEMBER, by=leader)
    assert [(each.checks, each.revision) for each in seen.confirmed] == [((HIDDEN,), 0)]
    assert [each.judged.doubted for each in seen.confirmed if each.judged] == [""]
    assert [each.challenge.doubted for each in seen.open] == [""]
    (due,) = (each for each in seen.due if each.measure.code == "PEOPLE")
    assert [(each.value, each.absence) for each in due.revisions] == [(None, Absence.SUPPRESSED)]
    assert (due.is_received, due.is_on_time, due.has_confirmed) == (True, True, True)
    for reader, said in ((leader, ""), (analyst, "unusual")):
        (asked,) = challenges.thread("PEOPLE", by=reader).questions
        assert asked.challenge.doubted == said


def test_what_is_expected_of_a_ward_does_not_tell_another_service_how_few_live_there() -> None:
    add_council()
    add_measure("CALLS", counts_people=True)
    add_measure("POP", counts_people=True, unit_code="HOUSING")
    for code, few in (("CALLS", "20"), ("POP", "3")):
        add_figure(code, value="600", area=COUNCIL)
        for ward, count in zip(WARDS, (few, "4", "100", "120", "140", "200"), strict=True):
            add_figure(code, value=count, area=ward)
    with transaction() as session:
        save_setting(session, name="ward_population", value="POP")
    found = readings.ward_map("CALLS", SEPTEMBER, by=a_user())
    told = {ward.area.code: ward.expected for ward in found.wards}
    assert found.wards[0].value == 20
    assert (told[WARDS[0]], told[WARDS[1]]) == (None, None)
    assert told[WARDS[5]] == 200
