"""Bring the database to this version: numbered migrations, all or nothing, under a lock.

Two processes that start together are safe: the second waits, then finds nothing left to do.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from data_access.database import engine

_LOCK_NUMBER = 714_015  # any number, the same in every process, for PostgreSQL's advisory lock


class NewerDatabaseError(RuntimeError):
    """The database was made by a later version of the app."""

    def __init__(self, revision: str) -> None:
        super().__init__(f"This database is at version {revision}, which this app does not know. Install a newer app.")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def migrate() -> str:
    """Run what is missing and return the revision the database is at."""
    with _alone(engine()) as connection:
        config = _config(connection)
        current = MigrationContext.configure(connection).get_current_revision()
        scripts = ScriptDirectory.from_config(config)
        if current and current not in {script.revision for script in scripts.walk_revisions()}:
            raise NewerDatabaseError(current)
        if current != scripts.get_current_head():
            command.upgrade(config, "head")
        return str(scripts.get_current_head())


def is_current() -> bool:
    """Whether the database is at this version's last migration."""
    with engine().connect() as connection:
        head = ScriptDirectory.from_config(_config(connection)).get_current_head()
        return MigrationContext.configure(connection).get_current_revision() == head


@contextmanager
def _alone(bound: Engine) -> Iterator[Connection]:
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
