"""What has changed: each table has a version, and in it what is one measure's, or one unit's, has another.

Nobody has to think of it. What a session writes is noted as it is written, and the last deed of its transaction gives
all of that a new version. What a session reads is noted as it is read, with the measures that the question named. So
what was worked out once holds for as long as nothing that it was worked out from has another version (ADR 20).
"""

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BooleanClauseList, Column, Table, event, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.attributes import History
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BinaryExpression, BindParameter, ClauseElement
from sqlalchemy.sql.selectable import ReturnsRows

from data_access.models import Base, VersionRow

# Nothing that is kept is worked out from these; they change with every key that is pressed, or every visit.
UNVERSIONED = frozenset(
    {"drafts", "delivery_drafts", "sign_ins", "sign_in_attempts", "mails", "report_sends", "versions"}
)
# The column that says whose a row is, by table: a measure's, or a unit's.
_BY_UNIT = {"returns": "unit_code"}
_BY_MEASURE = {"measures": "code"} | {
    name: "measure_code" for name, table in Base.metadata.tables.items() if "measure_code" in table.columns
}
_OWNER = _BY_MEASURE | _BY_UNIT
_READ, _WRITTEN = "what was read", "what was written"
_MOST_NAMED = 64  # owners of one question; of more it is simpler to say all

Part = tuple[str, str]
"""A table, and the code of the measure or unit whose rows they are, WHOLE or UNTOLD."""
WHOLE = ""
"""Any row of the table."""
UNTOLD = "*"
"""Rows that are nobody's, or were written without saying whose they are."""
_EVERYTHING: Part = (WHOLE, WHOLE)


@dataclass
class Reads:
    """What was read so far; `are_versioned` says that every table of it has versions."""

    parts: set[Part] = field(default_factory=set)
    are_versioned: bool = True

    def add(self, other: "Reads") -> None:
        self.parts |= other.parts
        self.are_versioned &= other.are_versioned

    def note(self, tables: Iterable[str], named: Mapping[str, Collection[str]]) -> None:
        for table in tables:
            self.are_versioned &= table not in UNVERSIONED
            codes = named.get(table)
            if codes is None or len(codes) > _MOST_NAMED:
                self.parts.add((table, WHOLE))
            else:
                self.parts.update((table, code) for code in codes)
                self.parts.add((table, UNTOLD))

    def of_measures(self, unit_codes: Mapping[str, str]) -> dict[str, set[Part]]:
        """The same for each measure, as if of all that is a measure's or a unit's only its own and its unit's had been
        read."""
        tables = {table for table, _ in self.parts if table in _OWNER}
        others = {part for part in self.parts if part[0] not in _OWNER} | {(table, UNTOLD) for table in tables}
        return {
            code: others | {(table, code if table in _BY_MEASURE else unit_code) for table in tables}
            for code, unit_code in unit_codes.items()
        }


# --- noted as it is read


def begin_reading(session: Session) -> None:
    """From now on what the session reads is noted."""
    session.info[_READ] = Reads()


def reads_of(session: Session) -> Reads | None:
    """What the session has read so far; None for one that writes, of which nothing is noted."""
    found: Reads | None = session.info.get(_READ)
    return found


@contextmanager
def reading_apart(session: Session) -> Iterator[None]:
    """Inside, only what is read inside counts as read; afterwards it is part of what was read before."""
    before = reads_of(session)
    if before is None:
        yield
        return
    session.info[_READ] = apart = Reads()
    try:
        yield
    finally:
        before.add(apart)
        session.info[_READ] = before


def note_read(session: Session, *tables: str) -> None:
    """For what is read past the session, or was read before and is only remembered."""
    reads = reads_of(session)
    if reads is not None:
        reads.note(tables, {})


@event.listens_for(Session, "do_orm_execute")
def _note_executed(state: ORMExecuteState) -> None:
    statement: Any = state.statement
    if state.is_select:
        reads = reads_of(state.session)
        if reads is not None:
            reads.note(_tables(statement), {} if state.parameters else _named(statement))
    elif state.is_insert or state.is_update or state.is_delete:
        table = statement.table.name
        codes = _inserted(table, statement, state.parameters) if state.is_insert else _named(statement).get(table)
        _note_written(state.session, table, [UNTOLD] if codes is None else codes)


