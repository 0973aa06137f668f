"""What is exported is a whole file or none."""

from pathlib import Path

import pytest

from commands.ground import whole_file
from tests.builders import WARDS, add_council, add_figure, add_measure
from tests.command_line import manage

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_an_export_says_how_many_rows_it_wrote_and_leaves_nothing_beside_them(tmp_path: Path) -> None:
    add_council()
    add_measure("TIPS")
    for month in range(1, 8):
        add_figure("TIPS", f"2017-{month:02}", "5", area=WARDS[0])
    made = manage("export", "wards", "--output", tmp_path / "wards.csv")
    assert made.stdout.startswith("7 rows written to "), made.stderr
    assert made.stderr == ""
    assert [each.name for each in tmp_path.iterdir()] == ["wards.csv"]
    assert len((tmp_path / "wards.csv").read_text(encoding="utf-8-sig").splitlines()) == 8


def test_a_code_that_is_not_known_leaves_the_file_of_last_time(tmp_path: Path) -> None:
    add_council()
    (tmp_path / "figures.csv").write_text("last month's")
    made = manage("export", "figures", "--measure", "NONE", "--output", tmp_path / "figures.csv")
    assert made.returncode == 1
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("figures.csv", "last month's")]


def test_a_file_that_breaks_half_way_leaves_the_one_of_last_time(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("last month's")
    with pytest.raises(TypeError), whole_file(path) as file:
        file.writelines([b"half", "no bytes"])  # type: ignore[list-item]
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("figures.csv", "last month's")]
