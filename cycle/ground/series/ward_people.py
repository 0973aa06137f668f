"""The two measures that describe wards themselves, where the council names them: residents and deprivation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.memory import remembered
from cycle.ground.series.hiding import figures_of_wards
from data_access.council.settings_store import get_setting
from data_access.plan.register import find_measure
from performance.ground.figures import Figure
from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.readers import Reader
from performance.ground.reckoning.due import numbers
from performance.ground.values import Value
from performance.review.wards.count_intervals import Interval, interval_of

RESIDENTS, DEPRIVATION = "ward_population", "ward_deprivation"
"""The settings that name them."""


@dataclass(frozen=True, kw_only=True)
class Described:
    """What a measure says of areas in one period, unrounded."""

    measure: Measure
    period: Period
    numbers: dict[str, Decimal]


# Compared by identity: what is kept is one value for as long as nothing of it changes, and stands in keys as that.
@dataclass(frozen=True, kw_only=True, eq=False)
class Describing:
    """What a measure says of areas in each of its periods, unrounded."""

    measure: Measure
    numbers: Mapping[Period, dict[str, Decimal]]

    def said_of(self, wards: Collection[str], *, up_to: date) -> Described | None:
        """Of the newest period that ended by the day, or else the first; None where it has no figure for any ward.

        A period that has come for some of the wards only is passed over while another has come for all of them.
        """
        known = sorted(period for period, numbers in self.numbers.items() if not numbers.keys().isdisjoint(wards))
        if not known:
            return None
        known = [period for period in known if self.numbers[period].keys() >= set(wards)] or known
        period = max((each for each in known if each.end <= up_to), default=known[0], key=lambda each: each.end)
        return Described(measure=self.measure, period=period, numbers=self.numbers[period])


def describing(
    session: Session, setting: str, *, reader: Reader, as_known_at: datetime | None = None
) -> Describing | None:
    """What the measure that the setting names says, as the reader may see it; None where the council names none."""
    code = get_setting(session, name=setting)
    measure = find_measure(session, code=code) if code else None
    if measure is None:
        return None
    seen = reader.of(measure)

    def work_out() -> Describing:
        figures = figures_of_wards(session, measure, reader=seen, as_known_at=as_known_at)
        found: dict[Period, dict[str, Decimal]] = {}
        for (_, area), series in figures.items():
            for period, number in numbers(measure, series).items():
                found.setdefault(period, {})[area] = number
        return Describing(measure=measure, numbers=found)

    return remembered(session, ("describing", measure, seen, as_known_at), work_out, apart=True)


@dataclass(frozen=True, kw_only=True)
class Living:
    """How many live in each ward, and in the council, and in what period that was; nothing where the whole is not
    known."""

    wards: Mapping[str, Decimal]
    whole: Decimal | None
    period: Period | None

    @property
    def shares(self) -> dict[str, Decimal]:
        """The share of the council's residents that lives in each ward."""
        return {ward: number / self.whole for ward, number in self.wards.items()} if self.whole else {}


def living_in(residents: Described | None, *, wards: Collection[str], council: str) -> Living:
    """Of all wards that were there, measured or not: together they are the whole, where the council's own number is not
    held. Empty where a ward's number is missing for that."""
    if residents is None:
        return Living(wards={}, whole=None, period=None)
    known = {ward: residents.numbers[ward] for ward in wards if ward in residents.numbers}
    total = residents.numbers.get(council)
    if total is None:
        total = sum(known.values(), Decimal(0)) if len(known) == len(wards) else Decimal(0)
    if total <= 0:
        return Living(wards={}, whole=None, period=None)
    return Living(wards=known, whole=total, period=residents.period)


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
