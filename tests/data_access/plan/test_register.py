"""The register keeps what it is given: measures with breaks, the plan, areas, groups, units and where they stood."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data_access.council import areas, units
from data_access.plan import register, tree
from data_access.plan.changes import VersionTakenError, add_changes
from data_access.revise import risks
from data_access.store.database import reading, transaction
from performance.ground.dated import Recording
from performance.ground.measures import Accumulation, Measure, Polarity, SeriesBreak
from performance.ground.organisation import (
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
from performance.ground.periods import Frequency, Period
from performance.plan.refresh import Noun

RECORDING = Recording(by="bi.team", at=datetime(2017, 11, 10, tzinfo=UTC), effective_on=date(2017, 11, 10))
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
        tree.save_nodes(session, nodes=[NODE], recording=RECORDING)
        register.save_measures(session, measures=[MEASURE], recording=RECORDING)


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
        assert tree.list_nodes(session, on=date(2019, 4, 1)) == []
        assert tree.get_node(session, code="O1") == NODE


def test_saving_again_changes_and_never_doubles() -> None:
    member = ComparatorMembership(group_name="Neighbours", area_code=COUNCIL.code, rank=1)
    action = Action(id=0, action="Do it", measure_code="A10")
    risk = Risk(code="R1", title="Flood", likelihood=2, impact=5)
    for _ in range(2):
        with transaction() as session:
            areas.save_memberships(session, memberships=[member])
            tree.save_actions(session, actions=[action], recording=RECORDING)
            risks.save_risks(session, risks=[risk], recording=RECORDING)
            register.save_measures(session, measures=[MEASURE], recording=RECORDING)
    with reading() as session:
        assert areas.list_memberships(session, group_name="Neighbours", on=MOVED) == [member]
        assert [each.action for each in tree.list_actions(session, measure_codes=["A10"])] == ["Do it"]
        assert risks.list_risks(session) == [risk]


def test_an_action_brought_in_again_with_other_words_keeps_what_it_was() -> None:
    first = Action(id=0, action="Do it", measure_code="A10", result="Fewer")
    with transaction() as session:
        register.save_measures(session, measures=[MEASURE], recording=RECORDING)
    for result in ("Fewer", "Fewer", "Fewest"):
        with transaction() as session:
            tree.save_actions(session, actions=[replace(first, result=result)], recording=RECORDING)
    with reading() as session:
        assert [each.result for each in tree.list_actions(session, measure_codes=["A10"])] == ["Fewest"]
        (change,) = tree.list_action_changes(session, node_codes=[], measure_codes=["A10"])
    assert change.version == 2
    assert change.before is not None
    assert change.before.result == "Fewer"


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


def changed(measure: Measure, day: date, **fields: Any) -> None:
    with transaction() as session:
        recording = replace(RECORDING, effective_on=day, reason="Asked by the panel")
        register.save_measures(session, measures=[replace(measure, **fields)], recording=recording)


def test_a_change_is_kept_with_what_was_before_and_why() -> None:
    changed(MEASURE, date(2017, 11, 10), title="Another title", tolerance=None)
    with reading() as session:
        first, second = register.list_measure_changes(session, code="A10")
    assert (first.field, first.before, first.after, first.version) == ("title", "A title", "Another title", 2)
    assert (second.field, second.before, second.after) == ("tolerance", Decimal("0.5"), None)
    assert second.recording.reason == "Asked by the panel"


def test_saving_the_same_again_makes_no_version() -> None:
    changed(MEASURE, date(2017, 11, 10))
    with reading() as session:
        assert register.list_measure_changes(session, code="A10") == []


def test_a_measure_remembers_by_which_rule_it_was_rated() -> None:
    changed(MEASURE, date(2017, 11, 10), polarity=Polarity.HIGHER, tolerance=Decimal(2))
    with reading() as session:
        found = register.get_measure(session, code="A10")
    october, november = found.at(Period.month(2017, 10)), found.at(Period.month(2017, 11))
    assert (october.polarity, october.tolerance) == (Polarity.LOWER, Decimal("0.5"))
    assert (november.polarity, november.tolerance) == (Polarity.HIGHER, Decimal(2))


def test_a_plan_adopted_for_next_year_links_a_measure_then_and_not_before() -> None:
    adopted = date(2018, 4, 1)
    other = PlanNode(code="O2", title="Next", kind=NodeKind.OUTCOME, valid_from=adopted)
    with transaction() as session:
        tree.save_nodes(session, nodes=[other], recording=RECORDING)
    changed(MEASURE, adopted, objective_code="O2")
    changed(MEASURE, date(2017, 11, 12), title="Reworded meanwhile")
    with reading() as session:
        before = register.list_measures(session, on=date(2018, 3, 31))[0]
        after = register.list_measures(session, on=adopted)[0]
        linked = register.list_measures(session, objective_codes=["O2"], on=adopted)
    assert (before.objective_code, after.objective_code) == ("O1", "O2")
    assert before.title == after.title == "Reworded meanwhile"
    assert linked == [after]


def test_the_plan_is_read_as_it_stood() -> None:
    reworded = replace(NODE, title="Outcome, in other words", valid_to=date(2020, 3, 31))
    with transaction() as session:
        recording = replace(RECORDING, effective_on=date(2018, 4, 1))
        tree.save_nodes(session, nodes=[reworded], recording=recording)
    with reading() as session:
        assert tree.list_nodes(session, on=date(2018, 3, 31)) == [NODE]
        assert tree.list_nodes(session, on=date(2018, 4, 1)) == [reworded]
        assert tree.list_nodes(session, on=date(2020, 4, 1)) == []


def test_two_who_change_the_same_measure_at_once_do_not_share_a_version() -> None:
    with transaction() as session:
        add_changes(session, Noun.MEASURE, code="A10", version=2, changed={"title": ("a", "b")}, recording=RECORDING)
        with pytest.raises(VersionTakenError):
            add_changes(
                session, Noun.MEASURE, code="A10", version=2, changed={"title": ("a", "c")}, recording=RECORDING
            )


def test_a_change_is_never_rewritten() -> None:
    changed(MEASURE, date(2017, 11, 10), title="Another title")
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text("UPDATE register_changes SET after = '\"x\"'"))
