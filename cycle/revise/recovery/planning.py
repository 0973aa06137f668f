"""Revise: measures that stay red get a recovery plan with measurable milestones, agreed by someone else.

Every change moves the plan's version on, and whoever changes it names the version they saw: two people at once
never overwrite each other. Milestones tick themselves from the figures; their dates may move, and that is counted.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import council_area
from cycle.ground.memory import remembered
from cycle.revise.recovery.calls import CalledForSoFar, called_for_so_far, calls_of
from cycle.revise.recovery.evidence import evidence_of
from cycle.revise.recovery.guard import (
    NoSuchPlanError,
    PlanClosedError,
    PlanOpenError,
    PlanRefusedError,
    demand_ahead,
    demand_open,
    demand_reason,
    demand_text,
    keep_move,
    milestone_of,
    move_on,
    record,
    state_of,
    was_met,
)
from cycle.revise.recovery.view import Draft, PlanSummary, PlanView, build_plan, summaries
from data_access.council.settings_store import get_now, get_today
from data_access.do.deliveries import list_deliveries
from data_access.plan.register import find_measure, get_measure, list_measures
from data_access.revise import recovery, recovery_details
from data_access.revise.recovery import PlanRecord
from data_access.store.database import reading, transaction
from performance.ground.entry import Problem, check_figure
from performance.ground.measures import Measure
from performance.ground.organisation import Action, MilestoneState, PlanStatus
from performance.ground.people import NotAllowedError, Permission, User
from performance.ground.periods import Period, day_in_words
from performance.ground.readers import reader_of
from performance.ground.texts import LONGEST_ROLE, LONGEST_SENTENCE
from performance.revise.recovery import Why
from performance.revise.recovery_changes import LONGEST_NOTE, LONGEST_RESOURCES, LONGEST_WHY

MOST_WHYS = 5


# What a person sees


def called_for(*, by: User) -> CalledForSoFar:
    """Measures that call for a plan by the council's own rules and have no open one; own ones first.

    Without those that `look_for_calls` has to look at, where they are more than a few.
    """
    with reading() as session:
        user = demand(session, by, Permission.VIEW_RECOVERY_PLANS)
        so_far = called_for_so_far(session, reader=reader_of(user))
    own = user.units_where(Permission.DRAFT_RECOVERY_PLANS)
    lines = [replace(each, may_open=each.off.measure.unit_code in own) for each in so_far.found]
    return replace(so_far, found=tuple(sorted(lines, key=lambda line: not line.may_open)))


def look_for_calls(measures: Sequence[Measure], *, by: User) -> None:
    """Work out whether these measures call for a plan, so that the next `called_for` has it."""
    with reading() as session:
        reader = reader_of(demand(session, by, Permission.VIEW_RECOVERY_PLANS))
        calls_of(session, measures, reader=reader)


def list_plans(*, by: User) -> list[PlanSummary]:
    """Every recovery plan, open ones first."""
    with reading() as session:
        reader = reader_of(demand(session, by, Permission.VIEW_RECOVERY_PLANS))
        return list(remembered(session, ("recovery plans", reader), lambda: tuple(summaries(session, reader=reader))))


def draft_plan(measure_code: str, *, by: User) -> Draft:
    """What a plan for the measure would start from: its figures, comparators and last commentary.

    Raises NoSuchPlanError.
    """
    with reading() as session:
        user = demand(session, by, Permission.VIEW_RECOVERY_PLANS)
        measure = find_measure(session, code=measure_code)
        if measure is None:
            raise NoSuchPlanError("There is no such measure. Choose one from the list.")
        reader, area = reader_of(user), council_area(session)
        key = ("evidence", measure_code, reader)
        evidence = remembered(session, key, lambda: evidence_of(session, measure=measure, area=area, reader=reader))
        may = user.may(Permission.DRAFT_RECOVERY_PLANS, at=measure.unit_code)
        refused = "" if may else str(NotAllowedError(Permission.DRAFT_RECOVERY_PLANS, at=evidence.off.unit_name))
        shares = () if refused else _could_share(session, measure, area)
    cause = evidence.said.why or evidence.said.what_happened
    return Draft(evidence=evidence, cause=cause, why_not=refused, may_share=shares)


def get_plan(plan_id: int, *, by: User) -> PlanView:
    """One plan, whole. Raises NoSuchPlanError."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_RECOVERY_PLANS)
        try:
            key = ("recovery plan", plan_id, user)
            return remembered(session, key, lambda: build_plan(session, plan_id=plan_id, by=user))
        except recovery.PlanNotFoundError as fault:
            raise NoSuchPlanError(str(fault)) from fault


# Drafting


