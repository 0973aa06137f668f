"""Which rows each event wrote, and whether they still say what they said then.

No verb has to think of it: what a session writes is noted as it is written, and the next event of its transaction
takes it along, so the event comes last. What a transaction wrote without an event stands under none, and is found.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, event, false, insert, inspect, literal, or_, select, tuple_
from sqlalchemy.orm import AttributeState, ORMExecuteState, Session
from sqlalchemy.orm.attributes import History

from data_access.models import AuditEventRow, Base, RowDigestRow
from data_access.store.row_digests import Guarded, RowKey, guarded_tables

ADOPTED = "adopt rows"
_NOTED = "rows written since the last event"
_GONE = ""
_AT_ONCE = 200  # keys a question; SQLite takes at most 32,766 values
_MOST_SAID = 20  # rows of a table that are named one by one

_Line = tuple[str, str, str]  # table, key, digest
_LINES = RowDigestRow.__table__.c
_TABLE = Base.metadata.tables[RowDigestRow.__tablename__]


@dataclass
class _Written:
    """What one table was given: digests of rows that came in whole, and keys of rows that are to be read again."""

    digests: dict[RowKey, str] = field(default_factory=dict)
    again: dict[RowKey, tuple[Any, ...]] = field(default_factory=dict)


# --- noted as it is written


@event.listens_for(Session, "after_flush")
def _note_flushed(session: Session, _context: Any) -> None:
    for row in (*session.new, *session.deleted, *session.dirty):
        guarded = guarded_tables().get(row.__tablename__)
        if guarded is not None and (row not in session.dirty or _says_else(row, guarded)):
            for values in _keys(row, guarded):
                _note(session, guarded, values)


def _says_else(row: Base, guarded: Guarded) -> bool:
    """Whether a column that is digested was set to something else: no other change vouches for the row."""
    return any(_history(row, column).has_changes() for column in guarded.columns)


def _keys(row: Base, guarded: Guarded) -> Iterator[dict[str, Any]]:
    """The key that the row has, and the one it had before this flush."""
    now = {column.name: _attribute(row, column).value for column in guarded.key}
    yield now
    former = {column.name: _history(row, column).deleted for column in guarded.key}
    if any(former.values()):
        yield now | {name: was[0] for name, was in former.items() if was}


def _history(row: Base, column: Any) -> History:
    return _attribute(row, column).history


def _attribute(row: Base, column: Any) -> AttributeState:
    state = inspect(row)
    return state.attrs[state.mapper.get_property_by_column(column).key]


@event.listens_for(Session, "do_orm_execute")
def _note_executed(state: ORMExecuteState) -> Any:
    if not (state.is_insert or state.is_update or state.is_delete):
        return None
    statement: Any = state.statement
    guarded = guarded_tables().get(statement.table.name)
    if guarded is None:
        return None
    if state.is_insert:
        done = state.invoke_statement()
        _note_whole(state.session, guarded, state.parameters or _values(state.statement))
        return done
    where = getattr(state.statement, "whereclause", None)
    asked = select(*guarded.key) if where is None else select(*guarded.key).where(where)
    for key in state.session.execute(asked).all():
        _note(state.session, guarded, dict(zip((column.name for column in guarded.key), key, strict=True)))
    return None


def _note(session: Session, guarded: Guarded, values: Mapping[str, Any]) -> None:
    raw = tuple(values[column.name] for column in guarded.key)
    _written(session, guarded).again[guarded.key_of(values)] = raw


def _note_whole(session: Session, guarded: Guarded, parameters: Any) -> None:
    """Rows that are inserted with a value for every column need no second look, of which a large import has many."""
    written = _written(session, guarded)
    for row in parameters if isinstance(parameters, list) else [parameters]:
        written.digests[guarded.key_of(row)] = guarded.digest(row)


def _values(statement: Any) -> dict[str, Any]:
    return dict(statement.compile().params)


def _written(session: Session, guarded: Guarded) -> _Written:
    noted: dict[str, _Written] = session.info.setdefault(_NOTED, {})
    return noted.setdefault(guarded.name, _Written())


# --- kept with the event


def take_written(session: Session) -> list[_Line]:
    """What was written since the last event, each row with the digest of what it says now; empty for a row taken away.

    Nothing is noted any more then.
    """
    session.flush()
    noted = session.info.pop(_NOTED, {})
    return [line for name in sorted(noted) for line in _lines(session, guarded_tables()[name], noted[name])]


def digest_of(lines: Iterable[_Line]) -> str:
    """What an event holds of its lines; empty where there are none."""
    made = hashlib.sha256()
    none = True
    for line in lines:
        none = False
        made.update("\x1f".join(line).encode() + b"\x1e")
    return "" if none else made.hexdigest()


def add_lines(session: Session, *, sequence: int, lines: list[_Line]) -> None:
    """Keep what the event wrote."""
    if lines:
        rows = [
            {"event_sequence": sequence, "position": place, "table_name": table, "row_key": key, "digest": digest}
            for place, (table, key, digest) in enumerate(lines)
        ]
        session.execute(insert(_TABLE), rows)


def select_events_of(codes: Collection[str]) -> Select[int]:
    """The numbers of the events that wrote a row with one of the codes in its key: a submission the figures of a
    measure. To vouch for every row as it stands is to write none.
    """
    key = literal(" ") + RowDigestRow.row_key + " "
    vouched = select(AuditEventRow.sequence).where(AuditEventRow.verb == ADOPTED)
    return select(RowDigestRow.event_sequence).where(
        or_(false(), *(key.contains(f" {code} ", autoescape=True) for code in codes)),
        RowDigestRow.event_sequence.not_in(vouched),
    )


def note_everything(session: Session) -> dict[str, int]:
    """Vouch with the next event for every row as it stands now; the answer is how many, by table."""
    counts = {}
    for guarded in guarded_tables().values():
        written = _written(session, guarded)
        for row in _rows(session, guarded):
            written.digests[guarded.key_of(row)] = guarded.digest(row)
        counts[guarded.name] = len(written.digests)
    return {name: count for name, count in counts.items() if count}


def _lines(session: Session, guarded: Guarded, written: _Written) -> Iterator[_Line]:
    digests = written.digests | dict.fromkeys(written.again, _GONE)
    keys = list(written.again.values())
    for first in range(0, len(keys), _AT_ONCE):
        query = select(*_asked(guarded)).where(_is_one_of(guarded, keys[first : first + _AT_ONCE]))
        for found in session.execute(query):
            row = found._asdict()
            digests[guarded.key_of(row)] = guarded.digest(row)
    name = guarded.name
    for key in sorted(digests):
        yield name, " ".join(key), digests[key]


def _is_one_of(guarded: Guarded, keys: list[tuple[Any, ...]]) -> Any:
    if len(guarded.key) == 1:
        return guarded.key[0].in_([key[0] for key in keys])
    return tuple_(*guarded.key).in_(keys)


def _asked(guarded: Guarded) -> tuple[Any, ...]:
    return tuple({column.name: column for column in (*guarded.key, *guarded.columns)}.values())


def _rows(session: Session, guarded: Guarded) -> Iterator[Mapping[str, Any]]:
    for row in session.execute(select(*_asked(guarded)).execution_options(yield_per=5000)):
        yield row._asdict()


# --- compared with what stands there


def list_differences(session: Session) -> Iterator[str]:
    """A sentence for every row that is not as the newest event that wrote it left it, and for every list of rows that
    is not the one its event holds. Nothing said means that all rows were written by events, and not otherwise."""
    newest: dict[str, dict[str, tuple[str, int]]] = {name: {} for name in guarded_tables()}
    yield from _broken_lists(session, newest)
    for name, guarded in guarded_tables().items():
        yield from _at_most(name, _differences(session, guarded, newest.pop(name)))


def _broken_lists(session: Session, newest: dict[str, dict[str, tuple[str, int]]]) -> Iterator[str]:
    """Which event's list is not its own; on the way, what the newest list says of each row."""
    held = select(AuditEventRow.sequence, AuditEventRow.rows_digest).order_by(AuditEventRow.sequence)
    wanted = {sequence: digest for sequence, digest in session.execute(held) if digest}
    made: dict[int, Any] = {}
    query = select(*_LINES["event_sequence", "table_name", "row_key", "digest"])
    query = query.order_by(_LINES.event_sequence, _LINES.position).execution_options(yield_per=5000)
    for sequence, table, key, digest in session.execute(query):
        made.setdefault(sequence, hashlib.sha256()).update(f"{table}\x1f{key}\x1f{digest}\x1e".encode())
        newest.setdefault(table, {})[key] = (digest, sequence)
    for sequence in sorted({*wanted, *made}):
        if sequence not in wanted:
            yield f"The list of rows of event {sequence} is there, but no such event wrote rows."
        elif sequence not in made or made[sequence].hexdigest() != wanted[sequence]:
            yield f"The list of rows that event {sequence} wrote was changed."


def _differences(session: Session, guarded: Guarded, newest: dict[str, tuple[str, int]]) -> Iterator[str]:
    for row in _rows(session, guarded):
        key = " ".join(guarded.key_of(row))
        digest, sequence = newest.pop(key, (_GONE, 0))
        if digest == _GONE:
            yield f"{guarded.name} {key}: no event wrote this row."
        elif digest != guarded.digest(row):
            yield f"{guarded.name} {key}: the row is not as event {sequence} wrote it."
    for key, (digest, sequence) in newest.items():
        if digest != _GONE:
            yield f"{guarded.name} {key}: the row that event {sequence} wrote is gone."


def _at_most(name: str, sentences: Iterator[str]) -> Iterator[str]:
    more = 0
    for place, sentence in enumerate(sentences):
        if place < _MOST_SAID:
            yield sentence
        else:
            more += 1
    if more:
        yield f"{name}: {more:,} more rows are not as events wrote them."
