"""The empty workbook, and the way back in."""

from pathlib import Path

import pytest

from tests.command_line import manage

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_the_empty_workbook_is_written_and_brings_nothing_in(tmp_path: Path) -> None:
    path = tmp_path / "council.xlsx"
    assert manage("template", "setup", path).returncode == 0
    done = manage("import", "setup", path)
    assert (done.returncode, done.stdout) == (
        0,
        "The file holds headings and examples only: there is nothing to bring in.\n",
    )
