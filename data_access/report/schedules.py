"""Reports that go out by themselves, as they were planned."""

from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from data_access.models import ScheduleRow
from data_access.store.errors import NotFoundError
from performance.report.schedules import Schedule, Whom

_PLAIN = ("report", "about", "ending", "way", "often", "since", "folder", "place", "skips_unchanged", "stopped_on")


class ScheduleNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such schedule. Choose one from the list.")


class StaleScheduleError(Exception):
    """The schedule is no longer at the version the change was based on."""


def list_schedules(session: Session, *, with_stopped: bool = True) -> list[Schedule]:
    """In the order in which they were planned."""
    query = select(ScheduleRow).order_by(ScheduleRow.id)
    if not with_stopped:
        query = query.where(ScheduleRow.stopped_on.is_(None))
    return [_schedule(row) for row in session.scalars(query)]


def get_schedule(session: Session, *, schedule_id: int) -> Schedule:
    """Raises ScheduleNotFoundError."""
    row = session.get(ScheduleRow, schedule_id)
    if row is None:
        raise ScheduleNotFoundError
    return _schedule(row)


def is_at(session: Session, *, schedule: Schedule) -> bool:
    """Whether it is still at that version; nobody changes it until the transaction ends."""
    query = select(ScheduleRow.id).where(ScheduleRow.id == schedule.id, ScheduleRow.version == schedule.version)
    return session.scalar(query.with_for_update(read=True)) is not None


def hold(session: Session) -> None:
    """Nobody else plans or changes a schedule until the transaction ends: what was looked for among them stays true."""
    if session.get_bind().dialect.name == "postgresql":  # on SQLite one transaction writes at a time
        session.execute(text("LOCK TABLE schedules IN SHARE ROW EXCLUSIVE MODE"))


def add_schedule(session: Session, *, schedule: Schedule, planned_by: str) -> int:
    """Answers its id."""
    row = ScheduleRow(**_values(schedule), planned_by=planned_by)
    session.add(row)
    session.flush()
    return row.id


def save_schedule(session: Session, *, schedule: Schedule) -> None:
    """Keep it as it is now, one version on. Raises StaleScheduleError where another version is stored."""
    found = session.execute(
        update(ScheduleRow)
        .where(ScheduleRow.id == schedule.id, ScheduleRow.version == schedule.version)
        .values(_values(schedule) | {"version": schedule.version + 1})
        .execution_options(synchronize_session="fetch")
        .returning(ScheduleRow.id)
    ).all()
    if not found:
        raise StaleScheduleError


def _values(schedule: Schedule) -> dict[str, Any]:
    plain = {name: getattr(schedule, name) for name in _PLAIN}
    return plain | {"whom_kind": schedule.whom.kind, "whom": schedule.whom.code}


def _schedule(row: ScheduleRow) -> Schedule:
    plain = {name: getattr(row, name) for name in _PLAIN}
    return Schedule(**plain, whom=Whom(kind=row.whom_kind, code=row.whom), version=row.version, id=row.id)
