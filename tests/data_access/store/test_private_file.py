"""The embedded database and its copies are for their owner only, however open the machine makes its files."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from data_access.council.settings_store import save_setting
from data_access.store.database import engine, transaction
from data_access.store.migrate import migrate
from data_access.store.upkeep import copying

_COUNCIL = text("SELECT coalesce((SELECT value FROM settings WHERE name = 'council_name'), '')")


@pytest.fixture(autouse=True)
def open_machine() -> Iterator[None]:
    """Files are made readable by everybody, as they are almost everywhere."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "own.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    yield path
    engine().dispose()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_database_its_journal_and_a_copy_are_for_their_owner_only(database: Path, tmp_path: Path) -> None:
    migrate()
    with transaction() as session:
        save_setting(session, name="council_name", value="Borough")
    copy = tmp_path / "copy.db"
    copying.add_copy(copy)
    files = [database, Path(f"{database}-wal"), Path(f"{database}-shm"), copy]
    assert [mode(each) for each in files] == [0o600] * 4
    with closing(sqlite3.connect(copy)) as opened:
        assert opened.execute("SELECT value FROM settings WHERE name = 'council_name'").fetchone() == ("Borough",)


def test_whoever_else_has_it_open_and_leaves_clears_nothing_away_that_is_in_use(database: Path) -> None:
    """SQLite clears the journal away for who leaves last; the locks it knows that by end when the file is closed."""
    migrate()
    journal = Path(f"{database}-wal")
    with engine().connect() as first, engine().connect() as second:  # the file is there when each is made
        first.execute(_COUNCIL), second.execute(_COUNCIL)
        first.rollback(), second.rollback()
        before = journal.stat().st_ino
        assert _asked_elsewhere(database) == ""
        assert journal.stat().st_ino == before
        with transaction() as session:
            save_setting(session, name="council_name", value="Borough")
        assert (second.scalar(_COUNCIL), _asked_elsewhere(database)) == ("Borough", "Borough")


def _asked_elsewhere(database: Path) -> str:
    """The council's name, by another program, with a library of its own, that opens the database, asks, and leaves."""
    asking = (
        "import sys, sqlite3 as s; c = s.connect(sys.argv[1]); print(*c.execute(sys.argv[2]).fetchone()); c.close()"
    )
    done = subprocess.run(
        [sys.executable, "-c", asking, str(database), _COUNCIL.text], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize(("left", "shut"), [(0o644, 0o600), (0o640, 0o600), (0o664, 0o660), (0o660, 0o660)])
def test_what_was_left_open_is_shut_unless_a_group_was_let_in(database: Path, left: int, shut: int) -> None:
    migrate()
    engine().dispose()
    database.chmod(left)
    migrate()
    assert mode(database) == shut


def test_a_database_in_no_folder_is_said_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/missing/own.db")
    with pytest.raises(SQLAlchemyError, match="unable to open database file"):
        migrate()
