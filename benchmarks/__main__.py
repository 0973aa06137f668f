"""Each main page's rerun, and that of each thing it shows, against a bare page with the same elements, and against
Streamlit as it comes.

All three are measured in one run, turn by turn, and what is printed is a ratio of medians: a busy machine slows all
three alike. What is kept from one reading to the next is no speed: beside the warm page stands what its first reader
paid, and what the first reader after a figure was saved pays, as multiples of it.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.asked import Asked, headers_of, list_asked, name_of
from benchmarks.copy_page import bare_script
from benchmarks.kept import end, keep
from benchmarks.saving import save_a_figure
from benchmarks.servers import app_server, bare_server, environment, file_of, load_demonstration
from benchmarks.visitor import Visitor
from components.frame.navigation import PAGES

TURNS, SAVES = 31, 3
# Of app/bare at most, of stock/app at least, and of saved/app at most.
ALLOWED, WANTED, ALLOWED_SAVED = 1.5, 3.0, 1.5


@dataclass(frozen=True, kw_only=True)
class Row:
    """Milliseconds of a rerun, the middle of many, and how much the page sends.

    `first` is the page's very first reading, `saved` the middle of those right after a figure was saved.
    """

    page: str
    app: float
    bare: float
    stock: float
    kilobytes: float
    first: float
    saved: float


def main(only: Sequence[str] = ()) -> None:
    """Every page of the menu, or those whose addresses are given: `python -m benchmarks scorecard wards`."""
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        folder = Path(temporary)
        os.environ.update(environment(folder))
        load_demonstration(folder)
        app = stack.enter_context(app_server(folder))
        rows = list(list_asked(only))
        firsts: dict[str, float] = {}
        visitors = {asked.sheet: _visit(app, asked, firsts) for asked in rows}
        servers = [
            stack.enter_context(bare_server(folder / kind, _sheets(visitors, kind), stock=kind == "stock"))
            for kind in ("bare", "stock")
        ]
        _print_head()
        measured = []
        for asked in rows:
            measured.append(_measure(asked, visitors[asked.sheet], *servers, first=firsts[asked.sheet]))
            _print(measured[-1])
        keep("pages", measured)
    end([row.page for row in measured if verdict(row)])


def _sheets(visitors: dict[str, Visitor], kind: str) -> dict[str, str]:
    """A script for each row that is measured, and an empty one for each other page, so that the menu is as long."""
    empty = {name_of(entry): "" for entry in PAGES}
    link_to = file_of(name_of(PAGES[0]))
    return empty | {
        sheet: bare_script(visitor.drawn, stock=kind == "stock", link_to=link_to) for sheet, visitor in visitors.items()
    }


def _visit(app: str, asked: Asked, firsts: dict[str, float]) -> Visitor:
    """Open a page as someone who may, and come back until everything that can be kept is kept."""
    visitor = Visitor(site=app, page_name=asked.entry.url_path, query=asked.query, headers=headers_of(asked.entry))
    visitor.open()
    firsts[asked.sheet] = visitor.rerun() * 1000
    for _ in range(3):
        visitor.rerun()
    return visitor


def _measure(asked: Asked, ours: Visitor, bare: str, stock: str, *, first: float) -> Row:
    theirs = [Visitor(site=site, page_name=asked.page, query=f"sheet={asked.sheet}") for site in (bare, stock)]
    for visitor in theirs:
        visitor.open()
        visitor.rerun()
        visitor.rerun()
    times = [[visitor.rerun() * 1000 for visitor in (ours, *theirs)] for _ in range(TURNS)]
    saved = [_after_saving(ours) for _ in range(SAVES)]
    for visitor in (ours, *theirs):
        visitor.close()
    middle = [statistics.median(column) for column in zip(*times, strict=True)]
    return Row(
        page=asked.title, app=middle[0], bare=middle[1], stock=middle[2], kilobytes=ours.bytes_of_last_run / 1024,
        first=first, saved=statistics.median(saved),
    )  # fmt: skip


def _after_saving(ours: Visitor) -> float:
    """Milliseconds until the page is drawn for whoever comes first after a figure was saved."""
    save_a_figure()
    return ours.rerun() * 1000


def verdict(row: Row) -> str:
    """Which of its ratios lie outside what is wanted; empty where none does."""
    outside = {
        "app/bare": row.app / row.bare > ALLOWED,
        "stock/app": row.stock / row.app < WANTED,
        "saved/app": row.saved / row.app > ALLOWED_SAVED,
    }
    names = ", ".join(name for name, is_outside in outside.items() if is_outside)
    return f"  <- outside: {names}" if names else ""


def _print_head() -> None:
    print(
        f"Rerun of a page, medians of {TURNS} turns. app/bare: at most {ALLOWED}. stock/app: at least {WANTED}. "
        f"saved/app, medians of {SAVES}: at most {ALLOWED_SAVED}.\n"
    )
    print(
        f"{'page':34}{'app ms':>9}{'bare ms':>9}{'app/bare':>10}{'stock ms':>10}{'stock/app':>11}{'kB':>7}"
        f"{'first/app':>11}{'saved/app':>11}"
    )


def _print(row: Row) -> None:
    print(
        f"{row.page:34}{row.app:9.1f}{row.bare:9.1f}{row.app / row.bare:10.2f}{row.stock:10.1f}"
        f"{row.stock / row.app:11.1f}{row.kilobytes:7.0f}{row.first / row.app:11.1f}{row.saved / row.app:11.1f}"
        f"{verdict(row)}",
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
