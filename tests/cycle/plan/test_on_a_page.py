"""Plans on a page: who may change them, what happens when two do, and that nothing of the past is lost."""

from dataclasses import replace
from datetime import date

import pytest

from cycle.plan import on_a_page
from cycle.plan.on_a_page import PlanPageConflictError, PlanPageError, PlanPageRefusedError
from cycle.plan.page_view import PlanPage
from data_access.models import PlanNodeRow
from data_access.plan.tree import NodeNotFoundError
from data_access.store.audit import list_breaks, list_events
from data_access.store.database import reading, transaction
from performance.ground.organisation import Action, ActionStatus, NodeKind
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.reckoning.rag import Rag
from performance.plan.on_a_page import ActionDraft, Reviewed, Wording
from tests.builders import TODAY, WARDS, a_user, add_council, add_figure, add_measure, add_target
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_one")
SWEEP = Action(id=0, action="Sweep", responsible_role="Head of Waste")


def an_owner() -> User:
    """An objective of WASTE with a red measure by ward, and the service's manager."""
    add_council()
    with transaction() as session:
        session.add(
            PlanNodeRow(
                code="OB",
                title="Keep it clean",
                kind=NodeKind.OBJECTIVE,
                parent_code="O1",
                unit_code="WASTE",
                owner_role="Head of Waste",
                why="Because",
            )
        )
    add_measure("TIPS", title="Fly-tipping", objective_code="OB")
    add_figure("TIPS", "2017-10", value="20")
    add_target("TIPS", "2017-10", number="30")
    return a_user()


def words(page: PlanPage, **fields: object) -> Wording:
    node = page.node
    said = {"owner_role": node.owner_role, "why": node.why, "evidence": node.evidence, "lessons": node.lessons}
    return Wording(**(said | {"reason": "It was wrong"} | fields))  # type: ignore[arg-type]


def reword(by: User, *, version: int = 1, **fields: object) -> str:
    return on_a_page.change_page("OB", words(on_a_page.plan_page("OB", by=by), **fields), version=version, by=by)


def verbs() -> list[str]:
    with reading() as session:
        assert list(list_breaks(session)) == []
        return [event.verb for event in list_events(session)]


def test_a_page_shows_its_place_its_measures_and_whether_they_are_red() -> None:
    owner = an_owner()
    page = on_a_page.plan_page("OB", by=owner)
    assert [node.code for node in page.above] == ["P1", "O1"]
    assert [(line.measure.code, line.rag) for line in page.measures] == [("TIPS", Rag.RED)]
    assert (page.unit_name, page.version, page.history) == ("Waste and recycling", 1, ())
    with pytest.raises(NodeNotFoundError):
        on_a_page.plan_page("NONE", by=owner)


def test_a_change_is_a_new_version_with_its_reason_and_the_past_stays_as_it_was() -> None:
    owner = an_owner()
    assert "changed" in reword(owner, why="Residents ask for it", evidence=("TIPS",))
    page = on_a_page.plan_page("OB", by=owner)
    assert (page.node.why, page.version) == ("Residents ask for it", 2)
    assert [(line.field, line.before, line.after, line.reason) for line in page.history] == [
        ("Why it matters", "Because", "Residents ask for it", "It was wrong"),
        ("Evidence", "", "Fly-tipping", "It was wrong"),
    ]
    before = on_a_page.plan_page("OB", date(2017, 11, 9), by=owner)
    assert (before.node.why, before.node.evidence, before.history) == ("Because", (), ())
    assert verbs() == ["change plan page"]


