"""Revise: which reds call for a plan, who drafts and agrees one, and how it is kept from being overwritten."""

import threading
from datetime import date
from decimal import Decimal

import pytest

from cycle.admin import accounts
from cycle.ground.access import SignedOutError
from cycle.revise.recovery import decisions, guard, planning, progress
from cycle.revise.recovery.view import PlanView
from data_access.store.audit import list_breaks, list_events
from data_access.store.database import reading
from performance.ground.measures import Polarity
from performance.ground.organisation import Action, ActionStatus, MilestoneState, PlanStatus
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period
from performance.revise.recovery import Call
from tests.builders import NATION, a_user, add_council, add_figure, add_measure, add_target
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_one")
SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = (Period.month(2017, month) for month in (9, 10, 11, 12))
WORDS = "What happened: Relets took longer\nWhy: The contractor left\nWhat next: A new one by December"


def a_red(*, days: tuple[str, ...] = ("20", "31", "33"), target: str = "20") -> User:
    """Days to relet a home: lower is better, green and then red twice up to October; and its manager."""
    add_council()
    add_measure("RELET", unit="days", polarity=Polarity.LOWER, title="Days to relet")
    for step, value in enumerate(reversed(days)):
        month = OCTOBER.shifted(-step)
        add_figure("RELET", month.iso, value, commentary=WORDS if step == 0 else "")
    for step in range(-3, 12):
        add_target("RELET", OCTOBER.shifted(-step).iso, target)
    return a_user()


def a_plan(by: User, *, cause: str = "The contractor left") -> int:
    return planning.open_plan("RELET", period=OCTOBER, cause=cause, by=by)


def see(plan_id: int, by: User) -> PlanView:
    return planning.get_plan(plan_id, by=by)


def an_agreed_plan() -> tuple[int, User, User]:
    manager, head = a_red(), a_user("head", Role.HEAD, "PLACE")
    plan_id = a_plan(manager)
    planning.add_milestone(plan_id, number=Decimal(25), period=NOVEMBER, version=1, by=manager)
    decisions.agree_plan(plan_id, version=2, by=head)
    return plan_id, manager, head


def verbs() -> list[str]:
    with reading() as session:
        assert list(list_breaks(session)) == []
        return [event.verb for event in list_events(session)]


# Which reds call for a plan


def test_a_measure_red_twice_running_calls_for_a_plan_and_says_how_long() -> None:
    manager = a_red()
    (red,) = planning.called_for(by=manager).found
    assert red.off.how_long == "Red for 2 months running, since September 2017, which ended 41 days ago"
    assert red.may_open


def test_one_red_after_an_amber_does_not_yet() -> None:
    manager = a_red(days=("31", "21", "33"))
    assert planning.called_for(by=manager).found == ()


def test_a_gap_ends_the_run() -> None:
    manager = a_red(days=("33",))
    add_figure("RELET", "2017-08", "33")
    assert planning.called_for(by=manager).found == ()


def test_the_council_sets_how_many_reds_running() -> None:
    manager = a_red()
    accounts.change_setting("reds_running", "3")
    assert planning.called_for(by=manager).found == ()


def test_a_real_change_for_the_worse_calls_for_a_plan_before_it_is_red() -> None:
    usual = ("10", "11", "9", "10", "12", "10", "9", "11", "10", "9", "11")
    manager = a_red(days=(*usual, "19"))
    (found,) = planning.called_for(by=manager).found
    assert found.calls == (Call.REAL_CHANGE,)
    assert found.in_words == "Not red now. A real change for the worse"


def test_a_slim_chance_of_the_years_target_calls_for_one_until_the_council_turns_that_off() -> None:
    # Over target early in the year, back under it since: green now, and its year is as good as lost.
    days = ("60", "60", "60", "10", "11", "9", "10")
    manager = a_red(days=days)
    add_target("RELET", "2017-04-01/P1Y", "130")
    (found,) = planning.called_for(by=manager).found
    assert found.calls == (Call.SLIM_CHANCE,)
    assert found.in_words == "Not red now. Under 1% chance of the year's target"
    accounts.change_setting("slim_chance", "0")
    assert planning.called_for(by=manager).found == ()


