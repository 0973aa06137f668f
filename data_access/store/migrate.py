"""Bring the database to this version: numbered migrations, all or nothing, under a lock.

Two processes that start together are safe: the second waits, then finds nothing left to do.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from data_access.council.settings_store import get_now
from data_access.do import disclosure
from data_access.store import private_file
from data_access.store.audit import adopt_rows
from data_access.store.database import engine

_LOCK_NUMBER = 714_015  # any number, the same in every process, for PostgreSQL's advisory lock

_ROWS_LISTED_FROM = "0015"


class NewerDatabaseError(RuntimeError):
    """The database was made by a later version of the app."""

    def __init__(self, revision: str) -> None:
        super().__init__(f"This database is at version {revision}, which this app does not know. Install a newer app.")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations").replace("%", "%%"))
    return config


@lru_cache(maxsize=1)
def versions() -> tuple[str, frozenset[str]]:
    """The newest version and all that this app knows; their files are read once a process."""
    scripts = ScriptDirectory.from_config(_config())
    return str(scripts.get_current_head()), frozenset(script.revision for script in scripts.walk_revisions())


def migrate() -> str:
    """Run what is missing and return the revision the database is at."""
    bound = engine()
    if bound.dialect.name == "sqlite":
        private_file.close_to_others(Path(str(bound.url.database)))
    if is_current():  # and then nothing is written: a full disk does not stop the app from starting
        return versions()[0]
    with alone(bound) as connection:
        current = find_version(connection)
        newest, known = versions()
        if current and current not in known:
            raise NewerDatabaseError(current)
        if current != newest:
            upgrade(connection, to=newest)
        return newest


def find_version(connection: Connection) -> str | None:
    """The version the database says it is at; None where it says nothing."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection, *, to: str) -> None:
    """Run what is missing on this connection, in its transaction."""
    before = find_version(connection)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    if before is not None and before < _ROWS_LISTED_FROM and to == versions()[0]:
        _adopt_rows(connection)
    if before is not None and to == versions()[0]:
        _decide_disclosure(connection)


def _adopt_rows(connection: Connection) -> None:
    """From now on events list the rows they write; one event vouches for all that were there before."""
    with Session(connection, join_transaction_mode="rollback_only") as session:
        adopt_rows(session, at=get_now(session))
        session.flush()


def _decide_disclosure(connection: Connection) -> None:
    """By the rule as this version has it, whatever the one before had."""
    with Session(connection, join_transaction_mode="rollback_only") as session:
        disclosure.decide_anew(session)
        session.flush()


def is_current() -> bool:
    """Whether the database is at this version's last migration."""
    with engine().connect() as connection:
        return find_version(connection) == versions()[0]


@contextmanager
def alone(bound: Engine) -> Iterator[Connection]:
    """A transaction on the database while no other process brings it to a version."""
    if bound.dialect.name == "postgresql":
        with bound.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK_NUMBER})
            yield connection
        return
    lock = Path(f"{bound.url.database}.migrate-lock")
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with bound.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection
