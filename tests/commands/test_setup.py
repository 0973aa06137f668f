"""The empty workbook, and the way back in."""

from pathlib import Path

import pytest

from cycle.admin import demonstration
from data_access.council.settings_store import save_setting
from data_access.store.database import transaction
from tests.command_line import done, manage

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_the_empty_workbook_is_written_and_brings_nothing_in(tmp_path: Path) -> None:
    path = tmp_path / "council.xlsx"
    assert manage("template", "setup", path).returncode == 0
    brought = manage("import", "setup", path)
    assert (brought.returncode, brought.stdout) == (
        0,
        "The file holds headings and examples only: there is nothing to bring in.\n",
    )


def test_a_council_brought_in_over_the_demonstration_is_told_that_it_still_is_one(tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_text("area_code,name,kind\nE06000001,Seaborough,council\n")
    assert "demonstration" not in done("import", "setup", tmp_path)
    with transaction() as session:
        save_setting(session, name="demonstration", value="yes")
    assert demonstration.STILL_ONE in done("import", "setup", tmp_path)
    assert demonstration.is_demonstration()  # its accounts are open still, so the server goes on to warn of them
