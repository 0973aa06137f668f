"""An address that is not there, asked of a running server; beside it everything that is there."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from components.frame.navigation import PAGES
from serving.nowhere import ICON
from tests.e2e.server import copied, running_server
from tests.serving.caller import Caller
from tests.serving.conftest import Call

STREAMLITS = '<div id="root"></div>'
NOT_THERE = ("/nothing", "/scorecards", "/nothing/at/all", "/measure/RELET", "/index.html", "/static/js/gone.js",
             "/nothing?period=2017-10", "/app/static/gone.css", "/Scorecard", "/%3Cb%3E", "/media",
             "/component")  # fmt: skip


@pytest.mark.parametrize("path", NOT_THERE)
@pytest.mark.parametrize("username", ["", "place.director"])
def test_what_is_not_there_is_said_in_our_words(call: Call, path: str, username: str) -> None:
    asker = call(username)
    status, words = asker.request("GET", path)
    assert (status, "<h1>Page not found</h1>" in words, STREAMLITS in words) == (404, True, False)
    said = {name.lower(): value for name, value in asker.answered.getheaders()}
    assert said["content-type"].startswith("text/html")
    assert said["cache-control"] == "no-store"
    assert "set-cookie" not in said
    assert said["x-content-type-options"] == "nosniff"
    home = re.search(r'<li><a href="([^"]*)">Home</a>', words)
    assert home
    assert urljoin(f"http://here{path}", home[1]) == "http://here/", "the way Home, from however deep"
    assert asker.request("HEAD", path) == (404, "")


def test_a_part_of_what_is_not_there_is_not_there_either(call: Call) -> None:
    stranger = call()
    for part in ("bytes=0-9", "bytes=900000-", "bytes=9-1", "nonsense"):
        status, words = stranger.request("GET", "/nothing", Range=part)
        assert (status, "<h1>Page not found</h1>" in words) == (404, True), part


def test_every_page_is_there_and_so_is_all_that_is_no_page(call: Call) -> None:
    stranger = call()
    for entry in PAGES:
        status, words = stranger.request("GET", f"/{entry.url_path}?period=2017-10")
        assert (status, STREAMLITS in words) == (200, True), entry.title
    page = stranger.request("GET", "/")[1]
    named = re.findall(r'(?:src|href)="\./(static/[^"]+)"', page)
    assert len(named) > 10
    for path in ("/_stcore/health", "/_stcore/host-config", "/open/", *[f"/{each}" for each in named]):
        assert stranger.request("GET", path)[0] == 200, path
    assert stranger.request("GET", "/scorecard/")[0] == 301, "a slash too many is taken away"
    assert "not yours" in stranger.request("GET", f"/media/{'0' * 40}.csv")[1]
    assert stranger.request("GET", "/open/nothing/")[1].count("Nothing is published at this address") == 1
    assert stranger.request("POST", "/nothing")[0] == 405


def test_our_own_picture_stands_beside_our_name(call: Call) -> None:
    stranger = call()
    for path in ("/favicon.png", "/favicon.ico"):
        status, _ = stranger.request("GET", path)
        said = {name.lower(): value for name, value in stranger.answered.getheaders()}
        assert (status, said["content-type"], said["content-length"]) == (200, "image/png", str(len(ICON))), path
    assert 'href="./favicon.png"' in stranger.request("GET", "/")[1], "where the app's page looks for it"


def test_under_a_path_of_its_own_it_leads_home_under_that_path(demonstration: Path, tmp_path: Path) -> None:
    with running_server(copied(demonstration, tmp_path), under="/town/performance") as running:
        stranger = Caller(site=running.address)
        for path in ("/town/performance/scorecard?period=2017-10", "/town/performance/"):
            assert (stranger.request("GET", path)[0], STREAMLITS in stranger.request("GET", path)[1]) == (200, True)
        for path in ("/town/performance/nothing", "/town/performance/nothing/at/all"):
            status, words = stranger.request("GET", path)
            home = re.search(r'<li><a href="([^"]*)">Home</a>', words)
            assert home
            assert (status, urljoin(f"http://here{path}", home[1])) == (404, "http://here/town/performance/")
        assert int(_size(stranger, "/town/performance/favicon.png")) == len(ICON)
        for beside in ("/town/performancefavicon.png", "/town/performancescorecard", "/favicon.png"):
            assert stranger.request("GET", beside)[0] == 404, beside


def _size(caller: Caller, path: str) -> str:
    caller.request("GET", path)
    return caller.answered.getheader("content-length") or ""
