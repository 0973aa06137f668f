"""Built twice of the same, a file is the same apart from its time stamps: every file of every report there is.

The second one is built later, by another process, in which texts have other hashes: nothing hangs on what was kept
from the first, nor on the order that a set happens to have.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from performance.report.schedules import GOING_OUT
from reporting.packs import building
from reporting.papers.endings import writers
from settings import ROOT
from tests.builders import WARDS
from tests.commands.every_report import COMMANDS, every_file_of_the_page, every_report
from tests.pages.hidden_counts.council import SEPTEMBER, a_council
from tests.reporting.same import differences, without_time_stamps

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("sqlite_database")]
OF = {"period": SEPTEMBER.iso, "year": "2017/18", "ward": WARDS[0]}


def built_by_another_process(folder: Path) -> None:
    folder.mkdir()
    ran = subprocess.run(
        [sys.executable, "-m", "tests.commands.every_report", folder, *OF.values()],
        cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "1704"}, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


def test_every_file_of_every_report(tmp_path: Path) -> None:
    a_council(hiding=False)
    first, again = tmp_path / "first", tmp_path / "again"
    first.mkdir()
    made = list(every_report(first, **OF))
    assert COMMANDS.keys() == set(GOING_OUT)
    assert {name for _, name, _ in made} == {f"{kind.value}.{each}" for kind in GOING_OUT for each in writers(kind)}
    assert tuple(dict(every_file_of_the_page(first, period=OF["period"]))) == building.ENDINGS
    built_by_another_process(again)
    names = sorted(each.name for each in first.iterdir())
    assert names == sorted(each.name for each in again.iterdir())
    contents = {name: ((first / name).read_bytes(), (again / name).read_bytes()) for name in names}
    assert {name: found for name, pair in contents.items() if (found := differences(*pair))} == {}
    stamped = {Path(name).suffix for name, (one, other) in contents.items() if one != other}
    assert stamped >= {".docx", ".pptx", ".xlsx", ".pdf"}, "they were not built at two moments"
    assert stamped.isdisjoint({".zip", ".png", ".svg", ".txt"}), "these say nothing of when they were built"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(b"%PDF 7919", b"%PDF 7918", id="a number of a PDF"),
        pytest.param(b"<svg>2017-11-01</svg>", b"<svg>2017-11-02</svg>", id="a day in words"),
        pytest.param(b"2017-11-01T09:30:00Z", b"2017-11-02T09:30:00Z", id="a moment that a file tells of"),
    ],
)
def test_what_is_no_time_stamp_of_the_file_counts(one: bytes, other: bytes) -> None:
    assert differences(one, other)
    assert without_time_stamps(one) == without_time_stamps(one)
