"""What keeps the stored rows right: triggers, rules and indexes, and whether a database has them as its migrations made
them."""

from collections.abc import Iterator
from functools import lru_cache

import pysqlite3.dbapi2 as pysqlite3
from sqlalchemy import (
    Connection,
    Constraint,
    ForeignKeyConstraint,
    Inspector,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    create_engine,
    inspect,
    text,
)

from data_access.models import Base
from data_access.store.migrate import upgrade, versions

_OF_SQLITE = text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
_DEFINED = text(
    "SELECT tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
    " AND tbl_name NOT LIKE 'sqlite_%'"
)
_OFF = text(
    "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE t.tgisinternal AND t.tgenabled NOT IN ('O', 'A') AND pg_table_is_visible(c.oid) ORDER BY c.relname"
)
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


def list_broken_rules(connection: Connection) -> Iterator[str]:
    """A sentence for each table of a database at this version whose columns, keys, links and checks are not the app's.

    PostgreSQL words a check anew, so there a check is known by its name.
    """
    if connection.dialect.name == "sqlite":
        wanted, found = _written_by_migrations(versions()[0]), _definitions(connection)
        for name in sorted({*wanted, *found}):
            if wanted.get(name) != found.get(name):
                yield f"The rules of the table {name} are not as this app made them."
        return
    inspector = inspect(connection)
    names = set(inspector.get_table_names())
    for table in Base.metadata.sorted_tables:
        if table.name not in names or _rules_found(inspector, table.name) != _rules_wanted(table):
            yield f"The rules of the table {table.name} are not as this app made them."
    for name in connection.scalars(_OFF):
        yield f"The links of the table {name} are not checked."


def _rules_wanted(table: Table) -> set[tuple[object, ...]]:
    return {
        *(("column", column.name, column.nullable) for column in table.columns),
        ("key", *(column.name for column in table.primary_key)),
        *(_rule_wanted(rule) for rule in table.constraints if not isinstance(rule, PrimaryKeyConstraint)),
        *(("unique", *sorted(column.name for column in index.columns)) for index in table.indexes if index.unique),
    }


def _rule_wanted(rule: Constraint) -> tuple[object, ...]:
    if isinstance(rule, ForeignKeyConstraint):
        return ("link", rule.referred_table.name, *sorted(rule.column_keys))
    if isinstance(rule, UniqueConstraint):
        return ("unique", *sorted(column.name for column in rule.columns))
    return ("check", str(rule.name))


def _rules_found(inspector: Inspector, name: str) -> set[tuple[object, ...]]:
    unique = [each for each in inspector.get_indexes(name) if each["unique"]]
    return {
        *(("column", column["name"], column["nullable"]) for column in inspector.get_columns(name)),
        ("key", *inspector.get_pk_constraint(name)["constrained_columns"]),
        *(
            ("link", link["referred_table"], *sorted(link["constrained_columns"]))
            for link in inspector.get_foreign_keys(name)
        ),
        *(("unique", *sorted(str(column) for column in each["column_names"])) for each in unique),
        *(("check", str(check["name"])) for check in inspector.get_check_constraints(name)),
    }


def _stops(kind: int, state: str | bytes, does: str) -> bool:
    said = state.decode() if isinstance(state, bytes) else state
    return kind == _BEFORE_ANY_CHANGE and said in _ENABLED and does.split()[:3] == ["BEGIN", "RAISE", "EXCEPTION"]


def _made_by_migrations(version: str) -> dict[tuple[str, str], str]:
    """Triggers by name and table."""
    return _in_memory(version)[0]


def _written_by_migrations(version: str) -> dict[str, list[str]]:
    """Definitions by table."""
    return _in_memory(version)[1]


@lru_cache(maxsize=4)
def _in_memory(version: str) -> tuple[dict[tuple[str, str], str], dict[str, list[str]]]:
    """What a database in memory gets that is brought to the version."""
    made = create_engine("sqlite://", module=pysqlite3)
    try:
        with made.begin() as connection:
            upgrade(connection, to=version)
            return _triggers(connection), _definitions(connection)
    finally:
        made.dispose()


def _triggers(connection: Connection) -> dict[tuple[str, str], str]:
    """What each does, without the blanks and quotes that differ between releases of SQLite."""
    found = connection.execute(_OF_SQLITE)
    return {(name, table): _bare(sql) for name, table, sql in found}


def _definitions(connection: Connection) -> dict[str, list[str]]:
    """How each table and its indexes are defined."""
    found: dict[str, list[str]] = {}
    for table, sql in connection.execute(_DEFINED):
        found.setdefault(table, []).append(_bare(sql))
    return {table: sorted(definitions) for table, definitions in found.items()}


def _bare(sql: str) -> str:
    return "".join(sql.replace('"', "").split())
