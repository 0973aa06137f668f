"""The receipt as a Word document: its words, its table's header, and what a reader of screens needs."""

from dataclasses import replace
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from docx.shared import RGBColor

from performance.do.receipts import ReceiptLine
from reporting.documents import fonts, receipt_word
from tests.performance.do.test_receipts import RECEIPT


def test_the_record_has_the_figures_their_ratings_and_what_was_said() -> None:
    line = ReceiptLine(
        code="A1", title="=HYPERLINK(1)", period="October 2017", figure="1,204", rating="Red", commentary="<b>Rain</b>"
    )
    receipt = replace(RECEIPT, lines=(*RECEIPT.lines, line), still_to_come=("Trees, due 30 November 2017",))
    made = Document(BytesIO(receipt_word.document(receipt, council="Borough of Testing")))
    words = [paragraph.text for paragraph in made.paragraphs]
    assert words[:2] == ["October 2017 figures of Waste and recycling", "Reference 2017-10-WASTE"]
    assert "Head signs them off by 17 November 2017, or returns them with a question." in words
    assert "<b>Rain</b>" in words
    assert "Trees, due 30 November 2017" in words
    (table,) = made.tables
    assert [cell.text for cell in table.rows[2].cells] == ["=HYPERLINK(1) (A1)", "October 2017", "1,204", "Red"]
    header = table.rows[0]._tr.trPr
    assert header is not None
    assert header.find(qn("w:tblHeader")) is not None
    assert made.core_properties.title == "Receipt 2017-10-WASTE"
    assert made.core_properties.author == "Borough of Testing"


def test_without_commentary_there_is_no_heading_for_it() -> None:
    bare = replace(RECEIPT, lines=(replace(RECEIPT.lines[0], commentary=""),))
    made = Document(BytesIO(receipt_word.document(bare, council="Borough of Testing")))
    assert "Commentary" not in [paragraph.text for paragraph in made.paragraphs]


def test_headings_are_in_the_ink_and_letters_of_the_page_and_not_in_words_own_blue() -> None:
    made = Document(BytesIO(receipt_word.document(RECEIPT, council="Borough of Testing")))
    headings = [each for each in made.paragraphs if each.style and str(each.style.name).startswith("Heading")]
    assert {each.style.name for each in headings if each.style} == {"Heading 1", "Heading 2", "Heading 3"}
    for each in headings:
        font = each.style.font
        assert (font.name, font.color.rgb, font.color.theme_color) == (fonts.NAME, RGBColor(0x0B, 0x0C, 0x0C), None)
        assert [run.font.color.rgb for run in each.runs] == [None], "as its style has it"
