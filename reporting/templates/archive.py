"""An office file before anything opens it: what it would unpack to, and what it brings or fetches besides words."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from performance.report.templates import Program

MOST_BYTES = 10_000_000
_MOST_UNPACKED, _MOST_RATIO, _MOST_PARTS = 50_000_000, 200, 500
_MAIN = {
    Program.WORD: "word/document.xml",
    Program.POWERPOINT: "ppt/presentation.xml",
    Program.EXCEL: "xl/workbook.xml",
}
_OLD = b"\xd0\xcf\x11\xe0"
_ACTIVE = ("vbaproject.bin", "activex", "oleobject", "attachedtoolbars")
_LINK = "/hyperlink"


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
        if len(parts) > _MOST_PARTS or unpacked > min(_MOST_UNPACKED, _MOST_RATIO * len(content)):
            return [f"It would unpack to {unpacked:,} bytes in {len(parts):,} parts, which is not read."]
        if _MAIN[program] not in {part.filename for part in parts}:
            return [f"It is not {called}."]
        try:
            return list(_what_it_brings(archive))
        except (zipfile.BadZipFile, etree.LxmlError, ValueError, OSError, NotImplementedError):
            return ["It is damaged. Open it in its program, save it again, and bring it then."]


def _what_it_brings(archive: zipfile.ZipFile) -> Iterator[str]:
    names = [part.filename for part in archive.infolist()]
    if any(mark in name.casefold() for name in names for mark in _ACTIVE):
        yield "It contains macros or objects of other programs. Take them out and save it again."
    if any(name.startswith("xl/externalLinks/") for name in names):
        yield "It links to other workbooks. Break the links (Data, Edit Links) and save it again."
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    fetched = sorted(
        {
            str(each.get("Target"))
            for name in names
            if name.endswith(".rels")
            for each in etree.fromstring(archive.read(name), parser)
            if each.get("TargetMode") == "External" and not str(each.get("Type")).endswith(_LINK)
        }
    )
    if fetched:
        yield f"It fetches something from outside itself: {fetched[0]}. Put pictures into the file, and save it again."
