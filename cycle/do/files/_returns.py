"""Machines as owners: figures that an open return asks for become part of it, whoever sent them."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from sqlalchemy.orm import Session

from cycle.do.return_view import MONTHS_SHOWN
from cycle.ground.working_days import build_calendar
from data_access.council.settings_store import get_setting, get_today
from data_access.council.units import list_units
from data_access.do import returns
from data_access.do.figures import FigureKey
from performance.do.returns import asked_in
from performance.ground.figures import Figure
from performance.ground.measures import Measure
from performance.ground.organisation import Return, ReturnStatus
from performance.ground.periods import Period

# Each figure that an open return asks for, with the unit and month of that return.
Touched: TypeAlias = Mapping[FigureKey, tuple[str, Period]]


def returns_touched(session: Session, found: Sequence[tuple[Measure, Figure]], *, by_service: bool = False) -> Touched:
    """The figures that belong to a return still open, each with its return; all others are history.

    What a service's own people write belongs to its return also where that was signed off without it, or reopened.
    """
    area, today = get_setting(session, name="council_area"), get_today(session)
    units = {unit.code for unit in list_units(session, on=today)}
    calendar = build_calendar(session)
    first = Period.containing(today, months=1).shifted(-MONTHS_SHOWN)
    own = [
        (measure, figure, Period.containing(figure.period.end, months=1))
        for measure, figure in found
        if figure.area_code == area and measure.unit_code in units
        if figure.period.end >= first.start or figure.reopening_id is not None
    ]
    stored = {
        (each.unit_code, each.period): each
        for each in returns.list_returns(session, unit_codes={measure.unit_code for measure, _, _ in own})
    }
    touched = {}
    for measure, figure, month in own:
        asked = asked_in(measure, month, calendar)
        if asked is None or asked.period != figure.period:
            continue
        may_be_entered = asked.dates.is_open(today) or (by_service and figure.reopening_id is not None)
        if may_be_entered and (by_service or _is_open(stored.get((measure.unit_code, month)))):
            touched[figure.measure_code, figure.area_code, figure.period] = (measure.unit_code, month)
    return touched


def take_over(session: Session, touched: Touched) -> dict[FigureKey, int]:
    """The id of each figure's return, made where it is missing; what waited for sign-off is in draft again."""
    ids = {}
    for unit_code, month in sorted(set(touched.values()), key=lambda each: (each[0], each[1].start)):
        ids[unit_code, month] = returns.save_draft(session, unit_code=unit_code, period=month)
        if returns.get_return(session, unit_code=unit_code, period=month).status is ReturnStatus.SUBMITTED:
            returns.save_taken_back(session, unit_code=unit_code, period=month)
    return {key: ids[where] for key, where in touched.items()}


def _is_open(stored: Return | None) -> bool:
    return stored is None or stored.status is not ReturnStatus.APPROVED
