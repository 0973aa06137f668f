"""What the page on data quality shows of one measure: kept for each by itself, without the history it is found in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.memory import remembered_each
from cycle.ground.moments import day_of, is_known
from data_access.do.figures import list_histories
from data_access.do.returns import list_returns
from data_access.plan.register import find_first_use, list_last_uses
from data_access.review.challenges import list_challenges
from data_access.review.self_assessments import list_assessments
from performance.ground.figures import Figure
from performance.ground.measures import Measure, Use
from performance.ground.periods import Period, add_months
from performance.ground.reckoning.completeness import due_periods
from performance.review.quality.challenges import Challenge, ChallengeKind
from performance.review.quality.dimensions import WATCHED_MONTHS, Evidence, Finding, dimensions
from performance.review.quality.received import Counts, DueFigure, by_month
from performance.review.quality.restating import Restatement, restatements
from performance.review.quality.self_assessment import SelfAssessment

YEAR = 12
"""How many months the counts of a month go back, itself among them."""


@dataclass(frozen=True, kw_only=True)
class MeasureQuality:
    """One measure's data in six dimensions, and what its service last said of them; `year` is the financial year."""

    measure: Measure
    findings: tuple[Finding, ...]
    assessed: SelfAssessment | None
    year: Period

    @property
    def is_assessed(self) -> bool:
        """Whether its service has said how it stands this year."""
        return self.assessed is not None and self.assessed.year == self.year


@dataclass(frozen=True, kw_only=True)
class ToTheDay:
    """A measure over the 12 months to the day: what is missing, what was changed after sign-off, by period, and the
    questions that are open, the oldest first."""

    quality: MeasureQuality
    missing: tuple[DueFigure, ...]
    restated: tuple[Restatement, ...]
    open: tuple[Challenge, ...]


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """A figure whose checks its service confirmed, and the judgement of the BI team if there is; `newest` is the last
    day of all that the measure has figures for."""

    figure: DueFigure
    judged: Challenge | None
    newest: date


@dataclass(frozen=True, kw_only=True)
class InMonth:
    """A measure in a month: its figure that was due, if any was, the counts of each month of the year that ends with
    it in which one was, and what was confirmed."""

    due: tuple[DueFigure, ...]
    year: Mapping[Period, Counts]
    confirmed: Confirmation | None


def to_the_day(session: Session, measures: Sequence[Measure], *, as_known_at: datetime | None) -> dict[str, ToTheDay]:
    today = day_of(session, as_known_at)
    since = _by(find_first_use(session, use=Use.OPENED), today)

    def work_out(missing: list[Measure]) -> dict[str, ToTheDay]:
        codes = [each.code for each in missing]
        first = min(_watched(each, today).start for each in missing)
        changed = add_months(today, -WATCHED_MONTHS)
        known = _known(session, missing, since=first, revised_since=changed, as_known_at=as_known_at)
        opened, reported = (list_last_uses(session, use=use, measure_codes=codes) for use in (Use.OPENED, Use.REPORTED))
        assessed = list_assessments(session, measure_codes=codes, as_known_at=as_known_at)
        return {
            code: each.to_the_day(
                opened_on=_by(opened.get(code), today),
                reported_on=_by(reported.get(code), today),
                counted_since=since,
                assessed=assessed.get(code),
            )
            for code, each in known.items()
        }

    return remembered_each(session, ("quality to the day", since, as_known_at), measures, work_out)