def test_another_services_red_is_seen_but_not_opened() -> None:
    a_red()
    stranger = a_user("housing", unit="HOUSING")
    (red,) = planning.called_for(by=stranger).found
    assert not red.may_open
    assert planning.draft_plan("RELET", by=stranger).why_not.startswith("You may not draft and update recovery plans")
    with pytest.raises(NotAllowedError):
        a_plan(stranger)


def test_a_red_with_an_open_plan_is_no_longer_without() -> None:
    manager = a_red()
    a_plan(manager)
    assert planning.called_for(by=manager).found == ()


# Opening and drafting


def test_a_new_plan_starts_from_what_is_known() -> None:
    manager = a_red()
    add_figure("RELET", "2017-10", "24", area=NATION)
    draft = planning.draft_plan("RELET", by=manager)
    assert draft.cause == "The contractor left"
    assert draft.evidence.said.what_happened == "Relets took longer"
    assert [each.in_words(draft.evidence.off.measure) for each in draft.evidence.comparators] == [
        "England 24 days in Oct 2017"
    ]
    assert draft.evidence.bands.startswith("Green at 20 days or below")


def test_a_measure_has_one_open_plan() -> None:
    manager = a_red()
    first = a_plan(manager)
    with pytest.raises(guard.PlanOpenError, match=f"R-{first:02d} is open for this measure already"):
        a_plan(manager)


def test_of_two_opened_at_the_same_moment_one_is_kept() -> None:
    manager, head = a_red(), a_user("head", Role.HEAD, "PLACE")
    together, refused = threading.Barrier(2), []

    def go(user: User) -> None:
        together.wait()
        try:
            a_plan(user)
        except guard.PlanOpenError as exists:
            refused.append(exists.plan_id)

    threads = [threading.Thread(target=go, args=(each,)) for each in (manager, head)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(plan_id,) for plan_id in refused] == rows_of("SELECT id FROM recovery_plans")
    assert verbs() == ["open recovery plan"]


def test_a_plan_holds_cause_milestones_actions_and_notes() -> None:
    manager = a_red()
    plan_id = a_plan(manager, cause="")
    planning.save_cause(plan_id, cause="Empty homes wait for repairs", version=1, by=manager)
    planning.add_milestone(plan_id, number=Decimal(28), period=DECEMBER, note="Half way", version=2, by=manager)
    work = Action(
        id=0, action="Let the contract", responsible_role="Head of Housing", result="Five days less",
        starts_on=date(2017, 11, 1), ends_on=date(2017, 11, 7), resources="None",
    )  # fmt: skip
    planning.add_action(plan_id, action=work, version=3, by=manager)
    progress.add_note(plan_id, month=OCTOBER, text="The tender is out", version=4, by=manager)
    seen = see(plan_id, manager)
    assert seen.plan.cause == "Empty homes wait for repairs"
    assert [line.in_words for line in seen.milestones] == ["At most 28 days by December 2017"]
    assert [(line.action.result, line.in_words) for line in seen.actions] == [("Five days less", "Late by 3 days")]
    assert [(note.text, seen.name_of(note.written_by)) for note in seen.notes] == [
        ("The tender is out", "Service manager, WASTE")
    ]
    assert verbs() == ["open recovery plan", "word the cause", "add milestone", "add action", "note on recovery plan"]


def test_a_plan_that_is_not_there_is_said() -> None:
    with pytest.raises(guard.NoSuchPlanError):
        see(99, a_red())


