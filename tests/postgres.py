"""A real PostgreSQL for the tests: the server TEST_POSTGRES_URL names, or one of our own in a temporary folder."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import create_engine, make_url, text

import settings
from tests.processes import ends_with_us

# As a council's own server is set up, where texts stand in another order than by code point: a list that takes its
# order from the server is then not the one that SQLite gives. Said of each database, so that it holds on a server from
# outside as well.
_ENGLISH = "TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-GB'"


class PostgresMissingError(RuntimeError):
    def __init__(self) -> None:
        super().__init__("PostgreSQL is not installed. Run: apt-get install postgresql (or set TEST_POSTGRES_URL).")


@dataclass(frozen=True, kw_only=True)
class PostgresServer:
    url: str

    @contextmanager
    def new_database(self, *, like: str | None = None) -> Iterator[str]:
        """The address of a database until the block ends: empty, or a copy of the one at the address `like`."""
        name = f"test_{uuid.uuid4().hex}"
        made_as = f"TEMPLATE {make_url(like).database}" if like else _ENGLISH
        admin = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} {made_as}"))
        try:
            yield make_url(self.url).set(database=name).render_as_string(hide_password=False)
        finally:
            with admin.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
            admin.dispose()


# Deleted past its triggers and keys, for much of it is append-only, and numbered from one again. A copy by
# CREATE DATABASE ... TEMPLATE takes ten times as long, and cannot keep its address while it is connected to.
_EMPTIED = """
DO $$ DECLARE held text; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR held IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', held);
    END LOOP;
    PERFORM setval(seqrelid, seqstart, false) FROM pg_sequence;
END $$"""


@dataclass(frozen=True)
class OneDatabase:
    """A migrated database that is emptied again and again; a test may have called it another version meanwhile."""

    url: str
    version: str

    def begin_again(self) -> str:
        address = make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address) as held:
            held.execute(_EMPTIED)
            held.execute("UPDATE alembic_version SET version_num = %s", [self.version])
        return self.url


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    if url := os.environ.get("TEST_POSTGRES_URL"):
        yield PostgresServer(url=settings.with_driver(url))
        return
    programs = _programs()
    # Short, because a socket's path may have 107 characters at most.
    folder = Path(tempfile.mkdtemp(prefix="gt-pg-"))
    try:
        account = _unprivileged(folder)
        _run(account, folder, programs / "initdb", "-D", folder / "data", "-U", "tests", "-A", "trust", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        settings_of_ours = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off",
                            "max_connections=200", "shared_buffers=64MB", "autovacuum=off")  # fmt: skip
        options = [part for each in settings_of_ours for part in ("-c", each)]
        with (folder / "log").open("w") as log:
            # QUIT is PostgreSQL's word for leaving at once; what it held is thrown away with its folder.
            process = subprocess.Popen(
                ends_with_us(programs / "postgres", "-D", folder / "data", "-k", folder, *options, signal="QUIT"),
                cwd=folder, stdout=log, stderr=log, **account,
            )  # fmt: skip
            try:
                _wait_until_ready(process, folder)
                yield PostgresServer(url=f"postgresql+psycopg://tests@/postgres?host={folder}")
            finally:
                process.send_signal(signal.SIGQUIT)
                process.wait(timeout=20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(host=str(folder), user="tests", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")


def _programs() -> Path:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if versions:
        return versions[-1].parent
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise PostgresMissingError


def _unprivileged(folder: Path) -> dict[str, object]:
    """PostgreSQL refuses to run as root, so root hands it to the account made for it."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _run(account: dict[str, object], folder: Path, *command: object) -> None:
    subprocess.run(
        [str(part) for part in command],
        check=True,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)},
        **account,
    )
