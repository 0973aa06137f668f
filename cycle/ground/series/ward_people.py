"""The two measures that describe wards themselves, where the council names them: residents and deprivation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.series.hiding import figures_of_wards
from data_access.council.settings_store import get_setting
from data_access.plan.register import find_measure
from performance.ground.figures import Figure
from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.readers import Reader
from performance.ground.reckoning.due import stored_value
from performance.ground.values import Value
from performance.review.wards.count_intervals import Interval, interval_of


@dataclass(frozen=True, kw_only=True)
class Described:
    """What a measure says of areas in one period, unrounded."""

    measure: Measure
    period: Period
    numbers: dict[str, Decimal]


def described_by(
    session: Session,
    setting: str,
    *,
    wards: Collection[str],
    up_to: date,
    reader: Reader,
    as_known_at: datetime | None = None,
) -> Described | None:
    """What the measure that the setting names says of these wards: the newest period that ended by the day, or else
    the first; None where the council names none, or it has no figure for any of them."""
    code = get_setting(session, name=setting)
    measure = find_measure(session, code=code) if code else None
    if measure is None:
        return None
    figures = figures_of_wards(session, measure, reader=reader, as_known_at=as_known_at)
    found: dict[Period, dict[str, Decimal]] = {}
    for (_, area), series in figures.items():
        for period, figure in series.items():
            number = stored_value(measure, figure)
            if isinstance(number, Decimal):
                found.setdefault(period, {})[area] = number
    known = sorted(period for period, numbers in found.items() if not numbers.keys().isdisjoint(wards))
    if not known:
        return None
    period = max((each for each in known if each.end <= up_to), default=known[0], key=lambda each: each.end)
    return Described(measure=measure, period=period, numbers=found[period])


def shares_of(residents: Described | None, *, wards: Collection[str], council: str) -> dict[str, Decimal]:
    """The share of the council's residents that lives in each ward; of all of these wards, where the council's own
    number is not held. Empty where a ward's number is missing for that."""
    if residents is None:
        return {}
    known = {ward: residents.numbers[ward] for ward in wards if ward in residents.numbers}
    total = residents.numbers.get(council)
    if total is None:
        total = sum(known.values(), Decimal(0)) if len(known) == len(wards) else Decimal(0)
    return {ward: number / total for ward, number in known.items()} if total > 0 else {}


def interval_behind(measure: Measure, figure: Figure | None) -> Interval | None:
    """From the counts; a count may be kept as the value alone."""
    if figure is None or figure.absence is not None:
        return None
    counted = figure.value if figure.numerator is None and not measure.is_ratio else figure.numerator
    return interval_of(measure, counted, figure.denominator)


def expected(
    measure: Measure, whole: Value | None, shares: Mapping[str, Decimal], wards: Collection[str]
) -> dict[str, Decimal]:
    """What each ward is compared with, where the council's figure is there and may be shown."""
    if not isinstance(whole, Decimal):
        return {}
    if measure.is_ratio:
        return dict.fromkeys(wards, whole)
    return {ward: whole * share for ward, share in shares.items()}
