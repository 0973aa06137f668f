"""The golden thread on any day, and each person's own place in it, which nobody but their manager reads beside them."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from cycle.admin import accounts, audit
from cycle.ground import exports as ground_exports
from cycle.ground.access import SignedOutError
from cycle.plan import thread
from cycle.plan.thread_view import GoldenThread, MyThread
from cycle.report.scorecard_export import export_scorecard
from data_access.models import PlanNodeRow
from data_access.plan.tree import get_node, save_nodes
from data_access.store.audit import list_events
from data_access.store.database import reading, transaction
from data_access.store.errors import NotFoundError
from performance.ground.dated import Recording
from performance.ground.organisation import NodeKind
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag
from performance.plan.thread import counts_in_words
from tests.builders import TODAY, a_user, add_council, add_figure, add_measure, add_target
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_one")
SECRET = "Learn to drive the nine-tonne sweeper"


def a_plan() -> User:
    """One measure under the objective, red in October, and a team plan; the asker is an employee."""
    add_council()
    add_measure(methodology="Counted by hand", owner_role="Manager")
    add_figure(period="2017-10", value="90")
    add_target(period="2017-10", number="100")
    with transaction() as session:
        session.add(PlanNodeRow(code="T1", title="Rounds team plan", kind=NodeKind.PLAN, parent_code="B1",
                                unit_code="WASTE", owner_role="Manager"))  # fmt: skip
    return a_user("officer", Role.EMPLOYEE)


def with_manager(username: str = "officer", manager: str = "manager") -> User:
    found = a_user(manager)
    accounts.set_manager(username, manager)
    return found


def words(found: GoldenThread) -> str:
    return counts_in_words(found.counts)


def mine(by: User) -> MyThread:
    return thread.my_thread(by=by)


def said(by: User) -> list[str]:
    return [each.text for each in mine(by).objectives]


# The plan on a day


def test_everyone_who_sees_the_plan_sees_how_it_stands() -> None:
    employee = a_plan()
    found = thread.golden_thread(by=employee)
    assert [each.node.code for top in found.branches for each in top.walk()] == ["P1", "O1", "B1", "T1"]
    assert words(found) == "1 red"
    strand = found.branches[0].branches[0].branches[0].strands[0]
    assert (strand.rag, strand.when_in_words) == (Rag.RED, "October 2017")


def test_the_plan_is_seen_as_it_stood_and_as_it_was_known() -> None:
    employee = a_plan()
    add_figure(period="2017-10", value="100", revision=2, at=datetime(2017, 11, 8, 9, tzinfo=UTC))
    assert words(thread.golden_thread(by=employee)) == "1 green"
    assert words(thread.golden_thread(on=date(2017, 11, 5), by=employee)) == "1 red"
    assert words(thread.golden_thread(on=date(2017, 10, 20), by=employee)) == "1 not yet received"
    assert words(thread.golden_thread(on=date(2017, 10, 3), by=employee)) == "1 not yet due"


def test_a_figure_that_is_overdue_is_said_beside_the_newest_there_is() -> None:
    employee = a_plan()
    assert words(thread.golden_thread(on=date(2017, 12, 20), by=employee)) == "1 red"
    accounts.change_setting("fixed_today", "2017-12-20")
    found = thread.golden_thread(by=employee)
    assert words(found) == "1 red"
    strand = found.branches[0].branches[0].branches[0].strands[0]
    assert strand.when_in_words == "October 2017; November 2017 is overdue"


def test_a_node_counts_from_its_first_day_to_its_last() -> None:
    employee = a_plan()
    with reading() as session:
        node = get_node(session, code="T1")
    with transaction() as session:
        recording = Recording(by="policy", at=datetime(2017, 11, 10, tzinfo=UTC), effective_on=TODAY)
        ending = type(node)(**{**vars(node), "title": "Rounds and depots", "valid_to": date(2018, 3, 31)})
        save_nodes(session, nodes=[ending], recording=recording)

    def titles(on: date) -> list[str]:
        found = thread.golden_thread(on=on, by=employee)
        return [each.node.title for top in found.branches for each in top.walk()]

    assert "Rounds team plan" in titles(TODAY - timedelta(days=1))
    assert "Rounds and depots" in titles(TODAY)
    assert titles(date(2018, 4, 1)) == ["Stronger Communities", "An outcome", "An objective"]


def test_a_unit_sees_its_own_part_and_its_own_gaps() -> None:
    employee = a_plan()
    assert words(thread.golden_thread(unit="WASTE", by=employee)) == "1 red"
    assert thread.golden_thread(unit="HOUSING", by=employee).branches == ()
    assert thread.golden_thread(unit="HOUSING", by=employee).gaps == ()


def test_the_gaps_say_who_is_not_in_post_today() -> None:
    employee = a_plan()

    def vacant() -> set[str]:
        gaps = {gap.kind.value: gap for gap in thread.golden_thread(unit="WASTE", by=employee).gaps}
        return {item.code for item in gaps["vacant_owner"].items} if "vacant_owner" in gaps else set()

    assert vacant() == {"T1", "WCP1063"}
    with_manager()
    assert vacant() == set()
    accounts.disable_user("manager")
    assert vacant() == {"T1", "WCP1063"}


def test_what_is_searched_for_does_not_change_gaps_and_counts() -> None:
    employee = a_plan()
    whole, found = thread.golden_thread(by=employee), thread.golden_thread(find="nothing at all", by=employee)
    assert found.branches == ()
    assert (found.gaps, found.counts) == (whole.gaps, whole.counts)


def test_a_measure_with_ward_figures_alone_is_not_missing() -> None:
    employee = a_plan()
    add_measure("WARDS", methodology="By ward")
    add_figure("WARDS", value="3", area="E05001321")
    assert words(thread.golden_thread(by=employee)) == "1 red, 1 not rated"


def test_a_council_that_has_not_begun_has_an_empty_thread() -> None:
    a_plan_less = a_user_of_an_empty_council()
    found = thread.golden_thread(by=a_plan_less)
    assert (found.branches, found.gaps, words(found)) == ((), (), "no measures")


def a_user_of_an_empty_council() -> User:
    add_council()
    with transaction() as session:
        for code in ("B1", "O1", "P1"):
            session.delete(session.get_one(PlanNodeRow, code))
            session.flush()
    return a_user("officer", Role.EMPLOYEE)


# A person's own place


def test_an_employee_picks_a_plan_and_sees_the_line_up_to_the_priority() -> None:
    officer = a_plan()
    assert mine(officer).way == ()
    thread.pick_node("T1", version=0, by=officer)
    assert [each.node.code for each in mine(officer).way] == ["T1", "B1", "O1", "P1"]
    stored = mine(officer).stored
    assert stored is not None
    assert not stored.was_assigned


def test_a_manager_assigns_a_plan_and_the_page_says_who_did() -> None:
    officer = a_plan()
    manager = with_manager()
    (theirs,) = thread.list_managed_threads(by=manager)
    thread.assign_node("T1", username="officer", version=theirs.version, by=manager)
    found = mine(officer)
    assert found.stored is not None
    assert found.stored.was_assigned
    assert found.chosen_by == "Service manager, WASTE"
    assert found.manager_name == "Service manager, WASTE"


def test_nobody_assigns_a_plan_to_someone_else_s_people() -> None:
    a_plan()
    with_manager()
    for stranger in (a_user("head", Role.HEAD, "PLACE"), a_user("bi", Role.BI_TEAM, "COUNCIL")):
        with pytest.raises(thread.ThreadError, match="whose manager you are"):
            thread.assign_node("T1", username="officer", version=0, by=stranger)
    assert rows_of("SELECT count(*) FROM personal_threads") == [(0,)]


@pytest.mark.parametrize("code", ["NOWHERE", "OLD"], ids=["it is not there", "it has ended"])
def test_work_hangs_only_on_what_is_in_the_plan_today(code: str) -> None:
    officer = a_plan()
    with transaction() as session:
        session.add(PlanNodeRow(code="OLD", title="Old plan", kind=NodeKind.PLAN, valid_to=date(2017, 3, 31)))
    with pytest.raises(NotFoundError):
        thread.pick_node(code, version=0, by=officer)


def test_a_plan_that_ends_leaves_the_person_to_choose_again() -> None:
    officer = a_plan()
    thread.pick_node("T1", version=0, by=officer)
    with transaction() as session:
        session.get_one(PlanNodeRow, "T1").valid_to = date(2017, 11, 9)
    found = mine(officer)
    assert found.way == ()
    assert found.ended is not None
    assert found.ended.title == "Rounds team plan"


@pytest.mark.parametrize("first", ["pick", "change"], ids=["nothing was chosen before", "something was"])
def test_the_second_of_two_who_choose_is_told(first: str) -> None:
    officer = a_plan()
    manager = with_manager()
    if first == "change":
        thread.pick_node("O1", version=0, by=officer)
    version = mine(officer).version
    thread.assign_node("T1", username="officer", version=version, by=manager)
    with pytest.raises(thread.ThreadConflictError, match="changed meanwhile"):
        thread.pick_node("B1", version=version, by=officer)
    assert mine(officer).way[0].node.code == "T1"
    thread.pick_node("B1", version=mine(officer).version, by=officer)
    assert mine(officer).way[0].node.code == "B1"


# Own objectives


def test_an_objective_is_noted_reworded_done_and_removed_words_and_all() -> None:
    officer = a_plan()
    noted = thread.add_objective(f"  {SECRET}  ", by=officer)
    assert said(officer) == [SECRET]
    thread.reword_objective(noted, text="Learn it by March", version=1, by=officer)
    thread.mark_objective(noted, done=True, version=2, by=officer)
    assert mine(officer).objectives[0].done_on == TODAY
    thread.mark_objective(noted, done=False, version=3, by=officer)
    assert mine(officer).objectives[0].done_on is None
    thread.remove_objective(noted, version=4, by=officer)
    assert said(officer) == []
    assert rows_of("SELECT text FROM own_objectives") == [("",)]


@pytest.mark.parametrize(("text", "sentence"), [(" ", "Write the objective"), ("x" * 501, "Yours has 501")])
def test_an_objective_has_words_but_not_too_many(text: str, sentence: str) -> None:
    officer = a_plan()
    with pytest.raises(thread.ObjectiveTextError, match=sentence):
        thread.add_objective(text, by=officer)
    noted = thread.add_objective(SECRET, by=officer)
    with pytest.raises(thread.ObjectiveTextError, match=sentence):
        thread.reword_objective(noted, text=text, version=1, by=officer)
    assert said(officer) == [SECRET]


def test_the_second_window_sees_the_first_s_wording_and_nothing_is_overwritten() -> None:
    officer = a_plan()
    noted = thread.add_objective(SECRET, by=officer)
    thread.reword_objective(noted, text="The first window", version=1, by=officer)
    acts: list[Callable[[], None]] = [
        partial(thread.reword_objective, noted, text="The second", version=1, by=officer),
        partial(thread.mark_objective, noted, done=True, version=1, by=officer),
        partial(thread.remove_objective, noted, version=1, by=officer),
    ]
    for act in acts:
        with pytest.raises(thread.ObjectiveConflictError, match="The first window"):
            act()
    assert said(officer) == ["The first window"]
    thread.remove_objective(noted, version=2, by=officer)
    with pytest.raises(NotFoundError, match="removed in another window"):
        thread.mark_objective(noted, done=True, version=2, by=officer)


# Private to the person and their manager


def everyone_else() -> list[User]:
    """Every role at the whole council, and the officer's own service: none of them is the officer's manager."""
    others = [a_user(f"other.{role.value}", role, "COUNCIL") for role in Role]
    return [*others, a_user("colleague", Role.SERVICE_MANAGER, "WASTE"), a_user("director", Role.HEAD, "PLACE")]


def test_the_manager_reads_them_and_nobody_else_whatever_their_role() -> None:
    officer = a_plan()
    manager = with_manager()
    thread.pick_node("T1", version=0, by=officer)
    noted = thread.add_objective(SECRET, by=officer)
    (theirs,) = thread.list_managed_threads(by=manager)
    assert [each.text for each in theirs.objectives] == [SECRET]
    for other in everyone_else():
        try:
            assert thread.list_managed_threads(by=other) == []
            assert thread.my_thread(by=other).objectives == ()
            assert SECRET not in repr(thread.golden_thread(by=other))
        except NotAllowedError:
            assert other.roles & {Role.COUNCILLOR, Role.ADMINISTRATOR, Role.DEPUTY}
        acts: list[Callable[[], None]] = [
            partial(thread.reword_objective, noted, text="Mine now", version=1, by=other),
            partial(thread.mark_objective, noted, done=True, version=1, by=other),
            partial(thread.remove_objective, noted, version=1, by=other),
        ]
        for act in acts:
            with pytest.raises((NotAllowedError, NotFoundError)) as refusal:
                act()
            assert SECRET not in str(refusal.value)
    assert said(officer) == [SECRET]


def test_the_manager_reads_but_does_not_write() -> None:
    officer = a_plan()
    manager = with_manager()
    noted = thread.add_objective(SECRET, by=officer)
    with pytest.raises(NotFoundError):
        thread.reword_objective(noted, text="What I want", version=1, by=manager)


def test_who_was_the_manager_reads_them_no_longer_nor_does_the_manager_s_manager() -> None:
    officer = a_plan()
    manager = with_manager()
    thread.add_objective(SECRET, by=officer)
    director = a_user("director", Role.HEAD, "PLACE")
    accounts.set_manager("manager", "director")
    assert [each.person.username for each in thread.list_managed_threads(by=director)] == ["manager"]
    assert thread.list_managed_threads(by=director)[0].objectives == ()
    accounts.set_manager("officer", "director")
    assert thread.list_managed_threads(by=manager) == []
    accounts.set_manager("officer", "")
    assert [each.person.username for each in thread.list_managed_threads(by=director)] == ["manager"]


def test_no_export_and_no_audit_event_holds_a_word_of_them() -> None:
    officer = a_plan()
    with_manager()
    noted = thread.add_objective(SECRET, by=officer)
    thread.reword_objective(noted, text=f"{SECRET} soon", version=1, by=officer)
    thread.mark_objective(noted, done=True, version=2, by=officer)
    thread.remove_objective(noted, version=3, by=officer)
    thread.add_objective(SECRET, by=officer)
    found = [getattr(ground_exports, name) for name in dir(ground_exports) if name.startswith("export_")]
    exports = [*found, audit.export_audit, export_scorecard]
    assert len(exports) >= 6
    for export in exports:
        written = export(ground_exports.Wanted(period=Period.month(2017, 10)))
        assert "sweeper" not in repr([*map(tuple, written.rows)])
    assert rows_of("SELECT count(*) FROM audit_events WHERE coalesce(after, '') LIKE '%sweeper%'") == [(0,)]
    with reading() as session:
        events = list_events(session)
    own = [event for event in events if event.verb.endswith("objective") or "own objective" in event.verb]
    assert [event.verb for event in own] == [
        "note own objective", "reword own objective", "mark own objective done", "remove own objective",
        "note own objective",
    ]  # fmt: skip
    assert "sweeper" not in json.dumps([vars(event) for event in events], default=str)
    trail = audit.trail(audit.AuditQuery(), by=a_user("auditor", Role.ADMINISTRATOR, "COUNCIL"))
    assert "sweeper" not in repr(trail.lines)


def test_someone_who_was_disabled_reads_nothing_more() -> None:
    officer = a_plan()
    manager = with_manager()
    thread.add_objective(SECRET, by=officer)
    accounts.disable_user("manager")
    with pytest.raises(SignedOutError):
        thread.list_managed_threads(by=manager)


# Who manages whom


def test_nobody_manages_themselves_nor_whoever_manages_them() -> None:
    a_plan()
    with_manager()
    for username, manager in (("officer", "officer"), ("manager", "officer")):
        with pytest.raises(accounts.AccountError, match="Choose someone else"):
            accounts.set_manager(username, manager)
    with pytest.raises(NotFoundError):
        accounts.set_manager("officer", "nobody")
    with pytest.raises(NotFoundError):
        accounts.set_manager("nobody", "manager")


def test_a_new_account_may_come_with_a_manager_and_a_change_is_in_the_audit_trail() -> None:
    add_council()
    a_user("manager")
    accounts.add_user("new", name="New", email="", roles=["employee@WASTE"], manager="Manager")
    accounts.set_manager("new", "")
    with reading() as session:
        found = [(event.verb, event.before, event.after) for event in list_events(session)]
    assert ("set manager", '{"manager": "manager"}', '{"manager": ""}') in found
    assert {person.username: person.manager for person in accounts.list_users()} == {"manager": None, "new": None}
