"""Saying how actions stand: what is owed, what follows from it, who may, and how nobody overwrites another."""

import threading
from datetime import date
from decimal import Decimal

import pytest

from cycle.do import delivery
from cycle.do.delivery import DeliveryClosedError, DeliveryConflictError, DeliveryRefusedError, DeliveryView
from cycle.plan import on_a_page
from cycle.revise.recovery import decisions, planning
from data_access.models import PlanNodeRow, UnitPlacementRow, UnitRow
from data_access.plan.tree import save_actions
from data_access.store.audit import list_breaks, list_events
from data_access.store.database import reading, transaction
from performance.do.delivery import DeliveryAnswer, DeliveryChoice, DeliveryLine
from performance.ground.dated import Recording
from performance.ground.measures import Polarity
from performance.ground.organisation import Action, ActionStatus, NodeKind, PlanStatus, UnitKind
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period
from performance.plan.on_a_page import ActionDraft
from tests.builders import RECORDED, a_user, add_council, add_figure, add_measure, add_target
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_one")
IMPORTED = Recording(by="import", at=RECORDED, effective_on=date(2017, 4, 1))
SEPTEMBER, OCTOBER, NOVEMBER = (Period.month(2017, month) for month in (9, 10, 11))
LEFT, ON_TRACK, LATE, DONE, SAME = DeliveryChoice


def a_service() -> User:
    """Waste has a measure and an objective with two actions, one past its end; and one not begun."""
    add_council()
    add_measure("RELET", unit="days", polarity=Polarity.LOWER, title="Days to relet")
    with transaction() as session:
        session.add(
            PlanNodeRow(code="OB", title="Clean streets", kind=NodeKind.OBJECTIVE, parent_code="O1", unit_code="WASTE")
        )
        session.flush()
        save_actions(
            session,
            actions=[
                _action("Agree new rounds", ends_on=date(2018, 1, 31), status=ActionStatus.LATE),
                _action("Train the crews", ends_on=date(2017, 10, 12), status=ActionStatus.ON_TRACK),
                _action("Buy sweepers", starts_on=date(2018, 2, 5)),
                _action("Sell the old ones", status=ActionStatus.DONE),
                Action(id=0, action="Count them", measure_code="RELET"),
            ],
            recording=IMPORTED,
        )
    return a_user()


def a_recovery_plan() -> tuple[int, User, User]:
    """A plan agreed in November by the head, with an action and a milestone at October that its figure has met."""
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    for month in ("2017-08", "2017-09"):
        add_figure("RELET", month, "33")
        add_target("RELET", month, "20")
    plan_id = planning.open_plan("RELET", period=SEPTEMBER, cause="The contractor left", by=manager)
    hire = Action(id=0, action="Hire a contractor", responsible_role="Manager", ends_on=date(2017, 11, 30))
    planning.add_milestone(plan_id, number=Decimal(25), period=OCTOBER, version=1, by=manager)
    planning.add_action(plan_id, action=hire, version=2, by=manager)
    return plan_id, manager, head


def view(by: User, period: Period = OCTOBER) -> DeliveryView:
    return delivery.delivery("WASTE", period, by=by)


def line(of: DeliveryView, what: str) -> DeliveryLine:
    return next(each for each in of.lines if what in each.what)


def answer(of: DeliveryLine, choice: DeliveryChoice, evidence: str = "") -> DeliveryAnswer:
    return DeliveryAnswer(key=of.key, choice=choice, evidence=evidence, seen=of.seen)


def say(by: User, what: str, choice: DeliveryChoice, evidence: str = "", *, period: Period = OCTOBER) -> int:
    answers = [answer(line(view(by, period), what), choice, evidence)]
    return delivery.save_deliveries("WASTE", period, answers=answers, by=by)


def events() -> list[tuple[str, str]]:
    with reading() as session:
        assert list(list_breaks(session)) == []
        return [(event.verb, event.subject) for event in list_events(session)]


