"""The pack of a committee as slides: a slide a red, with a chart that PowerPoint edits, and nothing that runs over."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Inches, Pt

from performance.ground.reckoning.rag import Rag
from performance.report.pack import Pack
from performance.report.words import Place, Red
from reporting.documents import fonts
from reporting.packs.charts import native
from reporting.papers.native_chart import style

_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_LEFT, _TOP, _INNER = Inches(0.6), Inches(1.45), Inches(12.1)
_BODY = Inches(5.5)  # of a slide's height, what stands under its title
_BESIDE = Inches(5.2)  # of a slide's width, what stands beside a chart
_SIZES = (18, 16, 14, 12)  # points: the largest that fits
_LINE = 1.25  # of the letters' size
# Slides carry no letters with them: these are on every machine, and so much wider than ours, by which we measure.
_FONT, _WIDER = "Arial", 1.14
_INK = RGBColor(0x0B, 0x0C, 0x0C)
_TITLE_ONLY = 5
_LANGUAGE = "en-GB"
_Words = Sequence[tuple[str, str]]
"""Labels in bold, which may be empty, with the words behind them; each on lines of its own."""


def write(pack: Pack, *, council: str, place: str) -> bytes:
    """The Word pack in short: without methods, colour bands and the full table, which no slide has room for."""
    made = Presentation()
    made.slide_width, made.slide_height = _WIDTH, _HEIGHT
    core = made.core_properties
    core.title, core.subject, core.author, core.language = pack.title, pack.edition.title, council, _LANGUAGE
    about = [("", council), ("", pack.meeting), ("", pack.known), *([("Draft", pack.draft)] if pack.draft else [])]
    _told(made, pack.title, about)
    _told(made, Place.SUMMARY.in_words, _summary(pack))
    if pack.before is not None:
        changed = [(each.now.title, each.in_words) for each in pack.changed] or [("", "No status moved.")]
        _told(made, f"What changed since {pack.before.period.in_words}", changed)
    for red in pack.story.reds:
        _red(made, red, place)
    if pack.ambers:
        watch = [("", words)] if (words := pack.story.words[Place.WATCH]) else []
        ambers = [(each.title, f"{each.told} in {each.period.short}, {each.held_against}") for each in pack.ambers]
        _told(made, Place.WATCH.in_words, [*watch, *ambers])
    if pack.story.words[Place.FINANCE]:
        _told(made, Place.FINANCE.in_words, [("", pack.story.words[Place.FINANCE])])
    if pack.restated and pack.before is not None:
        said = [(f"{each.was.title}, {each.was.period.short}", each.in_words) for each in pack.restated]
        _told(made, f"Corrections to {pack.before.period.in_words}", said)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _summary(pack: Pack) -> list[tuple[str, str]]:
    words = pack.story.words[Place.SUMMARY]
    reds = [("", f"{each.line.title}: {each.line.told}, {each.line.held_against}") for each in pack.story.reds]
    return [*([("", words)] if words else []), ("", pack.counted), *reds]


def _red(made: Any, red: Red, place: str) -> None:
    """The chart on the left, its parts beside it; what does not fit stands on the next."""
    line = red.line
    figure = f"{Rag.RED.in_words}: {line.told} in {line.period.short}, {line.held_against}. {line.polarity.in_words}."
    parts = [("", figure), *red.parts]
    chart = native(line, place=place)
    if chart is None:
        _told(made, line.title, parts)
        return
    slide = _slide(made, line.title)
    width = _INNER - _BESIDE - Inches(0.3)
    frame = slide.shapes.add_chart(chart.kind, _LEFT, _TOP, width, Inches(5.3), chart.data)
    style(frame.chart, chart, letters=_FONT, size=12)
    said = frame._element.nvGraphicFramePr.cNvPr
    said.set("descr", chart.alt)
    said.set("name", chart.title)
    rest = _write(slide, parts, left=Emu(_LEFT + width + Inches(0.3)), width=_BESIDE)
    if rest:
        _told(made, f"{line.title} (continued)", rest)


def _told(made: Any, title: str, words: _Words) -> None:
    """A slide of words, and more of them where one has no room."""
    rest: _Words = words
    while rest:
        slide = _slide(made, title)
        rest = _write(slide, rest, left=_LEFT, width=_INNER)
        title = title if title.endswith("(continued)") else f"{title} (continued)"


def _slide(made: Any, title: str) -> Any:
    slide = made.slides.add_slide(made.slide_layouts[_TITLE_ONLY])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = _LEFT, Inches(0.4), _INNER, Inches(0.9)
    size = next((each for each in (32, 28, 24, 20) if len(_wrapped(title, _INNER, each)) <= 1), 20)
    _say(shape.text_frame, [("", title)], size=size, bold=True)
    shape.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    return slide


def _write(slide: Any, words: _Words, *, left: int, width: int) -> _Words:
    """As large as fits; answers what does not at the smallest size."""
    size = next((each for each in _SIZES if _height(words, width, each) <= _BODY), _SIZES[-1])
    words = [*_cut(words[0], width, size), *words[1:]]
    fits = len(words)
    while fits > 1 and _height(words[:fits], width, size) > _BODY:
        fits -= 1
    box = slide.shapes.add_textbox(left, _TOP, width, _BODY)
    box.text_frame.word_wrap = True
    _say(box.text_frame, words[:fits], size=size)
    return words[fits:]


def _cut(paragraph: tuple[str, str], width: int, size: int) -> _Words:
    """A paragraph that is higher than a slide in parts that are not."""
    if _height([paragraph], width, size) <= _BODY:
        return [paragraph]
    label, said = paragraph
    lines = _wrapped(said, width, size)
    most = int((_BODY - Pt(size / 2)) / Pt(size * _LINE)) - (1 + len(label) // 20)
    return [(label, " ".join(lines[:most])), ("", " ".join(lines[most:]))]


def _say(frame: Any, words: _Words, *, size: int, bold: bool = False) -> None:
    for number, (label, said) in enumerate(words):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.space_after = Pt(size / 2)
        for text, is_bold in ((f"{label}: " if label else "", True), (said, bold)):
            if text:
                run = paragraph.add_run()
                run.text = text
                run.font.size, run.font.bold, run.font.name = Pt(size), is_bold, _FONT
                run.font.color.rgb = _INK
                run._r.get_or_add_rPr().set("lang", _LANGUAGE)


def _height(words: _Words, width: int, size: int) -> int:
    """How high the words stand at a size, in the measure of slides."""
    lines = sum(len(_wrapped(f"{label}: {said}" if label else said, width, size)) for label, said in words)
    return int(Pt(lines * size * _LINE + len(words) * size / 2))


def _wrapped(text: str, width: int, size: int) -> list[str]:
    inside = Emu(width - Inches(0.2)).pt / _WIDER
    return [line for part in text.split("\n") for line in fonts.wrap(part, inside, size=size, bold=True) or [""]]
