"""What may be installed: only what is hashed, under licences that a council can live with, all of them named."""

import re

import pytest

from settings import ROOT
from tests.licences import TABLE, licence_of, pinned, table

FILES = ("requirements.txt", "requirements-dev.txt")
_LIVED_WITH = re.compile(r"MIT|BSD|Apache|PSF|MPL|LGPL|Zlib|ISC|Open Font|OFL", re.IGNORECASE)


@pytest.mark.parametrize("name", FILES)
def test_every_library_is_pinned_with_hashes(name: str) -> None:
    text = (ROOT / name).read_text()
    blocks = re.split(r"^(?=\S)", text, flags=re.MULTILINE)
    unhashed = [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]
    assert pinned(name)
    assert not unhashed


@pytest.mark.parametrize("name", FILES)
def test_every_library_has_a_licence_to_live_with(name: str) -> None:
    strange = {library: licence_of(library) for library in pinned(name) if not _LIVED_WITH.search(licence_of(library))}
    assert not strange


def test_the_table_of_licences_is_that_of_what_is_installed() -> None:
    assert TABLE.read_text() == table(), "Run: make lock"
