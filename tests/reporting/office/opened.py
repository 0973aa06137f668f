"""Files as they come out of LibreOffice: their pages, and saved again after a word in them was changed.

All of them go through one office, which takes seconds to start and has a home of its own.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest

from tests.processes import ends_with_us

NEEDED = ("libreoffice-writer-nogui", "libreoffice-impress-nogui", "libreoffice-calc-nogui", "python3-uno")
BEFORE, AFTER = "Performance", "Achievement"
NUMBER = 1234.5
_FILTERS = {
    ".docx": ("writer_pdf_Export", "MS Word 2007 XML"),
    ".pptx": ("impress_pdf_Export", "Impress MS PowerPoint 2007 XML"),
    ".xlsx": ("calc_pdf_Export", "Calc MS Excel 2007 XML"),
}
_PATIENCE = 240  # seconds, on a busy machine
_WHITE = 250  # of 255, from which on a pixel has no ink
_LIKE = 8  # of 255, by which a colour may differ
_NUMBER = re.compile(r"\d+$")
_POINTS = 60  # that a line has, and a letter has not


class OfficeMissingError(RuntimeError):
    def __init__(self) -> None:
        super().__init__(f"LibreOffice is not installed. Run: apt-get install {' '.join(NEEDED)}")


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A file that went through LibreOffice: `pages` is a PDF of it, `saved` the same file with a word changed, and
    `charted` with a number of each of its charts changed as well, where that was asked for."""

    pages: Path
    saved: Path
    charted: Path

    @cached_property
    def drawn(self) -> list["np.ndarray[Any, np.dtype[np.uint8]]"]:
        """Each page as its pixels: rows, columns, and blue, green and red."""
        with pypdfium2.PdfDocument(self.pages) as document:
            return [page.render(scale=1).to_numpy().copy() for page in document]  # a pixel a point

    @property
    def ink(self) -> list[float]:
        """Of each page, the share that is not white."""
        return [float(np.mean(page.min(axis=2) < _WHITE)) for page in self.drawn]

    @cached_property
    def words(self) -> list[str]:
        """All that can be read on each page, without what depends on where the office ends a line."""
        with pypdfium2.PdfDocument(self.pages) as document:
            return [_whole(page.get_textpage().get_text_bounded()) for page in document]

    def says(self, text: str) -> bool:
        """Whether the text stands on the pages, from one to the next too."""
        foot = self._foot
        pages = [_NUMBER.sub("", each).removesuffix(foot) for each in self.words] if foot else self.words
        return _whole(text) in "".join(pages)

    @property
    def _foot(self) -> str:
        """What stands below each page of a document before its number."""
        if self.saved.suffix != ".docx" or len(self.words) < 2:
            return ""
        upside_down = [_NUMBER.sub("", each)[::-1] for each in self.words]
        same = takewhile(lambda signs: len(set(signs)) == 1, zip(*upside_down, strict=False))
        return "".join(signs[0] for signs in same)[::-1]

    def has(self, colour: str, *, beside: str) -> bool:
        """Whether a page that says the words has more than a few points of a colour, which has the form #12436D."""
        wanted = np.array([int(colour[place : place + 2], 16) for place in (5, 3, 1)])
        return any(
            int((np.abs(page.astype(int) - wanted).max(axis=2) <= _LIKE).sum()) > _POINTS
            for page, words in zip(self.drawn, self.words, strict=True)
            if _whole(beside) in words
        )

    @cached_property
    def letters(self) -> set[str]:
        """The families of letters that the pages are set in, as the PDF names them."""
        names = re.findall(rb"/BaseFont/(?:[A-Z]{6}\+)?([\w-]+)", self.pages.read_bytes())
        return {name.decode().partition("-")[0] for name in names}


def through_office(files: Mapping[str, Path], folder: Path, *, charted: Collection[str] = ()) -> dict[str, Opened]:
    """Each file by its name, opened, made pages of, changed and saved, in one LibreOffice; the charts of those named in
    `charted` changed as well."""
    office, python = _programs()
    pipe = f"tests-{uuid.uuid4().hex}"
    made = {
        name: Opened(
            pages=folder / f"{name}.pdf",
            saved=folder / f"{name} again{path.suffix}",
            charted=folder / f"{name} charted{path.suffix}",
        )
        for name, path in files.items()
    }
    asked = [
        {
            "opened": str(path), "pages": str(made[name].pages), "saved": str(made[name].saved),
            "filters": _FILTERS[path.suffix], "words": (BEFORE, AFTER), "number": NUMBER,
            "charted": str(made[name].charted) if name in charted else "",
        }
        for name, path in files.items()
    ]  # fmt: skip
    home = folder / "home"
    home.mkdir()
    flags = ("--headless", "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;")
    with (folder / "log").open("w") as log:
        running = subprocess.Popen(
            ends_with_us(office, *flags, f"-env:UserInstallation={(home / 'profile').as_uri()}", signal="TERM"),
            stdout=log, stderr=log, env={**os.environ, "HOME": str(home)}, start_new_session=True,
        )  # fmt: skip
        try:
            _work(python, {"pipe": pipe, "files": asked})
            running.wait(timeout=_PATIENCE)
        finally:
            if running.poll() is None:  # the office is a child of what was started
                os.killpg(running.pid, signal.SIGKILL)
                running.wait()
    return made


def _work(python: str, asked: Mapping[str, object]) -> None:
    script = Path(__file__).with_name("in_office.py")
    done = subprocess.run(
        ends_with_us(python, "-I", script), input=json.dumps(asked), capture_output=True, text=True, check=False,
        timeout=_PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def _programs() -> tuple[str, str]:
    """LibreOffice, and the Python that knows it. In CI it has to be there; elsewhere, a test that needs it skips."""
    office, python = shutil.which("soffice"), shutil.which("python3", path=os.defpath)
    if (
        office
        and python
        and not subprocess.run([python, "-Ic", "import uno"], capture_output=True, check=False).returncode
    ):
        return office, python
    missing = OfficeMissingError()
    if os.environ.get("CI"):
        raise missing
    pytest.skip(str(missing))


def _whole(text: str) -> str:
    """Without blanks and hyphens: a hyphen that ends a line is told as another sign."""
    return re.sub(r"[\s\-\u2010\u00ad\ufffe\x02]", "", text)
