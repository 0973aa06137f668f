"""The triggers that keep history from being rewritten: whether a database has them as its migrations made them."""

from collections.abc import Iterator
from functools import lru_cache

import pysqlite3.dbapi2 as pysqlite3
from sqlalchemy import Connection, create_engine, text

from data_access.migrate import upgrade

_OF_SQLITE = text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
_OF_POSTGRESQL = text(
    "SELECT c.relname, t.tgtype, t.tgenabled, p.prosrc FROM pg_trigger t"
    " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
    " WHERE NOT t.tgisinternal AND t.tgname = c.relname || '_append_only' AND pg_table_is_visible(c.oid)"
)
# What pg_trigger.tgtype says of a trigger before UPDATE, DELETE and TRUNCATE: 2 + 16 + 8 + 32.
_BEFORE_ANY_CHANGE = 58
_ENABLED = {"O", "A"}


def list_broken_guards(connection: Connection, *, version: str) -> Iterator[str]:
    """A sentence for each table that can be rewritten though at that version it is only added to."""
    wanted = _made_by_migrations(version)
    if connection.dialect.name == "sqlite":
        found = _triggers(connection)
        for name, table in sorted({*wanted, *found}):
            if wanted.get((name, table)) != found.get((name, table)):
                yield f"What guards the table {table} ({name}) is not as this app made it."
        return
    guarded = {table for table, kind, state, does in connection.execute(_OF_POSTGRESQL) if _stops(kind, state, does)}
    for table in sorted({table for name, table in wanted if name == f"{table}_no_update"} - guarded):
        yield f"What guards the table {table} ({table}_append_only) is not as this app made it."


def _stops(kind: int, state: str | bytes, does: str) -> bool:
    said = state.decode() if isinstance(state, bytes) else state
    return kind == _BEFORE_ANY_CHANGE and said in _ENABLED and does.split()[:3] == ["BEGIN", "RAISE", "EXCEPTION"]


@lru_cache(maxsize=4)
def _made_by_migrations(version: str) -> dict[tuple[str, str], str]:
    """By name and table, as a database in memory gets them that is brought to the version."""
    made = create_engine("sqlite://", module=pysqlite3)
    try:
        with made.begin() as connection:
            upgrade(connection, to=version)
            return _triggers(connection)
    finally:
        made.dispose()


def _triggers(connection: Connection) -> dict[tuple[str, str], str]:
    """What each does, without the blanks and quotes that differ between releases of SQLite."""
    found = connection.execute(_OF_SQLITE)
    return {(name, table): "".join(sql.replace('"', "").split()) for name, table, sql in found}
