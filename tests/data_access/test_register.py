"""The register keeps what it is given: measures with breaks, the plan, areas, groups, units and where they stood."""

from datetime import date
from decimal import Decimal

import pytest

from data_access import areas, register, units
from data_access.database import reading, transaction
from performance.measures import Accumulation, Measure, Polarity, SeriesBreak
from performance.organisation import (
    Action,
    Area,
    AreaKind,
    BoundaryEdition,
    ComparatorMembership,
    NodeKind,
    PlanNode,
    Risk,
    Unit,
    UnitKind,
)
from performance.periods import Frequency

pytestmark = pytest.mark.usefixtures("database_on_both")
MOVED = date(2016, 4, 1)
COUNCIL = Area(code="E08000031", name="Wolverhampton", kind=AreaKind.COUNCIL, aliases=("Wton", "City"))
OLD = Area(
    code="E05001321", name="Bilston East", kind=AreaKind.WARD, parent_code=COUNCIL.code, valid_to=date(2023, 5, 3)
)
TOP = Unit(code="CWC", name="Council", kind=UnitKind.COUNCIL)
PLACE = Unit(code="PLACE", name="Place", kind=UnitKind.DIRECTORATE, parent_code="CWC")
BEFORE = Unit(code="WASTE", name="Waste", kind=UnitKind.SERVICE, parent_code="CWC", valid_to=date(2016, 3, 31))
AFTER = Unit(code="WASTE", name="Waste", kind=UnitKind.SERVICE, parent_code="PLACE", valid_from=MOVED)
NODE = PlanNode(code="O1", title="Outcome", kind=NodeKind.OUTCOME, valid_to=date(2019, 3, 31))
MEASURE = Measure(
    code="A10", title="A title", unit="percent", polarity=Polarity.LOWER, accumulation=Accumulation.IN_PERIOD,
    frequency=Frequency.MONTHLY, unit_code="WASTE", objective_code="O1", multiplier=Decimal(100), decimals=1,
    tolerance=Decimal("0.5"), breaks=(SeriesBreak(on=date(2015, 4, 1), reason="Counted anew"),),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _register(database_on_both: str) -> None:
    with transaction() as session:
        areas.save_areas(session, areas=[COUNCIL, OLD])
        units.save_placements(session, units=[TOP, PLACE, BEFORE, AFTER])
        register.save_nodes(session, nodes=[NODE])
        register.save_measures(session, measures=[MEASURE])


def test_a_measure_comes_back_exactly_with_its_breaks() -> None:
    with reading() as session:
        assert register.list_measures(session, unit_codes=["WASTE"]) == [MEASURE]
        assert register.list_measures(session, objective_codes=["O2"]) == []
        assert register.find_measure(session, code="A11") is None
        with pytest.raises(register.MeasureNotFoundError, match="A11"):
            register.get_measure(session, code="A11")


def test_a_unit_stands_where_it_stood_on_the_day() -> None:
    with reading() as session:
        assert units.get_unit(session, code="WASTE", on=date(2016, 3, 31)) == BEFORE
        assert [unit.code for unit in units.list_units(session, on=MOVED)] == ["CWC", "PLACE", "WASTE"]
        assert units.get_unit(session, code="WASTE", on=MOVED) == AFTER
        with pytest.raises(units.UnitNotFoundError):
            units.get_unit(session, code="HOMES", on=MOVED)


def test_an_area_and_a_plan_hold_between_their_days() -> None:
    with reading() as session:
        assert areas.get_area(session, code=COUNCIL.code) == COUNCIL
        assert areas.list_areas(session, kinds=[AreaKind.WARD], on=date(2023, 5, 4)) == []
        assert areas.list_areas(session, parent=COUNCIL.code, on=date(2023, 5, 3)) == [OLD]
        assert register.list_nodes(session, on=date(2019, 4, 1)) == []
        assert register.get_node(session, code="O1") == NODE


def test_saving_again_changes_and_never_doubles() -> None:
    member = ComparatorMembership(group_name="Neighbours", area_code=COUNCIL.code, rank=1)
    action = Action(id=0, action="Do it", measure_code="A10")
    risk = Risk(code="R1", title="Flood", likelihood=2, impact=5)
    for _ in range(2):
        with transaction() as session:
            areas.save_memberships(session, memberships=[member])
            register.save_actions(session, actions=[action])
            register.save_risks(session, risks=[risk])
            register.save_measures(session, measures=[MEASURE])
    with reading() as session:
        assert areas.list_memberships(session, group_name="Neighbours", on=MOVED) == [member]
        assert [each.action for each in register.list_actions(session, measure_codes=["A10"])] == ["Do it"]
        assert register.list_risks(session) == [risk]


def test_a_published_edition_goes_before_one_we_drew() -> None:
    ours = BoundaryEdition(name="Hexagons", valid_from=date(2004, 6, 10), drawn_by_us=True)
    published = BoundaryEdition(name="2013", valid_from=date(2004, 6, 10), valid_to=date(2023, 5, 3))
    drawn = {OLD.code: {"type": "Polygon", "coordinates": [[[-2.1, 52.5]]]}}
    with transaction() as session:
        for edition in (ours, published, published):
            areas.save_boundary_edition(session, edition=edition, geometries=drawn)
    with reading() as session:
        assert areas.list_boundary_editions(session, on=date(2017, 11, 10))[0] == published
        assert areas.list_boundary_editions(session, on=date(2024, 1, 1)) == [ours]
        assert areas.list_boundaries(session, edition_name="2013") == drawn
