"""Whoever has the database's own password and rewrites what stands in it is found, and what they rewrote is named."""

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pysqlite3.dbapi2 as pysqlite3
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from cycle.admin import accounts, restoring, upkeep
from cycle.do.files import importing
from data_access.council import people
from data_access.council.settings_store import get_now
from data_access.models import AuditEventRow, ReturnRow
from data_access.store import audit
from data_access.store.audit import adopt_rows
from data_access.store.database import engine, reading, transaction
from data_access.store.row_digests import guarded_tables
from performance.ground.organisation import ReturnStatus
from tests import builders
from tests.builders import RECORDED
from tests.command_line import done, manage
from tests.conftest import rows_of
from tests.cycle.do.files.test_importing import read

FIGURE = f"figures WCP1063 {builders.COUNCIL} 2017-09-01 1"
RETURN = "returns WASTE 2017-09-01 1"


@pytest.fixture
def seal(database_on_both: str) -> Iterator[str]:
    """A council with a figure in two revisions, a target, a submitted return and people; the seal that was noted."""
    assert database_on_both
    builders.add_council()
    builders.add_measure()
    builders.add_figure(value="1", commentary="As it was")
    builders.add_figure(value="2", revision=2)
    builders.add_target(number="9")
    builders.a_user("manager")
    with transaction() as session:
        session.add(
            ReturnRow(
                unit_code="WASTE",
                period_start=RECORDED.date().replace(month=9),
                period_months=1,
                status=ReturnStatus.SUBMITTED,
                submitted_by="manager",
                submitted_at=RECORDED,
            )
        )
    builders.vouch()
    accounts.disable_user("manager")
    yield upkeep.verify().seal
    engine().dispose()


def found(seal: str | None = None) -> str:
    """What the command says is wrong."""
    said = manage("verify", *(() if seal is None else ("--seal", seal)))
    assert said.returncode == 1, said.stdout
    return said.stderr


def tamper(statement: str) -> None:
    """As someone does it who has the database's own password: put the guard away, rewrite, and put it back."""
    with engine().begin() as connection:
        if engine().dialect.name == "sqlite":
            guards = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
            for name, _sql in guards:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.exec_driver_sql(statement)
            for _name, sql in guards:
                connection.exec_driver_sql(sql)
            return
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(statement)


def a_forged_event(session: Session, *, verb: str) -> None:
    """With a hash that is right: how it is made is no secret."""
    last = session.query(AuditEventRow).order_by(AuditEventRow.sequence.desc()).first()
    assert last is not None
    row = AuditEventRow(
        sequence=last.sequence + 1, at=RECORDED, username="place.director", verb=verb, subject="2017-09-WASTE",
        before="", after="", rows_digest="", previous_hash=last.hash,
    )  # fmt: skip
    row.hash = audit._hash(row)
    session.add(row)


ROWS = {
    "a figure's value": ("UPDATE figures SET value = '3' WHERE revision = 2", f"{FIGURE} 2: the row is not as event 1"),
    "its author": ("UPDATE figures SET recorded_by = 'x' WHERE revision = 1", f"{FIGURE} 1: the row is not as event 1"),
    "its commentary": ("UPDATE figures SET commentary = 'x' WHERE revision = 1", f"{FIGURE} 1: the row is not as"),
    "its newest revision": (
        "DELETE FROM figures WHERE revision = 2",
        f"{FIGURE} 2: the row that event 1 wrote is gone",
    ),
    "a figure more": (
        "INSERT INTO figures (measure_code, area_code, period_start, period_months, revision, value, status,"
        " commentary, confirmed_checks, recorded_at, recorded_by) SELECT measure_code, area_code, period_start,"
        " period_months, 3, value, status, '', '', recorded_at, recorded_by FROM figures WHERE revision = 2",
        f"{FIGURE} 3: no event wrote this row",
    ),
    "a return approved by hand": (
        "UPDATE returns SET status = 'approved', decided_by = 'x', decided_at = submitted_at",
        f"{RETURN}: the row is not as event 1 wrote it",
    ),
    "a target": ("UPDATE targets SET number = '1'", "targets WCP1063 E08000031 2017-09-01 1 1: the row is not as"),
    "a role given": (
        "INSERT INTO role_holdings (username, role, unit_code) VALUES ('manager', 'administrator', 'COUNCIL')",
        "role_holdings 2: no event wrote this row",
    ),
    "a password": ("UPDATE people SET password_hash = 'x'", "people manager: the row is not as event 2 wrote it"),
    "an account let in again": ("UPDATE people SET disabled_at = NULL", "people manager: the row is not as event 2"),
    "a setting": ("UPDATE settings SET value = 'x' WHERE name = 'council_name'", "settings council_name: the row is"),
    "the list of what was written": (
        "UPDATE row_digests SET digest = 'x' WHERE position = 1 AND event_sequence = 1",
        "The list of rows that event 1 wrote was changed",
    ),
    "an event": ("UPDATE audit_events SET username = 'x' WHERE sequence = 2", "Event 2 was changed"),
    "the newest event cut": (
        "DELETE FROM audit_events WHERE sequence = 2",
        "The list of rows of event 2 is there, but",
    ),
    "every event": ("DELETE FROM audit_events", "The list of rows of event 1 is there, but no such event"),
}


