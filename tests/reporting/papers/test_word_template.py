"""A restyled Word template: its looks, its order and its words, with the figures where it says; opened again."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from PIL import Image

from performance.report.templates import CABINET_PACK, PLAN, Program
from reporting.packs import document
from reporting.papers.template_check import BadTemplateError, demand_good, ours
from tests.reporting.documents.test_plan_page import a_sheet
from tests.reporting.packs.test_document import a_pack

NAMES = {"council": "City Council", "place": "The city"}
PURPLE = RGBColor(0x80, 0x16, 0x50)


def opened(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def kept(made: Document) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def supplied() -> Document:
    return opened(ours(CABINET_PACK, Program.WORD))


def written(template: Document) -> Document:
    content = kept(template)
    demand_good(content, kind=CABINET_PACK, program=Program.WORD)
    return opened(document.as_word(a_pack(), **NAMES, template=content))


def headings(made: Document) -> list[str]:
    return [each.text for each in made.paragraphs if each.style and each.style.name == "Heading 2"]


def place(made: Document, name: str) -> docx.text.paragraph.Paragraph:
    return next(each for each in made.paragraphs if each.text == f"{{{{{name}}}}}")


def test_the_supplied_template_gives_the_same_words_as_none() -> None:
    without = opened(document.as_word(a_pack(), **NAMES))
    assert [each.text for each in written(supplied()).paragraphs] == [each.text for each in without.paragraphs]


def test_a_restyled_style_is_that_of_every_text_of_its_kind() -> None:
    template = supplied()
    style = template.styles["Heading 2"]
    style.font.color.rgb, style.font.size, style.font.name = PURPLE, Pt(22), "Georgia"
    template.styles["Small print"].font.size = Pt(7)
    made = written(template)
    assert (made.styles["Heading 2"].font.size, made.styles["Heading 2"].font.color.rgb) == (Pt(22), PURPLE)
    runs = [run for each in made.paragraphs if each.style and each.style.name in ("Heading 2", "Small print", "Normal")
            for run in each.runs]  # fmt: skip
    assert runs
    assert all(run.font.size is None and run.font.name is None and run.font.color.rgb is None for run in runs)


def test_parts_stand_where_the_template_has_them_and_what_it_leaves_out_is_named() -> None:
    template = supplied()
    place(template, "summary")._p.addprevious(place(template, "reds")._p)
    for name in ("methods", "corrections"):
        gone = place(template, name)._p
        gone.getparent().remove(gone)
    assert demand_good(kept(template), kind=CABINET_PACK, program=Program.WORD) == ("corrections", "methods")
    assert headings(written(template)) == [
        "Red measures, the worst first", "Summary", "What changed since Q1 (April to June) 2017/18",
        "Amber watch-list", "Every measure",
    ]  # fmt: skip


def test_fields_are_filled_also_where_a_program_cut_them_into_runs_and_keep_their_looks() -> None:
    template = supplied()
    line = place(template, "summary").insert_paragraph_before("")
    for text, bold in (("For ", None), ("{{mee", True), ("ting", None), ("}} on {{title}}.", None)):
        line.add_run(text).bold = bold
    template.sections[0].header.paragraphs[0].text = "{{council}}: {{ Known }}"
    table = template.add_table(rows=1, cols=1)
    table.cell(0, 0).text = "{{title}}"
    made = written(template)
    (found,) = [each for each in made.paragraphs if each.text.startswith("For ")]
    assert found.text == "For Cabinet, 11 December 2017 on Performance, Q2 (July to September) 2017/18."
    assert next(run for run in found.runs if "Cabinet" in run.text).bold is True
    assert made.sections[0].header.paragraphs[0].text == "City Council: Figures as known on 9 November 2017"
    assert made.tables[-1].cell(0, 0).text == "Performance, Q2 (July to September) 2017/18"


def test_a_draft_says_so_before_the_first_part_whatever_the_template() -> None:
    template = supplied()
    for name in ("summary", "changed"):
        gone = place(template, name)._p
        gone.getparent().remove(gone)
    made = [each.text for each in written(template).paragraphs]
    assert made.index("Draft: This edition is not published, and what it says may still change.") < made.index(
        "Red measures, the worst first"
    )


def test_pictures_pages_and_words_of_the_template_stay() -> None:
    template = supplied()
    logo = BytesIO()
    Image.new("RGB", (40, 20), "purple").save(logo, "PNG")
    template.sections[0].header.paragraphs[0].add_run().add_picture(logo, width=Cm(2))
    template.sections[0].left_margin = template.sections[0].right_margin = Cm(4)
    template.add_paragraph("Ask the policy team.")
    content = document.as_word(a_pack(), **NAMES, template=kept(template))
    made = opened(content)
    assert made.paragraphs[-1].text == "Ask the policy team."
    assert made.sections[0].left_margin == pytest.approx(Cm(4), rel=0.01)
    assert any(name.startswith("word/media/") for name in ZipFile(BytesIO(content)).namelist())
    assert sum(column.width for column in made.tables[0].columns) <= Cm(13.1)


def test_what_stands_in_the_paragraph_of_a_part_stays() -> None:
    template = supplied()
    logo = BytesIO()
    Image.new("RGB", (40, 20), "purple").save(logo, "PNG")
    place(template, "reds").add_run().add_picture(logo, width=Cm(2))
    place(template, "ambers").add_run().add_break(WD_BREAK.PAGE)
    place(template, "corrections").paragraph_format.page_break_before = True
    made = written(template)
    assert len(made.inline_shapes) == 2  # the logo, and the chart of the red
    assert sum(each.get(qn("w:type")) == "page" for each in made.element.body.iter(qn("w:br"))) == 1
    (first,) = [each for each in made.paragraphs if each.text.startswith("Corrections to what")]
    assert first.paragraph_format.page_break_before is True
    assert "{{" not in "".join(each.text for each in made.paragraphs)


def test_a_template_that_has_a_chart_keeps_its_own() -> None:
    template = opened(document.as_word(a_pack(), **NAMES))
    template.add_paragraph("{{content}}")
    content = document.as_word(a_pack(), **NAMES, template=kept(template))
    names = ZipFile(BytesIO(content)).namelist()
    assert len(set(names)) == len(names)
    assert sum(name.startswith("word/charts/chart") for name in names) == 2
    ids = [each.get("id") for each in opened(content).element.body.iter(qn("wp:docPr"))]
    assert len(set(ids)) == len(ids) == 2


def test_a_title_that_looks_like_a_place_is_only_a_title() -> None:
    wild = replace(a_pack(), edition=replace(a_pack().edition, committee="{{reds}}"))
    made = [each.text for each in opened(document.as_word(wild, **NAMES)).paragraphs]
    assert any("{{reds}}" in text for text in made)
    assert made.count("Red measures, the worst first") == 1


def test_a_table_is_as_wide_as_the_section_it_stands_in() -> None:
    template = supplied()
    first = template.sections[0]
    first.page_width, first.page_height = Cm(29.7), Cm(21)
    second = template.add_section()
    second.page_width, second.page_height = Cm(21), Cm(29.7)
    template.element.body.insert(len(template.element.body) - 1, place(template, "measures")._p)
    tables = written(template).tables
    wide, narrow = (sum(column.width for column in table.columns) for table in (tables[0], tables[-1]))
    assert (wide, narrow) == (pytest.approx(Cm(24.7), rel=0.01), pytest.approx(Cm(16), rel=0.01))


def test_charts_carry_their_figures_and_the_file_is_the_same_twice() -> None:
    template = kept(supplied())
    first, second = (document.as_word(a_pack(), **NAMES, template=template) for _ in range(2))
    one, other = ZipFile(BytesIO(first)), ZipFile(BytesIO(second))
    names = [name for name in one.namelist() if not name.endswith((".xlsx", "core.xml"))]
    assert any(name.startswith("word/charts/") for name in names)
    assert {name for name in names if one.read(name) != other.read(name)} == set()


def test_a_place_in_which_a_section_ends_leaves_the_section() -> None:
    template = supplied()
    template.add_section()
    template.add_paragraph("{{ title }}")
    ended = next(each for each in template.paragraphs if each.text == "{{methods}}")
    # Word keeps how the pages of a section look in its last paragraph.
    section = next(each for each in template.element.body.iter("{*}sectPr") if each.getparent().tag.endswith("pPr"))
    ended._p.get_or_add_pPr().append(section)
    assert len(written(template).sections) == 2


def test_a_template_without_our_styles_is_given_them_but_for_lists() -> None:
    template = docx.Document()
    for name in ("Table Grid", "Caption", "Heading 3"):
        template.styles[name].delete()
    template.add_paragraph("{{content}}")
    made = written(template)
    assert "Every measure" in headings(made)
    assert {"Small print", "Table text", "Table Grid"} <= {each.name for each in made.styles}
    template.styles["List Bullet"].delete()
    template.styles.add_style("Small print", WD_STYLE_TYPE.CHARACTER)
    with pytest.raises(BadTemplateError) as refusal:
        demand_good(kept(template), kind=CABINET_PACK, program=Program.WORD)
    assert "Give it to a line once, in Word" in str(refusal.value)
    assert "“Small print” is not one of paragraphs" in str(refusal.value)


def test_a_plan_is_written_whole_into_a_restyled_template_and_on_one_side_without() -> None:
    from reporting.papers import sheet

    one_side = opened(sheet.as_word(a_sheet()))
    template = opened(ours(PLAN, Program.WORD))
    whole = opened(sheet.as_word(a_sheet(), kept(template)))
    assert headings(whole)[:1] == ["Why it matters"]
    assert one_side.paragraphs[0].text == whole.paragraphs[0].text
