"""What a recovery plan starts from: how far off target, for how long, against whom, said why, and tried before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.series.comparing import Comparator, comparators_of
from cycle.ground.series.hiding import council_series
from cycle.ground.series.lately import history, last_not_red, rated
from cycle.ground.series.standing import NOTHING
from cycle.ground.series.warding import by_ward, wards_by_name
from data_access.council.settings_store import get_default_tolerance, get_today
from data_access.council.units import list_units
from data_access.plan.register import list_measures
from data_access.revise import recovery
from data_access.revise.lessons import LessonRecord, find_lesson_of, list_lessons
from data_access.revise.recovery import PlanRecord
from performance.ground.commentary import Commentary, read_commentary
from performance.ground.figures import Series
from performance.ground.measures import Measure
from performance.ground.organisation import MilestoneState
from performance.ground.periods import Frequency, Period
from performance.ground.readers import OFFICER, Reader
from performance.ground.reckoning.due import numbers
from performance.ground.reckoning.rag import Rag, bands_in_words
from performance.review.explaining import Explained, explain
from performance.review.scorecard import ScorecardLine, scorecard_line
from performance.review.variation import Variation, variation
from performance.revise.kinship import Kinship, kinship, nearest_kin
from performance.revise.recovery import milestone_met, running

MOST_TRIED = 3


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
        """Red for 3 months running, since July 2017, which ended 102 days ago."""
        if self.since is None:
            return "Not red now"
        noun = {Frequency.MONTHLY: "month", Frequency.QUARTERLY: "quarter", Frequency.YEARLY: "year"}
        plural = "" if self.periods_red == 1 else "s"
        span = f"{self.periods_red} {noun[self.measure.frequency]}{plural}"
        ago = f"{self.days_red:,} day{'' if self.days_red == 1 else 's'} ago"
        return f"Red for {span} running, since {self.since.in_words}, which ended {ago}"


@dataclass(frozen=True, kw_only=True)
class Tried:
    """An earlier plan, with why it is offered: what was done, what came of it, and what its lesson was, once it was
    judged."""

    plan: PlanRecord
    title: str
    near: Kinship
    actions: tuple[str, ...]
    met: int
    milestones: int
    lesson: LessonRecord | None = None

    @property
    def in_words(self) -> str:
        """Closed, 2 of 3 milestones met. Contractor changed; rounds redrawn."""
        plural = "" if self.milestones == 1 else "s"
        came = f"{self.plan.status.in_words}, {self.met} of {self.milestones} milestone{plural} met."
        done = f" {'; '.join(self.actions)}." if self.actions else ""
        learnt = f" {self.lesson.verdict.in_words}: {self.lesson.advice}" if self.lesson else ""
        return f"{came}{done}{learnt}"


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """A lesson that is no plan's, with why it is offered."""

    lesson: LessonRecord
    near: Kinship


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a plan starts from: the measure off target, its colours' bounds, who it is compared with, what was said,
    what moved it as far as that can be told, and what was tried before."""

    off: OffTarget
    bands: str
    comparators: tuple[Comparator, ...]
    said: Commentary
    said_for: Period | None
    default_percent: Decimal
    variation: Variation | None
    explained: Explained | None
    tried: tuple[Tried, ...]
    lessons: tuple[Learnt, ...]


def off_target(session: Session, *, measures: Sequence[Measure], area: str, reader: Reader) -> list[OffTarget]:
    """How each measure stands in the area, today, as far as the reader may see."""
    series = council_series(session, measures=measures, area=area, reader=reader)
    return standings(session, measures, {code: own for (code, _), own in series.items()}, area=area)


def standings(
    session: Session, measures: Sequence[Measure], own: Mapping[str, Series], *, area: str
) -> list[OffTarget]:
    """How each measure stands today by its series in the area; one that has none has neither line nor reds."""
    today, percent = get_today(session), get_default_tolerance(session)
    units = {unit.code: unit.name for unit in list_units(session, on=today)}
    return [
        _standing(
            measure,
            own.get(measure.code, NOTHING),
            area=area,
            unit_name=units.get(measure.unit_code, measure.unit_code),
            today=today,
            percent=percent,
        )
        for measure in measures
    ]


def evidence_of(
    session: Session, *, measure: Measure, area: str, reader: Reader, but: PlanRecord | None = None
) -> Evidence:
    """What a plan for the measure in the area starts from. The plan itself was not tried before it: it is left out."""
    (off,) = off_target(session, measures=[measure], area=area, reader=reader)
    compared = comparators_of(session, measures=[measure], up_to=get_today(session))[measure.code]
    spoken = [figure for _, figure in sorted(off.series.figures.items()) if figure.commentary]
    target = off.line.target if off.line else None
    about = f"{measure.title} {spoken[-1].commentary if spoken else ''}"
    return Evidence(
        off=off,
        bands=bands_in_words(measure, target, default_percent=get_default_tolerance(session)),
        comparators=tuple(compared),
        said=read_commentary(spoken[-1].commentary) if spoken else Commentary(),
        said_for=spoken[-1].period if spoken else None,
        default_percent=get_default_tolerance(session),
        variation=variation(off.line, off.series, up_to=off.line.period.end) if off.line else None,
        explained=_explained(session, off, reader),
        tried=_tried(session, measure, about, but=but),
        lessons=_lessons(session, measure, about),
    )


def _explained(session: Session, off: OffTarget, reader: Reader) -> Explained | None:
    """What moved the newest figure, in which wards too; since the last that was not red, where it is red."""
    if off.line is None:
        return None
    today, percent = get_today(session), get_default_tolerance(session)
    figures = [
        rated(off.measure, off.series, period, today, percent) for period in history(off.series, off.line.period)
    ]
    since = last_not_red(off.line, figures, off.measure)
    has_wards = bool(by_ward(session, [off.measure], reader))
    wards = wards_by_name(session, off.measure, reader=reader) if has_wards else {}
    return explain(off.line.measure, off.series, off.line.period, since=since, wards=wards)


def _tried(session: Session, measure: Measure, about: str, *, but: PlanRecord | None) -> tuple[Tried, ...]:
    """Earlier plans of the measure, the newest first, then those of its service, its objective and titles like it."""
    today, titles = get_today(session), {each.code: each for each in list_measures(session)}
    plans = [plan for plan in recovery.list_plans(session) if but is None or plan.opened_at < but.opened_at]
    actions = recovery.list_actions(session, plan_ids=[plan.id for plan in plans])
    milestones = recovery.list_milestones(session, plan_ids=[plan.id for plan in plans])
    near = [(_kinship(measure, titles[plan.measure_code]), plan) for plan in plans]
    # A plan of the measure itself was tried once it has ended, one of another once somebody agreed it.
    done = [
        (kin, plan)
        for kin, plan in near
        if (not plan.is_open if kin is Kinship.MEASURE else plan.agreed_by is not None)
    ]
    kept = nearest_kin(
        done,
        about=about,
        words_of=lambda plan: " ".join(
            [titles[plan.measure_code].title, plan.cause, *(each.action for each in actions.get(plan.id, []))]
        ),
        most=MOST_TRIED,
    )
    found = []
    for kin, plan in kept:
        other = titles[plan.measure_code]
        series = council_series(session, measures=[other], area=plan.area_code, reader=OFFICER).get(
            (other.code, plan.area_code), NOTHING
        )
        states = [milestone_met(other, each, series, today=today) for each in milestones.get(plan.id, [])]
        found.append(
            Tried(
                plan=plan,
                title=other.title,
                near=kin,
                actions=tuple(each.action for each in actions.get(plan.id, [])),
                met=states.count(MilestoneState.MET),
                milestones=len(states),
                lesson=find_lesson_of(session, plan_id=plan.id),
            )
        )
    return tuple(found)


def _kinship(measure: Measure, other: Measure) -> Kinship | None:
    return kinship(measure, other=other, unit_code=other.unit_code, title=other.title)


def _lessons(session: Session, measure: Measure, about: str) -> tuple[Learnt, ...]:
    """Lessons of no plan, by the same rule; those of plans stand with what was tried."""
    measures = {each.code: each for each in list_measures(session)}
    near = [
        (
            kinship(measure, other=measures.get(each.measure_code or ""), unit_code=each.unit_code, title=each.title),
            each,
        )
        for each in list_lessons(session)
        if each.plan_id is None
    ]
    kept = nearest_kin(near, about=about, words_of=_words_of, most=MOST_TRIED)
    return tuple(Learnt(lesson=lesson, near=kin) for kin, lesson in kept)


def _words_of(lesson: LessonRecord) -> str:
    return f"{lesson.title} {lesson.what_worked} {lesson.what_did_not} {lesson.advice}"


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
