"""One measure with all that is known of it, for the council itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.council import council_area, names
from cycle.ground.moments import day_of, is_known
from cycle.ground.series.comparing import Comparator, comparators_of
from cycle.ground.series.forecasting import fan_of, outlook_of
from cycle.ground.series.hiding import council_histories, council_series
from cycle.ground.series.lately import Recent, history, last_not_red, own_periods, rated
from cycle.ground.series.standing import NOTHING
from cycle.ground.series.warding import by_ward, wards_by_name
from data_access.council.settings_store import get_default_tolerance
from data_access.council.units import list_units
from data_access.do.reopenings import list_reopenings
from data_access.plan.register import list_measures
from data_access.plan.tree import get_node
from data_access.review.rebases import list_rebases
from data_access.revise import recovery
from performance.ground.figures import Figure, Series
from performance.ground.measures import Measure
from performance.ground.organisation import PlanNode
from performance.ground.periods import Period
from performance.ground.readers import Reader
from performance.ground.reckoning.due import numbers
from performance.ground.reckoning.spc import Process, read_process
from performance.ground.values import round_half_up
from performance.review.ahead.forecast import Forecast
from performance.review.ahead.outlook import Outlook
from performance.review.explaining import Explained, explain
from performance.review.rebasing import Rebase
from performance.review.scorecard import ScorecardLine, scorecard_line
from performance.review.variation import Variation, variation


class NoSuchPeriodError(ValueError):
    """A measure has nothing to show for a period: it never reported on it."""

    def __init__(self, measure: Measure, period: Period) -> None:
        super().__init__(f"{measure.title} has nothing to show for {period.in_words}.")


@dataclass(frozen=True, kw_only=True)
class Beside:
    """The median of the same thing, or the mean: its measure and its figures as printed, by period."""

    measure: Measure
    is_median: bool
    numbers: Mapping[Period, Decimal]


# Compared by identity: kept values are drawn once and the drawing kept with them.
@dataclass(frozen=True, kw_only=True, eq=False)
class MeasurePage:
    """All that is known of one measure for the council itself.

    `periods` are those it can be read at, the first the newest with a number; `revisions` are newest first;
    `corrected_because` are the reasons for which something locked was opened again, by the id of the request; `ahead`
    is what is expected of each period left in the year; `plans` the days on which recovery plans were agreed, each with
    its words.
    """

    measure: Measure
    unit_name: str
    objective: PlanNode | None
    line: ScorecardLine
    periods: tuple[Period, ...]
    series: Series
    figures: tuple[Recent, ...]
    comparators: tuple[Comparator, ...]
    revisions: tuple[Figure, ...]
    corrected_because: dict[int, str]
    known_as: dict[str, str]
    has_wards: bool
    default_percent: Decimal
    today: date
    variation: Variation | None
    process: Process | None
    rebases: tuple[Rebase, ...]
    outlook: Outlook | None
    ahead: tuple[Forecast, ...]
    explained: Explained | None
    as_known_at: datetime | None
    plans: tuple[tuple[date, str], ...]
    beside: Beside | None

    @property
    def shown(self) -> tuple[Period, ...]:
        """The periods that its chart and table show, the newest first."""
        return tuple(each.period for each in reversed(self.figures))

    @property
    def newer(self) -> Period | None:
        """The newest period with a number, where an earlier one is shown."""
        newest = self.periods[0]
        return newest if newest.end > self.line.period.end else None

    @property
    def is_by_ward_alone(self) -> bool:
        """Whether there is nothing to show of the council as a whole, and nothing is expected."""
        return self.has_wards and not (self.series.figures or self.series.targets)


def measure_page_of(
    session: Session, measure: Measure, period: Period | None, *, reader: Reader, as_known_at: datetime | None
) -> MeasurePage:
    """The measure read at the end of one of its periods, or at the newest. Raises NoSuchPeriodError."""
    code = measure.code
    today, percent, area = day_of(session, as_known_at), get_default_tolerance(session), council_area(session)
    found = council_series(session, measures=[measure], area=area, reader=reader, as_known_at=as_known_at)
    series = found.get((code, area), NOTHING)
    periods = own_periods(measure, series, today)
    latest = period or periods[0]
    if latest not in periods:
        raise NoSuchPeriodError(measure, latest)
    is_newest = latest.end >= periods[0].end
    if not is_newest:
        series = series.up_to(latest.end)
    line = scorecard_line(measure, series, period=latest, today=today, default_percent=percent, area_code=area)
    up_to = today if is_newest else latest.end
    compared = comparators_of(session, measures=[measure], up_to=up_to, as_known_at=as_known_at)
    recorded = council_histories(session, measures=[measure], area=area, reader=reader, as_known_at=as_known_at)
    units = {unit.code: unit.name for unit in list_units(session, on=today)}
    every = history(series, latest)
    figures = tuple(rated(measure, series, period, today, percent) for period in every)
    has_wards = bool(by_ward(session, [measure], reader))
    wards = wards_by_name(session, measure, reader=reader, as_known_at=as_known_at) if has_wards else {}
    return MeasurePage(
        measure=measure,
        unit_name=units.get(measure.unit_code, measure.unit_code),
        objective=get_node(session, code=measure.objective_code) if measure.objective_code else None,
        line=line,
        periods=periods,
        series=series,
        figures=figures,
        comparators=tuple(compared[code]),
        revisions=_newest_first(recorded.get(code, {}), up_to=None if is_newest else latest.end),
        corrected_because={each.id: each.reason for each in list_reopenings(session, unit_codes=[measure.unit_code])},
        known_as=dict(names(session)),
        has_wards=has_wards,
        default_percent=percent,
        today=today,
        variation=variation(line, series, up_to=latest.end),
        process=read_process(line.measure, series, up_to=latest.end, target=series.targets.get(latest)),
        rebases=tuple(list_rebases(session, measure_codes=[code], as_known_at=as_known_at).get(code, ())),
        ahead=fan_of(line.measure, series, latest, today=today),
        explained=explain(line.measure, series, latest, since=last_not_red(line, figures, measure), wards=wards),
        as_known_at=as_known_at,
        beside=_beside(session, measure, area=area, reader=reader, today=today, as_known_at=as_known_at),
        plans=_plans_agreed(session, code, area, as_known_at),
        outlook=outlook_of(line.measure, series, latest, today=today, default_percent=percent, with_trial=True),
    )


def _beside(
    session: Session, measure: Measure, *, area: str, reader: Reader, today: date, as_known_at: datetime | None
) -> Beside | None:
    """The first measure that is the median of this one, or the one this is the median of."""
    every = list_measures(session)
    other = next((each for each in every if measure.code == each.median_of or measure.median_of == each.code), None)
    if other is None or other.unit != measure.unit:
        return None
    series = council_series(session, measures=[other], area=area, reader=reader, as_known_at=as_known_at)
    known = numbers(other, series.get((other.code, area), NOTHING).figures)
    return Beside(
        measure=other,
        is_median=other.median_of == measure.code,
        numbers={each: round_half_up(number, other.decimals) for each, number in known.items() if each.end <= today},
    )


def _newest_first(recorded: Mapping[Period, Sequence[Figure]], *, up_to: date | None) -> tuple[Figure, ...]:
    """Every revision of the periods that ended by the day, or of all."""
    kept = [figures for period, figures in recorded.items() if up_to is None or period.end <= up_to]
    return tuple(reversed([each for figures in kept for each in figures]))


def _plans_agreed(session: Session, code: str, area: str, as_known_at: datetime | None) -> tuple[tuple[date, str], ...]:
    """The days on which recovery plans of the measure were agreed, each with its words."""
    return tuple(
        (each.agreed_at.date(), f"{each.reference} agreed")
        for each in recovery.list_plans(session, measure_codes=[code])
        if each.area_code == area and each.agreed_at is not None and is_known(each.agreed_at, as_known_at)
    )