def status_of(what: str) -> object:
    return rows_of("SELECT status FROM actions WHERE action = :what", what=what)[0][0]


def test_what_is_under_way_is_what_the_unit_owns_earliest_end_first() -> None:
    manager = a_service()
    found = view(manager)
    assert [each.what for each in found.lines] == ["Train the crews", "Agree new rounds", "Count them"]
    assert [each.where for each in found.lines] == ["Clean streets", "Clean streets", "Days to relet"]
    assert (found.left, found.why_not, found.lines[0].days_late) == (3, "", 29)
    assert delivery.delivery("SOCIAL", OCTOBER, by=manager).lines == ()


def test_a_team_without_measures_is_spoken_for_by_the_service_above_it() -> None:
    manager = a_service()
    with transaction() as session:
        session.add(UnitRow(code="CREWS", kind=UnitKind.TEAM))
        session.flush()
        session.add(UnitPlacementRow(unit_code="CREWS", name="Crews", parent_code="WASTE"))
        session.add(PlanNodeRow(code="T1", title="Crews", kind=NodeKind.PLAN, parent_code="OB", unit_code="CREWS"))
        session.flush()
        save_actions(session, actions=[Action(id=0, action="Paint the depot", node_code="T1")], recording=IMPORTED)
    assert "Paint the depot" in [each.what for each in view(manager).lines]


def test_what_is_said_is_kept_and_the_action_follows_with_its_history() -> None:
    manager = a_service()
    assert say(manager, "Agree new rounds", DONE, "Signed on 30 October") == 1
    assert status_of("Agree new rounds") == "done"
    kept = line(view(manager), "Agree new rounds")
    assert kept.now is not None
    assert (kept.now.evidence, kept.now.recorded_by, kept.version) == ("Signed on 30 October", "manager", 2)
    page = on_a_page.plan_page("OB", by=manager)
    (changed,) = page.history
    assert (changed.before, changed.after, changed.reason) == ("Late", "Done", "Said on the return for October 2017")
    assert events() == [("say delivery", "WASTE 2017-10-01/P1M")]
    assert "Agree new rounds" not in [each.what for each in view(manager, NOVEMBER).lines], "it was done in October"


def test_the_same_thing_twice_is_kept_once() -> None:
    manager = a_service()
    say(manager, "Agree new rounds", LATE, "Talks go on")
    assert say(manager, "Agree new rounds", LATE, "Talks go on") == 0
    assert len(rows_of("SELECT id FROM deliveries")) == len(events()) == 1


def test_a_word_for_an_earlier_month_does_not_move_the_action_back() -> None:
    manager = a_service()
    say(manager, "Agree new rounds", ON_TRACK)
    assert status_of("Agree new rounds") == "on_track"
    say(manager, "Agree new rounds", LATE, "It was late then", period=SEPTEMBER)
    assert status_of("Agree new rounds") == "on_track"
    found = line(view(manager), "Agree new rounds")
    assert found.last is not None
    assert (found.last.period, found.last.status) == (SEPTEMBER, ActionStatus.LATE)


def test_last_months_word_is_carried_forward_and_marked_so() -> None:
    manager = a_service()
    say(manager, "Agree new rounds", LATE, "Talks go on", period=SEPTEMBER)
    say(manager, "Agree new rounds", SAME)
    kept = line(view(manager), "Agree new rounds").now
    assert kept is not None
    assert (kept.status, kept.evidence, kept.carried_forward) == (ActionStatus.LATE, "", True)
    assert line(view(manager), "Agree new rounds").last.evidence == "Talks go on", "its words stay with their month"


def test_all_or_nothing_and_the_problem_names_its_row_and_box() -> None:
    manager = a_service()
    found = view(manager)
    good, bad = line(found, "Agree new rounds"), line(found, "Train the crews")
    answers = [answer(good, DONE, "Signed"), answer(bad, ON_TRACK)]
    with pytest.raises(DeliveryRefusedError) as refused:
        delivery.save_deliveries("WASTE", OCTOBER, answers=answers, by=manager)
    assert [each.field for each in refused.value.problems] == [f"{bad.key}-choice"]
    assert rows_of("SELECT id FROM deliveries") == []
    assert events() == []


