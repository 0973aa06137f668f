"""Targets as proposed and decided: a revision each, never reworded after agreement."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_access.models import TargetPartRow, TargetRow
from data_access.store.errors import NotFoundError
from data_access.store.ordering import by_code
from performance.ground.figures import Profile, Target, TargetState
from performance.ground.periods import Period


@dataclass(frozen=True, kw_only=True)
class TargetRecord:
    """A target with its story: who proposed it and why, who decided and when. `id` is 0 until it is stored."""

    target: Target
    state: TargetState
    proposed_by: str
    proposed_at: datetime
    id: int = 0
    rationale: str = ""
    baseline: str = ""
    benchmark: str = ""
    imported: bool = False
    decided_by: str | None = None
    decided_at: datetime | None = None


class TargetNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("That target is no longer there. Open the page again.")


class TargetRevisionTakenError(Exception):
    """Someone else stored the same revision of the target a moment before."""


def list_agreed(
    session: Session,
    *,
    measure_codes: Collection[str],
    area_codes: Collection[str] | None = None,
    as_known_at: datetime | None = None,
) -> dict[tuple[str, str], list[Target]]:
    """Agreed targets by (measure, area), every revision, by period and revision; as agreed at a past moment."""
    query = _ordered().where(TargetRow.state == TargetState.AGREED, TargetRow.measure_code.in_(measure_codes))
    if area_codes is not None:
        query = query.where(TargetRow.area_code.in_(area_codes))
    if as_known_at is not None:
        query = query.where(TargetRow.decided_at <= as_known_at)
    found: dict[tuple[str, str], list[TargetRow]] = {}
    for row in session.scalars(query):
        found.setdefault((row.measure_code, row.area_code), []).append(row)
    parts = _parts(session, [row for rows in found.values() for row in rows])
    return {key: [_target(row, parts) for row in rows] for key, rows in found.items()}


def list_records(
    session: Session,
    *,
    measure_codes: Collection[str] | None = None,
    area_codes: Collection[str] | None = None,
    states: Collection[TargetState] | None = None,
    of_year: int | None = None,
    with_reasons: bool = False,
) -> list[TargetRecord]:
    """Targets in whatever state, with their stories, by measure, area, period and revision.

    Those `of_year` are for periods that begin in that calendar year; those `with_reasons` the few for which somebody
    wrote why.
    """
    query = _ordered()
    if of_year is not None:
        query = query.where(TargetRow.period_start.between(date(of_year, 1, 1), date(of_year, 12, 31)))
    if with_reasons:
        query = query.where(TargetRow.rationale != "")
    for column, wanted in (
        (TargetRow.measure_code, measure_codes),
        (TargetRow.area_code, area_codes),
        (TargetRow.state, states),
    ):
        if wanted is not None:
            query = query.where(column.in_(wanted))
    rows = session.scalars(query).all()
    parts = _parts(session, rows)
    return [_record(row, parts) for row in rows]


def get_record(session: Session, *, target_id: int, hold: bool = False) -> TargetRecord:
    """One target; held until the transaction ends where asked, so that nobody decides on it meanwhile."""
    row = session.get(TargetRow, target_id, with_for_update=hold or None)
    if row is None:
        raise TargetNotFoundError
    return _record(row, _parts(session, [row]))


def add_targets(session: Session, *, records: Iterable[TargetRecord]) -> list[int]:
    """Store targets as they are given, revision included; the answer names them, in order."""
    kept = list(records)
    rows = [_row(record) for record in kept]
    session.add_all(rows)
    session.flush()
    for row, record in zip(rows, kept, strict=True):
        session.add_all(
            TargetPartRow(target_id=row.id, period_start=part.start, period_months=part.months, number=number)
            for part, number in record.target.parts
        )
    session.flush()
    return [row.id for row in rows]


def add_target(session: Session, *, record: TargetRecord) -> int:
    """Store one target. Raises TargetRevisionTakenError where someone else has stored that revision meanwhile."""
    try:
        with session.begin_nested():
            return add_targets(session, records=[record])[0]
    except IntegrityError as fault:
        raise TargetRevisionTakenError from fault


def remove_drafts(session: Session, *, measure_code: str, area_code: str, period: Period) -> None:
    """Take away what was typed for the period and never proposed: proposed instead, typed anew, or emptied."""
    drafts = select(TargetRow.id).where(
        TargetRow.measure_code == measure_code,
        TargetRow.area_code == area_code,
        TargetRow.period_start == period.start,
        TargetRow.period_months == period.months,
        TargetRow.state == TargetState.DRAFT,
    )
    session.execute(delete(TargetPartRow).where(TargetPartRow.target_id.in_(drafts)))
    session.execute(delete(TargetRow).where(TargetRow.id.in_(drafts)))


def save_decision(
    session: Session,
    *,
    target_id: int,
    state: TargetState,
    decided_by: str,
    decided_at: datetime,
    effective_from: date | None = None,
    rationale: str | None = None,
) -> None:
    """Agree or decline a target; its day and its reason may be completed with the decision, and never after."""
    row = session.get(TargetRow, target_id)
    if row is None:
        raise TargetNotFoundError
    row.state, row.decided_by, row.decided_at = state, decided_by, decided_at
    row.effective_from = effective_from or row.effective_from
    row.rationale = row.rationale if rationale is None else rationale
    session.flush()


def _ordered() -> Select[TargetRow]:
    return select(TargetRow).order_by(
        by_code(TargetRow.measure_code),
        by_code(TargetRow.area_code),
        TargetRow.period_start,
        TargetRow.period_months,
        TargetRow.revision,
    )


_Parts = Mapping[int, tuple[tuple[Period, Decimal], ...]]


def _parts(session: Session, rows: Iterable[TargetRow]) -> _Parts:
    """The parts of targets set by hand, by the target's id, in order of time."""
    ids = [row.id for row in rows if row.profile is Profile.MANUAL]
    if not ids:
        return {}
    query = select(TargetPartRow).where(TargetPartRow.target_id.in_(ids)).order_by(TargetPartRow.period_start)
    found: dict[int, tuple[tuple[Period, Decimal], ...]] = {}
    for part in session.scalars(query):
        period = Period(start=part.period_start, months=part.period_months)
        found[part.target_id] = (*found.get(part.target_id, ()), (period, part.number))
    return found


