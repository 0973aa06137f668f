"""What every test may lean on: a real, empty, migrated database on each engine."""

import gc
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from cycle.ground import memory
from data_access.council import people
from data_access.store import database
from data_access.store.migrate import migrate
from tests.demonstration import load_demonstration
from tests.made_once import made_once
from tests.postgres import OneDatabase, PostgresServer, running_server

# Four words in a row: a name of a month or a team has fewer.
_SAYS = re.compile(r"(?:[^\W\d]+[^\w ]* ){3}[^\W\d]")
SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_configure(config: pytest.Config) -> None:
    os.environ.pop("DATABASE_URL", None)
    # A busy machine is slow, which is not a fault of what is tested.
    settings.register_profile("no_haste", deadline=None)
    settings.load_profile("no_haste")


def pytest_collection_finish() -> None:
    """What is there before the first test stays: looking it through for garbage again and again takes a tenth of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


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


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database brought to this version once a run; tests take copies."""
    migrated = made_once("migrated", tmp_path_factory, lambda folder: _migrate_once(f"sqlite:///{folder / 'test.db'}"))
    return migrated / "test.db"


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration council, loaded once a run; tests take copies."""
    made = made_once("demonstration", tmp_path_factory, lambda folder: load_demonstration(folder / "golden_thread.db"))
    return made / "golden_thread.db"


# One address a worker and engine, whose content is exchanged between tests: SQLAlchemy then compiles a statement once
# a worker instead of once a test, which was a third of the time of every verb's test.
@pytest.fixture(scope="session")
def worker_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("worker") / "test.db"


@pytest.fixture(scope="session")
def worker_database(postgres: PostgresServer) -> Iterator[OneDatabase]:
    """A PostgreSQL database brought to this version once a worker, and emptied for each test."""
    with postgres.new_database() as url:
        yield OneDatabase(url, _migrate_once(url))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--both", action="store_true", help="what runs on SQLite alone runs on PostgreSQL too")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`database_on_both` is both at any time; `database_on_one` is SQLite, unless the run is to try everything."""
    for name, both in (("database_on_both", True), ("database_on_one", metafunc.config.getoption("both"))):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, ["sqlite", "postgresql"] if both else ["sqlite"], indirect=True)


@pytest.fixture
def database_on_both(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database at this version, on SQLite and again on PostgreSQL: for what depends on the SQL."""
    yield from _empty(request, tmp_path, monkeypatch)


@pytest.fixture
def database_on_one(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database at this version: for what a verb does with what its queries give."""
    yield from _empty(request, tmp_path, monkeypatch)


def _empty(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if request.param == "sqlite":
        url = _begin_again(request.getfixturevalue("migrated_file"), request.getfixturevalue("worker_file"))
    else:
        url = request.getfixturevalue("worker_database").begin_again()
    yield from _use(url, tmp_path, monkeypatch)


@pytest.fixture
def sqlite_database(
    migrated_file: Path, worker_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """An empty SQLite database at this version, for tests that are about pages rather than storage."""
    yield from _use(_begin_again(migrated_file, worker_file), tmp_path, monkeypatch)


@contextmanager
def a_database(migrated: Path, ours: Path, folder: Path, environment: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty SQLite database at this version, for what is made once for several tests."""
    yield from _use(_begin_again(migrated, ours), folder, environment)


def _migrate_once(url: str) -> str:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DATABASE_URL", url)
        version = migrate()
        database.engine().dispose()
        return version


def _begin_again(migrated: Path, ours: Path) -> str:
    for left in ours.parent.glob(f"{ours.name}-*"):
        left.unlink()
    shutil.copy(migrated, ours)
    return f"sqlite:///{ours}"


def _use(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The next test's database has the same address, and what the process remembers of this one must not last."""
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("GOLDEN_THREAD_STATE", str(folder / "state"))
    memory.forget()
    people._kept_parents.clear()
    yield url
    try:
        with suppress(SQLAlchemyError):  # a test may leave no database behind, or none that can be read
            assert sentences_in_the_chain() == []
    finally:
        database.engine().dispose()


def sentences_in_the_chain() -> list[str]:
    """Whatever in the audit trail somebody wrote in words: it is hashed there, and could never be erased."""
    found = []
    for verb, *sides in rows_of("SELECT verb, before, after FROM audit_events"):
        found += [
            f"{verb}: {text}" for side in sides for text in _texts(json.loads(str(side) or "0")) if _SAYS.search(text)
        ]
    return found


def _texts(told: Any) -> Iterator[str]:
    """Every text of an event, also within others; names of fields are none, and an edition's name was published."""
    if isinstance(told, str):
        yield told
    within = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    for name, each in within:
        if name != "edition":
            yield from _texts(each)


def rows_of(query: str, **values: object) -> list[tuple[object, ...]]:
    """What the database really holds, read around the app."""
    with database.engine().connect() as connection:
        return [tuple(row) for row in connection.execute(text(query), values)]
