"""Editions from the command line: planned, frozen, published and listed; refused in a sentence."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from tests.builders import add_council, add_figure, add_measure
from tests.command_line import manage

pytestmark = pytest.mark.usefixtures("sqlite_database")
QUARTER = "2017-07-01/P3M"


def a_council() -> None:
    add_council()
    add_measure()
    for month in ("2017-07", "2017-08", "2017-09"):
        add_figure(period=month, value="20")


def test_a_period_is_frozen_and_published_with_nothing_on_the_calendar() -> None:
    a_council()
    frozen = manage("edition", "freeze", "--period", QUARTER)
    assert frozen.stdout.startswith(
        "E-01 Q2 (July to September) 2017/18: Cabinet: frozen, not published yet, 1 measure "
    )
    published = manage("edition", "publish", "--period", "Q2 2017/18")
    assert "Cabinet: published, 1 measure as known on 10 November 2017" in published.stdout, published.stderr
    again = manage("edition", "publish", "--period", QUARTER)
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.startswith("This edition is published, and stays as it is.")
    assert manage("edition", "list", "--period", QUARTER).stdout == published.stdout


def test_of_several_editions_of_a_period_one_is_named() -> None:
    a_council()
    for committee in ("Cabinet", "Scrutiny"):
        dates = ("--closes-on", "2017-11-09", "--meets-on", "2017-12-11", "--audience", "everybody")
        planned = manage("edition", "plan", "--period", QUARTER, "--committee", committee, *dates)
        assert "planned, for the meeting on 11 December 2017, for everybody" in planned.stdout, planned.stderr
    refused = manage("edition", "freeze", "--period", QUARTER)
    assert refused.returncode == 1
    assert refused.stderr == (
        "Q2 (July to September) 2017/18 has several editions: Scrutiny, Cabinet. Say which with --committee.\n"
    )
    assert "Scrutiny: frozen" in manage("edition", "freeze", "--period", QUARTER, "--committee", "scrutiny").stdout
    assert len(manage("edition", "list").stdout.splitlines()) == 2


def test_what_cannot_be_done_is_said_and_nothing_is_kept() -> None:
    a_council()
    nothing = manage("edition", "list")
    assert nothing.stdout == "There are no editions.\n"
    for arguments, said in (
        (("publish", "--period", QUARTER), "There is no edition of Q2"),
        (("freeze", "--period", "2017-10-01/P3M"), "The figures must close after the period ends"),
        (("freeze", "--period", "soon"), '"soon" is not a period'),
    ):
        refused = manage("edition", *arguments)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.startswith(said)
    assert manage("edition", "list").stdout == nothing.stdout


def test_the_pack_is_written_as_the_file_that_was_asked_for(tmp_path: Path) -> None:
    a_council()
    path = tmp_path / "pack.docx"
    refused = manage("report", "cabinet", "--period", QUARTER, "--output", path)
    assert refused.stderr.startswith("There is no edition of Q2"), refused.stderr
    manage("edition", "freeze", "--period", QUARTER)
    for ending, part in (("docx", "word/document.xml"), ("pptx", "ppt/presentation.xml"), ("xlsx", "xl/workbook.xml")):
        path = tmp_path / f"pack.{ending}"
        written = manage("report", "cabinet", "--period", QUARTER, "--output", path)
        assert "a draft: 1 measure as known on 10 November 2017" in written.stdout, written.stderr
        assert part in ZipFile(path).namelist()
    paged = tmp_path / "pack.pdf"
    manage("report", "cabinet", "--period", QUARTER, "--output", paged)
    assert "Draft: " in PdfReader(paged).pages[0].extract_text()
    for name, begins in (("pack.png", b"\x89PNG"), ("pack.svg", b"<svg")):
        manage("report", "cabinet", "--period", QUARTER, "--output", tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert manage("report", "cabinet", "--period", QUARTER, "--output", tmp_path / "pack.odt").returncode == 2


def test_one_for_the_public_is_planned_by_name() -> None:
    a_council()
    dates = ("--closes-on", "2017-11-09", "--meets-on", "2017-12-11", "--audience", "public")
    planned = manage("edition", "plan", "--period", QUARTER, "--committee", "Cabinet", *dates)
    assert "for the public, without signing in." in planned.stdout, planned.stderr
    assert manage("edition", "plan", "--period", QUARTER, "--committee", "C", *dates[:-1], "world").returncode == 2
