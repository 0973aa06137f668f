"""A paper as slides: a slide a heading, charts that PowerPoint edits with their words beside them, and nothing that
runs over. What is only looked up stays in the document: no slide has room for it.

They are written into a template, ours or one that was restyled: its layouts say where things stand and in what letters.
"""

from collections.abc import Sequence
from functools import singledispatchmethod
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.oxml.ns import qn

from performance.report.templates import WHOLE, Kind, Program, only_place
from reporting.documents import images
from reporting.templates import deck, places
from reporting.templates.deck import BESIDE, CONTENT, TITLE_ONLY
from reporting.writers import slide_tables
from reporting.writers.blocks import Block, Chart, Heading, Number, Paper, Part, Points, Table, Together, Words
from reporting.writers.native_chart import style
from reporting.writers.slide_words import LANGUAGE, Line, write_title, write_words

_LETTERS = 12  # points, in charts
_FILLED = {CONTENT: 1, BESIDE: 2, TITLE_ONLY: 0}  # places for content
_TITLE = 2  # the level of headings that are titles of slides


def write(paper: Paper, template: bytes | None = None) -> bytes:
    """The slides, the same for the same paper and template apart from time stamps."""
    made = Presentation(BytesIO(template)) if template else deck.blank(paper.kind)
    core = made.core_properties
    core.title, core.subject, core.author, core.language = paper.title, paper.subject, paper.author, LANGUAGE
    # Found before anything is filled: what is told may look like a place, and is none.
    slides = zip(list(made.slides._sldIdLst), made.slides, strict=True)
    wanted = [(each, name) for each, slide in slides if (name := place_of(slide, paper.kind))]
    for root in deck.roots(made):
        for _, runs in places.paragraphs_of(root, qn("a:p"), qn("a:t")):
            places.fill(runs, paper.asked)
    _place(made, paper, wanted)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def place_of(slide: Any, kind: Kind) -> str:
    """The part that takes the place of the slide; empty where it stays."""
    found = (
        only_place(places.words_of(runs))
        for _, runs in places.paragraphs_of(slide._element, qn("a:p"), qn("a:t"))
    )  # fmt: skip
    return next((name for name in found if name == WHOLE or name in kind.parts), "")


def _place(made: Any, paper: Paper, wanted: list[tuple[Any, str]]) -> None:
    """Every part where the template wants it; that it is a draft is said on the first, whatever the template."""
    parts: dict[str, tuple[Part, ...]] = {part.name: (part,) for part in paper.parts}
    all_of_it = paper.kind.parts_for(Program.POWERPOINT)
    parts[WHOLE] = tuple(part for part in paper.parts if part.name in all_of_it)
    order = made.slides._sldIdLst
    warning = [Line(said=paper.warning.text, is_bold=True)] if paper.draft else []
    for place, name in wanted:
        many, writer = len(order), _Writer(made, paper.title, warning)
        for part in parts.get(name, ()):
            writer.part(part.blocks)
        if len(order) > many:
            warning = []
        for each in list(order)[many:]:
            place.addprevious(each)
    for place, _ in wanted:  # at the end: a new slide takes the name of one that is gone
        made.part.drop_rel(place.rId)
        order.remove(place)
    deck.forget_lists(made)


