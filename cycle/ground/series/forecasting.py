"""Forecasts of the council's own series, kept for as long as the figures behind them stay the same.

Smoothing takes a twentieth of a second a series: a scorecard of sixty would wait for it after every change anywhere.
So what is kept here hangs on the content of a series alone, not on the state of the database.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from performance.ground.figures import Series
from performance.ground.measures import Measure
from performance.ground.periods import Frequency, Period
from performance.review.ahead.backtest import Tried, try_out
from performance.review.ahead.forecast import Forecast, forecast
from performance.review.ahead.outlook import Outlook, outlook, with_numbers


def outlook_of(
    measure: Measure,
    series: Series,
    period: Period,
    *,
    today: date,
    default_percent: Decimal,
    with_trial: bool = False,
) -> Outlook | None:
    """What was expected of the year at the end of the period; a yearly figure is its own year, and has none.

    With a trial, how far off the same forecast was in an earlier year is worked out too.
    """
    if measure.frequency is Frequency.YEARLY:
        return None
    year = Period.containing(period.end, months=12, basis=measure.year_basis)
    expected = expected_of(measure, series, year, up_to=min(period.end, today), with_trial=with_trial)
    return outlook(measure, series, expected, today=today, default_percent=default_percent)


def fan_of(measure: Measure, series: Series, latest: Period, *, today: date) -> tuple[Forecast, ...]:
    """What is expected of each own period after the latest up to the end of its year; none for yearly measures."""
    if measure.frequency is Frequency.YEARLY or latest.months != measure.frequency.months:
        return ()
    year = Period.containing(latest.end, months=12, basis=measure.year_basis)
    ahead, period = [], latest.following
    while period.end <= year.end:
        found = expected_of(measure, series, period, up_to=min(latest.end, today))
        if found is None:
            return ()
        ahead.append(found)
        period = period.following
    return tuple(ahead)


def expected_of(
    measure: Measure, series: Series, period: Period, *, up_to: date, with_trial: bool = False
) -> Forecast | None:
    """The period from the figures that ended by the day; with a trial on an earlier year where that is asked for."""
    return _forecast(_Content(measure=measure, series=series), period, up_to, with_trial)


def tried_of(measure: Measure, series: Series, *, up_to: date) -> Tried:
    """How well forecasts of the measure held on figures held back."""
    return _tried(_Content(measure=measure, series=series), up_to)


@dataclass(frozen=True, eq=False)
class _Content:
    """A measure and its series, equal to another where a forecast of it would be."""

    measure: Measure
    series: Series
    _key: tuple[object, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_key", (self.measure, with_numbers(self.series.figures)))

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, _Content) and self._key == other._key


@lru_cache(maxsize=2048)
def _forecast(content: _Content, period: Period, up_to: date, with_trial: bool) -> Forecast | None:
    return forecast(content.measure, content.series.figures, period, up_to=up_to, with_trial=with_trial)


@lru_cache(maxsize=512)
def _tried(content: _Content, up_to: date) -> Tried:
    return try_out(content.measure, content.series.figures, up_to=up_to)
