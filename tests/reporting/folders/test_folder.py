"""A file comes whole, inside the folder, on a disk and in a store that is none."""

import threading
from pathlib import Path

import fsspec
import pytest

from performance.home.mail import Handed
from reporting.folders.folder import put


def test_a_file_is_written_and_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    for data in (b"one", b"another"):
        found = put({"Share": str(tmp_path)}, "Share", "2017/Q2", "pack.docx", data)
        assert (found.handed, found.said) == (Handed.TAKEN, "2017/Q2/pack.docx")
        assert (tmp_path / "2017/Q2/pack.docx").read_bytes() == data
    assert [each.name for each in tmp_path.rglob("*") if each.is_file()] == ["pack.docx"]


def test_a_store_that_is_no_disk() -> None:
    found = put({"Open": "memory://open"}, "Open", "", "a.pdf", b"x")
    store = fsspec.filesystem("memory")
    assert found.handed is Handed.TAKEN
    assert store.find("/open") == ["/open/a.pdf"]
    assert store.cat("/open/a.pdf") == b"x"


def test_whoever_reads_meanwhile_sees_one_or_the_other_whole(tmp_path: Path) -> None:
    first, second, seen, over = b"1" * 3_000_000, b"2" * 3_000_000, set(), threading.Event()
    folders = {"Share": str(tmp_path)}
    put(folders, "Share", "", "a.pdf", first)

    def read() -> None:
        while not over.is_set():
            seen.add((tmp_path / "a.pdf").read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(20):
        put(folders, "Share", "", "a.pdf", second if number % 2 else first)
    over.set()
    reader.join()
    assert seen <= {first, second}


def test_a_link_inside_the_folder_leads_nowhere_else(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (inside / "way").symlink_to(outside)
    found = put({"Share": str(inside)}, "Share", "way", "a.pdf", b"x")
    assert (found.handed, found.said) == (Handed.REFUSED, "The folder inside it leads out of it")
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize(
    ("folders", "handed", "said"),
    [
        ({}, Handed.REFUSED, "No folder called Share is set any more (REPORT_FOLDERS)"),
        ({"Share": "/nowhere/at/all"}, Handed.PUT_OFF, "The folder is not there"),
        ({"Share": "nosuch://x"}, Handed.PUT_OFF, "The folder Share cannot be written to (ValueError)"),
    ],
    ids=["no longer named", "a share that is not there", "a kind of store nobody knows"],
)
def test_what_cannot_be_written_says_why(folders: dict[str, str], handed: Handed, said: str) -> None:
    found = put(folders, "Share", "", "a.pdf", b"x")
    assert (found.handed, found.said) == (handed, said)


def test_what_cannot_be_moved_into_place_leaves_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()  # nothing can be moved to where a folder stands
    found = put({"Share": str(tmp_path)}, "Share", "", "a.pdf", b"x")
    assert found.handed is Handed.PUT_OFF
    assert [each.name for each in tmp_path.iterdir()] == ["a.pdf"]
