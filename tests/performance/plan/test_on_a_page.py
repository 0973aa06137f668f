"""A plan on a page: actions as they stood, what clashes, and whose page an action belongs on."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from performance.ground.dated import Change, Recording
from performance.ground.organisation import Action, ActionStatus, NodeKind, PlanNode
from performance.plan.on_a_page import (
    ActionChange,
    Wording,
    action_differences,
    actions_on,
    as_seen,
    check_action,
    check_wording,
    clashes,
    merged,
    page_of_unit,
)

NODE = PlanNode(code="B1", title="Clean", kind=NodeKind.OBJECTIVE, owner_role="Head", why="Because")
FIRST = Action(id=1, action="Sweep", responsible_role="Head")
LATE = replace(FIRST, status=ActionStatus.LATE)


def on(day: int, by: str = "other") -> Recording:
    return Recording(by=by, at=datetime(2017, 6, day, tzinfo=UTC), effective_on=date(2017, 6, day))


def changed(before: Action | None, after: Action | None, day: int, version: int) -> ActionChange:
    return ActionChange(action_id=1, version=version, before=before, after=after, recording=on(day))


@pytest.mark.parametrize(
    ("day", "stands"),
    [
        pytest.param(1, [], id="before it was added"),
        pytest.param(5, [(FIRST, 1)], id="on the day it was added"),
        pytest.param(14, [(FIRST, 1)], id="the day before it changed"),
        pytest.param(15, [(LATE, 2)], id="on the day it changed"),
        pytest.param(20, [], id="on the day it was taken off"),
    ],
)
def test_an_action_is_looked_back_at_by_its_changes(day: int, stands: list[tuple[Action, int]]) -> None:
    changes = [changed(None, FIRST, 5, 1), changed(FIRST, LATE, 15, 2), changed(LATE, None, 20, 3)]
    assert list(actions_on([], changes, on=date(2017, 6, day))) == stands


def test_an_action_never_changed_stands_as_it_came_in_and_one_changed_later_as_it_was() -> None:
    assert actions_on([FIRST], [], on=date(2000, 1, 1)) == ((FIRST, 1),)
    assert actions_on([LATE], [changed(FIRST, LATE, 15, 2)], on=date(2017, 6, 1)) == ((FIRST, 1),)


def a_change(field: str, before: object, after: object, version: int) -> Change:
    return Change(code="B1", version=version, field=field, before=before, after=after, recording=on(9))


def words(**fields: str) -> Wording:
    return Wording(**({"owner_role": "Head", "why": "Because", "evidence": (), "lessons": "", "reason": "r"} | fields))  # type: ignore[arg-type]


def test_two_who_change_different_fields_both_keep_theirs() -> None:
    now = replace(NODE, lessons="Theirs")
    changes = [a_change("lessons", "", "Theirs", 2)]
    mine = words(why="Mine").onto(now)
    assert clashes(mine, now=now, based_on=1, changes=changes, known_as={}) == ()
    both = merged(mine, now=now, seen=as_seen(now, changes))
    assert (both.why, both.lessons) == ("Mine", "Theirs")


def test_the_same_field_changed_by_two_waits_for_a_choice() -> None:
    now = replace(NODE, why="Theirs")
    changes = [a_change("why", "Because", "Between", 2), a_change("why", "Between", "Theirs", 3)]
    (clash,) = clashes(
        words(why="Mine").onto(now), now=now, based_on=1, changes=changes, known_as={"other": "The other"}
    )
    assert (clash.field, clash.theirs, clash.mine, clash.by) == ("why", "Theirs", "Mine", "The other")
    for same in ("Theirs", "Because"):
        assert clashes(words(why=same).onto(now), now=now, based_on=1, changes=changes, known_as={}) == ()
    assert clashes(words(why="Mine").onto(now), now=now, based_on=3, changes=changes, known_as={}) == ()


def test_what_cannot_be_kept_is_said_at_its_field() -> None:
    assert check_wording(words(reason=""), changes=False) == []
    assert [each.field for each in check_wording(words(reason=" "), changes=True)] == ["reason"]
    bad = replace(words(owner_role=" ", why="x" * 1001), evidence=("A", "B", "C", "D"))
    assert [each.field for each in check_wording(bad, changes=True)] == ["why", "owner_role", "evidence"]
    ends_first = replace(FIRST, starts_on=date(2017, 6, 2), ends_on=date(2017, 6, 1))
    assert [each.field for each in check_action(ends_first)] == ["ends_on"]
    assert [each.field for each in check_action(Action(id=0, action=""))] == ["action", "responsible_role"]


def test_changes_of_an_action_are_said_field_by_field() -> None:
    assert action_differences(changed(FIRST, LATE, 1, 2)) == [("Status of “Sweep”", "Not started", "Late")]
    assert action_differences(changed(None, FIRST, 1, 1)) == [("Action added", "", "Sweep")]
    assert action_differences(changed(LATE, None, 1, 3)) == [("Action removed", "Sweep", "")]


@pytest.mark.parametrize(
    ("unit", "page"),
    [
        pytest.param("WASTE", "PL", id="its plan before an objective it leads"),
        pytest.param("PARKS", "OB", id="an objective where it has no plan"),
        pytest.param("CREW", "PL", id="the unit above where it has neither"),
        pytest.param("COUNCIL", "", id="an outcome is no page for it"),
        pytest.param("LOOP", "", id="a loop of units ends"),
        pytest.param("GONE", "", id="a unit nobody knows"),
    ],
)
def test_an_action_of_a_unit_belongs_on_its_page(unit: str, page: str) -> None:
    def node(code: str, kind: NodeKind, of: str) -> PlanNode:
        return replace(NODE, code=code, kind=kind, unit_code=of)

    nodes = [
        node("OC", NodeKind.OUTCOME, "COUNCIL"),
        node("OW", NodeKind.OBJECTIVE, "WASTE"),
        node("PL", NodeKind.PLAN, "WASTE"),
        node("OB", NodeKind.OBJECTIVE, "PARKS"),
    ]
    parents = {"CREW": "WASTE", "WASTE": "COUNCIL", "PARKS": "COUNCIL", "COUNCIL": None, "LOOP": "LOOP"}
    found = page_of_unit(unit, nodes, parents)
    assert (found.code if found else "") == page
