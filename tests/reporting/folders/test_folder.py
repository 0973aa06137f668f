"""A file comes whole, inside the folder, on a disk and in a store that is none."""

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fsspec
import pytest

from performance.home.mail import Handed
from reporting.folders.folder import put, tidy
from settings import ROOT


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


OURS = ".golden-thread-0123456789abcdef.part"


class TestHalfWritten:
    """What a job that was killed left is taken away, and nothing else."""

    NOW = datetime(2017, 11, 16, 8, tzinfo=UTC)

    def lies(self, folder: Path, name: str, *, minutes: int) -> None:
        written = (self.NOW - timedelta(minutes=minutes)).timestamp()
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (written, written))

    def test_only_what_we_named_so_and_only_what_is_old(self, tmp_path: Path) -> None:
        others = [".0123456789abcdef.part", "a.part", f"a{OURS}", f"{OURS}.docx", ".golden-thread-x.part", "a.pdf"]
        for name in (OURS, *others):
            self.lies(tmp_path, name, minutes=60)
        fresh = OURS.replace("0", "f")
        self.lies(tmp_path, fresh, minutes=5)
        assert tidy({"Share": str(tmp_path)}, "Share", "", before=self.NOW - timedelta(minutes=15)) == 1
        assert {each.name for each in tmp_path.iterdir()} == {*others, fresh}

    def test_in_a_store_that_is_no_disk(self) -> None:
        store = fsspec.filesystem("memory")
        store.pipe({f"/left/{OURS}": b"x", "/left/a.pdf": b"x"})
        later = datetime.now(UTC) + timedelta(hours=1)
        assert tidy({"Open": "memory://left"}, "Open", "", before=later) == 1
        assert store.find("/left") == ["/left/a.pdf"]

    def test_a_link_leads_nowhere_else(self, tmp_path: Path) -> None:
        inside, outside = tmp_path / "inside", tmp_path / "outside"
        inside.mkdir()
        outside.mkdir()
        (inside / "way").symlink_to(outside)
        self.lies(outside, OURS, minutes=60)
        assert tidy({"Share": str(inside)}, "Share", "way", before=self.NOW) == 0
        assert [each.name for each in outside.iterdir()] == [OURS]

    @pytest.mark.parametrize("folders", [{}, {"Share": "/nowhere/at/all"}, {"Share": "nosuch://x"}])
    def test_what_is_not_there_is_no_fault(self, folders: dict[str, str]) -> None:
        assert tidy(folders, "Share", "", before=self.NOW) == 0

    def test_what_is_written_is_named_as_it_is_taken_away(self, tmp_path: Path) -> None:
        """Killed in the middle of writing, so that nothing puts it in order."""
        program = (
            "import os, signal, sys, fsspec; from reporting.folders.folder import put\n"
            "os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
            "put({'Share': sys.argv[1]}, 'Share', '', 'a.pdf', b'x')"
        )
        killed = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False)
        assert killed.returncode == -signal.SIGKILL
        (left,) = tmp_path.iterdir()
        assert left.name.endswith(".part")
        assert tidy({"Share": str(tmp_path)}, "Share", "", before=datetime.now(UTC) + timedelta(minutes=1)) == 1
        assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_moved_into_place_leaves_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()  # nothing can be moved to where a folder stands
    found = put({"Share": str(tmp_path)}, "Share", "", "a.pdf", b"x")
    assert found.handed is Handed.PUT_OFF
    assert [each.name for each in tmp_path.iterdir()] == ["a.pdf"]
