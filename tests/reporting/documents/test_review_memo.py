"""The memo as a Word document, opened again with another library's eyes."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import docx

from reporting.documents.review_memo import MemoItem, MemoPage, document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAGE = MemoPage(
    title="Second quarter",
    subtitle="Wider Leadership Team, 14 November 2017. Whole council",
    council="Testing Council",
    facts=("There: all.",),
    counts=(("Red", 2), ("Green", 5)),
    card=(("Days to relet", "33 days (Oct 2017)", "20 days", "Red", "–"),) * 40,
    sections=(
        (
            "New questions",
            (
                MemoItem(
                    heading="1. Days to relet",
                    fact="33 days <of> & more",
                    question="Why?",
                    minuted=(("Answer", "The firm left"), ("Decision", "Hire another")),
                ),
            ),
        ),
    ),
)


def test_it_has_headings_in_order_and_every_item_with_its_minutes() -> None:
    made = docx.Document(BytesIO(document(PAGE)))
    headings = [(each.style.name, each.text) for each in made.paragraphs if each.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "Second quarter"),
        ("Heading 2", "The scorecard"),
        ("Heading 2", "New questions"),
        ("Heading 3", "1. Days to relet"),
    ]
    texts = [each.text for each in made.paragraphs]
    assert {"33 days <of> & more", "Question: Why?", "Answer: The firm left", "Decision: Hire another"} <= set(texts)


def test_its_table_has_a_header_row_that_repeats_and_says_what_it_is() -> None:
    (table,) = docx.Document(BytesIO(document(PAGE))).tables
    assert [cell.text for cell in table.rows[0].cells] == ["Measure", "Figure", "Target", "Status", "Variation"]
    assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    assert table._tbl.tblPr.find(f"{W}tblDescription").get(f"{W}val").startswith("The scorecard")
    assert len(table.rows) == 41


def test_every_picture_has_an_alternative_text_and_the_document_its_language() -> None:
    file = document(PAGE)
    made = docx.Document(BytesIO(file))
    said = [shape._inline.docPr.get("descr") for shape in made.inline_shapes]
    assert said == ["Bar chart of how many measures have each status: red 2, green 5."]
    assert (made.core_properties.title, made.core_properties.language) == ("Second quarter", "en-GB")
    styles = ElementTree.fromstring(zipfile.ZipFile(BytesIO(file)).read("word/styles.xml"))  # noqa: S314 - made here
    assert {each.get(f"{W}val") for each in styles.iter(f"{W}lang")} == {"en-GB"}
