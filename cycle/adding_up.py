"""Wards and the city: what the ward figures of a period add up to, where every one of them is there."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from data_access.areas import list_areas
from data_access.figures import current_series, list_measured_in
from data_access.settings_store import get_setting
from performance.aggregation import stored_value
from performance.figures import Figure
from performance.measures import Measure
from performance.organisation import AreaKind
from performance.periods import Period
from performance.unusual import adds_up_over_wards, wards_differ


def ward_totals(
    session: Session, *, measures: Iterable[Measure], periods: Collection[Period]
) -> dict[tuple[str, Period], Decimal]:
    """By measure and period the sum of its wards' figures; left out where a ward that stood then has no number."""
    by_code = {measure.code: measure for measure in measures if adds_up_over_wards(measure)}
    in_wards = by_code and set(by_code) & set(list_measured_in(session, kinds=[AreaKind.WARD]))
    if not in_wards or not periods:
        return {}
    wards = {period: _wards_on(session, period) for period in set(periods)}
    every = {code for codes in wards.values() for code in codes}
    figures = current_series(session, measure_codes=in_wards, area_codes=every, periods=periods)
    found = {}
    for code in in_wards:
        for period, there in wards.items():
            stored = [figures.get((code, ward), {}).get(period) for ward in there]
            total = _total(by_code[code], stored)
            if total is not None:
                found[code, period] = total
    return found


def disagreements(session: Session, *, measures: Sequence[Measure], figures: Iterable[Figure]) -> dict[str, str]:
    """Of figures just stored, by measure and period in words, where the wards do not add up to the city."""
    by_code = {measure.code: measure for measure in measures if adds_up_over_wards(measure)}
    touched = {(each.measure_code, each.period) for each in figures if each.measure_code in by_code}
    periods = {period for _, period in touched}
    totals = ward_totals(session, measures=by_code.values(), periods=periods)
    ours = get_setting(session, name="council_area")
    cities = current_series(session, measure_codes=by_code, area_codes=[ours], periods=periods)
    found = {}
    for code, period in sorted(touched & totals.keys()):
        measure, city = by_code[code], cities.get((code, ours), {}).get(period)
        value = None if city is None else stored_value(measure, city)
        said = wards_differ(measure, value, totals[code, period]) if isinstance(value, Decimal) else None
        if said:
            found[f"{code}, {period.in_words}"] = f"Check: {said}. Confirm it or change it"
    return found


def _wards_on(session: Session, period: Period) -> list[str]:
    """The council's own wards at the end of the period."""
    ours = get_setting(session, name="council_area")
    wards = list_areas(session, kinds=[AreaKind.WARD], on=period.end)
    return [ward.code for ward in wards if ward.parent_code in {ours, None}]


def _total(measure: Measure, figures: Sequence[Figure | None]) -> Decimal | None:
    values = [None if figure is None else stored_value(measure, figure) for figure in figures]
    known = [value for value in values if isinstance(value, Decimal)]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None
