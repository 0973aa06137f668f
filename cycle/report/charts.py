"""Report: the policy officer draws a measure for the annual report, from figures that may leave the house."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import council_area
from cycle.ground.memory import remembered
from cycle.ground.series.comparing import Comparator, comparators_of
from cycle.ground.series.hiding import council_series
from cycle.ground.series.standing import NOTHING
from data_access.council.areas import get_area
from data_access.council.settings_store import get_setting, get_today
from data_access.do.measured import list_measured_at
from data_access.plan.register import get_measure, list_measures
from data_access.store.database import reading
from performance.ground.measures import Measure
from performance.ground.people import Permission, User
from performance.ground.periods import Frequency, Period
from performance.ground.readers import OFFICER
from performance.ground.reading_order import by_title
from performance.ground.reckoning.aggregation import Aggregate, aggregate

MOST_SERIES = 4


class TooManySeriesError(ValueError):
    """A chart with more lines than a reader can tell apart."""

    def __init__(self) -> None:
        super().__init__(f"Choose at most {MOST_SERIES - 1} comparators: a reader cannot follow more lines.")


class NothingToDrawError(ValueError):
    """No period between the two has a figure."""

    def __init__(self) -> None:
        super().__init__("There are no figures between these two periods. Choose an earlier start or a later end.")


@dataclass(frozen=True, kw_only=True)
class AnnualFigures:
    """A measure's figures for the annual report, ours and the comparators', over the same periods."""

    measure: Measure
    area_name: str
    council_name: str
    ours: tuple[Aggregate, ...]
    comparators: tuple[Comparator, ...]
    known_on: date

    @property
    def periods(self) -> tuple[Period, ...]:
        return tuple(each.period for each in self.ours)


def measures_to_chart(*, by: User) -> list[Measure]:
    """Every measure the council has figures for, by title."""
    with reading() as session:
        demand(session, by, Permission.MAKE_REPORTS)
        return list(remembered(session, ("measures to chart",), lambda: _with_figures(session)))


def figures_to_chart(measure_code: str, *, yearly: bool, by: User) -> AnnualFigures:
    """All that can be drawn of a measure: every year that is over (or every own period), and every comparator."""
    with reading() as session:
        demand(session, by, Permission.MAKE_REPORTS)
        key = ("annual chart", measure_code, yearly)
        return remembered(session, key, lambda: _figures(session, get_measure(session, code=measure_code), yearly))


def annual_chart(
    measure_code: str, *, first: Period, last: Period, comparators: Collection[str] = (), yearly: bool = True, by: User
) -> AnnualFigures:
    """The figures from the first period to the last, with the comparators named by their keys.

    Raises NothingToDrawError or TooManySeriesError.
    """
    found = figures_to_chart(measure_code, yearly=yearly, by=by)
    ours = tuple(each for each in found.ours if first.start <= each.period.start and each.period.end <= last.end)
    if not any(isinstance(each.value, Decimal) for each in ours):
        raise NothingToDrawError
    if len(comparators) >= MOST_SERIES:
        raise TooManySeriesError
    drawn = {each.period for each in ours}
    chosen = [_within(each, drawn) for each in found.comparators if each.key in comparators]
    return replace(found, ours=ours, comparators=tuple(each for each in chosen if each.numbers))


def _with_figures(session: Session) -> tuple[Measure, ...]:
    measures = list_measures(session)
    codes = [each.code for each in measures]
    drawn = set(list_measured_at(session, area_code=council_area(session), measure_codes=codes))
    return by_title(each for each in measures if each.code in drawn)


def _figures(session: Session, measure: Measure, yearly: bool) -> AnnualFigures:
    today, area = get_today(session), council_area(session)
    series = council_series(session, measures=[measure], area=area, reader=OFFICER).get((measure.code, area), NOTHING)
    ended = [period for period in sorted(series.figures) if period.end <= today]
    if yearly and measure.frequency is not Frequency.YEARLY:
        years = {Period.containing(period.start, months=12, basis=measure.year_basis) for period in ended}
        ended = [year for year in sorted(years) if year.end <= today]
    drawn = set(ended)
    compared = comparators_of(session, measures=[measure], up_to=today)[measure.code]
    return AnnualFigures(
        measure=measure,
        area_name=get_area(session, code=area).name,
        council_name=get_setting(session, name="council_name"),
        ours=tuple(aggregate(measure, series, period, today=today) for period in ended),
        comparators=tuple(each for each in (_within(each, drawn) for each in compared) if each.numbers),
        known_on=today,
    )


def _within(comparator: Comparator, periods: Collection[Period]) -> Comparator:
    return replace(
        comparator,
        numbers={period: number for period, number in comparator.numbers.items() if period in periods},
        councils={period: count for period, count in comparator.councils.items() if period in periods},
    )