def test_evidence_by_ward_is_drawn_by_ward_and_small_counts_stay_hidden_even_from_their_own_service() -> None:
    owner = an_owner()
    add_measure("PEOPLE", title="Homeless", counts_people=True)
    for ward, count in zip(WARDS, ("2", "3", "20", "30", "40", "50"), strict=True):
        add_figure("PEOPLE", value=count, area=ward)
    reword(owner, evidence=("PEOPLE", "TIPS"))
    by_ward, over_time = on_a_page.plan_page("OB", by=owner).evidence
    assert by_ward.wards is not None
    assert [str(ward.value) for ward in by_ward.wards.ranked] == ["50", "40", "30", "20"]
    assert [str(number) for _, number in over_time.numbers] == ["20"]


def test_only_who_may_edit_at_the_unit_changes_a_page_and_is_told_why_not() -> None:
    owner = an_owner()
    for other in (a_user("housing", unit="HOUSING"), a_user("leader", Role.LEADERSHIP, "COUNCIL")):
        for change in (words(on_a_page.plan_page("OB", by=owner)), Reviewed(), ActionDraft(action=SWEEP)):
            with pytest.raises(NotAllowedError):
                on_a_page.change_page("OB", change, version=1, by=other)
        assert "You may not change plans on a page for Waste and recycling." in on_a_page.why_not_change("OB", by=other)
    assert verbs() == []
    policy = a_user("policy", Role.POLICY_OFFICER, "COUNCIL")
    assert on_a_page.why_not_change("OB", by=owner) == on_a_page.why_not_change("B1", by=policy) == ""
    assert "may not" in on_a_page.why_not_change("B1", by=owner), "what has no unit belongs to the whole council"
    assert "as it stood on 9 November 2017" in on_a_page.why_not_change("OB", date(2017, 11, 9), by=owner)


def test_a_second_person_sees_what_the_first_wrote_and_chooses() -> None:
    owner, policy = an_owner(), a_user("policy", Role.POLICY_OFFICER, "COUNCIL")
    reword(policy, why="Theirs")
    with pytest.raises(PlanPageConflictError) as conflict:
        reword(owner, why="Mine")
    (clash,) = conflict.value.clashes
    assert (clash.theirs, clash.mine, conflict.value.version) == ("Theirs", "Mine", 2)
    assert "Policy officer, COUNCIL changed this" in str(conflict.value)
    reword(owner, version=conflict.value.version, why="Mine")
    assert on_a_page.plan_page("OB", by=owner).node.why == "Mine"


def test_what_two_people_changed_in_different_fields_is_kept_of_both() -> None:
    owner, policy = an_owner(), a_user("policy", Role.POLICY_OFFICER, "COUNCIL")
    stale = words(on_a_page.plan_page("OB", by=owner), lessons="Mine")
    reword(policy, why="Theirs")
    on_a_page.change_page("OB", stale, version=1, by=owner)
    node = on_a_page.plan_page("OB", by=owner).node
    assert (node.why, node.lessons) == ("Theirs", "Mine")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        pytest.param({"why": "New", "reason": ""}, ["reason"], id="no reason"),
        pytest.param({"owner_role": " "}, ["owner_role"], id="no owner"),
        pytest.param({"evidence": ("NONE",)}, ["evidence"], id="a measure there is not"),
        pytest.param({"lessons": "x" * 1001}, ["lessons"], id="too long"),
    ],
)
def test_what_cannot_be_kept_changes_nothing(fields: dict[str, object], wrong: list[str]) -> None:
    owner = an_owner()
    with pytest.raises(PlanPageRefusedError) as refusal:
        reword(owner, **fields)  # type: ignore[arg-type]
    assert [problem.field for problem in refusal.value.problems] == wrong
    assert verbs() == []


def test_saying_the_same_again_is_no_change() -> None:
    owner = an_owner()
    with pytest.raises(PlanPageError, match="says this already"):
        reword(owner)


def test_a_page_is_reviewed_once_a_day_and_as_it_is_now() -> None:
    owner = an_owner()
    on_a_page.change_page("OB", Reviewed(), version=1, by=owner)
    assert on_a_page.plan_page("OB", by=owner).node.reviewed_on == TODAY
    with pytest.raises(PlanPageConflictError, match="changed this plan while you read it"):
        on_a_page.change_page("OB", Reviewed(), version=1, by=owner)
    with pytest.raises(PlanPageError, match="reviewed today already"):
        on_a_page.change_page("OB", Reviewed(), version=2, by=owner)
    assert verbs() == ["review plan page"]


