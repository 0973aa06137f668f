"""A measure by ward: the figures that may be shown, in fixed classes, on the boundaries of their time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.memory import remembered, remembered_each
from cycle.ground.moments import day_of
from cycle.ground.series.hiding import figures_of_wards
from cycle.ground.series.ward_people import RESIDENTS, Describing, describing, expected, interval_behind, living_in
from data_access.council.areas import list_areas, list_boundaries, list_boundary_editions
from data_access.council.settings_store import get_today
from data_access.do.figures import is_any_signed_off
from data_access.do.measured import list_areas_measured, list_first_periods, list_periods_measured
from data_access.plan.register import list_measures
from data_access.store.errors import NotFoundError
from performance.ground.figures import Figure, Series
from performance.ground.measures import Measure
from performance.ground.organisation import Area, AreaKind, BoundaryEdition
from performance.ground.periods import Period
from performance.ground.readers import Reader
from performance.ground.reading_order import as_read, by_title
from performance.ground.reckoning.due import figure_value, stored_value
from performance.ground.reckoning.unusual import adds_up_over_wards
from performance.ground.values import Value, rounded
from performance.review.wards.average import average_ward, per_head
from performance.review.wards.classes import class_bounds, class_of
from performance.review.wards.count_intervals import Interval, Standing


class NoWardFiguresError(NotFoundError):
    def __init__(self, measure: Measure) -> None:
        super().__init__(f"{measure.title} is not available by ward, or was not then. Choose a measure that is.")


@dataclass(frozen=True, kw_only=True)
class WardFigure:
    """A ward's figure as printed; a number has its place among the wards (1 is the highest) and its class.

    `expected` is what the ward is compared with: the council's figure, or for a count the ward's share of it by
    residents. It, the interval and a count `per_head`, of 1,000 residents, are unrounded.
    """

    area: Area
    value: Value
    rank: int | None
    map_class: int | None
    interval: Interval | None = None
    expected: Decimal | None = None
    per_head: Decimal | None = None

    @property
    def standing(self) -> Standing:
        if self.interval is None or self.expected is None:
            return Standing.NOT_COMPARED
        return self.interval.standing(self.expected)


@dataclass(frozen=True, kw_only=True)
class Placed:
    """The wards that share a map, by name, each in its place, and the council's own figure as printed.

    `everywhere` is what may be said of every ward there was, also of those that the measure has no figure of at all.
    `average_ward` and, of 1,000 residents, `whole_per_head` are for counts alone and unrounded; `residents_of` is when
    they lived there.
    """

    period: Period
    wards: tuple[WardFigure, ...]
    whole: Value | None
    everywhere: tuple[Value, ...]
    average_ward: Decimal | None
    whole_per_head: Decimal | None
    residents_of: Period | None


# Compared by identity: kept values are drawn once and the drawing kept with them.
@dataclass(frozen=True, kw_only=True, eq=False)
class WardMap:
    """A measure by ward for a period. `bounds` are the inner bounds of the classes, the same for every period.

    `whole`, the council's own figure, is None for a measure that has figures for wards alone. `values` are all that
    may be said of each ward, as printed, and `numbers` those that are numbers. `in_full` says that the asker sees small
    counts of people in them, which others do not. The last four are those of Placed.
    """

    measure: Measure
    period: Period
    periods: tuple[Period, ...]
    wards: tuple[WardFigure, ...]
    bounds: tuple[Decimal, ...]
    whole: Value | None
    edition: BoundaryEdition | None
    geometries: Mapping[str, Mapping[str, Any]]
    values: Mapping[str, Mapping[Period, Value]]
    numbers: Mapping[str, Mapping[Period, Decimal]]
    in_full: bool
    everywhere: tuple[Value, ...] = ()
    average_ward: Decimal | None = None
    whole_per_head: Decimal | None = None
    residents_of: Period | None = None

    @property
    def is_compared(self) -> bool:
        """Whether any ward can be compared with the council."""
        return any(ward.standing is not Standing.NOT_COMPARED for ward in self.wards)

    @property
    def is_count(self) -> bool:
        """Whether the council's figure is its wards' together, beside which every ward is small."""
        return adds_up_over_wards(self.measure)

    def has_the_wards_of(self, other: "WardMap") -> bool:
        """Whether both show the same wards on the same boundaries: only then is a change a change."""
        ours, theirs = ({ward.area.code for ward in each.wards} for each in (self, other))
        return ours == theirs and self.edition == other.edition

    @property
    def ranked(self) -> tuple[WardFigure, ...]:
        """Wards with a number, highest first."""
        return tuple(
            sorted((ward for ward in self.wards if ward.rank), key=lambda ward: (ward.rank, as_read(ward.area.name)))
        )


def ward_measures_of(session: Session, reader: Reader) -> tuple[Measure, ...]:
    """The measures that have ward figures for the reader, hidden ones or not, by title."""

    def work_out() -> tuple[Measure, ...]:
        measures = list_measures(session)
        in_wards = set(by_ward(session, measures, reader))
        return by_title(each for each in measures if each.code in in_wards)

    return remembered(session, ("ward measures", reader.unsigned), work_out, apart=True)


def by_ward(session: Session, measures: Iterable[Measure], reader: Reader) -> list[str]:
    """The codes of those that have a figure for a ward, hidden or not, in a period that has ended."""

    def work_out(missing: list[Measure]) -> dict[str, bool]:
        today, codes = get_today(session), [each.code for each in missing]
        wards = [area.code for area in list_areas(session, kinds=[AreaKind.WARD])]
        first = list_first_periods(session, measure_codes=codes, kinds=[AreaKind.WARD])
        return {
            code: any(period.end <= today for period in first.get(code, ()))
            and (reader.unsigned or is_any_signed_off(session, measure_code=code, area_codes=wards, ended_by=today))
            for code in codes
        }

    found = remembered_each(session, ("by ward", reader.unsigned), measures, work_out)
    return [code for code, has in found.items() if has]


def measured_areas(
    session: Session, measures: Iterable[Measure], reader: Reader, *, as_known_at: datetime | None = None
) -> dict[str, frozenset[str]]:
    """The codes of the wards and councils of which each has a figure for the reader, hidden or not, of any period."""

    def work_out(missing: list[Measure]) -> dict[str, frozenset[str]]:
        found = list_areas_measured(
            session,
            measure_codes=[each.code for each in missing],
            kinds=[AreaKind.WARD, AreaKind.COUNCIL],
            as_known_at=as_known_at,
            signed_only=not reader.unsigned,
        )
        return {each.code: frozenset(found.get(each.code, ())) for each in missing}

    return remembered_each(session, ("measured areas", reader.unsigned, as_known_at), measures, work_out)


def measured_periods(
    session: Session, measures: Iterable[Measure], reader: Reader, *, as_known_at: datetime | None = None
) -> dict[str, frozenset[Period]]:
    """The periods that have ended of which each has a figure of any ward for the reader, hidden or not."""

    def work_out(missing: list[Measure]) -> dict[str, frozenset[Period]]:
        found = list_periods_measured(
            session,
            measure_codes=[each.code for each in missing],
            kinds=[AreaKind.WARD],
            as_known_at=as_known_at,
            signed_only=not reader.unsigned,
        )
        today = day_of(session, as_known_at)
        ended = frozenset(each for each in set[Period]().union(*found.values()) if each.end <= today)
        return {each.code: ended.intersection(found.get(each.code, ())) for each in missing}

    return remembered_each(session, ("measured periods", reader.unsigned, as_known_at), measures, work_out)


def ward_map_of(
    session: Session, measure: Measure, period: Period | None, *, reader: Reader, as_known_at: datetime | None = None
) -> WardMap:
    """The map for a period, or the latest that ended. Raises NoWardFiguresError."""
    seen = reader.of(measure)
    key = ("ward map", measure, period, seen, as_known_at)
    return remembered(session, key, lambda: _ward_map(session, measure, period, seen, as_known_at), apart=True)


def _ward_map(
    session: Session, measure: Measure, period: Period | None, reader: Reader, as_known_at: datetime | None
) -> WardMap:
    today, ours = day_of(session, as_known_at), council_area(session)
    areas = {area.code: area for area in list_areas(session, kinds=[AreaKind.WARD, AreaKind.COUNCIL])}
    figures = figures_of_wards(session, measure, reader=reader, as_known_at=as_known_at)
    of_wards = {area: series for (_, area), series in figures.items() if areas[area].kind is AreaKind.WARD}
    periods = sorted({each for series in of_wards.values() for each in series if each.end <= today}, reverse=True)
    if not periods:
        raise NoWardFiguresError(measure)
    shown = period if period in periods else periods[0]
    values, numbers = _printed(measure, of_wards)
    whole = figures.get((measure.code, ours))
    bounds = class_bounds([value for series in numbers.values() for value in series.values()])
    placed = place(
        measure,
        shown,
        [area for area in areas.values() if area.kind is AreaKind.WARD],
        of_wards.keys(),
        {area: series[shown] for area, series in of_wards.items() if shown in series},
        whole=figure_value(measure, whole.get(shown), shown, today=today) if whole else None,
        residents=describing(session, RESIDENTS, reader=reader, as_known_at=as_known_at),
        council=ours,
        today=today,
        bounds=bounds,
    )
    edition, geometries = drawn(session, [each.area for each in placed.wards], shown)
    return WardMap(
        measure=measure,
        period=shown,
        periods=tuple(periods),
        wards=placed.wards,
        bounds=bounds,
        whole=placed.whole,
        edition=edition,
        geometries=geometries,
        values=values,
        numbers=numbers,
        in_full=reader.sees_small_counts(measure) and measure.counts_people,
        everywhere=placed.everywhere,
        average_ward=placed.average_ward,
        whole_per_head=placed.whole_per_head,
        residents_of=placed.residents_of,
    )


def place(
    measure: Measure,
    period: Period,
    wards: Iterable[Area],
    measured: Collection[str],
    figures: Mapping[str, Figure],
    *,
    whole: Value | None,
    residents: Describing | None,
    council: str,
    today: date,
    bounds: tuple[Decimal, ...] = (),
) -> Placed:
    """The wards of one map, of those that are measured at all, by their figures of the period and the council's own
    unrounded value.

    What is said of the council as a whole, its average ward and its residents, is said of every ward there was.
    """
    there = _one_set(wards, figures, period)
    now = {ward.code: _ward(measure, ward, figures.get(ward.code), period, today) for ward in there}
    everywhere = tuple(ward.value for ward in now.values())
    # A count of residents says nothing of itself.
    others = residents if residents and residents.measure.code != measure.code else None
    living = living_in(others.said_of(now, up_to=period.end) if others else None, wards=now, council=council)
    beside = {
        code: replace(ward, per_head=per_head(measure, ward.value, living.wards.get(code)))
        for code, ward in now.items()
        if code in measured
    }
    printed = None if whole is None else rounded(whole, measure.decimals)
    return Placed(
        period=period,
        wards=_ranked(beside, bounds, expected(measure, whole, living.shares, now)),
        whole=printed,
        everywhere=everywhere,
        average_ward=average_ward(measure, everywhere, printed),
        whole_per_head=per_head(measure, printed, living.whole),
        residents_of=living.period,
    )


def _printed(
    measure: Measure, by_ward: Mapping[str, Mapping[Period, Figure]]
) -> tuple[dict[str, dict[Period, Value]], dict[str, dict[Period, Decimal]]]:
    """What each ward's figures say, rounded as printed; and the numbers among them."""
    values = {
        ward: {each: rounded(stored_value(measure, figure), measure.decimals) for each, figure in series.items()}
        for ward, series in by_ward.items()
    }
    numbers = {
        ward: {each: value for each, value in said.items() if isinstance(value, Decimal)}
        for ward, said in values.items()
    }
    return values, numbers


