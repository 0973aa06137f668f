"""What every test may lean on: a real, empty, migrated database on each engine."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from data_access import database
from data_access.migrate import migrate
from tests.postgres import PostgresServer, running_server

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_configure(config: pytest.Config) -> None:
    os.environ.pop("DATABASE_URL", None)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The published data beside the project; without it, the tests that read it skip and say so."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("../shared/data is not beside the project, so its published series cannot be read")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with running_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once on each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.new_database() as url:
        yield url


@pytest.fixture
def database_on_both(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database at this version, on SQLite and again on PostgreSQL."""
    yield from _use(database_url, tmp_path, monkeypatch)


@pytest.fixture
def sqlite_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty SQLite database at this version, for tests that are about pages rather than storage."""
    yield from _use(f"sqlite:///{tmp_path / 'test.db'}", tmp_path, monkeypatch)


def _use(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("GOLDEN_THREAD_STATE", str(folder / "state"))
    migrate()
    yield url
    database.engine().dispose()


def rows_of(query: str, **values: object) -> list[tuple[object, ...]]:
    """What the database really holds, read around the app."""
    with database.engine().connect() as connection:
        return [tuple(row) for row in connection.execute(text(query), values)]
