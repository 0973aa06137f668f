"""Do: whether a figure may be written now, and why not: one answer for grid, form, paste, workbook and file.

A locked figure can be written all the same under a request that the BI team granted.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from sqlalchemy.orm import Session

from cycle.ground.working_days import build_calendar
from data_access.council.areas import list_areas
from data_access.council.settings_store import get_setting, get_today
from data_access.council.units import find_unit, get_unit, list_units
from data_access.do.reopenings import list_reopenings
from data_access.do.returns import list_returns
from performance.do.reopening import Reopening
from performance.do.returns import Asked, why_line_locked
from performance.ground.figures import Figure
from performance.ground.measures import Measure
from performance.ground.organisation import AreaKind, Return, Unit
from performance.ground.people import NotAllowedError, Permission, User
from performance.ground.periods import Period, day_in_words

# A unit, by code, and the month of a return of its.
UnitMonth: TypeAlias = tuple[str, Period]


def month_of(measure: Measure, period: Period) -> UnitMonth:
    """The return a figure belongs to: its unit's, of the month in which its period ends."""
    return measure.unit_code, _month_it_ends_in(period)


@lru_cache(maxsize=4096)
def _month_it_ends_in(period: Period) -> Period:
    return Period.containing(period.end, months=1)


@dataclass(frozen=True, kw_only=True)
class Lock:
    """Why a figure cannot be written, in a sentence that says who can help; empty where it can.

    `reopening_id` is the request under which it is open, or was corrected before.
    """

    why: str = ""
    reopening_id: int | None = None


class Locks:
    """What services may write now, asked of many figures at once; read once for all their returns."""

    def __init__(self, session: Session, unit_codes: Collection[str], *, known_as: Mapping[str, str]) -> None:
        self.today = get_today(session)
        self.own_areas = _own_areas(session)
        self.stored = {(each.unit_code, each.period): each for each in list_returns(session, unit_codes=unit_codes)}
        self._calendar = build_calendar(session)
        self._known_as = known_as
        self._session = session
        self._standing = {unit.code for unit in list_units(session, on=self.today)}
        self._reopened: dict[UnitMonth, list[Reopening]] = {}
        for each in list_reopenings(session, unit_codes=unit_codes):
            self._reopened.setdefault((each.unit_code, each.period), []).append(each)

    def asked(self, measure: Measure, period: Period) -> Asked:
        return Asked(measure=measure, period=period, dates=self._calendar.dates(measure, period))

    def approver(self, month: UnitMonth) -> str:
        stored = self.stored.get(month)
        return self._known_as.get((stored.decided_by if stored else None) or "", "the head of service")

    def of(self, measure: Measure, area_code: str, period: Period, *, current: Figure | None) -> Lock:
        """Whether the unit's own people may put another figure in the place of the current one, or a first."""
        if area_code not in self.own_areas:
            return Lock(
                why=f"{area_code} is neither the council nor one of its wards: its figures are its publisher's. "
                "Ask the BI team to import them."
            )
        month = month_of(measure, period)
        if measure.unit_code not in self._standing:
            return Lock(why=why_closed(self._session, unit_code=measure.unit_code, period=month[1]))
        why, reopening_id = lock_of(
            self.asked(measure, period),
            current,
            self.stored.get(month),
            today=self.today,
            approver=self.approver(month),
            reopened=self._reopened.get(month, ()),
        )
        return Lock(why=why, reopening_id=reopening_id)


def _own_areas(session: Session) -> frozenset[str]:
    wards = (area.code for area in list_areas(session, kinds=[AreaKind.WARD]))
    return frozenset({get_setting(session, name="council_area"), *wards})


def why_not_begun(period: Period, *, today: date) -> str:
    """Why nobody has a figure for the period yet, in a sentence; empty where it has begun."""
    if period.start <= today:
        return ""
    return f"{period.in_words} has not begun, so it has no figure yet. Look whether this is the period that is meant."


def lock_of(
    asked: Asked,
    figure: Figure | None,
    stored: Return | None,
    *,
    today: date,
    approver: str,
    reopened: Iterable[Reopening],
) -> tuple[str, int | None]:
    """Why the figure is locked, if it is; and under which request it is open, or was corrected before."""
    granted = next((each.id for each in reopened if each.opens(asked.measure.code, today=today)), None)
    if granted is not None:
        return "", granted
    if why := why_line_locked(asked, figure, stored, today=today, approver=approver):
        return why, None
    # A correction that is changed on its way to sign-off stays the correction it was asked for as.
    return "", figure.reopening_id if figure is not None else None


def why_closed(session: Session, *, unit_code: str, period: Period) -> str:
    """Why nobody enters figures of the unit any more, in a sentence; empty where it stands."""
    if find_unit(session, code=unit_code, on=get_today(session)) is not None:
        return ""
    unit = get_unit(session, code=unit_code, on=period.end)
    when = f" on {day_in_words(unit.valid_to)}" if unit.valid_to else ""
    return f"{unit.name} closed{when}. Ask the BI team to record its figures."


def why_not_yours(unit: Unit, by: User) -> str:
    """Why the person does not enter the unit's figures, with who does; empty where they do."""
    if by.may(Permission.ENTER_FIGURES, at=unit.code):
        return ""
    return f"{unit.name} is not your service. {NotAllowedError(Permission.ENTER_FIGURES, at=unit.name)}"
