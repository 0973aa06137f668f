"""Report: the policy officer draws a measure for the annual report, from figures that may leave the house."""

from collections.abc import Collection

from cycle.ground.access import demand
from cycle.report.annual import _figures
from cycle.report.annual._figures import MOST_SERIES as MOST_SERIES
from cycle.report.annual._figures import AnnualFigures as AnnualFigures
from cycle.report.annual._figures import NothingToDrawError as NothingToDrawError
from cycle.report.annual._figures import TooManySeriesError as TooManySeriesError
from data_access.store.database import reading
from performance.ground.measures import Measure
from performance.ground.people import Permission, User
from performance.ground.periods import Period


def measures_to_chart(*, by: User) -> list[Measure]:
    """Every measure the council has figures for, by title."""
    with reading() as session:
        demand(session, by, Permission.MAKE_REPORTS)
        return list(_figures.measures_with_figures(session))


def figures_to_chart(measure_code: str, *, yearly: bool, by: User) -> AnnualFigures:
    """All that can be drawn of a measure: every year that is over (or every own period), and every comparator."""
    with reading() as session:
        demand(session, by, Permission.MAKE_REPORTS)
        return _figures.all_figures(session, measure_code, yearly=yearly)


def annual_chart(
    measure_code: str, *, first: Period, last: Period, comparators: Collection[str] = (), yearly: bool = True, by: User
) -> AnnualFigures:
    """The figures from the first period to the last, with the comparators named by their keys.

    Raises NothingToDrawError or TooManySeriesError.
    """
    return _figures.between(figures_to_chart(measure_code, yearly=yearly, by=by), first, last, comparators)
