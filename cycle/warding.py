"""A measure by ward: the figures that may be shown, in fixed classes, on the boundaries of their time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from cycle.hiding import hide_small_counts
from cycle.returning import council_area
from data_access.areas import list_areas, list_boundaries, list_boundary_editions
from data_access.errors import NotFoundError
from data_access.figures import current_series
from data_access.register import list_measures
from data_access.settings_store import get_setting, get_today
from performance.aggregation import figure_value
from performance.classes import class_bounds, class_of
from performance.measures import Measure
from performance.organisation import Area, AreaKind, BoundaryEdition
from performance.periods import Period
from performance.values import Value, rounded


class NoWardFiguresError(NotFoundError):
    def __init__(self, measure: Measure) -> None:
        super().__init__(f"{measure.title} is not available by ward. Choose a measure that is.")


@dataclass(frozen=True, kw_only=True)
class WardFigure:
    """A ward's figure as printed; a number has its place among the wards (1 is the highest) and its class."""

    area: Area
    value: Value
    rank: int | None
    map_class: int | None


# Compared by identity: kept values are drawn once and the drawing kept with them.
@dataclass(frozen=True, kw_only=True, eq=False)
class WardMap:
    """A measure by ward for a period. `bounds` are the inner bounds of the classes, the same for every period.

    `whole`, the council's own figure, is None for a measure that has figures for wards alone.
    """

    measure: Measure
    period: Period
    periods: tuple[Period, ...]
    wards: tuple[WardFigure, ...]
    bounds: tuple[Decimal, ...]
    whole: Value | None
    edition: BoundaryEdition | None
    geometries: Mapping[str, Mapping[str, Any]]

    @property
    def ranked(self) -> tuple[WardFigure, ...]:
        """Wards with a number, highest first."""
        return tuple(sorted((ward for ward in self.wards if ward.rank), key=lambda ward: (ward.rank, ward.area.name)))


def list_ward_measures(session: Session) -> tuple[Measure, ...]:
    """Measures with a figure for a ward in a period that has ended, by title."""
    today = get_today(session)
    wards = [area.code for area in list_areas(session, kinds=[AreaKind.WARD])]
    measures = {measure.code: measure for measure in list_measures(session)}
    found = current_series(session, measure_codes=measures, area_codes=wards)
    known = {code for (code, _), series in found.items() if any(period.end <= today for period in series)}
    return tuple(sorted((measures[code] for code in known), key=lambda measure: (measure.title, measure.code)))


def ward_map_of(session: Session, measure: Measure, period: Period | None, *, sees_all: bool) -> WardMap:
    """The map for a period, or the latest that ended. Raises NoWardFiguresError."""
    today, ours = get_today(session), council_area(session)
    areas = {area.code: area for area in list_areas(session, kinds=[AreaKind.WARD, AreaKind.COUNCIL])}
    figures = current_series(session, measure_codes=[measure.code], area_codes=areas)
    if not sees_all:
        threshold = int(get_setting(session, name="small_number_threshold"))
        figures = hide_small_counts(figures, measures={measure.code: measure}, areas=areas, threshold=threshold)
    by_ward = {area: series for (_, area), series in figures.items() if areas[area].kind is AreaKind.WARD}
    periods = sorted({each for series in by_ward.values() for each in series if each.end <= today}, reverse=True)
    if not periods:
        raise NoWardFiguresError(measure)
    shown = period if period in periods else periods[0]
    wards = _one_set([areas[area] for area in by_ward], {area for area in by_ward if shown in by_ward[area]}, shown)
    printed = {
        ward.code: rounded(figure_value(measure, by_ward[ward.code].get(shown), shown, today=today), measure.decimals)
        for ward in wards
    }
    every = (
        rounded(figure_value(measure, figure, each, today=today), measure.decimals)
        for series in by_ward.values()
        for each, figure in series.items()
    )
    bounds = class_bounds([value for value in every if isinstance(value, Decimal)])
    edition, geometries = _drawn(session, wards, shown)
    whole = figures.get((measure.code, ours))
    return WardMap(
        measure=measure,
        period=shown,
        periods=tuple(periods),
        wards=_ranked(printed, areas, bounds),
        bounds=bounds,
        whole=rounded(figure_value(measure, whole.get(shown), shown, today=today), measure.decimals) if whole else None,
        edition=edition,
        geometries=geometries,
    )


def _one_set(wards: Sequence[Area], with_figure: Collection[str], period: Period) -> list[Area]:
    """The wards of one map: those there at the period's end. Old and new wards never share it.

    A source may count anew, on later wards, what was before them (a census): then the first of those are drawn.
    """
    there = [ward for ward in wards if _stood(ward, period.end)]
    later = [ward for ward in wards if ward.valid_from and ward.valid_from > period.end and ward.code in with_figure]
    if later and not any(ward.code in with_figure for ward in there):
        first = min(ward.valid_from for ward in later if ward.valid_from)
        return [ward for ward in later if ward.valid_from == first]
    return there


def _stood(area: Area, day: date) -> bool:
    began = area.valid_from is None or area.valid_from <= day
    return began and (area.valid_to is None or area.valid_to >= day)


def _drawn(
    session: Session, wards: Sequence[Area], period: Period
) -> tuple[BoundaryEdition | None, dict[str, dict[str, Any]]]:
    """The edition in force at the period's end, or when wards that came later began, if it has any of these wards."""
    day = max([period.end, *(ward.valid_from for ward in wards if ward.valid_from)])
    codes = {ward.code for ward in wards}
    for edition in list_boundary_editions(session, on=day):
        shapes = list_boundaries(session, edition_name=edition.name)
        if known := {code: shape for code, shape in shapes.items() if code in codes}:
            return edition, known
    return None, {}


def _ranked(
    printed: Mapping[str, Value], areas: Mapping[str, Area], bounds: tuple[Decimal, ...]
) -> tuple[WardFigure, ...]:
    """Wards by name, each with its rank; equal figures share the better rank."""
    known = [value for value in printed.values() if isinstance(value, Decimal)]
    return tuple(
        WardFigure(
            area=areas[code],
            value=value,
            rank=1 + sum(other > value for other in known) if isinstance(value, Decimal) else None,
            map_class=class_of(value, bounds) if isinstance(value, Decimal) else None,
        )
        for code, value in sorted(printed.items(), key=lambda item: areas[item[0]].name)
    )
