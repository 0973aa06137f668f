"""The quality of the council's data as it is read: by unit, by month, by measure, and what is still to be done."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.moments import day_of, is_known
from cycle.ground.series.warding import by_ward
from cycle.review.quality._chasing import Reminder, reminders_of
from cycle.review.quality.asked import Question, questions_of
from cycle.review.quality.doubts import Confirmed, Restated, confirmed_of, due_as_seen, restated_of
from data_access.council.units import get_unit, list_units
from data_access.do.figures import current_series, list_histories
from data_access.do.returns import list_returns
from data_access.plan.register import find_first_use, list_last_uses, list_measures
from data_access.review.challenges import list_challenges
from data_access.review.self_assessments import list_assessments
from performance.ground.figures import Figure
from performance.ground.measures import Measure, Use
from performance.ground.organisation import Unit, UnitKind, units_below
from performance.ground.people import Permission, User
from performance.ground.periods import Period, add_months
from performance.ground.readers import OFFICER
from performance.ground.reckoning.completeness import due_periods
from performance.review.quality.challenges import Challenge, ChallengeKind
from performance.review.quality.dimensions import WATCHED_MONTHS, Evidence, Finding, dimensions
from performance.review.quality.received import Counts, DueFigure, by_month, count
from performance.review.quality.restating import Restatement, restatements
from performance.review.quality.self_assessment import SelfAssessment

COUNCIL_WIDE = "council"
_YEAR, _MONTHS = 12, 24


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """A unit with the counts of all that is measured at it and below it."""

    unit: Unit
    counts: Counts


@dataclass(frozen=True, kw_only=True)
class UnitYear:
    """A unit with the counts of each month of the year, of all that is measured at it and below it."""

    unit: Unit
    months: Mapping[Period, Counts]


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


# Compared by identity: kept values are drawn once and the drawing kept with them.
@dataclass(frozen=True, kw_only=True, eq=False)
class QualityView:
    """The data of a part of the council for a month, and of the year that ends with it.

    `due` are the figures of the month, `rows` the units that they belong to, and `not_due` how many are not due yet.
    `units` are those of which anything was due in the year.
    """

    month: Period
    name: str
    as_known_at: datetime | None
    today: date
    counts: Counts
    not_due: int
    rows: tuple[UnitRow, ...]
    due: tuple[DueFigure, ...]
    year: Mapping[Period, Counts]
    units: tuple[UnitYear, ...]
    measures: tuple[MeasureQuality, ...]
    restated: tuple[Restated, ...]
    confirmed: tuple[Confirmed, ...]
    open: tuple[Question, ...]
    reminders: tuple[Reminder, ...]
    may_doubt: bool


@dataclass(frozen=True, kw_only=True)
class Known:
    """What was known of the council's own figures at a moment: revisions, sign-offs, and questions."""

    today: date
    revisions: Mapping[str, Mapping[Period, Sequence[Figure]]]
    approved_at: Mapping[tuple[str, Period], datetime]
    challenges: Mapping[str, Sequence[Challenge]]

    def approvals(self, measure: Measure) -> dict[Period, datetime]:
        """When each of the measure's periods was signed off, with the return of the month it ends with."""
        found = {}
        for period in self.revisions.get(measure.code, {}):
            at = self.approved_at.get((measure.unit_code, _month(period)))
            if at is not None:
                found[period] = at
        return found

    def due(self, measure: Measure, within: Period) -> list[DueFigure]:
        """What was due of a measure, among its periods that end within the period."""
        revisions, approved = self.revisions.get(measure.code, {}), self.approvals(measure)
        return [
            DueFigure(
                measure=measure,
                period=period,
                revisions=tuple(revisions.get(period) or _pooled(revisions, period)),
                approved_at=approved.get(period),
                questions=sum(each.is_open and each.period == period for each in self.challenges.get(measure.code, ())),
            )
            for period in due_periods(measure, within=within, today=self.today)
        ]


def months_of(session: Session) -> list[Period]:
    today, measures = day_of(session, None), list_measures(session)
    latest = Period.containing(today, months=1).previous
    months = [latest.shifted(-step) for step in range(_MONTHS)]
    begun = (at for at, month in enumerate(months) if any(due_periods(m, within=month, today=today) for m in measures))
    return months[next(begun, 0) :]


