"""A real browser on a real server. In CI a missing browser is a failure, never a skip."""

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from settings import ROOT
from tests.e2e import scene
from tests.e2e.server import RUNNING, Server, copied, running_server
from tests.e2e.visitor import AT_REST, DESKTOP, OFTEN, PATIENCE, Visit, Visitor
from tests.where_time_goes import SCENE

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
FAILED = ROOT / "var" / "failed"
_OPEN: list[Page] = []


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
        report.sections.append((SCENE, scene.describe(RUNNING)))
        # A test that is tried again and passes leaves nothing in the summary: its reason is kept here.
        (FAILED / f"{name}.txt").write_text(f"{report.longreprtext}\n\n{report.sections[-1][1]}\n")  # type: ignore[attr-defined]
        for server in RUNNING:
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


@pytest.fixture(autouse=True)
def nothing_went_wrong_unseen() -> Iterator[None]:
    """A traceback in a server's log fails the test during which it was written."""
    yield
    for server in RUNNING:
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


@pytest.fixture(scope="session")
def machines(browser: Browser) -> list[Page]:
    """Those whose last visitor has left: the app's own files are still in their memory, which halves its loading."""
    return []


@pytest.fixture
def visit(browser: Browser, machines: list[Page], request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Each call is another person at another machine, with cookies of their own."""
    if getattr(request.node, "execution_count", 1) > 1:
        while machines:
            _throw_away(machines.pop())

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
        try:
            _leave(page)
        except PlaywrightError:
            _throw_away(page)
        else:
            machines.append(page)


def _new_machine(browser: Browser) -> Page:
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def _throw_away(page: Page) -> None:
    """With whatever still runs in it: a page that is left open goes on asking its server for the rest of the run."""
    with suppress(PlaywrightError):
        page.context.close()


def _leave(left: Page) -> None:
    """Whoever leaves while the server still works for them would write into the next test's database."""
    for page in left.context.pages:
        with suppress(PlaywrightError):
            page.wait_for_function(AT_REST, polling=OFTEN, timeout=5_000)
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        if page is not left:
            page.close()
    # Who pins a page to the screen, or to paper, pins it for whoever has the machine next.
    left.emulate_media(media="null")
    left.goto("about:blank")
    left.context.clear_cookies()
