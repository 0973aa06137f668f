"""A paper as a Word document: real headings and header rows, and charts that are edited there.

It is written into a template, ours or one that was restyled: what a text looks like is said by its style alone.
"""

from collections.abc import Iterator
from functools import singledispatchmethod
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as OpenDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Length
from docx.text.paragraph import Paragraph

from performance.report.templates import WHOLE, only_place
from reporting.documents import images
from reporting.documents.word import add_picture, colour, describe, fill, introduce, repeat
from reporting.papers.blocks import Block, Chart, Heading, Paper, Points, Table, Together, Words
from reporting.papers.native_chart import add_to_word
from reporting.templates import document, places

_WIDTH = 16.0  # centimetres, of which tables say how wide they are


def write(paper: Paper, template: bytes | None = None) -> bytes:
    """The document, the same for the same paper and template apart from time stamps."""
    made = Document(BytesIO(template)) if template else document.blank(paper.kind)
    document.complete(made)
    introduce(made, title=paper.title, subject=paper.subject, author=paper.author)
    for root in document.roots(made):
        for _, runs in places.paragraphs_of(root, qn("w:p"), qn("w:t")):
            places.fill(runs, paper.asked)
    _place(made, paper)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _place(made: OpenDocument, paper: Paper) -> None:
    """Every part where the template wants it; that it is a draft stands before the first, whatever the template."""
    parts = {part.name: (part,) for part in paper.parts} | {WHOLE: paper.parts}
    writer, is_first = _Writer(made), True
    for place in list(made.element.body.iterchildren(qn("w:p"))):
        name = only_place(places.words_of(places.runs_of(place, qn("w:t"))))
        if name not in parts and name not in paper.kind.places:
            continue
        if is_first and paper.draft:
            writer.put((paper.warning,), before=place)
        is_first = False
        for part in parts.get(name, ()):
            writer.put(part.blocks, before=place)
        _take_out(place)


def _take_out(place: Any) -> None:
    """The place itself; where a section of the document ends in it, its words alone."""
    if place.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        place.getparent().remove(place)
        return
    for run in list(place.iterchildren(qn("w:r"))):
        place.remove(run)


class _Writer:
    """The document as it grows, how many charts it has, and how wide a line of it is."""

    def __init__(self, made: OpenDocument) -> None:
        self.made, self.charts = made, 0
        page = made.sections[0]
        inner = (page.page_width or Cm(21)) - (page.left_margin or 0) - (page.right_margin or 0)
        self.width = Length(min(inner, Cm(26)))

    def put(self, blocks: tuple[Block, ...], *, before: Any) -> None:
        """Written at the end of the document, and from there moved to before the element."""
        body = self.made.element.body
        known = len(body)
        for block in blocks:
            for _ in self.add(block):
                pass
        for each in list(body)[known - 1 : -1]:  # the last says how the pages look
            before.addprevious(each)

    @singledispatchmethod
    def add(self, block: Block) -> Iterator[Paragraph]:
        """Adds the block, and answers the paragraphs that it is made of, one after another."""
        raise NotImplementedError(type(block))

    @add.register
    def _(self, block: Heading) -> Iterator[Paragraph]:
        heading = self.made.add_heading(block.words, level=block.level)
        heading.paragraph_format.page_break_before = block.on_a_new_page or None
        yield heading

    @add.register
    def _(self, block: Words) -> Iterator[Paragraph]:
        style = document.SMALL if block.is_small else document.LABELLED if block.label else None
        for number, text in enumerate(filter(None, (part.strip() for part in block.text.split("\n")))):
            paragraph = self.made.add_paragraph(style=style)
            if block.label and not number:
                paragraph.add_run(f"{block.label}: ").bold = True
            paragraph.add_run(text).bold = block.is_bold or None
            yield paragraph

    @add.register
    def _(self, block: Points) -> Iterator[Paragraph]:
        for text in block.texts:
            yield self.made.add_paragraph(text, style="List Bullet")

    @add.register
    def _(self, block: Chart) -> Iterator[Paragraph]:
        paragraph = self.made.add_paragraph(style=document.LABELLED)
        if block.native is None:
            png = images.png(block.drawn)
            picture = add_picture(paragraph, png, width=self.width, alt=block.alt, name=block.title)
            if picture.height > Cm(block.height):
                picture.width = Length(int(picture.width * Cm(block.height) / picture.height))
                picture.height = Cm(block.height)
        else:
            self.charts += 1
            add_to_word(paragraph, block.native, width=self.width, height=Cm(block.height), number=self.charts)
        yield paragraph

    @add.register
    def _(self, block: Together) -> Iterator[Paragraph]:
        found = [paragraph for each in block.blocks for paragraph in self.add(each)]
        for paragraph in found if block.with_the_next else found[:-1]:
            paragraph.paragraph_format.keep_with_next = True
        yield from found

    @add.register
    def _(self, block: Table) -> Iterator[Paragraph]:
        """Words stand left: a page takes more of them in."""
        table = self.made.add_table(rows=1, cols=len(block.columns), style="Table Grid")
        table.autofit = False
        describe(table, block.description)
        fill(table.rows[0], tuple(name for name, _ in block.columns), bold=True)
        repeat(table.rows[0])
        for number, row in enumerate(block.rows):
            added = table.add_row()
            fill(added, tuple(map(str, row)), bold=False)
            if block.tags:
                colour(added.cells[block.tagged], block.tags[number])
        widths = [Length(int(width / _WIDTH * self.width)) for _, width in block.columns]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for made in table.rows:
            for cell, width in zip(made.cells, widths, strict=True):
                cell.width = width
                cell.paragraphs[0].style = document.CELL
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
        yield self.made.add_paragraph()
