"""What a scorecard for a period shows of one measure: the figure, its colours, where it is heading."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from performance.ground.figures import FigureStatus, Series, Target
from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.aggregation import Aggregate, aggregate, behind_in_words, own_periods, year_to_date
from performance.ground.reckoning.direction import Direction, Travel, direction
from performance.ground.reckoning.rag import Rag, has_aim, missed_by, rate, target_in_words, tolerance
from performance.ground.values import Value, rounded


@dataclass(frozen=True, kw_only=True)
class ScorecardLine:
    """One measure on a scorecard. `period` is the period actually shown; `value` is rounded as printed.

    `target_before` is that of the period before and `rag_by_target_before` what the figure would be against it; None
    where the figures of the two are not of one kind: other seasons, or sums to date.
    """

    measure: Measure
    area_code: str
    period: Period
    value: Value
    target: Target | None
    tolerance: Decimal | None
    rag: Rag
    travel: Travel
    travel_over_a_year: Travel
    year_to_date: Aggregate
    ytd_rag: Rag
    months_provided: int
    months_due: int
    as_at: Period | None
    is_complete: bool
    is_provisional: bool
    is_estimated: bool
    target_before: Target | None = None
    rag_by_target_before: Rag | None = None

    @property
    def short(self) -> Direction:
        """Against the period before, or a year before where the measure is seasonal or cumulative."""
        return self.travel.direction

    @property
    def long(self) -> Direction:
        return self.travel_over_a_year.direction

    @property
    def is_partial(self) -> bool:
        """Whether the value is made from fewer months than the period has."""
        return isinstance(self.value, Decimal) and not self.is_complete

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands beside the figure: of which day it is, how firm, and from how many months; empty where it is a
        plain figure of the period."""
        firm = "provisional" if self.is_provisional else "estimated" if self.is_estimated else ""
        as_at = f"as at {self.as_at.short}" if self.as_at and self.as_at != self.period else ""
        partial = ""
        if self.is_partial:
            partial = behind_in_words(self.measure, provided=self.months_provided, due=self.months_due)
        return tuple(filter(None, (as_at, firm, partial)))

    @property
    def tolerances_off(self) -> Decimal:
        """How many tolerances the figure lies off its target; without a tolerance, how many targets. By this the worst
        comes first, whatever the units."""
        if self.target is None or not isinstance(self.value, Decimal):
            return Decimal(0)
        missed = missed_by(self.value, self.target, self.measure.polarity)
        return missed / (self.tolerance or abs(self.target.number or Decimal(0)) or Decimal(1))

    @property
    def against_target(self) -> str:
        """ ", target 25.0 days", to stand behind the figure; empty without a target."""
        return f", target {target_in_words(self.measure, self.target)}" if self.target else ""

    @property
    def is_by_target_alone(self) -> bool:
        """Whether the figure has another status than it would have had, had the target stayed as it was."""
        return bool(self.target_moved_in_words)

    @property
    def target_moved_in_words(self) -> str:
        """ "Its target moved from 50 to 60: against the one before it would be red"; empty where it decided nothing."""
        rag = self.rag_by_target_before
        if rag is None or rag is self.rag or not (rag.is_rated and self.rag.is_rated):
            return ""
        then, now = (target_in_words(self.measure, each) for each in (self.target_before, self.target))
        return "" if then == now else f"Its target moved from {then} to {now}: against the one before it would be {rag}"

    @property
    def own_period(self) -> Period:
        """The measure's own period at the end of the one shown: the month of a quarter that is made of months."""
        measure, shown = self.measure, self.period
        return measure.own_period(shown.end) if _is_reported_within(measure, shown) else shown

    @property
    def year_to_date_value(self) -> Value:
        """The year to date as printed."""
        return rounded(self.year_to_date.value, self.measure.decimals)


def periods_in_play(measure: Measure, period: Period) -> tuple[Period, ...]:
    """The measure's own periods that a scorecard for the period shows: those within it, or its latest one."""
    if _is_reported_within(measure, period):
        return tuple(own_periods(measure, period))
    return (measure.latest_period(period.end),)


