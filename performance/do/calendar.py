"""The reporting calendar: when a period's figures open, are on time and lock, on working days (docs/domain.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from performance.ground.measures import Measure
from performance.ground.periods import Frequency, Period

# A figure that arrives months after its period is asked for a month before it is due, not from the first day.
OPENS_BEFORE_DUE = timedelta(days=31)
_DAY = timedelta(days=1)
_WEEKEND = 5  # Saturday, as date.weekday() counts


class DatesRefusedError(ValueError):
    """These dates make no reporting round; the sentence says what to change."""


@dataclass(frozen=True, kw_only=True)
class Dates:
    """The days of one period: the first on which figures can be entered, the last on which they are on time, and the
    last before they lock (None: never). `reason` says why the BI team set them; empty where the rule does."""

    opens_on: date
    on_time_by: date
    locks_on: date | None
    reason: str = ""
    set_by: str = ""

    def is_open(self, today: date) -> bool:
        return self.opens_on <= today and not self.is_locked(today)

    def is_locked(self, today: date) -> bool:
        return self.locks_on is not None and today > self.locks_on


def lock_in_words(lock_after: int | None) -> str:
    """When figures lock: by the rule, so many working days after the day they are on time by (None for never), or by
    the days that are set for a round, which always have a last one."""
    if lock_after is None:
        return "A figure locks by its day only where the BI team set a last day for its round."
    days = "1 working day" if lock_after == 1 else f"{lock_after} working days"
    when = f"{days} after" if lock_after else "with"
    return f"A figure locks {when} the day it is on time by, unless the BI team set another last day for its round."


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The council's reporting calendar.

    `holidays` are the days off that fall on weekdays; `lock_after` is how many working days after "on time by" a
    figure locks, None for never; `set_dates` are what the BI team set in place of the rule.
    """

    holidays: frozenset[date] = frozenset()
    lock_after: int | None = None
    set_dates: Mapping[tuple[Frequency, Period], Dates] = field(default_factory=dict)

    def dates(self, measure: Measure, period: Period) -> Dates:
        """The days of a measure's period: the BI team's where they set some for its round, otherwise the rule's."""
        ruled = self.ruled(measure, period)
        chosen = self.set_dates.get((measure.frequency, period))
        # A figure that comes long after the others of its period is not part of the round that was moved.
        return chosen if chosen is not None and ruled.opens_on <= chosen.on_time_by else ruled

    def ruled(self, measure: Measure, period: Period) -> Dates:
        """Due `lag_days` after the period; on time by then or the next working day; locked a number of them later."""
        due = measure.due_on(period)
        opens = max(period.end + _DAY, due - OPENS_BEFORE_DUE)
        on_time_by = self.working_day(due)
        locks_on = None if self.lock_after is None else self.later(on_time_by, self.lock_after)
        return Dates(opens_on=opens, on_time_by=on_time_by, locks_on=locks_on)

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < _WEEKEND and day not in self.holidays

    def working_day(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def later(self, day: date, working_days: int) -> date:
        """So many working days after the day."""
        return _later(day, working_days, self.holidays)


@lru_cache(maxsize=4096)
def _later(day: date, working_days: int, holidays: frozenset[date]) -> date:
    left = working_days
    while left > 0:
        day += _DAY
        left -= day.weekday() < _WEEKEND and day not in holidays
    return day


def check_dates(opens_on: date, on_time_by: date, locks_on: date, *, period: Period, calendar: Calendar) -> None:
    """Raises DatesRefusedError unless the days follow each other, after the period, and the last two are worked."""
    if opens_on <= period.end:
        raise DatesRefusedError("Figures open on the day after the period ends at the earliest. Choose a later day.")
    if not opens_on <= on_time_by <= locks_on:
        raise DatesRefusedError("The days must follow each other: open, on time by, locks on.")
    for name, day in (("On time by", on_time_by), ("Locks on", locks_on)):
        if not calendar.is_working_day(day):
            raise DatesRefusedError(f"{name} must be a working day. Choose {calendar.working_day(day):%A %-d %B %Y}.")
