"""A template that somebody brings: looked over, its places held against its kind, and an example written into it."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.oxml.ns import qn as of_word
from pptx import Presentation
from pptx.oxml.ns import qn as of_slides

from performance.report.templates import Kind, Program, left_out, places_in, problems
from reporting.papers.specimen import written
from reporting.templates import archive, deck, document, places, workbook


class BadTemplateError(Exception):
    """A template that cannot be used; the problems say why, a sentence each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


@dataclass(frozen=True, kw_only=True)
class _Found:
    """The lines of a template in which places may stand, and what is wrong with where they stand."""

    lines: tuple[str, ...]
    wrong: tuple[str, ...] = ()


def demand_good(content: bytes, *, kind: Kind, program: Program) -> tuple[str, ...]:
    """The parts of the paper that the template gives no place to. Raises BadTemplateError."""
    if wrong := archive.problems(content, program):
        raise BadTemplateError(wrong)
    try:
        found = _READ[program](content, kind)
    except Exception as fault:
        # Whatever a library says of a file that is not what it says it is: the person who brought it is told.
        raise BadTemplateError(
            [f"{program.in_words} may open it, but it is not read here. Restyle the supplied template, and bring that."]
        ) from fault
    is_placed = program is not Program.EXCEL
    if wrong := [*found.wrong, *problems(kind, found.lines, has_parts=is_placed)]:
        raise BadTemplateError(list(dict.fromkeys(wrong)))
    try:
        written(kind, program, content)
    except Exception as fault:
        raise BadTemplateError(
            ["An example could not be written into it. Restyle the supplied template, and bring that."]
        ) from fault
    return left_out(kind, found.lines) if is_placed else ()


def ours(kind: Kind, program: Program) -> bytes:
    """Our template with a place for each part, to be restyled."""
    if program is Program.EXCEL:
        return workbook.blank(kind)
    made = (document.blank if program is Program.WORD else deck.blank)(kind, by_parts=True)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _of_document(content: bytes, kind: Kind) -> _Found:
    made = Document(io.BytesIO(content))
    on_the_page = set(made.element.body.iterchildren(of_word("w:p")))
    lines, wrong = [], []
    for root in document.roots(made):
        for paragraph, runs in places.paragraphs_of(root, of_word("w:p"), of_word("w:t")):
            lines.append(text := places.words_of(runs))
            wrong += [] if paragraph in on_the_page else [_elsewhere(name) for name in _parts(kind, text)]
    return _Found(lines=tuple(lines), wrong=tuple(wrong))


def _of_slides(content: bytes, kind: Kind) -> _Found:
    made = Presentation(io.BytesIO(content))
    lacking = [name for name in deck.LAYOUTS if name not in deck.layouts(made)]
    wrong = [f"It has no layout “{name}”. Name one so in the slide master." for name in lacking]
    if not lacking:
        wrong += list(_lacks(deck.layouts(made)))
    lines: list[str] = []
    for slide in made.slides:
        texts = [text for text in _texts(slide._element) if text.strip()]
        lines += texts
        if any(_parts(kind, text) for text in texts) and len(texts) > 1:
            wrong.append(f"The slide “{texts[0][:60]}” gives way to a part, and other words stand on it. Move them.")
    for root in deck.roots(made):
        if root not in [slide._element for slide in made.slides]:
            found = [text for text in _texts(root) if places_in(text)]
            lines += found
            wrong += [_elsewhere(name) for text in found for name in _parts(kind, text)]
    return _Found(lines=tuple(lines), wrong=tuple(wrong))


def _lacks(layouts: dict[str, Any]) -> Iterator[str]:
    """Layouts without a place that is written into."""
    for name, wanted in ((deck.CONTENT, {0, 1}), (deck.BESIDE, {0, 1, 2}), (deck.TITLE_ONLY, {0})):
        held = {each.placeholder_format.idx for each in layouts[name].placeholders}
        if not wanted <= held:
            yield f"The layout “{name}” lacks its title or a place for content. Restyle the supplied template."


def _of_workbook(content: bytes, kind: Kind) -> _Found:
    book = workbook.opened(content)
    wrong = [f"The sheet “{workbook.LOOKS}” names “{name}”, which no cell of a report has." for name in
             workbook.unknown_looks(book)]  # fmt: skip
    if not {workbook.COVER, workbook.LOOKS} & set(book.sheetnames):
        wrong.append(f"It has no sheet “{workbook.COVER}” and none “{workbook.LOOKS}”. Restyle the supplied template.")
    lines = tuple(workbook.texts(book))
    wrong += [
        f"{{{{{name}}}}} has no place on the cover: in Excel each table is a sheet of its own."
        for text in lines for name in _parts(kind, text)
    ]  # fmt: skip
    return _Found(lines=lines, wrong=tuple(wrong))


_READ: dict[Program, Callable[[bytes, Kind], _Found]] = {
    Program.WORD: _of_document, Program.POWERPOINT: _of_slides, Program.EXCEL: _of_workbook,
}  # fmt: skip


def _texts(root: Any) -> Iterator[str]:
    for _, runs in places.paragraphs_of(root, of_slides("a:p"), of_slides("a:t")):
        yield places.words_of(runs)


def _parts(kind: Kind, text: str) -> list[str]:
    return [name for name in places_in(text) if name in kind.places and name not in kind.fields]


def _elsewhere(name: str) -> str:
    return f"{{{{{name}}}}} stands in a table, a box, a layout, or above or below the page. Give it a line on the page."
