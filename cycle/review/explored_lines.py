"""The lines of the Explorer: every place a measure has figures of, as reported, or added up to quarters or years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.moments import day_of
from cycle.ground.series.comparing import Comparator, comparators_of
from cycle.ground.series.hiding import council_series, figures_of_wards
from cycle.ground.series.standing import NOTHING
from cycle.ground.series.warding import by_ward
from data_access.council.areas import get_area, list_areas
from performance.ground.figures import Figure, Series
from performance.ground.measures import Measure
from performance.ground.organisation import AreaKind
from performance.ground.periods import Period
from performance.ground.readers import Reader
from performance.ground.reckoning.aggregation import longer_periods
from performance.ground.reckoning.due import stored_value
from performance.ground.values import Absence, Value, round_half_up

OURS, MEDIAN = "ours", "median"


class Over(StrEnum):
    """What one figure is of: a period of the measure's own, or those of a quarter or a year added up."""

    OWN = ""
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {Over.OWN: 0, Over.QUARTER: 3, Over.YEAR: 12}[self]


@dataclass(frozen=True, kw_only=True)
class Place:
    """What can be drawn: the council, a place it is compared with, the middle of a group, or a ward."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class PlaceLine:
    """A place's figures as printed, by period, and why there is none where a reason was given."""

    place: Place
    numbers: Mapping[Period, Decimal]
    reasons: Mapping[Period, Absence] = field(default_factory=dict)

    @property
    def hidden(self) -> frozenset[Period]:
        """The periods in which its figure may not be shown."""
        return frozenset(period for period, reason in self.reasons.items() if reason is Absence.SUPPRESSED)


def code_of(comparator: Comparator) -> str:
    """The middle of whichever group a measure has goes by one code, so that a link holds for several measures."""
    return MEDIAN if comparator.is_middle else comparator.key


def name_of(comparator: Comparator) -> str:
    return "Group median" if comparator.is_middle else comparator.name


def lines(
    session: Session, measure: Measure, reader: Reader, *, over: Over = Over.OWN, as_known_at: datetime | None
) -> dict[str, PlaceLine]:
    """Every line that there is of the measure, by the place's code; empty where nothing of a place can be added up."""
    ours, today = council_area(session), day_of(session, as_known_at)
    own = council_series(session, measures=[measure], area=ours, reader=reader, as_known_at=as_known_at)
    place = Place(code=OURS, name=get_area(session, code=ours).name)
    found = {place: own.get((measure.code, ours), NOTHING).figures}
    for each in comparators_of(session, measures=[measure], up_to=today, as_known_at=as_known_at)[measure.code]:
        found[Place(code=code_of(each), name=name_of(each))] = _as_figures(measure, each)
    if by_ward(session, [measure], reader):
        wards = {each.code: each for each in list_areas(session, kinds=[AreaKind.WARD])}
        for (_, area), figures in figures_of_wards(session, measure, reader=reader, as_known_at=as_known_at).items():
            if area in wards:
                found[Place(code=area, name=wards[area].name_on(today))] = figures
    return {
        place.code: _line(measure, place, _values(measure, place, figures, over, today))
        for place, figures in found.items()
        if figures
    }


def _as_figures(measure: Measure, comparator: Comparator) -> dict[Period, Figure]:
    return {
        period: Figure(measure_code=measure.code, area_code=comparator.key, period=period, value=number)
        for period, number in comparator.numbers.items()
    }


def _values(
    measure: Measure, place: Place, figures: Mapping[Period, Figure], over: Over, today: date
) -> dict[Period, Value]:
    """What is drawn of each period: as reported, where the measure's periods are as long; else of every period whose
    months are in. One with a hidden month is hidden itself, and the middle of a group has no sum."""
    if measure.frequency.months >= over.months:
        return {period: stored_value(measure, figure) for period, figure in sorted(figures.items())}
    if place.code == MEDIAN:
        return {}
    hidden = {period for period, figure in figures.items() if figure.absence is Absence.SUPPRESSED}
    series = Series(figures=figures, targets={})
    values: dict[Period, Value] = {}
    for period, found in longer_periods(measure, series, over.months, today=today).items():
        if any(period.covers(each) for each in hidden):
            values[period] = Absence.SUPPRESSED
        elif found.is_whole:
            values[period] = found.value
    return values


def _line(measure: Measure, place: Place, values: Mapping[Period, Value]) -> PlaceLine:
    return PlaceLine(
        place=place,
        numbers={
            period: round_half_up(value, measure.decimals)
            for period, value in values.items()
            if isinstance(value, Decimal)
        },
        reasons={period: value for period, value in values.items() if isinstance(value, Absence)},
    )


def of_one_set(session: Session, lines: Sequence[PlaceLine]) -> tuple[list[PlaceLine], list[str]]:
    """Wards of before and of after a change of boundaries never stand in one chart: the set of the first is kept."""
    wards = {each.code: each for each in list_areas(session, kinds=[AreaKind.WARD])}
    times = {
        line.place.code: (wards[line.place.code].valid_from, wards[line.place.code].valid_to)
        for line in lines
        if line.place.code in wards
    }
    if len(set(times.values())) <= 1:
        return list(lines), []
    first = next(iter(times.values()))
    kept = [line for line in lines if times.get(line.place.code, first) == first]
    names = ", ".join(line.place.name for line in lines if line not in kept)
    return kept, [f"Wards of other boundaries are never mixed with these: {names} not drawn."]