def open_plan(measure_code: str, *, period: Period, cause: str, area_code: str | None = None, by: User) -> int:
    """Open a plan for a measure off target, the council's own area unless another is named. Answers its id.

    Raises PlanOpenError where there is one already.
    """
    with transaction() as session:
        measure = get_measure(session, code=measure_code)
        demand(session, by, Permission.DRAFT_RECOVERY_PLANS, at=measure.unit_code)
        demand_text("cause", cause, "the root cause", may_be_empty=True)
        plan = PlanRecord(
            measure_code=measure_code,
            area_code=area_code or council_area(session),
            period=period,
            cause=cause.strip(),
            opened_by=by.username,
            opened_at=get_now(session),
        )
        try:
            plan_id = recovery.add_plan(session, plan=plan)
        except recovery.OpenPlanExistsError as fault:
            raise PlanOpenError(fault.plan) from fault
        opened = recovery.get_plan(session, plan_id=plan_id)
        record(session, opened, "open recovery plan", by, measure=measure_code, period=period.iso)
        return plan_id


def save_cause(
    plan_id: int, *, cause: str, whys: Sequence[Why] = (), partners: str = "", version: int, by: User
) -> None:
    """Word the root cause, the whys that lead to it with what shows each, and the partners; until it is agreed."""
    demand_text("cause", cause, "the root cause")
    demand_text("partners", partners, "the partners", may_be_empty=True, at_most=LONGEST_SENTENCE)
    said = _read_whys(whys)
    with transaction() as session:
        plan, _ = demand_open(session, plan_id, version, by=by)
        if plan.status is not PlanStatus.DRAFTED:
            raise PlanClosedError("The plan is agreed with this cause. Say what you have learnt since in a note.")
        move_on(session, plan, becomes=replace(plan, cause=cause.strip(), partners=partners.strip()))
        recovery_details.save_whys(session, plan_id=plan_id, whys=said)
        record(session, plan, "word the cause", by, whys=len(said))


def share_plan(plan_id: int, *, measure_code: str, version: int, by: User) -> None:
    """Have the plan bring another measure back as well. Raises PlanOpenError where one has an open plan already."""
    with transaction() as session:
        plan, _ = demand_open(session, plan_id, version, by=by)
        other = find_measure(session, code=measure_code)
        if other is None:
            raise NoSuchPlanError("There is no such measure. Choose one from the list.")
        demand(session, by, Permission.DRAFT_RECOVERY_PLANS, at=other.unit_code)
        if standing := recovery.hold_open(session, measure_code=measure_code, area_code=plan.area_code):
            raise PlanOpenError(standing)
        move_on(session, plan)
        recovery_details.add_share(session, plan_id=plan_id, measure_code=measure_code, on=get_today(session))
        record(session, plan, "share recovery plan", by, measure=measure_code)


def unshare_plan(plan_id: int, *, measure_code: str, version: int, by: User) -> None:
    """Take a further measure out, while the plan is drafted and has no milestone for it."""
    with transaction() as session:
        plan, _ = demand_open(session, plan_id, version, by=by)
        if plan.status is not PlanStatus.DRAFTED:
            raise PlanClosedError("The plan is agreed with this measure, so it stays until the plan ends.")
        milestones = recovery.list_milestones(session, plan_ids=[plan_id]).get(plan_id, [])
        if any(each.measure_code == measure_code for each in milestones):
            raise PlanClosedError("The plan has a milestone for this measure. Take that out first.")
        move_on(session, plan)
        recovery_details.remove_share(session, plan_id=plan_id, measure_code=measure_code)
        record(session, plan, "no longer share recovery plan", by, before={"measure": measure_code})


def add_milestone(
    plan_id: int,
    *,
    number: Decimal,
    period: Period,
    note: str = "",
    measure_code: str | None = None,
    version: int,
    by: User,
) -> int:
    """Set a point that the measure's own line should reach; of one that shares the plan, where it is named.

    Answers its id.
    """
    demand_text("note", note, "the note", may_be_empty=True, at_most=LONGEST_NOTE)
    with transaction() as session:
        plan, measure = demand_open(session, plan_id, version, by=by)
        if measure_code is not None and measure_code != plan.measure_code:
            measure = _shared(session, plan, measure_code)
        demand_ahead(session, plan, measure, period)
        impossible = check_figure(measure, numerator=None, denominator=None, value=number, absence=None)
        if impossible:
            raise PlanRefusedError(impossible)
        move_on(session, plan)
        milestone_id = recovery.add_milestone(
            session,
            plan_id=plan_id,
            number=number,
            period=period,
            note=note.strip(),
            measure_code=None if measure.code == plan.measure_code else measure.code,
        )
        record(session, plan, "add milestone", by, measure=measure.code, number=number, period=period.iso)
        return milestone_id


