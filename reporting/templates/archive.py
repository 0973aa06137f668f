"""An office file before anything opens it: what it would unpack to, and what it brings or fetches besides words."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from performance.report.templates import Program

MOST_BYTES = 10_000_000
_MOST_UNPACKED, _MOST_TEXT, _MOST_RATIO, _MOST_PARTS = 50_000_000, 15_000_000, 200, 500
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_MAIN = {
    Program.WORD: "word/document.xml",
    Program.POWERPOINT: "ppt/presentation.xml",
    Program.EXCEL: "xl/workbook.xml",
}
_OLD = b"\xd0\xcf\x11\xe0"
_ACTIVE = ("vbaproject", "activex", "oleobject", "attachedtoolbars", "customui")
_RUNS = (
    "/vbaproject", "/oleobject", "/control", "/activexcontrol", "/afchunk", "/subdocument", "/frame", "/package",
    "/webextension", "/taskpanes", "/ui/extensibility", "/ui/usertoolbar", "/keymapcustomizations",
)  # fmt: skip
"""Relations to what another program, or this one as a program, would run."""

_LINK = "/hyperlink"
_FOLLOWED = ("http://", "https://", "mailto:", "#")
_FIELDS = frozenset({
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "REF", "NOTEREF", "STYLEREF", "SEQ", "TOC", "TC", "XE",
    "INDEX", "HYPERLINK", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "TITLE", "SUBJECT", "AUTHOR",
    "FILENAME", "DOCPROPERTY", "QUOTE", "SYMBOL", "IF", "=",
})  # fmt: skip
"""Fields of Word that ask nothing outside the document."""


def problems(content: bytes, program: Program) -> list[str]:
    """Why the file is not opened, a sentence each."""
    called = f"{'an' if program is Program.EXCEL else 'a'} {program.in_words} file (.{program.value})"
    if len(content) > MOST_BYTES:
        return [f"It is larger than {MOST_BYTES // 1_000_000} MB. Make its pictures smaller and save it again."]
    if content.startswith(_OLD):
        return [f"It has a password or is of an old kind. Save it as {called} without one."]
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError):
        return [f"It is not {called}."]
    with archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        text = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
        if len(parts) > _MOST_PARTS or text > _MOST_TEXT or unpacked > min(_MOST_UNPACKED, _MOST_RATIO * len(content)):
            return [f"It would unpack to {unpacked:,} bytes in {len(parts):,} parts, which is not read."]
        if _MAIN[program] not in {part.filename for part in parts}:
            return [f"It is not {called}."]
        try:
            return list(_what_it_brings(archive))
        except (zipfile.BadZipFile, zlib.error, etree.LxmlError, ValueError, OSError, NotImplementedError):
            return ["It is damaged. Open it in its program, save it again, and bring it then."]


def _what_it_brings(archive: zipfile.ZipFile) -> Iterator[str]:
    names = [part.filename for part in archive.infolist()]
    if any(mark in name.casefold() for name in names for mark in _ACTIVE):
        yield "It contains macros or objects of other programs. Take them out and save it again."
    if any(name.startswith("xl/externalLinks/") for name in names):
        yield "It links to other workbooks. Break the links (Data, Edit Links) and save it again."
    found = [
        problem
        for name in names
        if name.endswith((".xml", ".rels"))
        for problem in _of_a_part(name, etree.fromstring(archive.read(name), _PARSER))
    ]
    yield from dict.fromkeys(found)


def _of_a_part(name: str, root: Any) -> Iterator[str]:
    if name.endswith(".rels"):
        for each in root:
            yield from _of_a_relation(str(each.get("Type")), str(each.get("Target")), str(each.get("TargetMode")), name)
        return
    for each in root.iter("{*}hlinkClick", "{*}hlinkHover", "{*}hlinkMouseOver"):
        if str(each.get("action", "")).startswith(("ppaction://program", "ppaction://macro", "ppaction://ole")):
            yield "A button on a slide starts a program. Take the action away and save it again."
    for asked in _instructions(root):
        field = asked.split()[0].upper() if asked.split() else ""
        if field and field not in _FIELDS:
            yield f"It has the field {field}, which is not taken into reports. Take it out and save it again."


def _of_a_relation(kind: str, target: str, mode: str, name: str) -> Iterator[str]:
    is_workbook_of_a_chart = kind.endswith("/package") and "/charts/" in name
    if kind.casefold().endswith(_RUNS) and not is_workbook_of_a_chart:
        yield "It contains macros or objects of other programs. Take them out and save it again."
    elif mode == "External" and not kind.endswith(_LINK):
        yield f"It fetches something from outside itself: {target}. Put pictures into the file, and save it again."
    elif mode == "External" and not target.casefold().startswith(_FOLLOWED):
        yield f"It links to {target}, which is no address of the web. Take the link out and save it again."


def _instructions(root: Any) -> Iterator[str]:
    """What each field of a document asks for: written whole, or in runs up to its result."""
    yield from (each.get(f"{_WORD}instr", "") for each in root.iter(f"{_WORD}fldSimple"))
    asked: list[str] = []
    for each in root.iter(f"{_WORD}fldChar", f"{_WORD}instrText"):
        if each.tag.endswith("instrText"):
            asked.append(each.text or "")
        elif asked:
            yield "".join(asked).strip()
            asked = []
    yield "".join(asked).strip()