@pytest.mark.parametrize(
    ("action", "role", "ends", "field"),
    [
        ("", "Head", date(2017, 12, 1), "action"),
        ("Do", " ", date(2017, 12, 1), "responsible_role"),
        ("Do", "Head", date(2017, 10, 1), "ends_on"),
        ("x" * 2001, "Head", date(2017, 12, 1), "action"),
    ],
)
def test_an_impossible_action_is_refused_at_its_field(action: str, role: str, ends: date, field: str) -> None:
    manager = a_red()
    plan_id = a_plan(manager)
    wrong = Action(id=0, action=action, responsible_role=role, starts_on=date(2017, 11, 1), ends_on=ends)
    with pytest.raises(guard.PlanRefusedError) as refusal:
        planning.add_action(plan_id, action=wrong, version=1, by=manager)
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert see(plan_id, manager).plan.version == 1


# Milestones


def test_a_milestone_ticks_itself_when_the_figure_arrives() -> None:
    plan_id, manager, _ = an_agreed_plan()
    assert see(plan_id, manager).milestones[0].state is MilestoneState.NOT_YET
    add_figure("RELET", "2017-11", "25")
    line = see(plan_id, manager).milestones[0]
    assert (line.state, line.actual) == (MilestoneState.MET, 25)


def test_a_milestone_that_is_not_reached_is_missed() -> None:
    plan_id, manager, _ = an_agreed_plan()
    add_figure("RELET", "2017-11", "26")
    assert see(plan_id, manager).milestones[0].state is MilestoneState.MISSED
    assert planning.list_plans(by=manager)[0].progress == "0 of 1 milestone met, 1 missed"


def test_moving_a_milestone_keeps_the_first_date_in_sight_and_counts() -> None:
    plan_id, manager, _ = an_agreed_plan()
    (line,) = see(plan_id, manager).milestones
    planning.move_milestone(plan_id, line.milestone.id, to=DECEMBER, because="Snow", version=3, by=manager)
    planning.move_milestone(plan_id, line.milestone.id, to=Period.month(2018, 1), because="Ice", version=4, by=manager)
    (moved,) = see(plan_id, manager).milestones
    assert moved.in_words == "At most 25 days by January 2018 (moved twice, first set for November 2017)"


def test_the_path_as_it_was_first_set_stays_beside_the_one_that_holds() -> None:
    plan_id, manager, _ = an_agreed_plan()
    (line,), (path,) = see(plan_id, manager).milestones, see(plan_id, manager).paths
    assert path.first == ()
    planning.move_milestone(plan_id, line.milestone.id, to=DECEMBER, because="Snow", version=3, by=manager)
    (after,) = see(plan_id, manager).paths
    assert after.first == path.path
    assert [(point.period, point.number) for point in after.path] == [
        (OCTOBER, 33), (Period.month(2017, 11), 29), (DECEMBER, 25),
    ]  # fmt: skip
    planning.move_milestone(
        plan_id, line.milestone.id, to=Period.month(2017, 11), because="Thaw", version=4, by=manager
    )
    assert see(plan_id, manager).paths[0].first == ()


def test_a_milestone_that_is_met_stays_where_it_is() -> None:
    plan_id, manager, _ = an_agreed_plan()
    add_figure("RELET", "2017-11", "25")
    (line,) = see(plan_id, manager).milestones
    with pytest.raises(guard.PlanClosedError, match="met"):
        planning.move_milestone(plan_id, line.milestone.id, to=DECEMBER, version=3, by=manager)


@pytest.mark.parametrize(
    ("number", "period", "field"),
    [("25", SEPTEMBER, "period"), ("25", Period.year(2018), "period"), ("-1", DECEMBER, "value")],
    ids=["for a month whose figure is known", "of another length", "below zero"],
)
def test_an_impossible_milestone_is_refused(number: str, period: Period, field: str) -> None:
    manager = a_red()
    plan_id = a_plan(manager)
    with pytest.raises(guard.PlanRefusedError) as refusal:
        planning.add_milestone(plan_id, number=Decimal(number), period=period, version=1, by=manager)
    assert [problem.field for problem in refusal.value.problems] == [field]


