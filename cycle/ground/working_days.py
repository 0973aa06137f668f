"""The reporting calendar put together: the rule, the region's bank holidays, and what was set instead."""

from datetime import date, timedelta
from functools import lru_cache

from sqlalchemy.orm import Session

from data_access.council.settings_store import get_setting, get_today
from data_access.do.calendar import list_reporting_dates
from performance.do.calendar import Calendar
from performance.ground.periods import Frequency, Period
from performance.report.occasions import Days

_YEARS_BACK, _YEARS_ON = 20, 5  # as far as anybody enters figures late, and sets dates ahead
_COUNTRY = "GB"
# How long after its end the figures of a month, and of a quarter, are all to be in, where the BI team set no day.
_CLOSES_AFTER = {1: (Frequency.MONTHLY, timedelta(days=15)), 3: (Frequency.QUARTERLY, timedelta(days=30))}


def build_calendar(session: Session) -> Calendar:
    """The council's calendar as it stands in this transaction."""
    today, lock = get_today(session), get_setting(session, name="lock_after_working_days")
    return Calendar(
        holidays=_holidays(get_setting(session, name="holidays_region"), today.year),
        lock_after=int(lock) if lock else None,
        set_dates=list_reporting_dates(session),
    )


@lru_cache(maxsize=8)
def _holidays(region: str, year: int) -> frozenset[date]:
    """The days off of the region that fall on weekdays, as far as anything is entered or planned."""
    # Read on demand: the library knows every country of the world, and most runs of the app need none of it.
    import holidays

    years = range(year - _YEARS_BACK, year + _YEARS_ON + 1)
    return frozenset(holidays.country_holidays(_COUNTRY, subdiv=region, years=years))


def days_of(session: Session) -> Days:
    """When reports of a period may go out, by the same calendar."""
    calendar = build_calendar(session)

    def closes_on(period: Period) -> date:
        frequency, after = _CLOSES_AFTER[period.months]
        chosen = calendar.set_dates.get((frequency, period))
        return chosen.on_time_by if chosen else calendar.working_day(period.end + after)

    return Days(working_day=calendar.working_day, closes_on=closes_on)
