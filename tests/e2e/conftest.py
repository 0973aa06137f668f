"""A real browser on a real server. In CI a missing browser is a failure, never a skip."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from settings import ROOT

DEMO_PASSWORD = "golden-thread-demo"
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = (1280, 900), (360, 740)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker drives the browser, so that the server and its database are started once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        raise RuntimeError("Chromium is not installed. Run: apt-get install chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=BROWSER_FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration council, loaded once by the operator's own command."""
    path = tmp_path_factory.mktemp("demonstration") / "golden_thread.db"
    environment = _environment(path)
    for command in (["migrate"], ["demo"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
    return path


@pytest.fixture(scope="module")
def site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with a demonstration of its own: what a module's tests change, no other sees."""
    path = tmp_path_factory.mktemp("site") / "golden_thread.db"
    for suffix in ("", "-wal"):
        if demonstration.with_name(demonstration.name + suffix).exists():
            shutil.copy(demonstration.with_name(demonstration.name + suffix), f"{path}{suffix}")
    with running_site(path) as address:
        yield address


@contextmanager
def running_site(database: Path) -> Iterator[str]:
    """`streamlit run serve.py` on a free port, until the block ends."""
    port = _free_port()
    log = database.with_name("server.log")
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(port),
             "--server.headless", "true", "--server.address", "127.0.0.1"],
            cwd=ROOT, env=_environment(database), stdout=output, stderr=output,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_healthy(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)
    assert "Traceback" not in log.read_text(), log.read_text()[-4000:]


@dataclass
class Visitor:
    """A person in front of the browser."""

    page: Page
    site: str

    def open(self, path: str = "/") -> None:
        self.page.goto(self.site + path)

    def sign_in(self, username: str, path: str = "/") -> None:
        """Open the page as a stranger, sign in, and wait until it has been drawn."""
        self.open(path)
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible(timeout=20_000)
        self.settle()

    def settle(self) -> None:
        """Wait until the server has drawn all it was asked for."""
        self.page.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'",
            timeout=20_000,
        )

    def words(self) -> str:
        return self.page.locator("[data-testid=stMain]").inner_text()


@pytest.fixture(params=[DESKTOP, PHONE], ids=["1280 pixels", "360 pixels"])
def visitor(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Visitor]:
    """The same visit twice: at a desk and on a phone."""
    yield from _visit(browser, site, request.param)


@pytest.fixture
def visitor_at_desk(browser: Browser, site: str) -> Iterator[Visitor]:
    yield from _visit(browser, site, DESKTOP)


def _visit(browser: Browser, site: str, size: tuple[int, int]) -> Iterator[Visitor]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-GB")
    context.set_default_timeout(20_000)
    yield Visitor(page=context.new_page(), site=site)
    context.close()


def _environment(database: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "GOLDEN_THREAD_STATE": str(database.parent),
        "PYTHONUNBUFFERED": "1",
    }


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
