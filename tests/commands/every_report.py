"""Every report that the operator can have written, as every file that there is of it; also by a process of its own.

`python -m tests.commands.every_report FOLDER PERIOD YEAR WARD` writes them all into a folder, of the database that the
environment names.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from cycle.report.editions import operator
from performance.ground.periods import parse_period
from performance.report.schedules import ReportKind
from reporting.packs import files
from reporting.papers.endings import writers
from tests.command_line import done

COMMANDS = {
    ReportKind.PACK: "cabinet",
    ReportKind.SCORECARD: "scorecard",
    ReportKind.BRIEF: "summary",
    ReportKind.WARD_PROFILE: "ward-profile",
    ReportKind.ANNUAL: "annual",
}
_PICTURES = ("png", "svg", "pdf")


def every_report(folder: Path, *, period: str, year: str, ward: str) -> Iterator[tuple[str, str, bytes]]:
    """The command, which of its files it is, and the file."""
    for report, command in COMMANDS.items():
        asked = ["--period", year if report is ReportKind.ANNUAL else period]
        asked += ["--ward", ward] if report is ReportKind.WARD_PROFILE else []
        for ending in writers(report):
            yield command, ending, _written(folder / f"{command}.{ending}", command, *asked)
    for of, more in (("council", []), ("ward", ["--ward", ward])):
        for ending in _PICTURES:
            path = folder / f"infographic of a {of}.{ending}"
            yield "infographic", f"{ending} of a {of}", _written(path, "infographic", "--period", period, *more)


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
