"""A restyled PowerPoint template: its layouts, its order and its own slides, with the figures where it says."""

from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Inches

from performance.report.templates import ANNUAL_REPORT, CABINET_PACK, Program
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
    template.part.drop_rel(order[6].rId)
    order.remove(order[6])
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
    assert "gives way to a part, and other words stand on it" in refused(crowded)
    misspelt = supplied()
    misspelt.slides[2].shapes.title.text_frame.paragraphs[0].runs[0].text = "{{chnaged}}"
    assert "Did you mean {{changed}}?" in refused(misspelt)
    foreign = supplied()
    foreign.slide_layouts.remove(layouts(foreign)["Two Content"])
    assert "no layout “Two Content”" in refused(foreign)
    on_the_layout = supplied()
    layouts(on_the_layout)["Title Only"].placeholders[0].text_frame.text = "{{reds}}"
    assert "{{reds}} stands in a table, a box, a layout" in refused(on_the_layout)


def test_an_annual_reports_slides_show_its_charts() -> None:
    made = Presentation(BytesIO(example(ANNUAL_REPORT, Program.POWERPOINT, ours(ANNUAL_REPORT, Program.POWERPOINT))))
    assert [shape.chart.plots[0].series[0].name for slide in made.slides for shape in slide.shapes
            if shape.has_chart] == ["The council"]  # fmt: skip
