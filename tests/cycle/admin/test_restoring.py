"""Bringing a copy back: checked before anything changes, whole or not at all, and nobody shut out comes in again."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pysqlite3.dbapi2 as pysqlite3
import pytest
from sqlalchemy import make_url

from cycle.admin import accounts, restoring, upkeep
from cycle.ground import access
from cycle.ground.memory import remembered
from cycle.ground.opening import open_database
from data_access.council import people
from data_access.council.settings_store import get_now, get_setting, save_setting
from data_access.store import in_use
from data_access.store.audit import add_event, list_breaks
from data_access.store.database import engine, reading, transaction
from data_access.store.in_use import InUseError
from data_access.store.migrate import is_current
from data_access.store.upkeep.copying import NotACopyError, NotEmbeddedError
from performance.ground.people import Role, User
from settings import ROOT
from tests import earlier
from tests.builders import a_user, add_council, add_figure, add_measure, vouch
from tests.command_line import manage
from tests.conftest import rows_of
from tests.cycle.do.files.test_importing import everything
from tests.postgres import PostgresServer, _programs
from tests.processes import ends_with_us

# What a restore writes itself; all else is the copy's.
OF_THE_RESTORE = {"people", "sign_ins", "audit_events"}
BROWSER = "b" * 64


@pytest.fixture(autouse=True)
def nothing_left_over(worker_file: Path) -> Iterator[None]:
    """Databases that were replaced are kept, which the next test does not expect."""
    yield
    for left in [*worker_file.parent.glob("*.replaced-*"), *worker_file.parent.glob("*.restoring*")]:
        left.unlink()


def content() -> dict[str, list[tuple[object, ...]]]:
    return {name: rows for name, rows in everything().items() if name not in OF_THE_RESTORE}


def do_something(subject: str = "something") -> None:
    with transaction() as session:
        add_event(session, at=get_now(session), username="someone", verb="do", subject=subject)


def a_council_at_work() -> User:
    add_council()
    add_measure()
    add_figure(value="1")
    user = a_user("manager")
    access.stay_signed_in(BROWSER, by=user)
    do_something()
    return user


def chain_holds() -> bool:
    with reading() as session:
        return list(list_breaks(session)) == []


# --- the drill, on both databases


@contextmanager
def copied_and_brought_back(url: str, tmp_path: Path, server: PostgresServer) -> Iterator[Callable[[], object]]:
    """A copy made now, with the tools of its kind; what is given brings it back, and the settings name it then."""
    if url.startswith("sqlite"):
        seal = upkeep.back_up(tmp_path / "copy.db")
        yield lambda: restoring.restore(tmp_path / "copy.db", seal=seal)
        return
    seal, dump = upkeep.verify().seal, tmp_path / "copy.dump"
    run("pg_dump", "--format=custom", f"--file={dump}", plain(url))
    with server.new_database() as other, pytest.MonkeyPatch.context() as patched:

        def bring_back() -> object:
            run("pg_restore", "--exit-on-error", f"--dbname={plain(other)}", dump)
            patched.setenv("DATABASE_URL", other)
            return restoring.after_restore(replaced=make_url(url).database, seal=seal)

        yield bring_back
        engine().dispose()


def run(program: str, *arguments: object) -> None:
    subprocess.run([str(_programs() / program), *map(str, arguments)], check=True)


def plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def test_what_was_copied_comes_back_and_every_session_has_ended(
    database_on_both: str, tmp_path: Path, postgres: PostgresServer
) -> None:
    user = a_council_at_work()
    vouch()
    before, events = content(), len(rows_of("SELECT * FROM audit_events"))
    with copied_and_brought_back(database_on_both, tmp_path, postgres) as bring_back:
        add_measure("LATER")
        add_figure(value="2", revision=2)
        do_something("after the copy")
        done = bring_back()
        assert content() == before
        assert chain_holds()
        assert is_current()
        assert rows_of("SELECT * FROM sign_ins") == []
        assert access.find_user_at(BROWSER) is None
        assert access.find_user("manager", session_epoch=user.session_epoch) is None
        assert rows_of("SELECT count(*) FROM audit_events") == [(events + 1,)]
        ((verb, username, after),) = rows_of(
            "SELECT verb, username, after FROM audit_events ORDER BY sequence DESC LIMIT 1"
        )
        assert (verb, username) == ("restore", "operator")
        assert isinstance(done, restoring.Restored)
        assert json.loads(str(after))["seal"] == done.seal
        assert upkeep.verify().faults == ()


def test_who_was_shut_out_after_the_copy_stays_out(
    database_on_both: str, tmp_path: Path, postgres: PostgresServer
) -> None:
    add_council()
    for name in ("left", "leaked", "moved", "stays"):
        a_user(name)
    a_user("stays_deputy", Role.HEAD, "PLACE")
    do_something()
    with copied_and_brought_back(database_on_both, tmp_path, postgres) as bring_back:
        accounts.disable_user("left")
        accounts.reset_password("leaked")
        with transaction() as session:
            (holding,) = people.list_holdings(
                session, role=Role.SERVICE_MANAGER, unit_codes=["WASTE"], since=date(2017, 1, 1)
            )[2:3]
            assert holding.username == "moved"
            people.save_holding_ended(session, holding_id=holding.id, last_day=date(2017, 10, 31))
        hashes = rows_of("SELECT username, password_hash, must_change_password FROM people ORDER BY username")
        epochs = dict(rows_of("SELECT username, session_epoch FROM people"))
        done = bring_back()
        assert isinstance(done, restoring.Restored)
        assert done.kept.disabled == ("left",)
        assert done.kept.passwords == ("leaked",)
        assert done.kept.roles == ("moved service_manager@WASTE",)
        assert rows_of("SELECT username FROM people WHERE disabled_at IS NOT NULL") == [("left",)]
        assert rows_of("SELECT username, password_hash, must_change_password FROM people ORDER BY username") == hashes
        assert [str(day) for (day,) in rows_of("SELECT valid_to FROM role_holdings WHERE username = 'moved'")] == [
            "2017-10-31"
        ]
        later = dict(rows_of("SELECT username, session_epoch FROM people"))
        assert all(int(str(later[name])) > int(str(epoch)) for name, epoch in epochs.items())


# --- the embedded database


def test_accounts_of_a_database_that_is_another_one_say_nothing(sqlite_database: str, tmp_path: Path) -> None:
    """A demonstration with a known password must not give it to the accounts of a copy that takes its place."""
    a_council_at_work()
    upkeep.back_up(tmp_path / "copy.db")
    before = rows_of("SELECT password_hash, disabled_at FROM people")
    with closing(pysqlite3.connect(engine().url.database)) as other, other:
        other.execute("DROP TRIGGER audit_events_no_update")
        other.execute("UPDATE audit_events SET hash = 'another'")
        other.execute("UPDATE people SET password_hash = 'known', disabled_at = '2017-01-01 00:00:00.000000'")
    assert restoring.restore(tmp_path / "copy.db").kept == restoring.Kept()
    assert rows_of("SELECT password_hash, disabled_at FROM people") == before


def test_what_is_replaced_is_kept_and_said(sqlite_database: str, tmp_path: Path) -> None:
    a_council_at_work()
    seal = upkeep.back_up(tmp_path / "copy.db")
    add_measure("LATER")
    before = everything()
    found = manage("restore", tmp_path / "copy.db", "--seal", seal)
    assert found.returncode == 0, found.stderr
    (kept,) = Path(str(engine().url.database)).parent.glob("*.replaced-*Z")
    assert f"What it replaces is kept as {kept}." in found.stdout
    assert seal in found.stdout
    assert rows_of("SELECT count(*) FROM measures") == [(1,)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DATABASE_URL", f"sqlite:///{kept}")
        assert everything() == before
        engine().dispose()


def test_what_was_worked_out_before_a_copy_came_back_is_not_taken_for_what_holds_now(
    sqlite_database: str, tmp_path: Path
) -> None:
    """The events count on from the copy, so the same number comes twice: it is not the same state."""
    add_council()
    upkeep.back_up(tmp_path / "copy.db")
    worked_out = []
    for name in ("before", "after"):
        with transaction() as session:
            save_setting(session, name="council_name", value=name)
            add_event(session, at=get_now(session), username="someone", verb="name the council", subject=name)
        with reading() as session:
            worked_out.append(remembered(session, ("name",), lambda: get_setting(session, name="council_name")))
        restoring.restore(tmp_path / "copy.db")
    assert worked_out == ["before", "after"]


SPOILT = {
    "newer": ("UPDATE alembic_version SET version_num = '9999'", "version 9999, which this app, at version 00"),
    "no version": ("DELETE FROM alembic_version", "version None"),
    "not ours": ("DROP TABLE people", "not a database of this app"),
    "no trigger": ("DROP TRIGGER figures_no_update", "figures_no_update"),
    "idle trigger": (
        "DROP TRIGGER figures_no_delete;CREATE TRIGGER figures_no_delete BEFORE DELETE ON figures BEGIN SELECT 1; END",
        "figures_no_delete",
    ),
    "planted trigger": (
        "CREATE TRIGGER own AFTER INSERT ON people BEGIN UPDATE people SET email = 'x'; END",
        "table people (own)",
    ),
    "broken chain": (
        "DROP TRIGGER audit_events_no_update;"
        "UPDATE audit_events SET subject = 'else' WHERE sequence = 1;"
        "CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events "
        "BEGIN SELECT RAISE(ABORT, 'audit_events is append-only'); END",
        "Event 1 was changed",
    ),
    "gap in revisions": (
        "DROP TRIGGER figures_no_update;"
        "UPDATE figures SET revision = 2;"
        "CREATE TRIGGER figures_no_update BEFORE UPDATE ON figures "
        "BEGIN SELECT RAISE(ABORT, 'figures is append-only'); END",
        "1 revisions are there of 2",
    ),
    "lost link": ("PRAGMA foreign_keys=OFF; UPDATE role_holdings SET unit_code = 'GONE'", "refers to a row"),
}


@pytest.mark.parametrize(("spoil", "said"), SPOILT.values(), ids=SPOILT)
def test_a_copy_that_is_not_right_is_refused_with_the_database_untouched(
    sqlite_database: str, tmp_path: Path, spoil: str, said: str
) -> None:
    a_council_at_work()
    copy = tmp_path / "copy.db"
    upkeep.back_up(copy)
    with closing(pysqlite3.connect(copy)) as opened:
        opened.executescript(spoil)
    refused(copy, said)


def refused(copy: Path, said: str, *more: str) -> None:
    """By the command, with 1, words, and nothing changed, not even a file beside the database."""
    folder = Path(str(engine().url.database)).parent
    do_something("after the copy")
    before, files = everything(), {each.name for each in folder.iterdir()}
    found = manage("restore", copy, *more)
    assert (found.returncode, found.stdout) == (1, "")
    assert "Traceback" not in found.stderr
    assert said in found.stderr
    assert everything() == before
    assert {each.name for each in folder.iterdir()} - files <= {"test.db.use-lock", "test.db-wal", "test.db-shm"}


@pytest.mark.parametrize("keep", [0.3, 0.9], ids=["to a third", "by its end"])
def test_a_copy_that_was_cut_off_is_refused(sqlite_database: str, tmp_path: Path, keep: float) -> None:
    a_council_at_work()
    copy = tmp_path / "copy.db"
    upkeep.back_up(copy)
    copy.write_bytes(copy.read_bytes()[: int(copy.stat().st_size * keep)])
    refused(copy, "not a whole")


@pytest.mark.parametrize("content", [b"", b"no database at all, though long enough to be looked at" * 100])
def test_what_is_no_database_is_refused(sqlite_database: str, tmp_path: Path, content: bytes) -> None:
    add_council()
    (tmp_path / "copy.db").write_bytes(content)
    refused(tmp_path / "copy.db", "not a")


def test_a_copy_without_the_seal_that_was_noted_is_refused(sqlite_database: str, tmp_path: Path) -> None:
    a_council_at_work()
    upkeep.back_up(tmp_path / "copy.db")
    do_something("noted after the copy")
    refused(tmp_path / "copy.db", "The seal is not in the copy's audit trail", "--seal", upkeep.verify().seal)


def test_the_database_itself_is_no_copy(sqlite_database: str, tmp_path: Path) -> None:
    add_council()
    refused(Path(str(engine().url.database)), "is the database itself")


def test_a_copy_of_an_older_version_comes_to_this_one(sqlite_database: str, tmp_path: Path) -> None:
    a_council_at_work()
    upkeep.back_up(tmp_path / "copy.db")
    with closing(pysqlite3.connect(tmp_path / "copy.db")) as opened:
        for statement in earlier.statements("0018", sqlite=True):
            opened.execute(statement)
        opened.executescript(
            "DROP TABLE row_digests; ALTER TABLE audit_events DROP COLUMN rows_digest;"
            "DROP TABLE delivery_drafts; ALTER TABLE sign_in_attempts DROP COLUMN browser;"
            "ALTER TABLE people DROP COLUMN one_time_since; DROP TABLE return_hands; DROP TABLE versions;"
            "UPDATE alembic_version SET version_num = '0012'"
        )
    restoring.restore(tmp_path / "copy.db")
    assert is_current()
    assert rows_of("SELECT * FROM delivery_drafts") == []
    assert rows_of("SELECT count(*) FROM figures") == [(1,)]


def test_a_damaged_database_is_mended_by_its_copy(sqlite_database: str, tmp_path: Path) -> None:
    a_council_at_work()
    upkeep.back_up(tmp_path / "copy.db")
    before = content()
    engine().dispose()
    database = Path(str(engine().url.database))
    database.write_bytes(b"x" * 9000)
    done = restoring.restore(tmp_path / "copy.db")
    assert content() == before
    assert done.replaced is not None
    assert done.replaced.read_bytes() == b"x" * 9000


# --- while it is in use, and killed in the middle

WAITS = "from data_access.store.database import engine; engine(); print('open', flush=True); input()"
RESTORES = (
    "import sys; from cycle.admin import restoring; from pathlib import Path; restoring.restore(Path(sys.argv[1]))"
)


def test_a_database_that_a_process_of_the_app_has_open_is_not_exchanged(sqlite_database: str, tmp_path: Path) -> None:
    """Also one that has made no connection yet, as a server that waits for its first visitor."""
    a_council_at_work()
    upkeep.back_up(tmp_path / "copy.db")
    app = subprocess.Popen(
        ends_with_us(sys.executable, "-c", WAITS), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert app.stdout is not None
    assert app.stdout.readline() == "open\n"
    refused(tmp_path / "copy.db", "Stop the app")
    app.communicate("\n")
    assert manage("restore", tmp_path / "copy.db").returncode == 0


def test_a_database_that_another_program_has_open_is_not_exchanged(sqlite_database: str, tmp_path: Path) -> None:
    a_council_at_work()
    upkeep.back_up(tmp_path / "copy.db")
    with closing(pysqlite3.connect(engine().url.database)) as other:
        other.execute("SELECT count(*) FROM people").fetchone()
        refused(tmp_path / "copy.db", "Stop the app")


@pytest.mark.slow
def test_a_restore_that_is_killed_leaves_the_old_or_the_new_database(sqlite_database: str, tmp_path: Path) -> None:
    a_council_at_work()
    upkeep.back_up(tmp_path / "copy.db")
    add_measure("LATER")
    do_something()
    # Each kill comes half way between the last that was too early and the last that was too late, however long a
    # restore takes on this machine today: so they close in on the exchange, and the first few are too early for sure.
    too_early, too_late, seen = 0.0, 0.0, set()
    database = Path(str(engine().url.database))
    for turn in range(8):
        engine().dispose()
        os.close(in_use._held.pop(database))  # this process has nothing open meanwhile
        process = subprocess.Popen([sys.executable, "-c", RESTORES, str(tmp_path / "copy.db")], cwd=ROOT)
        began = datetime.now(UTC)
        if turn == 0:
            assert process.wait() == 0
            too_late = (datetime.now(UTC) - began) / timedelta(seconds=1)
        else:
            try:
                process.wait(timeout=(too_early + too_late) / 2)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        in_use.hold(database)
        assert rows_of("PRAGMA integrity_check") == [("ok",)]
        assert chain_holds()
        measures = rows_of("SELECT count(*) FROM measures")
        assert measures in ([(1,)], [(2,)])
        restored = rows_of("SELECT count(*) FROM audit_events WHERE verb = 'restore'") != [(0,)]
        assert restored == (measures == [(1,)])
        seen.add(restored)
        if turn:
            half = (too_early + too_late) / 2
            too_early, too_late = (too_early, half) if restored else (half, too_late)
        if restored:
            add_measure("LATER")
            with closing(pysqlite3.connect(engine().url.database)) as held, held:
                held.execute("DROP TRIGGER audit_events_no_delete")
                held.execute("DELETE FROM audit_events WHERE verb = 'restore'")
    assert seen == {True, False}


# --- a database on a server


def test_on_a_server_nothing_is_done_while_somebody_is_connected(database_on_both: str, tmp_path: Path) -> None:
    if database_on_both.startswith("sqlite"):
        with pytest.raises(NotACopyError, match="restore PATH"):
            restoring.after_restore()
        return
    a_council_at_work()
    with pytest.raises(NotEmbeddedError, match="after-restore"):
        restoring.restore(tmp_path / "copy.db")
    app = subprocess.Popen(
        ends_with_us(sys.executable, "-c", WAITS.replace("engine();", "held = engine().connect();")),
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ,
    )  # fmt: skip
    assert app.stdout is not None
    assert app.stdout.readline() == "open\n"
    before = everything()
    with pytest.raises(InUseError):
        restoring.after_restore()
    app.communicate("\n")
    assert everything() == before
    assert restoring.after_restore().kept == restoring.Kept()


ON_A_SERVER = {
    "newer": ("UPDATE alembic_version SET version_num = '9999'", "version 9999"),
    "no trigger": ("DROP TRIGGER figures_append_only ON figures", "table figures"),
    "idle trigger": ("ALTER TABLE figures DISABLE TRIGGER figures_append_only", "table figures"),
    "broken chain": (
        "ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only;"
        "UPDATE audit_events SET subject = 'else' WHERE sequence = 1;"
        "ALTER TABLE audit_events ENABLE TRIGGER audit_events_append_only",
        "Event 1 was changed",
    ),
}


@pytest.mark.parametrize(("spoil", "said"), ON_A_SERVER.values(), ids=ON_A_SERVER)
def test_on_a_server_a_copy_that_is_not_right_is_refused(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, spoil: str, said: str
) -> None:
    with postgres.new_database() as url:
        monkeypatch.setenv("DATABASE_URL", url)
        open_database()
        a_council_at_work()
        with engine().begin() as connection:
            for step in spoil.split(";"):
                connection.exec_driver_sql(step)
        before = everything()
        found = manage("after-restore")
        assert (found.returncode, said in found.stderr) == (1, True), found.stderr
        assert everything() == before
        engine().dispose()
