"""Wards and the whole: what the ward figures of a period add up to, where every one of them is there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from data_access.council.areas import list_areas
from data_access.council.settings_store import get_setting
from data_access.do.figures import current_series
from data_access.do.measured import list_measured_in
from performance.ground.figures import Figure
from performance.ground.measures import Measure
from performance.ground.organisation import Area, AreaKind
from performance.ground.periods import Period
from performance.ground.reckoning.due import stored_value
from performance.ground.reckoning.unusual import adds_up_over_wards, wards_differ

_Stored = Mapping[tuple[str, str, Period], Figure]
Totals = dict[tuple[str, Period], Decimal]


def ward_totals(session: Session, *, measures: Iterable[Measure], periods: Collection[Period]) -> Totals:
    """By measure and period the sum of its wards' figures; left out where a ward that stood then has no number."""
    by_code = {measure.code: measure for measure in measures if adds_up_over_wards(measure)}
    if not by_code or not periods:
        return {}
    in_wards = list_measured_in(session, measure_codes=by_code, kinds=[AreaKind.WARD])
    by_code = {code: by_code[code] for code in in_wards}
    wards = _own_wards(session) if by_code else []
    stored = _stored(session, by_code, [ward.code for ward in wards], periods)
    return _totals(by_code, wards, stored, [(code, period) for code in by_code for period in set(periods)])


def disagreements(session: Session, changes: Iterable[tuple[Measure, Figure]]) -> tuple[str, ...]:
    """Of figures about to be stored, a sentence each where with them the wards do not add up to the whole area."""
    additive = [(measure, figure) for measure, figure in changes if adds_up_over_wards(measure)]
    if not additive:
        return ()
    by_code = {measure.code: measure for measure, _ in additive}
    touched = {(figure.measure_code, figure.period) for _, figure in additive}
    ours, wards = get_setting(session, name="council_area"), _own_wards(session)
    areas = [ours, *(ward.code for ward in wards)]
    stored = _stored(session, by_code, areas, {period for _, period in touched})
    stored |= {(each.measure_code, each.area_code, each.period): each for _, each in additive}
    totals = _totals(by_code, wards, stored, touched)
    found = []
    for (code, period), total in sorted(totals.items()):
        city = stored.get((code, ours, period))
        value = None if city is None else stored_value(by_code[code], city)
        said = wards_differ(by_code[code], value, total) if isinstance(value, Decimal) else None
        if said:
            found.append(f"Check {code}, {period.in_words}: {said}.")
    return tuple(found)


def _own_wards(session: Session) -> list[Area]:
    ours = get_setting(session, name="council_area")
    return [ward for ward in list_areas(session, kinds=[AreaKind.WARD]) if ward.parent_code in {ours, None}]


def _stored(
    session: Session, codes: Collection[str], areas: Collection[str], periods: Collection[Period]
) -> dict[tuple[str, str, Period], Figure]:
    if not codes or not areas:
        return {}
    found = current_series(session, measure_codes=codes, area_codes=areas, periods=periods)
    return {(code, area, period): each for (code, area), kept in found.items() for period, each in kept.items()}


def _totals(
    measures: Mapping[str, Measure], wards: Sequence[Area], stored: _Stored, wanted: Iterable[tuple[str, Period]]
) -> Totals:
    found = {}
    for code, period in wanted:
        there = [ward.code for ward in wards if ward.stood(period.end)]
        values = [_number(measures[code], stored.get((code, ward, period))) for ward in there]
        known = [value for value in values if value is not None]
        if known and len(known) == len(there):
            found[code, period] = sum(known, Decimal(0))
    return found


def _number(measure: Measure, figure: Figure | None) -> Decimal | None:
    value = None if figure is None else stored_value(measure, figure)
    return value if isinstance(value, Decimal) else None