@pytest.mark.parametrize(("statement", "said"), ROWS.values(), ids=ROWS)
def test_what_was_rewritten_is_named(seal: str, statement: str, said: str) -> None:
    assert "Everything holds together." in done("verify", "--seal", seal)
    tamper(statement)
    assert said in found()


@pytest.mark.parametrize("rewritten", ["12.26", "12.2500001", "-12.25", "12"])
def test_a_number_is_known_to_its_last_figure(database_on_both: str, rewritten: str) -> None:
    assert database_on_both
    builders.add_council()
    builders.add_measure("BINS")
    row = f"BINS,{builders.COUNCIL},2017-09,,,12.250,,"
    importing.import_figures(read(row), source="a.csv")
    digests = dict(rows_of("SELECT row_key, digest FROM row_digests WHERE table_name = 'figures'"))
    (written,) = digests.values()
    figures = guarded_tables()["figures"]
    with reading() as session:
        (stored,) = session.execute(select(*figures.columns)).mappings()
        assert figures.digest(stored) == written
        assert figures.digest({**stored, "value": Decimal(rewritten)}) != written


def test_what_a_service_says_of_its_data_is_digested_as_a_document() -> None:
    table = guarded_tables()["self_assessments"]
    one, other = {"answers": {"a": {"b": "1"}}}, {"answers": {"a": {"b": "2"}}}
    assert table.digest(one) != table.digest(other)


def test_events_cut_with_all_they_wrote_are_missed_by_the_rows_and_by_the_seal(seal: str) -> None:
    tamper("DELETE FROM audit_events WHERE sequence = 2")
    tamper("DELETE FROM row_digests WHERE event_sequence = 2")
    assert "people manager: the row is not as event 1 wrote it" in found()
    assert "the seal is not in it" in found(seal)


def test_a_chain_that_was_written_anew_is_whole_in_itself_and_not_by_the_seal(seal: str) -> None:
    tamper("UPDATE audit_events SET username = 'somebody else' WHERE sequence = 2")
    with transaction() as session:
        made = audit._hash(session.get_one(AuditEventRow, 2))
    tamper(f"UPDATE audit_events SET hash = '{made}' WHERE sequence = 2")  # noqa: S608 - our own digest
    assert "Everything holds together." in done("verify")
    assert "the seal is not in it" in found(seal)


def test_an_approval_that_was_put_there_wrote_nothing(seal: str) -> None:
    with transaction() as session:
        a_forged_event(session, verb="approve return")
    said = manage("verify", "--seal", seal)
    assert said.returncode == 1
    assert 'Event 3 says "sign off return" by place.director, and wrote nothing.' in said.stderr
    assert "Since the seal that was noted: sign off return by place.director: 1" in said.stdout