def wards_by_name(
    session: Session, measure: Measure, *, reader: Reader, as_known_at: datetime | None = None
) -> dict[str, Series]:
    """The series of each ward by its name, without what may not be seen."""
    areas = {area.code: area for area in list_areas(session, kinds=[AreaKind.WARD, AreaKind.COUNCIL])}
    figures = figures_of_wards(session, measure, reader=reader, as_known_at=as_known_at)
    return {
        areas[area].name: Series(figures=found, targets={})
        for (_, area), found in figures.items()
        if areas[area].kind is AreaKind.WARD
    }


def _ward(measure: Measure, area: Area, figure: Figure | None, period: Period, today: date) -> WardFigure:
    value = rounded(figure_value(measure, figure, period, today=today), measure.decimals)
    return WardFigure(area=area, value=value, rank=None, map_class=None, interval=interval_behind(measure, figure))


def _one_set(wards: Iterable[Area], with_figure: Collection[str], period: Period) -> list[Area]:
    """The wards of one map: those there at the period's end. Old and new wards never share it.

    A source may count anew, on later wards, what was before them (a census): then the first of those are drawn.
    """
    every = list(wards)
    there = [ward for ward in every if ward.stood(period.end)]
    begun = [ward.valid_from for ward in every if ward.valid_from and ward.code in with_figure]
    later = [day for day in begun if day > period.end]
    if later and not any(ward.code in with_figure for ward in there):
        return [ward for ward in every if ward.stood(min(later))]
    return there


def drawn(
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
    wards: Mapping[str, WardFigure], bounds: tuple[Decimal, ...], expected: Mapping[str, Decimal]
) -> tuple[WardFigure, ...]:
    """Wards by name, each with its rank; equal figures share the better rank."""
    known = [ward.value for ward in wards.values() if isinstance(ward.value, Decimal)]
    return tuple(
        replace(
            ward,
            rank=1 + sum(other > ward.value for other in known) if isinstance(ward.value, Decimal) else None,
            map_class=class_of(ward.value, bounds) if isinstance(ward.value, Decimal) else None,
            expected=expected.get(code),
        )
        for code, ward in sorted(wards.items(), key=lambda item: as_read(item[1].area.name))
    )
