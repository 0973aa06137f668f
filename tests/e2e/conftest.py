"""A real browser on a real server. In CI a missing browser is a failure, never a skip."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import jwt
import pysqlite3.dbapi2 as pysqlite3
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from data_access.audit import add_event
from data_access.database import engine, transaction
from settings import ROOT, cookie_key
from tests.command_line import done
from tests.demonstration import NEVER
from tests.processes import ends_with_us

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
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
    "preload": False,
}
COOKIE = "golden_thread"
FAILED = ROOT / "var" / "failed"
# How far the page, or the part of it that scrolls, reaches beyond the screen's right edge.
_TOO_WIDE = """() => Math.max(...[document.documentElement, document.querySelector("[data-testid=stMain]")]
    .map(part => part.scrollWidth - part.clientWidth))"""
_AT_REST = "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
# Someone is signed in, and all of the page is there.
_DRAWN = """() => document.querySelector(".st-key-sign_out button")
    && document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning\""""
# How often a page is asked whether it has come so far, in milliseconds: at every frame would keep it busy drawing.
_OFTEN = 40
_GO_WITHIN = """path => {
    history.pushState({}, "", path);
    dispatchEvent(new PopStateEvent("popstate", {state: {}}));
}"""
_SAYS = """([part, wanted]) => [...document.querySelectorAll(part)].some(each => Array.isArray(wanted)
    ? new RegExp(...wanted).test(each.textContent)
    : each.textContent.replace(/\\s+/g, " ").toLowerCase().includes(wanted.toLowerCase()))"""
# What is drawn anew fades in: half faded it has no contrast to look at.
_NOTHING_MOVES = """() => document.getAnimations().every(each => each.playState !== "running"
    || each.effect?.getTiming().iterations === Infinity)"""
# A part that is drawn anew moves while it is: it lies still once it has stood in one place each time it was looked at.
_LIES_STILL = """part => {
    const {x, y, width, height} = part.getBoundingClientRect();
    const now = [x, y, width, height].join();
    const seen = (window.seenLyingStill ??= {now: "", times: 0});
    seen.times = seen.now === now ? seen.times + 1 : 0;
    seen.now = now;
    return seen.times >= 3;
}"""


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.browser)
    # Tried once more in a fresh browser; the summary names each second try, and it is a fault to mend.
    item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """What a failing test saw, in var/failed: a picture of every page that was open, and what the server said."""
    report = yield
    if report.when == "call" and report.failed:  # type: ignore[attr-defined]
        FAILED.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w.-]+", "-", item.name)[:80]
        for number, page in enumerate(page for machine in _OPEN for page in machine.context.pages):
            with suppress(PlaywrightError):
                page.screenshot(path=FAILED / f"{name}-{number}.png")
        for server in _SERVERS:
            shutil.copy(server.log, FAILED / f"{name}-{server.address.rpartition(':')[2]}.log")
    return report


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


@dataclass
class Server:
    """A running app: its address, its database, and what it says while it runs."""

    address: str
    database: Path
    log: Path
    heard: int = 0

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


_SERVERS: list[Server] = []
_OPEN: list[Page] = []


@pytest.fixture(autouse=True)
def nothing_went_wrong_unseen() -> Iterator[None]:
    """A traceback in a server's log fails the test during which it was written."""
    yield
    for server in _SERVERS:
        words = server.said()
        assert "Traceback" not in words, words[-4000:]