def test_insert_or_replace_does_not_pass_the_guard_of_the_app_and_is_found_when_it_passes_by(seal: str) -> None:
    columns = "id, measure_code, area_code, period_start, period_months, revision, status, commentary, recorded_at"
    replace = "INSERT OR REPLACE INTO figures (COLUMNS, value, confirmed_checks, recorded_by)"
    replace += " SELECT COLUMNS, '77', '', 'x' FROM figures WHERE revision = 1"
    replace = replace.replace("COLUMNS", columns)
    if engine().dialect.name != "sqlite":
        return
    with pytest.raises(DatabaseError, match="append-only"), engine().begin() as connection:
        connection.exec_driver_sql(replace)
    assert "Everything holds together." in done("verify", "--seal", seal)
    with closing(pysqlite3.connect(str(engine().url.database))) as other, other:
        other.execute(replace)
    assert f"{FIGURE} 1: the row is not as event 1 wrote it" in found()


GUARDS: dict[str, tuple[str, str, str]] = {
    "a trigger": (
        "DROP TRIGGER figures_no_update",
        "DROP TRIGGER figures_append_only ON figures",
        "What guards the table figures",
    ),
    "a rule": (
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'decided_by <> submitted_by', '1')"
        " WHERE name = 'returns'",
        "ALTER TABLE returns DROP CONSTRAINT ck_returns_two_people",
        "The rules of the table returns are not as this app made them.",
    ),
    "an index": (
        "DROP INDEX one_waits",
        "DROP INDEX one_waits",
        "The rules of the table reopenings are not as this app made them.",
    ),
    "a link": (
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'areas', 'organisation_units')"
        " WHERE name = 'boundaries'",
        "ALTER TABLE boundaries DISABLE TRIGGER ALL",
        "table boundaries",
    ),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_a_guard_that_was_taken_away_is_named(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, guard: str
) -> None:
    """In a database of its own: other tests go on with theirs as it is."""
    on_sqlite, on_postgresql, said = GUARDS[guard]
    monkeypatch.setenv("DATABASE_URL", database_url)
    done("migrate")
    assert "Everything holds together." in done("verify")
    if database_url.startswith("sqlite"):
        engine().dispose()
        with closing(pysqlite3.connect(str(engine().url.database))) as opened:
            opened.executescript(on_sqlite)
    else:
        with engine().begin() as connection:
            connection.exec_driver_sql(on_postgresql)
    assert said in found()
    engine().dispose()


def test_rows_from_before_events_listed_them_are_adopted_once(seal: str) -> None:
    assert rows_of("SELECT verb FROM audit_events WHERE sequence = 1") == [("adopt rows",)]
    before = rows_of("SELECT count(*) FROM audit_events")
    done("migrate")
    assert rows_of("SELECT count(*) FROM audit_events") == before
    with transaction() as session:
        adopt_rows(session, at=get_now(session))
    assert "Everything holds together." in done("verify", "--seal", seal)


def test_a_row_that_changes_in_nothing_that_is_listed_is_not_vouched_for(seal: str) -> None:
    """A sign-out after a password was swapped does not make the swapped one right."""
    tamper("UPDATE people SET password_hash = 'x', disabled_at = NULL")
    with transaction() as session:
        people.save_signed_out(session, username="manager")
        audit.add_event(session, at=RECORDED, username="manager", verb="sign out", subject="manager")
    assert "people manager: the row is not as event 2 wrote it" in found(seal)


def test_a_copy_brought_back_is_whole_and_a_tampered_one_says_so(sqlite_database: str, tmp_path: Path) -> None:
    builders.add_council()
    builders.a_user("manager")
    builders.vouch()
    noted = upkeep.back_up(tmp_path / "copy.db")
    restoring.restore(tmp_path / "copy.db", seal=noted)
    assert "Everything holds together." in done("verify", "--seal", noted)
    with closing(pysqlite3.connect(tmp_path / "copy.db")) as opened, opened:
        opened.execute("UPDATE settings SET value = 'x' WHERE name = 'council_name'")
    restoring.restore(tmp_path / "copy.db", seal=noted)
    assert "settings council_name: the row is not as event 1 wrote it" in found(noted)
