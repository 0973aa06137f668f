"""A ward on one page, put together from what the map of each measure may show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.moments import day_of
from cycle.ground.series.ward_people import DEPRIVATION, RESIDENTS, Described, describing
from cycle.ground.series.warding import (
    NoWardFiguresError,
    drawn,
    measured_areas,
    measured_periods,
    ward_measures_of,
)
from cycle.review._ward_lines import Asked, OnMap, lines_of
from data_access.council.areas import AreaNotFoundError, list_areas
from data_access.council.settings_store import get_setting
from data_access.plan.register import list_measures
from data_access.plan.tree import list_actions
from data_access.revise import recovery
from performance.ground.measures import Measure
from performance.ground.organisation import Action, ActionStatus, Area, AreaKind, BoundaryEdition, PlanStatus
from performance.ground.periods import Period
from performance.ground.readers import Reader
from performance.ground.reading_order import as_read
from performance.ground.values import round_half_up
from performance.review.wards.profile import WardFact, WardProfile, first_and_more, nearest

_AGREED = (PlanStatus.AGREED, PlanStatus.IN_PROGRESS)


def wards_of(session: Session, reader: Reader) -> tuple[Area, ...]:
    """The wards that have figures: those of today first, then those there were before; by name."""
    today = day_of(session, None)
    known = frozenset[str]().union(*measured_areas(session, ward_measures_of(session, reader), reader).values())
    wards = [area for area in list_areas(session, kinds=[AreaKind.WARD]) if area.code in known]
    return tuple(sorted(wards, key=lambda ward: (bool(ward.valid_to and ward.valid_to < today), as_read(ward.name))))


def ward_profile_of(
    session: Session, ward: str, period: Period | None, *, reader: Reader, as_known_at: datetime | None
) -> WardProfile:
    """The profile up to a period's end, or to today. What was not known of any ward at a past moment is left out.

    Raises AreaNotFoundError; NoWardFiguresError where nothing was known then.
    """
    area = next((each for each in list_areas(session, kinds=[AreaKind.WARD]) if each.code == ward), None)
    if area is None:
        raise AreaNotFoundError(ward)
    today = day_of(session, as_known_at)
    up_to = min(period.end, today) if period else today
    order = {measure.code: place for place, measure in enumerate(list_measures(session))}
    about = {name: _described(session, name, area, up_to, reader, as_known_at) for name in (RESIDENTS, DEPRIVATION)}
    aside = {each.measure.code for each in about.values() if each}
    measures = sorted(
        (each for each in ward_measures_of(session, reader) if each.code not in aside),
        key=lambda each: order[each.code],
    )
    periods = measured_periods(session, measures, reader, as_known_at=as_known_at)
    then = [each for each in measures if periods[each.code]]
    if measures and not then:
        raise NoWardFiguresError(measures[0])
    names = {each.code: each for each in list_areas(session, kinds=[AreaKind.WARD])}
    scores = about[DEPRIVATION]
    similar = nearest(ward, _of_the_same_set(scores, names, area)) if scores else ()
    asked = Asked(ward=ward, up_to=up_to, similar=similar, reader=reader, as_known_at=as_known_at)
    found = lines_of(session, then, asked)
    doing = _doing(session, then) if as_known_at is None else {}
    lines = [replace(each.line, doing=tuple(doing.get(code, ()))) for code, each in found.items()]
    first, more = first_and_more(lines)
    edition = _edition(session, found.values(), names)
    return WardProfile(
        ward=area,
        place=get_setting(session, name="council_place"),
        council_name=get_setting(session, name="council_name"),
        boundaries=edition.name if edition else "",
        residents=_fact(about[RESIDENTS], ward, names),
        deprivation=_fact(scores, ward, names),
        similar=tuple(names[code] for code in similar),
        lines=first,
        more=more,
        on=up_to,
        as_at=period,
        periods=tuple(sorted(frozenset[Period]().union(*(periods[code] for code in found)), key=_newest_first)),
        as_known_at=as_known_at,
    )


def _newest_first(period: Period) -> tuple[int, int]:
    return -period.end.toordinal(), period.months


def _described(
    session: Session, name: str, ward: Area, up_to: date, reader: Reader, as_known_at: datetime | None
) -> Described | None:
    found = describing(session, name, reader=reader, as_known_at=as_known_at)
    return found.said_of([ward.code], up_to=up_to) if found else None


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


def _edition(session: Session, found: Iterable[OnMap], names: Mapping[str, Area]) -> BoundaryEdition | None:
    """The boundaries of the first map that is drawn on any."""
    maps = dict.fromkeys((each.wards, each.line.period) for each in found)
    editions = (drawn(session, [names[code] for code in wards], period)[0] for wards, period in maps)
    return next(filter(None, editions), None)


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
