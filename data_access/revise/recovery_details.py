"""What a recovery plan says beside its milestones and actions: its whys, the measures it shares, its course as said."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from data_access.models import RecoveryCourseRow, RecoveryMoveRow, RecoveryShareRow, RecoveryWhyRow
from data_access.store.ordering import by_code
from performance.revise.course import Course
from performance.revise.recovery import Moved, Why


@dataclass(frozen=True, kw_only=True)
class SaidCourse:
    """What a person said of a plan's course, against what was worked out, when its newest figure began on `period`."""

    course: Course
    because: str
    period_start: date | None
    said_by: str
    said_at: datetime


def list_whys(session: Session, *, plan_id: int) -> tuple[Why, ...]:
    """The plan's whys in their order."""
    query = select(RecoveryWhyRow).where(RecoveryWhyRow.plan_id == plan_id).order_by(RecoveryWhyRow.position)
    return tuple(Why(why=row.why, evidence=row.evidence) for row in session.scalars(query))


def save_whys(session: Session, *, plan_id: int, whys: Sequence[Why]) -> None:
    """Put these whys in place of what the plan had."""
    session.execute(delete(RecoveryWhyRow).where(RecoveryWhyRow.plan_id == plan_id))
    session.add_all(
        RecoveryWhyRow(plan_id=plan_id, position=position, why=each.why, evidence=each.evidence)
        for position, each in enumerate(whys, start=1)
    )
    session.flush()


def list_shares(session: Session, *, plan_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """By plan, the codes of the further measures it is meant to bring back."""
    query = select(RecoveryShareRow).where(RecoveryShareRow.plan_id.in_(plan_ids))
    found: dict[int, tuple[str, ...]] = {}
    for row in session.scalars(query.order_by(by_code(RecoveryShareRow.measure_code))):
        found[row.plan_id] = (*found.get(row.plan_id, ()), row.measure_code)
    return found


def list_joined(session: Session, *, plan_ids: Collection[int]) -> dict[tuple[int, str], date]:
    """By plan and measure, the day from which it was to bring that back as well, where it is known."""
    query = select(RecoveryShareRow).where(RecoveryShareRow.plan_id.in_(plan_ids))
    return {(row.plan_id, row.measure_code): row.joined_on for row in session.scalars(query) if row.joined_on}


def add_share(session: Session, *, plan_id: int, measure_code: str, on: date) -> None:
    session.add(RecoveryShareRow(plan_id=plan_id, measure_code=measure_code, joined_on=on))
    session.flush()


def remove_share(session: Session, *, plan_id: int, measure_code: str) -> None:
    of_measure = (RecoveryShareRow.plan_id == plan_id, RecoveryShareRow.measure_code == measure_code)
    session.execute(delete(RecoveryShareRow).where(*of_measure))


def list_moves(session: Session, *, plan_id: int) -> tuple[Moved, ...]:
    """What was moved since the plan was agreed, the newest first."""
    query = select(RecoveryMoveRow).where(RecoveryMoveRow.plan_id == plan_id).order_by(RecoveryMoveRow.id.desc())
    names = [field.name for field in fields(Moved)]
    return tuple(Moved(**{name: getattr(row, name) for name in names}) for row in session.scalars(query))


def add_move(session: Session, *, plan_id: int, moved: Moved) -> None:
    session.add(RecoveryMoveRow(plan_id=plan_id, **asdict(moved)))
    session.flush()


def list_courses(session: Session, *, plan_ids: Collection[int]) -> dict[int, SaidCourse]:
    """By plan, what was said last of its course."""
    query = select(RecoveryCourseRow).where(RecoveryCourseRow.plan_id.in_(plan_ids)).order_by(RecoveryCourseRow.id)
    return {
        row.plan_id: SaidCourse(
            course=row.course,
            because=row.because,
            period_start=row.period_start,
            said_by=row.said_by,
            said_at=row.said_at,
        )
        for row in session.scalars(query)
    }


def add_course(session: Session, *, plan_id: int, said: SaidCourse) -> None:
    session.add(
        RecoveryCourseRow(
            plan_id=plan_id,
            period_start=said.period_start,
            course=said.course,
            because=said.because,
            said_by=said.said_by,
            said_at=said.said_at,
        )
    )
    session.flush()
