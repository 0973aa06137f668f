"""How a recovery plan goes by the figures: each of its measures against its expected path, and the course they make."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from cycle.ground.milestones import MilestoneLine, milestone_lines
from cycle.ground.series.hiding import council_histories
from cycle.revise.recovery.evidence import OffTarget
from data_access.revise.recovery import PlanRecord
from data_access.revise.recovery_details import SaidCourse
from performance.do.delivery import Delivery
from performance.ground.measures import Measure
from performance.ground.organisation import Milestone, MilestoneState
from performance.ground.periods import Frequency, Period, day_in_words
from performance.ground.readers import Reader
from performance.ground.reckoning.due import numbers
from performance.revise.course import Course, Gap, PathPoint, Standing, expected_path, gap_in_words, gaps, standing
from performance.revise.recovery import no_longer_met

_WORST_FIRST = (Course.OFF_COURSE, Course.SLIPPING, Course.ON_COURSE, Course.NOT_KNOWN)


@dataclass(frozen=True, kw_only=True)
class PathView:
    """One measure of a plan: where it stands, its milestones, its expected path, and each figure against it.

    `first` is the path as its milestones were first set, where a date of one was moved since.
    Of a plan that has `ended` nothing later is held against its path.
    """

    off: OffTarget
    milestones: tuple[MilestoneLine, ...]
    path: tuple[PathPoint, ...]
    gaps: tuple[Gap, ...]
    first: tuple[PathPoint, ...] = ()
    ended: date | None = None

    @property
    def measure(self) -> Measure:
        return self.off.measure

    @property
    def newest(self) -> Period | None:
        """The newest period with a figure."""
        known = numbers(self.measure, self.off.series.figures)
        return max(known, key=lambda period: (period.end, period.months), default=None)

    def periods_ahead(self, today: date) -> list[Period]:
        """Periods a milestone can be set for: the next of the measure's own whose figures are not known."""
        first = self.newest or self.measure.own_period(today).previous
        step = 12 if self.measure.frequency is Frequency.YEARLY else first.months
        return [first.shifted(step * ahead) for ahead in range(1, 25 if step == 1 else 9)]

    def state_in_words(self, line: MilestoneLine) -> str:
        """Met; or, where a later figure took that back, with what it was met before and since when it is not."""
        if line.unticked is None:
            return line.state.in_words
        when = day_in_words(line.unticked.replaced_at.astimezone().date())
        met = self.measure.print_value(line.unticked.number)
        return f"{line.state.in_words}. It was met with {met}, until that figure was corrected on {when}"

    @property
    def newest_in_words(self) -> str:
        """The newest figure against the path, in a sentence; empty before there is one."""
        return gap_in_words(self.measure, self.gaps[-1]) if self.gaps else ""


@dataclass(frozen=True, kw_only=True)
class CourseView:
    """The course worked out, and what a person said of it instead, while that holds."""

    worked_out: Standing
    said: SaidCourse | None = None

    @property
    def course(self) -> Course:
        return self.said.course if self.said else self.worked_out.course

    @property
    def urgency(self) -> int:
        """0 for off course, and more the less it presses."""
        return _WORST_FIRST.index(self.course)

    @property
    def in_words(self) -> str:
        """Off course. November 2017: expected 10.2, actual 10.4, behind by 0.2."""
        return f"{self.worked_out.course.in_words}. {' '.join(self.worked_out.reasons)}"


def path_view(
    session: Session, plan: PlanRecord, off: OffTarget, milestones: Sequence[Milestone], *, today: date, reader: Reader,
    said: Mapping[str, tuple[Delivery, ...]] | None = None, joined_on: date | None = None,
) -> PathView:  # fmt: skip
    """One measure of the plan with its own milestones; one that joined it later has its path from there on."""
    measure, series = off.measure, off.series
    known = numbers(measure, series.figures)
    start = plan.period if measure.code == plan.measure_code else start_of(measure, joined_on or plan.period.end, known)
    path = expected_path(measure, milestones, known, start=start)
    as_set = [replace(each, period=each.original_period) for each in milestones]
    first = expected_path(measure, as_set, known, start=start) if as_set != list(milestones) else ()
    lines = milestone_lines(measure, milestones, series, today=today, said=said)
    revised = [_with_history(session, line, off, reader) for line in lines]
    ended = plan.ended_at.date() if plan.ended_at else None
    found = gaps(measure, path, {period: known[period] for period in known if ended is None or period.end <= ended})
    return PathView(off=off, milestones=tuple(revised), path=path, gaps=found, first=first, ended=ended)


def course_of(paths: Sequence[PathView], *, late: int, said: SaidCourse | None = None) -> CourseView:
    """The worst of the measures' courses. What was said otherwise holds until the first measure has a newer figure."""
    found = [_standing(path, late=late if place == 0 else 0) for place, path in enumerate(paths)]
    worst = min(found, key=lambda each: _WORST_FIRST.index(each.course))
    reasons = tuple(
        f"{path.measure.title}: {reason}" if len(paths) > 1 else reason
        for path, each in zip(paths, found, strict=True)
        for reason in each.reasons
    )
    newest = paths[0].newest
    holds = said is not None and said.period_start == (newest.start if newest else None)
    return CourseView(worked_out=Standing(course=worst.course, reasons=reasons), said=said if holds else None)


def start_of(measure: Measure, joined_on: date, known: Collection[Period]) -> Period:
    """Where the path of a further measure begins: its newest figure by the day that it joined the plan; before there is
    one, its own last whole period."""
    latest = measure.latest_period(joined_on)
    return max((each for each in known if each.end <= latest.end and each.months == latest.months), default=latest)


def _with_history(session: Session, line: MilestoneLine, off: OffTarget, reader: Reader) -> MilestoneLine:
    if line.state is MilestoneState.MET:
        return line
    period = line.milestone.period
    found = council_histories(session, measures=[off.measure], area=off.area_code, reader=reader)
    revisions = found.get(off.measure.code, {}).get(period, [])
    unticked = no_longer_met(off.measure, line.milestone, revisions, off.series)
    return MilestoneLine(
        milestone=line.milestone, in_words=line.in_words, state=line.state, actual=line.actual, said=line.said,
        unticked=unticked,
    )  # fmt: skip


def _standing(path: PathView, *, late: int) -> Standing:
    due = [line for line in path.milestones if line.state in {MilestoneState.MET, MilestoneState.MISSED}]
    missed = ""
    if due and due[-1].state is MilestoneState.MISSED:
        missed = f"The milestone {_lower(due[-1].in_words)} is missed, with {path.measure.print_value(due[-1].actual)}."
    unticked = next((line for line in path.milestones if line.unticked), None)
    taken_back = (
        f"The milestone {_lower(unticked.in_words)}: {_lower(path.state_in_words(unticked))}." if unticked else ""
    )
    return standing(path.measure, path.gaps, missed=missed, unticked=taken_back, late=late)


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]
