"""A plan on a page and a ward for PowerPoint and Excel: whole, with charts that are edited and numbers as numbers."""

from dataclasses import replace
from io import BytesIO

import openpyxl
from pptx import Presentation

from performance.report.templates import PLAN, WARD_PROFILE
from reporting.documents import ward_profile
from reporting.papers import sheet
from tests.reporting.documents.test_plan_page import a_sheet
from tests.reporting.documents.test_ward_profile import a_ward


def test_a_ward_has_its_figures_as_numbers_and_its_charts_from_cells() -> None:
    book = openpyxl.load_workbook(BytesIO(sheet.as_workbook(ward_profile.sheet(a_ward()))))
    rows = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]
    assert rows[0][:2] == ["Measure", "Ward"]
    assert rows[1][1] == 9
    assert book.worksheets[1]["B2"].number_format == '#,##0.0"%"'
    assert book.sheetnames[-2:] == ["Charts", "Figures of the charts"]
    assert len(book["Charts"]._charts) == len(ward_profile.sheet(a_ward()).pictures)


def test_what_is_hidden_stays_words() -> None:
    hidden = [cell.value for book in [openpyxl.load_workbook(BytesIO(sheet.as_workbook(ward_profile.sheet(a_ward()))))]
              for page in book for row in page.iter_rows() for cell in row
              if isinstance(cell.value, str) and "Hidden" in cell.value]  # fmt: skip
    assert hidden


def test_slides_show_each_chart_once_and_each_part_under_its_title() -> None:
    made = Presentation(BytesIO(sheet.as_slides(ward_profile.sheet(a_ward()))))
    titles = [slide.shapes.title.text_frame.text for slide in made.slides]
    assert titles[0] == ward_profile.sheet(a_ward()).title
    assert titles[-1] == titles[0]  # the notes, which have no heading, under the title of all
    assert sum(shape.has_chart for slide in made.slides for shape in slide.shapes) == len(
        ward_profile.sheet(a_ward()).pictures
    )


def test_a_chart_that_no_program_draws_is_a_picture_that_says_what_it_shows() -> None:
    plan = a_sheet(pictures=1)
    made = Presentation(BytesIO(sheet.as_slides(plan)))
    (picture,) = [shape for slide in made.slides for shape in slide.shapes if shape.shape_type == 13]
    assert picture._element.nvPicPr.cNvPr.get("descr") == plan.pictures[0].alt
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= made.slide_height


def test_an_empty_table_says_so_and_a_plan_is_no_ward() -> None:
    plan = a_sheet(rows=0)
    words = [run.text for slide in Presentation(BytesIO(sheet.as_slides(plan))).slides for shape in slide.shapes
             if shape.has_text_frame for each in shape.text_frame.paragraphs for run in each.runs]  # fmt: skip
    assert "No risk." in words
    assert sheet.kind_of(plan) is PLAN
    assert sheet.kind_of(replace(plan, has_texts=False)) is WARD_PROFILE
