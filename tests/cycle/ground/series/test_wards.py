"""Wards: which of them share a map, in which classes, on which boundaries, and whose small counts nobody works out."""

from datetime import date

import pytest
from sqlalchemy import update

from cycle.ground.series.scoring import Entry
from cycle.review import readings
from data_access.models import AreaRow, BoundaryEditionRow, BoundaryRow
from data_access.store.database import transaction
from data_access.store.errors import NotFoundError
from performance.ground.organisation import AreaKind
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period, parse_period
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from tests.builders import (
    COUNCIL,
    WARDS,
    a_user,
    add_area,
    add_council,
    add_figure,
    add_measure,
    add_share,
)

pytestmark = pytest.mark.usefixtures("database_on_one")
SEPTEMBER = Period.month(2017, 9)
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}
NEW_WARD = "E05099001"


def a_leader() -> User:
    return a_user("leader", Role.LEADERSHIP, "COUNCIL")


def lines(period: str, scope: str, by: User) -> dict[str, Entry]:
    return {each.measure.code: each for each in readings.scorecard(parse_period(period), scope, by=by).entries}


def ward_counts(
    *counts: str, measure: str = "PEOPLE_COUNTED", period: str = "2017-09", total: str | None = None
) -> None:
    for ward, count in zip(WARDS, counts, strict=False):
        add_figure(measure, period, count, area=ward)
    if total is not None:
        add_figure(measure, period, total)


def printed(found: readings.WardMap) -> list[object]:
    return [ward.value for ward in found.wards]


def the_viewers() -> dict[str, User]:
    return {
        "councillor": a_user("councillor", Role.COUNCILLOR, "COUNCIL"),
        "leader": a_leader(),
        "other service": a_user("social", Role.SERVICE_MANAGER, "SOCIAL"),
        "submitting service": a_user("waste"),
        "BI": a_user("bi", Role.BI_TEAM, "COUNCIL"),
    }


def test_small_counts_are_for_the_submitting_service_and_the_bi_team_alone() -> None:
    add_council()
    add_measure("PEOPLE_COUNTED", counts_people=True)
    ward_counts("3", "9", "20", "30", "0", "12", total="74")
    viewers = the_viewers()
    hidden = [Absence.SUPPRESSED, Absence.SUPPRESSED, 20, 30, 0, 12]
    # Whoever asks first, what is kept for them is not shown to the next.
    for name in ("BI", "councillor", "submitting service", "leader", "BI", "other service"):
        found = readings.ward_map("PEOPLE_COUNTED", SEPTEMBER, by=viewers[name])
        assert printed(found) == ([3, 9, 20, 30, 0, 12] if name in {"BI", "submitting service"} else hidden), name


def test_nobody_works_a_hidden_count_out_from_the_total_the_classes_or_the_ranks() -> None:
    add_council()
    add_measure("PEOPLE_COUNTED", counts_people=True)
    ward_counts("3", "9", "20", "30", "0", "12", total="74")
    found = readings.ward_map("PEOPLE_COUNTED", SEPTEMBER, by=the_viewers()["councillor"])
    lost = [ward for ward in found.wards if ward.value is Absence.SUPPRESSED]
    assert len(lost) == 2  # 74 less the shown 62 is 12: two wards share it, each could be several numbers
    assert {(ward.rank, ward.map_class) for ward in lost} == {(None, None)}
    assert min(found.bounds) >= 5
    assert lost[0] not in found.ranked


def test_a_total_that_would_give_a_count_away_is_hidden_on_the_map_the_scorecard_and_the_measures_page() -> None:
    add_council()
    add_measure("PEOPLE_COUNTED", counts_people=True)
    ward_counts("1", "1", "1", "1", "1", "1", total="6")
    viewers = the_viewers()
    for name in ("leader", "other service"):
        by = viewers[name]
        assert readings.ward_map("PEOPLE_COUNTED", SEPTEMBER, by=by).whole is Absence.SUPPRESSED
        assert lines("2017-09", "corporate", by)["PEOPLE_COUNTED"].line.rag is Rag.SUPPRESSED
        page = readings.measure_page("PEOPLE_COUNTED", by=by)
        assert {each.number for each in page.figures} == {None}
        assert page.revisions == ()
    assert readings.measure_page("PEOPLE_COUNTED", by=viewers["BI"]).figures[0].number == 6
    assert lines("2017-09", "corporate", viewers["BI"])["PEOPLE_COUNTED"].line.value == 6


def test_a_hidden_month_is_in_no_longer_period_either() -> None:
    """The ward page offers a measure's own periods alone, so no quarter or year to date less its months is there to
    take apart; on a scorecard the year to date leaves a hidden total out instead of adding it."""
    add_council()
    add_measure("PEOPLE_COUNTED", counts_people=True)
    ward_counts("10", "10", "10", "10", "10", "10", period="2017-08", total="60")
    ward_counts("1", "1", "1", "1", "1", "1", total="6")
    by = the_viewers()["leader"]
    assert {period.months for period in readings.ward_map("PEOPLE_COUNTED", None, by=by).periods} == {1}
    for period in ("2017-09", "2017-07-01/P3M", "2017/18"):
        line = lines(period, "corporate", by)["PEOPLE_COUNTED"].line
        assert line.year_to_date_value == 60
        assert line.value in {60, Absence.SUPPRESSED}


def test_a_rate_is_hidden_with_the_small_count_behind_it() -> None:
    add_council()
    add_share("RATE", counts_people=True)
    for ward, counts in zip(WARDS, (("3", "10"), ("6", "10"), ("8", "10")), strict=False):
        add_figure("RATE", counts=counts, area=ward)
    assert printed(readings.ward_map("RATE", SEPTEMBER, by=the_viewers()["councillor"])) == [
        Absence.SUPPRESSED, 60, 80
    ]  # fmt: skip


