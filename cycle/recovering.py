"""What recovery plans are made of, read in one go: how far off target, for how long, against whom, said why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.comparing import Comparator, comparators_of
from cycle.returning import council_area, names
from cycle.standing import series_of
from data_access import recovery
from data_access.deliveries import list_deliveries
from data_access.recovery import NoteRecord, PlanRecord
from data_access.register import get_measure, list_measures
from data_access.settings_store import get_default_tolerance, get_setting, get_today
from data_access.units import find_unit, list_units
from performance.aggregation import aggregate, numbers
from performance.commentary import Commentary, read_commentary
from performance.delivery import Delivery
from performance.figures import Series, Target
from performance.measures import Measure
from performance.organisation import Action, ActionStatus, Milestone
from performance.people import NotAllowedError, Permission, User
from performance.periods import Frequency, Period, add_months
from performance.rag import Rag, bands_in_words
from performance.recovery import MilestoneState, is_back, milestone_in_words, milestone_met, running
from performance.scorecard import ScorecardLine, scorecard_line
from performance.values import Value

NOTHING = Series(figures={}, targets={})
MONTHS_SHOWN = 24


@dataclass(frozen=True, kw_only=True)
class OffTarget:
    """A measure as its figures stand: its latest line, and for how long it has been red (0 where it is not)."""

    measure: Measure
    unit_name: str
    area_code: str
    series: Series
    line: ScorecardLine | None
    periods_red: int
    since: Period | None
    days_red: int

    @property
    def how_long(self) -> str:
        """Red for 3 months, since July 2017 (102 days)."""
        if self.since is None:
            return "Not red now"
        noun = {Frequency.MONTHLY: "month", Frequency.QUARTERLY: "quarter", Frequency.YEARLY: "year"}
        plural = "" if self.periods_red == 1 else "s"
        span = f"{self.periods_red} {noun[self.measure.frequency]}{plural}"
        return f"Red for {span}, since {self.since.in_words} ({self.days_red:,} days)"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a plan starts from: the measure off target, its colours' bounds, who it is compared with, what was said."""

    off: OffTarget
    bands: str
    comparators: tuple[Comparator, ...]
    said: Commentary
    said_for: Period | None
    default_percent: Decimal


@dataclass(frozen=True, kw_only=True)
class MilestoneLine:
    """A milestone and what the figures say of it."""

    milestone: Milestone
    in_words: str
    state: MilestoneState
    actual: Value
    said: tuple[Delivery, ...] = ()

    @property
    def may_move(self) -> bool:
        return self.state is not MilestoneState.MET


@dataclass(frozen=True, kw_only=True)
class ActionLine:
    """An action; `days_late` counts from its end, while it is not done. `said` is its delivery, oldest first."""

    action: Action
    days_late: int
    said: tuple[Delivery, ...] = ()

    @property
    def in_words(self) -> str:
        if self.days_late <= 0 or self.action.status is ActionStatus.DONE:
            return self.action.status.in_words
        return f"Late by {self.days_late} day" + ("" if self.days_late == 1 else "s")


@dataclass(frozen=True, kw_only=True)
class PlanView:
    """One recovery plan, whole, with what this person may do to it and why not."""

    plan: PlanRecord
    evidence: Evidence
    milestones: tuple[MilestoneLine, ...]
    actions: tuple[ActionLine, ...]
    notes: tuple[NoteRecord, ...]
    known_as: dict[str, str]
    today: date
    is_back: bool
    may_close: bool
    why_not_edit: str
    why_not_agree: str

    @property
    def measure(self) -> Measure:
        return self.evidence.off.measure

    @property
    def periods_ahead(self) -> list[Period]:
        """Periods a milestone can be set for: the next of the measure's own whose figures are not known."""
        known = max(numbers(self.measure, self.evidence.off.series.figures), default=None)
        first = self.measure.own_period(self.today).previous if known is None else known
        step = 12 if self.measure.frequency is Frequency.YEARLY else first.months
        return [first.shifted(step * ahead) for ahead in range(1, 25 if step == 1 else 9)]

    def name_of(self, username: str) -> str:
        return self.known_as.get(username, username)


