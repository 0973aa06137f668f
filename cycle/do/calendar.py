"""Do: the reporting calendar, by the council's rule and its holidays, and where the BI team set other days."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.memory import remembered
from cycle.ground.working_days import build_calendar
from data_access.council.settings_store import get_now, get_today
from data_access.do.calendar import list_reporting_dates, remove_reporting_dates, save_reporting_dates
from data_access.plan.register import list_measures
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.do.calendar import Calendar, Dates, DatesRefusedError, check_dates
from performance.ground.measures import Measure
from performance.ground.people import Permission, User
from performance.ground.periods import Frequency, Period
from performance.ground.texts import TextTooLongError, clean

_PERIODS_BEFORE, _PERIODS_AFTER = 3, 3


@dataclass(frozen=True, kw_only=True)
class Round:
    """One period of a frequency, with the days that hold for most of its measures, and those the rule would give.

    `others` is how many of its measures are due on another day, because their figures come later.
    """

    frequency: Frequency
    period: Period
    dates: Dates
    ruled: Dates
    measures: int
    others: int

    @property
    def is_set(self) -> bool:
        return bool(self.dates.reason)


@dataclass(frozen=True, kw_only=True)
class Rounds:
    """The calendar as it is read: the periods of each frequency around today, and what the rule is."""

    rounds: tuple[Round, ...]
    lock_after: int | None
    today: date


def list_rounds(*, by: User) -> Rounds:
    """The periods of each frequency that something is measured at, from three before to three after today's."""
    with reading() as session:
        demand(session, by, Permission.VIEW_CALENDAR)
        return remembered(session, ("rounds",), lambda: _rounds(session))


def set_dates(
    frequency: Frequency,
    period: Period,
    *,
    opens_on: date,
    on_time_by: date,
    locks_on: date,
    reason: str,
    by: User,
) -> Dates:
    """Set other days for a period, with the reason. Raises DatesRefusedError."""
    with transaction() as session:
        user = demand(session, by, Permission.KEEP_CALENDAR)
        if period.months != frequency.months:
            raise DatesRefusedError(f"{period.in_words} is not a period of {frequency.value} figures. Choose another.")
        calendar = build_calendar(session)
        check_dates(opens_on, on_time_by, locks_on, period=period, calendar=calendar)
        dates = Dates(
            opens_on=opens_on,
            on_time_by=on_time_by,
            locks_on=locks_on,
            reason=_reason(reason),
            set_by=user.username,
        )
        before = calendar.set_dates.get((frequency, period))
        save_reporting_dates(session, frequency=frequency, period=period, dates=dates, at=get_now(session))
        _record(session, user, "set reporting dates", frequency, period, before=before, after=dates)
        return dates


def reset_dates(frequency: Frequency, period: Period, *, by: User) -> None:
    """Back to the rule's days; where nothing was set, nothing happens."""
    with transaction() as session:
        user = demand(session, by, Permission.KEEP_CALENDAR)
        before = list_reporting_dates(session).get((frequency, period))
        if before is not None:
            remove_reporting_dates(session, frequency=frequency, period=period)
            _record(session, user, "reset reporting dates", frequency, period, before=before, after=None)


def _rounds(session: Session) -> Rounds:
    today, calendar = get_today(session), build_calendar(session)
    measures = list_measures(session)
    found = []
    for frequency in Frequency:
        own = [measure for measure in measures if measure.frequency is frequency]
        if own:
            middle = own[0].own_period(today)
            for step in range(_PERIODS_AFTER, -_PERIODS_BEFORE - 1, -1):
                period = middle.shifted(step * middle.months)
                found.append(_round(frequency, period, own, calendar))
    return Rounds(rounds=tuple(found), lock_after=calendar.lock_after, today=today)


def _round(frequency: Frequency, period: Period, measures: list[Measure], calendar: Calendar) -> Round:
    active = [each for each in measures if each.own_period(period.end) == period and each.is_active(period)] or measures
    days = [calendar.dates(measure, period) for measure in active]
    usual = max(sorted(set(days), key=lambda each: each.on_time_by), key=days.count)
    like = active[days.index(usual)]
    return Round(
        frequency=frequency,
        period=period,
        dates=usual,
        ruled=calendar.ruled(like, period),
        measures=len(active),
        others=len(active) - days.count(usual),
    )


def _reason(text: str) -> str:
    try:
        reason = clean(text.strip())
    except TextTooLongError as fault:
        raise DatesRefusedError(str(fault)) from fault
    if not reason:
        raise DatesRefusedError("Enter why the dates are other than usual. Services read it beside them.")
    return reason


def _record(
    session: Session, by: User, verb: str, frequency: Frequency, period: Period, *,
    before: Dates | None, after: Dates | None,
) -> None:  # fmt: skip
    add_event(
        session, at=get_now(session), username=by.username, verb=verb, subject=f"{frequency.value} {period.iso}",
        before=_brief(before), after=_brief(after),
    )  # fmt: skip


def _brief(dates: Dates | None) -> dict[str, str]:
    if dates is None or dates.locks_on is None:
        return {}
    days = {"opens": dates.opens_on, "on time by": dates.on_time_by, "locks": dates.locks_on}
    return {name: day.isoformat() for name, day in days.items()}
