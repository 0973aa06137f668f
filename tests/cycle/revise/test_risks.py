"""The risk register: put on, looked at again, worded anew, closed, with every change kept."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from cycle.admin import accounts
from cycle.do import delivery
from cycle.revise import risks as revise_risks
from cycle.revise import risks_shown
from cycle.revise.risks import RiskView
from data_access.models import PlanNodeRow
from data_access.revise import risks
from data_access.store.audit import list_breaks, list_events
from data_access.store.database import reading, transaction
from performance.ground.dated import Recording
from performance.ground.organisation import Action, NodeKind, Risk
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period
from performance.revise.risks import RiskEntry, Score
from tests.builders import RECORDED, a_user, add_council, add_measure

pytestmark = pytest.mark.usefixtures("database_on_one")
LOW, HIGH = Score(likelihood=2, impact=2), Score(likelihood=4, impact=4)
FLOOD = RiskEntry(
    risk=Risk(code="", title="Floods", event="Roads close", owner_role="Head", likelihood=2, impact=2,
              measure_code="BINS"),
    unit_code="WASTE",
)  # fmt: skip


def a_manager() -> User:
    add_council()
    add_measure("BINS", title="Missed bins", unit_code="WASTE")
    return a_user()


def see(code: str, by: User) -> RiskView:
    return revise_risks.get_risk(code, by=by)


def test_a_risk_is_put_on_the_register_with_its_first_version() -> None:
    manager = a_manager()
    code = revise_risks.add_risk(FLOOD, by=manager)
    view = see(code, manager)
    assert (code, view.entry.opened_on, view.entry.reviewed_on) == ("RK01", date(2017, 11, 10), date(2017, 11, 10))
    assert [(each.version, each.before, each.recording.by) for each in view.changes] == [(1, None, "manager")]
    assert (view.unit_name, view.measure_title) == ("Waste and recycling", "Missed bins")
    assert revise_risks.add_risk(FLOOD, by=manager) == "RK02"


def test_each_change_is_kept_whole_with_who_when_and_why() -> None:
    manager = a_manager()
    code = revise_risks.add_risk(replace(FLOOD, is_emerging=True), by=manager)
    revise_risks.review_risk(code, score=HIGH, reason="It rains more", version=1, by=manager)
    seen = see(code, manager).entry
    assert (seen.current, seen.is_emerging) == (HIGH, False)
    worded = replace(seen, risk=replace(seen.risk, cause="Rain"), target=LOW)
    revise_risks.change_risk(worded, reason="Understood better", by=manager)
    revise_risks.close_risk(code, because="The river is dammed", version=3, by=manager)
    changes = see(code, manager).changes
    assert [each.recording.reason for each in changes] == [
        "The river is dammed", "Understood better", "It rains more", "Put on the register"
    ]  # fmt: skip
    assert [each.after.current.number for each in changes if each.after.current] == [16, 16, 16, 4]
    assert changes[1].before == changes[2].after
    with reading() as session:
        verbs = [event.verb for event in list_events(session)]
        assert list(list_breaks(session)) == []
    assert verbs == ["add risk", "review risk", "change risk", "close risk"]


def test_what_was_kept_is_never_rewritten() -> None:
    manager = a_manager()
    revise_risks.add_risk(FLOOD, by=manager)
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text("UPDATE risk_changes SET reason = ''"))


def test_a_change_names_the_version_it_saw() -> None:
    manager = a_manager()
    code = revise_risks.add_risk(FLOOD, by=manager)
    seen = see(code, manager).entry
    revise_risks.review_risk(code, score=HIGH, reason="Rain", version=1, by=manager)
    for attempt in (
        lambda: revise_risks.review_risk(code, score=LOW, reason="Sun", version=1, by=manager),
        lambda: revise_risks.change_risk(replace(seen, target=LOW), reason="Sun", by=manager),
        lambda: revise_risks.close_risk(code, because="Sun", version=1, by=manager),
    ):
        with pytest.raises(
            revise_risks.RiskError, match=r"Service manager, WASTE changed this risk on 10 November 2017"
        ):
            attempt()
    assert see(code, manager).entry.current == HIGH


def test_a_closed_risk_stays_closed_and_a_reason_is_wanted() -> None:
    manager = a_manager()
    code = revise_risks.add_risk(FLOOD, by=manager)
    for attempt in (
        lambda: revise_risks.close_risk(code, because=" ", version=1, by=manager),
        lambda: revise_risks.review_risk(code, score=LOW, reason="", version=1, by=manager),
        lambda: revise_risks.add_risk(replace(FLOOD, risk=replace(FLOOD.risk, event="")), by=manager),
    ):
        with pytest.raises(revise_risks.RiskRefusedError):
            attempt()
    revise_risks.close_risk(code, because="Over", version=1, by=manager)
    with pytest.raises(revise_risks.RiskError, match="closed"):
        revise_risks.review_risk(code, score=LOW, reason="Back", version=2, by=manager)
    with pytest.raises(revise_risks.RiskError, match="no such risk"):
        see("RK99", manager)


def test_a_mitigation_is_an_action_of_the_measure() -> None:
    manager = a_manager()
    code = revise_risks.add_risk(FLOOD, by=manager)
    action = Action(id=0, action="Clear the drains", responsible_role="Head", ends_on=date(2017, 12, 1))
    revise_risks.add_mitigation(code, action=action, version=1, by=manager)
    (kept,) = see(code, manager).mitigations
    assert (kept.action, kept.measure_code, kept.risk_code) == ("Clear the drains", "BINS", code)
    with pytest.raises(revise_risks.RiskRefusedError):
        revise_risks.add_mitigation(code, action=replace(action, ends_on=None), version=1, by=manager)
    other = revise_risks.add_risk(replace(FLOOD, risk=replace(FLOOD.risk, measure_code=None)), by=manager)
    with pytest.raises(revise_risks.RiskError, match="No part of the plan is led by its service"):
        revise_risks.add_mitigation(other, action=action, version=1, by=manager)


def test_a_mitigation_of_a_service_stands_on_its_page_in_the_plan() -> None:
    manager = a_manager()
    with transaction() as session:
        session.add(PlanNodeRow(code="PW", title="Waste plan", kind=NodeKind.PLAN, parent_code="B1", unit_code="WASTE"))
    code = revise_risks.add_risk(replace(FLOOD, risk=replace(FLOOD.risk, measure_code=None)), by=manager)
    action = Action(id=0, action="Clear the drains", responsible_role="Head", ends_on=date(2017, 12, 1))
    revise_risks.add_mitigation(code, action=action, version=1, by=manager)
    (kept,) = see(code, manager).mitigations
    assert (kept.node_code, kept.measure_code) == ("PW", None)
    month = Period.containing(date(2017, 11, 10), months=1)
    assert "Clear the drains" in [line.what for line in delivery.delivery("WASTE", month, by=manager).lines]


def test_what_moved_since_the_quarter_began_is_told_from_its_history() -> None:
    manager = a_manager()
    accounts.change_setting("fixed_today", "2017-09-20")
    old = revise_risks.add_risk(FLOOD, by=manager)
    accounts.change_setting("fixed_today", "2017-11-10")
    revise_risks.review_risk(old, score=HIGH, reason="Rain", version=1, by=manager)
    new = revise_risks.add_risk(FLOOD, by=manager)
    register = revise_risks.list_register(by=manager)
    assert register.since == date(2017, 10, 1)
    assert register.before[old].current == LOW
    assert new not in register.before
    assert [each.code for each in register.entries] == [old, new]


def test_a_setup_sheet_read_again_brings_no_closed_risk_back_and_keeps_what_stands_beside() -> None:
    manager = a_manager()
    code = revise_risks.add_risk(replace(FLOOD, target=LOW), by=manager)
    sheet = see(code, manager).entry.risk
    revise_risks.close_risk(code, because="Over", version=1, by=manager)
    recording = Recording(by="bi.team", at=RECORDED, effective_on=date(2017, 11, 10))
    with transaction() as session:
        risks.save_risks(session, risks=[sheet], recording=recording)
    assert not see(code, manager).entry.is_open
    with transaction() as session:
        risks.save_risks(session, risks=[replace(sheet, title="Great floods")], recording=recording)
    entry = see(code, manager).entry
    assert (entry.risk.title, entry.is_open, entry.target) == ("Great floods", False, LOW)


def test_each_keeps_the_risks_of_their_own_unit_and_officers_read_all() -> None:
    manager = a_manager()
    code = revise_risks.add_risk(FLOOD, by=manager)
    stranger = a_user("stranger", unit="HOUSING")
    assert see(code, stranger).why_not.startswith("You may not keep the risk register")
    member = a_user("member", Role.COUNCILLOR, "COUNCIL")
    for attempt in (
        lambda: revise_risks.review_risk(code, score=LOW, reason="So", version=1, by=stranger),
        lambda: revise_risks.add_risk(FLOOD, by=stranger),
        lambda: revise_risks.list_register(by=member),
    ):
        with pytest.raises(NotAllowedError):
            attempt()
    assert [each.code for each in risks_shown.risks_of_measures(["BINS"], by=stranger)] == [code]
    assert risks_shown.risks_of_measures(["BINS"], by=member) == []
    assert risks_shown.risks_of_scope("corporate", [], by=member) == []
    assert risks_shown.risks_of_measures(["OTHER"], by=manager) == []


@pytest.mark.parametrize(
    ("scope", "measures", "is_shown"),
    [
        pytest.param("WASTE", [], True, id="the unit"),
        pytest.param("PLACE", [], True, id="the unit above"),
        pytest.param("corporate", [], True, id="the whole council"),
        pytest.param("P1", [], True, id="the priority above the node it is of"),
        pytest.param("PEOPLE", ["BINS"], True, id="a card that has its measure"),
        pytest.param("PEOPLE", [], False, id="another part"),
    ],
)
def test_a_scorecard_has_the_risks_of_its_part_and_of_all_below(
    scope: str, measures: list[str], *, is_shown: bool
) -> None:
    manager = a_manager()
    code = revise_risks.add_risk(replace(FLOOD, risk=replace(FLOOD.risk, node_code="B1")), by=manager)
    found = [each.code for each in risks_shown.risks_of_scope(scope, measures, by=manager)]
    assert found == ([code] if is_shown else [])
    revise_risks.close_risk(code, because="Over", version=1, by=manager)
    assert risks_shown.risks_of_scope(scope, measures, by=manager) == []


def test_a_part_of_the_council_has_the_risks_of_all_below_it() -> None:
    manager = a_manager()
    revise_risks.add_risk(FLOOD, by=manager)
    register = revise_risks.list_register(by=manager)
    assert {code: len(register.narrowed(unit=code)) for code in ("", "COUNCIL", "PLACE", "WASTE", "HOUSING")} == {
        "": 1, "COUNCIL": 1, "PLACE": 1, "WASTE": 1, "HOUSING": 0,
    }  # fmt: skip


def test_the_register_is_narrowed_to_a_part_of_the_plan_and_to_a_measure() -> None:
    manager = a_manager()
    add_measure("CALLS", unit_code="WASTE")
    of_plan = replace(FLOOD, risk=replace(FLOOD.risk, measure_code=None, node_code="B1"))
    revise_risks.add_risk(FLOOD, by=manager)
    revise_risks.add_risk(of_plan, by=manager)
    register = revise_risks.list_register(by=manager)

    def found(**narrowed: str) -> list[str]:
        return [each.code for each in register.narrowed(**narrowed)]

    assert found() == ["RK01", "RK02"]
    assert found(measure="BINS") == ["RK01"]
    assert found(measure="CALLS") == []
    assert found(node="P1") == found(node="B1", unit="PLACE") == ["RK02"]
    assert found(node="P1", measure="BINS") == []


def test_a_risk_moves_to_another_measure_part_of_the_plan_and_service() -> None:
    manager = a_manager()
    add_measure("TENANCY", unit_code="HOUSING")
    code = revise_risks.add_risk(replace(FLOOD, unit_code=None), by=manager)
    stored = see(code, manager).entry
    moved = replace(stored, risk=replace(stored.risk, measure_code=None, node_code="B1"), unit_code="WASTE")
    revise_risks.change_risk(moved, reason="It is the priority's", by=manager)
    view = see(code, manager)
    assert (view.entry.risk.measure_code, view.entry.risk.node_code, view.unit_code) == (None, "B1", "WASTE")
    assert (view.changes[0].before, view.changes[0].recording.reason) == (stored, "It is the priority's")

    away = replace(view.entry, unit_code="HOUSING")
    with pytest.raises(NotAllowedError):
        revise_risks.change_risk(away, reason="Theirs", by=manager)
    theirs = replace(view.entry, unit_code=None, risk=replace(stored.risk, measure_code="TENANCY", node_code=None))
    with pytest.raises(NotAllowedError):
        revise_risks.change_risk(theirs, reason="Theirs", by=manager)
    keeper = a_user("policy", Role.POLICY_OFFICER, "COUNCIL")
    revise_risks.change_risk(away, reason="Theirs", by=keeper)
    assert see(code, manager).why_not
    assert see(code, a_user("housing", unit="HOUSING")).unit_code == "HOUSING"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"measure_code": "NOPE"}, "Choose a measure that there is", id="measure"),
        pytest.param({"node_code": "NOPE"}, "Choose a part of the plan that there is", id="part of the plan"),
    ],
)
def test_a_risk_hangs_on_what_there_is(fields: dict[str, str], message: str) -> None:
    a_manager()
    keeper = a_user("policy", Role.POLICY_OFFICER, "COUNCIL")
    wrong = replace(FLOOD, risk=replace(FLOOD.risk, **fields))
    with pytest.raises(revise_risks.RiskRefusedError, match=message):
        revise_risks.add_risk(wrong, by=keeper)
    code = revise_risks.add_risk(FLOOD, by=keeper)
    stored = see(code, keeper).entry
    with pytest.raises(revise_risks.RiskRefusedError, match=message):
        revise_risks.change_risk(replace(stored, risk=replace(stored.risk, **fields)), reason="Moved", by=keeper)
    assert see(code, keeper).entry == stored


def test_a_risk_is_asked_for_once_its_time_has_come_by_whoever_keeps_it() -> None:
    manager, colleague = a_manager(), a_user("other", unit="HOUSING")
    code = revise_risks.add_risk(FLOOD, by=manager)
    assert risks_shown.risks_due(by=manager) == []
    accounts.change_setting("fixed_today", "2018-11-10")
    assert risks_shown.risks_due(by=manager) == []  # a low one, after a year
    accounts.change_setting("fixed_today", "2018-11-11")
    assert [each.code for each in risks_shown.risks_due(by=manager)] == [code]
    assert risks_shown.risks_due(by=colleague) == []
    assert len(risks_shown.risks_due(by=a_user("policy", Role.POLICY_OFFICER, "COUNCIL"))) == 1  # who keeps all of them
    assert risks_shown.risks_due(by=a_user("member", Role.COUNCILLOR, "COUNCIL")) == []
    revise_risks.review_risk(code, score=LOW, reason="As it was", version=1, by=manager)
    assert risks_shown.risks_due(by=manager) == []
