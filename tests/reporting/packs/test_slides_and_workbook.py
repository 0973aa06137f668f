"""The pack as slides and as a workbook, opened again: charts carry their figures, nothing runs over, text is text."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.workbook import Workbook
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Pt

from performance.ground.measures import ContentKind
from performance.ground.periods import Period
from performance.ground.values import Absence
from performance.report.beside import Beside, FrozenRisk, TargetChange
from performance.report.frozen import FrozenLine
from performance.report.pack import Pack
from performance.report.words import LONGEST_WORDS, Place, Said, story
from reporting.packs import document, workbook
from reporting.writers.slide_words import Line, _height
from tests.reporting.packs.test_document import AMBER, HIDDEN, RED, a_pack

TITLE = 28  # points, of a title that fits
NAMES = {"council": "City Council", "place": "The city"}


def shown(*lines: FrozenLine) -> list:
    return list(Presentation(BytesIO(document.as_slides(a_pack(*lines), **NAMES))).slides)


def at_the_edge(shape: Any) -> bool:
    return shape.is_placeholder and shape.placeholder_format.type in (
        PP_PLACEHOLDER.FOOTER,
        PP_PLACEHOLDER.SLIDE_NUMBER,
    )


def words_of(slide: object) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def opened(*lines: FrozenLine) -> Workbook:
    return openpyxl.load_workbook(BytesIO(workbook.write(a_pack(*lines), **NAMES)))


# Slides


def test_the_slides_stand_in_the_order_of_the_pack() -> None:
    assert [slide.shapes.title.text_frame.text for slide in shown()] == [
        "Performance, Q2 (July to September) 2017/18", "Summary", "What changed since Q1 (April to June) 2017/18",
        "Collections", "Amber watch-list", "Corrections to what was published for Q1 (April to June) 2017/18",
    ]  # fmt: skip
    whole = "\n".join(words_of(slide) for slide in shown())
    for said in ("Figures as known on 9 November 2017", "Draft: ", "We collected 92.1%.", "Why: A lorry broke",
                 "Compared: England 90.0%", "Because: Calls were counted twice."):  # fmt: skip
        assert said in whole, said


def test_a_slides_chart_carries_its_figures_and_its_words() -> None:
    (frame,) = [shape for slide in shown() for shape in slide.shapes if shape.has_chart]
    plot = frame.chart.plots[0]
    assert list(plot.categories) == ["Jul 2017", "Aug 2017", "Sep 2017"]
    assert [(each.name, tuple(each.values)) for each in plot.series] == [
        ("The city", (91.5, None, 88.2)), ("Target", (95, 95, 95)),
    ]  # fmt: skip
    inner = openpyxl.load_workbook(BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob)).worksheets[0]
    assert [cell.value for cell in inner["B"]] == ["The city", 91.5, None, 88.2]
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr", "").startswith("Line chart of Collections")


@pytest.mark.parametrize("length", [10, 600, 3900], ids=["short", "long", "as long as it may be"])
def test_nothing_runs_over_a_slide(length: int) -> None:
    words = {
        (place, code): Said(words="Words of some length. " * (length // 22 or 1), by="officer")
        for place, code in ((Place.SUMMARY, ""), (Place.CAUSE, "WCP1063"), (Place.ACTION, "WCP1063"))
    }
    lines = (replace(RED, title="A title that goes on and on, as titles of measures do when lawyers write them " * 2),)
    pack = replace(a_pack(*lines), story=story(lines, words))
    made = Presentation(BytesIO(document.as_slides(pack, **NAMES)))
    said = ""
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= made.slide_width
            assert shape.top + shape.height <= made.slide_height
            if shape.has_text_frame and shape != slide.shapes.title and not at_the_edge(shape):
                told = [Line(said=each.text, is_point=each.level > 0) for each in shape.text_frame.paragraphs]
                size = shape.text_frame.paragraphs[0].runs[0].font.size or Pt(TITLE)
                assert _height(told, shape.width, int(size.pt)) <= shape.height
                said += f"{shape.text_frame.text} "
    assert " ".join(said.split()).count("Words of some length.") == 3 * (length // 22 or 1)
    assert length <= LONGEST_WORDS


def test_a_red_without_a_line_to_draw_is_told_in_words() -> None:
    made = shown(replace(RED, points=()))
    assert not any(shape.has_chart for slide in made for shape in slide.shapes)
    assert any("Why: A lorry broke" in words_of(slide) for slide in made)


def test_every_run_says_its_language_and_every_slide_has_a_title() -> None:
    for slide in shown():
        assert slide.shapes.title.text_frame.text
        runs = [run for shape in slide.shapes if shape.has_text_frame for paragraph in shape.text_frame.paragraphs
                for run in paragraph.runs]  # fmt: skip
        assert {run._r.rPr.get("lang") for run in runs} == {"en-GB"}


# A workbook


def test_numbers_are_numbers_and_absences_words() -> None:
    sheet = opened()["Measures"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[0], row[5], row[7], row[9]) for row in rows] == [
        ("WCP1063", 92.1, 95, "Red"), ("CALLS", 92.1, 95, "Amber"),
        ("HELPED", "Hidden to protect people", 95, "Hidden to protect people"),
    ]  # fmt: skip
    assert (sheet["F2"].number_format, sheet.freeze_panes) == ('#,##0.0"%"', "A2")


def test_a_workbooks_chart_is_drawn_from_its_own_cells() -> None:
    book = opened()
    (chart,) = book["Red charts"]._charts
    assert [each.val.numRef.f for each in chart.series] == ["'Red figures'!$B$2:$B$4", "'Red figures'!$C$2:$C$4"]
    cells = [[cell.value for cell in row] for row in book["Red figures"].iter_rows()]
    assert cells == [
        ["Collections", "The city", "Target"], ["Jul 2017", 91.5, 95], ["Aug 2017", None, 95], ["Sep 2017", 88.2, 95],
    ]  # fmt: skip


def test_what_looks_like_a_formula_is_a_text() -> None:
    wild = replace(AMBER, title='=HYPERLINK("http://x")', commentary="@SUM(1)")
    book = opened(RED, wild, HIDDEN)
    assert {cell.data_type for row in book["Measures"].iter_rows() for cell in row} <= {"s", "n"}
    assert "HYPERLINK" in str(book["Measures"]["B3"].value)


def test_a_number_with_more_digits_than_a_workbook_holds_is_written_in_full() -> None:
    long = Decimal("1234567890123456.7")
    assert opened(replace(AMBER, value=long))["Measures"]["F2"].value == "1234567890123456.7"


def test_without_a_red_there_are_no_charts_and_without_a_correction_no_sheet_of_them() -> None:
    pack = replace(a_pack(AMBER), restated=())
    book = openpyxl.load_workbook(BytesIO(workbook.write(pack, **NAMES)))
    assert book.sheetnames == ["About", "Measures"]
    assert Absence.SUPPRESSED.in_words not in str([cell.value for row in book["Measures"].iter_rows() for cell in row])


# What stands besides measures


def besides() -> Pack:
    risk = FrozenRisk(code="RK01", title="Flood", in_words="Very high: 25 of 25", owner_role="Head", mitigation="Watch")
    change = TargetChange(measure_code="CALLS", title="Calls answered", period=Period.year(2017), was="94.0%",
                          now="95.0%", because="The contract asks for it")  # fmt: skip
    money = replace(AMBER, measure_code="MONEY", title="Spent of the budget", kind=ContentKind.FINANCE)
    plan = "R-07: 1 of 3 milestones met."
    pack = a_pack(replace(RED, recovery=plan), money)
    return replace(pack, beside=Beside(risks=(risk,), targets=(change,)))


def test_plans_risks_money_and_targets_are_in_every_file_and_the_public_gets_neither_plans_nor_risks() -> None:
    pack = besides()
    told = {"risk": "Flood (RK01)", "money": "Spent of the budget", "plan": "R-07: 1 of 3 milestones met.",
            "target": "Calls answered: 94.0% for"}  # fmt: skip
    for one, hidden in ((pack, ()), (pack.for_the_public, ("risk", "plan"))):
        word = docx.Document(BytesIO(document.as_word(one, **NAMES)))
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        said = "\n".join([*(each.text for each in word.paragraphs), *cells])
        for name, text in told.items():
            assert (text in said) is (name not in hidden), (name, text)
        deck = Presentation(BytesIO(document.as_slides(one, **NAMES)))
        cells = [cell.text for slide in deck.slides for shape in slide.shapes if shape.has_table
                 for row in shape.table.rows for cell in row.cells]  # fmt: skip
        assert ("Flood (RK01)" in cells) is ("risk" not in hidden)
        book = openpyxl.load_workbook(BytesIO(workbook.write(one, **NAMES)))
        assert ("Risks" in book.sheetnames) is ("risk" not in hidden)
        assert [cell.value for cell in book["Targets set anew"][2]][:5] == [
            "CALLS", "Calls answered", Period.year(2017).in_words, "94.0%", "95.0%",
        ]  # fmt: skip
        assert ("R-07" in str(book["Measures"]["P2"].value)) is ("plan" not in hidden)


def test_a_pack_with_nothing_besides_says_nothing_of_it() -> None:
    word = docx.Document(BytesIO(document.as_word(a_pack(), **NAMES)))
    said = "\n".join(each.text for each in word.paragraphs)
    assert "Finance and risk" not in said
    assert "Targets that were set anew" not in said
