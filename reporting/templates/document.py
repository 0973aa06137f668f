"""Our template of a Word document: its styles by name, and the places that a paper of its kind fills."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

from docx import Document
from docx.document import Document as OpenDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.parts.hdrftr import FooterPart, HeaderPart
from docx.shared import Cm, Pt

from performance.report.templates import WHOLE, Kind
from reporting.documents.word import prepare

SMALL, LABELLED, CELL = "Small print", "Labelled", "Table text"
_SIZES = {SMALL: 9, LABELLED: 10, CELL: 9}  # points
_HEADINGS = ("Heading 1", "Heading 2", "Heading 3")
_STYLES = (*_HEADINGS, "Caption", "Table Grid", *_SIZES)
"""What a paper is written in, but for the plain text and the lists of the template."""


def blank(kind: Kind, *, by_parts: bool = False) -> OpenDocument:
    """The title with what is to be known of the paper, then all of it, or each part in a place of its own."""
    made = Document()
    prepare(made, title=f"Template: {kind.name}", subject=kind.name, author="")
    for name, size in _SIZES.items():
        style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = made.styles["Normal"], True
        style.font.size, style.paragraph_format.space_after = Pt(size), Pt(2)
    made.add_heading("{{title}}", level=1)
    made.add_paragraph("{{about}}", style="Caption")
    for name in kind.parts if by_parts else (WHOLE,):
        made.add_paragraph(f"{{{{{name}}}}}")
    _number_pages(made)
    return made


def lacking(made: OpenDocument) -> Iterator[str]:
    """What keeps a paper from being written in it: styles that cannot be brought along, or are of another kind."""
    if "List Bullet" not in made.styles:
        yield "It has no style “List Bullet”. Give it to a line once, in Word, and save it again."
    for name in (*_HEADINGS, *_SIZES):
        if name in made.styles and made.styles[name].type is not WD_STYLE_TYPE.PARAGRAPH:
            yield f"Its style “{name}” is not one of paragraphs. Name yours otherwise."


def complete(made: OpenDocument) -> None:
    """Styles that a template lacks, as ours are."""
    for name in _STYLES:
        if name not in made.styles:
            made.styles.element.append(deepcopy(_ours().styles[name].element))


def roots(made: OpenDocument) -> Iterator[Any]:
    """The XML of the pages, and of what stands above and below each of them."""
    yield made.element
    for part in made.part.package.iter_parts():
        if isinstance(part, HeaderPart | FooterPart):
            yield part.element


@cache
def _ours() -> OpenDocument:
    return blank(Kind(key="", name="", parts=()))


def _number_pages(made: OpenDocument) -> None:
    """ "Performance, Q2 2017/18        Page 3" below each page."""
    line = made.sections[0].footer.paragraphs[0]
    line.style = made.styles[SMALL]
    line.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run("{{title}}\tPage ")
    run = line.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("shown", "1"), ("end", "")):
        if kind in ("", "shown"):
            element = OxmlElement("w:instrText" if not kind else "w:t")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