def shown_period(measure: Measure, series: Series, period: Period) -> Period:
    """The period a scorecard shows: its own, or the latest of a measure reported less often.

    Yearly figures may start on any day, as published, and may pool several years: then the latest one stored.
    A measure that keeps to its calendar shows its latest period even before a figure has come in.
    """
    if _is_reported_within(measure, period):
        return period
    expected = measure.latest_period(period.end)
    latest = max((p for p in series.figures if p.end <= period.end), key=lambda p: (p.end, p.months), default=None)
    if latest is None or (latest.end < expected.end and _keeps_to_calendar(measure, latest)):
        return expected
    return latest


def period_before(measure: Measure, shown: Period) -> Period:
    """The period just before in the calendar; pooled years move on by one year at a time."""
    return shown.shifted(-12 if measure.frequency is Frequency.YEARLY else -shown.months)


def scorecard_line(
    measure: Measure,
    series: Series,
    *,
    period: Period,
    today: date,
    default_percent: Decimal,
    area_code: str = "",
) -> ScorecardLine:
    """The measure's line on the scorecard for the period, for the area the series is of."""
    shown = shown_period(measure, series, period)
    measure = measure.at(shown)
    now = aggregate(measure, series, shown, today=today)
    to_date = year_to_date(measure, series, shown, today=today)
    seen = _statuses_behind(measure, series, now)
    same_season = measure.seasonal or measure.accumulation is Accumulation.CUMULATIVE
    before = shown.year_before if same_season else period_before(measure, shown)
    then = aggregate(measure, series, before, today=today)
    aim_before = None if same_season else then.target
    by_before = rate(now.value, aim_before, measure, default_percent=default_percent) if aim_before else None
    return ScorecardLine(
        measure=measure,
        area_code=area_code or _area_of(series),
        period=shown,
        value=rounded(now.value, measure.decimals),
        target=now.target if has_aim(now.target, measure.polarity) else None,
        tolerance=_tolerance_shown(measure, now, default_percent),
        rag=rate(now.value, now.target, measure, default_percent=default_percent),
        travel=_travel(measure, now, then),
        travel_over_a_year=_travel(measure, now, aggregate(measure, series, shown.year_before, today=today)),
        year_to_date=to_date,
        ytd_rag=rate(to_date.value, to_date.target, measure, default_percent=default_percent),
        months_provided=now.months_provided,
        months_due=now.months_due,
        as_at=now.as_at,
        is_complete=now.is_complete,
        is_provisional=FigureStatus.PROVISIONAL in seen,
        is_estimated=FigureStatus.ESTIMATED in seen,
        target_before=aim_before,
        rag_by_target_before=by_before,
    )


def _is_reported_within(measure: Measure, period: Period) -> bool:
    """Whether the measure is reported at least as often as the period, and its own periods fit into it."""
    fits = measure.own_period(period.start).start == period.start and period.months % measure.frequency.months == 0
    return measure.frequency is not Frequency.YEARLY and measure.frequency.months <= period.months and fits


def _keeps_to_calendar(measure: Measure, period: Period) -> bool:
    return measure.own_period(period.start) == period


def _travel(measure: Measure, now: Aggregate, then: Aggregate) -> Travel:
    across = then.period, now.period
    found = Direction.NOT_AVAILABLE
    if now.is_complete and then.is_complete:
        found = direction(measure, now=now.value, before=then.value, band=now.target, across=across)
    values = rounded(now.value, measure.decimals), rounded(then.value, measure.decimals)
    return Travel(direction=found, now=values[0], before=values[1], period=now.period, since=then.period)


def _tolerance_shown(measure: Measure, now: Aggregate, default_percent: Decimal) -> Decimal | None:
    """The tolerance in the measure's unit. A range without a figure has none yet: it depends on the bound missed."""
    if now.target is None or not has_aim(now.target, measure.polarity):
        return None
    actual = rounded(now.value, measure.decimals)
    if isinstance(actual, Decimal):
        return tolerance(measure, now.target, actual, default_percent=default_percent)
    if measure.polarity is Polarity.RANGE or now.target.number is None:
        return None
    return tolerance(measure, now.target, now.target.number, default_percent=default_percent)


def _statuses_behind(measure: Measure, series: Series, now: Aggregate) -> set[FigureStatus]:
    """How firm the figures are that the value is made of."""
    used = [now.as_at] if now.as_at else [now.period, *own_periods(measure, now.period)]
    return {series.figures[period].status for period in used if period in series.figures}


def _area_of(series: Series) -> str:
    areas = [figure.area_code for figure in series.figures.values()]
    return next(iter(areas or [target.area_code for target in series.targets.values()]), "")