@dataclass(frozen=True, kw_only=True)
class PlanSummary:
    """A plan in the list: how the measure stands now and how its milestones do."""

    plan: PlanRecord
    off: OffTarget
    milestones: tuple[MilestoneLine, ...]
    last_note: date | None

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
    """What a new plan starts from. `why_not` says why this person may not open it, if so."""

    evidence: Evidence
    cause: str
    why_not: str


@dataclass(frozen=True, kw_only=True)
class RedWithoutPlan:
    """A red that calls for a plan, and whether this person may open one."""

    off: OffTarget
    may_open: bool


def off_target(session: Session, *, measures: Sequence[Measure], area: str) -> list[OffTarget]:
    """How each measure stands in the area, today."""
    today, percent = get_today(session), get_default_tolerance(session)
    series = series_of(session, measures=measures, area_codes=[area])
    units = {unit.code: unit.name for unit in list_units(session, on=today)}
    return [
        _standing(
            measure,
            series.get((measure.code, area), NOTHING),
            area=area,
            unit_name=units.get(measure.unit_code, measure.unit_code),
            today=today,
            percent=percent,
        )
        for measure in measures
    ]


def reds(session: Session) -> list[OffTarget]:
    """Measures in use that have been red for as many periods running as call for a plan; the longest first."""
    today, needed = get_today(session), int(get_setting(session, name="reds_running"))
    active = [each for each in list_measures(session) if each.active_to is None or each.active_to >= today]
    standing = off_target(session, measures=active, area=council_area(session))
    found = [each for each in standing if each.periods_red >= needed]
    return sorted(found, key=lambda each: (-each.days_red, each.measure.code))


def evidence_of(session: Session, *, measure: Measure, area: str) -> Evidence:
    """What a plan for the measure in the area starts from."""
    (off,) = off_target(session, measures=[measure], area=area)
    compared = comparators_of(session, measures=[measure], up_to=get_today(session))[measure.code]
    spoken = [figure for _, figure in sorted(off.series.figures.items()) if figure.commentary]
    target = off.line.target if off.line else None
    return Evidence(
        off=off,
        bands=bands_in_words(measure, target, default_percent=get_default_tolerance(session)),
        comparators=tuple(compared),
        said=read_commentary(spoken[-1].commentary) if spoken else Commentary(),
        said_for=spoken[-1].period if spoken else None,
        default_percent=get_default_tolerance(session),
    )


def build_plan(session: Session, *, plan_id: int, by: User) -> PlanView:
    """The plan as it stands in this transaction, for this person."""
    plan, today = recovery.get_plan(session, plan_id=plan_id), get_today(session)
    measure = get_measure(session, code=plan.measure_code)
    evidence = evidence_of(session, measure=measure, area=plan.area_code)
    series, percent = evidence.off.series, get_default_tolerance(session)
    milestones = recovery.list_milestones(session, plan_ids=[plan.id]).get(plan.id, [])
    actions = recovery.list_actions(session, plan_ids=[plan.id]).get(plan.id, [])
    said = list_deliveries(
        session, action_ids=[each.id for each in actions], milestone_ids=[each.id for each in milestones]
    )
    back = is_back(measure, series, up_to=today, default_percent=percent)
    decides = by.may(Permission.AGREE_RECOVERY_PLANS, at=measure.unit_code)
    return PlanView(
        plan=plan,
        evidence=evidence,
        milestones=milestone_lines(measure, milestones, series, today=today, said=said),
        actions=tuple(
            ActionLine(action=each, days_late=_days_late(each, today), said=said.get(f"action-{each.id}", ()))
            for each in actions
        ),
        notes=tuple(recovery.list_notes(session, plan_ids=[plan.id]).get(plan.id, [])),
        known_as=names(session),
        today=today,
        is_back=back,
        may_close=back and decides and plan.is_open and plan.agreed_by is not None,
        why_not_edit=why_not_edit(session, plan, measure, by=by),
        why_not_agree=why_not_agree(plan, measure, milestones, by=by),
    )


