"""What recovery plans are made of, read in one go: how far off target, for how long, against whom, said why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cycle.ground.council import names
from cycle.ground.milestones import MilestoneLine
from cycle.revise.recovery._proof import Test, closing_tests, effect_of
from cycle.revise.recovery.calls import planned
from cycle.revise.recovery.evidence import Evidence, OffTarget, evidence_of, off_target
from cycle.revise.recovery.path import CourseView, PathView, course_of, path_view
from data_access.council.settings_store import get_today
from data_access.council.units import find_unit
from data_access.do.deliveries import list_deliveries
from data_access.plan.register import get_measure, list_measures
from data_access.revise import recovery, recovery_details
from data_access.revise.lessons import LessonRecord, find_lesson_of
from data_access.revise.recovery import NoteRecord, PlanRecord
from performance.do.delivery import Delivery
from performance.ground.measures import Measure
from performance.ground.organisation import Action, ActionStatus, Milestone, MilestoneState, PlanStatus
from performance.ground.people import NotAllowedError, Permission, User
from performance.ground.periods import Period, add_months
from performance.ground.readers import Reader, reader_of
from performance.revise.effect import Effect
from performance.revise.recovery import Moved, Why


@dataclass(frozen=True, kw_only=True)
class ActionLine:
    """An action; `days_late` counts from its end, while it is not done. `said` is its delivery, oldest first."""

    action: Action
    days_late: int
    said: tuple[Delivery, ...] = ()

    @property
    def is_late(self) -> bool:
        """Past its end and not done; or late by the word of those who do it, whatever its end."""
        return self._is_overdue or self.action.status is ActionStatus.LATE

    @property
    def _is_overdue(self) -> bool:
        return self.days_late > 0 and self.action.status is not ActionStatus.DONE

    @property
    def in_words(self) -> str:
        if not self._is_overdue:
            return self.action.stands_in_words
        return f"Late by {self.days_late} day" + ("" if self.days_late == 1 else "s")


_NAMED = 3  # actions


@dataclass(frozen=True, kw_only=True)
class PlanView:
    """One recovery plan, whole, with what this person may do to it and why not.

    `in_full` are the measures of which this person sees small counts, which others do not. `paths` has its measures,
    the plan's own first; `effect` and `lesson` are there once it has ended.
    """

    plan: PlanRecord
    evidence: Evidence
    whys: tuple[Why, ...]
    paths: tuple[PathView, ...]
    actions: tuple[ActionLine, ...]
    notes: tuple[NoteRecord, ...]
    moves: tuple[Moved, ...]
    course: CourseView
    tests: tuple[Test, ...]
    effect: Effect | None
    lesson: LessonRecord | None
    may_join: tuple[Measure, ...]
    in_full: tuple[Measure, ...]
    known_as: dict[str, str]
    today: date
    decides: bool
    why_not_edit: str
    why_not_draft: str
    why_not_agree: str

    @property
    def measure(self) -> Measure:
        return self.evidence.off.measure

    @property
    def milestones(self) -> tuple[MilestoneLine, ...]:
        """Those of every measure."""
        return tuple(line for path in self.paths for line in path.milestones)

    @property
    def is_agreed(self) -> bool:
        return self.plan.agreed_by is not None

    @property
    def is_proved(self) -> bool:
        """Whether the figures alone let it close."""
        return any(test.passed for test in self.tests)

    @property
    def left_over(self) -> str:
        """The actions that are not done, in words; empty where all are."""
        return left_over([line.action for line in self.actions])

    @property
    def may_close(self) -> bool:
        return self.decides and self.plan.is_open and self.is_agreed

    @property
    def may_judge(self) -> bool:
        return self.plan.status is PlanStatus.CLOSED and self.lesson is None and not self.why_not_draft

    def name_of(self, username: str) -> str:
        return self.known_as.get(username, username)


@dataclass(frozen=True, kw_only=True)
class PlanSummary:
    """A plan in the list: how its first measure stands now, its milestones, its course, the note written last, and the
    newest month that one was written for."""

    plan: PlanRecord
    off: OffTarget
    shared: tuple[Measure, ...]
    milestones: tuple[MilestoneLine, ...]
    course: CourseView
    last: NoteRecord | None
    spoken_for: Period | None
    today: date
    is_judged: bool

    @property
    def last_note(self) -> date | None:
        return self.last.written_at.date() if self.last else None

    def count(self, state: MilestoneState) -> int:
        return sum(line.state is state for line in self.milestones)

    @property
    def progress(self) -> str:
        """1 of 3 milestones met, 1 missed."""
        if not self.milestones:
            return "No milestones yet"
        missed = self.count(MilestoneState.MISSED)
        plural = "" if len(self.milestones) == 1 else "s"
        met = f"{self.count(MilestoneState.MET)} of {len(self.milestones)} milestone{plural} met"
        return f"{met}, {missed} missed" if missed else met


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a new plan starts from. `why_not` says why this person may not open it, if so; `may_share` are the open
    plans of the same service that could bring this measure back as well."""

    evidence: Evidence
    cause: str
    why_not: str
    may_share: tuple[PlanRecord, ...] = ()

    @property
    def path(self) -> PathView:
        """The measure's own line, before there is a plan for it."""
        return PathView(off=self.evidence.off, milestones=(), path=(), gaps=())


