"""A report is written as the file that was asked for."""

from pathlib import Path

import pytest

from tests.builders import WARDS, add_council, add_figure, add_measure
from tests.command_line import manage

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_a_ward_profile_is_written_as_word_and_as_pdf(tmp_path: Path) -> None:
    add_council()
    add_measure("TIPS")
    add_figure("TIPS", value="5", area=WARDS[0])
    for name, begins in (("ward.docx", b"PK"), ("ward.pdf", b"%PDF")):
        made = manage("report", "ward-profile", "--ward", "ward 1", "--period", "2017-09", "--output", tmp_path / name)
        assert made.stdout.startswith("The profile of Ward 1 is in "), made.stderr
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_the_scorecard_of_a_part_and_its_brief_are_written_as_the_files_that_were_asked_for(tmp_path: Path) -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    add_figure("BINS", value="20")
    add_measure("CARE", title="Visits", unit_code="SOCIAL")
    for name, begins in (("card.docx", b"PK"), ("card.pdf", b"%PDF"), ("card.xlsx", b"PK")):
        made = manage("report", "scorecard", "--period", "2017-09", "--unit", "WASTE", "--output", tmp_path / name)
        assert made.stdout.startswith("Scorecard: Waste and recycling, September 2017 is in "), made.stderr
        assert (tmp_path / name).read_bytes().startswith(begins)
    for name, begins in (("two.txt", b"In two minutes: Whole council"), ("two.docx", b"PK"), ("two.pdf", b"%PDF")):
        made = manage("report", "summary", "--period", "Sep-17", "--output", tmp_path / name)
        assert "Of 2 measures: " in made.stdout, made.stderr
        assert (tmp_path / name).read_bytes().startswith(begins)
    refused = manage("report", "scorecard", "--period", "2017-09", "--unit", "NOPE", "--output", tmp_path / "x.pdf")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "NOPE" in refused.stderr
    assert manage("report", "summary", "--period", "2017-09", "--output", tmp_path / "x.xlsx").returncode == 2
    assert not (tmp_path / "x.pdf").exists()


def test_an_infographic_of_a_part_or_a_ward_is_written_as_a_picture_or_a_page(tmp_path: Path) -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    add_figure("BINS", value="20")
    add_measure("TIPS")
    add_figure("TIPS", value="5", area=WARDS[0])
    for name, begins in (("page.png", b"\x89PNG"), ("page.svg", b"<svg"), ("page.pdf", b"%PDF")):
        made = manage("report", "infographic", "--period", "2017-09", "--output", tmp_path / name)
        assert made.stdout.startswith("Whole council, September 2017 is in "), made.stderr
        assert (tmp_path / name).read_bytes().startswith(begins)
    of_ward = ("report", "infographic", "--period", "2017-09", "--ward", "Ward 1")
    assert manage(*of_ward, "--output", tmp_path / "ward.png").stdout.startswith("Ward 1 ward is in ")
    assert manage(*of_ward, "--unit", "WASTE", "--output", tmp_path / "both.png").returncode == 2
