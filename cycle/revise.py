"""Revise: measures that stay red get a recovery plan with measurable milestones, agreed by someone else.

Every change moves the plan's version on, and whoever changes it names the version they saw: two people at once
never overwrite each other. Milestones tick themselves from the figures; their dates may move, and that is counted.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.access import demand
from cycle.memory import remembered
from cycle.recovering import (
    NOTHING,
    Draft,
    OffTarget,
    PlanSummary,
    PlanView,
    RedWithoutPlan,
    build_plan,
    evidence_of,
    months_to_note,
    reds,
    summaries,
    what_is_missing,
)
from cycle.returning import council_area, names
from cycle.standing import series_of
from data_access import recovery
from data_access.audit import add_event
from data_access.database import reading, transaction
from data_access.deliveries import list_deliveries
from data_access.recovery import NoteRecord, PlanRecord, StalePlanError
from data_access.register import find_measure, get_measure
from data_access.settings_store import get_default_tolerance, get_now, get_today
from performance.entry import Problem, check_figure
from performance.figures import Series
from performance.measures import Measure
from performance.organisation import Action, ActionStatus, Milestone, PlanStatus
from performance.people import NotAllowedError, Permission, User
from performance.periods import Period, day_in_words
from performance.recovery import PERIODS_BACK, MilestoneState, is_back, milestone_met

LONGEST = 2000  # characters of a cause, an action or a note


class PlanError(Exception):
    """A change to a recovery plan that was not made; the sentence says why."""


class PlanRefusedError(PlanError):
    """What was entered cannot be saved; the problems say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))


class PlanConflictError(PlanError):
    """Someone else changed the plan since the person opened it; the sentence says who and when."""


class PlanClosedError(PlanError):
    """The plan cannot be changed, agreed or closed as it stands; the sentence says why."""


class NoSuchPlanError(PlanError):
    """There is no such plan, or no such measure to open one for."""


class PlanOpenError(PlanError):
    """The measure has an open plan already."""

    def __init__(self, plan: PlanRecord) -> None:
        super().__init__(f"Plan {plan.reference} is open for this measure already. Go on with that one.")
        self.plan_id = plan.id


class OwnPlanError(PlanError):
    """Nobody agrees a plan they opened themselves."""

    def __init__(self) -> None:
        super().__init__("You opened this plan, so someone else agrees it.")


# What a person sees


def reds_without_plan(*, by: User) -> list[RedWithoutPlan]:
    """Measures red for two periods running, or as many as the council set, without an open plan; own ones first."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_RECOVERY_PLANS)
        found = remembered(session, ("reds without plan",), lambda: _without_plan(session))
    own = user.units_where(Permission.DRAFT_RECOVERY_PLANS)
    lines = [RedWithoutPlan(off=off, may_open=off.measure.unit_code in own) for off in found]
    return sorted(lines, key=lambda line: not line.may_open)


def list_plans(*, by: User) -> list[PlanSummary]:
    """Every recovery plan, open ones first."""
    with reading() as session:
        demand(session, by, Permission.VIEW_RECOVERY_PLANS)
        return list(remembered(session, ("recovery plans",), lambda: tuple(summaries(session))))


def draft_plan(measure_code: str, *, by: User) -> Draft:
    """What a plan for the measure would start from: its figures, comparators and last commentary.

    Raises NoSuchPlanError.
    """
    with reading() as session:
        user = demand(session, by, Permission.VIEW_RECOVERY_PLANS)
        measure = find_measure(session, code=measure_code)
        if measure is None:
            raise NoSuchPlanError("There is no such measure. Choose one from the list.")
        key = ("evidence", measure_code)
        evidence = remembered(session, key, lambda: evidence_of(session, measure=measure, area=council_area(session)))
    may = user.may(Permission.DRAFT_RECOVERY_PLANS, at=measure.unit_code)
    refused = "" if may else str(NotAllowedError(Permission.DRAFT_RECOVERY_PLANS, at=evidence.off.unit_name))
    return Draft(evidence=evidence, cause=evidence.said.why or evidence.said.what_happened, why_not=refused)


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
        _demand_text("cause", cause, "the root cause", may_be_empty=True)
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
        _record(session, opened, "open recovery plan", by, measure=measure_code, period=period.iso)
        return plan_id


def save_cause(plan_id: int, *, cause: str, version: int, by: User) -> None:
    """Word the root cause, until the plan is agreed."""
    _demand_text("cause", cause, "the root cause")
    with transaction() as session:
        plan, _ = _demand_open(session, plan_id, version, by=by)
        if plan.status is not PlanStatus.DRAFTED:
            raise PlanClosedError("The plan is agreed with this cause. Say what you have learnt since in a note.")
        _move_on(session, plan, cause=cause.strip())
        _record(session, plan, "word the cause", by)


def add_milestone(plan_id: int, *, number: Decimal, period: Period, note: str = "", version: int, by: User) -> int:
    """Set a point that the measure's own line should reach. Answers its id."""
    with transaction() as session:
        plan, measure = _demand_open(session, plan_id, version, by=by)
        _demand_ahead(session, plan, measure, period)
        impossible = check_figure(measure, numerator=None, denominator=None, value=number, absence=None)
        if impossible:
            raise PlanRefusedError(impossible)
        _move_on(session, plan)
        milestone_id = recovery.add_milestone(
            session, plan_id=plan_id, number=number, period=period, note=note.strip()[:LONGEST]
        )
        _record(session, plan, "add milestone", by, number=number, period=period.iso)
        return milestone_id