def summaries(session: Session) -> list[PlanSummary]:
    """Every plan, the open ones first and among them the newest."""
    plans, today = recovery.list_plans(session), get_today(session)
    measures = list_measures(session, codes={plan.measure_code for plan in plans})
    standing = {
        (each.measure.code, area): each
        for area in sorted({plan.area_code for plan in plans})
        for each in off_target(session, measures=measures, area=area)
    }
    ids = [plan.id for plan in plans]
    milestones, notes = (
        recovery.list_milestones(session, plan_ids=ids),
        recovery.list_notes(session, plan_ids=ids),
    )
    found = [
        PlanSummary(
            plan=plan,
            off=(off := standing[plan.measure_code, plan.area_code]),
            milestones=milestone_lines(off.measure, milestones.get(plan.id, []), off.series, today=today),
            last_note=notes[plan.id][0].written_at.date() if notes.get(plan.id) else None,
        )
        for plan in plans
    ]
    return sorted(found, key=lambda each: not each.plan.is_open)


def milestone_lines(
    measure: Measure,
    milestones: Collection[Milestone],
    series: Series,
    *,
    today: date,
    said: Mapping[str, tuple[Delivery, ...]] | None = None,
) -> tuple[MilestoneLine, ...]:
    return tuple(
        MilestoneLine(
            milestone=each,
            in_words=milestone_in_words(measure, each, _band(series, each.period)),
            state=milestone_met(measure, each, series, today=today),
            actual=aggregate(measure, series, each.period, today=today).value,
            said=(said or {}).get(f"milestone-{each.id}", ()),
        )
        for each in milestones
    )


def why_not_edit(session: Session, plan: PlanRecord, measure: Measure, *, by: User) -> str:
    """Why the person may not change the plan, in a sentence; empty where they may."""
    if not plan.is_open:
        return f"This plan is {plan.status.in_words.lower()}. Open a new one if the measure is red again."
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


def what_is_missing(plan: PlanRecord, milestones: Collection[Milestone]) -> str:
    """What a plan lacks before it can be agreed."""
    if not plan.cause.strip():
        return "Before it can be agreed, the plan needs its root cause."
    return "" if milestones else "Before it can be agreed, the plan needs at least one milestone."


def _standing(
    measure: Measure, series: Series, *, area: str, unit_name: str, today: date, percent: Decimal
) -> OffTarget:
    known = [period for period in numbers(measure, series.figures) if period.end <= today]
    latest = max(known, key=lambda period: (period.end, period.months), default=None)
    count = running(measure, series, Rag.RED, up_to=today, default_percent=percent)
    since = None
    if latest is not None and count:
        step = 12 if measure.frequency is Frequency.YEARLY else latest.months
        since = latest.shifted(-step * (count - 1))
    line = None
    if latest is not None:
        line = scorecard_line(measure, series, period=latest, today=today, default_percent=percent, area_code=area)
    return OffTarget(
        measure=measure,
        unit_name=unit_name,
        area_code=area,
        series=series,
        line=line,
        periods_red=count,
        since=since,
        days_red=(today - since.end).days if since else 0,
    )


def _band(series: Series, period: Period) -> Target | None:
    """The range a milestone leads to: of its own period, or the latest there is."""
    if period in series.targets:
        return series.targets[period]
    latest = max(series.targets, default=None)
    return series.targets[latest] if latest else None


def _days_late(action: Action, today: date) -> int:
    return (today - action.ends_on).days if action.ends_on else 0


def months_to_note(today: date) -> list[Period]:
    """The months a note can be written for: the one in course and the three before, newest first."""
    this = Period(start=today.replace(day=1), months=1)
    return [Period(start=add_months(this.start, -back), months=1) for back in range(4)]