def build_plan(session: Session, *, plan_id: int, by: User) -> PlanView:
    """The plan as it stands in this transaction, for this person."""
    plan, today = recovery.get_plan(session, plan_id=plan_id), get_today(session)
    measure = get_measure(session, code=plan.measure_code)
    reader = reader_of(by)
    evidence = evidence_of(session, measure=measure, area=plan.area_code, reader=reader, but=plan)
    milestones = recovery.list_milestones(session, plan_ids=[plan.id]).get(plan.id, [])
    actions = recovery.list_actions(session, plan_ids=[plan.id]).get(plan.id, [])
    said = list_deliveries(
        session, action_ids=[each.id for each in actions], milestone_ids=[each.id for each in milestones]
    )
    paths = _paths(session, plan, milestones, reader=reader, said=said)
    lines = tuple(
        ActionLine(action=each, days_late=_days_late(each, today), said=said.get(f"action-{each.id}", ()))
        for each in actions
    )
    return PlanView(
        plan=plan,
        evidence=evidence,
        whys=recovery_details.list_whys(session, plan_id=plan.id),
        paths=paths,
        actions=lines,
        notes=tuple(recovery.list_notes(session, plan_ids=[plan.id]).get(plan.id, [])),
        moves=recovery_details.list_moves(session, plan_id=plan.id),
        course=course_of(
            paths,
            late=sum(line.is_late for line in lines),
            said=recovery_details.list_courses(session, plan_ids=[plan.id]).get(plan.id),
        ),
        tests=closing_tests(session, plan, [path.off for path in paths]),
        effect=effect_of(plan, evidence.off),
        lesson=find_lesson_of(session, plan_id=plan.id),
        may_join=_may_join(session, plan, by=by),
        in_full=tuple(
            path.measure for path in paths if path.measure.counts_people and reader.sees_small_counts(path.measure)
        ),
        known_as=names(session),
        today=today,
        decides=by.may(Permission.AGREE_RECOVERY_PLANS, at=measure.unit_code),
        why_not_edit=why_not_edit(session, plan, measure, by=by),
        why_not_draft=_why_not_draft(session, measure, by=by),
        why_not_agree=why_not_agree(plan, measure, milestones, by=by),
    )


def summaries(session: Session, *, reader: Reader) -> list[PlanSummary]:
    """Every plan, the open ones first and among them the newest."""
    plans, today = recovery.list_plans(session), get_today(session)
    ids = [plan.id for plan in plans]
    milestones, notes = recovery.list_milestones(session, plan_ids=ids), recovery.list_notes(session, plan_ids=ids)
    actions, said = recovery.list_actions(session, plan_ids=ids), recovery_details.list_courses(session, plan_ids=ids)
    found = []
    for plan in plans:
        paths = _paths(session, plan, milestones.get(plan.id, []), reader=reader)
        late = sum(
            ActionLine(action=each, days_late=_days_late(each, today)).is_late for each in actions.get(plan.id, [])
        )
        found.append(
            PlanSummary(
                plan=plan,
                off=paths[0].off,
                shared=tuple(path.measure for path in paths[1:]),
                milestones=tuple(line for path in paths for line in path.milestones),
                course=course_of(paths, late=late, said=said.get(plan.id)),
                last=notes[plan.id][0] if notes.get(plan.id) else None,
                spoken_for=max((each.period for each in notes.get(plan.id, ())), default=None),
                today=today,
                is_judged=find_lesson_of(session, plan_id=plan.id) is not None,
            )
        )
    return sorted(found, key=lambda each: not each.plan.is_open)