def move_milestone(plan_id: int, milestone_id: int, *, to: Period, version: int, by: User) -> None:
    """Give a milestone another date. The first one stays in sight, and every move is counted."""
    with transaction() as session:
        plan, measure = _demand_open(session, plan_id, version, by=by)
        milestone = _milestone(session, plan, milestone_id)
        if _state(session, plan, measure, milestone) is MilestoneState.MET:
            raise PlanClosedError("This milestone is met. It stays where it is.")
        if to == milestone.period:
            raise PlanRefusedError([Problem(field="to", message=f"Choose another period than {to.in_words}")])
        _demand_ahead(session, plan, measure, to)
        _move_on(session, plan)
        recovery.save_milestone_moved(session, plan_id=plan_id, milestone_id=milestone_id, to=to)
        _record(session, plan, "move milestone", by, before={"period": milestone.period.iso}, period=to.iso)


def remove_milestone(plan_id: int, milestone_id: int, *, version: int, by: User) -> None:
    """Take a milestone out, while the plan is being drafted. Once agreed, milestones stay."""
    with transaction() as session:
        plan, _ = _demand_open(session, plan_id, version, by=by)
        if plan.status is not PlanStatus.DRAFTED:
            raise PlanClosedError("The plan is agreed with this milestone. Move its date instead.")
        milestone = _milestone(session, plan, milestone_id)
        if list_deliveries(session, milestone_ids=[milestone_id]):
            raise PlanClosedError("Something was said of this milestone on a return. Move its date instead.")
        _move_on(session, plan)
        recovery.remove_milestone(session, plan_id=plan_id, milestone_id=milestone_id)
        _record(session, plan, "remove milestone", by, before={"number": milestone.number})


def add_action(plan_id: int, *, action: Action, version: int, by: User) -> int:
    """Add an action, with Appendix A's columns. Answers its id."""
    _demand_text("action", action.action, "the action")
    _demand_text("responsible_role", action.responsible_role, "the responsible officer's role")
    if action.starts_on and action.ends_on and action.ends_on < action.starts_on:
        message = f"The end of the action must be {day_in_words(action.starts_on)} or later, when it starts"
        raise PlanRefusedError([Problem(field="ends_on", message=message)])
    with transaction() as session:
        plan, _ = _demand_open(session, plan_id, version, by=by)
        _move_on(session, plan)
        action_id = recovery.add_action(session, plan_id=plan_id, action=action)
        _record(session, plan, "add action", by, action=action_id, ends_on=action.ends_on)
        return action_id


def save_action_status(plan_id: int, action_id: int, *, status: ActionStatus, version: int, by: User) -> None:
    """Say how an action stands. An agreed plan is in progress from the first such word."""
    with transaction() as session:
        plan, _ = _demand_open(session, plan_id, version, by=by)
        _move_on(session, plan, status=_under_way(plan))
        recovery.save_action_status(session, plan_id=plan_id, action_id=action_id, status=status)
        _record(session, plan, "update action", by, action=action_id, status=status.value)


def add_note(plan_id: int, *, month: Period, text: str, version: int, by: User) -> None:
    """Say how the plan goes this month. Notes are kept as they are; an agreed plan is in progress from the first."""
    _demand_text("note", text, "what happened this month")
    with transaction() as session:
        plan, _ = _demand_open(session, plan_id, version, by=by)
        if month not in months_to_note(get_today(session)):
            raise PlanRefusedError([Problem(field="month", message="Choose this month or one of the three before")])
        _move_on(session, plan, status=_under_way(plan))
        note = NoteRecord(period=month, text=text.strip(), written_by=by.username, written_at=get_now(session))
        recovery.add_note(session, plan_id=plan_id, note=note)
        _record(session, plan, "note on recovery plan", by, month=month.iso)


# Agreeing and closing


def agree_plan(plan_id: int, *, version: int, by: User) -> None:
    """Agree a drafted plan that has a cause and a milestone. Raises OwnPlanError for whoever opened it."""
    with transaction() as session:
        plan, _ = _demand_open(session, plan_id, version, permission=Permission.AGREE_RECOVERY_PLANS, by=by)
        if plan.opened_by == by.username:
            raise OwnPlanError
        milestones = recovery.list_milestones(session, plan_ids=[plan.id]).get(plan.id, [])
        missing = "This plan is agreed already." if plan.agreed_by else what_is_missing(plan, milestones)
        if missing:
            raise PlanClosedError(missing)
        _move_on(session, plan, status=PlanStatus.AGREED, agreed=(by.username, get_now(session)))
        _record(session, plan, "agree recovery plan", by, status=PlanStatus.AGREED.value)


