"""A real browser on a real server. In CI a missing browser is a failure, never a skip."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

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
# Milliseconds. A busy machine of two cores is slow, and being slow is no fault: `make bench` measures that.
PATIENCE = 60_000
DESKTOP, PHONE = (1280, 900), (360, 740)
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280 pixels", "360 pixels"])
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
NEVER = re.compile(
    r"\bNone\b(?! this month)|\bnan\b|\bNaN\b|Traceback|NaT\b|Decimal\(|there is a problem with the service"
)
# How far the page, or the part of it that scrolls, reaches beyond the screen's right edge.
_TOO_WIDE = """() => Math.max(...[document.documentElement, document.querySelector("[data-testid=stMain]")]
    .map(part => part.scrollWidth - part.clientWidth))"""


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        raise RuntimeError("Chromium is not installed. Run: apt-get install chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=BROWSER_FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration council, loaded once by the operator's own command."""
    path = tmp_path_factory.mktemp("demonstration") / "golden_thread.db"
    operate(path, "migrate")
    operate(path, "demo")
    return path


@pytest.fixture(scope="module")
def house(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration of the module's own: what its tests change, no other sees."""
    return copied(demonstration, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def site(house: Path) -> Iterator[str]:
    """The address of a server of the module's own demonstration."""
    with running_site(house) as address:
        yield address


def copied(demonstration: Path, folder: Path) -> Path:
    """The demonstration again, in a folder of its own."""
    for suffix in ("", "-wal"):
        part = demonstration.with_name(demonstration.name + suffix)
        if part.exists():
            shutil.copy(part, folder / part.name)
    return folder / demonstration.name


def operate(database: Path, *command: str) -> str:
    """What an operator does beside the running server: `manage.py ...`; the answer is what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=_environment(database), check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@contextmanager
def running_site(database: Path, *, port: int = 0) -> Iterator[str]:
    """`streamlit run serve.py` on that port, or a free one, until the block ends."""
    port = port or _free_port()
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
        self.fill_in_sign_in(username)
        expect(self.sign_out_button).to_be_visible(timeout=20_000)
        # The next address typed is asked for with the cookie, so the browser must have it by then.
        self.page.wait_for_function("() => document.cookie.includes('golden_thread=')")
        self.settle()

    def fill_in_sign_in(self, username: str, password: str = DEMO_PASSWORD) -> None:
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    @property
    def sign_out_button(self) -> Locator:
        return self.page.get_by_role("button", name="Sign out")

    def go(self, path: str) -> None:
        """Type an address, as someone who is signed in, and wait until it has been drawn."""
        self.open(path)
        expect(self.sign_out_button).to_be_visible(timeout=20_000)
        self.settle()

    def press(self, label: str) -> None:
        """Press a button that lies still: one that still moves is missed between down and up."""
        button = self.page.get_by_role("button", name=label, exact=True)
        bring_to_middle(button)
        before, lies = None, button.bounding_box()
        while lies != before:
            self.page.wait_for_timeout(120)
            before, lies = lies, button.bounding_box()
        button.click()

    def choose(self, label: str, option: str) -> None:
        """Pick from a select box by its words. A list that opens while the page still scrolls closes again."""
        box = self.page.get_by_role("combobox", name=label, exact=True)
        bring_to_middle(box)
        self.page.wait_for_timeout(100)
        box.click()
        self.page.get_by_role("option", name=option, exact=True).click()
        self.settle()

    def unfold(self, label: str) -> None:
        """Open a folded part once all is drawn, for what is drawn anew folds again; wait until it lies still."""
        self.settle()
        self.page.locator("summary").filter(has_text=label).click()
        self.page.wait_for_function("() => document.getAnimations().every(each => each.playState !== 'running')")

    def settle(self) -> None:
        """Wait until the server has drawn all it was asked for."""
        self.page.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'",
        )

    def expect_heading(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1, name=words)).to_be_visible(timeout=20_000)
        self.settle()

    def expect_words(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.locator("[data-testid=stMain]")).to_contain_text(words)

    def words(self) -> str:
        return self.page.locator("[data-testid=stMain]").inner_text()

    def look(self) -> None:
        """What holds of every page at every moment: its words, one heading, its width, and what axe finds."""
        self.settle()
        words, where = self.words(), self.page.url.removeprefix(self.site)
        assert not NEVER.search(words), f"{where} says {NEVER.search(words)}"
        assert self.page.get_by_role("heading", level=1).count() == 1, where
        assert self._too_wide() <= 0, f"{where} is {self._too_wide()} pixels wider than the screen"
        assert self.accessibility_failures() == [], where

    def _too_wide(self) -> int:
        """By how many pixels the page reaches beyond the screen, once its charts have found their size."""
        with suppress(PlaywrightTimeout):
            self.page.wait_for_function(f"() => ({_TOO_WIDE})() <= 0", timeout=5_000)
        return int(self.page.evaluate(_TOO_WIDE))

    def look_at_every_size(self) -> None:
        """The page as it is drawn on a desk and, without asking the server again, on a telephone."""
        for width, height in (PHONE, DESKTOP):
            self.page.set_viewport_size({"width": width, "height": height})
            self.look()

    def accessibility_failures(self) -> list[str]:
        """What axe finds on the page as it stands, a line a finding."""
        found = Axe().run(self.page, options=WCAG).response["violations"]
        return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def bring_to_middle(found: Locator) -> None:
    """Scroll there at once, also where the part is drawn anew meanwhile: Playwright's own scrolling gives up then."""
    found.evaluate("part => part.scrollIntoView({block: 'center', behavior: 'instant'})")


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Each call is another person at another machine, with cookies of their own."""
    contexts: list[BrowserContext] = []

    def arrive(site: str, size: tuple[int, int] = DESKTOP) -> Visitor:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-GB")
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Visitor(page=context.new_page(), site=site)

    yield arrive
    for context in contexts:
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