def _paths(
    session: Session,
    plan: PlanRecord,
    milestones: Collection[Milestone],
    *,
    reader: Reader,
    said: Mapping[str, tuple[Delivery, ...]] | None = None,
) -> tuple[PathView, ...]:
    """Each measure of the plan with its milestones, the plan's own first."""
    codes = [plan.measure_code, *recovery_details.list_shares(session, plan_ids=[plan.id]).get(plan.id, ())]
    measures = [get_measure(session, code=code) for code in codes]
    joined = recovery_details.list_joined(session, plan_ids=[plan.id])
    return tuple(
        path_view(
            session,
            plan,
            off,
            [each for each in milestones if (each.measure_code or plan.measure_code) == off.measure.code],
            today=get_today(session),
            reader=reader,
            said=said,
            joined_on=joined.get((plan.id, off.measure.code)),
        )
        for off in off_target(session, measures=measures, area=plan.area_code, reader=reader)
    )


def _may_join(session: Session, plan: PlanRecord, *, by: User) -> tuple[Measure, ...]:
    """Measures of the person's own units that have no open plan and could share this one."""
    own = by.units_where(Permission.DRAFT_RECOVERY_PLANS)
    taken, today = planned(session, get_today(session)), get_today(session)
    return tuple(
        each
        for each in list_measures(session, unit_codes=own)
        if each.code not in taken and each.code != plan.measure_code
        and (each.active_to is None or each.active_to >= today)
    )  # fmt: skip


def why_not_edit(session: Session, plan: PlanRecord, measure: Measure, *, by: User) -> str:
    """Why the person may not change the plan, in a sentence; empty where they may."""
    if not plan.is_open:
        return f"This plan is {plan.status.in_words.lower()}. Open a new one if the measure is red again."
    return _why_not_draft(session, measure, by=by)


def _why_not_draft(session: Session, measure: Measure, *, by: User) -> str:
    if by.may(Permission.DRAFT_RECOVERY_PLANS, at=measure.unit_code):
        return ""
    unit = find_unit(session, code=measure.unit_code, on=get_today(session))
    name = unit.name if unit else measure.unit_code
    return str(NotAllowedError(Permission.DRAFT_RECOVERY_PLANS, at=name))


def why_not_agree(plan: PlanRecord, measure: Measure, milestones: Collection[Milestone], *, by: User) -> str:
    """Why the person may not agree the plan now; empty where they may."""
    if plan.agreed_by is not None or not plan.is_open:
        return "This plan is agreed already."
    if by.username == plan.opened_by:
        return "You opened this plan, so someone else agrees it."
    if not by.may(Permission.AGREE_RECOVERY_PLANS, at=measure.unit_code):
        return str(NotAllowedError(Permission.AGREE_RECOVERY_PLANS, at=measure.title))
    return what_is_missing(plan, milestones)


def left_over(actions: Collection[Action]) -> str:
    """Which actions are not done: how many, and the first of them by name; empty where all are."""
    left = [each.action for each in actions if each.status is not ActionStatus.DONE]
    if not left:
        return ""
    named, more = ", ".join(left[:_NAMED]), len(left) - _NAMED
    return f"Actions not done ({len(left)} of {len(actions)}): {named}{f' and {more} more' if more > 0 else ''}"


def what_is_missing(plan: PlanRecord, milestones: Collection[Milestone]) -> str:
    """What a plan lacks before it can be agreed."""
    if not plan.cause.strip():
        return "Before it can be agreed, the plan needs its root cause."
    return "" if milestones else "Before it can be agreed, the plan needs at least one milestone."


def _days_late(action: Action, today: date) -> int:
    return (today - action.ends_on).days if action.ends_on else 0


def months_to_note(today: date) -> list[Period]:
    """The months a note can be written for: the one in course and the three before, newest first."""
    this = Period(start=today.replace(day=1), months=1)
    return [Period(start=add_months(this.start, -back), months=1) for back in range(4)]
