"""One chart as a file of each program, opened again by other libraries and, of Word, as the XML that is in the file."""

import xml.etree.ElementTree as ElementTree
import zipfile
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from pypdf import PdfReader

from reporting.documents.annual import LICENCE
from reporting.papers import figure
from tests.reporting.documents.test_images import a_page
from tests.reporting.packs.test_pages import tags

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@pytest.fixture(scope="module")
def made() -> bytes:
    return figure.as_word(a_page(headline="Fewer adults smoke & <why>"), author="City of Wolverhampton Council")


@pytest.fixture(scope="module")
def body(made: bytes) -> ElementTree.Element:
    with zipfile.ZipFile(BytesIO(made)) as parts:
        assert parts.testzip() is None
        return ElementTree.fromstring(parts.read("word/document.xml"))  # noqa: S314 - written a moment ago, by us


def test_the_headline_is_a_real_heading_and_the_order_of_headings_holds(made: bytes) -> None:
    opened = docx.Document(BytesIO(made))
    headings = [(each.style.name, each.text) for each in opened.paragraphs if each.style.name.startswith("Heading")]
    assert headings == [("Heading 1", "Fewer adults smoke & <why>"), ("Heading 2", "The figures in the chart")]


def test_the_chart_carries_its_alternative_text(body: ElementTree.Element) -> None:
    (properties,) = body.iter(f"{WP}docPr")
    assert properties.get("descr") == a_page().alt


def test_the_chart_is_edited_in_word_and_holds_its_figures_as_printed(made: bytes) -> None:
    with zipfile.ZipFile(BytesIO(made)) as parts:
        assert not [name for name in parts.namelist() if name.startswith("word/media/")], "no picture"
        (name,) = [name for name in parts.namelist() if name.startswith("word/embeddings/")]
        (sheet,) = openpyxl.load_workbook(BytesIO(parts.read(name))).worksheets
    rows = list(sheet.values)
    assert rows[:2] == [(None, "Wolverhampton", "England"), ("2012/13", 23, 22)]


def test_for_powerpoint_it_is_one_slide_with_a_chart_and_words_for_ears() -> None:
    page = a_page()
    slides = pptx.Presentation(BytesIO(figure.as_slides(page, author="A council"))).slides
    (slide,) = slides
    assert slide.shapes.title.text_frame.text == page.headline
    (frame,) = [shape for shape in slide.shapes if shape.has_chart]
    assert next(iter(frame.chart.plots[0].categories)) == "2012/13"
    assert frame.chart.plots[0].series[0].values[0] == 23.0
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == page.alt
    said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert any(page.subtitle in each and page.notes[0] in each for each in said)


def test_for_excel_it_is_the_figures_as_numbers_and_a_chart_drawn_from_cells() -> None:
    made = BytesIO(figure.as_workbook(a_page(), author="A council"))
    book = openpyxl.load_workbook(made)
    rows = list(book["Figures"].values)
    assert rows[0] == ("Period", "Wolverhampton", "England")
    assert rows[1][0] == "2012/13"
    assert float(rows[1][1]) in {23.0, 0.23}, "a number"
    with zipfile.ZipFile(made) as parts:
        (name,) = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        assert b"Figures of the charts" in parts.read(name)
    assert a_page().subtitle in [cell for row in book["About"].values for cell in row]


def test_the_pdf_is_tagged_and_its_figure_is_read_out() -> None:
    page = a_page()
    read = PdfReader(BytesIO(figure.as_pdf(page, author="A council")))
    root: Any = read.trailer["/Root"]
    found = list(tags(root["/StructTreeRoot"]))
    assert [str(each["/Alt"]) for each in found if each["/S"] == "/Figure"] == [page.alt]
    said = " ".join(" ".join(each.extract_text() for each in read.pages).split())
    for words in (page.headline, page.subtitle, page.notes[0], "23.0%"):
        assert words in said, words


def test_words_of_ones_own_stand_in_place_of_those_that_are_suggested() -> None:
    page = a_page(subtitle="Of those asked", source="Our own survey.", note="Asked by telephone")
    assert page.subtitle == "Of those asked"
    assert page.notes[:2] == ("Source: Our own survey. Data as known at 10 November 2017.", "Asked by telephone")
    suggested = a_page(subtitle=" ", source=" ", note=" ")
    assert suggested == a_page()
    assert suggested.notes[0].startswith("Source: Smoking prevalence from OHID")
    texts = [each.text for each in docx.Document(BytesIO(figure.as_word(page, author="A council"))).paragraphs]
    assert {"Of those asked", "Asked by telephone"} <= set(texts)


def test_the_table_has_one_header_row_that_repeats_and_says_what_it_is(body: ElementTree.Element) -> None:
    (table,) = body.iter(f"{W}tbl")
    rows = list(table.iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * 5
    assert table.find(f"{W}tblPr/{W}tblDescription") is not None
    texts = ["".join(cell.itertext()) for cell in rows[1].iter(f"{W}tc")]
    assert texts == ["2012/13", "23.0%", "22.0%"]


def test_the_language_is_british_english_everywhere(made: bytes) -> None:
    with zipfile.ZipFile(BytesIO(made)) as parts:
        styles = ElementTree.fromstring(parts.read("word/styles.xml"))  # noqa: S314 - written a moment ago, by us
        core = parts.read("docProps/core.xml").decode()
    languages = {each.get(f"{W}val") for each in styles.iter(f"{W}lang")}
    assert languages == {"en-GB"}
    assert "<dc:language>en-GB</dc:language>" in core
    assert "<dc:title>Fewer adults smoke &amp; &lt;why&gt;</dc:title>" in core
    assert "python-docx" not in core


def test_source_and_licence_stand_under_the_chart(made: bytes) -> None:
    texts = [each.text for each in docx.Document(BytesIO(made)).paragraphs]
    assert any(text.startswith("Source: Smoking prevalence from OHID") for text in texts)
    assert LICENCE in texts
    assert "Adults who smoke, percent, Wolverhampton, 2012/13 to 2016/17" in texts


def test_no_paragraph_is_empty_but_the_one_after_the_table(made: bytes) -> None:
    opened = docx.Document(BytesIO(made))
    bare = [each for each in opened.paragraphs if not each.text and not each._p.xpath(".//w:drawing")]
    assert len(bare) <= 1


def test_a_long_name_goes_into_what_the_document_says_of_itself_as_far_as_it_takes_it() -> None:
    name = "Council of " + "Llanfair" * 60
    core = docx.Document(BytesIO(figure.as_word(a_page(headline="Fewer " * 100), author=name))).core_properties
    assert (len(core.title), len(core.author)) == (255, 255)
    assert name.startswith(core.author.removesuffix("…"))
