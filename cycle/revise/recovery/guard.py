"""What every change to a recovery plan goes through: who may, whether it was seen as it is, and the audit."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.ground.series.hiding import council_histories, council_series
from cycle.ground.series.standing import NOTHING
from data_access.council.settings_store import get_now, get_today
from data_access.plan.register import get_measure
from data_access.revise import recovery, recovery_details
from data_access.revise.recovery import PlanRecord, StalePlanError
from data_access.store.audit import add_event
from performance.ground.entry import Problem
from performance.ground.figures import Series
from performance.ground.measures import Measure
from performance.ground.organisation import Milestone, MilestoneState
from performance.ground.people import Permission, User
from performance.ground.periods import Period, day_in_words
from performance.ground.readers import IN_FULL
from performance.ground.texts import LONGEST_SENTENCE, too_long
from performance.revise.recovery import Moved, milestone_met, no_longer_met

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


def demand_open(
    session: Session,
    plan_id: int,
    version: int,
    *,
    permission: Permission = Permission.DRAFT_RECOVERY_PLANS,
    by: User,
) -> tuple[PlanRecord, Measure]:
    """The plan and its measure, if this person may change it, has seen it as it is, and it is open."""
    plan, measure = demand_seen(session, plan_id, version, permission=permission, by=by)
    if not plan.is_open:
        raise PlanClosedError(f"This plan is {plan.status.in_words.lower()} and cannot be changed.")
    return plan, measure


def demand_seen(
    session: Session, plan_id: int, version: int, *, permission: Permission, by: User
) -> tuple[PlanRecord, Measure]:
    """The plan and its measure, open or not, if this person may change it and has seen it as it is."""
    plan = recovery.get_plan(session, plan_id=plan_id)
    measure = get_measure(session, code=plan.measure_code)
    demand(session, by, permission, at=measure.unit_code)
    if plan.version != version:
        raise _conflict(session, plan)
    return plan, measure


def move_on(session: Session, plan: PlanRecord, *, becomes: PlanRecord | None = None) -> None:
    """Take the plan's next version, with whatever it becomes. Raises PlanConflictError where someone was first."""
    try:
        recovery.save_plan(session, plan=plan, becomes=becomes)
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


def demand_ahead(session: Session, plan: PlanRecord, measure: Measure, period: Period) -> None:
    """A milestone lies on the measure's own line, at a period whose figure nobody knows yet."""
    if period.months != measure.frequency.months and measure.frequency.months < 12:
        message = f"{measure.title} is reported {measure.frequency.value}. Choose a period of that length"
        raise PlanRefusedError([Problem(field="period", message=message)])
    here = Milestone(id=0, number=Decimal(0), period=period, original_period=period)
    if state_of(session, plan, measure, here) is not MilestoneState.NOT_YET:
        message = f"The figure for {period.in_words} is known already. Choose a later one"
        raise PlanRefusedError([Problem(field="period", message=message)])


def state_of(session: Session, plan: PlanRecord, measure: Measure, milestone: Milestone) -> MilestoneState:
    return milestone_met(measure, milestone, series_for(session, plan, measure), today=get_today(session))


def was_met(session: Session, plan: PlanRecord, measure: Measure, milestone: Milestone) -> bool:
    """Whether an earlier figure met the milestone, and the one that stands does not."""
    histories = council_histories(session, measures=[measure], area=plan.area_code, reader=IN_FULL)
    revisions = histories.get(measure.code, {}).get(milestone.period, [])
    return no_longer_met(measure, milestone, revisions, series_for(session, plan, measure)) is not None


def series_for(session: Session, plan: PlanRecord, measure: Measure) -> Series:
    """In full, for what a plan may become; never to be shown."""
    key = measure.code, plan.area_code
    return council_series(session, measures=[measure], area=plan.area_code, reader=IN_FULL).get(key, NOTHING)


def milestone_of(session: Session, plan: PlanRecord, milestone_id: int) -> Milestone:
    found = recovery.list_milestones(session, plan_ids=[plan.id]).get(plan.id, [])
    for milestone in found:
        if milestone.id == milestone_id:
            return milestone
    raise recovery.MilestoneNotFoundError


def demand_reason(plan: PlanRecord, because: str) -> None:
    """Raises PlanRefusedError for a date of an agreed plan that is moved without saying why."""
    demand_text("because", because, "why it is moved, since the plan is agreed", may_be_empty=plan.agreed_by is None,
                at_most=LONGEST_SENTENCE)  # fmt: skip


def keep_move(
    session: Session, plan: PlanRecord, *, before: date | None, after: date, because: str, by: User,
    milestone_id: int | None = None, action_id: int | None = None,
) -> None:  # fmt: skip
    """Keep why a date was moved of a plan that somebody agreed; what is still drafted moves freely."""
    if plan.agreed_by is None:
        return
    moved = Moved(
        before=before, after=after, because=because.strip(), moved_by=by.username, moved_at=get_now(session),
        milestone_id=milestone_id, action_id=action_id,
    )  # fmt: skip
    recovery_details.add_move(session, plan_id=plan.id, moved=moved)


def demand_text(field: str, text: str, name: str, *, may_be_empty: bool = False, at_most: int = LONGEST) -> None:
    """Raises PlanRefusedError for a text that is missing or longer than its field takes."""
    if not text.strip() and not may_be_empty:
        raise PlanRefusedError([Problem(field=field, message=f"Enter {name}")])
    if message := too_long(f"{name[0].upper()}{name[1:]}", text, at_most=at_most):
        raise PlanRefusedError([Problem(field=field, message=message)])


def _subject(plan: PlanRecord) -> str:
    return f"recovery plan {plan.reference}"


def record(
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
