"""A restyled PowerPoint template: its layouts, its order and its own slides, with the figures where it says."""

from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Inches

from performance.report.templates import CABINET_PACK, Program
from performance.report.words import Place, Said, story
from reporting.packs import document
from reporting.papers.specimen import written as example
from reporting.papers.template_check import BadTemplateError, demand_good, ours
from reporting.templates.deck import layouts
from tests.reporting.packs.test_document import a_pack

NAMES = {"council": "City Council", "place": "The city"}


def supplied() -> Any:
    return Presentation(BytesIO(ours(CABINET_PACK, Program.POWERPOINT)))


def kept(made: Any) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def written(template: Any) -> Any:
    content = kept(template)
    demand_good(content, kind=CABINET_PACK, program=Program.POWERPOINT)
    return Presentation(BytesIO(document.as_slides(a_pack(), **NAMES, template=content)))


def refused(template: Any) -> str:
    with pytest.raises(BadTemplateError) as refusal:
        demand_good(kept(template), kind=CABINET_PACK, program=Program.POWERPOINT)
    return str(refusal.value)


def titles(made: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text if slide.shapes.title else "" for slide in made.slides]


def move(made: Any, number: int, to: int) -> None:
    order = made.slides._sldIdLst
    order.insert(to, order[number])


def test_its_own_slides_stay_and_parts_stand_where_theirs_stood() -> None:
    template = supplied()
    move(template, 3, 1)  # the reds first
    last = template.slides.add_slide(layouts(template)["Title and Content"])
    last.shapes.title.text_frame.text = "Questions to {{council}}"
    made = titles(written(template))
    assert made[:4] == [
        "Performance, Q2 (July to September) 2017/18", "Red measures, the worst first", "Collections", "Summary",
    ]  # fmt: skip
    assert made[-1] == "Questions to City Council"
    assert "{{" not in str(made)


def test_a_part_that_has_nothing_to_say_leaves_no_slide_and_one_left_out_is_named() -> None:
    template = supplied()
    order = template.slides._sldIdLst
    template.part.drop_rel(order[7].rId)
    order.remove(order[7])
    assert demand_good(kept(template), kind=CABINET_PACK, program=Program.POWERPOINT) == ("corrections",)
    made = titles(written(template))
    assert "Finance and risk" not in made  # nobody wrote about it
    assert not any(title.startswith("Corrections") for title in made)


def test_words_stand_in_the_places_of_its_layouts_and_in_the_letters_of_its_theme() -> None:
    template = supplied()
    body = next(each for each in layouts(template)["Title and Content"].placeholders
                if each.placeholder_format.idx == 1)  # fmt: skip
    body.left, body.width = Inches(5), Inches(6)
    template.slide_master.background.fill.solid()
    template.slide_master.background.fill.fore_color.rgb = RGBColor(0xE8, 0xF1, 0xF8)
    slide = written(template).slides[1]
    assert (slide.placeholders[1].left, slide.placeholders[1].width) == (Inches(5), Inches(6))
    runs = [run for shape in slide.placeholders for each in shape.text_frame.paragraphs for run in each.runs]
    assert runs
    assert all(run.font.name is None and run.font.color.type is None for run in runs)


def test_a_table_says_what_it_is_and_goes_on_with_its_header() -> None:
    made = Presentation(BytesIO(example(CABINET_PACK, Program.POWERPOINT, None)))
    (frame, *_) = [shape for slide in made.slides for shape in slide.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for row in frame.table.rows]
    assert rows[:2] == [["Measure", "Figure", "Status"], ["Measure 1", "91.5%", "Red"]]
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == "Reds"


def test_slides_of_an_old_shape_are_no_hindrance() -> None:
    template = Presentation()  # four to three, as PowerPoint once made them
    slide = template.slides.add_slide(layouts(template)["Title Only"])
    slide.shapes.title.text_frame.text = "{{content}}"
    made = written(template)
    for each in made.slides:
        for shape in each.shapes:
            assert shape.top + shape.height <= made.slide_height
            assert shape.left + shape.width <= made.slide_width


def test_what_is_wrong_is_named_slide_by_slide() -> None:
    crowded = supplied()
    box = crowded.slides[1].shapes.add_textbox(0, 0, Inches(1), Inches(1))
    box.text_frame.text = "Secret"
    assert "gives way to a part, and there is more on it" in refused(crowded)
    misspelt = supplied()
    misspelt.slides[2].shapes.title.text_frame.paragraphs[0].runs[0].text = "{{chnaged}}"
    assert "Did you mean {{changed}}?" in refused(misspelt)
    foreign = supplied()
    foreign.slide_layouts.remove(layouts(foreign)["Two Content"])
    assert "no layout “Two Content”" in refused(foreign)
    on_the_layout = supplied()
    layouts(on_the_layout)["Title Only"].placeholders[0].text_frame.text = "{{reds}}"
    assert "{{reds}} stands in a table, a box, a content control, a layout" in refused(on_the_layout)


