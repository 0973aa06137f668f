"""Each page at a large council: when it is first read, warm, and after a figure of another service was saved.

`python -m benchmarks.large`, or with the addresses of some pages

Beside the council of ten years stand the same measures with three years of figures, which tell what a history costs,
and the demonstration, which tells what the number of measures does. All three are measured turn by turn in one run; an
import is held against rows that go into the table with nothing else done.
"""

import csv
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import insert

from benchmarks.asked import Asked, headers_of, list_asked
from benchmarks.kept import end, keep
from benchmarks.large_council import MONTHS, add_many_figures, new_figures
from benchmarks.saving import save_a_figure
from benchmarks.servers import app_server, environment, load_demonstration, memory_of
from benchmarks.visitor import Visitor
from data_access.models import FigureRow
from data_access.store import database
from settings import ROOT

TURNS, SAVES, ROWS = 11, 3, 100_000
DEMONSTRATION, THREE, TEN = "the demonstration", "three years", "ten years"
YEARS = {DEMONSTRATION: 0, THREE: 37, TEN: MONTHS}  # months
# Of a council of ten years: after a save as multiples of one of three, warm as multiples of the demonstration (or as
# many times as the page shows more), the milliseconds until the first reader can read, megabytes after every page, and
# an import as multiples of its bare rows.
SAVED, WARM, FIRST, MEMORY, IMPORT = 1.3, 1.15, 3_000, 400, 3.0


@dataclass(frozen=True, kw_only=True)
class Row:
    """Milliseconds at the council of ten years, and the same of the others beside it.

    `first` is until its first reader can read the page, with what is still to come said; `whole` until it is whole.
    `shown` is how many times as much, in bytes, the page shows as at the demonstration: a line may stand a measure.
    """

    page: str
    first: float
    whole: float
    warm: float
    warm_at_demonstration: float
    saved: float
    saved_at_three: float
    shown: float

    @property
    def outside(self) -> list[str]:
        """Which of its numbers lie outside what is wanted."""
        asked = {
            "first": self.first > FIRST,
            "warm/demonstration": self.warm / self.warm_at_demonstration > max(WARM, self.shown),
            "saved/three years": self.saved / self.saved_at_three > SAVED,
        }
        return [name for name, is_outside in asked.items() if is_outside]


def main(only: Sequence[str] = ()) -> None:
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        folders = {name: Path(temporary) / str(months) for name, months in YEARS.items()}
        for name, folder in folders.items():
            _build(folder, YEARS[name])
        sites = {name: stack.enter_context(app_server(folder)) for name, folder in folders.items()}
        _print_head()
        rows = []
        for asked in list_asked(only):
            rows.append(_measure(asked, sites, folders))
            _print(rows[-1])
        megabytes = memory_of(folders[TEN])
        is_large = megabytes > MEMORY
        print(
            f"\nMemory of the process after all of these: {megabytes:.0f} MB, of at most {MEMORY}.{_mark(is_large)}",
            flush=True,
        )
        imported = _import(folders[TEN])
        is_slow = imported["seconds"] / imported["alone"] > IMPORT
        print(
            f"Import of {ROWS:,} rows: {imported['seconds']:.1f} s and {imported['megabytes']:.0f} MB;"
            f" their rows alone {imported['alone']:.1f} s: {imported['seconds'] / imported['alone']:.1f} times, of at"
            f" most {IMPORT}.{_mark(is_slow)}"
        )
        keep("large", rows, megabytes=megabytes, imported=imported)
    others = {"memory": is_large, "import": is_slow}
    end([row.page for row in rows if row.outside] + [name for name, is_outside in others.items() if is_outside])


def _mark(is_outside: bool) -> str:
    return "  <- outside" if is_outside else ""


def _build(folder: Path, months: int) -> None:
    folder.mkdir()
    os.environ.update(environment(folder))
    load_demonstration(folder)
    if months:
        add_many_figures(months=months)


def _measure(asked: Asked, sites: Mapping[str, str], folders: Mapping[str, Path]) -> Row:
    visitors = {}
    for name, site in sites.items():
        os.environ.update(environment(folders[name]))
        visitors[name] = Visitor(
            site=site, page_name=asked.entry.url_path, query=asked.query, headers=headers_of(asked.entry)
        )
        visitors[name].open()
    whole = {name: visitor.rerun() for name, visitor in visitors.items()}[TEN]
    first = visitors[TEN].readable_after or whole
    for visitor in visitors.values():
        visitor.rerun()
        visitor.rerun()
    warm = _middle([{name: visitor.rerun() for name, visitor in visitors.items()} for _ in range(TURNS)])
    saved = _middle([dict(_after_saving(visitors, folders)) for _ in range(SAVES)])
    shown = visitors[TEN].shown / visitors[DEMONSTRATION].shown
    for visitor in visitors.values():
        visitor.close()
    return Row(
        page=asked.title, first=first * 1000, whole=whole * 1000, warm=warm[TEN],
        warm_at_demonstration=warm[DEMONSTRATION], saved=saved[TEN], saved_at_three=saved[THREE], shown=shown,
    )  # fmt: skip


def _after_saving(visitors: Mapping[str, Visitor], folders: Mapping[str, Path]) -> Iterator[tuple[str, float]]:
    for name in (THREE, TEN):
        os.environ.update(environment(folders[name]))
        save_a_figure()
        yield name, visitors[name].rerun()


def _middle(times: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Milliseconds, of many seconds."""
    return {name: statistics.median(each[name] for each in times) * 1000 for name in times[0]}


def _import(folder: Path) -> dict[str, float]:
    """Seconds and megabytes of the command, and seconds of as many rows with nothing else done."""
    os.environ.update(environment(folder))
    path, rows = folder / "many.csv", list(islice(new_figures(), ROWS))
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("measure_code", "area_code", "period", "value"))
        writer.writerows((each["measure_code"], each["area_code"], f"{each['period_start']:%Y-%m-%d}/P1M",
                          each["value"]) for each in rows)  # fmt: skip
    with database.engine().connect() as connection, connection.begin() as begun:
        since = time.perf_counter()
        connection.execute(insert(FigureRow), rows)
        alone = time.perf_counter() - since
        begun.rollback()
    since = time.perf_counter()
    subprocess.run(
        [sys.executable, "manage.py", "import", "figures", str(path), "--accept-unusual"],
        cwd=ROOT, env=environment(folder), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    seconds = time.perf_counter() - since
    # The largest of all that was run and is over: nothing else was as large.
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"seconds": seconds, "megabytes": megabytes, "alone": alone}


def _print_head() -> None:
    print(
        f"A council of ten years, 1.1 million figures. Medians of {TURNS} turns, of {SAVES} after a save.\n"
        f"saved/three years: at most {SAVED}. warm/demonstration: at most {WARM}, or as many times as the page shows"
        f" more (shown). first: at most {FIRST:,} ms.\n"
    )
    head = f"{'page':34}{'first ms':>10}{'whole ms':>10}{'warm ms':>9}{'warm/demo':>11}{'shown':>7}{'saved ms':>10}"
    print(f"{head}{'saved/three':>13}")


def _print(row: Row) -> None:
    outside = f"  <- outside: {', '.join(row.outside)}" if row.outside else ""
    print(
        f"{row.page:34}{row.first:10.0f}{row.whole:10.0f}{row.warm:9.1f}{row.warm / row.warm_at_demonstration:11.2f}"
        f"{row.shown:7.2f}{row.saved:10.1f}{row.saved / row.saved_at_three:13.2f}{outside}",
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