def test_counts_of_things_are_shown_to_all() -> None:
    add_council()
    add_measure("BINS")
    ward_counts("1", "2", "3", measure="BINS")
    assert printed(readings.ward_map("BINS", SEPTEMBER, by=the_viewers()["councillor"])) == [1, 2, 3]


def test_classes_are_the_same_for_every_period() -> None:
    add_council()
    add_measure("BINS")
    ward_counts("10", "20", "30", "40", "50", "60", measure="BINS", period="2017-08")
    ward_counts("110", "120", "130", "140", "150", "160", measure="BINS")
    by = the_viewers()["councillor"]
    august, september = (readings.ward_map("BINS", Period.month(2017, month), by=by) for month in (8, 9))
    assert august.bounds == september.bounds
    assert max(ward.map_class for ward in august.wards) < max(ward.map_class for ward in september.wards)


def test_equal_figures_share_the_better_rank() -> None:
    add_council()
    add_measure("BINS")
    ward_counts("7", "9", "9", "1", measure="BINS")
    found = readings.ward_map("BINS", None, by=the_viewers()["councillor"])
    assert [(ward.value, ward.rank) for ward in found.ranked] == [(9, 1), (9, 1), (7, 3), (1, 4)]


def add_edition(name: str, first: date, last: date | None, *wards: str, ours: bool = False) -> None:
    with transaction() as session:
        session.add(BoundaryEditionRow(name=name, valid_from=first, valid_to=last, drawn_by_us=ours))
        session.flush()
        session.add_all(BoundaryRow(edition_name=name, area_code=ward, geometry=SQUARE) for ward in wards)


def test_the_map_is_drawn_with_the_boundaries_in_force_and_published_ones_before_ours() -> None:
    add_council()
    add_measure("BINS")
    ward_counts("1", measure="BINS")
    ward_counts("1", measure="BINS", period="2010-05")
    by = the_viewers()["councillor"]
    assert (readings.ward_map("BINS", None, by=by).edition, readings.ward_map("BINS", None, by=by).geometries) == (
        None,
        {},
    )
    add_edition("Hexagons", date(2004, 1, 1), None, WARDS[0], ours=True)
    add_edition("2013", date(2013, 12, 1), None, WARDS[0])
    add_measure("ANYTHING")  # maps are kept until something is recorded
    ward_counts("2", measure="BINS", period="2017-08")
    assert readings.ward_map("BINS", SEPTEMBER, by=by).edition.name == "2013"
    assert readings.ward_map("BINS", Period.month(2010, 5), by=by).edition.name == "Hexagons"


def new_wards() -> None:
    """Wards of today end in May 2017; one new ward follows."""
    add_council()
    with transaction() as session:
        session.execute(update(AreaRow).where(AreaRow.kind == AreaKind.WARD).values(valid_to=date(2017, 5, 3)))
    add_area(NEW_WARD, "New ward", AreaKind.WARD, parent_code=COUNCIL, valid_from=date(2017, 5, 4))
    add_edition("Old", date(2004, 6, 10), None, *WARDS)
    add_measure("BINS")


def test_old_and_new_wards_are_never_on_one_map_nor_new_wards_on_old_boundaries() -> None:
    new_wards()
    ward_counts("1", "2", measure="BINS", period="2017-04")
    ward_counts("1", "2", measure="BINS", period="2017-06")
    add_figure("BINS", "2017-06", "8", area=NEW_WARD)
    by = the_viewers()["councillor"]
    before, after = (readings.ward_map("BINS", Period.month(2017, month), by=by) for month in (4, 6))
    assert {ward.area.code for ward in before.wards} == set(WARDS[:2])
    assert (before.edition.name, set(before.geometries)) == ("Old", set(WARDS[:2]))
    assert [ward.area.code for ward in after.wards] == [NEW_WARD]
    assert (after.edition, after.geometries) == (None, {})


def test_figures_counted_again_on_later_wards_are_drawn_on_those() -> None:
    """A census of 2011 published on the wards of 2017."""
    new_wards()
    add_figure("BINS", "2011-04", "8", area=NEW_WARD)
    found = readings.ward_map("BINS", Period.month(2011, 4), by=the_viewers()["councillor"])
    assert ([ward.area.code for ward in found.wards], found.edition) == ([NEW_WARD], None)


def test_a_measure_without_ward_figures_or_with_future_ones_alone_is_not_offered() -> None:
    add_council()
    add_measure("BINS")
    add_measure("PLANNED")
    add_figure("PLANNED", "2018-03", "4", area=WARDS[0])
    by = the_viewers()["councillor"]
    assert readings.ward_measures(by=by) == []
    with pytest.raises(NotFoundError, match="not available by ward"):
        readings.ward_map("BINS", None, by=by)


def test_a_councillor_sees_wards_and_no_scorecard() -> None:
    add_council()
    add_measure("BINS")
    ward_counts("1", measure="BINS")
    councillor = the_viewers()["councillor"]
    assert [measure.code for measure in readings.ward_measures(by=councillor)] == ["BINS"]
    for reading in (
        lambda: readings.scorecard(SEPTEMBER, "corporate", by=councillor),
        lambda: readings.measure_page("BINS", by=councillor),
        lambda: readings.list_scopes(by=councillor),
    ):
        with pytest.raises(NotAllowedError):
            reading()


def test_an_administrator_sees_no_figure_at_all() -> None:
    add_council()
    add_measure("BINS")
    ward_counts("1", measure="BINS")
    administrator = a_user("admin", Role.ADMINISTRATOR, "COUNCIL")
    with pytest.raises(NotAllowedError):
        readings.ward_map("BINS", None, by=administrator)
