"""A reading asks the database for what it shows: a figure saved costs its own measure's rows, and no one else's."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from cycle.do import returns
from cycle.ground import memory
from cycle.ground.exports import Wanted
from cycle.home.desk import home
from cycle.plan import thread
from cycle.report.scorecard_export import export_scorecard
from cycle.review import readings
from cycle.review.quality import data_quality
from cycle.revise.recovery import planning
from data_access.do.measured import list_measured_in
from data_access.models import ReturnRow
from data_access.store.database import reading, transaction
from performance.ground.organisation import AreaKind, ReturnStatus
from performance.ground.people import Role, User
from performance.ground.periods import Period
from tests.builders import (
    COUNCIL,
    NATION,
    NEIGHBOUR,
    RECORDED,
    REGION,
    WARDS,
    a_user,
    add_council,
    add_figure,
    add_group,
    add_measure,
)
from tests.rows_read import questions_asked, rows_read

SAVED, OTHERS = "WASTE1", ("WASTE2", "HOMES1", "HOMES2")
NOW = Period.month(2017, 9)
MONTHS = [NOW.shifted(-back) for back in range(12)]
Reading = Callable[[User], object]


@pytest.fixture
def leader(sqlite_database: str) -> User:
    """Who reads a council of four measures, each with a year of figures of its own and of a ward."""
    add_council()
    add_group("Neighbours", NEIGHBOUR)
    for code in (SAVED, *OTHERS):
        unit_code = "WASTE" if code.startswith("WASTE") else "HOUSING"
        add_measure(code, unit="per 1,000 people", unit_code=unit_code, comparator_group="Neighbours")
        for month in MONTHS:
            for area in (COUNCIL, WARDS[0]):
                add_figure(code, month.iso, "9", area=area)
    return a_user("leader", Role.LEADERSHIP)


def _codes(rows: list[tuple[str, ...]]) -> set[str]:
    return {str(row[0]) for row in rows}


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(lambda by: readings.scorecard(None, "corporate", by=by), id="scorecard"),
        pytest.param(lambda by: readings.scorecard_so_far(None, "corporate", by=by), id="scorecard so far"),
        pytest.param(lambda by: readings.scorecard(NOW, "corporate", by=by), id="scorecard of a month"),
        pytest.param(lambda by: readings.what_changed(NOW, "corporate", by=by), id="what changed"),
        pytest.param(lambda by: readings.ambers_to_watch("corporate", by=by), id="what may turn red"),
        pytest.param(lambda by: readings.standing_now("corporate", by=by), id="red now"),
        pytest.param(lambda by: readings.opening_month(by=by), id="opening month"),
        pytest.param(lambda by: readings.ward_map("HOMES1", None, by=by), id="ward map of another"),
        pytest.param(lambda by: readings.ward_profile(WARDS[0], by=by), id="ward profile"),
        pytest.param(lambda by: data_quality.data_quality(NOW, by=by), id="data quality"),
        pytest.param(lambda by: data_quality.data_quality(NOW, "WASTE", by=by), id="data quality of a service"),
        pytest.param(lambda by: data_quality.measure_quality(SAVED, by=by), id="quality of its data"),
        pytest.param(lambda by: data_quality.measure_quality("HOMES1", by=by), id="quality of another's data"),
        pytest.param(lambda by: thread.golden_thread(by=by), id="golden thread"),
        pytest.param(lambda by: planning.called_for(by=by).found, id="called for"),
        pytest.param(lambda by: home(by=by), id="home"),
    ],
)
def test_after_a_figure_was_saved_the_next_reader_reads_its_measure_alone(leader: User, read: Reading) -> None:
    with rows_read("figures") as first:
        read(leader)
    with rows_read("figures") as warm:
        read(leader)
    add_figure(SAVED, MONTHS[0].iso, "7", revision=2)
    with rows_read("figures") as saved:
        read(leader)
    assert first, "nothing was read at all"
    assert warm == []
    assert _codes(saved) <= {SAVED}


def test_what_was_restated_and_confirmed_of_other_measures_is_not_read_again(leader: User) -> None:
    with transaction() as session:
        session.add_all(
            ReturnRow(
                unit_code=unit, period_start=NOW.start, period_months=1, status=ReturnStatus.APPROVED,
                approved_at=RECORDED,
            )
            for unit in ("WASTE", "HOUSING")
        )  # fmt: skip
    later = RECORDED + timedelta(days=1)
    for code in OTHERS:
        add_figure(code, NOW.iso, "12", revision=2, at=later, confirmed_checks="unusual")
    before = data_quality.data_quality(NOW, by=leader)
    add_figure(SAVED, NOW.iso, "13", revision=2, at=later, confirmed_checks="unusual")
    with rows_read("figures") as saved:
        after = data_quality.data_quality(NOW, by=leader)
    for view, many in ((before, 3), (after, 4)):
        assert (len(view.restated), len(view.confirmed)) == (many, many)
    assert {each.measure.code: each.now for each in after.restated}[SAVED] == "13 per 1,000 people"
    assert _codes(saved) == {SAVED}


def test_data_quality_of_a_month_reads_no_earlier_year(leader: User) -> None:
    for back in range(36, 48):
        add_figure(SAVED, NOW.shifted(-back).iso, "9")
    with rows_read("figures") as found:
        data_quality.measure_quality(SAVED, by=leader)
    assert len(found) == len(MONTHS)


def test_the_scorecard_by_file_reads_no_ward(leader: User) -> None:
    for area, value in ((NATION, "5"), (REGION, "6"), (NEIGHBOUR, "8")):
        add_figure(SAVED, NOW.iso, value, area=area)
    with rows_read("figures") as found:
        (line,) = [row for row in export_scorecard(Wanted(period=NOW)).rows if row[0] == SAVED]
    assert {row[1] for row in found} == {COUNCIL, NATION, REGION, NEIGHBOUR}
    assert line[-4:-1] == (Decimal(5), Decimal(6), Decimal(8))


def test_the_scorecard_of_one_service_by_file_reads_its_measures_alone(leader: User) -> None:
    with rows_read("figures") as found:
        export_scorecard(Wanted(period=NOW, unit_code="HOUSING"))
    assert _codes(found) == {"HOMES1", "HOMES2"}
    assert len(found) == 2 * len(MONTHS)


def test_a_ward_profile_reads_the_history_of_its_ward_and_the_council_and_the_other_wards_of_one_period(
    leader: User,
) -> None:
    for code in (SAVED, *OTHERS):
        for month in MONTHS:
            for ward in WARDS[1:]:
                add_figure(code, month.iso, "9", area=ward)
    with rows_read("figures") as found:
        profile = readings.ward_profile(WARDS[0], by=leader)
    revisions = [(row[0], row[1], row[2]) for row in found if len(row) > 4]
    assert len(profile.every_line) == 4
    assert sorted({month for _, area, month in revisions if area in WARDS[1:]}) == [str(NOW.start)]
    assert len(revisions) == 4 * (2 * len(MONTHS) + len(WARDS) + 1)


def test_a_ward_profile_asks_no_more_often_for_more_measures(leader: User) -> None:
    with questions_asked() as of_four:
        readings.ward_profile(WARDS[0], by=leader)
    for code in ("WASTE3", "WASTE4", "WASTE5"):
        add_measure(code)
        add_figure(code, NOW.iso, "9", area=WARDS[0])
    memory.forget()
    with questions_asked() as of_seven:
        assert len(readings.ward_profile(WARDS[0], by=leader).every_line) == 7
    assert len(of_seven) == len(of_four)


def test_home_reads_a_history_once_whatever_it_makes_of_it(leader: User) -> None:
    with rows_read("figures") as found:
        home(by=leader)
    assert len(found) == len(MONTHS) * len((SAVED, *OTHERS))


def test_what_is_owed_is_of_the_last_two_years(leader: User) -> None:
    for back in range(36, 60):
        add_figure(SAVED, NOW.shifted(-back).iso, "9")
    manager = a_user("manager", Role.SERVICE_MANAGER, "WASTE")
    with rows_read("figures") as found:
        assert returns.list_owed(by=manager)
    assert {row[0] for row in found} == {SAVED, "WASTE2"}
    assert len(found) == 2 * len(MONTHS)


def test_whether_a_measure_has_ward_figures_is_asked_of_the_first_of_them(leader: User) -> None:
    with rows_read("measures") as found, reading() as session:
        assert list_measured_in(session, kinds=[AreaKind.WARD], measure_codes=[SAVED, "NONE"]) == [SAVED]
    assert len(found) == 1
