"""Which rows of a file would change what is signed off or locked, and the record of a correction made that way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from cycle.import_questions import FigureChange
from cycle.locking import lock_of
from cycle.returning import names
from cycle.working_days import build_calendar
from data_access import reopenings, returns
from data_access.areas import list_areas
from data_access.settings_store import get_setting, get_today
from performance.calendar import Calendar
from performance.organisation import AreaKind, Return, ReturnStatus
from performance.periods import Period, day_in_words
from performance.returns import Asked

_UnitMonth = tuple[str, Period]


def mark_locked(session: Session, changes: Sequence[FigureChange]) -> list[FigureChange]:
    """The changes, those that touch something signed off or locked with why it is.

    A month for which no return was ever made is history: its figures came by file and are revised by file. Figures of
    other councils, regions and nations are their publishers', whatever return stands here.
    """
    own = _own_areas(session)
    month_of = {each.key: _month(each) for each in changes if each.figure.area_code in own}
    stored = {
        (each.unit_code, each.period): each
        for each in returns.list_returns(session, unit_codes={unit for unit, _ in month_of.values()})
    }
    if not stored:
        return list(changes)
    why = _Why(session, stored)
    return [
        replace(each, locked=why.of(each, month_of[each.key])) if month_of.get(each.key) in stored else each
        for each in changes
    ]


def record_corrections(
    session: Session, changes: Iterable[FigureChange], *, reason: str, by: str, at: datetime
) -> list[FigureChange]:
    """Put the reason on record, once a measure and month, and at every figure that it corrects."""
    ids: dict[tuple[str, Period, str], int] = {}
    corrected = []
    for each in changes:
        if not each.is_correction:
            corrected.append(each)
            continue
        unit_code, month = _month(each)
        key = (unit_code, month, each.measure.code)
        if key not in ids:
            ids[key] = reopenings.add_correction(
                session, unit_code=unit_code, period=month, measure_code=each.measure.code, reason=reason, by=by, at=at
            ).id
        corrected.append(replace(each, figure=replace(each.figure, reopening_id=ids[key])))
    return corrected


class _Why:
    """Why a figure of a stored return is locked, asked of many figures at once."""

    def __init__(self, session: Session, stored: Mapping[_UnitMonth, Return]) -> None:
        self._stored = stored
        self._today: date = get_today(session)
        self._calendar: Calendar = build_calendar(session)
        self._names = names(session)

    def of(self, change: FigureChange, month: _UnitMonth) -> str:
        return_, measure, period = self._stored[month], change.measure, change.figure.period
        approver = self._names.get(return_.decided_by or "", "the head of service")
        if return_.status is ReturnStatus.APPROVED and change.before is None:
            when = f" on {day_in_words(return_.decided_at.date())}" if return_.decided_at else ""
            return f"Its return was signed off by {approver}{when}"
        asked = Asked(measure=measure, period=period, dates=self._calendar.dates(measure, period))
        if self._today < asked.dates.opens_on:
            return ""
        why, _ = lock_of(asked, change.before, return_, today=self._today, approver=approver, reopened=())
        return why.split(". ")[0]


def _own_areas(session: Session) -> frozenset[str]:
    wards = (area.code for area in list_areas(session, kinds=[AreaKind.WARD]))
    return frozenset({get_setting(session, name="council_area"), *wards})


def _month(change: FigureChange) -> _UnitMonth:
    """The return a figure belongs to: its unit's, of the month in which its period ends."""
    return change.measure.unit_code, Period.containing(change.figure.period.end, months=1)
