"""Measures, figures and targets that state only what a test of a rule is about."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from performance.ground.figures import Figure, Series, Target
from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.periods import Frequency, Period, parse_period
from performance.ground.reckoning.aggregation import Aggregate, aggregate, year_to_date
from performance.ground.values import Absence

CODE, AREA = "WCP1063", "E08000031"
DEFAULT = Decimal(5)
LATER = date(2030, 1, 1)

Entry = str | tuple[str, str] | Absence


def a_measure(**fields: Any) -> Measure:
    """A monthly count where higher is better, due five days after the month."""
    plain: dict[str, Any] = {
        "code": CODE,
        "title": "Visits",
        "unit": "number",
        "polarity": Polarity.HIGHER,
        "accumulation": Accumulation.IN_PERIOD,
        "frequency": Frequency.MONTHLY,
        "unit_code": "WASTE",
        "lag_days": 5,
    }
    return Measure(**(plain | fields))


def a_share(**fields: Any) -> Measure:
    """A monthly percentage made of counts."""
    share = {
        "title": "Requests answered on time",
        "unit": "percent",
        "multiplier": Decimal(100),
        "decimals": 1,
        "numerator_definition": "Requests answered on time",
        "denominator_definition": "Total number of requests",
        "is_share": True,
    }
    return a_measure(**(share | fields))


def a_figure(entry: Entry, period: str | Period = "2017-04", **fields: Any) -> Figure:
    """ "9.4" is a value, ("9", "10") are counts, an absence is itself."""
    when = parse_period(period) if isinstance(period, str) else period
    said: dict[str, Any]
    if isinstance(entry, Absence):
        said = {"absence": entry}
    elif isinstance(entry, str):
        said = {"value": Decimal(entry)}
    else:
        said = {"numerator": Decimal(entry[0]), "denominator": Decimal(entry[1])}
    return Figure(measure_code=CODE, area_code=AREA, period=when, **(said | fields))


def a_target(entry: str | tuple[str, str] | None, period: str | Period = "2017-04", **fields: Any) -> Target:
    """ "9" is a number, ("3", "5") is a range."""
    when = parse_period(period) if isinstance(period, str) else period
    said: dict[str, Any] = {"number": Decimal(entry)} if isinstance(entry, str) else {}
    if isinstance(entry, tuple):
        said = {"lower": Decimal(entry[0]), "upper": Decimal(entry[1])}
    return Target(measure_code=CODE, area_code=AREA, period=when, **(said | fields))


def months(entries: Iterable[Entry | None], start: str = "2017-04", **fields: Any) -> dict[Period, Figure]:
    """Figures of one month after another; None is a month without one."""
    period, figures = parse_period(start), {}
    for entry in entries:
        if entry is not None:
            figures[period] = a_figure(entry, period, **fields)
        period = period.following
    return figures


def monthly_targets(entries: Iterable[str | tuple[str, str] | None], start: str = "2017-04") -> dict[Period, Target]:
    period, targets = parse_period(start), {}
    for entry in entries:
        if entry is not None:
            targets[period] = a_target(entry, period)
        period = period.following
    return targets


def a_series(figures: Mapping[Period, Figure] | None = None, targets: Mapping[Period, Target] | None = None) -> Series:
    return Series(figures=figures or {}, targets=targets or {})


def over(measure: Measure, period: str, series: Series, *, today: date = LATER) -> Aggregate:
    return aggregate(measure, series, parse_period(period), today=today)


def to_date(measure: Measure, period: str, series: Series, *, today: date = LATER) -> Aggregate:
    return year_to_date(measure, series, parse_period(period), today=today)
