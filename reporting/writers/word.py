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
from reporting.templates import document, places
from reporting.writers.blocks import Block, Chart, Heading, Paper, Points, Table, Together, Words
from reporting.writers.native_chart import add_to_word

_WIDTH = 16.0  # centimetres, of which tables say how wide they are
_STAYS = (
    *map(qn, ("w:drawing", "w:pict", "w:object", "w:br", "w:bookmarkStart", "w:sectPr")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
)


def write(paper: Paper, template: bytes | None = None) -> bytes:
    """The document, the same for the same paper and template apart from time stamps."""
    made = Document(BytesIO(template)) if template else document.blank(paper.kind)
    document.complete(made)
    introduce(made, title=paper.title, subject=paper.subject, author=paper.author)
    # Found before anything is filled: what is told may look like a place, and is none.
    wanted = list(_places(made, paper))
    for root in document.roots(made):
        for _, runs in places.paragraphs_of(root, qn("w:p"), qn("w:t")):
            places.fill(runs, paper.asked)
    _place(made, paper, wanted)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _places(made: OpenDocument, paper: Paper) -> Iterator[tuple[Any, str]]:
    """Each paragraph of the page that gives way to a part, and which."""
    for paragraph in made.element.body.iterchildren(qn("w:p")):
        name = only_place(places.words_of(places.runs_of(paragraph, qn("w:t"))))
        if name == WHOLE or name in paper.kind.parts:
            yield paragraph, name


def _place(made: OpenDocument, paper: Paper, wanted: list[tuple[Any, str]]) -> None:
    """Every part where the template wants it; that it is a draft stands before the first, whatever the template."""
    parts = {part.name: (part,) for part in paper.parts} | {WHOLE: paper.parts}
    writer = _Writer(made)
    for number, (place, name) in enumerate(wanted):
        if paper.draft and not number:
            writer.put((paper.warning,), before=place)
        blocks = tuple(block for part in parts.get(name, ()) for block in part.blocks)
        writer.put(blocks, before=place, on_a_new_page=_breaks_before(place))
        _take_out(place)


def _breaks_before(place: Any) -> bool:
    return place.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None


def _take_out(place: Any) -> None:
    """The place itself; where its paragraph holds anything else, a picture, a break or the end of a section, its words
    alone."""
    runs = places.runs_of(place, qn("w:t"))
    if any(next(place.iter(tag), None) is not None for tag in _STAYS):
        for run in runs:
            run.text = ""
        return
    place.getparent().remove(place)


def _width_at(place: Any) -> Length:
    """How wide a line is in the section of the page in which the element stands."""
    ends = (each.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") for each in (place, *place.itersiblings(qn("w:p"))))
    section = next((each for each in ends if each is not None), place.getparent().find(qn("w:sectPr")))
    if section is None or section.page_width is None:
        return Cm(_WIDTH)
    inner = section.page_width - (section.left_margin or 0) - (section.right_margin or 0)
    return Length(max(Cm(4), min(inner, Cm(26))))


class _Writer:
    """The document as it grows, the number of its last drawing, and how wide a line of it is."""

    def __init__(self, made: OpenDocument) -> None:
        self.made, self.width = made, Length(Cm(_WIDTH))
        self._ids = dict[str, str]()
        self.drawings = max((int(each.get("id", 0)) for each in made.element.iter(qn("wp:docPr"))), default=0)

    def put(self, blocks: tuple[Block, ...], *, before: Any, on_a_new_page: bool = False) -> None:
        """Written at the end of the document, and from there moved to before the element."""
        body = self.made.element.body
        known, self.width = len(body), _width_at(before)
        for block in blocks:
            for _ in self.add(block):
                pass
        added = list(body)[known - 1 : -1]  # the last says how the pages look
        if added and on_a_new_page:
            added[0].get_or_add_pPr().get_or_add_pageBreakBefore()
        for each in added:
            before.addprevious(each)

    def paragraph(self, text: str = "", style: str = "") -> Paragraph:
        """A new one in the style of that name, at the end."""
        made = self.made.add_paragraph(text)
        if style:
            self.style(made, style)
        return made

    def style(self, paragraph: Paragraph, name: str) -> None:
        """By its own number, asked for once: to ask each time takes as long as all the rest."""
        if name not in self._ids:
            self._ids[name] = self.made.styles[name].style_id
        paragraph._p.style = self._ids[name]

    @singledispatchmethod
    def add(self, block: Block) -> Iterator[Paragraph]:
        """Adds the block, and answers the paragraphs that it is made of, one after another."""
        raise NotImplementedError(type(block))

    @add.register
    def _(self, block: Heading) -> Iterator[Paragraph]:
        heading = self.paragraph(block.words, f"Heading {block.level}")
        heading.paragraph_format.page_break_before = block.on_a_new_page or None
        yield heading

    @add.register
    def _(self, block: Words) -> Iterator[Paragraph]:
        style = document.SMALL if block.is_small else document.LABELLED if block.label else ""
        for number, text in enumerate(filter(None, (part.strip() for part in block.text.split("\n")))):
            paragraph = self.paragraph(style=style)
            if block.label and not number:
                paragraph.add_run(f"{block.label}: ").bold = True
            paragraph.add_run(text).bold = block.is_bold or None
            yield paragraph

    @add.register
    def _(self, block: Points) -> Iterator[Paragraph]:
        for text in block.texts:
            yield self.paragraph(text, "List Bullet")

    @add.register
    def _(self, block: Chart) -> Iterator[Paragraph]:
        paragraph = self.paragraph(style=document.LABELLED)
        if block.native is None:
            png = images.png(block.drawn)
            picture = add_picture(paragraph, png, width=self.width, alt=block.alt, name=block.title)
            if picture.height > Cm(block.height):
                picture.width = Length(int(picture.width * Cm(block.height) / picture.height))
                picture.height = Cm(block.height)
        else:
            self.drawings += 1
            add_to_word(paragraph, block.native, width=self.width, height=Cm(block.height), number=self.drawings)
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
                self.style(cell.paragraphs[0], document.CELL)
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
        yield self.made.add_paragraph()
