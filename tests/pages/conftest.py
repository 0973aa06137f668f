"""Pages are opened the way people open them: through Home.py, signed in, at an address."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from components.do.files import progress
from components.frame.navigation import PAGES
from cycle.ground.access import SignedIn
from performance.ground.people import User
from settings import ROOT

Open = Callable[..., AppTest]
Files = dict[str, Callable[[], bytes]]


@pytest.fixture(autouse=True)
def navigation_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """AppTest forgets before every run that st.navigation rules, and would run a page file without Home.py."""
    original = PagesManager.__init__

    def init(self: PagesManager, *args: object, **kwargs: object) -> None:
        original(self, *args, **kwargs)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", init)


@pytest.fixture(autouse=True, scope="session")
def components_found_once() -> Iterator[None]:
    """A server looks through all installed packages for components when it starts; AppTest would for every visitor."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(autouse=True)
def fresh_process() -> Iterator[None]:
    """What the app keeps for the life of a process belongs to one test only."""
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture(autouse=True)
def files_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine the smallest file takes longer than a page waits before it shows how far it is."""
    monkeypatch.setattr(progress, "_SOON", 60.0)


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    """What each download button on the page would give, by its label."""
    found: Files = {}
    draw = st.download_button

    def noted(label: str, data: Any, **options: Any) -> bool:
        found[label] = data if callable(data) else lambda: data
        return bool(draw(label, data, **options))

    monkeypatch.setattr(st, "download_button", noted)
    return found


@pytest.fixture
def open_page() -> Open:
    """`open_page(user, "pages/review/scorecard.py", period="2017-09")`: the page as that person sees it."""
    return open_as


def open_as(user: User | None, page: str | None = None, **query: str) -> AppTest:
    """The same, for what is made once for several tests."""
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=30)
    if user is not None:
        app.session_state["identity"] = SignedIn(
            username=user.username, session_epoch=user.session_epoch, until=datetime.max.replace(tzinfo=UTC)
        )
    for name, value in query.items():
        app.query_params[name] = value
    if page is not None:
        # As by its address in a browser. AppTest's own way there would draw Home first, each time.
        (url_path,) = [entry.url_path for entry in PAGES if entry.file == page]
        app._page_hash = calc_hash(url_path)
    return app.run()


def grid(app: AppTest) -> dict[str, Any]:
    """What the fast grid is given to show, by row; its script runs in a browser only."""
    (element,) = [each for each in app.main if each.type == "bidi_component"]
    told = json.loads(element.proto.json)
    return told | {"rows": {row["code"]: row for row in told["rows"]}}


def texts(app: AppTest) -> str:
    """All the words on the page, for tests about what a person reads."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "text", "info", "warning", "error", "success")
    words = [element.value for kind in kinds for element in getattr(app, kind)]
    words += [element.proto.body for element in app.get("html")]
    return "\n".join(str(word) for word in words)
