"""What every Word document of ours is made of, such that Word's own accessibility checker accepts it."""

from io import BytesIO

from docx.document import Document as OpenDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shape import InlineShape
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from reporting.documents import word_letters

_LANGUAGE = "en-GB"
_INK = RGBColor(0x0B, 0x0C, 0x0C)
_WHITE = RGBColor(0xFF, 0xFF, 0xFF)
_FILLS = {"red": "8F2413", "amber": "FFBF1F", "green": "0F7C86"}
_PROPERTY = 255  # characters


def prepare(made: OpenDocument, *, title: str, subject: str, author: str) -> None:
    """Our styles on an A4 page, the language, and what the document says of itself."""
    introduce(made, title=title, subject=subject, author=author)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    for name, size in (("Normal", 11), ("Heading 1", 20), ("Heading 2", 14), ("Heading 3", 11), ("Caption", 11)):
        style = made.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), _INK
        word_letters.name(style)
    word_letters.carry(made)
    made.styles["Caption"].font.bold = False
    _set_language(made)


def introduce(made: OpenDocument, *, title: str, subject: str, author: str) -> None:
    """What the document says of itself, of which each part takes so much and no more; the page has it whole."""
    core = made.core_properties
    core.title, core.subject, core.author = (_at_most(each) for each in (title, subject, author))
    core.language, core.comments = _LANGUAGE, ""


def _at_most(text: str) -> str:
    return text if len(text) <= _PROPERTY else f"{text[: _PROPERTY - 1]}…"


def _set_language(made: OpenDocument) -> None:
    """The language of every run that names none, for spelling and for screen readers."""
    for language in made.styles.element.iter(qn("w:lang")):
        for script in ("w:val", "w:eastAsia"):
            language.set(qn(script), _LANGUAGE)
    normal = made.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGE)
    normal.append(language)


def add_picture(line: Paragraph, png: bytes, *, width: Length, alt: str, name: str) -> InlineShape:
    """A picture as wide as that and not more: where no distance to the words beside it is said, some programs keep one.

    `alt` is read out in its place.
    """
    picture = line.add_run().add_picture(BytesIO(png), width=width)
    for side in ("distT", "distB", "distL", "distR"):
        picture._inline.set(side, "0")
    picture._inline.docPr.set("descr", alt)
    picture._inline.docPr.set("name", name)
    return picture


def fill(row: _Row, texts: tuple[str, ...], *, bold: bool) -> None:
    """The first cell names the row and stands left; numbers stand right."""
    _keep_whole(row)
    for number, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.add_run(text).bold = bold or number == 0
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if number else WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.space_after = Pt(2)


def repeat(row: _Row) -> None:
    """Marked as a header: read out as one, and repeated on every page the table runs to."""
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)


def _keep_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def describe(table: Table, description: str) -> None:
    """What the table is, for those who cannot see it."""
    words = OxmlElement("w:tblDescription")
    words.set(qn("w:val"), description)
    table._tbl.tblPr.append(words)


def colour(cell: _Cell, tag: str) -> None:
    """The cell of a status in its colour, of which it still says the name; of what is not rated, none."""
    if tag not in _FILLS:
        return
    shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{_FILLS[tag]}"/>'
    cell._tc.get_or_add_tcPr().append(parse_xml(shade))
    for run in cell.paragraphs[0].runs:
        run.font.color.rgb = _INK if tag == "amber" else _WHITE