def _tables(statement: ClauseElement) -> set[str]:
    return {each.name for each in visitors.iterate(statement) if isinstance(each, Table)}


def _named(statement: ClauseElement) -> dict[str, Collection[str]]:
    """Whose rows the question is about, by table, where it says so of every row that it reads there."""
    elsewhere = {
        name
        for each in visitors.iterate(statement)
        if each is not statement and isinstance(each, ReturnsRows) and not isinstance(each, Table)
        for name in _tables(each)
    }
    found: dict[str, Collection[str]] = {}
    for condition in _conditions(getattr(statement, "whereclause", None)):
        left, right, is_one = condition.left, condition.right, condition.operator is operators.eq
        if isinstance(left, Column) and isinstance(right, BindParameter) and right.value is not None:
            table = left.table
            if isinstance(table, Table) and table.name not in elsewhere and left.name == _OWNER.get(table.name):
                found[table.name] = [str(right.value)] if is_one else list(right.value)
    return found


def _conditions(where: ClauseElement | None) -> Iterator[BinaryExpression[Any]]:
    """Those of `column = value` and `column IN values` that hold for every row."""
    each: Any
    every = where.clauses if isinstance(where, BooleanClauseList) and where.operator is operators.and_ else [where]
    for each in every:
        if isinstance(each, BinaryExpression) and each.operator in {operators.eq, operators.in_op}:
            yield each


# --- noted as it is written


@event.listens_for(Session, "after_flush")
def _note_flushed(session: Session, _context: Any) -> None:
    changed = (row for row in session.dirty if session.is_modified(row))
    for row in (*session.new, *session.deleted, *changed):
        column = _OWNER.get(row.__tablename__)
        history = inspect(row).attrs[column].history if column else History((), (), ())
        known = [*history.added, *history.unchanged, *history.deleted]
        _note_written(session, row.__tablename__, known or [UNTOLD])


def _inserted(table: str, statement: Any, parameters: Any) -> Collection[str | None] | None:
    column = _OWNER.get(table)
    if column is None:
        return None
    rows = parameters or statement.compile().params
    return {row.get(column) for row in (rows if isinstance(rows, list) else [rows])}


def _note_written(session: Session, table: str, codes: Iterable[str | None]) -> None:
    written: set[Part] = session.info.setdefault(_WRITTEN, set())
    written.add((table, WHOLE))
    if table in _OWNER:
        written.update((table, code or UNTOLD) for code in codes)


def written_so_far(session: Session) -> frozenset[Part]:
    """What the session has written and not taken back."""
    return frozenset(session.info.get(_WRITTEN, ()))


def move_on(session: Session) -> None:
    """Give all that the session wrote a new version: the last deed of its transaction."""
    written: set[Part] = session.info.pop(_WRITTEN, set())
    parts = {part for part in written if part[0] not in UNVERSIONED}
    if not parts:
        return
    token = secrets.token_hex(8)
    # In one order, so that two transactions never wait for one another.
    rows = [{"table_name": table, "part": part, "token": token} for table, part in sorted({*parts, _EVERYTHING})]
    connection = session.connection()
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = insert(VersionRow)
    # By a value of its own and not by a count: a database brought back from a copy never says again what it said once.
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["table_name", "part"], set_={"token": statement.excluded.token}
        ),
        rows,
    )


# --- compared


_KEPT = VersionRow.__table__.c
NEWEST = select(_KEPT.token).where(_KEPT.table_name == WHOLE, _KEPT.part == WHOLE).scalar_subquery()
"""The version of everything: one question tells whether anything has changed."""
_known: dict[str, tuple[str, dict[Part, str]]] = {}


def list_versions(session: Session, *, newest: str) -> Mapping[Part, str]:
    """Of everything as the session sees it. Asked only where `newest` is another than what was asked for last."""
    url = str(session.get_bind().engine.url)
    at, found = _known.get(url, ("", {}))
    if at != newest or not newest:
        rows = session.connection().execute(select(_KEPT.table_name, _KEPT.part, _KEPT.token))
        found = {(table, part): token for table, part, token in rows}
        _known[url] = (newest, found)
    return found


def forget_versions() -> None:
    _known.clear()
