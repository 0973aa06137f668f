"""Words on a slide, as large as fits: measured with our letters, which are narrower than those of most machines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.util import Emu, Inches, Pt

from reporting.documents import fonts

LANGUAGE = "en-GB"
_SIZES = (18, 16, 14, 12)  # points: the largest that fits
_TITLES = (28, 24, 20, 18, 16)
_LINE = 1.25  # of the letters' size
_WIDER = 1.14  # Arial beside our letters
_INDENT = Inches(0.25)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A paragraph, with a label in bold before it, or as a point of a list."""

    said: str
    label: str = ""
    is_bold: bool = False
    is_point: bool = False

    @property
    def text(self) -> str:
        return f"{self.label}: {self.said}" if self.label else self.said


def write_title(shape: Any, title: str) -> None:
    """In the letters of the layout; smaller only where they would run over."""
    run = shape.text_frame.paragraphs[0].add_run()
    run.text = title
    run._r.get_or_add_rPr().set("lang", LANGUAGE)
    size = next((each for each in _TITLES if _height([Line(said=title)], shape.width, each) <= shape.height), 16)
    if size != _TITLES[0]:
        run.font.size = Pt(size)


def write_words(shape: Any, lines: Sequence[Line]) -> list[Line]:
    """Into the placeholder; answers what does not fit at the smallest size."""
    width, height = shape.width, shape.height
    size = next((each for each in _SIZES if _height(lines, width, each) <= height), _SIZES[-1])
    lines = [*_cut(lines[0], width, height, size), *lines[1:]]
    # A place that is lower than a line has one, or it would never end.
    fits = len(lines)
    while fits > 1 and _height(lines[:fits], width, size) > height:
        fits -= 1
    frame = shape.text_frame
    frame.word_wrap = True
    for number, line in enumerate(lines[:fits]):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.level = 1 if line.is_point else 0
        paragraph.space_before, paragraph.space_after = Pt(0), Pt(size / 2)
        paragraph.line_spacing = 1.0
        if line.label:
            _run(paragraph, f"{line.label}: ", size=size, bold=True)
        _run(paragraph, line.said, size=size, bold=line.is_bold)
    return lines[fits:]


def _run(paragraph: Any, text: str, *, size: int, bold: bool) -> None:
    run = paragraph.add_run()
    run.text, run.font.size, run.font.bold = text, Pt(size), bold or None
    run._r.get_or_add_rPr().set("lang", LANGUAGE)


def _cut(line: Line, width: int, height: int, size: int) -> list[Line]:
    """A paragraph that is higher than a slide in parts that are not."""
    if _height([line], width, size) <= height:
        return [line]
    lines = wrapped(line.said, width, size)
    most = max(1, int((height - Pt(size / 2)) / Pt(size * _LINE)) - (1 + len(line.label) // 20))
    if len(lines) <= most:  # it cannot be made less, and stands as it is
        return [line]
    first, rest = " ".join(lines[:most]), " ".join(lines[most:])
    return [replace(line, said=first), replace(line, said=rest, label="")]


def _height(lines: Sequence[Line], width: int, size: int) -> int:
    """How high the words stand at a size, in the measure of slides."""
    many = sum(len(wrapped(each.text, width - (_INDENT if each.is_point else 0), size)) for each in lines)
    return int(Pt(many * size * _LINE + len(lines) * size / 2))


def wrapped(text: str, width: int, size: int) -> list[str]:
    """The lines that the text takes, in so wide a place at so many points."""
    inside = Emu(int(width - Inches(0.2))).pt / _WIDER
    return [line for part in text.split("\n") for line in fonts.wrap(part, inside, size=size, bold=True) or [""]]
