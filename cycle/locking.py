"""Do: why a figure cannot be changed now, and the request under which a locked one can be all the same."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from data_access.settings_store import get_today
from data_access.units import find_unit, get_unit
from performance.figures import Figure
from performance.organisation import Return, Unit
from performance.people import NotAllowedError, Permission, User
from performance.periods import Period, day_in_words
from performance.reopening import Reopening
from performance.returns import Asked, why_line_locked


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
