"""A ward on one page, put together from what the map of each measure may show."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.moments import day_of
from cycle.ground.series.each import Own, of_each
from cycle.ground.series.standing import NOTHING
from cycle.ground.series.ward_people import Described, described_by
from cycle.ground.series.warding import WardMap, measured_wards, ward_map_of, ward_measures_of
from data_access.council.areas import AreaNotFoundError, list_areas
from data_access.council.settings_store import get_setting
from data_access.plan.register import list_measures
from data_access.plan.tree import list_actions
from data_access.revise import recovery
from performance.ground.measures import Measure
from performance.ground.organisation import Action, ActionStatus, Area, AreaKind, PlanStatus
from performance.ground.periods import Period
from performance.ground.readers import Reader
from performance.ground.reading_order import as_read
from performance.ground.reckoning.direction import Direction, direction
from performance.ground.reckoning.due import numbers
from performance.ground.values import Absence, round_half_up
from performance.review.wards.profile import WardFact, WardLine, WardProfile, first_and_more, nearest

_AGREED = (PlanStatus.AGREED, PlanStatus.IN_PROGRESS)


def wards_of(session: Session, reader: Reader) -> tuple[Area, ...]:
    """The wards that have figures: those of today first, then those there were before; by name."""
    today = day_of(session, None)
    known = measured_wards(session, ward_measures_of(session, reader), reader)
    wards = [area for area in list_areas(session, kinds=[AreaKind.WARD]) if area.code in known]
    return tuple(sorted(wards, key=lambda ward: (bool(ward.valid_to and ward.valid_to < today), as_read(ward.name))))


def ward_profile_of(
    session: Session, ward: str, period: Period | None, *, reader: Reader, as_known_at: datetime | None
) -> WardProfile:
    """The profile up to a period's end, or to today.

    Raises AreaNotFoundError.
    """
    area = next((each for each in list_areas(session, kinds=[AreaKind.WARD]) if each.code == ward), None)
    if area is None:
        raise AreaNotFoundError(ward)
    today = day_of(session, as_known_at)
    up_to = min(period.end, today) if period else today
    order = {measure.code: place for place, measure in enumerate(list_measures(session))}
    about = {name: _described(session, name, area, up_to, reader, as_known_at) for name in _ABOUT}
    aside = {each.measure.code for each in about.values() if each}
    measures = sorted(
        (each for each in ward_measures_of(session, reader) if each.code not in aside),
        key=lambda each: order[each.code],
    )
    scores, names = about["ward_deprivation"], {each.code: each for each in list_areas(session, kinds=[AreaKind.WARD])}
    similar = nearest(ward, _of_the_same_set(scores, names, area)) if scores else ()
    maps = [found for each in measures if (found := _map(session, each, ward, up_to, reader, as_known_at))]
    wholes = _wholes(session, maps, reader, as_known_at)
    doing = _doing(session, measures) if as_known_at is None else {}
    lines = [_line(found, ward, similar, wholes.get(found.measure.code, {}), doing) for found in maps]
    first, more = first_and_more(lines)
    drawn = next((found.edition for found in maps if found.edition), None)
    return WardProfile(
        ward=area,
        place=get_setting(session, name="council_place"),
        council_name=get_setting(session, name="council_name"),
        boundaries=drawn.name if drawn else "",
        residents=_fact(about["ward_population"], ward, names),
        deprivation=_fact(scores, ward, names),
        similar=tuple(names[code] for code in similar),
        lines=first,
        more=more,
        on=up_to,
        as_at=period,
        periods=tuple(sorted({period for found in maps for period in found.periods}, key=_newest_first)),
        as_known_at=as_known_at,
    )


def _newest_first(period: Period) -> tuple[int, int]:
    return -period.end.toordinal(), period.months


_ABOUT = ("ward_population", "ward_deprivation")


def _described(
    session: Session, name: str, ward: Area, up_to: date, reader: Reader, as_known_at: datetime | None
) -> Described | None:
    return described_by(session, name, wards=[ward.code], up_to=up_to, reader=reader, as_known_at=as_known_at)


def _of_the_same_set(found: Described, wards: Mapping[str, Area], ward: Area) -> dict[str, Decimal]:
    """The scores of the wards that are there at the same time as this one: old and new wards are never mixed."""
    return {
        code: number
        for code, number in found.numbers.items()
        if code in wards and (wards[code].valid_from, wards[code].valid_to) == (ward.valid_from, ward.valid_to)
    }


def _fact(found: Described | None, ward: str, wards: Mapping[str, Area]) -> WardFact | None:
    """The ward's own number and its place, 1 being the highest, among the wards of its time."""
    if found is None or ward not in found.numbers:
        return None
    decimals = found.measure.decimals
    among = {
        code: round_half_up(number, decimals) for code, number in _of_the_same_set(found, wards, wards[ward]).items()
    }
    value = among[ward]
    return WardFact(
        measure=found.measure,
        period=found.period,
        value=value,
        rank=1 + sum(other > value for other in among.values()),
        of=len(among),
    )


