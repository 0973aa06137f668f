"""Next year's plan: drafted, looked over and adopted on a date, while last year's plan stays as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cycle.plan import refresh
from data_access.plan.register import list_measures
from data_access.plan.tree import get_node, list_nodes, save_nodes
from data_access.store.audit import list_breaks, list_events
from data_access.store.database import reading, transaction
from performance.ground.dated import Recording
from performance.ground.organisation import NodeKind, PlanNode
from performance.ground.people import NotAllowedError, Role, User
from performance.plan.refresh import Noun, Plan, RefreshState
from performance.plan.refresh_changes import Added, Begun, CarriedOver, Chosen, Ended, Linked, Reworded
from performance.plan.refresh_checks import MatterKind
from tests.builders import a_user, add_council, add_measure
from tests.conftest import rows_of

on_both = pytest.mark.usefixtures("database_on_one")
TODAY, STARTS = date(2017, 11, 10), date(2018, 4, 1)
EVE = STARTS - timedelta(days=1)
MORE = [
    PlanNode(code="B2", title="Another objective", kind=NodeKind.OBJECTIVE, parent_code="O1", unit_code="WASTE"),
    PlanNode(code="T1", title="A team plan", kind=NodeKind.PLAN, parent_code="B1", unit_code="WASTE"),
    PlanNode(code="T2", title="A plan of the year", kind=NodeKind.PLAN, parent_code="B2", valid_to=EVE),
]


def an_officer(name: str = "officer") -> User:
    return a_user(name, Role.POLICY_OFFICER, "COUNCIL")


def a_plan() -> User:
    """The little council with two objectives, two plans and two measures on the first objective; its officer."""
    add_council()
    edit(*MORE)
    add_measure("WCP1")
    add_measure("WCP2")
    return an_officer()


def edit(*nodes: PlanNode, on: date = TODAY) -> None:
    """What owners do to the plan meanwhile."""
    recording = Recording(by="owner", at=datetime(2017, 11, 10, 9, tzinfo=UTC), effective_on=on)
    with transaction() as session:
        save_nodes(session, nodes=nodes, recording=recording)


def node(code: str, on: date = TODAY) -> PlanNode:
    with reading() as session:
        return get_node(session, code=code, on=on)


def plan_on(day: date) -> Plan:
    with reading() as session:
        return Plan(nodes=tuple(list_nodes(session, on=day)), measures=tuple(list_measures(session, on=day)))


def a_draft(by: User) -> int:
    return refresh.open_refresh("Plan for 2018/19", STARTS, by=by)


def reword(draft: int, code: str, *, based_on: int = 0, by: User, **values: Any) -> str:
    return refresh.save_change(draft, Reworded(code=code, values=values, based_on=based_on), by=by)


def end(draft: int, code: str, *, with_below: bool = False, based_on: int = 0, by: User) -> str:
    return refresh.save_change(draft, Ended(code=code, with_below=with_below, based_on=based_on), by=by)


def link(draft: int, *codes: str, to: str | None, by: User) -> str:
    view = refresh.get_draft(draft, by=by)
    versions = {code: view.version_of(Noun.MEASURE, code) for code in codes}
    return refresh.save_change(draft, Linked(measures=versions, objective_code=to), by=by)


def adopt(draft: int, *, by: User) -> None:
    view = refresh.get_draft(draft, by=by)
    refresh.adopt(draft, version=view.version, starts_on=view.refresh.starts_on, by=by)


def fields_refused(call: Any) -> list[str]:
    with pytest.raises(refresh.RefreshRefusedError) as refusal:
        call()
    return [problem.field for problem in refusal.value.problems]


# Opening


@on_both
def test_a_draft_opens_with_everything_carried_over() -> None:
    officer = a_plan()
    assert refresh.suggest_new_year(by=officer) == ("Plan for 2018/19", STARTS)
    view = refresh.get_draft(a_draft(officer), by=officer)
    assert view.diff.is_empty
    assert view.diff.carried_over == 6
    assert [each.code for each in view.next_year.nodes] == ["B1", "B2", "O1", "P1", "T1", "T2"]
    assert view.next_year.by_code["T2"].valid_to is None


@on_both
def test_one_draft_is_open_for_a_day_and_the_second_officer_is_told_whose() -> None:
    officer = a_plan()
    a_draft(officer)
    with pytest.raises(refresh.RefreshError, match="Policy officer, COUNCIL has opened a draft from 1 April 2018"):
        a_draft(an_officer("second"))
    refresh.open_refresh("Later", date(2019, 4, 1), by=officer)
    assert [each.title for each in refresh.list_refreshes(by=officer)] == ["Plan for 2018/19", "Later"]


@on_both
def test_a_draft_needs_a_name_and_a_day_that_has_not_passed() -> None:
    officer = a_plan()
    assert fields_refused(lambda: refresh.open_refresh(" ", date(2017, 11, 9), by=officer)) == ["title", "starts_on"]
    assert refresh.list_refreshes(by=officer) == []


@on_both
def test_only_the_policy_officer_refreshes_the_plan() -> None:
    officer = a_plan()
    draft = a_draft(officer)
    for role in (Role.HEAD, Role.BI_TEAM, Role.EMPLOYEE):
        with pytest.raises(NotAllowedError):
            refresh.get_draft(draft, by=a_user(role.value, role, "COUNCIL"))


# Drafting


@on_both
def test_a_node_is_worded_anew_in_the_draft_and_not_in_the_plan() -> None:
    officer = a_plan()
    draft, before = a_draft(officer), plan_on(TODAY)
    reword(draft, "B1", title=" A better objective ", owner_role="Head of Waste", position=3, by=officer)
    view = refresh.get_draft(draft, by=officer)
    assert view.next_year.by_code["B1"].title == "A better objective"
    assert [(row.field, row.before, row.after) for group in view.diff.groups for row in group.rows] == [
        ("Title", "An objective", "A better objective"),
        ("Owner role", "Nothing", "Head of Waste"),
        ("Order", "0", "3"),
    ]
    assert plan_on(TODAY) == before


@on_both
def test_of_two_officers_at_one_node_the_second_sees_the_first_s_and_chooses() -> None:
    officer = a_plan()
    draft, second = a_draft(officer), an_officer("second")
    reword(draft, "B1", title="First", by=officer)
    with pytest.raises(refresh.LineConflictError, match='changed "An objective" in the draft') as conflict:
        reword(draft, "B1", title="Second", by=second)
    assert conflict.value.theirs.after == {"title": "First"}
    reword(draft, "B1", title="Second", based_on=conflict.value.theirs.version, by=second)
    assert refresh.get_draft(draft, by=officer).next_year.by_code["B1"].title == "Second"


@on_both
def test_what_was_left_as_it_is_again_is_still_a_newer_version() -> None:
    officer = a_plan()
    draft = a_draft(officer)
    reword(draft, "B1", title="First", by=officer)
    refresh.save_change(draft, CarriedOver(noun=Noun.NODE, code="B1", based_on=1), by=officer)
    assert refresh.get_draft(draft, by=officer).diff.is_empty
    with pytest.raises(refresh.LineConflictError):
        reword(draft, "B1", title="Late", based_on=1, by=an_officer("second"))


@on_both
def test_what_cannot_be_is_said_by_field_and_nothing_is_kept() -> None:
    officer = a_plan()
    draft = a_draft(officer)
    wrong: dict[str, Any] = {"title": "", "parent_code": None, "unit_code": "MARS"}
    assert fields_refused(lambda: reword(draft, "B1", by=officer, **wrong)) == ["title", "parent_code", "unit_code"]
    twice = Added(node=replace(MORE[1], code="B1"))
    assert fields_refused(lambda: refresh.save_change(draft, twice, by=officer)) == ["code"]
    assert fields_refused(lambda: link(draft, to="B1", by=officer)) == ["measures"]
    assert fields_refused(lambda: link(draft, "WCP1", to="GONE", by=officer)) == ["objective"]
    assert refresh.get_draft(draft, by=officer).version == 0


@on_both
def test_a_branch_is_ended_with_all_that_nobody_has_touched() -> None:
    officer = a_plan()
    draft = a_draft(officer)
    reword(draft, "B1", title="Kept by a colleague", by=officer)
    end(draft, "O1", with_below=True, by=officer)
    view = refresh.get_draft(draft, by=officer)
    assert [each.code for each in view.next_year.nodes] == ["B1", "P1"]
    assert [(each.kind, each.code) for each in view.matters if each.kind.blocks] == [(MatterKind.NO_PARENT, "B1")]


@on_both
def test_measures_of_what_ends_are_listed_until_they_are_linked_anew() -> None:
    officer = a_plan()
    draft = a_draft(officer)
    end(draft, "B1", with_below=True, by=officer)
    left = [each.code for each in refresh.get_draft(draft, by=officer).matters if each.kind is MatterKind.NO_OBJECTIVE]
    assert left == ["WCP1", "WCP2"]
    link(draft, "WCP1", "WCP2", to="B2", by=officer)
    view = refresh.get_draft(draft, by=officer)
    assert not [each for each in view.matters if each.kind is MatterKind.NO_OBJECTIVE]
    assert view.diff.relinked == 2


# Adopting


@on_both
def test_adopted_on_a_date_it_holds_from_then_and_last_year_s_plan_stays() -> None:
    officer = a_plan()
    days = (date(2017, 3, 31), TODAY, date(2018, 3, 31))
    before = [plan_on(day) for day in days]
    draft = a_draft(officer)
    reword(draft, "O1", title="An outcome, in other words", by=officer)
    new = PlanNode(code="B3", title="New", kind=NodeKind.OBJECTIVE, parent_code="O1", owner_role="Head", position=9)
    refresh.save_change(draft, Added(node=new), by=officer)
    reword(draft, "T1", parent_code="B3", by=officer)
    end(draft, "B1", by=officer)
    link(draft, "WCP1", to="B3", by=officer)
    link(draft, "WCP2", to=None, by=officer)
    preview = refresh.get_draft(draft, by=officer)
    adopt(draft, by=officer)
    assert [plan_on(day) for day in days] == before
    assert plan_on(STARTS) == preview.next_year
    assert plan_on(date(2030, 1, 1)) == preview.next_year
    adopted = refresh.get_draft(draft, by=officer)
    assert adopted.refresh.state is RefreshState.ADOPTED
    assert (adopted.diff.groups, adopted.diff.in_words) == (preview.diff.groups, preview.diff.in_words)


@on_both
def test_what_owners_write_between_adoption_and_the_first_day_survives() -> None:
    officer = a_plan()
    draft = a_draft(officer)
    reword(draft, "B1", title="Next year's title", by=officer)
    end(draft, "B2", with_below=True, by=officer)
    adopt(draft, by=officer)
    edit(replace(node("B1"), why="Written meanwhile", title="Corrected meanwhile"))
    edit(replace(node("B2"), why="Still ours until March"))
    assert (node("B1").title, node("B1").why) == ("Corrected meanwhile", "Written meanwhile")
    assert (node("B1", STARTS).title, node("B1", STARTS).why) == ("Next year's title", "Written meanwhile")
    assert node("B2", EVE).why == "Still ours until March"
    assert {each.code for each in plan_on(EVE).nodes} >= {"B2", "T2"}
    assert not {each.code for each in plan_on(STARTS).nodes} & {"B2", "T2"}


@on_both
def test_a_plan_that_changed_since_the_draft_is_shown_and_someone_chooses() -> None:
    officer = a_plan()
    draft = a_draft(officer)
    reword(draft, "B1", title="Draft's", why="Draft's", by=officer)
    end(draft, "T1", by=officer)
    edit(replace(node("B1"), title="Owner's", lessons="Nothing to do with the draft"), replace(node("T1"), why="New"))
    with pytest.raises(refresh.RefreshError, match="was changed since the draft"):
        adopt(draft, by=officer)
    view = refresh.get_draft(draft, by=officer)
    assert [(each.line.code, each.field, each.now) for each in view.clashes] == [
        ("B1", "title", "Owner's"),
        ("T1", "why", "New"),
    ]
    refresh.save_change(draft, Chosen(noun=Noun.NODE, code="B1", keeps_draft=False, based_on=1), by=officer)
    refresh.save_change(draft, Chosen(noun=Noun.NODE, code="T1", keeps_draft=True, based_on=1), by=officer)
    adopt(draft, by=officer)
    then = node("B1", STARTS)
    assert (then.title, then.why, then.lessons) == ("Owner's", "Draft's", "Nothing to do with the draft")
    assert "T1" not in {each.code for each in plan_on(STARTS).nodes}


@on_both
def test_a_draft_is_not_adopted_while_something_hangs_in_the_air() -> None:
    officer = a_plan()
    draft = a_draft(officer)
    end(draft, "B1", by=officer)
    with pytest.raises(refresh.RefreshError, match='A team plan: "An objective" ends\\.'):
        adopt(draft, by=officer)
    assert rows_of("SELECT count(*) FROM register_changes") == [(0,)]
    assert refresh.get_draft(draft, by=officer).is_open


@on_both
def test_only_what_was_looked_over_is_adopted_and_only_once() -> None:
    officer = a_plan()
    draft = a_draft(officer)
    reword(draft, "B1", title="First", by=officer)
    with pytest.raises(refresh.DraftMovedError):
        refresh.adopt(draft, version=0, starts_on=STARTS, by=officer)
    adopt(draft, by=officer)
    with pytest.raises(refresh.DecidedError, match="adopted this draft already"):
        adopt(draft, by=officer)
    with pytest.raises(refresh.DecidedError):
        reword(draft, "B1", title="Late", based_on=1, by=officer)


@on_both
def test_a_draft_may_start_today_or_be_moved_and_every_step_is_in_the_audit_trail() -> None:
    officer = a_plan()
    draft = a_draft(officer)
    refresh.save_change(draft, Begun(title="Plan from today", starts_on=TODAY), by=officer)
    with pytest.raises(refresh.DraftMovedError):
        refresh.adopt(draft, version=0, starts_on=STARTS, by=officer)
    end(draft, "T1", by=officer)
    adopt(draft, by=officer)
    assert "T1" in {each.code for each in plan_on(TODAY - timedelta(days=1)).nodes}
    assert "T1" not in {each.code for each in plan_on(TODAY).nodes}
    with reading() as session:
        assert list(list_breaks(session)) == []
        events = list_events(session)
    assert [event.verb for event in events] == [
        "open plan draft",
        "change plan draft",
        "change plan draft",
        "adopt plan",
    ]
    assert '"node T1": ["ended"]' in events[-1].after


@on_both
def test_an_abandoned_draft_keeps_its_reason_and_makes_room_for_another() -> None:
    officer = a_plan()
    draft = a_draft(officer)
    assert fields_refused(lambda: refresh.abandon(draft, reason=" ", by=officer)) == ["reason"]
    refresh.abandon(draft, reason="The election came first", by=officer)
    again = a_draft(officer)
    assert [(each.id, each.state.value, each.reason) for each in refresh.list_refreshes(by=officer)] == [
        (again, "draft", ""),
        (draft, "abandoned", "The election came first"),
    ]


@on_both
def test_a_second_plan_for_the_same_day_starts_from_the_first() -> None:
    officer = a_plan()
    first = a_draft(officer)
    end(first, "T1", by=officer)
    reword(first, "B1", title="By the first", by=officer)
    adopt(first, by=officer)
    second = a_draft(officer)
    view = refresh.get_draft(second, by=officer)
    assert "T1" not in view.next_year.by_code
    reword(second, "B1", title="By the second", by=officer)
    adopt(second, by=officer)
    assert node("B1", STARTS).title == "By the second"
    assert node("B1", EVE).title == "An objective"


CODES = st.sampled_from(["P1", "O1", "B1", "B2", "T1", "T2", "N.1", "N.2"])
CHANGES = st.one_of(
    st.builds(lambda code, title: ("reword", code, {"title": title}), CODES, st.sampled_from(["One", "Two"])),
    st.builds(lambda code, parent: ("reword", code, {"parent_code": parent}), CODES, CODES),
    st.builds(lambda code, below: ("end", code, below), CODES, st.booleans()),
    st.builds(lambda code, parent: ("add", code, parent), CODES, CODES),
    st.builds(lambda code, to: ("link", code, to), st.sampled_from(["WCP1", "WCP2"]), st.one_of(st.none(), CODES)),
    st.builds(lambda code, _: ("leave", code, None), CODES, CODES),
)


@pytest.mark.slow
@pytest.mark.usefixtures("sqlite_database")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(CHANGES, min_size=1, max_size=8))
def test_whatever_a_draft_says_the_past_stays_and_the_first_day_is_its_preview(
    steps: list[tuple[str, str, Any]],
) -> None:
    officer = User(username="officer", name="")
    if not rows_of("SELECT 1 FROM people"):
        a_plan()
    start = _next_start()
    draft = refresh.open_refresh("Any", start, by=officer)
    for step in steps:
        _take(draft, step, by=officer)
    days = [date(2017, 1, 1), TODAY, start - timedelta(days=1)]
    before, preview = [plan_on(day) for day in days], refresh.get_draft(draft, by=officer)
    try:
        adopt(draft, by=officer)
    except refresh.RefreshError:
        assert any(each.kind.blocks for each in preview.matters)
        refresh.abandon(draft, reason="Cannot be", by=officer)
    else:
        assert plan_on(start) == preview.next_year
    assert [plan_on(day) for day in days] == before


def _next_start() -> date:
    """Each example goes on from the plan the one before left, a year later."""
    (count,) = rows_of("SELECT count(*) FROM plan_refreshes")[0]
    return date(2018 + int(str(count)), 4, 1)


def _take(draft: int, step: tuple[str, str, Any], *, by: User) -> None:
    kind, code, value = step
    version = refresh.get_draft(draft, by=by).version_of(Noun.NODE, code)
    with _may_be_refused():
        match kind:
            case "reword":
                reword(draft, code, based_on=version, by=by, **value)
            case "end":
                end(draft, code, with_below=value, based_on=version, by=by)
            case "add":
                new = PlanNode(code=code, title="New", kind=NodeKind.PLAN, parent_code=value)
                refresh.save_change(draft, Added(node=new), by=by)
            case "link":
                link(draft, code, to=value, by=by)
            case _:
                refresh.save_change(draft, CarriedOver(noun=Noun.NODE, code=code, based_on=version), by=by)


@contextmanager
def _may_be_refused() -> Iterator[None]:
    try:
        yield
    except refresh.RefreshError:
        return
