"""Exploring: any measures for any places over any periods, as far as the asker may see them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.access import demand
from cycle.comparing import Comparator, comparators_of
from cycle.hiding import council_series, figures_of_wards
from cycle.memory import remembered
from cycle.moments import day_of
from cycle.returning import council_area
from cycle.standing import NOTHING
from cycle.warding import NoWardFiguresError, WardMap, ward_map_of, ward_measures_of
from data_access.areas import get_area, list_areas
from data_access.database import reading
from data_access.register import list_measures
from performance.aggregation import stored_value
from performance.figures import Figure
from performance.measures import Measure
from performance.organisation import Area, AreaKind
from performance.people import Permission, User
from performance.periods import Period
from performance.readers import OFFICER, Reader, reader_of
from performance.reading_order import as_read, by_title
from performance.values import Absence, round_half_up

OURS, MEDIAN = "ours", "median"
MOST_MEASURES, MOST_LINES = 4, 4


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


# Compared by identity: kept values are laid out once and the table kept with them.
@dataclass(frozen=True, kw_only=True, eq=False)
class Explored:
    """One measure with its lines over the periods asked for; `left_out` says what was asked for and is not here.

    `in_full` says that the asker sees small counts of people in it, which others do not.
    """

    measure: Measure
    periods: tuple[Period, ...]
    lines: tuple[PlaceLine, ...]
    left_out: tuple[str, ...]
    in_full: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(line.numbers for line in self.lines)


@dataclass(frozen=True, kw_only=True, eq=False)
class MapOf:
    """A measure by ward; without a map where no ward has a figure in the years asked for."""

    measure: Measure
    map: WardMap | None


def list_measures_to_explore(*, by: User) -> list[Measure]:
    """Every measure, by title."""
    with reading() as session:
        demand(session, by, Permission.EXPLORE)
        return list(_every(session))


def list_places(measure_codes: Collection[str], *, by: User) -> list[Place]:
    """The places that any of the measures has figures for: ours, the wider ones, the middle, councils, then wards."""
    with reading() as session:
        demand(session, by, Permission.EXPLORE)
        key = ("places to explore", frozenset(measure_codes))
        return list(remembered(session, key, lambda: _places(session, measure_codes)))


def explore(
    measure_codes: Sequence[str],
    place_codes: Sequence[str],
    *,
    since: int | None = None,
    until: int | None = None,
    as_known_at: datetime | None = None,
    by: User,
) -> tuple[Explored, ...]:
    """The measures for the places, of periods that begin in or after one calendar year and end in or before another."""
    with reading() as session:
        user = demand(session, by, Permission.EXPLORE)
        reader = reader_of(user)
        key = ("explored", tuple(measure_codes), tuple(place_codes), since, until, as_known_at, reader)
        return remembered(
            session, key,
            lambda: tuple(
                _explored(session, measure, place_codes, (since, until), reader, as_known_at)
                for measure in _chosen(session, measure_codes)
            ),
        )  # fmt: skip


def list_maps(
    measure_codes: Sequence[str], *, until: int | None = None, as_known_at: datetime | None = None, by: User
) -> tuple[MapOf, ...]:
    """Each measure by ward, in the newest period that ended in or before the year."""
    with reading() as session:
        user = demand(session, by, Permission.EXPLORE)
        reader = reader_of(user)
        return remembered(
            session, ("maps explored", tuple(measure_codes), until, as_known_at, reader),
            lambda: tuple(
                MapOf(measure=each, map=_map(session, each, until, reader, as_known_at))
                for each in _chosen(session, measure_codes)
            ),
        )  # fmt: skip


def _map(
    session: Session, measure: Measure, until: int | None, reader: Reader, as_known_at: datetime | None
) -> WardMap | None:
    try:
        newest = ward_map_of(session, measure, None, reader=reader, as_known_at=as_known_at)
    except NoWardFiguresError:
        return None
    period = next((each for each in newest.periods if _is_within(each, (None, until))), None)
    if period is None or period == newest.period:
        return newest if period else None
    return ward_map_of(session, measure, period, reader=reader, as_known_at=as_known_at)


def _every(session: Session) -> tuple[Measure, ...]:
    return remembered(session, ("to explore",), lambda: _by_title(session))


def _by_title(session: Session) -> tuple[Measure, ...]:
    return by_title(list_measures(session))


def _chosen(session: Session, codes: Sequence[str]) -> list[Measure]:
    """In the order asked for; codes that there are not are passed over."""
    found = {each.code: each for each in _every(session)}
    return [found[code] for code in codes if code in found][:MOST_MEASURES]


def _places(session: Session, codes: Collection[str]) -> tuple[Place, ...]:
    today, ours = day_of(session, None), council_area(session)
    measures = [each for each in _every(session) if each.code in codes]
    compared = comparators_of(session, measures=measures, up_to=today)
    every = {each.key: each for found in compared.values() for each in found}
    wider = [
        Place(code=_code(each), name="Group median" if each.is_middle else each.name)
        for each in every.values()
        if not each.is_neighbour
    ]
    councils = sorted((each for each in every.values() if each.is_neighbour), key=lambda each: as_read(each.name))
    by_ward = {each.code for each in ward_measures_of(session, OFFICER)} & set(codes)
    wards = list_areas(session, kinds=[AreaKind.WARD]) if by_ward else []
    return (
        Place(code=OURS, name=get_area(session, code=ours).name),
        *{each.code: each for each in wider}.values(),
        *(Place(code=each.key, name=each.name) for each in councils),
        *(Place(code=each.code, name=f"{each.name_on(today)} ward") for each in _sorted(wards)),
    )


def _sorted(wards: Sequence[Area]) -> list[Area]:
    return sorted(wards, key=lambda each: (each.valid_to is not None, as_read(each.name)))


def _code(comparator: Comparator) -> str:
    """The middle of whichever group a measure has goes by one code, so that a link holds for several measures."""
    return MEDIAN if comparator.is_middle else comparator.key


def _name(comparator: Comparator) -> str:
    return "Group median" if comparator.is_middle else comparator.name


def _explored(
    session: Session,
    measure: Measure,
    codes: Sequence[str],
    years: tuple[int | None, int | None],
    reader: Reader,
    as_known_at: datetime | None,
) -> Explored:
    lines = _lines(session, measure, reader, as_known_at)
    asked = [lines[code] for code in codes if code in lines]
    kept, left_out = _of_one_set(session, asked[:MOST_LINES])
    if len(asked) > MOST_LINES:
        rest = ", ".join(line.place.name for line in asked[MOST_LINES:])
        left_out.append(f"No more than {MOST_LINES} places are drawn. Left out: {rest}.")
    if missing := [code for code in codes if code not in lines]:
        left_out.append(f"Without a figure of this measure: {len(missing)} of the places chosen.")
    every = sorted({period for line in kept for period in (*line.numbers, *line.hidden) if _is_within(period, years)})
    periods = _without_gaps(every)
    return Explored(
        measure=measure,
        periods=periods,
        lines=tuple(_during(line, frozenset(periods)) for line in kept),
        left_out=tuple(left_out),
        in_full=reader.sees_small_counts(measure) and measure.counts_people,
    )


def _during(line: PlaceLine, periods: Collection[Period]) -> PlaceLine:
    return replace(
        line,
        numbers={period: number for period, number in line.numbers.items() if period in periods},
        reasons={period: reason for period, reason in line.reasons.items() if period in periods},
    )


def _lines(session: Session, measure: Measure, reader: Reader, as_known_at: datetime | None) -> dict[str, PlaceLine]:
    """Every line that there is of the measure, by the place's code."""
    ours, today = council_area(session), day_of(session, as_known_at)
    own = council_series(session, measures=[measure], area=ours, reader=reader, as_known_at=as_known_at)
    place = Place(code=OURS, name=get_area(session, code=ours).name)
    found = {OURS: _line(measure, place, own.get((measure.code, ours), NOTHING).figures)}
    for each in comparators_of(session, measures=[measure], up_to=today, as_known_at=as_known_at)[measure.code]:
        printed = {period: round_half_up(number, measure.decimals) for period, number in each.numbers.items()}
        found[_code(each)] = PlaceLine(place=Place(code=_code(each), name=_name(each)), numbers=printed)
    if measure in ward_measures_of(session, reader):
        wards = {each.code: each for each in list_areas(session, kinds=[AreaKind.WARD])}
        for (_, area), figures in figures_of_wards(session, measure, reader=reader, as_known_at=as_known_at).items():
            if area in wards:
                place = Place(code=area, name=wards[area].name_on(today))
                found[area] = _line(measure, place, figures)
    return {code: line for code, line in found.items() if line.numbers or line.hidden}


def _line(measure: Measure, place: Place, figures: Mapping[Period, Figure]) -> PlaceLine:
    values = {period: stored_value(measure, figure) for period, figure in sorted(figures.items())}
    return PlaceLine(
        place=place,
        numbers={
            period: round_half_up(value, measure.decimals)
            for period, value in values.items()
            if isinstance(value, Decimal)
        },
        reasons={period: value for period, value in values.items() if isinstance(value, Absence)},
    )


def _of_one_set(session: Session, lines: Sequence[PlaceLine]) -> tuple[list[PlaceLine], list[str]]:
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


def _is_within(period: Period, years: tuple[int | None, int | None]) -> bool:
    since, until = years
    return (since is None or period.start.year >= since) and (until is None or period.end.year <= until)


def _without_gaps(periods: Sequence[Period]) -> tuple[Period, ...]:
    """Every period of the calendar from the first to the last, so that gaps are seen."""
    if not periods:
        return ()
    step = 12 if periods[0].months >= 12 else periods[0].months or 12
    every, period = [], periods[0]
    while period.start <= periods[-1].start:
        every.append(period)
        period = period.shifted(step)
    return tuple(every) if set(periods) <= set(every) else tuple(periods)