def _map(
    session: Session, measure: Measure, ward: str, up_to: date, reader: Reader, as_known_at: datetime | None
) -> WardMap | None:
    """The newest map up to the day that this ward is on, if there is one."""
    found = ward_map_of(session, measure, None, reader=reader, as_known_at=as_known_at)
    ended = [period for period in found.periods if period.end <= up_to]
    if not ended:
        return None
    if ended[0] != found.period:
        found = ward_map_of(session, measure, ended[0], reader=reader, as_known_at=as_known_at)
    if ward in {each.area.code for each in found.wards}:
        return found
    # Of wards that are no more, the last period in which they had a figure.
    last = max((period for period in found.numbers.get(ward, {}) if period.end <= up_to), default=None)
    found = ward_map_of(session, measure, last, reader=reader, as_known_at=as_known_at) if last else found
    return found if ward in {each.area.code for each in found.wards} else None


def _wholes(
    session: Session, maps: Sequence[WardMap], reader: Reader, as_known_at: datetime | None
) -> dict[str, dict[Period, Decimal]]:
    """The council's own numbers of each ratio, as printed and as this reader may see them: counts are not compared."""

    def printed(missing: Sequence[Measure], own: Own) -> dict[str, dict[Period, Decimal]]:
        return {
            each.code: {
                period: round_half_up(number, each.decimals)
                for period, number in numbers(each, own.get(each.code, NOTHING).figures).items()
            }
            for each in missing
        }

    ratios = [each.measure for each in maps if each.measure.is_ratio]
    return of_each(session, ("beside a ward",), ratios, printed, reader=reader, as_known_at=as_known_at)


def _doing(session: Session, measures: Sequence[Measure]) -> dict[str, list[Action]]:
    """Actions that are not done: of the plan on the measure itself, and of recovery plans once they are agreed."""
    codes = [measure.code for measure in measures]
    found: dict[str, list[Action]] = {code: [] for code in codes}
    for action in list_actions(session, measure_codes=codes):
        found[action.measure_code or ""].append(action)
    plans = {each.id: each for each in recovery.list_plans(session, statuses=_AGREED, measure_codes=codes)}
    for plan_id, actions in recovery.list_actions(session, plan_ids=plans).items():
        found[plans[plan_id].measure_code] += actions
    return {
        code: [action for action in actions if action.status is not ActionStatus.DONE]
        for code, actions in found.items()
    }


def _line(
    found: WardMap,
    ward: str,
    similar: Sequence[str],
    whole: Mapping[Period, Decimal],
    doing: Mapping[str, Sequence[Action]],
) -> WardLine:
    measure, by_code = found.measure, {each.area.code: each for each in found.wards}
    own, series = by_code[ward], found.numbers.get(ward, {})
    known = tuple((period, series[period]) for period in sorted(series) if period.end <= found.period.end)
    before = found.period.shifted(-12) if measure.seasonal else found.period.shifted(-_step(measure, found.period))
    then = series.get(before, Absence.NOT_PROVIDED)
    return WardLine(
        measure=measure,
        period=found.period,
        ward=own.value,
        whole=found.whole,
        similar=tuple(
            value for code in similar if code in by_code and isinstance(value := by_code[code].value, Decimal)
        ),
        rank=own.rank,
        of=len(found.ranked),
        interval=own.interval,
        expected=own.expected,
        direction=_direction(measure, own.value, then, (before, found.period)),
        before=before if isinstance(then, Decimal) else None,
        may_be_chance=own.interval is not None
        and isinstance(then, Decimal)
        and own.interval.low <= then <= own.interval.high,
        numbers=known,
        whole_numbers=tuple((period, whole[period]) for period, _ in known if period in whole),
        doing=tuple(doing.get(measure.code, ())),
    )


def _step(measure: Measure, period: Period) -> int:
    """A year for yearly measures, whatever days their figures are for."""
    return 12 if measure.frequency.months >= 12 else max(period.months, 1)


def _direction(
    measure: Measure, now: Decimal | Absence, then: Decimal | Absence, across: tuple[Period, Period]
) -> Direction:
    return direction(measure.at(across[1]), now=now, before=then, band=None, across=across)