def test_a_milestone_leaves_only_a_draft() -> None:
    manager, head = a_red(), a_user("head", Role.HEAD, "PLACE")
    plan_id = a_plan(manager)
    first = planning.add_milestone(plan_id, number=Decimal(25), period=NOVEMBER, version=1, by=manager)
    second = planning.add_milestone(plan_id, number=Decimal(22), period=DECEMBER, version=2, by=manager)
    planning.remove_milestone(plan_id, first, version=3, by=manager)
    decisions.agree_plan(plan_id, version=4, by=head)
    with pytest.raises(guard.PlanClosedError, match="Move its date instead"):
        planning.remove_milestone(plan_id, second, version=5, by=manager)


# Agreeing, two people at once, closing


def test_someone_else_agrees_a_plan_that_is_whole() -> None:
    manager, leader = a_red(), a_user("leader", Role.LEADERSHIP, "COUNCIL")
    plan_id = a_plan(manager, cause="")
    assert see(plan_id, leader).why_not_agree == "Before it can be agreed, the plan needs its root cause."
    with pytest.raises(guard.PlanClosedError, match="root cause"):
        decisions.agree_plan(plan_id, version=1, by=leader)
    planning.save_cause(plan_id, cause="The contractor left", version=1, by=manager)
    with pytest.raises(guard.PlanClosedError, match="at least one milestone"):
        decisions.agree_plan(plan_id, version=2, by=leader)
    planning.add_milestone(plan_id, number=Decimal(25), period=NOVEMBER, version=2, by=manager)
    decisions.agree_plan(plan_id, version=3, by=leader)
    assert see(plan_id, manager).plan.status is PlanStatus.AGREED
    assert rows_of("SELECT opened_by, agreed_by FROM recovery_plans") == [("manager", "leader")]


def test_whoever_opened_a_plan_does_not_agree_it() -> None:
    a_red()
    head = a_user("head", Role.HEAD, "PLACE")
    plan_id = a_plan(head)
    planning.add_milestone(plan_id, number=Decimal(25), period=NOVEMBER, version=1, by=head)
    assert see(plan_id, head).why_not_agree == "You opened this plan, so someone else agrees it."
    with pytest.raises(guard.OwnPlanError):
        decisions.agree_plan(plan_id, version=2, by=head)


@pytest.mark.parametrize(
    ("role", "unit"),
    [
        (Role.SERVICE_MANAGER, "WASTE"),
        (Role.HEAD, "PEOPLE"),
        (Role.POLICY_OFFICER, "COUNCIL"),
        (Role.BI_TEAM, "COUNCIL"),
        (Role.COUNCILLOR, "COUNCIL"),
        (Role.ADMINISTRATOR, "COUNCIL"),
    ],
)
def test_who_may_not_agree_is_told_so(role: Role, unit: str) -> None:
    plan_id = a_plan(a_red())
    with pytest.raises(NotAllowedError):
        decisions.agree_plan(plan_id, version=1, by=a_user("other", role, unit))


@pytest.mark.parametrize("role", [Role.LEADERSHIP, Role.POLICY_OFFICER, Role.BI_TEAM])
def test_those_who_read_plans_do_not_write_them(role: Role) -> None:
    plan_id = a_plan(a_red())
    reader = a_user("reader", role, "COUNCIL")
    assert see(plan_id, reader).why_not_edit.startswith("You may not draft and update recovery plans")
    with pytest.raises(NotAllowedError):
        progress.add_note(plan_id, month=OCTOBER, text="I was here", version=1, by=reader)


@pytest.mark.parametrize("role", [Role.COUNCILLOR, Role.ADMINISTRATOR])
def test_who_sees_no_plans_gets_none(role: Role) -> None:
    plan_id = a_plan(a_red())
    other = a_user("other", role, "COUNCIL")
    for ask in (planning.called_for, planning.list_plans):
        with pytest.raises(NotAllowedError):
            ask(by=other)
    with pytest.raises(NotAllowedError):
        see(plan_id, other)