def units_of(session: Session, month: Period) -> dict[str, str]:
    measured = {measure.unit_code for measure in list_measures(session) if measure.is_active(month)}
    units = list_units(session, on=month.end)
    shown = [unit for unit in units if unit.kind is not UnitKind.COUNCIL and _below(unit.code, units) & measured]
    return {COUNCIL_WIDE: "Whole council"} | {
        unit.code: f"{unit.kind.value.capitalize()}: {unit.name}" for unit in shown
    }


def view_of(session: Session, month: Period, unit_code: str, *, as_known_at: datetime | None, by: User) -> QualityView:
    units = list_units(session, on=month.end)
    whole = unit_code == COUNCIL_WIDE
    name = "the whole council" if whole else get_unit(session, code=unit_code, on=month.end).name
    inside = None if whole else _below(unit_code, units)
    measures = _measures(session, inside)
    known = known_of(session, measures, as_known_at=as_known_at)
    year = Period(start=month.shifted(1 - _YEAR).start, months=_YEAR)
    figures = [each for measure in measures for each in known.due(measure, year)]
    due = due_as_seen(session, [each for each in figures if each.month == month], as_known_at=as_known_at, by=by)
    active = [measure for measure in measures if measure.is_active(month)]
    months = [month.shifted(-step) for step in range(_YEAR - 1, -1, -1)]
    return QualityView(
        month=month,
        name=name,
        as_known_at=as_known_at,
        today=known.today,
        counts=count(due),
        not_due=sum(_ends_with(each, month) for each in active) - len(due),
        rows=tuple(UnitRow(unit=unit, counts=count(of_unit)) for unit, of_unit in _by_unit(units, due, inside)),
        due=due,
        year=by_month(figures, months),
        units=tuple(
            UnitYear(unit=unit, months=by_month(of_unit, months)) for unit, of_unit in _by_unit(units, figures, inside)
        ),
        measures=tuple(dimensions_of(session, active, as_known_at=as_known_at, known=known)),
        restated=restated_of(session, _restated(measures, known), as_known_at=as_known_at, by=by),
        confirmed=confirmed_of(session, _confirmed(measures, month, known), as_known_at=as_known_at, by=by),
        open=questions_of(session, _all_open(known), as_known_at=as_known_at, by=by),
        reminders=reminders_of(session, _missing(measures, known), today=known.today, by=by),
        may_doubt=by.may(Permission.DOUBT_FIGURES) and as_known_at is None,
    )


def known_of(session: Session, measures: Collection[Measure], *, as_known_at: datetime | None) -> Known:
    codes, area = [measure.code for measure in measures], council_area(session)
    histories = list_histories(session, measure_codes=codes, area_code=area)
    revisions = {
        code: {period: known for period, every in of_measure.items() if (known := _known(every, as_known_at))}
        for code, of_measure in histories.items()
    }
    returns = list_returns(session, unit_codes={measure.unit_code for measure in measures})
    challenges: dict[str, list[Challenge]] = {}
    for each in list_challenges(session, measure_codes=codes, as_known_at=as_known_at):
        challenges.setdefault(each.measure_code, []).append(each)
    return Known(
        today=day_of(session, as_known_at),
        revisions=revisions,
        approved_at={
            (each.unit_code, each.period): each.approved_at
            for each in returns
            if each.approved_at is not None and is_known(each.approved_at, as_known_at)
        },
        challenges=challenges,
    )


def dimensions_of(
    session: Session, measures: Sequence[Measure], *, as_known_at: datetime | None, known: Known | None = None
) -> list[MeasureQuality]:
    """The six dimensions of each measure's data, over the 12 months to the day."""
    known = known or known_of(session, measures, as_known_at=as_known_at)
    opened, reported = (list_last_uses(session, use=use) for use in (Use.OPENED, Use.REPORTED))
    since = find_first_use(session, use=Use.OPENED)
    assessed = list_assessments(session, measure_codes=[each.code for each in measures], as_known_at=as_known_at)
    restated = _restated(measures, known)
    return [
        MeasureQuality(
            measure=measure,
            findings=dimensions(
                Evidence(
                    measure=measure,
                    due=_of_last_year(measure, known),
                    restated=[each for owner, each in restated if owner == measure],
                    challenges=known.challenges.get(measure.code, ()),
                    opened_on=_by(opened.get(measure.code), known.today),
                    reported_on=_by(reported.get(measure.code), known.today),
                    counted_since=_by(since, known.today),
                ),
                today=known.today,
            ),
            assessed=assessed.get(measure.code),
            year=Period.containing(known.today, months=12),
        )
        for measure in measures
    ]