def test_someone_who_has_not_seen_the_newest_word_is_told_whose_it_is() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    stale = line(view(manager), "Agree new rounds")
    say(head, "Agree new rounds", LATE, "Talks go on")
    with pytest.raises(DeliveryConflictError, match="Head of service or director, PLACE said “Late” for October 2017"):
        delivery.save_deliveries("WASTE", OCTOBER, answers=[answer(stale, DONE, "Signed")], by=manager)
    assert status_of("Agree new rounds") == "late"


def test_a_change_on_the_plans_own_page_is_seen_too() -> None:
    manager = a_service()
    stale = line(view(manager), "Agree new rounds")
    assert stale.action is not None
    changed = Action(id=stale.action.id, action="Agree newer rounds", responsible_role="Manager")
    on_a_page.change_page("OB", ActionDraft(action=changed, reason="Reworded"), version=1, by=manager)
    with pytest.raises(DeliveryConflictError, match="Someone else changed “Agree newer rounds”"):
        delivery.save_deliveries("WASTE", OCTOBER, answers=[answer(stale, ON_TRACK)], by=manager)


def test_what_was_taken_off_meanwhile_is_said_to_be_gone() -> None:
    manager = a_service()
    stale = line(view(manager), "Agree new rounds")
    assert stale.action is not None
    gone = ActionDraft(action=stale.action, removes=True)
    on_a_page.change_page("OB", gone, version=1, by=manager)
    with pytest.raises(DeliveryClosedError, match="no longer under way"):
        delivery.save_deliveries("WASTE", OCTOBER, answers=[answer(stale, ON_TRACK)], by=manager)


