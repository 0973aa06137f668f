"""A draft of next year's plan against this year's: what is previewed, what clashes, what is left, what differs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from performance.ground.organisation import NodeKind, PlanNode
from performance.plan.refresh import (
    Line,
    LineKind,
    Noun,
    Plan,
    Refresh,
    adding,
    below,
    carried_into,
    clashes,
    ending,
    in_order,
    kinds_under,
    line_for,
    new_year,
    parents_for,
    preview,
    settled,
    suggested_code,
)
from performance.plan.refresh_checks import MatterKind, blocking, matters, node_problems
from performance.plan.refresh_diff import PlanDiff, compare
from tests.performance.builders import a_measure

STARTS = date(2018, 4, 1)
EVE = STARTS - timedelta(days=1)
REFRESH = Refresh(
    title="Plan for 2018/19", starts_on=STARTS, opened_by="officer", opened_at=datetime(2017, 11, 10, tzinfo=UTC)
)


def a_node(code: str, kind: NodeKind, parent: str | None = None, **fields: object) -> PlanNode:
    plain: dict[str, object] = {"title": f"Title {code}", "owner_role": "Head", "unit_code": "WASTE"}
    return PlanNode(code=code, kind=kind, parent_code=parent, **(plain | fields))  # type: ignore[arg-type]


NODES = (
    a_node("P1", NodeKind.PRIORITY),
    a_node("O1", NodeKind.OUTCOME, "P1", position=1),
    a_node("B1", NodeKind.OBJECTIVE, "O1", position=2),
    a_node("T1", NodeKind.PLAN, "B1", position=3),
    a_node("P2", NodeKind.PRIORITY, position=4),
)
THIS_YEAR = Plan(nodes=NODES, measures=(a_measure(code="M1", objective_code="B1"), a_measure(code="M2")))
KNOWN = THIS_YEAR.by_code


def worded(code: str, **values: object) -> Line:
    return line_for(KNOWN[code], values, noun=Noun.NODE, version=1)


def linked(code: str, to: str | None) -> Line:
    measure = next(each for each in THIS_YEAR.measures if each.code == code)
    return line_for(measure, {"objective_code": to}, noun=Noun.MEASURE, version=1)


def next_year(*lines: Line) -> Plan:
    return preview(THIS_YEAR, lines, starts_on=STARTS)


def differing(*lines: Line) -> PlanDiff:
    return compare(REFRESH, THIS_YEAR, next_year(*lines), lines, units={"WASTE": "Waste", "PARKS": "Parks"})


@pytest.mark.parametrize(
    ("today", "title", "starts"),
    [
        (date(2017, 11, 10), "Plan for 2018/19", date(2018, 4, 1)),
        (date(2018, 3, 31), "Plan for 2018/19", date(2018, 4, 1)),
        (date(2018, 4, 1), "Plan for 2019/20", date(2019, 4, 1)),
    ],
    ids=["in autumn", "on the last day of the year", "on the first day of the year"],
)
def test_the_next_plan_starts_on_1_april_next(today: date, title: str, starts: date) -> None:
    assert new_year(today) == (title, starts)


def test_nodes_whose_dates_run_out_with_the_year_go_on_and_those_ended_before_do_not() -> None:
    running_out, ended = replace(NODES[1], valid_to=EVE), replace(NODES[3], valid_to=date(2017, 12, 31))
    found = carried_into(STARTS, on_eve=[NODES[0], running_out, ended], on_day=[NODES[0]])
    assert found == (NODES[0], NODES[1])


def test_a_preview_words_ends_adds_and_links() -> None:
    new = a_node("B2", NodeKind.OBJECTIVE, "O1", position=9)
    plan = next_year(worded("B1", title="Reworded"), ending(KNOWN["T1"], version=1), adding(new), linked("M2", "B2"))
    assert [node.code for node in plan.nodes] == ["P1", "O1", "B1", "P2", "B2"]
    assert plan.by_code["B1"] == replace(KNOWN["B1"], title="Reworded")
    assert plan.by_code["B2"] == replace(new, valid_from=STARTS)
    assert plan.links == {"M1": "B1", "M2": "B2"}


def test_a_line_names_only_what_differs() -> None:
    line = worded("B1", title="Title B1", why="New")
    assert (line.before, line.after) == ({"why": ""}, {"why": "New"})
    assert worded("B1", title="Title B1").carries_over


# What was changed in the plan since


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"title": "Theirs"}, ["title"]),
        ({"title": "Ours"}, []),
        ({"lessons": "Other field"}, []),
    ],
    ids=["the same field otherwise", "the same field alike", "another field"],
)
def test_a_clash_is_a_field_the_plan_words_otherwise_by_now(now: dict[str, str], expected: list[str]) -> None:
    moved = Plan(nodes=(replace(KNOWN["B1"], **now),), measures=())  # type: ignore[arg-type]
    assert [clash.field for clash in clashes(moved, [worded("B1", title="Ours")])] == expected


def test_what_is_gone_or_has_its_code_taken_leaves_no_choice() -> None:
    empty = Plan(nodes=(), measures=())
    new = adding(a_node("B9", NodeKind.OBJECTIVE, "O1"))
    found = clashes(empty, [worded("B1", title="Ours"), linked("M1", None), new], taken={"B9"})
    assert [(clash.line.code, clash.may_keep) for clash in found] == [("B1", False), ("M1", False), ("B9", False)]
    assert all(settled(clash.line, empty, keeps_draft=True).carries_over for clash in found)


def test_a_choice_keeps_the_draft_s_words_or_takes_the_plan_s_and_then_nothing_clashes() -> None:
    moved = Plan(nodes=(replace(KNOWN["B1"], title="Theirs"),), measures=())
    line = worded("B1", title="Ours", why="Ours")
    kept, taken = (settled(line, moved, keeps_draft=keeps) for keeps in (True, False))
    assert (kept.before, kept.after) == ({"title": "Theirs", "why": ""}, {"title": "Ours", "why": "Ours"})
    assert taken.after == {"why": "Ours"}
    ended = ending(KNOWN["B1"], version=1)
    assert settled(ended, moved, keeps_draft=False).carries_over
    assert clashes(moved, [kept]) == clashes(moved, [taken]) == ()
    assert clashes(moved, [settled(ended, moved, keeps_draft=True)]) == ()


# What is left to settle


def left(*lines: Line, in_post: frozenset[str] = frozenset({"WASTE"})) -> list[tuple[MatterKind, str]]:
    found = matters(next_year(*lines), this_year=THIS_YEAR, in_post=in_post)
    return [(matter.kind, matter.code) for matter in found]


def test_a_plan_as_it_is_leaves_only_what_was_open_before() -> None:
    assert left() == [(MatterKind.NO_OBJECTIVE, "M2")]


def test_what_stands_under_something_that_ends_is_in_the_way() -> None:
    found = left(ending(KNOWN["B1"], version=1))
    assert found == [(MatterKind.NO_PARENT, "T1"), (MatterKind.NO_OBJECTIVE, "M1"), (MatterKind.NO_OBJECTIVE, "M2")]
    plan = next_year(ending(KNOWN["B1"], version=1))
    (sentence,) = blocking(matters(plan, this_year=THIS_YEAR, in_post={"WASTE"}))
    assert sentence.startswith('Title T1: "Title B1" ends. Move it under another, or end it too.')


def test_two_that_stand_under_each_other_are_in_the_way() -> None:
    found = left(worded("O1", parent_code="B1"))
    assert {code for kind, code in found if kind is MatterKind.LOOP} == {"O1", "B1"}


def test_an_objective_is_measured_by_the_plans_under_it_too() -> None:
    assert (MatterKind.NO_MEASURE, "B1") in left(linked("M1", None))
    assert (MatterKind.NO_MEASURE, "B1") not in left(linked("M1", "T1"))


def test_an_owner_is_vacant_without_a_role_or_with_nobody_at_the_unit() -> None:
    assert (MatterKind.VACANT, "B1") in left(worded("B1", owner_role=" "))
    assert (MatterKind.VACANT, "B1") in left(worded("B1", unit_code="PARKS"))


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, []),
        ({"title": " "}, ["title"]),
        ({"title": "x" * 201}, ["title"]),
        ({"parent_code": None}, ["parent_code"]),
        ({"unit_code": "MARS"}, ["unit_code"]),
    ],
    ids=["as it should be", "no title", "a title like a page", "an objective in the air", "a unit nobody knows"],
)
def test_what_cannot_be_right_about_a_node(fields: dict[str, str | None], wrong: list[str]) -> None:
    node = replace(KNOWN["B1"], **fields)  # type: ignore[arg-type]
    assert list(node_problems(node, units={"WASTE"})) == wrong


# The tree


def test_a_node_stands_under_what_is_higher_and_never_under_itself() -> None:
    assert [node.code for node in parents_for(NodeKind.OBJECTIVE, NODES, code="B1")] == ["P1", "O1", "P2"]
    assert [node.code for node in parents_for(NodeKind.PLAN, NODES)] == ["P1", "O1", "B1", "T1", "P2"]
    assert parents_for(NodeKind.PLAN, NODES, code="T1")[-1].code == "P2"
    assert [node.code for node in below("P1", NODES)] == ["O1", "B1", "T1"]


def test_what_may_be_added_begins_with_the_next_level_down() -> None:
    assert kinds_under(NodeKind.OUTCOME) == [NodeKind.OBJECTIVE, NodeKind.PLAN]
    assert kinds_under(NodeKind.PLAN) == [NodeKind.PLAN]


def test_a_suggested_code_is_free() -> None:
    assert suggested_code(KNOWN["B1"], {"B1.1", "B1.2"}) == "B1.3"
    assert suggested_code(None, set()) == "N1"


def test_a_tree_with_a_loop_or_a_lost_parent_is_read_whole_and_once() -> None:
    odd = (*NODES, a_node("X", NodeKind.PLAN, "GONE"), a_node("Y", NodeKind.PLAN, "Z"), a_node("Z", NodeKind.PLAN, "Y"))
    read = [(depth, node.code) for depth, node in in_order(odd)]
    assert read[:4] == [(0, "P1"), (1, "O1"), (2, "B1"), (3, "T1")]
    assert sorted(code for _, code in read) == sorted(node.code for node in odd)


# What differs


def test_the_difference_is_counted_in_a_sentence_and_shown_by_priority() -> None:
    new = a_node("B2", NodeKind.OBJECTIVE, "P2", why="The panel asked for it.")
    diff = differing(
        worded("B1", title="Reworded", parent_code="P2", unit_code="PARKS"),
        ending(KNOWN["T1"], version=1),
        adding(new),
        linked("M1", "B2"),
        linked("M2", None),
    )
    assert diff.in_words == (
        "Of 5 parts of this year's plan, 3 are carried over, 1 is changed and 1 is ended. 1 is added."
        " 1 measure is linked anew."
    )
    assert [(group.title, group.carried_over, len(group.rows)) for group in diff.groups] == [
        ("Title P1", 2, 0),
        ("Title P2", 1, 6),
    ]
    rows = {(row.what, row.field): (row.name, row.before, row.after) for row in diff.groups[1].rows}
    assert rows["Changed", "Stands under"] == ("Objective: Title B1", "Title O1", "Title P2")
    assert rows["Changed", "Unit"][1:] == ("Waste", "Parks")
    assert rows["Ended", "All of it"] == ("Plan: Title T1", "In the plan", "Ends on 31 March 2018")
    assert rows["Added", "All of it"][2] == "Stands under Title P2, owner role Head. The panel asked for it."
    assert rows["Linked anew", "Objective"] == ("Measure: Visits", "Title B1", "Title B2")


def test_nothing_differs_at_first_and_after_what_was_said_is_taken_back() -> None:
    taken_back = Line(noun=Noun.NODE, code="B1", kind=LineKind.CHANGED, version=3)
    for diff in (differing(), differing(taken_back)):
        assert diff.is_empty
        assert diff.in_words == "All 5 parts of this year's plan are carried over as they are."
