"""The schema: migrations give exactly the models, run once, and are safe to run from two processes at once."""

import os
import re
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Table, inspect, text
from sqlalchemy.exc import IntegrityError

from data_access.models import Base, SettingRow
from data_access.store.database import engine, reading, transaction
from data_access.store.migrate import NewerDatabaseError, is_current, migrate
from settings import ROOT
from tests.conftest import rows_of

MIGRATE = "from data_access.store.migrate import migrate; print(migrate())"


@pytest.mark.usefixtures("database_on_both")
def test_migrating_an_empty_database_gives_the_models_exactly() -> None:
    with engine().connect() as connection:
        # What full-text search keeps beside the tables is each database's own, and no model's.
        ours = {"include_name": lambda name, *_: not str(name).startswith("lessons_text")}
        opts = {"compare_type": True, "render_as_batch": True} | ours
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []
    assert is_current()


@pytest.mark.usefixtures("database_on_both")
def test_migrating_again_changes_nothing() -> None:
    with transaction() as session:
        session.add(SettingRow(name="council_name", value="Testing"))
    before = rows_of("SELECT * FROM settings")
    assert migrate() == migrate()
    assert rows_of("SELECT * FROM settings") == before


@pytest.mark.usefixtures("database_on_both")
def test_a_database_of_a_later_version_is_refused_in_words() -> None:
    with engine().begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabaseError, match="Install a newer app"):
        migrate()


@pytest.mark.slow
def test_six_processes_starting_together_all_find_a_whole_schema(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database_url},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    answers = [starter.communicate(timeout=120) for starter in starters]
    assert [starter.returncode for starter in starters] == [0] * 6, answers
    assert len({out for out, _ in answers}) == 1
    assert is_current()
    engine().dispose()


@pytest.mark.usefixtures("database_on_both")
def test_a_block_that_fails_leaves_nothing_behind() -> None:
    def fail_half_way() -> None:
        with transaction() as session:
            session.add(SettingRow(name="council_name", value="half written"))
            session.flush()
            session.execute(text("INSERT INTO settings (name, value) VALUES ('council_name', 'again')"))

    with pytest.raises(IntegrityError):
        fail_half_way()
    assert rows_of("SELECT * FROM settings") == []


@pytest.mark.usefixtures("database_on_both")
def test_reading_changes_nothing_whatever_is_done_inside() -> None:
    if engine().dialect.name == "sqlite":
        with reading() as session:
            session.add(SettingRow(name="council_name", value="stray"))
            session.flush()
    assert rows_of("SELECT * FROM settings") == []


def test_sqlite_keeps_what_was_acknowledged(sqlite_database: str) -> None:
    assert sqlite_database
    with engine().connect() as connection:
        told = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in
                ("journal_mode", "synchronous", "foreign_keys")}  # fmt: skip
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.usefixtures("database_on_both")
def test_every_check_of_the_models_is_in_the_database_word_for_word() -> None:
    def bare(rule: object) -> str:
        return re.sub(r"[\s()\"]|::\w+( varying)?", "", str(rule)).lower()

    with engine().connect() as connection:
        if connection.dialect.name == "postgresql":  # it rewrites an expression, so only its name can be compared
            stored = {
                (table, each["name"])
                for table in Base.metadata.tables
                for each in inspect(connection).get_check_constraints(table)
            }
            wanted = {(table.name, check.name) for table in Base.metadata.sorted_tables for check in _checks(table)}
            assert stored == wanted
            return
        for table in Base.metadata.sorted_tables:
            told = {
                each["name"]: bare(each["sqltext"]) for each in inspect(connection).get_check_constraints(table.name)
            }
            assert told == {check.name: bare(check.sqltext) for check in _checks(table)}, table.name


def _checks(table: Table) -> list[CheckConstraint]:
    return [each for each in table.constraints if isinstance(each, CheckConstraint)]
