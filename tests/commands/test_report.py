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