def test_an_action_is_added_changed_and_taken_off_and_the_audit_trail_has_before_and_after() -> None:
    owner = an_owner()
    on_a_page.change_page("OB", ActionDraft(action=SWEEP), version=0, by=owner)
    (added,) = on_a_page.plan_page("OB", by=owner).actions
    late = replace(added.action, status=ActionStatus.LATE)
    on_a_page.change_page("OB", ActionDraft(action=late, reason="Staff left"), version=added.version, by=owner)
    (changed,) = on_a_page.plan_page("OB", by=owner).actions
    assert (changed.action.status, changed.version) == (ActionStatus.LATE, 2)
    on_a_page.change_page("OB", ActionDraft(action=late, removes=True), version=2, by=owner)
    page = on_a_page.plan_page("OB", by=owner)
    assert page.actions == ()
    assert [line.field for line in page.history] == ["Action removed", "Status of “Sweep”", "Action added"]
    assert verbs() == ["add plan action", "change plan action", "remove plan action"]
    ((before, after),) = rows_of("SELECT before, after FROM audit_events WHERE verb = 'change plan action'")
    assert "not_started" in str(before)
    assert "late" in str(after)


def test_an_action_someone_else_changed_or_took_off_is_shown_first() -> None:
    owner, policy = an_owner(), a_user("policy", Role.POLICY_OFFICER, "COUNCIL")
    on_a_page.change_page("OB", ActionDraft(action=SWEEP), version=0, by=owner)
    (seen,) = on_a_page.plan_page("OB", by=owner).actions
    theirs = replace(seen.action, result="Clean streets")
    on_a_page.change_page("OB", ActionDraft(action=theirs), version=1, by=policy)
    mine = ActionDraft(action=replace(seen.action, result="Fewer rats"))
    with pytest.raises(PlanPageConflictError) as conflict:
        on_a_page.change_page("OB", mine, version=1, by=owner)
    assert [(clash.label, clash.theirs, clash.mine) for clash in conflict.value.clashes] == [
        ("Anticipated result", "Clean streets", "Fewer rats")
    ]
    on_a_page.change_page("OB", ActionDraft(action=theirs, removes=True), version=2, by=policy)
    with pytest.raises(PlanPageConflictError, match="took this action off"):
        on_a_page.change_page("OB", mine, version=2, by=owner)


def test_an_action_that_cannot_be_is_refused() -> None:
    owner = an_owner()
    with pytest.raises(PlanPageRefusedError, match="Enter what is to be done"):
        on_a_page.change_page("OB", ActionDraft(action=replace(SWEEP, action=" ")), version=0, by=owner)
    with pytest.raises(PlanPageConflictError, match="not on the page"):
        on_a_page.change_page("OB", ActionDraft(action=replace(SWEEP, id=99)), version=1, by=owner)


def test_a_plan_without_measures_shows_its_units_measures_of_the_objective() -> None:
    owner = an_owner()
    with transaction() as session:
        session.add(PlanNodeRow(code="PL", title="Plan", kind=NodeKind.PLAN, parent_code="OB", unit_code="WASTE"))
    page = on_a_page.plan_page("PL", by=owner)
    assert [line.measure.code for line in page.measures] == ["TIPS"]
    assert "unit's measures of Keep it clean" in page.measures_of


def test_history_kept_by_the_database_is_never_rewritten() -> None:
    owner = an_owner()
    on_a_page.change_page("OB", ActionDraft(action=SWEEP), version=0, by=owner)
    with pytest.raises(Exception, match="append-only"):
        rows_of("UPDATE action_changes SET reason = 'x' RETURNING id")