def _target(row: TargetRow, parts: _Parts) -> Target:
    return Target(
        measure_code=row.measure_code,
        area_code=row.area_code,
        period=Period(start=row.period_start, months=row.period_months),
        number=row.number,
        lower=row.lower,
        upper=row.upper,
        profile=row.profile,
        effective_from=row.effective_from,
        revision=row.revision,
        tolerance=row.tolerance,
        tolerance_kind=row.tolerance_kind,
        parts=parts.get(row.id, ()),
    )


def _record(row: TargetRow, parts: _Parts) -> TargetRecord:
    return TargetRecord(
        id=row.id,
        target=_target(row, parts),
        state=row.state,
        rationale=row.rationale,
        baseline=row.baseline,
        benchmark=row.benchmark,
        imported=row.imported,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


def _row(record: TargetRecord) -> TargetRow:
    target = record.target
    return TargetRow(
        measure_code=target.measure_code,
        area_code=target.area_code,
        period_start=target.period.start,
        period_months=target.period.months,
        revision=target.revision,
        number=target.number,
        lower=target.lower,
        upper=target.upper,
        profile=target.profile,
        tolerance=target.tolerance,
        tolerance_kind=target.tolerance_kind,
        state=record.state,
        effective_from=target.effective_from or target.period.start,
        rationale=record.rationale,
        baseline=record.baseline,
        benchmark=record.benchmark,
        imported=record.imported,
        proposed_by=record.proposed_by,
        proposed_at=record.proposed_at,
        decided_by=record.decided_by,
        decided_at=record.decided_at,
    )
