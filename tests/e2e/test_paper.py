"""Pages on paper: all of it is there, and nothing lies beyond the edge of the sheet."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.e2e.visitor import Visit, Visitor

WIDTH = 595  # points of A4
OFTEN = 10


def on_paper(reader: Visitor, path: str) -> tuple[PdfReader, tuple[list[str], list[str]]]:
    """The page printed, with what its tables say as `in_tables` reads them."""
    reader.go(path)
    expect(reader.page.get_by_test_id("stProgress")).to_have_count(0)
    reader.settle()
    # What is worked out behind a page draws it anew: a sheet is of the page only where that stood still meanwhile.
    for _ in range(OFTEN):
        before = in_tables(reader)
        paper = PdfReader(BytesIO(reader.page.pdf(format="A4")))
        if in_tables(reader) == before:
            return paper, before
    raise AssertionError(f"{path} is drawn anew for ever")


def words_of(paper: PdfReader) -> str:
    """All words, one space between them."""
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def farthest(paper: PdfReader) -> float:
    """How far to the right any text begins, in points."""
    found = [0.0]

    def visit(text: str, matrix: list[float], placed: list[float], *_: object) -> None:
        if text.strip():
            found.append(placed[4] * matrix[0] + placed[5] * matrix[2] + matrix[4])

    for page in paper.pages:
        page.extract_text(visitor_text=visit)
    return max(found)


def in_tables(reader: Visitor) -> tuple[list[str], list[str]]:
    """The headings of the last columns of all tables of the page, and the first words of their last rows."""
    tables = reader.page.locator(".gt-table table")
    last = tables.evaluate_all("all => all.map(each => [...each.querySelectorAll('thead th')].at(-1).textContent)")
    rows = tables.evaluate_all("all => all.map(each => [...each.querySelectorAll('tbody tr th')].at(-1)?.textContent)")
    return last, [each for each in rows if each]


@pytest.mark.parametrize(
    ("who", "path", "has_tables"),
    [
        ("bi.team", "/scorecard", True),
        ("bi.team", "/measure?measure=WCP1075", True),
        ("bi.team", "/wards?measure=WCP1075", True),
        ("bi.team", "/recovery-plan?plan=4", True),
        ("leadership", "/", False),
    ],
)
def test_a_page_is_printed_whole(who: str, path: str, has_tables: bool, visit: Visit, site: str) -> None:
    reader = visit(site)
    reader.sign_in(who)
    paper, (headings, rows) = on_paper(reader, path)
    words = words_of(paper).replace(" ", "")
    assert bool(headings) or not has_tables
    for said in [*headings, *rows]:
        assert "".join(said.split()) in words, said
    assert "openedon10November2017" in words
    assert "Signout" not in words
    assert farthest(paper) < WIDTH - 20
    assert all(abs(float(page.mediabox.width) - WIDTH) < 2 for page in paper.pages)
