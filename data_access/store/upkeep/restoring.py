"""A copy in the place of the database: made ready beside it, checked, and exchanged in one step."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as pysqlite3
from sqlalchemy import Connection, inspect, text
from sqlalchemy.orm import Session

from data_access.store import audit, private_file
from data_access.store.in_use import InUseError
from data_access.store.migrate import find_version, versions
from data_access.store.upkeep.copying import NotACopyError, list_faults
from data_access.store.upkeep.guards import list_broken_guards

# No database of ours is without these.
_OURS = {"figures", "measures", "people", "audit_events", "alembic_version"}
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND usename IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend'"
)


@contextmanager
def made_beside(copy: Path, database: Path) -> Iterator[Path]:
    """The copy once more, in the folder of the database; gone again with the block unless it was put in place.

    Raises NotACopyError where the file is no sound database.
    """
    beside = Path(f"{database}.restoring")
    _remove(beside)
    private_file.begin(beside)
    try:
        _copy(copy, beside)
        yield beside
    finally:
        _remove(beside)


def put_in_place(ready: Path, database: Path, *, kept: Path) -> None:
    """Exchange the two in one step, and keep what was there under its new name. Raises InUseError.

    Whatever ends this early, the database is the one from before or the new one, and whole.
    """
    with closing(pysqlite3.connect(ready)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    _belongs_to_whoever_has(database, ready)
    _to_disk(ready)
    if not database.exists():
        ready.replace(database)
    else:
        with _nobody_else_in(database):
            os.link(database, kept)
            _keep_journal(database, kept)
            ready.replace(database)
    _to_disk(database.parent)


def demand_alone(connection: Connection) -> None:
    """Raises InUseError where others are connected to this database on a server."""
    if connection.scalar(_OTHERS):
        raise InUseError


def check(session: Session, *, seal: str | None) -> str:
    """The version of a copy, once it is known to be one of ours, with its guards, and to hold the seal.

    `seal` is one that was noted elsewhere: an event with this hash must be there. Raises NotACopyError.
    """
    connection = session.connection()
    if not set(inspect(connection).get_table_names()) >= _OURS:
        raise NotACopyError("The copy is not a database of this app.")
    version, (newest, known) = find_version(connection), versions()
    if version not in known:
        raise NotACopyError(
            f"The copy is at version {version}, which this app, at version {newest}, does not know. Install the app "
            "that made the copy, or a newer one, and restore with that."
        )
    for broken in list_broken_guards(connection, version=version):
        raise NotACopyError(f"The copy may have been tampered with. {broken}")
    if seal is not None and audit.find_sequence(session, seal=seal.strip().lower()) is None:
        raise NotACopyError("The seal is not in the copy's audit trail: this is another copy, or events were cut off.")
    return version


def check_whole(session: Session) -> None:
    """A copy at this version: its audit trail, its revisions and the links between rows. Raises NotACopyError.

    Rows that no event vouches for come back as they are, or a council that mended one by hand could restore no copy:
    verify names them afterwards, as it did before.
    """
    for broken in audit.list_breaks(session):
        raise NotACopyError(f"The copy's audit trail does not hold together. {broken}")
    for fault in list_faults(session):
        raise NotACopyError(f"The copy does not hold together. {fault}")


def _copy(copy: Path, beside: Path) -> None:
    # Without a journal beside it the file is all there is, and is read where nothing may be written.
    how = "mode=ro" if Path(f"{copy}-wal").exists() else "mode=ro&immutable=1"
    try:
        with closing(pysqlite3.connect(f"{copy.absolute().as_uri()}?{how}", uri=True)) as source:
            sound = source.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            if not sound:
                raise NotACopyError(f"{copy} is damaged: it is not a whole copy.")
            with closing(pysqlite3.connect(beside)) as target:
                source.backup(target)
    except pysqlite3.DatabaseError as fault:
        raise NotACopyError(f"{copy} is not a whole database that can be copied here: {fault}.") from fault


@contextmanager
def _nobody_else_in(database: Path) -> Iterator[None]:
    """While the block runs, SQLite lets no program in; all that was committed is in the one file."""
    with closing(pysqlite3.connect(database, isolation_level=None, timeout=0)) as connection:
        _shut(connection)
        yield


def _shut(connection: Any) -> None:
    try:
        # To leave this mode is only given to whoever is connected alone.
        if connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
            raise InUseError
        connection.execute("BEGIN EXCLUSIVE")
    except pysqlite3.DatabaseError as fault:
        # A database that is too damaged to be opened is no reason to refuse the copy that is to mend it.
        if not any(said in str(fault) for said in ("malformed", "not a database")):
            raise InUseError from fault


def _keep_journal(database: Path, kept: Path) -> None:
    """What a damaged database had not yet taken in goes with it: read with the new one it would destroy that."""
    journal = Path(f"{database}-wal")
    if journal.exists():
        journal.replace(f"{kept}-wal")
    Path(f"{database}-shm").unlink(missing_ok=True)


def _belongs_to_whoever_has(database: Path, ready: Path) -> None:
    """The app goes on as the account it ran as, whoever restores."""
    if database.exists():
        shutil.copymode(database, ready)
    else:
        ready.chmod(0o600)
    if os.geteuid() == 0:
        owner = (database if database.exists() else database.parent).stat()
        os.chown(ready, owner.st_uid, owner.st_gid)


def _to_disk(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _remove(beside: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{beside}{ending}").unlink(missing_ok=True)
