"""A person in front of the browser: what they do, what they wait for, and what holds of every page they see."""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.demonstration import NEVER
from tests.e2e.server import COOKIE, RUNNING, cookie_of

DEMO_PASSWORD = "golden-thread-demo"
# Milliseconds. A busy machine of two cores is slow, and being slow is no fault: `make bench` measures that.
PATIENCE = 60_000
_MOST_SAID = 350  # characters at each end of a page that says something else
DESKTOP, PHONE = (1280, 900), (360, 740)
# How far below the top of the screen a page's heading stands at most, in pixels.
HEADING_WITHIN = {DESKTOP: 120, PHONE: 150}
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
    "preload": False,
}
# How far the page, or the part of it that scrolls, reaches beyond the screen's right edge.
# The page, and tables whose cells stand below one another on a telephone, so that nobody has to look sideways.
_TOO_WIDE = """() => Math.max(...[document.documentElement, document.querySelector("[data-testid=stMain]"),
    ...(innerWidth > 640 ? [] : document.querySelectorAll(".gt-table:has(> .stacks)"))]
    .map(part => part.scrollWidth - part.clientWidth))"""
_STATE = "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState"
AT_REST = "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
# Someone is signed in, and all of the page is there.
_DRAWN = """() => document.querySelector(".st-key-sign_out button")
    && document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning\""""
# How often a page is asked whether it has come so far, in milliseconds: at every frame would keep it busy drawing.
OFTEN = 40
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