def test_a_disabled_person_changes_nothing() -> None:
    manager = a_red()
    plan_id = a_plan(manager)
    accounts.disable_user("manager")
    with pytest.raises(SignedOutError):
        progress.add_note(plan_id, month=OCTOBER, text="Late", version=1, by=manager)


def test_a_change_based_on_an_older_plan_is_refused_with_who_and_when() -> None:
    manager, head = a_red(), a_user("head", Role.HEAD, "PLACE")
    plan_id = a_plan(manager)
    planning.save_cause(plan_id, cause="Sickness", version=1, by=head)
    with pytest.raises(guard.PlanConflictError, match=r"PLACE changed this plan at .* 10 November 2017"):
        planning.save_cause(plan_id, cause="The contractor left", version=1, by=manager)
    assert see(plan_id, manager).plan.cause == "Sickness"


def test_of_two_changes_at_the_same_moment_one_is_kept() -> None:
    manager, head = a_red(), a_user("head", Role.HEAD, "PLACE")
    plan_id = a_plan(manager)
    together, refused = threading.Barrier(2), []

    def go(user: User) -> None:
        together.wait()
        try:
            planning.save_cause(plan_id, cause=f"Said by {user.username}", version=1, by=user)
        except guard.PlanConflictError:
            refused.append(user.username)

    threads = [threading.Thread(target=go, args=(each,)) for each in (manager, head)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (kept,) = {"manager", "head"} - set(refused)
    assert see(plan_id, manager).plan.cause == f"Said by {kept}"
    assert verbs() == ["open recovery plan", "word the cause"]


def test_an_agreed_plan_is_in_progress_from_the_first_note_and_keeps_its_cause() -> None:
    plan_id, manager, _ = an_agreed_plan()
    progress.add_note(plan_id, month=OCTOBER, text="Begun", version=3, by=manager)
    assert see(plan_id, manager).plan.status is PlanStatus.IN_PROGRESS
    with pytest.raises(guard.PlanClosedError, match="agreed with this cause"):
        planning.save_cause(plan_id, cause="Another", version=4, by=manager)


def test_an_action_moves_on() -> None:
    plan_id, manager, _ = an_agreed_plan()
    action = Action(id=0, action="Let the contract", responsible_role="Head of Housing")
    action_id = planning.add_action(plan_id, action=action, version=3, by=manager)
    progress.save_action_status(plan_id, action_id, status=ActionStatus.DONE, shows="Signed", version=4, by=manager)
    assert [line.in_words for line in see(plan_id, manager).actions] == ["Done"]


def test_a_note_is_for_a_recent_month_and_says_something() -> None:
    plan_id, manager, _ = an_agreed_plan()
    for month, text in ((Period.month(2017, 1), "Old"), (DECEMBER, "Early"), (OCTOBER, "  ")):
        with pytest.raises(guard.PlanRefusedError):
            progress.add_note(plan_id, month=month, text=text, version=3, by=manager)


def test_a_plan_closes_when_its_measure_is_back_three_times_running() -> None:
    plan_id, _, head = an_agreed_plan()
    with pytest.raises(guard.PlanClosedError, match="green 3 times running"):
        decisions.close_plan(plan_id, kept_by_role="Head of Housing", version=3, by=head)
    accounts.change_setting("fixed_today", "2018-02-10")
    for month in ("2017-11", "2017-12", "2018-01"):
        add_figure("RELET", month, "19")
    decisions.close_plan(plan_id, kept_by_role="Head of Housing", version=3, by=head)
    assert see(plan_id, head).plan.status is PlanStatus.CLOSED
    with pytest.raises(guard.PlanClosedError, match="closed and cannot be changed"):
        planning.add_milestone(plan_id, number=Decimal(1), period=DECEMBER, version=4, by=head)
