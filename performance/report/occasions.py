"""When a report that goes out by itself is due: once for each week, month or quarter.

**Decided.** The figures of a month close 15 days after it, those of a quarter 30, on the next working day, or when the
BI team set it for the round; a report of them is due on the working day after. A weekly one is due on the first working
day of the week and says what stands then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from performance.ground.periods import Period, parse_period
from performance.report.schedules import Often

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Days:
    """The council's days: the day itself or the next that is worked, and the last on which a period's figures are on
    time."""

    working_day: Callable[[date], date]
    closes_on: Callable[[Period], date]


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """One time that a report is due. `key` names it among those of its schedule; a week has no period."""

    key: str
    due_on: date
    period: Period | None = None

    @property
    def in_words(self) -> str:
        return in_words(self.key)


def in_words(key: str) -> str:
    """ "October 2017", "Week of 6 Nov 2017"."""
    return parse_period(key).in_words if "/" in key else f"Week of {date.fromisoformat(key):%-d %b %Y}"


def newest(often: Often, *, today: date, days: Days) -> Occasion:
    """The last one that is due by today."""
    found = _first(often, today, days)
    while found.due_on > today:
        found = _moved(found, -1, often, days)
    return found


def next_after(often: Often, *, today: date, days: Days) -> Occasion:
    """The first one that is due after today."""
    found = newest(often, today=today, days=days)
    while found.due_on <= today:
        found = _moved(found, 1, often, days)
    return found


def _first(often: Often, today: date, days: Days) -> Occasion:
    if not often.months:
        return _week(today - timedelta(days=today.weekday()), days)
    return _of(Period.containing(today, months=often.months).previous, days)


def _moved(found: Occasion, by: int, often: Often, days: Days) -> Occasion:
    if found.period is None:
        return _week(date.fromisoformat(found.key) + by * _WEEK, days)
    return _of(found.period.shifted(by * often.months), days)


def _week(monday: date, days: Days) -> Occasion:
    return Occasion(key=monday.isoformat(), due_on=days.working_day(monday))


def _of(period: Period, days: Days) -> Occasion:
    return Occasion(key=period.iso, period=period, due_on=days.working_day(days.closes_on(period) + _DAY))
