"""The engine and the transaction, on SQLite and on PostgreSQL.

Every write goes through `transaction()`. On SQLite it takes the write lock at its first statement (BEGIN IMMEDIATE)
and one lock in the process, so that a read-then-write never fails half way and never loses an update.
No Streamlit call may stand inside a transaction: a closed tab would leave the lock held.
Values of statements stay out of every message, for messages are logged and what people typed must not be.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as pysqlite3
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

import settings
from data_access.do import disclosure
from data_access.store import in_use, private_file, versions

# SQLite before 3.51.3 can corrupt a database in WAL mode (the WAL-reset fault).
SAFE_SQLITE = (3, 51, 3)
_PATIENCE = 15.0  # seconds
_PRAGMAS = (
    f"busy_timeout={_PATIENCE * 1000:.0f}",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "recursive_triggers=ON",  # or INSERT OR REPLACE takes a row away past the trigger that refuses it
)
_write_lock = threading.Lock()


class UnsafeDatabaseError(RuntimeError):
    """The database library is one that can lose data."""


def engine() -> Engine:
    """The engine of the database that the settings name; one a process and address."""
    return _engine(settings.database_url())


@lru_cache(maxsize=8)
def _engine(url: str) -> Engine:
    made = open_engine(url)
    if made.dialect.name == "sqlite" and made.url.database:
        in_use.hold(Path(made.url.database))
    return made


def open_engine(url: str) -> Engine:
    """An engine of any database of ours, with the same care; whoever asks for it disposes of it."""
    return _sqlite_engine(url) if make_url(url).get_backend_name() == "sqlite" else _postgresql_engine(url)


def _sqlite_engine(url: str) -> Engine:
    if pysqlite3.sqlite_version_info < SAFE_SQLITE:
        raise UnsafeDatabaseError(f"SQLite {pysqlite3.sqlite_version} is too old. Install pysqlite3 0.6.1 or newer.")
    made = create_engine(url, module=pysqlite3, pool_size=5, max_overflow=15, hide_parameters=True)

    @event.listens_for(made, "do_connect")
    def _begin_file(*_: Any) -> None:
        if made.url.database:
            private_file.begin(Path(made.url.database))

    @event.listens_for(made, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        _log_ahead(connection)

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


def _log_ahead(connection: Any) -> None:
    """Of several that open a new file at once SQLite turns one away without letting it wait: here it waits."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except pysqlite3.OperationalError as fault:
            if "locked" not in str(fault) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _postgresql_engine(url: str) -> Engine:
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=15,
        hide_parameters=True,
        connect_args={"connect_timeout": 3, "options": "-c statement_timeout=15000"},
    )


@contextmanager
def transaction() -> Iterator[Session]:
    """All or nothing: commits at the end of the block, rolls back whatever ends it early."""
    bound = engine()
    alone = _write_lock if bound.dialect.name == "sqlite" else nullcontext()
    with (
        alone,
        bound.connect().execution_options(writes=True) as connection,
        connection.begin(),
        Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False) as session,
    ):
        yield session
        session.flush()
        disclosure.decide(session, written=versions.written_so_far(session))
        versions.move_on(session)


@contextmanager
def reading() -> Iterator[Session]:
    """One consistent view of the database; what is changed inside is thrown away."""
    bound = engine()
    connection = bound.connect()
    if bound.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with connection, connection.begin() as begun, Session(connection, autoflush=False) as session:
        versions.begin_reading(session)
        yield session
        begun.rollback()
