"""The Word page, opened again by python-docx and, by another way, as the XML that is in the file."""

import xml.etree.ElementTree as ElementTree
import zipfile
from io import BytesIO

import docx
import pytest

from reporting.documents import annual_word
from reporting.documents.annual import LICENCE
from tests.reporting.documents.test_images import a_page

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@pytest.fixture(scope="module")
def made() -> bytes:
    return annual_word.document(a_page(headline="Fewer adults smoke & <why>"), author="City of Wolverhampton Council")


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


def test_the_picture_is_a_png_that_fits_the_page(made: bytes) -> None:
    with zipfile.ZipFile(BytesIO(made)) as parts:
        (name,) = [name for name in parts.namelist() if name.startswith("word/media/")]
        assert parts.read(name).startswith(b"\x89PNG")
    (shape,) = docx.Document(BytesIO(made)).inline_shapes
    assert shape.width.cm == pytest.approx(16)


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
    core = docx.Document(BytesIO(annual_word.document(a_page(headline="Fewer " * 100), author=name))).core_properties
    assert (len(core.title), len(core.author)) == (255, 255)
    assert name.startswith(core.author.removesuffix("…"))
