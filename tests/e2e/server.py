"""A running app for the browser's tests: its database, which is exchanged between them, and who is let in."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pysqlite3.dbapi2 as pysqlite3
import pytest

from data_access.store.audit import add_event
from data_access.store.database import engine, transaction
from serving.browsers import cookie_name, digest
from settings import ROOT
from tests.command_line import done
from tests.processes import ends_with_us

COOKIE = cookie_name(secure=False)


@dataclass
class Server:
    """A running app: its address, its database, and what it says while it runs."""

    address: str
    database: Path
    log: Path
    heard: int = 0
    pid: int = 0

    def begin_with(self, database: Path) -> None:
        """Bring another database's content into the one that the app has open, in one transaction."""
        with (
            closing(pysqlite3.connect(database)) as wanted,
            closing(pysqlite3.connect(self.database, timeout=30)) as held,
        ):
            wanted.backup(held)

    def said(self) -> str:
        """What it has said since it was last asked."""
        words = self.log.read_text()[self.heard :]
        self.heard += len(words)
        return words


RUNNING: list[Server] = []


def a_city_of_its_own() -> Path:
    """The database that was just filled by hand, closed, and marked: the app never takes it for another like it."""
    with transaction() as session:
        add_event(session, at=datetime.now(UTC), username="tests", verb="begin", subject=uuid.uuid4().hex)
    path = engine().url.database
    engine().dispose()
    assert path is not None
    return Path(path)


def copied(demonstration: Path, folder: Path) -> Path:
    """The demonstration again, in a folder of its own."""
    for suffix in ("", "-wal"):
        part = demonstration.with_name(demonstration.name + suffix)
        if part.exists():
            shutil.copy(part, folder / part.name)
    return folder / demonstration.name


def operate(database: Path, *command: object) -> str:
    """What an operator does beside the running server: `manage.py ...`; the answer is what it printed."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in _place(database).items():
            patched.setenv(name, value)
        said = done(*command)
        engine().dispose()
    return said


@contextmanager
def running_server(
    database: Path, *, port: int = 0, script: str = "serve.py", under: str = "", at: str = "127.0.0.1"
) -> Iterator[Server]:
    """`streamlit run serve.py`, or another script, on that port, or a free one, until the block ends.

    `under` is a path that the app is served at: "/performance"; `at` is where it listens.
    """
    port = port or _free_port()
    running = Server(f"http://127.0.0.1:{port}{under}", database, database.with_name("server.log"))
    with running.log.open("w") as output:
        process = subprocess.Popen(
            ends_with_us(sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port),
                         "--server.headless", "true", "--server.address", at, "--server.baseUrlPath", under),
            cwd=ROOT, env=os.environ | _place(database) | {"PYTHONUNBUFFERED": "1"}, stdout=output, stderr=output,
        )  # fmt: skip
        try:
            running.pid = process.pid
            _wait_until_healthy(running.address, process, running.log)
            RUNNING.append(running)
            yield running
        finally:
            process.terminate()
            process.wait(timeout=20)
            if running in RUNNING:
                RUNNING.remove(running)
    assert "Traceback" not in running.said(), running.log.read_text()[-4000:]


def cookie_of(username: str, database: Path) -> str:
    """What the browser of that person holds, who signed in at it a moment ago."""
    secret, until = secrets.token_hex(32), datetime.now(UTC) + timedelta(hours=1)
    with closing(pysqlite3.connect(database, timeout=30)) as held, held:
        held.execute(
            "INSERT INTO sign_ins SELECT ?, username, session_epoch, ? FROM people WHERE username = ?",
            (digest(secret), until.strftime("%Y-%m-%d %H:%M:%S.%f"), username),
        )
    return secret


def _place(database: Path) -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite:///{database}", "GOLDEN_THREAD_STATE": str(database.parent)}


def _free_port() -> int:
    """Below the range that outgoing connections are given, so that nothing takes it in between."""
    for port in range(20_000 + os.getpid() % 5_000, 32_000):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise RuntimeError("No free port between 20000 and 32000.")


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(log.read_text())
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:  # noqa: S310
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{log.read_text()}")