def test_pictures_and_notes_on_a_slide_that_gives_way_are_named() -> None:
    pictured = supplied()
    pictured.slides[1].shapes.add_shape(1, 0, 0, Inches(1), Inches(1))
    assert "gives way to a part, and there is more on it" in refused(pictured)
    noted = supplied()
    noted.slides[1].notes_slide.notes_text_frame.text = "Say hello"
    assert "gives way to a part, and there is more on it" in refused(noted)


def test_a_place_that_is_too_small_is_refused_and_one_that_is_small_ends() -> None:
    template = supplied()
    body = layouts(template)["Title and Content"].placeholders[1]
    body.height = Inches(0.3)
    assert "the place for content is too small" in refused(template)
    # What was kept before it was refused ends all the same.
    pack = replace(a_pack(), story=story(a_pack().lines, {
        (Place.SUMMARY, ""): Said(words="Words of some length. " * 30, by="officer"),
    }))  # fmt: skip
    made = Presentation(BytesIO(document.as_slides(pack, **NAMES, template=kept(template))))
    said = " ".join(text for slide in made.slides for shape in slide.shapes if shape.has_text_frame
                    for text in [shape.text_frame.text])  # fmt: skip
    assert said.count("Words of some length.") == 30


def test_what_stands_at_the_edge_of_each_slide_comes_along_and_no_place_stays_empty() -> None:
    template = supplied()
    layout = layouts(template)["Title Only"]
    strap = deepcopy(layouts(template)["Title and Content"].placeholders[1]._element)
    strap.nvSpPr.nvPr.find(qn("p:ph")).set("idx", "13")
    layout.shapes._spTree.append(strap)
    made = written(template)
    slides = list(made.slides)[1:]
    for slide in slides:
        kinds = [shape.placeholder_format.type for shape in slide.placeholders]
        assert PP_PLACEHOLDER.SLIDE_NUMBER in kinds
        footers = [shape.text_frame.text for shape in slide.placeholders
                   if shape.placeholder_format.type is PP_PLACEHOLDER.FOOTER]  # fmt: skip
        assert footers == ["Performance, Q2 (July to September) 2017/18"]
        assert all(shape.text_frame.text.strip() for shape in slide.placeholders)
        ids = [each.get("id") for each in slide.shapes._spTree.iter(qn("p:cNvPr"))]
        assert len(set(ids)) == len(ids)


def test_a_row_that_is_higher_than_a_slide_goes_on_on_the_next() -> None:
    made = Presentation(BytesIO(example(CABINET_PACK, Program.POWERPOINT, None)))
    said = ""
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= made.slide_height
            if shape.has_table:
                said += " ".join(cell.text for row in shape.table.rows for cell in row.cells) + " "
    assert said.split().count("measure") == 60 * 2  # two tables in the example, each with a long row


def test_a_title_that_looks_like_a_place_is_only_a_title() -> None:
    wild = replace(a_pack(), edition=replace(a_pack().edition, committee="{{reds}}"))
    made = Presentation(BytesIO(document.as_slides(wild, **NAMES)))
    assert "{{reds}}" in made.slides[0].placeholders[1].text_frame.text
    assert titles(made).count("Collections") == 1


def test_templates_of_other_programs_and_shapes_are_read_by_what_their_places_are() -> None:
    template = supplied()
    layout = layouts(template)["Two Content"]
    layout._element.cSld.set("name", "Title, 2 Content")
    for number, shape in zip((13, 14), list(layout.placeholders)[1:3], strict=True):
        shape._element.nvSpPr.nvPr.find(qn("p:ph")).set("idx", str(number))
    made = written(template)
    assert any(shape.has_chart for slide in made.slides for shape in slide.shapes)


def test_lists_of_slides_that_are_gone_are_gone_too() -> None:
    template = supplied()
    listed = etree.fromstring(
        '<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:ext uri="{521415D9-36F7-43E2'
        '-AB2F-B90AF26B5E84}"/></p:extLst>'
    )
    template.part._element.append(listed)
    assert written(template).part._element.find(qn("p:extLst")) is None
