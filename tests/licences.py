"""The licence of each library, as it says of itself: `python -m tests.licences` writes the table."""

import re
from importlib.metadata import metadata

from settings import ROOT

TABLE = ROOT / "docs" / "licences.md"
_HEAD = """# Licences of the libraries

Golden Thread itself is under the MIT licence (`LICENSE`). It is installed with these libraries, each unchanged and
under its own licence. `make lock` writes this table from what the libraries say of themselves.

Those under LGPL-3.0 and MPL-2.0 may be used by a programme under any licence; whoever changes one of them and passes
it on passes on what they changed. Letters of charts and PDF pages are under the SIL Open Font License, which lets them
stand in documents.
"""
# What a library's licence file says where its description says nothing, or the whole text.
_READ = {
    "altair": "BSD-3-Clause", "axe-playwright-python": "MIT, with axe-core under MPL-2.0", "isodate": "BSD-3-Clause",
    "pysqlite3": "Zlib", "scipy": "BSD-3-Clause",
}  # fmt: skip
_CLASSIFIER = "License :: OSI Approved :: "
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)


def pinned(name: str) -> list[str]:
    """The libraries of one file of requirements."""
    return [found[1] for found in _PINNED.finditer((ROOT / name).read_text())]


def licence_of(library: str) -> str:
    """In the library's own words; empty where it says nothing."""
    about = metadata(library)
    said = _READ.get(library) or about.get("License-Expression") or about.get("License") or ""
    if said not in {"", "UNKNOWN", "Dual License"}:
        return said.splitlines()[0]
    classified = [each.removeprefix(_CLASSIFIER) for each in about.get_all("Classifier") or []]
    return " or ".join(each for each in classified if "Licen" in each)


def table() -> str:
    """The document, whole."""
    parts = [_HEAD]
    for title, name in (("The app", "requirements.txt"), ("Tests and checks", "requirements-dev.txt")):
        rows = [f"| {library} | {licence_of(library)} |" for library in pinned(name)]
        parts.append("\n".join([f"## {title}\n", "| Library | Licence |", "|---|---|", *rows]) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    TABLE.write_text(table())
