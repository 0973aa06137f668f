"""Reporting dates that the BI team set for a period in place of the rule's."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.models import ReportingDatesRow
from performance.do.calendar import Dates
from performance.ground.periods import Frequency, Period


def list_reporting_dates(session: Session) -> dict[tuple[Frequency, Period], Dates]:
    """What was set, by frequency and period."""
    return {
        (row.frequency, Period(start=row.period_start, months=row.period_months)): Dates(
            opens_on=row.opens_on,
            on_time_by=row.due_on,
            locks_on=row.locks_on,
            reason=row.reason,
            set_by=row.set_by,
        )
        for row in session.scalars(select(ReportingDatesRow).order_by(ReportingDatesRow.period_start))
    }


def save_reporting_dates(session: Session, *, frequency: Frequency, period: Period, dates: Dates, at: datetime) -> None:
    """Set the days of a period; they must have a day on which they lock."""
    session.merge(
        ReportingDatesRow(
            frequency=frequency,
            period_start=period.start,
            period_months=period.months,
            opens_on=dates.opens_on,
            due_on=dates.on_time_by,
            locks_on=dates.locks_on,
            reason=dates.reason,
            set_by=dates.set_by,
            set_at=at,
        )
    )
    session.flush()


def remove_reporting_dates(session: Session, *, frequency: Frequency, period: Period) -> None:
    """Back to the rule."""
    row = session.get(ReportingDatesRow, (frequency, period.start, period.months))
    if row is not None:
        session.delete(row)
        session.flush()
