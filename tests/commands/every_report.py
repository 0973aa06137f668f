"""Every report that the operator can have written, as every file that there is of it; also by a process of its own.

`python -m tests.commands.every_report FOLDER PERIOD YEAR WARD` writes them all into a folder, of the database that the
environment names.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from cycle.report.editions import operator
from performance.ground.periods import parse_period
from performance.report.schedules import REPORTS, About, ReportKind
from reporting.packs import files
from reporting.papers.endings import writers
from tests.command_line import done

COMMANDS = {
    ReportKind.PACK: "cabinet",
    ReportKind.SCORECARD: "scorecard",
    ReportKind.BRIEF: "summary",
    ReportKind.WARD_PROFILE: "ward-profile",
    ReportKind.ANNUAL: "annual",
    ReportKind.INFOGRAPHIC: "infographic",
    ReportKind.WARD_INFOGRAPHIC: "infographic",
}
"""By the report that goes out by itself: what else there is of it is taken from its page."""


def every_report(folder: Path, *, period: str, year: str, ward: str) -> Iterator[tuple[str, str, bytes]]:
    """The command, which of its files it is, and the file."""
    for report, command in COMMANDS.items():
        asked = ["--period", year if report is ReportKind.ANNUAL else period]
        asked += ["--ward", ward] if REPORTS[report].about is About.WARD else []
        for ending in writers(report):
            path = folder / f"{report.value}.{ending}"
            yield command, path.name, _written(path, command, *asked)


def every_file_of_the_page(folder: Path, *, period: str) -> Iterator[tuple[str, bytes]]:
    """What the page of an edition builds of its pack, by ending; its charts as pictures are there alone."""
    pack = operator.pack_to_write(parse_period(period), "")
    names = {"council": "Borough of Testing", "place": "Testing"}
    for found in files.built(pack, **names, template=lambda _ending: None):
        match found:
            case (ending, bytes(content)):
                (folder / f"page.{ending}").write_bytes(content)
                yield ending, content


def _written(path: Path, *asked: str) -> bytes:
    done("report", *asked, "--output", path)
    return path.read_bytes()


if __name__ == "__main__":
    where, of_period, of_year, of_ward = sys.argv[1:]
    list(every_report(Path(where), period=of_period, year=of_year, ward=of_ward))
    list(every_file_of_the_page(Path(where), period=of_period))
