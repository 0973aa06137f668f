"""Figures are only ever added; the highest revision is current; any past moment can be asked for. Both databases."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from data_access.do.figures import (
    RevisionTakenError,
    add_figure,
    add_figures,
    count_figures,
    current_series,
    find_current,
    list_revisions,
)
from data_access.do.measured import list_areas_measured, list_periods_measured
from data_access.store.database import reading, transaction
from performance.ground.figures import Figure
from performance.ground.organisation import AreaKind
from performance.ground.periods import Period
from tests import builders
from tests.builders import COUNCIL, NEIGHBOUR

pytestmark = pytest.mark.usefixtures("database_on_both")
JUNE, JULY = Period.month(2017, 6), Period.month(2017, 7)
FIRST = Figure(
    measure_code="WCP1063", area_code=COUNCIL, period=JUNE, value=Decimal("9.40"), revision=1,
    recorded_at=datetime(2017, 7, 3, 9, tzinfo=UTC), recorded_by="manager",
)  # fmt: skip
SECOND = replace(
    FIRST, value=Decimal("2.7618645600916603"), revision=2, recorded_at=datetime(2017, 8, 3, 9, tzinfo=UTC)
)


@pytest.fixture(autouse=True)
def _measure(database_on_both: str) -> None:
    builders.add_council()
    builders.add_measure("WCP1063")


def test_the_highest_revision_is_current_and_keeps_every_digit() -> None:
    with transaction() as session:
        add_figures(session, figures=[FIRST, SECOND, replace(FIRST, period=JULY)])
    with reading() as session:
        found = current_series(session, measure_codes=["WCP1063"], area_codes=[COUNCIL])
        assert found == {("WCP1063", COUNCIL): {JUNE: SECOND, JULY: replace(FIRST, period=JULY)}}
        assert find_current(session, measure_code="WCP1063", area_code=COUNCIL, period=JUNE) == SECOND
        assert list_revisions(session, measure_code="WCP1063", area_code=COUNCIL, period=JUNE) == [FIRST, SECOND]
        assert count_figures(session) == 3


def test_a_past_moment_shows_what_was_known_then() -> None:
    with transaction() as session:
        add_figures(session, figures=[FIRST, SECOND])
    with reading() as session:
        then = datetime(2017, 7, 31, tzinfo=UTC)
        assert current_series(session, measure_codes=["WCP1063"], as_known_at=then)["WCP1063", COUNCIL] == {JUNE: FIRST}
        before = datetime(2017, 7, 1, tzinfo=UTC)
        assert current_series(session, measure_codes=["WCP1063"], as_known_at=before) == {}


def test_only_the_areas_asked_for_are_read() -> None:
    with transaction() as session:
        add_figures(session, figures=[FIRST, replace(FIRST, area_code=NEIGHBOUR)])
    with reading() as session:
        assert list(current_series(session, measure_codes=["WCP1063"], area_codes=[NEIGHBOUR])) == [
            ("WCP1063", NEIGHBOUR)
        ]


def test_the_second_to_save_a_revision_is_told_and_can_still_see_the_first() -> None:
    with transaction() as session:
        add_figure(session, figure=FIRST)
    with transaction() as session:
        with pytest.raises(RevisionTakenError):
            add_figure(session, figure=replace(FIRST, value=Decimal(1)))
        stored = find_current(session, measure_code="WCP1063", area_code=COUNCIL, period=JUNE)
    assert stored == FIRST


def test_which_areas_and_periods_have_figures_is_told_for_a_past_moment_too() -> None:
    ward, later = builders.WARDS[0], replace(FIRST, period=JULY, recorded_at=SECOND.recorded_at)
    figures = [FIRST, replace(FIRST, area_code=ward), replace(SECOND, area_code=ward), replace(later, area_code=ward)]
    with transaction() as session:
        add_figures(session, figures=figures)
    of_wards: Any = {"measure_codes": ["WCP1063"], "kinds": [AreaKind.WARD]}
    with reading() as session:
        assert list_periods_measured(session, **of_wards) == {"WCP1063": {JUNE, JULY}}
        assert list_periods_measured(session, **of_wards, as_known_at=FIRST.recorded_at) == {"WCP1063": {JUNE}}
        assert list_areas_measured(session, **of_wards, as_known_at=FIRST.recorded_at) == {"WCP1063": [ward]}
        before = datetime(2017, 7, 1, tzinfo=UTC)
        assert list_periods_measured(session, **of_wards, as_known_at=before) == {}
        assert list_areas_measured(session, **of_wards, as_known_at=before) == {}
