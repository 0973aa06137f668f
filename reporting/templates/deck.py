"""Our template of slides: four layouts on a wide page, in letters that every machine has, and the places they fill."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from performance.report.templates import WHOLE, Kind, Program

COVER, CONTENT, BESIDE, TITLE_ONLY = "Title Slide", "Title and Content", "Two Content", "Title Only"
LAYOUTS = (COVER, CONTENT, BESIDE, TITLE_ONLY)
FONT = "Arial"
"""Slides carry no letters with them: these are on every machine."""

_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_LEFT, _INNER, _TOP, _BODY = Inches(0.6), Inches(12.1), Inches(1.45), Inches(5.5)
_CHART, _GAP = Inches(6.6), Inches(0.3)
_TITLE = (_LEFT, Inches(0.4), _INNER, Inches(0.9))
_FULL = (_LEFT, _TOP, _INNER, _BODY)
_PLACES: dict[str, dict[int, tuple[int, int, int, int]]] = {
    COVER: {0: (_LEFT, Inches(2.0), _INNER, Inches(1.6)), 1: (_LEFT, Inches(3.8), _INNER, Inches(2.4))},
    CONTENT: {0: _TITLE, 1: _FULL},
    BESIDE: {
        0: _TITLE,
        1: (_LEFT, _TOP, _CHART, Inches(5.3)),
        2: (_LEFT + _CHART + _GAP, _TOP, _INNER - _CHART - _GAP, _BODY),
    },
    TITLE_ONLY: {0: _TITLE},
}
_INK = "0B0C0C"
_TITLE_SIZE = 2800  # hundredths of a point
_EDGE = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
_NO_CONTENT = _EDGE | _TITLES | {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.HEADER}
_NAMES = {name.casefold(): name for name in LAYOUTS} | {"title, content": CONTENT, "title, 2 content": BESIDE}
"""Other programs save the same layouts under names of their own."""


def blank(kind: Kind, *, by_parts: bool = False) -> Any:
    """A cover, and a slide in whose place all of the paper stands, or one for each of its parts."""
    made = Presentation()
    made.slide_width, made.slide_height = _WIDTH, _HEIGHT
    core = made.core_properties
    core.title, core.subject, core.author = f"Template: {kind.name}", kind.name, ""
    for layout in list(made.slide_layouts):
        if layout.name not in LAYOUTS:
            made.slide_layouts.remove(layout)
    _style(made.slide_master)
    for layout in made.slide_layouts:
        _lay_out(layout)
    cover = made.slides.add_slide(layouts(made)[COVER])
    _say(cover.placeholders[0], "title")
    _say(cover.placeholders[1], "about")
    for name in kind.parts_for(Program.POWERPOINT) if by_parts else (WHOLE,):
        slide = made.slides.add_slide(layouts(made)[TITLE_ONLY])
        _say(slide.shapes.title, name)
    return made


def layouts(made: Any) -> dict[str, Any]:
    """The four layouts by the names that we give them, the first of a name; as far as the template has them."""
    found: dict[str, Any] = {}
    for master in made.slide_masters:
        for layout in master.slide_layouts:
            found.setdefault(_NAMES.get(layout.name.strip().casefold(), layout.name), layout)
    return found


def content_places(layout: Any) -> list[Any]:
    """Where content goes, from the left and from above: not titles, and not what stands at the edge of each slide."""
    found = [each for each in layout.placeholders if each.placeholder_format.type not in _NO_CONTENT]
    return sorted(found, key=lambda each: (each.left or 0, each.top or 0))


def place(slide: Any, number: int) -> Any:
    """The place for content of the slide's layout, counted from 1, on the slide."""
    wanted = content_places(slide.slide_layout)[number - 1].placeholder_format.idx
    return next(each for each in slide.placeholders if each.placeholder_format.idx == wanted)


def complete(slide: Any, *, filled: int) -> None:
    """What stands at the edge of each slide of the layout, which a new slide does not bring; and no place that nothing
    will be written into, but for the title and the first `filled` for content."""
    layout = slide.slide_layout
    kept = {each.placeholder_format.idx for each in content_places(layout)[:filled]}
    for shape in list(slide.placeholders):
        if shape.placeholder_format.idx not in kept and shape.placeholder_format.type not in _TITLES:
            shape._element.getparent().remove(shape._element)
    tree = slide.shapes._spTree
    for shape in layout.placeholders:
        if shape.placeholder_format.type in _EDGE and shape.text_frame.text.strip():
            copied = deepcopy(shape._element)
            copied.nvSpPr.cNvPr.set("id", str(max(int(each.get("id")) for each in tree.iter(qn("p:cNvPr"))) + 1))
            tree.append(copied)