class _Writer:
    """Slides one after another: the title of the one that is begun, and the lines that are to stand on it."""

    def __init__(self, made: Any, of_all: str, lines: list[Line]) -> None:
        self.made, self.of_all, self.title, self.lines, self.is_new = made, of_all, of_all, lines, True

    def part(self, blocks: tuple[Block, ...]) -> None:
        """What has no heading of its own is told under the title of all."""
        self.title = self.of_all
        for block in blocks:
            self.add(block)
        self.flush()

    def flush(self) -> None:
        """The lines on a slide of their own, and on more where one has no room."""
        rest, self.lines = self.lines, []
        while rest:
            slide = self._slide(CONTENT, self.title)
            rest = write_words(deck.place(slide, 1), rest)
            self._go_on()

    def _go_on(self) -> None:
        if not self.title.endswith("(continued)"):
            self.title = f"{self.title} (continued)"

    @singledispatchmethod
    def add(self, block: Block) -> None:
        raise NotImplementedError(type(block))

    @add.register
    def _(self, block: Heading) -> None:
        if block.level > _TITLE:
            self.lines.append(Line(said=block.words, is_bold=True))
            return
        if not self.is_new:
            self.flush()
        self.title, self.is_new = block.words, False

    @add.register
    def _(self, block: Words) -> None:
        said = [part.strip() for part in block.text.split("\n") if part.strip()]
        for number, text in enumerate(said):
            self.lines.append(Line(label="" if number else block.label, said=text, is_bold=block.is_bold))

    @add.register
    def _(self, block: Points) -> None:
        self.lines += [Line(said=text, is_point=True) for text in block.texts]

    @add.register
    def _(self, block: Table) -> None:
        self.flush()
        rest: Sequence[Sequence[str | Number]] = block.rows
        while rest:
            slide = self._slide(TITLE_ONLY, self.title)
            rest = slide_tables.add(slide, block, rest, room=_room(self.made))
            self._go_on()

    @add.register
    def _(self, block: Chart) -> None:
        self._beside(self.title, block, self.lines)

    @add.register
    def _(self, block: Together) -> None:
        """With a chart or a heading of its own a slide of its own, named by what it says first."""
        charts = [each for each in block.blocks if isinstance(each, Chart)]
        first = block.blocks[0]
        if not charts and not (isinstance(first, Heading) and first.level > _TITLE):
            for each in block.blocks:
                self.add(each)
            return
        self.flush()
        kept, self.title = self.title, first.words if isinstance(first, Heading) else self.title
        for each in block.blocks:
            if not isinstance(each, Heading | Chart):
                self.add(each)
        if charts:
            self._beside(self.title, charts[0], self.lines)
        self.flush()
        self.title = kept

    def _beside(self, title: str, chart: Chart, lines: list[Line]) -> None:
        """The chart on the left with the lines beside it; what does not fit stands on the next."""
        self.lines = []
        slide = self._slide(BESIDE, title)
        left, right = deck.place(slide, 1), deck.place(slide, 2)
        room = left.left, left.top, left.width, left.height
        left._element.getparent().remove(left._element)
        _draw(slide, chart, room)
        if not lines:
            right._element.getparent().remove(right._element)
            return
        if rest := write_words(right, lines):
            self.title, self.lines = f"{title} (continued)", rest
            self.flush()

    def _slide(self, layout: str, title: str) -> Any:
        self.is_new = False
        slide = self.made.slides.add_slide(deck.layouts(self.made)[layout])
        write_title(slide.shapes.title, title)
        deck.complete(slide, filled=_FILLED[layout])
        return slide


def _room(made: Any) -> tuple[int, int, int, int]:
    """Where the words of a slide stand."""
    body = deck.content_places(deck.layouts(made)[CONTENT])[0]
    return body.left, body.top, body.width, body.height


def _draw(slide: Any, chart: Chart, room: tuple[int, int, int, int]) -> None:
    left, top, width, height = room
    if chart.native is None:
        picture = slide.shapes.add_picture(BytesIO(images.png(chart.drawn)), left, top, width=width)
        if picture.height > height:
            picture.width, picture.height = int(picture.width * height / picture.height), height
        said = picture._element.nvPicPr.cNvPr
    else:
        frame = slide.shapes.add_chart(chart.native.kind, left, top, width, height, chart.native.data)
        style(frame.chart, chart.native, letters="", size=_LETTERS)
        said = frame._element.nvGraphicFramePr.cNvPr
    said.set("descr", chart.alt)
    said.set("name", chart.title)
