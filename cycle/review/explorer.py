"""Exploring: any measures for any places over any periods, as far as the asker may see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import council_area
from cycle.ground.memory import remembered
from cycle.ground.moments import day_of
from cycle.ground.series.comparing import comparators_of
from cycle.ground.series.warding import NoWardFiguresError, WardMap, by_ward, ward_map_of
from cycle.review.explored_lines import OURS, Over, Place, PlaceLine, code_of, lines, of_one_set
from data_access.council.areas import get_area, list_areas
from data_access.plan.register import list_measures
from data_access.store.database import reading
from performance.ground.measures import Measure
from performance.ground.organisation import Area, AreaKind
from performance.ground.people import Permission, User
from performance.ground.periods import Period
from performance.ground.readers import OFFICER, Reader, reader_of
from performance.ground.reading_order import as_read, by_title

MOST_MEASURES, MOST_LINES = 4, 4


# Compared by identity: kept values are laid out once and the table kept with them.
@dataclass(frozen=True, kw_only=True, eq=False)
class Explored:
    """One measure with its lines over the periods asked for; `left_out` says what was asked for and is not here.

    `in_full` says that the asker sees small counts of people in it, which others do not; `over` what its figures were
    added up to.
    """

    measure: Measure
    periods: tuple[Period, ...]
    lines: tuple[PlaceLine, ...]
    left_out: tuple[str, ...]
    in_full: bool = False
    over: Over = Over.OWN

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
    over: Over = Over.OWN,
    since: int | None = None,
    until: int | None = None,
    as_known_at: datetime | None = None,
    by: User,
) -> tuple[Explored, ...]:
    """The measures for the places, of periods that begin in or after one calendar year and end in or before another.

    As reported, or `over` the quarters or years that they add up to. Without a place, for the council itself.
    """
    place_codes = place_codes or [OURS]
    with reading() as session:
        user = demand(session, by, Permission.EXPLORE)
        reader = reader_of(user)
        key = ("explored", tuple(measure_codes), tuple(place_codes), over, since, until, as_known_at, reader)
        return remembered(
            session, key,
            lambda: tuple(
                _explored(session, measure, place_codes, over, (since, until), reader, as_known_at)
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
        Place(code=code_of(each), name="Group median" if each.is_middle else each.name)
        for each in every.values()
        if not each.is_neighbour
    ]
    councils = sorted((each for each in every.values() if each.is_neighbour), key=lambda each: as_read(each.name))
    wards = list_areas(session, kinds=[AreaKind.WARD]) if by_ward(session, measures, OFFICER) else []
    return (
        Place(code=OURS, name=get_area(session, code=ours).name),
        *{each.code: each for each in wider}.values(),
        *(Place(code=each.key, name=each.name) for each in councils),
        *(Place(code=each.code, name=f"{each.name_on(today)} ward") for each in _sorted(wards)),
    )


def _sorted(wards: Sequence[Area]) -> list[Area]:
    return sorted(wards, key=lambda each: (each.valid_to is not None, as_read(each.name)))


def _explored(
    session: Session,
    measure: Measure,
    codes: Sequence[str],
    over: Over,
    years: tuple[int | None, int | None],
    reader: Reader,
    as_known_at: datetime | None,
) -> Explored:
    every_line = lines(session, measure, reader, over=over, as_known_at=as_known_at)
    found = [every_line[code] for code in codes if code in every_line]
    asked = [line for line in found if line.numbers or line.hidden]
    kept, left_out = of_one_set(session, asked[:MOST_LINES])
    if len(asked) > MOST_LINES:
        rest = ", ".join(line.place.name for line in asked[MOST_LINES:])
        left_out.append(f"No more than {MOST_LINES} places are drawn. Left out: {rest}.")
    left_out += _why_missing(found, len(codes), over)
    every = sorted({period for line in kept for period in (*line.numbers, *line.hidden) if _is_within(period, years)})
    periods = _without_gaps(every)
    return Explored(
        measure=measure,
        periods=periods,
        lines=tuple(_during(line, frozenset(periods)) for line in kept),
        left_out=tuple(left_out),
        in_full=reader.sees_small_counts(measure) and measure.counts_people,
        over=Over.OWN if measure.frequency.months >= over.months else over,
    )


def _why_missing(found: Sequence[PlaceLine], chosen: int, over: Over) -> list[str]:
    """What is said of places without a line: they have no figure at all, or none that makes up a quarter or a year."""
    said = []
    if chosen > len(found):
        said.append(f"Without a figure of this measure: {chosen - len(found)} of the places chosen.")
    if over and (empty := [line.place.name for line in found if not (line.numbers or line.hidden)]):
        said.append(
            f"No {over.value} can be added up for {', '.join(empty)}: some of its months are missing, or there are"
            " percentages without their counts, or a median, and these have no sum."
        )
    return said


def _during(line: PlaceLine, periods: Collection[Period]) -> PlaceLine:
    return replace(
        line,
        numbers={period: number for period, number in line.numbers.items() if period in periods},
        reasons={period: reason for period, reason in line.reasons.items() if period in periods},
    )


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
