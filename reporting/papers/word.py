"""A paper as a Word document: real headings and header rows, and charts that are edited there."""

from collections.abc import Iterator
from functools import singledispatchmethod
from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from reporting.documents.word import describe, fill, prepare, repeat
from reporting.papers.blocks import Block, Chart, Heading, Paper, Points, Table, Together, Words
from reporting.papers.native_chart import add_to_word

_WIDTH = Cm(16)
_SMALL = Pt(9)


def write(paper: Paper) -> bytes:
    """The document, the same for the same paper apart from time stamps."""
    return _Writer(paper).written()


class _Writer:
    """The document as it grows, and how many charts it has."""

    def __init__(self, paper: Paper) -> None:
        self.made, self.charts = Document(), 0
        prepare(self.made, title=paper.title, subject=paper.subject, author=paper.author)
        self.made.add_heading(paper.title, level=1)
        self.made.add_paragraph(paper.caption, style="Caption")
        for block in paper.blocks:
            for _ in self.add(block):
                pass

    def written(self) -> bytes:
        kept = BytesIO()
        self.made.save(kept)
        return kept.getvalue()

    @singledispatchmethod
    def add(self, block: Block) -> Iterator[Paragraph]:
        """Adds the block, and answers the paragraphs that it is made of, one after another."""
        raise NotImplementedError(type(block))

    @add.register
    def _(self, block: Heading) -> Iterator[Paragraph]:
        heading = self.made.add_heading(block.words, level=block.level)
        heading.paragraph_format.page_break_before = block.on_a_new_page
        yield heading

    @add.register
    def _(self, block: Words) -> Iterator[Paragraph]:
        for number, text in enumerate(filter(None, (part.strip() for part in block.text.split("\n")))):
            paragraph = self.made.add_paragraph()
            if block.label or block.is_small:
                paragraph.paragraph_format.space_after = Pt(2)
            if block.label and not number:
                paragraph.add_run(f"{block.label}: ").bold = True
            paragraph.add_run(text).bold = block.is_bold or None
            for run in paragraph.runs:
                run.font.size = _SMALL if block.is_small else Pt(10) if block.label else None
            yield paragraph

    @add.register
    def _(self, block: Points) -> Iterator[Paragraph]:
        for text in block.texts:
            yield self.made.add_paragraph(text, style="List Bullet")

    @add.register
    def _(self, block: Chart) -> Iterator[Paragraph]:
        self.charts += 1
        paragraph = self.made.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        add_to_word(paragraph, block.native, width=_WIDTH, height=Cm(block.height), number=self.charts)
        yield paragraph

    @add.register
    def _(self, block: Together) -> Iterator[Paragraph]:
        found = [paragraph for each in block.blocks for paragraph in self.add(each)]
        for paragraph in found if block.with_the_next else found[:-1]:
            paragraph.paragraph_format.keep_with_next = True
        yield from found

    @add.register
    def _(self, block: Table) -> Iterator[Paragraph]:
        """Words stand left, small: a page takes more of them in."""
        table = self.made.add_table(rows=1, cols=len(block.columns), style="Table Grid")
        table.autofit = False
        describe(table, block.description)
        fill(table.rows[0], tuple(name for name, _ in block.columns), bold=True)
        repeat(table.rows[0])
        for row in block.rows:
            fill(table.add_row(), row, bold=False)
        widths = [Cm(width) for _, width in block.columns]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for made in table.rows:
            for cell, width in zip(made.cells, widths, strict=True):
                cell.width = width
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
                for run in cell.paragraphs[0].runs:
                    run.font.size = _SMALL
        yield self.made.add_paragraph()
