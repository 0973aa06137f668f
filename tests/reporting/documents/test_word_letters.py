"""A Word document carries its letters, as Office Open XML says: opened again by other programs than the one that wrote
it.
"""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from lxml import etree

from reporting.documents import fonts
from reporting.papers import figure
from tests.reporting.documents.test_images import a_page

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@pytest.fixture(scope="module")
def made() -> bytes:
    return figure.as_word(a_page(), author="A council")


def faces(made: bytes) -> dict[str, TTFont]:
    """What a reader makes of them: the first 32 bytes are mixed with the key, its last byte first (17.8.1)."""
    found = {}
    with ZipFile(BytesIO(made)) as packed:
        table = etree.fromstring(packed.read("word/fontTable.xml"))
        places = {
            each.get("Id"): each.get("Target")
            for each in etree.fromstring(packed.read("word/_rels/fontTable.xml.rels"))
        }
        (font,) = [each for each in table if each.get(qn("w:name")) == fonts.NAME]
        assert font.find(qn("w:altName")).get(qn("w:val")) == "Arial"
        for tag in ("embedRegular", "embedBold"):
            face = font.find(qn(f"w:{tag}"))
            key = bytes.fromhex(face.get(qn("w:fontKey")).strip("{}").replace("-", ""))[::-1]
            content = packed.read(f"word/{places[face.get(_RELATION)]}")
            plain = bytes(sign ^ key[place % 16] for place, sign in enumerate(content[:32])) + content[32:]
            found[tag] = TTFont(BytesIO(plain))
        kinds = packed.read("[Content_Types].xml").decode()
        assert kinds.count("application/vnd.openxmlformats-officedocument.obfuscatedFont") == 2
    return found


def test_the_faces_are_there_with_the_letters_people_write(made: bytes) -> None:
    found = faces(made)
    assert [each["OS/2"].usWeightClass for each in found.values()] == [400, 700]
    for face in found.values():
        assert face["OS/2"].fsType == 0, "it may be carried in a document and edited there"
        assert set("Żółć Ñandú Ελλάδα Київ £1,234.5% – “so” ≥ →") - {" "} <= set(map(chr, face.getBestCmap()))
    assert len(made) < 250_000


def test_no_style_names_another_family_and_they_are_kept_when_it_is_saved(made: bytes) -> None:
    opened = Document(BytesIO(made))
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        letters = opened.styles[name].element.rPr.rFonts
        assert {value for key, value in letters.attrib.items()} == {fonts.NAME}, name
    tags = [each.tag for each in opened.settings.element]
    first = tags.index(qn("w:embedTrueTypeFonts"))
    assert tags[first - 1 : first + 2] == [qn("w:zoom"), qn("w:embedTrueTypeFonts"), qn("w:saveSubsetFonts")]
    again = BytesIO()
    opened.save(again)
    assert faces(again.getvalue()).keys() == {"embedRegular", "embedBold"}
