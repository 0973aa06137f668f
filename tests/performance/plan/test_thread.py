"""The golden thread: the tree, how much of it stands where, what is found in it, and its gaps."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from performance.ground.organisation import NodeKind, PlanNode, Unit, UnitKind
from performance.ground.people import Role
from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag
from performance.plan.thread import (
    Gap,
    GapKind,
    Standing,
    Strand,
    count,
    counts_in_words,
    find_gaps,
    found_in,
    gaps_of_units,
    grow,
    is_found,
    line_in_words,
    line_up,
    loose,
    of_units,
    staffed,
)
from tests.performance.builders import a_measure

DAY = date(2017, 11, 10)
OCTOBER = Period.month(2017, 10)
KINDS = {"P": NodeKind.PRIORITY, "O": NodeKind.OUTCOME, "B": NodeKind.OBJECTIVE, "T": NodeKind.PLAN}


def a_node(code: str, parent: str | None = None, **fields: Any) -> PlanNode:
    """A node whose kind its first letter says, of WASTE, with an owner, reviewed this year."""
    plain: dict[str, Any] = {
        "title": f"Title of {code}",
        "unit_code": "WASTE",
        "owner_role": "Head",
        "reviewed_on": date(2017, 4, 1),
    }
    return PlanNode(code=code, kind=KINDS[code[0]], parent_code=parent, **(plain | fields))


def a_strand(code: str, objective: str | None = "B1", rag: Rag | None = Rag.GREEN, **fields: Any) -> Strand:
    plain = {"owner_role": "Head", "methodology": "Counted by hand"}
    measure = a_measure(code=code, title=f"Measure {code}", objective_code=objective, **(plain | fields))
    return Strand(measure=measure, rag=rag, period=OCTOBER)


PLAN = [a_node("P1"), a_node("O1", "P1"), a_node("B1", "O1"), a_node("T1", "B1"), a_node("B2", "O1", unit_code="HR")]
STRANDS = [a_strand("M1", rag=Rag.RED), a_strand("M2", "T1"), a_strand("M3", "B2", unit_code="HR")]


def gaps(nodes: list[PlanNode], strands: list[Strand], *, day: date = DAY, in_post: str = "WASTE HR") -> dict[str, Gap]:
    names = {"WASTE": "Waste", "HR": "Human Resources"}
    found = find_gaps(nodes, strands, day=day, in_post=set(in_post.split()), unit_names=names)
    return {gap.kind.value: gap for gap in found}


# The tree


def test_a_node_counts_its_own_measures_and_all_below_it() -> None:
    (top,) = grow(PLAN, STRANDS)
    assert {each.node.code: counts_in_words(each.counts) for each in top.walk()} == {
        "P1": "1 red, 2 green",
        "O1": "1 red, 2 green",
        "B1": "1 red, 1 green",
        "T1": "1 green",
        "B2": "1 green",
    }
    assert [each.level for each in top.walk()] == [1, 2, 3, 4, 3]


def test_a_node_whose_parent_has_ended_stands_at_the_top() -> None:
    tops = grow(PLAN[2:], STRANDS)
    assert [each.node.code for each in tops] == ["B1", "B2"]


def test_a_node_without_measures_says_so() -> None:
    (top,) = grow([a_node("P1")], [])
    assert counts_in_words(top.counts) == "no measures"


@pytest.mark.parametrize(
    ("rag", "standing"),
    [
        (Rag.RED, Standing.RED),
        (Rag.AMBER, Standing.AMBER),
        (Rag.GREEN, Standing.GREEN),
        (Rag.NOT_PROVIDED, Standing.NOT_RECEIVED),
        (Rag.NOT_DUE, Standing.NOT_DUE),
        (Rag.NO_TARGET, Standing.NOT_RATED),
        (Rag.CONTEXT, Standing.NOT_RATED),
        (Rag.SUPPRESSED, Standing.NOT_RATED),
        (None, Standing.NOT_RATED),
    ],
)
def test_every_status_is_counted_under_one_word(rag: Rag | None, standing: Standing) -> None:
    assert count([a_strand("M1", rag=rag)]) == {standing: 1}


def test_a_status_says_of_which_period_it_is_and_what_is_overdue_since() -> None:
    assert Strand(measure=a_measure()).when_in_words == ""
    strand = a_strand("M1")
    assert strand.when_in_words == "October 2017"
    late = replace(strand, overdue=Period.month(2017, 11))
    assert late.when_in_words == "October 2017; November 2017 is overdue"


# A part of it


def test_a_unit_sees_its_nodes_and_those_of_its_measures_and_what_stands_above() -> None:
    nodes = of_units(PLAN, STRANDS, {"HR"})
    assert [node.code for node in nodes] == ["P1", "O1", "B2"]


def test_a_unit_sees_the_objective_of_another_unit_that_its_measure_serves() -> None:
    nodes = of_units(PLAN, [a_strand("M4", "B1", unit_code="HR")], {"HR"})
    assert [node.code for node in nodes] == ["P1", "O1", "B1", "B2"]


def test_what_is_found_stands_under_what_leads_to_it_and_keeps_its_counts() -> None:
    (top,) = found_in(grow(PLAN, STRANDS), "measure m3")
    assert [each.node.code for each in top.walk()] == ["P1", "O1", "B2"]
    assert counts_in_words(top.counts) == "1 red, 2 green"


def test_a_node_that_is_found_keeps_all_below_it() -> None:
    (top,) = found_in(grow(PLAN, STRANDS), "TITLE of b1")
    assert [each.node.code for each in top.walk()] == ["P1", "O1", "B1", "T1"]


def test_owners_and_codes_are_searched_and_every_word_counts() -> None:
    assert is_found(a_strand("M9", owner_role="Head of Housing"), "housing m9")
    assert not is_found(a_strand("M9", owner_role="Head of Housing"), "housing m8")
    assert found_in(grow(PLAN, STRANDS), "nowhere") == ()


# A line through it


def test_a_line_runs_from_the_node_up_to_the_priority_in_words() -> None:
    way = line_up(grow(PLAN, STRANDS), "T1")
    assert [each.node.code for each in way] == ["T1", "B1", "O1", "P1"]
    assert line_in_words(way) == (
        "“Title of T1” serves the objective “Title of B1”, which serves the outcome “Title of O1”,"
        " which serves the priority “Title of P1”."
    )


def test_a_line_from_the_top_has_nothing_above_it() -> None:
    assert line_in_words(line_up(grow(PLAN, []), "P1")) == "“Title of P1” stands at the top of the plan."


def test_a_node_that_is_not_there_has_no_line() -> None:
    assert line_up(grow(PLAN, []), "T9") == ()
    assert line_in_words(()) == ""


# The gaps


def test_a_whole_thread_has_no_gaps() -> None:
    assert gaps(PLAN, STRANDS) == {}


def test_an_objective_without_a_measure_anywhere_below_is_a_gap() -> None:
    found = gaps(PLAN, [a_strand("M2", "T1")])["no_measure"]
    assert [item.code for item in found.items] == ["B2"]
    assert found.in_words == "1 objective has no measure"


@pytest.mark.parametrize("objective", [None, "GONE"], ids=["none is named", "it has ended"])
def test_a_measure_that_hangs_on_nothing_is_a_gap(objective: str | None) -> None:
    strands = [*STRANDS, a_strand("M9", objective)]
    assert [item.code for item in gaps(PLAN, strands)["no_objective"].items] == ["M9"]
    assert [strand.measure.code for strand in loose(PLAN, strands)] == ["M9"]


def test_an_owner_is_vacant_without_a_role_or_with_nobody_at_the_unit() -> None:
    nodes = [*PLAN[:4], a_node("B2", "O1", unit_code="HR"), a_node("B3", "O1", owner_role=" "),
             a_node("B4", "O1", unit_code="OLD"), a_node("B5", "O1", unit_code=None)]  # fmt: skip
    strands = [*STRANDS, *(a_strand(f"M{code}", code) for code in ("B3", "B4", "B5"))]
    items = {item.code: item.detail for item in gaps(nodes, strands, in_post="WASTE")["vacant_owner"].items}
    assert items == {
        "B2": "Head: nobody is service manager or head of Human Resources.",
        "B3": "No owner’s role is named.",
        "B4": "Head: the unit OLD was closed.",
        "M3": "Head: nobody is service manager or head of Human Resources.",
    }


@pytest.mark.parametrize(
    ("reviewed", "detail"),
    [
        (None, "No review by that day is on record."),
        (date(2017, 11, 11), "No review by that day is on record."),
        (date(2016, 11, 9), "Last reviewed on 9 November 2016."),
        (date(2016, 11, 10), None),
        (DAY, None),
    ],
    ids=["never", "only later", "a year and a day ago", "a year ago to the day", "today"],
)
def test_a_plan_is_reviewed_within_a_year(reviewed: date | None, detail: str | None) -> None:
    nodes = [*PLAN[:3], a_node("T1", "B1", reviewed_on=reviewed), *PLAN[4:]]
    found = gaps(nodes, STRANDS).get("not_reviewed")
    assert (found.items[0].detail if found else None) == detail


def test_priorities_and_outcomes_are_not_plans_to_review() -> None:
    nodes = [a_node("P1", reviewed_on=None), a_node("O1", "P1", reviewed_on=None), *PLAN[2:]]
    assert gaps(nodes, STRANDS) == {}


def test_a_measure_without_methodology_is_a_gap_unless_its_formula_is_written() -> None:
    strands = [*STRANDS, a_strand("M8", methodology=" "), a_strand("M9", methodology="", formula="A / B")]
    found = gaps(PLAN, strands)["no_methodology"]
    assert [(item.code, item.is_measure) for item in found.items] == [("M8", True)]


def test_a_unit_has_only_its_own_gaps() -> None:
    found = tuple(gaps(PLAN, [], in_post="").values())
    mine = gaps_of_units(found, {"HR"})
    assert {item.code for gap in mine for item in gap.items} == {"B2"}
    assert gaps_of_units(found, {"NOWHERE"}) == ()


@pytest.mark.parametrize("kind", GapKind)
def test_every_kind_of_gap_is_said_for_one_and_for_many_with_what_to_do(kind: GapKind) -> None:
    assert kind.in_words(1).startswith("1 ")
    assert kind.in_words(2) != kind.in_words(1).replace("1 ", "2 ")
    assert kind.what_to_do.endswith(".")


# Who is in post

UNITS = [
    Unit(code="COUNCIL", name="Council", kind=UnitKind.COUNCIL),
    Unit(code="PLACE", name="Place", kind=UnitKind.DIRECTORATE, parent_code="COUNCIL"),
    Unit(code="WASTE", name="Waste", kind=UnitKind.SERVICE, parent_code="PLACE"),
    Unit(code="STREETS", name="Streets", kind=UnitKind.TEAM, parent_code="WASTE"),
]


@pytest.mark.parametrize(
    ("role", "unit", "in_post"),
    [
        (Role.SERVICE_MANAGER, "WASTE", {"WASTE", "STREETS"}),
        (Role.SERVICE_MANAGER, "PLACE", {"PLACE", "WASTE", "STREETS"}),
        (Role.HEAD, "WASTE", {"WASTE", "STREETS"}),
        (Role.HEAD, "PLACE", {"PLACE"}),
        (Role.HEAD, "STREETS", {"STREETS"}),
        (Role.LEADERSHIP, "COUNCIL", {"COUNCIL"}),
        (Role.BI_TEAM, "COUNCIL", set()),
        (Role.EMPLOYEE, "WASTE", set()),
    ],
)
def test_who_is_in_post_where(role: Role, unit: str, in_post: set[str]) -> None:
    assert staffed(UNITS, [(role, unit)]) == in_post
