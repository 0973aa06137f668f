"""What targets are set against, read in one go: history, outturns, comparators, what is agreed and what waits."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.council import approvers, council_area, names
from cycle.ground.series.comparing import Comparator, comparators_of
from cycle.ground.series.hiding import council_series
from cycle.ground.series.standing import NOTHING
from data_access.council.settings_store import get_default_tolerance, get_today
from data_access.plan.register import list_measures
from data_access.plan.targets import TargetRecord, list_records
from performance.ground.figures import Series, Target, TargetState
from performance.ground.measures import Measure
from performance.ground.organisation import Unit
from performance.ground.people import NotAllowedError, Permission, User
from performance.ground.periods import Frequency, Period
from performance.ground.readers import Reader
from performance.ground.reckoning.aggregation import Aggregate, aggregate
from performance.ground.reckoning.rag import bands_in_words, target_in_words

YEARS_SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A target with its story in people's words. `why_not` says why this person may not decide on it, if so."""

    id: int
    measure: Measure
    target: Target
    state: TargetState
    rationale: str
    baseline: str
    benchmark: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    imported: bool = False
    in_force: Target | None = None
    deciders: tuple[str, ...] = ()
    why_not: str = ""

    @property
    def in_words(self) -> str:
        return target_in_words(self.measure, self.target)

    @property
    def in_force_in_words(self) -> str:
        return target_in_words(self.measure, self.in_force) if self.in_force else "No target yet"


@dataclass(frozen=True, kw_only=True)
class SavedDraft:
    """A number that somebody typed and nobody has proposed yet: seen by the people of the unit only."""

    measure: Measure
    target: Target
    rationale: str
    proposed_by: str
    proposed_at: datetime

    @property
    def in_words(self) -> str:
        return target_in_words(self.measure, self.target)


@dataclass(frozen=True, kw_only=True)
class MeasureTargets:
    """A measure with what a target is set against. `revision` is the newest there is: a proposal is based on it.

    `year` is the measure's own year; `earliest` the first day a target proposed today may take effect.
    """

    measure: Measure
    year: Period
    area_code: str
    series: Series
    outturns: tuple[Aggregate, ...]
    comparators: tuple[Comparator, ...]
    agreed: Proposal | None
    waiting: Proposal | None
    revision: int
    bands: str
    earliest: date
    default_percent: Decimal
    has_own_months: bool
    story: tuple[Proposal, ...] = ()

    @property
    def baseline(self) -> str:
        """The last whole year's outturn, as the record of a proposal keeps it."""
        known = [each for each in self.outturns if isinstance(each.value, Decimal) and each.is_complete]
        return f"{self.measure.print_value(known[-1].value)} in {known[-1].period.short}" if known else ""

    @property
    def benchmark(self) -> str:
        return "; ".join(each.in_words(self.measure) for each in self.comparators[:3])


@dataclass(frozen=True, kw_only=True)
class ServiceTargets:
    """The targets of a service for a year. `why_not` says why this person may not propose any, if so."""

    unit: Unit
    lines: tuple[MeasureTargets, ...]
    drafts: Mapping[str, SavedDraft] = field(default_factory=dict)
    why_not: str = ""

    def line(self, measure_code: str) -> MeasureTargets:
        return next((line for line in self.lines if line.measure.code == measure_code), self.lines[0])


def build_lines(
    session: Session, *, measures: Collection[Measure], year: int, reader: Reader
) -> tuple[MeasureTargets, ...]:
    """Every measure with what its target for the year that begins in `year` is set against.

    What a proposal keeps of them is read by others than the reader too.
    """
    today, area = get_today(session), council_area(session)
    wanted = list(measures)
    series = council_series(session, measures=wanted, area=area, reader=reader)
    compared = comparators_of(session, measures=wanted, up_to=today)
    records: dict[str, list[TargetRecord]] = {}
    for record in list_records(session, measure_codes=[each.code for each in wanted], area_codes=[area]):
        records.setdefault(record.target.measure_code, []).append(record)
    known_as, percent = names(session), get_default_tolerance(session)
    return tuple(
        _line(
            measure,
            series.get((measure.code, area), NOTHING),
            records.get(measure.code, []),
            year=year,
            area=area,
            today=today,
            comparators=tuple(compared[measure.code]),
            known_as=known_as,
            percent=percent,
        )
        for measure in wanted
    )


def _line(
    measure: Measure,
    series: Series,
    records: Sequence[TargetRecord],
    *,
    year: int,
    area: str,
    today: date,
    comparators: tuple[Comparator, ...],
    known_as: dict[str, str],
    percent: Decimal,
) -> MeasureTargets:
    period = year_of(measure, series, year)
    of_year = [each for each in records if each.target.period == period]
    said = without_drafts(of_year)
    agreed = newest(said, TargetState.AGREED)
    waiting = [each for each in said[-1:] if each.state is TargetState.PROPOSED]
    ruling = agreed.target if agreed else None
    return MeasureTargets(
        measure=measure,
        year=period,
        area_code=area,
        series=series,
        outturns=tuple(
            aggregate(measure, series, period.shifted(-12 * back), today=today) for back in range(YEARS_SHOWN, 0, -1)
        ),
        comparators=comparators,
        agreed=as_proposal(measure, agreed, known_as=known_as) if agreed else None,
        waiting=as_proposal(measure, waiting[0], known_as=known_as, in_force=ruling) if waiting else None,
        revision=of_year[-1].target.revision if of_year else 0,
        bands=bands_in_words(measure, ruling, default_percent=percent),
        earliest=earliest_day(period, agreed, today),
        default_percent=percent,
        has_own_months=any(_is_part(each, period) for each in records),
        story=tuple(as_proposal(measure, each, known_as=known_as) for each in said),
    )


