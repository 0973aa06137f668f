"""Looking after the stored rows themselves: whether they hold together, and copying an embedded database."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2 as pysqlite3
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from data_access.models import Base, FigureRow
from data_access.store import private_file
from data_access.store.database import engine
from data_access.store.ordering import by_code


class NotEmbeddedError(RuntimeError):
    """Only an embedded database is copied as a file."""

    def __init__(self) -> None:
        super().__init__(
            "This database is on a PostgreSQL server. Use pg_dump to copy it; to bring it back, pg_restore and then "
            "manage.py after-restore."
        )


class NotACopyError(ValueError):
    """The file is no whole copy of a database of ours."""


def count_rows(session: Session) -> dict[str, int]:
    """How many rows each table has, by its name."""
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in sorted(Base.metadata.tables.values(), key=lambda table: table.name)
    }


def list_faults(session: Session) -> Iterator[str]:
    """A sentence for whatever does not hold: the file itself, links between rows, revisions of figures."""
    if session.get_bind().dialect.name == "sqlite":
        yield from _sqlite_faults(session)
    yield from _revision_gaps(session)


def add_copy(path: Path) -> None:
    """Copy the embedded database to a new file in one step, while the app runs. Raises NotEmbeddedError.

    The copy is for its owner only, as the database is.
    """
    original_path = embedded_path()
    private_file.begin(path)
    with closing(pysqlite3.connect(original_path)) as original, closing(pysqlite3.connect(path)) as copy:
        original.backup(copy)  # in one step: in several it would start again at every write


def find_seal_of(copy: Path) -> str | None:
    """The hash of the newest event in a copy that was just made."""
    with closing(pysqlite3.connect(copy)) as opened:
        found = opened.execute("SELECT hash FROM audit_events ORDER BY sequence DESC LIMIT 1").fetchone()
    return None if found is None else str(found[0])


def embedded_path() -> Path:
    """The file of the embedded database. Raises NotEmbeddedError."""
    url = engine().url
    if url.get_backend_name() != "sqlite" or not url.database:
        raise NotEmbeddedError
    return Path(url.database)


def _sqlite_faults(session: Session) -> Iterator[str]:
    for (found,) in session.execute(text("PRAGMA integrity_check")):
        if found != "ok":
            yield f"The database file is damaged: {found}."
    for row in session.execute(text("PRAGMA foreign_key_check")):
        yield f"A row of {row[0]} refers to a row of {row[2]} that is not there."


def _revision_gaps(session: Session) -> Iterator[str]:
    """Revisions count from 1 without a gap: figures are added and never taken away."""
    key = (FigureRow.measure_code, FigureRow.area_code, FigureRow.period_start, FigureRow.period_months)
    query = select(*key, func.count(), func.max(FigureRow.revision)).group_by(*key)
    query = query.order_by(by_code(FigureRow.measure_code), by_code(FigureRow.area_code), *key[2:])
    for measure, area, start, _, count, highest in session.execute(query):
        if count != highest:
            yield f"{measure} for {area} from {start}: {count} revisions are there of {highest}."
