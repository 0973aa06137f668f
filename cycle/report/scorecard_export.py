"""The scorecard for export: one line a measure, with its process, its forecast and comparators of the same period."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from cycle.ground.batches import in_batches
from cycle.ground.exports import Export, Wanted, demand_role, measures_of, reader_for
from cycle.ground.series.hiding import series_of
from data_access.council import areas
from data_access.council.settings_store import get_default_tolerance, get_setting, get_today
from data_access.store.database import reading
from data_access.store.errors import NotFoundError
from performance.ground.figures import Series
from performance.ground.measures import Measure
from performance.ground.organisation import Area, AreaKind
from performance.ground.people import Permission
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.aggregation import aggregate
from performance.ground.values import Absence, Value, round_half_up, rounded
from performance.review.ahead.forecast import forecast, year_target
from performance.review.comparators import group_value, quartile
from performance.review.scorecard import ScorecardLine, scorecard_line
from performance.review.variation import variation

COLUMNS = (
    "measure_code", "title", "unit_code", "objective", "area_code", "period", "value", "absence", "target", "lower",
    "upper", "tolerance", "rag", "direction_short", "direction_long", "spc_mean", "spc_lower", "spc_upper",
    "spc_point", "spc_assurance", "year_to_date", "ytd_rag", "ytd_months", "ytd_months_due", "forecast",
    "forecast_low", "forecast_high", "chance_of_target", "comparator_national", "comparator_region",
    "comparator_group", "quartile",
)  # fmt: skip
AllSeries = Mapping[tuple[str, str], Series]


class NoCouncilError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("No area is the council's own. Import an area of kind council first.")


def export_scorecard(wanted: Wanted) -> Export:
    """Every measure active in the period (the last whole month, where none is given), for the council itself."""
    with reading() as session:
        demand_role(wanted, Permission.VIEW_SCORECARDS)
        today = get_today(session)
        period = wanted.period or Period.containing(today, months=1).previous
        measures = [measure for measure in measures_of(session, wanted) if measure.is_active(period)]
        places = _Places(areas.list_areas(session), own=_council(session))
        groups = {each.group_name: set[str]() for each in areas.list_memberships(session)}
        for each in areas.list_memberships(session, on=period.end):
            groups[each.group_name].add(each.area_code)
        shown = places.codes.union(*(groups.get(measure.comparator_group, ()) for measure in measures))
        percent = get_default_tolerance(session)
        rows = []
        for few in in_batches(measures):
            series = series_of(
                session, measures=few, area_codes=shown, reader=reader_for(wanted), as_known_at=wanted.as_known_at
            )
            for measure in few:
                own = series.get((measure.code, places.own.code), Series(figures={}, targets={}))
                line = scorecard_line(
                    measure, own, period=period, today=today, default_percent=percent, area_code=places.own.code
                )
                outlook = (*_process(line, own, up_to=period.end), *_year_to_date(line), *_forecast(line, own, period))
                rows.append((*_line_cells(line), *outlook, *_comparators(line, series, places, groups, today)))
        return Export(columns=COLUMNS, rows=rows)


class _Places:
    """The council and the areas above it."""

    def __init__(self, found: Sequence[Area], *, own: str) -> None:
        by_code = {area.code: area for area in found}
        if own not in by_code:
            raise NoCouncilError
        self.own = by_code[own]
        region = by_code.get(self.own.parent_code or "")
        self.region = region.code if region and region.kind is AreaKind.REGION else ""
        nations = [area.code for area in found if area.kind is AreaKind.NATION]
        above = region.parent_code if region and region.kind is AreaKind.REGION else self.own.parent_code
        self.nation = above if above in nations else nations[0] if len(nations) == 1 else ""
        self.codes = {self.own.code, self.region, self.nation} - {""}


def _council(session: Session) -> str:
    """The council's own area: the setting, or else the only area of that kind."""
    named = get_setting(session, name="council_area")
    found = areas.list_areas(session, kinds=[AreaKind.COUNCIL])
    return named or (found[0].code if len(found) == 1 else "")


def _line_cells(line: ScorecardLine) -> tuple[Any, ...]:
    measure, target = line.measure, line.target
    return (
        measure.code,
        measure.title,
        measure.unit_code,
        measure.objective_code,
        line.area_code,
        line.period.iso,
        _number(line.value),
        line.value.value if isinstance(line.value, Absence) else None,
        target.number if target else None,
        target.lower if target else None,
        target.upper if target else None,
        line.tolerance,
        line.rag.value,
        line.short.value,
        line.long.value,
    )


def _process(line: ScorecardLine, series: Series, *, up_to: date) -> tuple[Any, ...]:
    """Mean and limits, unrounded; what the newest figure shown says, and whether the target will be met."""
    found = variation(line, series, up_to=up_to)
    if found is None:
        return (None,) * 5
    limits = found.limits
    return limits.mean, limits.lower, limits.upper, _word(found.kind), _word(found.assurance)


def _year_to_date(line: ScorecardLine) -> tuple[Any, ...]:
    to_date = line.year_to_date
    return _number(line.year_to_date_value), line.ytd_rag.value, to_date.months_provided, to_date.months_due


def _forecast(line: ScorecardLine, series: Series, period: Period) -> tuple[Any, ...]:
    """The year that contains the period, from what was known at its end; a yearly figure is its own year."""
    measure = line.measure
    if measure.frequency is Frequency.YEARLY:
        return (None,) * 4
    year = Period.containing(period.end, months=12, basis=measure.year_basis)
    found = forecast(measure, series.figures, year, up_to=period.end, with_trial=False)
    if found is None:
        return (None,) * 4
    target = year_target(measure, series, year)
    return found.value, found.low, found.high, found.chance_of(target, measure) if target else None


def _comparators(
    line: ScorecardLine, series: AllSeries, places: _Places, groups: Mapping[str, set[str]], today: date
) -> tuple[Any, ...]:
    """National, regional, the group's median and our quartile in it; empty where there is none for the period."""
    measure, period = line.measure, line.period
    members = sorted(groups.get(measure.comparator_group, set()) - {places.own.code})
    numbers = {
        area: {period: value}
        for area in members
        if isinstance(value := _value(measure, series, area, period, today), Decimal)
    }
    middle = group_value(numbers, period=period)
    others = [round_half_up(by_period[period], measure.decimals) for by_period in numbers.values()]
    place = (
        quartile(line.value, others, measure.polarity, band=line.target) if isinstance(line.value, Decimal) else None
    )
    return (
        _number(rounded(_value(measure, series, places.nation, period, today), measure.decimals)),
        _number(rounded(_value(measure, series, places.region, period, today), measure.decimals)),
        _number(rounded(middle.value, measure.decimals)) if middle else None,
        place.quartile if place else None,
    )


def _value(measure: Measure, series: AllSeries, area: str, period: Period, today: date) -> Value:
    """The area's value over the period, unrounded: the middle of a group is rounded once."""
    found = series.get((measure.code, area))
    if found is None:
        return Absence.NOT_PROVIDED
    return aggregate(measure, found, period, today=today).value


def _word(said: StrEnum | None) -> str | None:
    return said.value if said else None


def _number(value: Value) -> Decimal | None:
    return None if isinstance(value, Absence) else value