def year_of(measure: Measure, series: Series, year: int) -> Period:
    """The measure's own year that begins in the calendar year: of a yearly measure, as its figures are published."""
    known = [period for period in series.figures if measure.frequency is Frequency.YEARLY]
    latest = max(known, key=lambda period: (period.end, period.months), default=None)
    if latest is None:
        return Period.year(year, measure.year_basis)
    return latest.shifted(12 * (year - latest.start.year))


def earliest_day(year: Period, agreed: TargetRecord | None, today: date) -> date:
    """A change takes effect forward only; the first target of a year rules it from its start."""
    return year.start if agreed is None else max(today, year.start)


def drafts_of(session: Session, lines: Iterable[MeasureTargets]) -> dict[str, SavedDraft]:
    """What is typed and not yet proposed for the lines' years, by measure."""
    by_code = {line.measure.code: line for line in lines}
    known_as = names(session)
    return {
        record.target.measure_code: as_draft(line.measure, record, known_as=known_as)
        for record in list_records(session, measure_codes=by_code, states=[TargetState.DRAFT])
        if (line := by_code[record.target.measure_code]).year == record.target.period
        and line.area_code == record.target.area_code
    }


def as_draft(measure: Measure, record: TargetRecord, *, known_as: Mapping[str, str]) -> SavedDraft:
    return SavedDraft(
        measure=measure,
        target=record.target,
        rationale=record.rationale,
        proposed_by=known_as.get(record.proposed_by, record.proposed_by),
        proposed_at=record.proposed_at,
    )


def without_drafts(records: Iterable[TargetRecord]) -> list[TargetRecord]:
    return [each for each in records if each.state is not TargetState.DRAFT]


def newest(records: Iterable[TargetRecord], state: TargetState) -> TargetRecord | None:
    return max((each for each in records if each.state is state), key=lambda each: each.target.revision, default=None)


def as_proposal(
    measure: Measure,
    record: TargetRecord,
    *,
    known_as: dict[str, str],
    in_force: Target | None = None,
    by: User | None = None,
) -> Proposal:
    return Proposal(
        id=record.id,
        measure=measure,
        target=record.target,
        state=record.state,
        rationale=record.rationale,
        baseline=record.baseline,
        benchmark=record.benchmark,
        proposed_by=known_as.get(record.proposed_by, record.proposed_by),
        proposed_at=record.proposed_at,
        decided_by=known_as.get(record.decided_by or "", record.decided_by or ""),
        decided_at=record.decided_at,
        imported=record.imported,
        in_force=in_force,
        why_not=why_not_decide(measure, record, by=by) if by else "",
    )


def list_proposals(session: Session, *, by: User) -> list[Proposal]:
    """Every proposal that waits, for any measure; the oldest first."""
    waiting = {each.target.measure_code for each in list_records(session, states=[TargetState.PROPOSED])}
    measures = {measure.code: measure for measure in list_measures(session, codes=waiting)}
    by_place: dict[tuple[str, str, Period], list[TargetRecord]] = {}
    for record in list_records(session, measure_codes=waiting):
        target = record.target
        by_place.setdefault((target.measure_code, target.area_code, target.period), []).append(record)
    known_as, found = names(session), []
    for (code, _, _), records in by_place.items():
        last, agreed = (without_drafts(records) or records)[-1], newest(records, TargetState.AGREED)
        if last.state is TargetState.PROPOSED:
            ruling = agreed.target if agreed else None
            proposal = as_proposal(measures[code], last, known_as=known_as, in_force=ruling, by=by)
            heads = approvers(session, measures[code].unit_code, without={last.proposed_by})
            found.append(replace(proposal, deciders=tuple(heads)))
    return sorted(found, key=lambda proposal: (proposal.proposed_at, proposal.id))


def why_not_decide(measure: Measure, record: TargetRecord, *, by: User) -> str:
    """Why the person may not agree or decline the target; empty where they may."""
    if record.proposed_by == by.username:
        return "You proposed it, so someone else decides."
    if not by.may(Permission.AGREE_TARGETS, at=measure.unit_code):
        return str(NotAllowedError(Permission.AGREE_TARGETS, at=measure.title))
    return ""


def _is_part(record: TargetRecord, year: Period) -> bool:
    shorter = record.target.period.months < year.months
    return record.state is TargetState.AGREED and shorter and year.covers(record.target.period)


def begins_on(target: Target, agreed: Iterable[Target], *, today: date) -> date:
    """The day from which the target rules: today at the earliest, once another has ruled any of its time."""
    begins = target.effective_from or target.period.start
    return max(begins, today) if any(each.period.overlaps(target.period) for each in agreed) else begins
