"""A page of the annual report as a Word document that Word's own accessibility checker accepts."""

from io import BytesIO

from docx import Document
from docx.document import Document as OpenDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from reporting.charts.annual_spec import spec
from reporting.documents import images, word_letters
from reporting.documents.annual import ChartPage

_LANGUAGE = "en-GB"
_INK = RGBColor(0x0B, 0x0C, 0x0C)
_WIDTH = Cm(16)
_PROPERTY = 255  # characters


def document(page: ChartPage, *, author: str) -> bytes:
    """The headline, the chart with its alternative text, where the figures come from, and the figures themselves."""
    made = Document()
    prepare(made, title=page.headline, subject=page.subtitle, author=author)
    made.add_heading(page.headline, level=1)
    caption = made.add_paragraph(page.subtitle, style="Caption")
    caption.paragraph_format.keep_with_next = True
    _add_chart(made.add_paragraph(), page)
    for note in page.notes:
        _quiet(made.add_paragraph(note))
    made.add_heading("The figures in the chart", level=2)
    _add_table(made, page)
    if page.measure.definition:
        _quiet(made.add_paragraph(f"What is measured: {page.measure.definition}"))
    _quiet(made.add_paragraph(f"{page.measure.polarity.in_words}."))
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


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


def _add_chart(paragraph: Paragraph, page: ChartPage) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.keep_with_next = True
    add_picture(paragraph, images.png(spec(page, bare=True)), width=_WIDTH, alt=page.alt, name=page.headline)


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


def _add_table(made: OpenDocument, page: ChartPage) -> None:
    table = made.add_table(rows=1, cols=len(page.header), style="Table Grid")
    table.alignment = None
    describe(table, f"The figures in the chart: {page.subtitle}")
    fill(table.rows[0], page.header, bold=True)
    repeat(table.rows[0])
    for row in page.rows:
        fill(table.add_row(), row, bold=False)
    made.add_paragraph()


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


def _quiet(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.space_after = Pt(4)
    for run in paragraph.runs:
        run.font.size = Pt(9.5)
