"""A scorecard as Word and PDF pages, opened again; and its brief."""

from io import BytesIO

import docx
from pypdf import PdfReader

from performance.ground.reckoning.spc import PointType
from performance.review.told import ToldCard
from reporting.papers import scorecard
from tests.performance.review.test_brief import told
from tests.reporting.words.test_sentences import SEPTEMBER

CARD = ToldCard(
    part="Waste & <recycling>",
    period=SEPTEMBER,
    lines=(
        told("Missed bins", was="10", now="20", red_ahead="0.04"),
        told("Fly tips", was="8", now="8", kind=PointType.CONCERN),
        told("Calls", was="20", now="5", kind=PointType.IMPROVEMENT),
        told("Not in", now=None),
    ),
)
NAMES = {"council": "Borough of Testing", "known": "What was known on 10 November 2017"}


def test_the_word_page_says_what_matters_and_then_every_measure() -> None:
    opened = docx.Document(BytesIO(scorecard.as_word(CARD, **NAMES)))
    words = [each.text for each in opened.paragraphs]
    headings = [each.text for each in opened.paragraphs if str(each.style and each.style.name).startswith("Heading")]
    assert headings == [
        "Scorecard: Waste & <recycling>, September 2017", "Red, the worst first", "Real changes for the worse, not red",
        "Real changes for the better", "Every measure", "How it is measured",
    ]  # fmt: skip
    for said in (
        "In September 2017, 1 of 3 rated measures is red. Worse than before: Missed bins.",
        "Of 4 measures: 1 red, 2 green, 1 not yet received.",
        "Fly tips: 8, target 10. No clear change: the same as in August 2017; a real change for the worse.",
    ):
        assert said in words, said
    (table,) = opened.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Measure", "Target", "Latest", "Status", "Direction", "Year to date", "At year end"]
    assert rows[1][:5] == ["Missed bins", "10", "20, Sep 2017", "Red", "Worsening"]
    assert rows[1][6] == "14, 4% chance"
    assert rows[4][2:4] == ["Not yet received, Sep 2017", "Not yet received"]


def test_the_pdf_says_the_same() -> None:
    read = PdfReader(BytesIO(scorecard.as_pdf(CARD, **NAMES)))
    said = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    assert "Scorecard: Waste & <recycling>, September 2017" in said
    assert "14, 4% chance" in said
    assert read.metadata is not None
    assert read.metadata.author == "Borough of Testing"


def test_the_brief_is_one_page_of_plain_words_in_every_file() -> None:
    text = scorecard.in_two_minutes(CARD).text
    assert "In September 2017, 1 of 3 rated measures is red." in text
    words = [each.text for each in docx.Document(BytesIO(scorecard.brief_as_word(CARD, **NAMES))).paragraphs]
    (page,) = PdfReader(BytesIO(scorecard.brief_as_pdf(CARD, **NAMES))).pages
    paged = " ".join(page.extract_text().split())
    for line in filter(None, text.splitlines()):
        said = line.partition(". ")[2] if line[0].isdigit() else line
        if not said.isupper():
            assert said in words, said
            assert said in paged, said
