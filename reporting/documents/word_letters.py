"""The letters that a Word document carries: Word and LibreOffice draw it alike on every machine, whatever is installed.

A document names the family of our charts and holds its regular and bold faces, cut to the letters of European
languages, in the form that Office Open XML gives such faces (ISO/IEC 29500-1, 17.8.1). A program that reads no such
faces takes Arial, which is named beside it.
"""

from functools import cache
from uuid import UUID, uuid5

from docx.document import Document as OpenDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles.style import ParagraphStyle

from reporting.documents import fonts

_CONTENT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_OURS = UUID("6a2f2a5e-0f0c-4f0e-9d57-3b0f6f7f4b1d")
_FACES = {"w:embedRegular": 400, "w:embedBold": 700}
_FONT = """<w:font {namespaces} w:name="{name}"><w:altName w:val="Arial"/><w:charset w:val="00"/>
<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>"""
_MIXED = 32  # bytes at the beginning of a face, mixed with its key
# Latin, Greek and Cyrillic letters, the signs of sentences, of money and of arithmetic: what people write here.
_LETTERS = "".join(map(chr, (*range(0x20, 0x180), *range(0x370, 0x460), *range(0x2010, 0x2040), *range(0x20A0, 0x20C0),
                             *range(0x2190, 0x2194), *range(0x2200, 0x2270))))  # fmt: skip


def carry(made: OpenDocument) -> None:
    """The document holds the faces, and is told to go on holding them when somebody saves it."""
    parts = {rel.reltype: rel.target_part for rel in made.part.rels.values() if not rel.is_external}
    table = parts[RELATIONSHIP_TYPE.FONT_TABLE]
    root = parse_xml(table.blob)
    font = parse_xml(_FONT.format(namespaces=nsdecls("w", "r"), name=fonts.NAME))
    for number, (tag, weight) in enumerate(_FACES.items(), start=1):
        key, content = _face(weight)
        place = PackURI(f"/word/fonts/font{number}.odttf")
        part = Part(place, _CONTENT, content, table.package)
        face = OxmlElement(tag)
        face.set(qn("r:id"), table.relate_to(part, RELATIONSHIP_TYPE.FONT))
        face.set(qn("w:fontKey"), key)
        font.append(face)
    root.append(font)
    table._blob = serialize_part_xml(root)
    _keep_when_saved(made.settings.element)


def name(style: ParagraphStyle) -> None:
    """The style is drawn in these letters, whatever the template's theme would have it drawn in."""
    style.font.name = fonts.NAME
    letters = style.element.rPr.rFonts
    letters.set(qn("w:eastAsia"), fonts.NAME)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        letters.attrib.pop(qn(f"w:{theme}"), None)


def _keep_when_saved(settings: BaseOxmlElement) -> None:
    """In their place: settings stand in the order of the schema, after how the window looks."""
    zoom = settings.find(qn("w:zoom"))
    for tag in ("w:saveSubsetFonts", "w:embedTrueTypeFonts"):
        zoom.addnext(OxmlElement(tag))


@cache
def _face(weight: int) -> tuple[str, bytes]:
    """The key and the face mixed with it: its first bytes, each with one of the key's, read from the end."""
    content = bytearray(fonts.cut(_LETTERS, weight))
    key = uuid5(_OURS, f"{fonts.NAME} {weight}")
    mixed = key.bytes[::-1]
    for place in range(_MIXED):
        content[place] ^= mixed[place % len(mixed)]
    return f"{{{str(key).upper()}}}", bytes(content)
