"""What the doors (serving/) and the drawing child cost: the same app with and without them, turn by turn in one run.

`python -m benchmarks.doors`
"""

import os
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import vl_convert

from benchmarks.servers import app_server, environment, load_demonstration, open_server
from benchmarks.signed_in import a_secret_of
from benchmarks.visitor import Visitor
from reporting.documents import renderer
from serving.browsers import HEADER, cookie_name, digest

TURNS = 31
USERNAME = "waste.manager"
PAGES = ("scorecard", "my-return", "wards")
_CHART = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"month": month, "value": month % 7} for month in range(60)]},
    "mark": "line",
    "encoding": {"x": {"field": "month", "type": "quantitative"}, "y": {"field": "value", "type": "quantitative"}},
}


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        folder = Path(temporary)
        os.environ.update(environment(folder))
        load_demonstration(folder)
        secret = a_secret_of(USERNAME)
        sites = {
            stack.enter_context(app_server(folder)): {"Cookie": f"{cookie_name(secure=False)}={secret}"},
            stack.enter_context(open_server(folder)): {HEADER: digest(secret)},
        }
        print(f"Medians of {TURNS} turns; with the doors against without them.\n")
        print(f"{'what':44}{'with ms':>10}{'without ms':>12}{'with/without':>14}")
        for page in PAGES:
            _print(f"connect, and {page} for the first time", *_side_by_side(sites, page, _arrive))
            _print(f"{page} once more", *_side_by_side(sites, page, _once_more()))
        _print("is it healthy (sets the cookie)", *_side_by_side(sites, "_stcore/health", _fetch))
    _print_child()


def _side_by_side(
    sites: Mapping[str, Mapping[str, str]], page: str, act: Callable[[str, Mapping[str, str], str], float]
) -> Iterator[float]:
    """Milliseconds, the middle of many, at each site; each turn asks one after the other."""
    for site, headers in sites.items():
        act(site, headers, page)  # what is kept is kept
    times = [[act(site, headers, page) for site, headers in sites.items()] for _ in range(TURNS)]
    yield from (statistics.median(column) * 1000 for column in zip(*times, strict=True))


def _arrive(site: str, headers: Mapping[str, str], page: str) -> float:
    visitor = Visitor(site=site, page_name=page, headers=headers)
    begun = time.perf_counter()
    visitor.open()
    visitor.rerun()
    took = time.perf_counter() - begun
    visitor.close()
    return took


def _once_more() -> Callable[[str, Mapping[str, str], str], float]:
    there: dict[str, Visitor] = {}

    def rerun(site: str, headers: Mapping[str, str], page: str) -> float:
        if site not in there:
            there[site] = Visitor(site=site, page_name=page, headers=headers)
            there[site].open()
        return there[site].rerun()

    return rerun


def _fetch(site: str, headers: Mapping[str, str], path: str) -> float:
    request = urllib.request.Request(f"{site}/{path}", headers=dict(headers))  # noqa: S310 - a server of our own
    begun = time.perf_counter()
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        answer.read()
    return time.perf_counter() - begun


def _print_child() -> None:
    """A chart drawn by the child, and by the same library in this process."""
    first = _took(lambda: renderer.draw("png", spec=_CHART, scale=1))
    here = _took(lambda: vl_convert.vegalite_to_png(_CHART))
    print(f"\n{'what':44}{'child ms':>10}{'here ms':>12}{'child/here':>14}")
    _print("a chart as a picture, the first", first * 1000, here * 1000)
    times = [
        (_took(lambda: renderer.draw("png", spec=_CHART, scale=1)), _took(lambda: vl_convert.vegalite_to_png(_CHART)))
        for _ in range(TURNS)
    ]
    _print(
        "a chart as a picture, each later one", *(statistics.median(each) * 1000 for each in zip(*times, strict=True))
    )


def _took(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _print(what: str, ours: float, theirs: float) -> None:
    print(f"{what:44}{ours:10.1f}{theirs:12.1f}{ours / theirs:14.2f}", flush=True)


if __name__ == "__main__":
    main()
