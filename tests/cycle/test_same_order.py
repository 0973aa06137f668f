"""Files and lists come in one order on both databases, whatever collation the server was set up with.

Codes by code point; titles and names as a reader expects. The tests' PostgreSQL is set up for British English, where
code points and the server's own order are far apart.
"""

import pytest
from sqlalchemy import text

from cycle.ground.exports import Export, Wanted, export_figures, export_register, export_targets, export_wards
from cycle.plan import register
from cycle.report.scorecard_export import export_scorecard
from cycle.review import explorer, readings
from cycle.review.saved_views import list_views
from data_access.council import areas, units
from data_access.models import RiskRow, UnitPlacementRow, UnitRow
from data_access.plan import targets
from data_access.review import saved_views
from data_access.revise import risks
from data_access.store.database import reading, transaction
from performance.ground.organisation import AreaKind, UnitKind
from performance.ground.people import Role
from tests import builders
from tests.builders import COUNCIL, RECORDED

pytestmark = pytest.mark.usefixtures("database_on_both")
CODES = ["A-2", "A1", "A10", "A2", "B_1", "a-1", "b1", "É"]
"""By code point. British English has A1, a-1, A-2 and A10 side by side, and É before B_1."""
TITLES = ["Able", "aged 5 to 9", "École", "elder people", "Énergie", "people’s homes", "People's hopes", "zebra"]


@pytest.fixture(autouse=True)
def _council(database_on_both: str) -> None:
    """Everything comes in another order than it is to go out in."""
    builders.add_council()
    for place in (5, 2, 7, 0, 4, 6, 1, 3):
        code = CODES[place]
        builders.add_measure(code, title=TITLES[-1 - place])
        builders.add_area(code, TITLES[place], AreaKind.WARD, parent_code=COUNCIL)
        _add_unit(code, TITLES[place])
    for code in reversed(CODES):
        builders.add_figure(code, value="1")
        builders.add_target(code, number="1")
        builders.add_figure(CODES[0], value="1", area=code)
        builders.add_figure(CODES[1], value="1", area=code)


def _add_unit(code: str, name: str) -> None:
    with transaction() as session:
        session.add(UnitRow(code=code, kind=UnitKind.TEAM))
        session.flush()
        session.add(UnitPlacementRow(unit_code=code, name=name, parent_code="WASTE", owner_role="Head"))


def _column(found: Export, name: str) -> list[str]:
    place = found.columns.index(name)
    return list(dict.fromkeys(row[place] for row in found.rows))


def test_the_postgresql_of_these_tests_orders_in_english(database_on_both: str) -> None:
    """Or else nothing here would be tried."""
    with reading() as session:
        listed = [code for (code,) in session.execute(text("SELECT code FROM measures ORDER BY code"))]
    assert (listed == CODES) is database_on_both.startswith("sqlite")


def test_every_export_goes_out_by_code_point() -> None:
    assert _column(export_figures(Wanted()), "measure_code") == CODES
    assert _column(export_figures(Wanted(measure_code="A1")), "area_code") == [*CODES[:5], COUNCIL, *CODES[5:]]
    assert _column(export_wards(Wanted()), "measure_code") == CODES[:2]
    assert _column(export_wards(Wanted()), "area_code") == CODES
    assert _column(export_targets(Wanted()), "measure_code") == CODES
    assert _column(export_register(Wanted()), "measure_code") == CODES
    assert _column(export_scorecard(Wanted()), "measure_code") == CODES


def test_lists_of_codes_come_by_code_point() -> None:
    bi = builders.a_user("bi", Role.BI_TEAM, "COUNCIL")
    assert [line.measure.code for line in register.list_register(by=bi).lines] == CODES
    with transaction() as session:
        session.add_all(RiskRow(code=code, title=code) for code in reversed(CODES))
    with reading() as session:
        assert [area.code for area in areas.list_areas(session) if area.code in CODES] == CODES
        assert [unit.code for unit in units.list_placements(session) if unit.code in CODES] == CODES
        assert [risk.code for risk in risks.list_risks(session)] == CODES
        found = targets.list_records(session, measure_codes=CODES)
        assert [record.target.measure_code for record in found] == CODES


def test_titles_and_names_come_as_they_are_read() -> None:
    bi = builders.a_user("bi", Role.BI_TEAM, "COUNCIL")
    assert [measure.title for measure in readings.list_measures_by_title(by=bi)] == TITLES
    with transaction() as session:
        for title in reversed(TITLES):
            saved_views.add_view(session, title=title, query={}, by="bi", at=RECORDED)
    assert [view.title for view in list_views(by=bi)] == TITLES
    with reading() as session:
        teams = [unit.name for unit in units.list_units(session, on=builders.TODAY) if unit.kind is UnitKind.TEAM]
    assert teams == TITLES
    wards = [place.name.removesuffix(" ward") for place in explorer.list_places(CODES[:2], by=bi)]
    assert [name for name in wards if name in TITLES] == TITLES


def test_a_request_is_found_by_its_words_whatever_their_capitals() -> None:
    with transaction() as session:
        saved_views.add_request(session, question="ÉNERGIE in schools", asked_for="", by="bi", at=RECORDED)
    with reading() as session:
        assert len(saved_views.list_requests(session, words="énergie")) == 1
        assert saved_views.list_requests(session, words="100%") == []