def move_milestone(plan_id: int, milestone_id: int, *, to: Period, because: str = "", version: int, by: User) -> None:
    """Give a milestone another date. The first one stays in sight, and every move is counted; once the plan is agreed
    it needs a reason, which is kept."""
    with transaction() as session:
        plan, _ = demand_open(session, plan_id, version, by=by)
        milestone = milestone_of(session, plan, milestone_id)
        measure = get_measure(session, code=milestone.measure_code or plan.measure_code)
        if state_of(session, plan, measure, milestone) is MilestoneState.MET:
            raise PlanClosedError("This milestone is met. It stays where it is.")
        if was_met(session, plan, measure, milestone):
            raise PlanClosedError(
                "This milestone was met, until its figure was corrected. It stays, so that this can be seen. Set"
                " another one instead."
            )
        if to == milestone.period:
            raise PlanRefusedError([Problem(field="to", message=f"Choose another period than {to.in_words}")])
        demand_ahead(session, plan, measure, to)
        demand_reason(plan, because)
        move_on(session, plan)
        recovery.save_milestone_moved(session, plan_id=plan_id, milestone_id=milestone_id, to=to)
        keep_move(session, plan, before=milestone.period.start, after=to.start, because=because,
                  milestone_id=milestone_id, by=by)  # fmt: skip
        record(session, plan, "move milestone", by, before={"period": milestone.period.iso}, period=to.iso)


def remove_milestone(plan_id: int, milestone_id: int, *, version: int, by: User) -> None:
    """Take a milestone out, while the plan is being drafted. Once agreed, milestones stay."""
    with transaction() as session:
        plan, _ = demand_open(session, plan_id, version, by=by)
        if plan.status is not PlanStatus.DRAFTED:
            raise PlanClosedError("The plan is agreed with this milestone. Move its date instead.")
        milestone = milestone_of(session, plan, milestone_id)
        if list_deliveries(session, milestone_ids=[milestone_id]):
            raise PlanClosedError("Something was said of this milestone on a return. Move its date instead.")
        move_on(session, plan)
        recovery.remove_milestone(session, plan_id=plan_id, milestone_id=milestone_id)
        record(session, plan, "remove milestone", by, before={"number": milestone.number})


def add_action(plan_id: int, *, action: Action, version: int, by: User) -> int:
    """Add an action, with Appendix A's columns. Answers its id."""
    demand_text("action", action.action, "the action", at_most=LONGEST_SENTENCE)
    demand_text("responsible_role", action.responsible_role, "the responsible officer's role", at_most=LONGEST_ROLE)
    demand_text("result", action.result, "the anticipated result", may_be_empty=True, at_most=LONGEST_SENTENCE)
    demand_text("resources", action.resources, "the resources", may_be_empty=True, at_most=LONGEST_RESOURCES)
    if action.starts_on and action.ends_on and action.ends_on < action.starts_on:
        message = f"The end of the action must be {day_in_words(action.starts_on)} or later, when it starts"
        raise PlanRefusedError([Problem(field="ends_on", message=message)])
    with transaction() as session:
        plan, _ = demand_open(session, plan_id, version, by=by)
        move_on(session, plan)
        action_id = recovery.add_action(session, plan_id=plan_id, action=action)
        record(session, plan, "add action", by, action=action_id, ends_on=action.ends_on)
        return action_id


def _could_share(session: Session, measure: Measure, area: str) -> tuple[PlanRecord, ...]:
    """Open plans of the same service, in the same area, that do not have the measure yet."""
    of_unit = list_measures(session, unit_codes=[measure.unit_code])
    found = recovery.list_plans(session, measure_codes=[each.code for each in of_unit])
    return tuple(plan for plan in found if plan.is_open and plan.area_code == area)


def _read_whys(whys: Sequence[Why]) -> tuple[Why, ...]:
    """Those that say something, in their order. Evidence without its why has nothing to show."""
    said = []
    for place, each in enumerate(whys, start=1):
        if each.evidence.strip() and not each.why.strip():
            message = f"Say why number {place} is so, or take its evidence out"
            raise PlanRefusedError([Problem(field=f"why-{place}", message=message)])
        demand_text(f"why-{place}", each.why, f"why number {place}", may_be_empty=True, at_most=LONGEST_WHY)
        demand_text(f"evidence-{place}", each.evidence, f"the evidence of why number {place}", may_be_empty=True,
                    at_most=LONGEST_WHY)  # fmt: skip
        if each.why.strip():
            said.append(Why(why=each.why.strip(), evidence=each.evidence.strip()))
    if len(said) > MOST_WHYS:
        raise PlanRefusedError([Problem(field="whys", message=f"Give {MOST_WHYS} whys or fewer")])
    return tuple(said)


def _shared(session: Session, plan: PlanRecord, measure_code: str) -> Measure:
    """A further measure of the plan. Raises PlanRefusedError where it is none of them."""
    if measure_code not in recovery_details.list_shares(session, plan_ids=[plan.id]).get(plan.id, ()):
        message = "Choose a measure that this plan is meant to bring back"
        raise PlanRefusedError([Problem(field="measure", message=message)])
    return get_measure(session, code=measure_code)
