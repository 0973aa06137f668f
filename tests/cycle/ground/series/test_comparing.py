"""Whom a scorecard compares with: the newest number of each, from the last years wherever these say it."""

from datetime import date

import pytest

from cycle.ground.series.comparing import Comparator, comparators_of, newest_of_comparators
from data_access.plan.register import list_measures
from data_access.store.database import reading
from performance.ground.periods import Period
from performance.ground.values import Absence
from tests.builders import NATION, NEIGHBOUR, REGION, add_council, add_figure, add_group, add_measure
from tests.rows_read import rows_read

pytestmark = pytest.mark.usefixtures("database_on_both")
UP_TO = date(2017, 9, 30)
NOW = Period.month(2017, 9)
LATELY, LONG_AGO = NOW.shifted(-12), NOW.shifted(-60)


def _said(found: list[Comparator]) -> list[tuple[str, str, Period]]:
    return [(each.label, str(each.numbers[each.latest]), each.latest) for each in found if not each.is_neighbour]


def _newest_as_all() -> list[tuple[str, str, Period]]:
    with reading() as session:
        measures = list_measures(session)
        every = comparators_of(session, measures=measures, up_to=UP_TO)
        newest = newest_of_comparators(session, measures=measures, up_to=UP_TO)
    assert {code: _said(found) for code, found in newest.items()} == {
        code: _said(found) for code, found in every.items()
    }
    return _said(newest["A1"])


@pytest.fixture
def council(database_on_both: str) -> None:
    add_council()
    add_group("Neighbours", NEIGHBOUR)
    add_measure("A1", unit="per 1,000 people", comparator_group="Neighbours")


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize(
    ("figures", "places"),
    [
        pytest.param([], [], id="nobody"),
        pytest.param([(NATION, LATELY), (REGION, LATELY), (NEIGHBOUR, LATELY)], ["England", "West Midlands", "Median"],
                     id="each of late"),
        pytest.param([(NATION, LONG_AGO), (REGION, LATELY)], ["England", "West Midlands"], id="one long ago"),
        pytest.param([(NATION, LATELY), (NEIGHBOUR, LONG_AGO)], ["England", "Median"], id="its neighbours long ago"),
        pytest.param([(NATION, LONG_AGO)], ["England"], id="long ago alone"),
        pytest.param([(NATION, NOW.shifted(-30)), (NATION, LONG_AGO)], ["England"], id="on the edge of what is read"),
        pytest.param([(NATION, NOW.following), (NATION, LONG_AGO)], ["England"], id="not ended yet"),
    ],
)  # fmt: skip
def test_the_newest_number_of_each_place_however_old(figures: list[tuple[str, Period]], places: list[str]) -> None:
    for place, (area, period) in enumerate(figures):
        add_figure("A1", period.iso, str(40 + place), area=area)
    found = _newest_as_all()
    assert len(found) == len(places)
    assert all(label.startswith(name) for (label, _, _), name in zip(found, places, strict=True))


@pytest.mark.usefixtures("council")
def test_a_place_whose_last_years_say_no_number_is_asked_for_an_older_one() -> None:
    add_figure("A1", LONG_AGO.iso, "41", area=NATION)
    add_figure("A1", LATELY.iso, absence=Absence.NOT_PUBLISHED, area=NATION)
    assert [(number, period) for _, number, period in _newest_as_all()] == [("41", LONG_AGO)]


@pytest.mark.usefixtures("council")
def test_of_a_long_history_the_last_years_are_read() -> None:
    for back in range(120):
        add_figure("A1", NOW.shifted(-back).iso, "40", area=NATION)
    with rows_read("figures") as found, reading() as session:
        newest_of_comparators(session, measures=list_measures(session), up_to=UP_TO)
    assert 12 <= len(found) <= 40