def forget_lists(made: Any) -> None:
    """Sections and shows of the template name slides that are gone."""
    for name in (qn("p:custShowLst"), qn("p:extLst")):
        for each in made.element.findall(name):
            made.element.remove(each)


def roots(made: Any) -> Iterator[Any]:
    """The XML of every slide, layout and master."""
    yield from (each._element for each in made.slides)
    for master in made.slide_masters:
        yield master._element
        yield from (layout._element for layout in master.slide_layouts)


def _say(shape: Any, place: str) -> None:
    run = shape.text_frame.paragraphs[0].add_run()
    run.text = f"{{{{{place}}}}}"
    run._r.get_or_add_rPr().set("lang", "en-GB")


def _lay_out(layout: Any) -> None:
    places = _PLACES[layout.name]
    for shape in list(layout.placeholders):
        found = places.get(shape.placeholder_format.idx)
        if found:
            shape.left, shape.top, shape.width, shape.height = found
            shape.text_frame.word_wrap = True
            # As large as its words need is for whoever makes the slide to say, not for the program that opens it.
            shape.text_frame.auto_size = None
        elif shape.placeholder_format.type in _EDGE:
            _at_the_edge(shape)
        elif shape.placeholder_format.type is PP_PLACEHOLDER.DATE:
            shape._element.getparent().remove(shape._element)
    if layout.name == COVER:
        layout.placeholders[0].text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        for style in layout._element.iter(qn("a:lvl1pPr")):
            style.set("algn", "l")
        for faint in list(layout._element.iter(qn("a:solidFill"))):
            faint.getparent().remove(faint)


def _at_the_edge(shape: Any) -> None:
    """The title below each slide on the left, its number on the right."""
    shape.top, shape.height = _HEIGHT - Inches(0.45), Inches(0.35)
    if shape.placeholder_format.type is PP_PLACEHOLDER.FOOTER:
        shape.left, shape.width = _LEFT, _INNER - Inches(2)
        _say(shape, "title")
        shape.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    else:
        shape.left, shape.width = _LEFT + _INNER - Inches(1.5), Inches(1.5)
    for faint in list(shape._element.iter(qn("a:solidFill"))):
        faint.getparent().remove(faint)


def _style(master: Any) -> None:
    """Titles stand left and bold; words have no mark before them, and points of the second level have one."""
    title = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    letters = title.find(qn("a:defRPr"))
    letters.set("sz", str(_TITLE_SIZE))
    letters.set("b", "1")
    body = master._element.find(f".//{qn('p:bodyStyle')}")
    first, second = body.find(qn("a:lvl1pPr")), body.find(qn("a:lvl2pPr"))
    first.set("marL", "0")
    first.set("indent", "0")
    for tag in ("a:buFont", "a:buChar"):
        first.remove(first.find(qn(tag)))
    spacing = first.find(qn("a:spcBef"))
    spacing.addnext(etree.SubElement(first, qn("a:buNone")))
    second.set("marL", str(Inches(0.25)))
    second.set("indent", str(-Inches(0.25)))
    second.find(qn("a:buChar")).set("char", "•")
    for each in (first, second):
        each.find(qn("a:defRPr")).set("sz", str(Pt(18).pt * 100).split(".")[0])
    for shape in master.placeholders:
        if shape.placeholder_format.type is PP_PLACEHOLDER.TITLE:
            shape.left, shape.top, shape.width, shape.height = _TITLE
            shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        elif shape.placeholder_format.type is PP_PLACEHOLDER.BODY:
            shape.left, shape.top, shape.width, shape.height = _FULL
    _letters(master)


def _letters(master: Any) -> None:
    """One family, dark on white, as the theme says it: whoever restyles the theme restyles all."""
    (part,) = [each.target_part for each in master.part.rels.values() if each.reltype.endswith("/theme")]
    root = etree.fromstring(part.blob)
    for kind in ("a:majorFont", "a:minorFont"):
        root.find(f".//{qn(kind)}/{qn('a:latin')}").set("typeface", FONT)
    dark = root.find(f".//{qn('a:dk1')}")
    for old in list(dark):
        dark.remove(old)
    etree.SubElement(dark, qn("a:srgbClr")).set("val", _INK)
    accent = root.find(f".//{qn('a:accent1')}")
    for old in list(accent):
        accent.remove(old)
    etree.SubElement(accent, qn("a:srgbClr")).set("val", "12436D")
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