@dataclass
class Visitor:
    """A person in front of the browser."""

    page: Page
    site: str

    def open(self, path: str = "/") -> None:
        self.page.goto(self.site + path)

    def sign_in(self, username: str, path: str = "/") -> None:
        """Open the page as someone whose browser has the cookie of an earlier signing in."""
        (held,) = [server.database for server in RUNNING if server.address == self.site]
        self.page.context.add_cookies([{"name": COOKIE, "value": cookie_of(username, held), "url": self.site}])
        self.go(path)

    def sign_in_by_form(self, username: str, path: str = "/", password: str = DEMO_PASSWORD) -> None:
        """Open the page as a stranger, sign in, and wait until it has been drawn."""
        self.open(path)
        self.fill_in_sign_in(username, password)
        self._wait(_DRAWN)

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
            self.page.wait_for_function("before => document.title !== before", arg=before, polling=OFTEN)
        else:
            self.open(path)
        self._wait(_DRAWN)

    def _wait(self, until: str, *, timeout: float = PATIENCE) -> None:
        self.page.wait_for_function(until, polling=OFTEN, timeout=timeout)

    def press(self, label: str) -> None:
        """Press a button that lies still: one that still moves is missed between down and up."""
        button = self.page.get_by_role("button", name=label, exact=True)
        bring_to_middle(button)
        button.click()

    def choose(self, label: str, option: str, *, by_typing: bool = False) -> None:
        """Pick from a select box by its words; of a long list only what is typed for is drawn."""
        box = self.page.get_by_role("combobox", name=label, exact=True)
        self.choose_in(box, self.page.get_by_role("option", name=option, exact=True), typed=option if by_typing else "")

    def choose_in(self, box: Locator, option: Locator, *, typed: str = "") -> None:
        """The first such option of a box. Once more where a page drawn or scrolled meanwhile closed the list."""
        deadline = time.monotonic() + PATIENCE / 1000
        while True:
            self.settle()
            bring_to_middle(box)
            if box.get_attribute("aria-expanded") != "true":
                box.click()
            if typed:
                box.fill(typed)
            with suppress(PlaywrightTimeout):
                option.first.click(timeout=2_000)
                break
            assert time.monotonic() < deadline, f"{self.where}: the list does not stay open"
        self.settle()

    def open_by_key(self, box: Locator) -> None:
        """Open a list with the arrow key; again where what was typed a moment ago drew the page anew and closed it."""
        deadline = time.monotonic() + PATIENCE / 1000
        while True:
            self.settle()
            box.press("ArrowDown")
            with suppress(PlaywrightTimeout):
                self.page.get_by_role("option").first.wait_for(timeout=2_000)
                return
            assert time.monotonic() < deadline, f"{self.where}: the list does not open"

    def unfold(self, label: str) -> None:
        """Open a folded part once all is drawn, for what is drawn anew folds again; wait until it lies still."""
        self.settle()
        self.page.locator("summary").filter(has_text=label).click()
        self._wait(_NOTHING_MOVES)

    def settle(self) -> None:
        """Wait until the server has drawn all it was asked for."""
        self._wait(AT_REST)

    def expect_heading(self, words: str | re.Pattern[str]) -> None:
        is_said = self._wait_for_words("h1", words)
        assert is_said, f"{self.where} is not headed {words!r}; it says: {self._in_short()}"
        expect(self.page.get_by_role("heading", level=1, name=words)).to_be_visible()
        self.settle()

    def expect_words(self, words: str | re.Pattern[str], *, patience: float = PATIENCE) -> None:
        """They come, and then the rest: a box that is drawn anew a moment later forgets what was typed into it."""
        is_said = self._wait_for_words("[data-testid=stMain]", words, patience=patience)
        assert is_said, f"{self.where} does not say {words!r} but: {self._in_short()}"
        self.settle()

    def _wait_for_words(self, part: str, words: str | re.Pattern[str], *, patience: float = PATIENCE) -> bool:
        """Until they are there, or for long enough: Playwright's own expecting describes the whole page at each try,
        which kept it busy for a tenth of a test's time."""
        wanted = [words.pattern, "i" * bool(words.flags & re.IGNORECASE)] if isinstance(words, re.Pattern) else words
        try:
            self.page.wait_for_function(_SAYS, arg=[part, wanted], polling=OFTEN, timeout=patience)
        except PlaywrightTimeout:
            return False
        return True

    def words(self) -> str:
        return self.page.locator("[data-testid=stMain]").inner_text()

    def _in_short(self) -> str:
        """How the page begins and ends, and whether it is still being drawn."""
        words, state = self.words(), self.page.evaluate(_STATE)
        return words if len(words) < _MOST_SAID else f"{words[:_MOST_SAID]} […] {words[-_MOST_SAID:]} [{state}]"

    def look(self) -> None:
        """What holds of every page at every moment: its words, one heading, its width, and what axe finds."""
        self.glance()
        assert self.accessibility_failures() == [], self.where

    def glance(self) -> None:
        """What is seen without axe: the words, one heading, and nothing beyond the screen's edge."""
        self.settle()
        words = self.words()
        assert not NEVER.search(words), f"{self.where} says {NEVER.search(words)}"
        # A run that begins between two looks may be drawing it.
        expect(self.page.get_by_role("heading", level=1)).to_have_count(1)
        assert self._too_wide() <= 0, f"{self.where} is {self._too_wide()} pixels wider than the screen"

    def heading_top(self) -> float:
        """How far below the top of the screen the page's heading stands, in pixels, while nothing is scrolled."""
        self.settle()
        return float(self.page.locator("h1").evaluate("heading => heading.getBoundingClientRect().top"))

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
        time.sleep(OFTEN / 1000)


def bring_to_middle(found: Locator) -> None:
    """Scroll there at once, also where the part is drawn anew meanwhile: Playwright's own scrolling gives up then.

    It then lies still: what still moves is missed between down and up.
    """
    found.evaluate("part => part.scrollIntoView({block: 'center', behavior: 'instant'})")
    part = found.element_handle()
    with suppress(PlaywrightError):  # drawn anew meanwhile: then it is found anew when it is clicked
        found.page.wait_for_function(_LIES_STILL, arg=part, polling=OFTEN, timeout=5_000)


Visit = Callable[..., Visitor]
