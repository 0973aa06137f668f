"""The pack as PDF pages, opened again: tagged, in the order of the Word pack, its charts read out, nothing hidden."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from performance.report.frozen import FrozenLine
from performance.report.pack import Pack
from reporting.documents import images
from reporting.packs import document
from reporting.writers.blocks import Chart
from tests.reporting.packs.test_document import RED, a_pack

NAMES = {"council": "City Council", "place": "The city"}


def opened(pack: Pack) -> PdfReader:
    return PdfReader(BytesIO(document.as_pdf(pack, **NAMES)))


def said(read: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in read.pages).split())


def tags(of: Any) -> Iterator[Any]:
    below = of.get("/K", [])
    for each in below if isinstance(below, list) else [below]:
        found = each.get_object()
        if isinstance(found, dict) and "/S" in found:
            yield found
            yield from tags(found)


@pytest.fixture(scope="module")
def read() -> PdfReader:
    return opened(a_pack())


def test_it_says_what_the_word_pack_says_in_its_order(read: PdfReader) -> None:
    words = docx.Document(BytesIO(document.as_word(a_pack(), **NAMES)))
    place, whole = 0, said(read)
    for paragraph in words.paragraphs:
        text = " ".join(paragraph.text.split())
        if "Heading" in str(paragraph.style and paragraph.style.name) or text.startswith(("Why:", "Of 3", "Compared")):
            assert text in whole[place:], text
            place = whole.index(text, place)


def test_it_is_tagged_and_its_charts_headings_lists_and_header_cells_can_be_read_aloud(read: PdfReader) -> None:
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower() == "en-gb"
    assert read.metadata is not None
    assert read.metadata.title == "Performance, Q2 (July to September) 2017/18"
    assert "http://www.aiim.org/pdfua/ns/id/" in root["/Metadata"].get_data().decode(), "it says that it is PDF/UA"
    found = list(tags(root["/StructTreeRoot"]))
    kinds = [str(each["/S"]) for each in found]
    assert [kinds.count(each) for each in ("/H1", "/H2", "/H3", "/TH")] == [1, 7, 1, 4 + 6]
    assert "/LI" in kinds
    (alt,) = (str(each["/Alt"]) for each in found if each["/S"] == "/Figure")
    assert alt.startswith("Line chart of Collections for The city")


@pytest.mark.parametrize(
    "words", ["#strong[now] $x$", "= No heading", "\\u{2014} @all <b> `code` *a*", "Ж 漢 \U0001f600"]
)
def test_words_that_would_be_markup_are_words(words: str) -> None:
    read = opened(a_pack(replace(RED, title=words, commentary=f"Why: {words}")))
    assert words[0] in said(read)
    if words.isascii():
        assert f"Why: {words}" in said(read)


@pytest.mark.parametrize("many", [1, 3000])
def test_a_red_of_any_length_stands_whole_on_as_many_pages_as_it_takes(many: int) -> None:
    long = replace(RED, commentary="Why: " + " ".join(f"word{number}" for number in range(many)))
    read = opened(a_pack(long))
    whole = said(read)
    assert all(f"word{number}" in whole for number in range(many))
    assert len(read.pages) >= many // 900


def test_a_red_is_never_parted_from_its_heading(read: PdfReader) -> None:
    reds = tuple(replace(RED, title=f"Red number {number}", measure_code=f"R{number}") for number in range(8))
    pages = [" ".join(page.extract_text().split()) for page in opened(a_pack(*reds)).pages]
    for number in range(8):
        (page,) = (each for each in pages if f"Red number {number} Red:" in each)
        told = page.partition(f"Red number {number} Red:")[2]
        assert "What is done: A new lorry" in told.split("Red number")[0], "its last part stands on the same page"


def test_what_is_hidden_is_nowhere_in_it() -> None:
    secret: FrozenLine = a_pack().lines[2]
    made = document.as_pdf(a_pack(secret), **NAMES)
    assert secret.figure in said(PdfReader(BytesIO(made)))
    assert "Of 1 measure: 1 not rated." in said(PdfReader(BytesIO(made)))


def test_built_twice_it_is_the_same_apart_from_time_stamps() -> None:
    first, again = (opened(a_pack()) for _ in range(2))
    contents = [
        [page.get_contents().get_data() for page in read.pages if page.get_contents()] for read in (first, again)
    ]
    assert contents[0] == contents[1]


def test_its_charts_are_in_the_letters_of_the_page_which_they_do_not_bring_themselves(read: PdfReader) -> None:
    found = set()
    for page in read.pages:
        fonts: Any = page["/Resources"].get("/Font", {})  # type: ignore[index]
        found |= {str(each.get_object()["/BaseFont"]) for each in fonts.values()}
        found |= {
            str(each.get_object()["/BaseFont"])
            for form in page["/Resources"].get("/XObject", {}).values()  # type: ignore[index]
            for each in form.get_object().get("/Resources", {}).get("/Font", {}).values()
        }
    assert found
    assert all("SourceSans" in name for name in found), found
    (chart,) = (block for each in document.paper(a_pack(), **NAMES).blocks for block in getattr(each, "blocks", ())
                if isinstance(block, Chart))  # fmt: skip
    drawn = images.on_a_page(chart.drawn, title=chart.title, description=chart.alt)
    assert "@font-face" not in drawn
    assert drawn.startswith("<svg")
    assert 'role="img"' in drawn
