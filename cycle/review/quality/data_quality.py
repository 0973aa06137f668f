"""Review: the quality of the council's data: what came, when, how sure it is, what was changed, and what is asked.

Every verb takes `as_known_at`, a past moment: figures, sign-offs and questions of then, counted on that day.
"""

from datetime import datetime

from cycle.ground.access import demand
from cycle.ground.memory import remembered
from cycle.review.quality.of_measure import MeasureQuality, to_the_day
from cycle.review.quality.view import COUNCIL_WIDE, QualityView, months_of, units_of, view_of
from data_access.plan.register import get_measure
from data_access.store.database import reading
from performance.ground.people import Permission, User
from performance.ground.periods import Period

__all__ = ["COUNCIL_WIDE", "data_quality", "list_months", "list_units", "measure_quality"]


def list_months(*, by: User) -> list[Period]:
    """The months data quality can be read for, newest first: two years, from the newest with something due."""
    with reading() as session:
        demand(session, by, Permission.VIEW_DATA_QUALITY)
        return list(remembered(session, ("quality months",), lambda: months_of(session)))


def list_units(month: Period, *, by: User) -> dict[str, str]:
    """The whole council, then directorates and services that had measures in the month, by code."""
    with reading() as session:
        demand(session, by, Permission.VIEW_DATA_QUALITY)
        return dict(remembered(session, ("quality units", month), lambda: units_of(session, month)))


def data_quality(
    month: Period, unit_code: str = COUNCIL_WIDE, *, as_known_at: datetime | None = None, by: User
) -> QualityView:
    """All that is known of the data of a part of the council for a month. Raises UnitNotFoundError."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_DATA_QUALITY)
        key = ("quality", month, unit_code, as_known_at, user)
        return remembered(session, key, lambda: view_of(session, month, unit_code, as_known_at=as_known_at, by=user))


def measure_quality(code: str, *, as_known_at: datetime | None = None, by: User) -> MeasureQuality:
    """The six dimensions of one measure's data. Raises MeasureNotFoundError."""
    with reading() as session:
        demand(session, by, Permission.VIEW_DATA_QUALITY)
        measure = remembered(session, ("one measure", code), lambda: get_measure(session, code=code))
        key = ("measure quality", code, as_known_at)
        return remembered(session, key, lambda: to_the_day(session, [measure], as_known_at=as_known_at)[code].quality)