def close_plan(plan_id: int, *, version: int, by: User) -> None:
    """Close an agreed plan whose measure has been on target for three periods running."""
    with transaction() as session:
        plan, measure = _demand_open(session, plan_id, version, permission=Permission.AGREE_RECOVERY_PLANS, by=by)
        if plan.agreed_by is None:
            raise PlanClosedError("A plan is closed after it was agreed. This one is still a draft.")
        series = _series(session, plan, measure)
        percent = get_default_tolerance(session)
        if not is_back(measure, series, up_to=get_today(session), default_percent=percent):
            raise PlanClosedError(f"A plan closes when its measure was green {PERIODS_BACK} times running.")
        _move_on(session, plan, status=PlanStatus.CLOSED)
        _record(session, plan, "close recovery plan", by, status=PlanStatus.CLOSED.value)


def _without_plan(session: Session) -> tuple[OffTarget, ...]:
    planned = {plan.measure_code for plan in recovery.list_plans(session) if plan.is_open}
    return tuple(off for off in reds(session) if off.measure.code not in planned)


def _demand_open(
    session: Session,
    plan_id: int,
    version: int,
    *,
    permission: Permission = Permission.DRAFT_RECOVERY_PLANS,
    by: User,
) -> tuple[PlanRecord, Measure]:
    """The plan and its measure, if this person may change it and has seen it as it is."""
    plan = recovery.get_plan(session, plan_id=plan_id)
    measure = get_measure(session, code=plan.measure_code)
    demand(session, by, permission, at=measure.unit_code)
    if plan.version != version:
        raise _conflict(session, plan)
    if not plan.is_open:
        raise PlanClosedError(f"This plan is {plan.status.in_words.lower()} and cannot be changed.")
    return plan, measure


def _move_on(
    session: Session,
    plan: PlanRecord,
    *,
    status: PlanStatus | None = None,
    cause: str | None = None,
    agreed: tuple[str, datetime] | None = None,
) -> None:
    try:
        recovery.save_plan(session, plan=plan, status=status, cause=cause, agreed=agreed)
    except StalePlanError as fault:
        raise _conflict(session, plan) from fault


def _conflict(session: Session, plan: PlanRecord) -> PlanConflictError:
    last = recovery.find_last_change(session, subject=_subject(plan))
    if last is None:
        return PlanConflictError("Someone else changed this plan since you opened it. Read it again, then go on.")
    who, when = names(session).get(last[0], last[0]), last[1].astimezone()
    return PlanConflictError(
        f"{who} changed this plan at {when:%H:%M} on {day_in_words(when.date())}, after you opened it."
        " Nothing of yours was saved. Read the plan as it is now, then make your change."
    )


def _demand_ahead(session: Session, plan: PlanRecord, measure: Measure, period: Period) -> None:
    """A milestone lies on the measure's own line, at a period whose figure nobody knows yet."""
    if period.months != measure.frequency.months and measure.frequency.months < 12:
        message = f"{measure.title} is reported {measure.frequency.value}. Choose a period of that length"
        raise PlanRefusedError([Problem(field="period", message=message)])
    here = Milestone(id=0, number=Decimal(0), period=period, original_period=period)
    if _state(session, plan, measure, here) is not MilestoneState.NOT_YET:
        message = f"The figure for {period.in_words} is known already. Choose a later one"
        raise PlanRefusedError([Problem(field="period", message=message)])


def _state(session: Session, plan: PlanRecord, measure: Measure, milestone: Milestone) -> MilestoneState:
    return milestone_met(measure, milestone, _series(session, plan, measure), today=get_today(session))


def _series(session: Session, plan: PlanRecord, measure: Measure) -> Series:
    key = measure.code, plan.area_code
    return series_of(session, measures=[measure], area_codes=[plan.area_code]).get(key, NOTHING)


def _milestone(session: Session, plan: PlanRecord, milestone_id: int) -> Milestone:
    found = recovery.list_milestones(session, plan_ids=[plan.id]).get(plan.id, [])
    for milestone in found:
        if milestone.id == milestone_id:
            return milestone
    raise recovery.MilestoneNotFoundError


def _demand_text(field: str, text: str, name: str, *, may_be_empty: bool = False) -> None:
    if not text.strip() and not may_be_empty:
        raise PlanRefusedError([Problem(field=field, message=f"Enter {name}")])
    if len(text.strip()) > LONGEST:
        message = f"{name[0].upper()}{name[1:]} must be {LONGEST:,} characters or less. You have {len(text.strip()):,}"
        raise PlanRefusedError([Problem(field=field, message=message)])


def _under_way(plan: PlanRecord) -> PlanStatus | None:
    return PlanStatus.IN_PROGRESS if plan.status is PlanStatus.AGREED else None


def _subject(plan: PlanRecord) -> str:
    return f"recovery plan {plan.reference}"


def _record(
    session: Session,
    plan: PlanRecord,
    verb: str,
    by: User,
    *,
    before: Mapping[str, object] | None = None,
    **after: object,
) -> None:
    """The audit event. Free text stays out of it: what is hashed cannot be erased."""
    add_event(
        session,
        at=get_now(session),
        username=by.username,
        verb=verb,
        subject=_subject(plan),
        before=before,
        after=after,
    )
