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


def test_who_may_read_a_file_stays_as_it_was_and_a_new_one_is_its_owners_alone(tmp_path: Path) -> None:
    kept, new, link = tmp_path / "kept.csv", tmp_path / "new.csv", tmp_path / "link.csv"
    kept.write_text("last month's")
    kept.chmod(0o640)
    link.symlink_to(kept)
    for path in (link, new):
        with whole_file(path) as file:
            file.write(b"this month's")
    assert link.is_symlink()
    assert {each.name: each.stat().st_mode & 0o777 for each in (kept, new)} == {"kept.csv": 0o640, "new.csv": 0o600}
    assert kept.read_text() == new.read_text() == "this month's"


def test_two_that_write_the_same_file_at_once_each_write_a_whole_one(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    with whole_file(path) as first, whole_file(path) as second:
        first.write(b"first, whole")
        second.write(b"second")
    assert path.read_bytes() == b"first, whole"
    assert [each.name for each in tmp_path.iterdir()] == ["figures.csv"]