def _measures(session: Session, inside: Collection[str] | None) -> list[Measure]:
    """Those of the units that have, or should have, figures of the council's own."""
    measures, area = list_measures(session, unit_codes=inside), council_area(session)
    in_wards = by_ward(session, measures, OFFICER)
    of_council = {code for code, _ in current_series(session, measure_codes=in_wards, area_codes=[area])}
    return [each for each in measures if each.code not in in_wards or each.code in of_council]


def _by_unit(
    units: Sequence[Unit], due: Sequence[DueFigure], inside: Collection[str] | None
) -> Iterator[tuple[Unit, list[DueFigure]]]:
    """Each directorate, then what is below it, wherever something was due, with that."""
    for unit in _in_order(units):
        below = _below(unit.code, units)
        of_unit = [each for each in due if each.measure.unit_code in below]
        if of_unit and (inside is None or unit.code in inside):
            yield unit, of_unit


def _in_order(units: Sequence[Unit]) -> list[Unit]:
    """Each unit before those below it, the council itself left out."""
    council = {unit.code for unit in units if unit.kind is UnitKind.COUNCIL}
    waiting = [unit for unit in reversed(units) if unit.code not in council and unit.parent_code in council | {None}]
    found: list[Unit] = []
    while waiting:
        unit = waiting.pop()
        found.append(unit)
        waiting += [each for each in reversed(units) if each.parent_code == unit.code and each not in found]
    return found


def _restated(measures: Collection[Measure], known: Known) -> list[tuple[Measure, Restatement]]:
    """What was changed after sign-off in the 12 months to the day, newest first."""
    since = add_months(known.today, -WATCHED_MONTHS)
    found = [
        (measure, each)
        for measure in measures
        for each in restatements(known.revisions.get(measure.code, {}), known.approvals(measure))
        if each.after.recorded_at is not None and each.after.recorded_at.date() >= since
    ]
    return sorted(found, key=lambda one: (one[1].after.recorded_at, one[0].code), reverse=True)


def _confirmed(measures: Collection[Measure], month: Period, known: Known) -> list[tuple[DueFigure, Challenge | None]]:
    """Current figures of the month whose checks a service confirmed, with the judgement of the BI team if there is."""
    found = []
    for measure in measures:
        own = measure.own_period(month.end)
        revisions = known.revisions.get(measure.code, {}).get(own, ()) if own.end == month.end else ()
        figure = DueFigure(measure=measure, period=own, revisions=tuple(revisions))
        if figure.current is not None and figure.has_confirmed:
            judged = [
                each
                for each in known.challenges.get(measure.code, ())
                if each.kind is not ChallengeKind.QUESTION
                and (each.period, each.revision) == (own, figure.current.revision)
            ]
            found.append((figure, judged[-1] if judged else None))
    return found


def _of_last_year(measure: Measure, known: Known) -> list[DueFigure]:
    """The figures whose due date fell within the 12 months to the day."""
    first = add_months(known.today, -WATCHED_MONTHS)
    start = add_months((first - timedelta(days=measure.lag_days)).replace(day=1), -1)
    months = (known.today.year - start.year) * 12 + known.today.month - start.month + 1
    due = known.due(measure, Period(start=start, months=months))
    return [each for each in due if measure.due_on(each.period) >= first]


def _missing(measures: Sequence[Measure], known: Known) -> list[DueFigure]:
    return [each for measure in measures for each in _of_last_year(measure, known) if not each.is_received]


def _all_open(known: Known) -> list[Challenge]:
    found = [each for of_measure in known.challenges.values() for each in of_measure]
    waits = [each for each in found if each.is_open and each.kind is not ChallengeKind.ACCEPTED]
    return sorted(waits, key=lambda each: (each.asked_at, each.id))


def _pooled(revisions: Mapping[Period, Sequence[Figure]], period: Period) -> Sequence[Figure]:
    """What was published for several years that end with the period: it is that year's figure."""
    longer = [each for each in revisions if each.end == period.end and each.months > period.months]
    return revisions[longer[0]] if longer else ()


def _known(revisions: Sequence[Figure], as_known_at: datetime | None) -> list[Figure]:
    return [each for each in revisions if is_known(each.recorded_at, as_known_at)]


def _below(code: str, units: Sequence[Unit]) -> frozenset[str]:
    return units_below(code, ((unit.code, unit.parent_code) for unit in units))


def _ends_with(measure: Measure, month: Period) -> bool:
    return measure.own_period(month.end).end == month.end


def _by(day: date | None, today: date) -> date | None:
    return day if day is not None and day <= today else None


def _month(period: Period) -> Period:
    return Period.containing(period.end, months=1)