def in_month(
    session: Session, measures: Sequence[Measure], month: Period, *, as_known_at: datetime | None
) -> dict[str, InMonth]:
    def work_out(missing: list[Measure]) -> dict[str, InMonth]:
        first = month.shifted(1 - YEAR).start
        known = _known(session, missing, since=first, revised_since=None, as_known_at=as_known_at)
        return {code: each.in_month(month) for code, each in known.items()}

    return remembered_each(session, ("quality in a month", month, as_known_at), measures, work_out)


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What was known of a measure's own figures at a moment: revisions, sign-offs by month, and questions."""

    measure: Measure
    today: date
    revisions: Mapping[Period, Sequence[Figure]]
    signed_at: Mapping[Period, datetime]
    challenges: Sequence[Challenge]

    def to_the_day(
        self,
        *,
        opened_on: date | None,
        reported_on: date | None,
        counted_since: date | None,
        assessed: SelfAssessment | None,
    ) -> ToTheDay:
        first = add_months(self.today, -WATCHED_MONTHS)
        due = [
            each for each in self._due(_watched(self.measure, self.today)) if self.measure.due_on(each.period) >= first
        ]
        restated = self._restated(first)
        found = Evidence(
            measure=self.measure,
            due=due,
            restated=restated,
            challenges=self.challenges,
            opened_on=opened_on,
            reported_on=reported_on,
            counted_since=counted_since,
        )
        return ToTheDay(
            quality=MeasureQuality(
                measure=self.measure,
                findings=dimensions(found, today=self.today),
                assessed=assessed,
                year=Period.containing(self.today, months=12),
            ),
            missing=tuple(each for each in due if not each.is_received),
            restated=tuple(restated),
            open=tuple(each for each in self.challenges if each.is_open and each.kind is not ChallengeKind.ACCEPTED),
        )

    def in_month(self, month: Period) -> InMonth:
        months = [month.shifted(-back) for back in range(YEAR)]
        due = self._due(Period(start=months[-1].start, months=YEAR))
        return InMonth(
            due=tuple(each for each in due if each.month == month),
            year={each: counts for each, counts in by_month(due, months).items() if counts.due},
            confirmed=self._confirmed(month),
        )

    def _due(self, within: Period) -> list[DueFigure]:
        """What was due, among the periods that end within the period."""
        return [
            DueFigure(
                measure=self.measure,
                period=period,
                revisions=tuple(self.revisions.get(period) or self._pooled(period)),
                approved_at=self._approved_at(period) if period in self.revisions else None,
                questions=sum(each.is_open and each.period == period for each in self.challenges),
            )
            for period in due_periods(self.measure, within=within, today=self.today)
        ]

    def _pooled(self, period: Period) -> Sequence[Figure]:
        """What was published for several years that end with the period: it is that year's figure."""
        longer = [each for each in self.revisions if each.end == period.end and each.months > period.months]
        return self.revisions[longer[0]] if longer else ()

    def _approved_at(self, period: Period) -> datetime | None:
        """When a period was signed off, with the return of the month it ends with."""
        return self.signed_at.get(Period.containing(period.end, months=1))

    def _restated(self, since: date) -> list[Restatement]:
        revised = [period for period, every in self.revisions.items() if len(every) > 1]
        approved = {period: at for period in revised if (at := self._approved_at(period)) is not None}
        return [
            each
            for each in restatements(self.revisions, approved)
            if each.after.recorded_at is not None and each.after.recorded_at.date() >= since
        ]

    def _confirmed(self, month: Period) -> Confirmation | None:
        own = self.measure.own_period(month.end)
        figure = DueFigure(measure=self.measure, period=own, revisions=tuple(self.revisions.get(own, ())))
        if own.end != month.end or figure.current is None or not figure.has_confirmed:
            return None
        revision = figure.current.revision
        judged = [
            each
            for each in self.challenges
            if each.kind is not ChallengeKind.QUESTION and (each.period, each.revision) == (own, revision)
        ]
        newest = max(period.end for period in self.revisions)
        return Confirmation(figure=figure, judged=judged[-1] if judged else None, newest=newest)


def _known(
    session: Session,
    measures: Sequence[Measure],
    *,
    since: date,
    revised_since: date | None,
    as_known_at: datetime | None,
) -> dict[str, _Known]:
    """Of periods that end on the day or later, and of those that something was recorded of since another."""
    codes, area = [measure.code for measure in measures], council_area(session)
    histories = list_histories(
        session, measure_codes=codes, area_code=area, ended_since=since, revised_since=revised_since
    )
    signed: dict[str, dict[Period, datetime]] = {}
    for each in list_returns(session, unit_codes={measure.unit_code for measure in measures}):
        if each.approved_at is not None and is_known(each.approved_at, as_known_at):
            signed.setdefault(each.unit_code, {})[each.period] = each.approved_at
    challenges: dict[str, list[Challenge]] = {}
    for asked in list_challenges(session, measure_codes=codes, as_known_at=as_known_at):
        challenges.setdefault(asked.measure_code, []).append(asked)
    return {
        measure.code: _Known(
            measure=measure,
            today=day_of(session, as_known_at),
            revisions={
                period: known
                for period, every in histories.get(measure.code, {}).items()
                if (known := [each for each in every if is_known(each.recorded_at, as_known_at)])
            },
            signed_at=signed.get(measure.unit_code, {}),
            challenges=challenges.get(measure.code, ()),
        )
        for measure in measures
    }


def _watched(measure: Measure, today: date) -> Period:
    """Months with all the periods that the 12 months to the day may have asked for."""
    first = add_months(today, -WATCHED_MONTHS)
    start = add_months((first - timedelta(days=measure.lag_days)).replace(day=1), -1)
    return Period(start=start, months=(today.year - start.year) * 12 + today.month - start.month + 1)


def _by(day: date | None, today: date) -> date | None:
    return day if day is not None and day <= today else None
