"""A real PostgreSQL for the tests: the server TEST_POSTGRES_URL names, or one of our own in a temporary folder."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

import settings


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
        template = f" TEMPLATE {make_url(like).database}" if like else ""
        admin = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}{template}"))
        try:
            yield make_url(self.url).set(database=name).render_as_string(hide_password=False)
        finally:
            with admin.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
            admin.dispose()


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
        speed = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
        _run(account, folder, programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o",
             f"-c listen_addresses='' -k {folder} {speed}", "start")  # fmt: skip
        try:
            yield PostgresServer(url=f"postgresql+psycopg://tests@/postgres?host={folder}")
        finally:
            _run(account, folder, programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
