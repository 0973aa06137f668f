"""What stands in a template: the lines that may ask for something, where they stand, and what else there is."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.oxml.ns import qn as of_word
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn as of_slides
from pptx.util import Inches

from performance.report.templates import Kind, Program, parts_in, places_in
from reporting.templates import deck, document, places, workbook

_LEAST_WIDE, _LEAST_HIGH = Inches(2.5), Inches(1.5)
_FILLED = {
    Program.WORD: ("word/document.xml", "word/header", "word/footer"),
    Program.POWERPOINT: ("ppt/slides/", "ppt/slideLayouts/", "ppt/slideMasters/"),
}
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_MOVED = of_word("w:moveFrom")


@dataclass(frozen=True, kw_only=True)
class Found:
    """The lines in which places may stand, what is wrong with where they stand, and what is not carried over."""

    lines: tuple[str, ...]
    wrong: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def stray(parts: zipfile.ZipFile, program: Program) -> Iterator[str]:
    """Places in parts of the file in which nothing is filled: notes, comments, titles of charts, drawings."""
    for name in parts.namelist():
        if program is Program.EXCEL or not name.endswith(".xml") or name.startswith(_FILLED[program]):
            continue
        root = etree.fromstring(parts.read(name), _PARSER)
        for paragraph in root.iter(of_word("w:p"), of_slides("a:p")):
            text = "".join(each.text or "" for each in paragraph.iter(of_word("w:t"), of_slides("a:t")))
            yield from (
                f"{{{{{place}}}}} stands in a note, a comment, a chart or a drawing, where nothing is put in."
                for place in places_in(text)
            )


def _of_document(content: bytes, kind: Kind) -> Found:
    made = Document(io.BytesIO(content))
    on_the_page = set(made.element.body.iterchildren(of_word("w:p")))
    lines, wrong = [], list(document.lacking(made))
    for root in document.roots(made):
        for paragraph, runs in places.paragraphs_of(root, of_word("w:p"), of_word("w:t")):
            text = places.words_of([each for each in runs if not _is_moved(each)])
            lines.append(text)
            if paragraph not in on_the_page:
                wrong += [_elsewhere(name) for name in parts_in(kind, text)]
    return Found(lines=tuple(lines), wrong=tuple(wrong))


def _is_moved(run: Any) -> bool:
    """Whether the words stand elsewhere by now, in changes that nobody has accepted yet."""
    return next(run.iterancestors(_MOVED), None) is not None


def _of_slides(content: bytes, kind: Kind) -> Found:
    made = Presentation(io.BytesIO(content))
    layouts = deck.layouts(made)
    lacking = [name for name in deck.LAYOUTS[1:] if name not in layouts]
    wrong = [f"It has no layout “{name}”. Name one so in the slide master." for name in lacking]
    wrong += [] if lacking else list(_lacks(layouts))
    lines: list[str] = []
    slides = list(made.slides)
    for slide in slides:
        texts = [text for text in _texts(slide._element) if text.strip()]
        lines += texts
        if any(parts_in(kind, text) for text in texts) and _has_more(slide, texts):
            wrong.append(f"The slide “{texts[0][:60]}” gives way to a part, and there is more on it. Move that.")
    ours = {slide._element for slide in slides}
    for root in (each for each in deck.roots(made) if each not in ours):
        found = [text for text in _texts(root) if places_in(text)]
        lines += found
        wrong += [_elsewhere(name) for text in found for name in parts_in(kind, text)]
    return Found(lines=tuple(lines), wrong=tuple(wrong))


def _has_more(slide: Any, texts: list[str]) -> bool:
    """Anything but the name of the part: other words, a picture or a shape, or what the speaker notes."""
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    shapes = [each for each in slide.shapes if not each.is_placeholder]
    silent = [each for each in shapes if not (each.has_text_frame and each.text_frame.text.strip())]
    return len(texts) > 1 or bool(silent) or bool(notes is not None and notes.text.strip())


def _lacks(layouts: dict[str, Any]) -> Iterator[str]:
    """Layouts without a title or a place for content, or with one that is too small to be written into."""
    for name, wanted in ((deck.CONTENT, 1), (deck.BESIDE, 2), (deck.TITLE_ONLY, 0)):
        found = deck.content_places(layouts[name])
        has_title = any(each.placeholder_format.idx == 0 for each in layouts[name].placeholders)
        if len(found) < wanted or not has_title:
            yield f"The layout “{name}” lacks its title or a place for content. Restyle the supplied template."
        for each in found[:wanted]:
            if (each.width or 0) < _LEAST_WIDE or (each.height or 0) < _LEAST_HIGH:
                yield f"In the layout “{name}” the place for content is too small: make it 4 by 7 centimetres at least."


def _of_workbook(content: bytes, kind: Kind) -> Found:
    book = workbook.opened(content)
    lines = tuple(workbook.texts(book))
    wrong = [
        f"{{{{{name}}}}} has no place on the cover: in Excel each table is a sheet of its own."
        for text in lines for name in parts_in(kind, text)
    ]  # fmt: skip
    return Found(lines=lines, wrong=(*workbook.wrong_with(book), *wrong), left=tuple(workbook.left_behind(book)))


READ: dict[Program, Callable[[bytes, Kind], Found]] = {
    Program.WORD: _of_document, Program.POWERPOINT: _of_slides, Program.EXCEL: _of_workbook,
}  # fmt: skip


def _texts(root: Any) -> Iterator[str]:
    for _, runs in places.paragraphs_of(root, of_slides("a:p"), of_slides("a:t")):
        yield places.words_of(runs)


def _elsewhere(name: str) -> str:
    return (
        f"{{{{{name}}}}} stands in a table, a box, a content control, a layout, or above or below the page."
        " Give it a line on the page."
    )