@pytest.fixture(scope="session")
def server(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server a worker: what it holds is exchanged between two tests, and what it has worked out stays warm."""
    with running_server(copied(demonstration, tmp_path_factory.mktemp("site"))) as running:
        yield running


@pytest.fixture
def beginning(demonstration: Path) -> Path:
    """The database that a test begins with: the demonstration, unless its file says otherwise."""
    return demonstration


@pytest.fixture
def house(server: Server, beginning: Path) -> Path:
    """The database that the server has open, as it is at the beginning of the test."""
    server.begin_with(beginning)
    return server.database


@pytest.fixture
def site(server: Server, house: Path) -> str:
    """The address of a server whose database is the test's own."""
    return server.address


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
def running_server(database: Path, *, port: int = 0) -> Iterator[Server]:
    """`streamlit run serve.py` on that port, or a free one, until the block ends."""
    port = port or _free_port()
    running = Server(f"http://127.0.0.1:{port}", database, database.with_name("server.log"))
    with running.log.open("w") as output:
        process = subprocess.Popen(
            ends_with_us(sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(port),
                         "--server.headless", "true", "--server.address", "127.0.0.1"),
            cwd=ROOT, env=os.environ | _place(database) | {"PYTHONUNBUFFERED": "1"}, stdout=output, stderr=output,
        )  # fmt: skip
        try:
            _wait_until_healthy(running.address, process, running.log)
            _SERVERS.append(running)
            yield running
        finally:
            process.terminate()
            process.wait(timeout=20)
            if running in _SERVERS:
                _SERVERS.remove(running)
    assert "Traceback" not in running.said(), running.log.read_text()[-4000:]


@dataclass
class Visitor:
    """A person in front of the browser."""

    page: Page
    site: str

    def open(self, path: str = "/") -> None:
        self.page.goto(self.site + path)

    def sign_in(self, username: str, path: str = "/") -> None:
        """Open the page as someone whose browser has the cookie of an earlier signing in."""
        (held,) = [server.database for server in _SERVERS if server.address == self.site]
        self.page.context.add_cookies([{"name": COOKIE, "value": cookie_of(username, held), "url": self.site}])
        self.go(path)

    def sign_in_by_form(self, username: str, path: str = "/", password: str = DEMO_PASSWORD) -> None:
        """Open the page as a stranger, sign in, and wait until it has been drawn."""
        self.open(path)
        self.fill_in_sign_in(username, password)
        self._wait(_DRAWN)
        # The next address typed is asked for with the cookie, so the browser must have it by then.
        self._wait(f"() => document.cookie.includes('{COOKIE}=')")

    def fill_in_sign_in(self, username: str, password: str = DEMO_PASSWORD) -> None:
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    @property
    def sign_out_button(self) -> Locator:
        return self.page.get_by_role("button", name="Sign out")

    def go(self, path: str) -> None:
        """To an address, as someone who is signed in, and wait until it has been drawn.

        Another page of the app is gone to as by a link, without loading the app anew, which costs a browser seconds.
        """
        here = urlsplit(self.page.url)
        if self.page.url.startswith(self.site) and here.path != urlsplit(path).path:
            self.settle()
            before = self.page.title()
            self.page.evaluate(_GO_WITHIN, path)
            # Each page has a title of its own, and says it as the first thing it does.
            self.page.wait_for_function("before => document.title !== before", arg=before, polling=_OFTEN)
        else:
            self.open(path)
        self._wait(_DRAWN)

    def _wait(self, until: str, *, timeout: float = PATIENCE) -> None:
        self.page.wait_for_function(until, polling=_OFTEN, timeout=timeout)

    def press(self, label: str) -> None:
        """Press a button that lies still: one that still moves is missed between down and up."""
        button = self.page.get_by_role("button", name=label, exact=True)
        bring_to_middle(button)
        button.click()

    def choose(self, label: str, option: str) -> None:
        """Pick from a select box by its words. A list that opens while the page still scrolls closes again."""
        box = self.page.get_by_role("combobox", name=label, exact=True)
        bring_to_middle(box)
        box.click()
        self.page.get_by_role("option", name=option, exact=True).click()
        self.settle()

    def unfold(self, label: str) -> None:
        """Open a folded part once all is drawn, for what is drawn anew folds again; wait until it lies still."""
        self.settle()
        self.page.locator("summary").filter(has_text=label).click()
        self._wait(_NOTHING_MOVES)

    def settle(self) -> None:
        """Wait until the server has drawn all it was asked for."""
        self._wait(_AT_REST)

    def expect_heading(self, words: str | re.Pattern[str]) -> None:
        self._wait_for_words("h1", words)
        expect(self.page.get_by_role("heading", level=1, name=words)).to_be_visible()
        self.settle()

    def expect_words(self, words: str | re.Pattern[str]) -> None:
        self._wait_for_words("[data-testid=stMain]", words)
        expect(self.page.locator("[data-testid=stMain]")).to_contain_text(words)

    def _wait_for_words(self, part: str, words: str | re.Pattern[str]) -> None:
        """Until they are there, or for long enough: Playwright's own expecting describes the whole page at each try,

        which kept it busy for a tenth of a test's time, and says best what is there instead.
        """
        wanted = [words.pattern, "i" * bool(words.flags & re.IGNORECASE)] if isinstance(words, re.Pattern) else words
        with suppress(PlaywrightTimeout):
            self.page.wait_for_function(_SAYS, arg=[part, wanted], polling=_OFTEN)

    def words(self) -> str:
        return self.page.locator("[data-testid=stMain]").inner_text()

    def look(self) -> None:
        """What holds of every page at every moment: its words, one heading, its width, and what axe finds."""
        self.glance()
        assert self.accessibility_failures() == [], self.where

    def glance(self) -> None:
        """What is seen without axe: the words, one heading, and nothing beyond the screen's edge."""
        self.settle()
        words = self.words()
        assert not NEVER.search(words), f"{self.where} says {NEVER.search(words)}"
        assert self.page.get_by_role("heading", level=1).count() == 1, self.where
        assert self._too_wide() <= 0, f"{self.where} is {self._too_wide()} pixels wider than the screen"

    @property
    def where(self) -> str:
        return self.page.url.removeprefix(self.site)

    def _too_wide(self) -> int:
        """By how many pixels the page reaches beyond the screen, once its charts have found their size."""
        with suppress(PlaywrightTimeout):
            self._wait(f"() => ({_TOO_WIDE})() <= 0", timeout=5_000)
        return int(self.page.evaluate(_TOO_WIDE))

    def look_at_every_size(self) -> None:
        """The page on a telephone, where axe looks at it, and, without asking the server again, on a desk."""
        sizes = [(PHONE, self.look), (DESKTOP, self.glance)]
        here = self.size
        # Where it stands already comes first, for each new size is drawn anew.
        for size, look in sorted(sizes, key=lambda each: each[0] != here):
            self.resize(size)
            look()
        self.resize(here)

    @property
    def size(self) -> tuple[int, int]:
        found = self.page.viewport_size
        return (found["width"], found["height"]) if found else (0, 0)

    def resize(self, size: tuple[int, int]) -> None:
        if size != self.size:
            self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def accessibility_failures(self) -> list[str]:
        """What axe finds on the page as it stands, a line a finding."""
        self._wait(_NOTHING_MOVES)
        if self.page.evaluate("() => window.axe === undefined"):
            self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate("options => axe.run(options).then(found => found.violations)", WCAG)
        return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def until(come_true: Callable[[], bool], seen: Callable[[], object]) -> None:
    """Wait until the database, which no page shows, has come so far; what was seen instead is said."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not come_true():
        assert time.monotonic() < deadline, seen()
        time.sleep(_OFTEN / 1000)


def bring_to_middle(found: Locator) -> None:
    """Scroll there at once, also where the part is drawn anew meanwhile: Playwright's own scrolling gives up then.

    It then lies still: what still moves is missed between down and up.
    """
    found.evaluate("part => part.scrollIntoView({block: 'center', behavior: 'instant'})")
    part = found.element_handle()
    with suppress(PlaywrightError):  # drawn anew meanwhile: then it is found anew when it is clicked
        found.page.wait_for_function(_LIES_STILL, arg=part, polling=_OFTEN, timeout=5_000)


def cookie_of(username: str, database: Path) -> str:
    """What the app hands to a browser when that person signs in: signed with the deployment's own key."""
    with closing(pysqlite3.connect(database, timeout=30)) as held:
        ((epoch,),) = held.execute("SELECT session_epoch FROM people WHERE username = ?", (username,)).fetchall()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("GOLDEN_THREAD_STATE", str(database.parent))
        key = cookie_key()
    return jwt.encode({"sub": username, "epoch": epoch, "exp": int(time.time()) + 3600}, key, algorithm="HS256")


Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def machines(browser: Browser) -> list[Page]:
    """Those whose last visitor has left: the app's own files are still in their memory, which halves its loading."""
    return []


@pytest.fixture
def visit(browser: Browser, machines: list[Page], request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Each call is another person at another machine, with cookies of their own."""
    if getattr(request.node, "execution_count", 1) > 1:
        machines.clear()

    def arrive(site: str, size: tuple[int, int] = DESKTOP) -> Visitor:
        page = machines.pop() if machines else _new_machine(browser)
        _OPEN.append(page)
        visitor = Visitor(page=page, site=site)
        visitor.resize(size)
        return visitor

    yield arrive
    while _OPEN:
        page = _OPEN.pop()
        # A machine that does not answer any more is no one's: the next visitor is given a new one.
        with suppress(PlaywrightError):
            _leave(page)
            machines.append(page)


def _new_machine(browser: Browser) -> Page:
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def _leave(left: Page) -> None:
    """Whoever leaves while the server still works for them would write into the next test's database."""
    for page in left.context.pages:
        with suppress(PlaywrightError):
            page.wait_for_function(_AT_REST, polling=_OFTEN, timeout=5_000)
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        if page is not left:
            page.close()
    left.goto("about:blank")
    left.context.clear_cookies()


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
