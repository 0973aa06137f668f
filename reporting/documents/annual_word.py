"""A page of the annual report as a Word document: the headline, the chart, and its figures as a table."""

from io import BytesIO

from docx import Document
from docx.document import Document as OpenDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from reporting.charts.annual_spec import spec
from reporting.documents import images
from reporting.documents.annual import ChartPage
from reporting.documents.word import add_picture, describe, fill, prepare, repeat

_WIDTH = Cm(16)


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


def _add_chart(paragraph: Paragraph, page: ChartPage) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.keep_with_next = True
    add_picture(paragraph, images.png(spec(page, bare=True)), width=_WIDTH, alt=page.alt, name=page.headline)


def _add_table(made: OpenDocument, page: ChartPage) -> None:
    table = made.add_table(rows=1, cols=len(page.header), style="Table Grid")
    table.alignment = None
    describe(table, f"The figures in the chart: {page.subtitle}")
    fill(table.rows[0], page.header, bold=True)
    repeat(table.rows[0])
    for row in page.rows:
        fill(table.add_row(), row, bold=False)
    made.add_paragraph()


def _quiet(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.space_after = Pt(4)
    for run in paragraph.runs:
        run.font.size = Pt(9.5)
