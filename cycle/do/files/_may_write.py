"""Which rows of a file may be written now, and by whom; and the record of a correction made that way."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from cycle.do._locks import Locks, lock_of, month_of, why_not_begun
from cycle.do.files.questions import FigureChange
from cycle.ground.access import demand
from cycle.ground.council import names
from data_access.council.settings_store import get_today
from data_access.do import reopenings
from performance.ground.incoming import RowProblem
from performance.ground.measures import Measure
from performance.ground.people import Permission, User
from performance.ground.periods import Period


def is_of_service(session: Session, by: User | None) -> bool:
    """Whether the person brings in the figures of their own service alone, not for everyone."""
    return by is not None and not demand(session, by, Permission.SIGN_IN).may(Permission.IMPORT)


def may_write(
    session: Session, changes: Sequence[FigureChange], by: User | None, locks: Locks
) -> tuple[list[FigureChange], list[RowProblem], list[str]]:
    """What may be written now, the rows that may not, and what is only said; `locks` are those of all their measures.

    A service's own people write by file what they could write on My return. Those who import for everyone correct
    what is locked, with a reason, and bring others' figures, but none of a period that has not begun. The operator is
    told of those: the day a demonstration stands at is none that a published file keeps to.
    """
    if is_of_service(session, by):
        return (*_open_to_service(locks, changes), [])
    early = _not_begun(session, changes)
    if by is None:
        return _mark_locked(locks, changes), [], [each.in_words for each in early]
    refused = {each.row for each in early}
    return _mark_locked(locks, [each for each in changes if each.row not in refused]), early, []


def _mark_locked(locks: Locks, changes: Sequence[FigureChange]) -> list[FigureChange]:
    """For those who import for everyone: the changes, those that touch something signed off or locked with why it is.

    A month for which no return was ever made is history: its figures came by file and are revised by file. Figures of
    other councils, regions and nations are their publishers', whatever return stands here.
    """
    return [
        replace(each, locked=_why_locked(locks, each))
        if each.figure.area_code in locks.own_areas and _month(each) in locks.stored
        else each
        for each in changes
    ]


def _open_to_service(locks: Locks, changes: Sequence[FigureChange]) -> tuple[list[FigureChange], list[RowProblem]]:
    """For a service's own people: what they may write now, as on the page, and for every other row why not.

    What was reopened carries the request under which it is.
    """
    may, problems = [], []
    for each in changes:
        lock = locks.of(each.measure, each.figure.area_code, each.figure.period, current=each.before)
        if lock.why:
            problems.append(RowProblem(row=each.row, column=_column(each, locks), message=lock.why))
        else:
            may.append(replace(each, figure=replace(each.figure, reopening_id=lock.reopening_id)))
    return may, problems


def _not_begun(session: Session, changes: Iterable[FigureChange]) -> list[RowProblem]:
    """The rows for periods that have not begun: nobody has such a figure."""
    today = get_today(session)
    return [
        RowProblem(row=each.row, column="period", message=why)
        for each in changes
        if (why := why_not_begun(each.figure.period, today=today))
    ]


def locks_of(session: Session, measures: Iterable[Measure]) -> Locks:
    """What is signed off or locked of the services that these measures belong to."""
    return Locks(session, {each.unit_code for each in measures}, known_as=names(session))


def _column(change: FigureChange, locks: Locks) -> str:
    return "period" if change.figure.area_code in locks.own_areas else "area_code"


def _why_locked(locks: Locks, change: FigureChange) -> str:
    """Why it is signed off or locked; what is only not open yet is for those who import to bring early."""
    month = _month(change)
    asked = locks.asked(change.measure, change.figure.period)
    if locks.today < asked.dates.opens_on:
        return ""
    why, _ = lock_of(
        asked, change.before, locks.stored[month], today=locks.today, approver=locks.approver(month), reopened=()
    )
    return why.split(". ")[0]


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


def _month(change: FigureChange) -> tuple[str, Period]:
    return month_of(change.measure, change.figure.period)