def test_of_two_at_once_one_is_kept_and_the_other_told() -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    seen, outcomes = line(view(manager), "Agree new rounds"), []
    ready = threading.Barrier(2)

    def save(by: User) -> None:
        ready.wait()
        try:
            delivery.save_deliveries("WASTE", OCTOBER, answers=[answer(seen, LATE, f"By {by.username}")], by=by)
            outcomes.append("kept")
        except DeliveryConflictError:
            outcomes.append("told")

    both = [threading.Thread(target=save, args=(by,)) for by in (manager, head)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(outcomes) == ["kept", "told"]
    assert len(rows_of("SELECT id FROM deliveries")) == 1


def test_who_may_and_for_which_months() -> None:
    manager = a_service()
    wanted = [answer(line(view(manager), "Agree new rounds"), ON_TRACK)]
    for other in (a_user("housing", unit="HOUSING"), a_user("bi", Role.BI_TEAM, "COUNCIL")):
        assert "is not your service" in view(other).why_not
        with pytest.raises(NotAllowedError):
            delivery.save_deliveries("WASTE", OCTOBER, answers=wanted, by=other)
    for period, why in (
        (Period.month(2017, 12), "has not begun"),
        (Period.month(2016, 8), "more than 13 months back"),
    ):
        assert why in view(manager, period).why_not
        with pytest.raises(DeliveryClosedError, match=why):
            delivery.save_deliveries("WASTE", period, answers=[], by=manager)


def test_a_recovery_plan_is_delivered_once_it_is_agreed_and_is_in_progress_from_the_first_word() -> None:
    plan_id, manager, head = a_recovery_plan()
    assert "Hire a contractor" not in [each.what for each in view(manager, NOVEMBER).lines]
    decisions.agree_plan(plan_id, version=3, by=head)
    hire = line(view(manager, NOVEMBER), "Hire a contractor")
    assert hire.where == "Recovery plan R-01, Days to relet"
    assert "Hire a contractor" not in [each.what for each in view(manager).lines], "the plan was opened in November"
    say(manager, "Hire a contractor", DONE, "Contract signed", period=NOVEMBER)
    found = planning.get_plan(plan_id, by=manager)
    assert (found.plan.status, found.plan.version) == (PlanStatus.IN_PROGRESS, 5)
    assert found.actions[0].action.status is ActionStatus.DONE
    assert [each.evidence for each in found.actions[0].said] == ["Contract signed"]


def test_a_milestone_ticks_itself_and_takes_words_only() -> None:
    plan_id, manager, head = a_recovery_plan()
    decisions.agree_plan(plan_id, version=3, by=head)
    add_figure("RELET", "2017-10", "30")
    missed = line(view(manager, NOVEMBER), "At most 25 days")
    assert (missed.state is not None and missed.state.in_words, missed.actual) == ("Missed", "30 days")
    say(manager, "At most 25 days", LEFT, "Two homes flooded", period=NOVEMBER)
    kept = line(view(manager, NOVEMBER), "At most 25 days").now
    assert kept is not None
    assert (kept.status, kept.evidence) == (ActionStatus.LATE, "Two homes flooded")
    seen = planning.get_plan(plan_id, by=manager).milestones[0]
    assert [each.evidence for each in seen.said] == ["Two homes flooded"]
    add_figure("RELET", "2017-10", "24", revision=2)
    assert not [each for each in view(manager, NOVEMBER).lines if each.milestone], "it is met, and was due in October"


def test_a_milestone_of_a_measure_that_shares_the_plan_is_held_against_its_own_figures() -> None:
    """Also of another service's measure; it stands on the return of the plan's own."""
    plan_id, manager, head = a_recovery_plan()
    add_measure("EMPTY", unit="homes", polarity=Polarity.LOWER, title="Empty homes")
    add_figure("EMPTY", "2017-09", "90")
    planning.share_plan(plan_id, measure_code="EMPTY", version=3, by=manager)
    planning.add_milestone(plan_id, number=Decimal(70), period=OCTOBER, measure_code="EMPTY", version=4, by=manager)
    decisions.agree_plan(plan_id, version=5, by=head)
    add_figure("RELET", "2017-10", "30")
    add_figure("EMPTY", "2017-10", "80")
    found = {each.what: each for each in view(manager, NOVEMBER).lines if each.milestone}
    assert {what: each.actual for what, each in found.items()} == {
        "At most 25 days by October 2017": "30 days", "At most 70 homes by October 2017": "80 homes",
    }  # fmt: skip
    assert {each.state.in_words for each in found.values() if each.state} == {"Missed"}
    assert "Empty homes" in found["At most 70 homes by October 2017"].where


def test_home_asks_for_what_is_not_said_yet_and_no_more() -> None:
    manager = a_service()
    (owed,) = delivery.list_unsaid(by=manager)
    assert (owed.unit.code, owed.period, owed.actions, owed.late) == ("WASTE", OCTOBER, 3, 1)
    for what, choice, evidence in (
        ("Agree new rounds", ON_TRACK, ""),
        ("Train the crews", LATE, "Illness"),
        ("Count them", ON_TRACK, ""),
    ):
        say(manager, what, choice, evidence)
    assert delivery.list_unsaid(by=manager) == []
    assert delivery.list_unsaid(by=a_user("social", unit="SOCIAL")) == []


def typed(by: User, what: str, choice: DeliveryChoice, evidence: str = "") -> None:
    delivery.save_drafts("WASTE", OCTOBER, answers=[answer(line(view(by), what), choice, evidence)], by=by)


def drafts_of(by: User) -> dict[str, tuple[str, str]]:
    """By the action: what is half typed."""
    found = view(by)
    whats = {each.key: each.what for each in found.lines}
    return {whats[key]: (each.answer.choice.value, each.answer.evidence) for key, each in found.drafts.items()}


class TestHalfTyped:
    pytestmark = pytest.mark.usefixtures("database_on_both")

    def test_what_is_typed_is_kept_for_the_person_and_is_no_record(self) -> None:
        manager, colleague = a_service(), a_user("colleague")
        typed(manager, "Train the crews", LEFT, " Half the crews ✔\n")
        typed(manager, "Agree new rounds", LATE)
        typed(manager, "Train the crews", DONE, " Half the crews ✔\n")
        assert drafts_of(manager) == {
            "Train the crews": ("done", " Half the crews ✔\n"),
            "Agree new rounds": ("late", ""),
        }
        assert drafts_of(colleague) == {}
        assert (events(), rows_of("SELECT id FROM deliveries")) == ([], [])

    def test_two_people_at_one_line_do_not_disturb_each_other(self) -> None:
        manager, colleague = a_service(), a_user("colleague")
        typed(manager, "Train the crews", LATE, "Illness")
        typed(colleague, "Train the crews", DONE, "Register signed")
        assert say(colleague, "Train the crews", DONE, "Register signed") == 1
        assert (drafts_of(colleague), drafts_of(manager)) == ({}, {"Train the crews": ("late", "Illness")})
        (draft,) = view(manager).drafts.values()
        assert draft.answer.seen != line(view(manager), "Train the crews").seen, "so that the page can say so"
        typed(manager, "Train the crews", LATE, "Illness, still")
        (again,) = view(manager).drafts.values()
        assert again.answer.seen == draft.answer.seen, "writing on does not mean that the colleague's word was read"

    def test_saving_takes_the_persons_own_draft_of_what_was_saved_and_no_other(self) -> None:
        manager = a_service()
        typed(manager, "Train the crews", LATE, "Illn")
        typed(manager, "Agree new rounds", LEFT, "Talks")
        say(manager, "Train the crews", LATE, "Illness")
        assert drafts_of(manager) == {"Agree new rounds": ("left", "Talks")}

    def test_a_refused_save_leaves_every_draft(self) -> None:
        manager = a_service()
        typed(manager, "Train the crews", DONE)
        with pytest.raises(DeliveryRefusedError):
            say(manager, "Train the crews", DONE)
        assert drafts_of(manager) == {"Train the crews": ("done", "")}

    def test_what_is_typed_back_to_what_stands_is_half_typed_no_longer(self) -> None:
        manager = a_service()
        typed(manager, "Train the crews", LEFT, "Illness")
        typed(manager, "Train the crews", LEFT, "  ")
        say(manager, "Agree new rounds", LATE, "Talks go on")
        typed(manager, "Agree new rounds", LATE, "Talks go on ")
        assert drafts_of(manager) == {}
        assert rows_of("SELECT line_key FROM delivery_drafts") == []

    def test_only_who_may_say_it_keeps_a_draft_and_only_of_what_may_be_said(self) -> None:
        manager = a_service()
        wanted = [answer(line(view(manager), "Agree new rounds"), LATE, "Talks")]
        for other in (a_user("housing", unit="HOUSING"), a_user("reader", Role.LEADERSHIP, "COUNCIL")):
            for answers in (wanted, []):
                with pytest.raises(NotAllowedError):
                    delivery.save_drafts("WASTE", OCTOBER, answers=answers, by=other)
        stranger = DeliveryAnswer(key="action-999", choice=LATE, evidence="No such line")
        delivery.save_drafts("WASTE", OCTOBER, answers=[stranger], by=manager)
        delivery.save_drafts("WASTE", Period.month(2017, 12), answers=wanted, by=manager)
        assert rows_of("SELECT line_key FROM delivery_drafts") == []

    def test_a_choice_that_is_no_longer_to_be_had_is_not_made(self) -> None:
        manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
        typed(manager, "Train the crews", LEFT, "Illness")
        say(head, "Train the crews", DONE, "All trained")
        found = view(manager)
        crews = line(found, "Train the crews")
        going_on = crews.go_on(found.drafts[crews.key])
        assert (going_on.choice, going_on.evidence) == (DONE, "Illness")


def _action(what: str, **fields: object) -> Action:
    return Action(id=0, action=what, node_code="OB", responsible_role="Manager", **fields)  # type: ignore[arg-type]
