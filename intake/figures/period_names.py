"""Which period a text names to a measure: one reading for files of figures, pasted rows and targets."""

import re
from functools import lru_cache

from performance.ground.measures import Measure
from performance.ground.periods import Frequency, Period, PeriodNotUnderstoodError, YearBasis, parse_period

_TWO_YEARS = re.compile(r"(\d{4})-(\d{2})")


def read_period(text: str, measure: Measure) -> Period:
    """The period that a figure of the measure is for: 2011-12 is a year to a yearly measure, which has no months.

    Raises PeriodNotUnderstoodError. Whether the measure is reported for such periods is not asked here.
    """
    year = _as_year(text)
    return _parsed(year if year and measure.frequency is Frequency.YEARLY else text, measure.year_basis)


def is_plain(text: str, period: Period) -> bool:
    """Whether the text names the period so that nobody can take it for another; 2011-12 may be a year too."""
    return text in {period.iso, period.in_words, period.short} or (
        period == Period.month(period.start.year, period.start.month)
        and text == f"{period.start:%Y-%m}"
        and not _as_year(text)
    )


def read_target_period(text: str, measure: Measure) -> Period:
    """The period that a target of the measure is for, which may be longer than the measure's own.

    2011-12 is a year to a measure without months; to a monthly one it may be either, and both are spelt out. Raises
    PeriodNotUnderstoodError.
    """
    year, basis = _as_year(text), measure.year_basis
    if not year:
        return _parsed(text, basis)
    found = [_parsed(text, basis), _parsed(year, basis)]
    if measure.frequency is Frequency.MONTHLY and found[0] != found[1]:
        raise PeriodNotUnderstoodError(text, several=found)
    return found[1]


def _as_year(text: str) -> str:
    """2011-12 written as no month can be, 2011/12; empty where the text is not two years that follow each other."""
    match = _TWO_YEARS.fullmatch(text)
    return f"{match[1]}/{match[2]}" if match and (int(match[1]) + 1) % 100 == int(match[2]) else ""


@lru_cache(maxsize=4096)
def _parsed(text: str, basis: YearBasis) -> Period:
    return parse_period(text, basis=basis)
