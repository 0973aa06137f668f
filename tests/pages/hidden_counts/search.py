"""Looks for numbers in a file, whatever it is: in every part, every text and attribute, and what it says of itself.

A number is found as it stands, with its thousands parted or with noughts behind the point; not as a part of another.
"""

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache

from lxml import etree
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

_PNG = b"\x89PNG\r\n\x1a\n"
_ZIP, _PDF = b"PK\x03\x04", b"%PDF"
_XML = (b"<?xml", b"<svg", b"<Types", b"<Relationships")
_WHOLES = ("p", "si", "text", "td", "th", "li")
"""Elements whose texts are read as one: a number may be cut into runs of letters."""


def found_in(content: bytes, numbers: tuple[str, ...]) -> frozenset[str]:
    """Those of the numbers that stand somewhere in the file. They are written plainly: 7919, or 25.373."""
    if content.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            told = [archive.comment.decode("latin-1"), *(each.filename for each in archive.infolist())]
            told += [each.comment.decode("latin-1") for each in archive.infolist()]
            within = [found_in(archive.read(each), numbers) for each in archive.infolist()]
        return frozenset().union(_in_texts(told, numbers), *within)
    return _in_part(content, numbers)


@cache
def _in_part(content: bytes, numbers: tuple[str, ...]) -> frozenset[str]:
    """What many files have in common, as their letters and looks, is looked through once."""
    return _in_texts(_texts_of(content), numbers)


def _in_texts(texts: Iterator[str] | list[str], numbers: tuple[str, ...]) -> frozenset[str]:
    pattern = _pattern(numbers)
    hits = {f"{whole.group(1)}" for text in texts for whole in pattern.finditer(text)}
    return frozenset(re.sub(r"[^\d.]", "", each).replace(",", "") for each in hits)


@cache
def _pattern(numbers: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,])({'|'.join(map(_one, numbers))})(?:\.0+)?(?![\w]|[.,]\d)")


def _one(number: str) -> str:
    whole, point, rest = number.partition(".")
    parted = f"{whole[:-3]}[,'\u2019 \u00a0\u2009\u202f]?{whole[-3:]}" if len(whole) > 3 else whole
    return f"{parted}{re.escape(point)}{rest}"


def _texts_of(content: bytes) -> Iterator[str]:
    """All that a file, or a part of one, says."""
    if content.startswith(_PDF):
        yield from _of_pdf(content)
    elif content.startswith(_PNG):
        yield from _of_png(content)
    elif content.lstrip(b"\xef\xbb\xbf \r\n").startswith(_XML):
        yield from _of_xml(content)
    else:
        text = _decoded(content)
        yield text
        if content.isascii() or content.startswith(b"\xef\xbb\xbf"):
            yield from (cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row)


def _of_xml(content: bytes) -> Iterator[str]:
    yield _decoded(content)
    root = etree.fromstring(content, etree.XMLParser(huge_tree=True, resolve_entities=False))
    for each in root.iter(etree.Element):
        yield from map(str, each.attrib.values())
        yield each.text or ""
        yield each.tail or ""
        if etree.QName(each).localname in _WHOLES:
            yield "".join(map(str, each.itertext()))
    yield from (each.text or "" for each in root.iter(etree.Comment))


def _of_png(content: bytes) -> Iterator[str]:
    """Everything but the points."""
    at = len(_PNG)
    while at < len(content):
        (long,), kind = struct.unpack(">I", content[at : at + 4]), content[at + 4 : at + 8]
        said = content[at + 8 : at + 8 + long]
        if kind == b"zTXt":
            name, _, packed = said.partition(b"\0")
            said = name + b"\0" + zlib.decompress(packed[1:])
        elif kind == b"iTXt":
            name, _, rest = said.partition(b"\0")
            *tongue, text = rest[2:].split(b"\0", 2)
            said = b"\0".join((name, *tongue, zlib.decompress(text) if rest[0] else text))
        if kind != b"IDAT":
            yield said.decode("utf-8", "replace")
        at += long + 12


def _of_pdf(content: bytes) -> Iterator[str]:
    """The words of its pages as a reader has them, then every text and every stream that there is in it."""
    reader = PdfReader(io.BytesIO(content))
    for page in reader.pages:
        yield page.extract_text()
    for number in range(1, int(reader.trailer["/Size"])):
        yield from _of_object(reader.get_object(IndirectObject(number, 0, reader)))
    yield from _of_object(reader.trailer.get("/Info"))


def _of_object(there: object) -> Iterator[str]:
    if isinstance(there, StreamObject):
        yield from _of_stream(there)
    if isinstance(there, DictionaryObject | ArrayObject):
        for each in there.values() if isinstance(there, DictionaryObject) else there:
            yield from _of_object(each)
    elif isinstance(there, bytes):
        yield _decoded(there)
    elif isinstance(there, str):
        yield there


def _of_stream(there: StreamObject) -> Iterator[str]:
    # Drawn points and letters are bytes without words.
    if there.get("/Subtype") not in {"/Image", "/CIDFontType0C", "/OpenType"} and "/Length1" not in there:
        said = there.get_data()
        yield from _texts_of(said) if said.startswith((_PDF, _PNG, *_XML)) else (_decoded(said),)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8", "replace").removeprefix("\ufeff")
