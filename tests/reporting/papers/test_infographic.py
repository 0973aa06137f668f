"""An infographic as PDF, PNG and SVG, opened again: one page, words within the file, and no more than it may say."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from pypdf import PdfReader

from performance.ground.reckoning.rag import Rag
from performance.review.infographic import MOST, Infographic, Tile
from reporting.papers import infographic
from tests.reporting.packs.test_pages import tags

SIGNS = ("better", "worse", "more", "less", "level", "")
RAGS = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.NOT_PROVIDED, None)


def a_page(many: int = MOST, *, title: str = "Waste & <bins> #strong[x]") -> Infographic:
    tiles = tuple(
        Tile(
            title=f"{title} {number}", figure="12.5 per 100,000", period="Sep 2017", said="Worsening: up from 1.5 " * 4,
            status=RAGS[number % len(RAGS)], sign=SIGNS[number % len(SIGNS)],
            numbers=(Decimal(1), None, Decimal("2.5"), Decimal(2)) if number % 2 else (),
        )
        for number in range(many)
    )  # fmt: skip
    return Infographic(title=title, lead="Six are red. " * 10, tiles=tiles, foot="Borough of Testing. " * 8)


@pytest.mark.parametrize("many", [0, 1, MOST])
def test_the_pdf_is_one_tagged_page_that_says_every_tile(many: int) -> None:
    read = PdfReader(BytesIO(infographic.as_pdf(a_page(many))))
    (page,) = read.pages
    said = " ".join(page.extract_text().split())
    for number in range(many):
        assert f"Waste & <bins> #strong[x] {number}" in said
    root: Any = read.trailer["/Root"]
    kinds = [str(each["/S"]) for each in tags(root["/StructTreeRoot"])]
    assert [kinds.count(each) for each in ("/H1", "/H2")] == [1, many]
    assert "Borough of Testing" in said


def test_the_picture_has_ink_and_says_in_its_file_what_it_shows() -> None:
    picture = Image.open(BytesIO(infographic.as_png(a_page())))
    assert picture.info["Title"] == "Waste & <bins> #strong[x]"
    assert picture.info["Description"] == a_page().in_words
    dark = sum(many for many, grey in picture.convert("L").getcolors() if grey < 128)
    blank = Image.open(BytesIO(infographic.as_png(a_page(0)))).convert("L")
    assert dark > 3 * sum(many for many, grey in blank.getcolors() if grey < 128)
    assert abs(picture.width / picture.height - 210 / 297) < 0.01, "one A4 page"


def test_the_svg_is_named_and_described() -> None:
    drawn = etree.fromstring(infographic.as_svg(a_page()))
    assert drawn.get("role") == "img"
    assert drawn.find("{*}title").text == "Waste & <bins> #strong[x]"
    assert drawn.find("{*}desc").text == a_page().in_words


def test_drawn_twice_it_is_the_same() -> None:
    assert infographic.as_svg(a_page()) == infographic.as_svg(a_page())
    assert infographic.as_png(a_page()) == infographic.as_png(a_page())
