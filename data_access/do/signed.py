"""Which figures of the council's own may be read by those who read what is published: all that nobody still signs off.

A figure waits while the return of its month, of the service that owns its measure, is not approved; what stood when
that return was approved before does not. What never had a return came by file, and has nothing to wait for; figures of
other councils, regions and nations are their publishers'.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import TypeVarTuple

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from data_access.models import AreaRow, FigureRow, MeasureRow, ReturnRow
from performance.ground.figures import Figure
from performance.ground.organisation import AreaKind, ReturnStatus
from performance.ground.periods import Period

Columns = TypeVarTuple("Columns")
LastApproved = dict[tuple[str, Period], datetime | None]
_OWN = (AreaKind.COUNCIL, AreaKind.WARD)


def sent_and_signed(figures: Select[*Columns]) -> Select[*Columns]:
    """Of revisions written with a return, whichever service owns their measure by now, those that do not wait."""
    approved = or_(ReturnRow.status == ReturnStatus.APPROVED, ReturnRow.approved_at >= FigureRow.recorded_at)
    with_return = figures.outerjoin(ReturnRow, ReturnRow.id == FigureRow.return_id)
    return with_return.where(or_(FigureRow.return_id.is_(None), approved))


def signed_off(session: Session, figures: Iterator[Figure], *, measure_codes: Collection[str]) -> Iterator[Figure]:
    """The figures but those that wait for a sign-off. A query or three, whatever their number."""
    approved = list_last_approved(session, measure_codes=measure_codes)
    if not approved:
        return figures
    own = set(session.scalars(select(AreaRow.code).where(AreaRow.kind.in_(_OWN))))
    return (
        each
        for each in figures
        if each.area_code not in own or not waits(each.measure_code, each.period, each.recorded_at, approved)
    )


def waits(measure_code: str, period: Period, recorded_at: datetime | None, approved: LastApproved) -> bool:
    """Whether a figure of the council's own waits for a sign-off."""
    key = measure_code, Period.containing(period.end, months=1)
    if key not in approved:
        return False
    at = approved[key]
    return at is None or recorded_at is None or recorded_at > at


def list_last_approved(session: Session, *, measure_codes: Collection[str]) -> LastApproved:
    """By measure and month, where the return is not approved: when it last was, if ever."""
    owned = select(MeasureRow.unit_code, MeasureRow.code).where(MeasureRow.code.in_(measure_codes))
    codes: dict[str, list[str]] = defaultdict(list)
    for unit_code, code in session.execute(owned):
        codes[unit_code].append(code)
    query = select(ReturnRow.unit_code, ReturnRow.period_start, ReturnRow.period_months, ReturnRow.approved_at).where(
        ReturnRow.unit_code.in_(codes), ReturnRow.status != ReturnStatus.APPROVED
    )
    return {
        (code, Period(start=start, months=months)): at
        for unit_code, start, months, at in session.execute(query)
        for code in codes[unit_code]
    }
