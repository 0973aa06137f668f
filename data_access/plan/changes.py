"""How measures and nodes of the plan changed: kept beside them, never rewritten; the version is the lock."""

import json
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_access.models import RegisterChangeRow
from data_access.store.ordering import by_code
from performance.ground.dated import Change, Recording
from performance.ground.measures import Measure
from performance.ground.organisation import PlanNode
from performance.ground.texts import all_legible
from performance.plan.refresh import Noun

_KINDS: Mapping[Noun, type[Measure | PlanNode]] = {Noun.MEASURE: Measure, Noun.NODE: PlanNode}


class VersionTakenError(Exception):
    """Someone else changed the same measure or node a moment before."""


def list_changes(session: Session, noun: Noun, *, codes: Collection[str] | None = None) -> dict[str, list[Change]]:
    """Every change of the measures or nodes, by code, oldest version first."""
    key = _key(noun)
    query = select(RegisterChangeRow).where(key.is_not(None)).order_by(by_code(key), RegisterChangeRow.version)
    if codes is not None:
        query = query.where(key.in_(codes))
    found: dict[str, list[Change]] = {}
    for row in session.scalars(query.order_by(RegisterChangeRow.id)):
        change = _change(row, noun)
        found.setdefault(change.code, []).append(change)
    return found


def add_changes(
    session: Session,
    noun: Noun,
    *,
    code: str,
    version: int,
    changed: Mapping[str, tuple[Any, Any]],
    recording: Recording,
) -> None:
    """Keep a new version: each field with what it was and is. Raises VersionTakenError where another has it."""
    rows = [
        RegisterChangeRow(
            **{f"{noun.value}_code": code},
            version=version,
            field=field,
            before=encode(before),
            after=encode(after),
            effective_on=recording.effective_on,
            reason=recording.reason,
            recorded_by=recording.by,
            recorded_at=recording.at,
        )
        for field, (before, after) in changed.items()
    ]
    try:
        with session.begin_nested():
            session.add_all(rows)
            session.flush()
    except IntegrityError as fault:
        raise VersionTakenError from fault


def encode(value: Any) -> str:
    """A value of a field as JSON text, numbers to the last digit."""
    return json.dumps(all_legible(value), default=str, ensure_ascii=False)


def decode(noun: Noun, field: str, text: str) -> Any:
    """The value again, as the field of a measure or node holds it."""
    return _as_field(_hints(noun)[field], json.loads(text))


def _as_field(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) is UnionType:
        hint = next(each for each in get_args(hint) if each is not type(None))
    if get_origin(hint) is tuple:
        return tuple(value)
    if hint is date:
        return date.fromisoformat(value)
    return hint(value) if hint is Decimal or issubclass(hint, StrEnum) else value


@cache
def _hints(noun: Noun) -> dict[str, Any]:
    return get_type_hints(_KINDS[noun])


def _key(noun: Noun) -> Any:
    return RegisterChangeRow.measure_code if noun is Noun.MEASURE else RegisterChangeRow.node_code


def _change(row: RegisterChangeRow, noun: Noun) -> Change:
    return Change(
        code=str(row.measure_code if noun is Noun.MEASURE else row.node_code),
        version=row.version,
        field=row.field,
        before=decode(noun, row.field, row.before),
        after=decode(noun, row.field, row.after),
        recording=Recording(by=row.recorded_by, at=row.recorded_at, effective_on=row.effective_on, reason=row.reason),
    )
