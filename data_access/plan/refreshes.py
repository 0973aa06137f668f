"""Drafts of a new year's plan: what each says differently, a line a node or measure, and what became of them."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_access.models import MeasureRow, PlanNodeRow, PlanRefreshRow, RefreshLineRow
from data_access.plan.changes import decode, encode
from data_access.store.errors import NotFoundError
from data_access.store.ordering import by_code
from performance.plan.refresh import Line, Noun, Refresh, RefreshState


class RefreshNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such draft of a plan. Choose one from the list.")


class DraftTakenError(Exception):
    """There is a draft for that day already."""


class LineTakenError(Exception):
    """Someone else changed the same line since it was read."""


def list_refreshes(session: Session) -> list[Refresh]:
    """Every draft there is or was, the newest first."""
    query = select(PlanRefreshRow).order_by(PlanRefreshRow.opened_at.desc(), PlanRefreshRow.id.desc())
    return [_refresh(row) for row in session.scalars(query)]


def get_refresh(session: Session, *, refresh_id: int, hold: bool = False) -> Refresh:
    """One draft; with `hold` nobody else changes it or its lines until the transaction ends."""
    query = select(PlanRefreshRow).where(PlanRefreshRow.id == refresh_id)
    row = session.scalar(query.with_for_update() if hold else query)
    if row is None:
        raise RefreshNotFoundError
    return _refresh(row)


def add_refresh(session: Session, *, refresh: Refresh) -> int:
    """Keep a new draft and answer its id. Raises DraftTakenError where one is open for the same day."""
    row = PlanRefreshRow(
        title=refresh.title,
        starts_on=refresh.starts_on,
        state=refresh.state,
        opened_by=refresh.opened_by,
        opened_at=refresh.opened_at,
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as fault:
        raise DraftTakenError from fault
    return row.id


def save_start(session: Session, *, refresh_id: int, title: str, starts_on: date) -> None:
    """Name the draft anew, or let it start on another day. Raises DraftTakenError."""
    try:
        with session.begin_nested():
            session.execute(
                update(PlanRefreshRow)
                .where(PlanRefreshRow.id == refresh_id)
                .values(title=title, starts_on=starts_on)
                .execution_options(synchronize_session="fetch")
            )
    except IntegrityError as fault:
        raise DraftTakenError from fault


def save_decision(
    session: Session, *, refresh_id: int, state: RefreshState, by: str, at: datetime, reason: str = ""
) -> None:
    """The draft is adopted or abandoned."""
    session.execute(
        update(PlanRefreshRow)
        .where(PlanRefreshRow.id == refresh_id)
        .values(state=state, decided_by=by, decided_at=at, reason=reason)
        .execution_options(synchronize_session="fetch")
    )


def list_lines(session: Session, *, refresh_id: int) -> list[Line]:
    """What the draft says, nodes before measures, by code."""
    query = select(RefreshLineRow).where(RefreshLineRow.refresh_id == refresh_id)
    rows = session.scalars(query.order_by(by_code(RefreshLineRow.noun).desc(), by_code(RefreshLineRow.code)))
    return [_line(row) for row in rows]


def save_line(session: Session, *, refresh_id: int, line: Line, by: str, at: datetime) -> None:
    """Keep the line one version on; `line.version` is what it is based on, 0 where there was none.

    Raises LineTakenError where the stored line is at another version.
    """
    content = {"before": _packed(line.before), "after": _packed(line.after)}
    values = {"kind": line.kind, "content": content, "version": line.version + 1, "edited_by": by, "edited_at": at}
    place = {"refresh_id": refresh_id, "noun": line.noun, "code": line.code}
    if line.version == 0:
        try:
            with session.begin_nested():
                session.add(RefreshLineRow(**place, **values))
                session.flush()
        except IntegrityError as fault:
            raise LineTakenError from fault
        return
    found = session.execute(
        update(RefreshLineRow)
        .filter_by(**place, version=line.version)
        .values(**values)
        .execution_options(synchronize_session="fetch")
        .returning(RefreshLineRow.code)
    ).all()
    if not found:
        raise LineTakenError


def list_held(session: Session, *, lines: Iterable[Line]) -> list[str]:
    """The codes of the nodes and measures the lines are about; nobody else changes them until the transaction ends."""
    said = list(lines)
    held: list[str] = []
    for noun, row in ((Noun.NODE, PlanNodeRow), (Noun.MEASURE, MeasureRow)):
        codes = [line.code for line in said if line.noun is noun]
        held += session.scalars(
            select(row.code).where(row.code.in_(codes)).order_by(by_code(row.code)).with_for_update()
        )
    return held


def _packed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: json.loads(encode(value)) for name, value in values.items()}


def _unpacked(noun: Noun, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: decode(noun, name, json.dumps(value)) for name, value in values.items()}


def _refresh(row: PlanRefreshRow) -> Refresh:
    return Refresh(
        id=row.id,
        title=row.title,
        starts_on=row.starts_on,
        state=row.state,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=row.reason,
    )


def _line(row: RefreshLineRow) -> Line:
    return Line(
        noun=row.noun,
        code=row.code,
        kind=row.kind,
        before=_unpacked(row.noun, row.content["before"]),
        after=_unpacked(row.noun, row.content["after"]),
        version=row.version,
        edited_by=row.edited_by,
        edited_at=row.edited_at,
    )
