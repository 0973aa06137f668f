"""The printed plan on a page is opened again: one A4 side, headings, table headers, alternative texts; nothing lost."""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.document import Document as OpenDocument
from docx.shared import Cm, Length
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from PIL import ImageFont
from pypdf import PageObject, PdfReader

from performance.ground.periods import Period
from reporting.charts.over_time import Line, Trend, trend
from reporting.documents import fonts, plan_page, plan_page_word
from reporting.documents.plan_page import Grid, Picture, Sheet

A4 = (595, 842)
WORDS = "Streets that are swept stay clean for longer, residents say. "


def a_sheet(*, words: int = 2, rows: int = 3, cell: int = 1, pictures: int = 2) -> Sheet:
    months = [Period.month(2017, 1).shifted(step) for step in range(9)]
    ours = Line(name="Ours", numbers=tuple((month, Decimal(40 + month.start.month)) for month in months))
    spec = trend(Trend(periods=tuple(months), lines=(ours,), unit="percent"), width=430, height=190)
    return Sheet(
        title="Keep it clean #strong[now] $x$",
        subject="Objective OB",
        council="Borough of Testing",
        thread="Stronger Communities › An outcome › Keep it clean",
        facts="Owner: Head of Waste. Last reviewed on 1 June 2017.",
        why=WORDS * words,
        pictures=tuple(
            Picture(title=f"Chart of measure {number}", said="From 41% to 49%.", alt=f"Line chart {number}", spec=spec)
            for number in range(1, pictures + 1)
        ),
        grids=(
            Grid(title="Key actions", header=("Action", "Responsible officer", "Status"), widths=(3, 2, 1),
                 rows=tuple((f"Action {number}: {WORDS * cell}", "Head of Waste", "Late") for number in range(rows)),
                 empty="No actions are planned yet.", noun="action", part="actions"),
            Grid(title="Measures", header=("Measure", "Status"), widths=(3, 1),
                 rows=tuple((f"Measure {number}", "▲ Red") for number in range(rows)),
                 empty="No measure.", noun="measure", part="measures", tagged=1, tags=("red",) * rows),
            Grid(title="Risks", header=("Risk", "How high"), widths=(1, 1), rows=(), empty="No risk.", noun="risk",
                 part="risks"),
        ),
        lessons=WORDS * words,
        foot="As it stood on 10 November 2017.",
        file_name="plan",
    )  # fmt: skip


LENGTHS = pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(a_sheet(), id="a usual page"),
        pytest.param(a_sheet(rows=0, pictures=0, words=0), id="an empty page"),
        pytest.param(a_sheet(words=16, rows=12, cell=4, pictures=3), id="a full page"),
        pytest.param(a_sheet(words=16, rows=60, cell=5, pictures=3), id="as long as anybody may write it"),
    ],
)


def opened(sheet: Sheet) -> PageObject:
    read = PdfReader(BytesIO(plan_page.as_pdf(sheet)))
    assert len(read.pages) == 1
    return read.pages[0]


def flat(text: str) -> str:
    return " ".join(text.split())


@LENGTHS
def test_the_pdf_is_one_a4_side_whatever_its_length(sheet: Sheet) -> None:
    page = opened(sheet)
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == A4
    said = flat(page.extract_text())
    for words in ("Keep it clean #strong[now] $x$", "Why it matters", "Key actions", "Measures", "Risks", "Lessons"):
        assert words in said
    assert "As it stood on 10 November 2017." in said


def test_the_pdf_is_tagged_and_its_charts_and_headings_can_be_read_aloud() -> None:
    read = PdfReader(BytesIO(plan_page.as_pdf(a_sheet())))
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower() == "en-gb"
    assert read.metadata is not None
    assert read.metadata.title == "Keep it clean #strong[now] $x$: plan on a page"
    tags = list(_tags(root["/StructTreeRoot"]))
    kinds = [str(each["/S"]) for each in tags]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 5
    assert kinds.count("/TH") == 5
    assert {str(each["/Alt"]) for each in tags if each["/S"] == "/Figure"} == {"Line chart 1", "Line chart 2"}


def _tags(of: Any) -> Iterator[Any]:
    """Every element of the tree that a screen reader reads, in its order."""
    below = of.get("/K", [])
    for each in below if isinstance(below, list) else [below]:
        found = each.get_object()
        if isinstance(found, dict) and "/S" in found:
            yield found
            yield from _tags(found)


def test_the_letters_of_the_pdf_and_of_its_charts_are_our_own_and_inside_it() -> None:
    resources: Any = opened(a_sheet())["/Resources"]
    found = dict(_fonts(resources))
    names = {name.partition("+")[2].removesuffix("-Identity-H") for name in found}
    assert names == {"SourceSansPro-Regular", "SourceSansPro-Bold"}
    assert all(found.values())
    charts = [each.get_object().get("/Resources", {}) for each in resources["/XObject"].values()]
    assert any(dict(_fonts(each)) for each in charts), "as letters, not as outlines of them"


def _fonts(resources: Any) -> Iterator[tuple[str, bool]]:
    """Each font by name, also of the pictures within, and whether its letters are in the file."""
    for each in resources.get("/Font", {}).values():
        font = each.get_object()
        (drawn,) = font.get("/DescendantFonts", [font])
        yield str(font["/BaseFont"]), bool({"/FontFile2", "/FontFile3"} & drawn.get_object()["/FontDescriptor"].keys())
    for each in resources.get("/XObject", {}).values():
        yield from _fonts(each.get_object().get("/Resources", {}))


def test_what_does_not_fit_is_said_and_a_page_that_fits_is_whole() -> None:
    whole = flat(opened(a_sheet()).extract_text())
    assert "in the app" not in whole
    short = flat(opened(a_sheet(words=16, rows=60, cell=5)).extract_text())
    assert "more actions, in the app." in short
    assert "more measures, in the app." in short
    assert "Shortened to fit one side: the whole plan is in the app." in short
    assert "… (more in the app)" in short or " …" in short


@LENGTHS
def test_the_word_page_says_the_same_with_headings_table_headers_and_alternative_texts(sheet: Sheet) -> None:
    made = Document(BytesIO(plan_page_word.document(sheet)))
    (section,) = made.sections
    assert abs((section.page_width or 0) - Cm(21)) < Cm(0.1)
    assert abs((section.page_height or 0) - Cm(29.7)) < Cm(0.1)
    headings = [each.text for each in made.paragraphs if each.style and str(each.style.name).startswith("Heading")]
    assert headings == [
        "Keep it clean #strong[now] $x$",
        "Why it matters",
        "Key actions",
        "Measures",
        "Risks",
        "Lessons",
    ]
    drawn = [shape._inline.docPr.get("descr") for shape in made.inline_shapes]
    assert drawn == [picture.alt for picture in sheet.pictures]
    across = sum(float(Length(shape.width).cm) for shape in made.inline_shapes)
    beside = {shape._inline.get(side) for shape in made.inline_shapes for side in ("distL", "distR")}
    assert (across <= 18, beside) == (True, {"0"} if sheet.pictures else set()), "they stand side by side"
    for table in made.tables:
        assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    shown = plan_page.fitted(sheet).sheet
    assert [[cell.text for cell in row.cells] for table in made.tables for row in table.rows[1:]] == [
        list(row) for grid in shown.grids for row in grid.rows
    ]
    assert made.element.body.xpath(".//w:br[@w:type='page']") == []


@LENGTHS
def test_the_word_page_is_no_longer_than_one_side_by_its_own_line_heights(sheet: Sheet) -> None:
    made = Document(BytesIO(plan_page_word.document(sheet)))
    section: Any = made.sections[0]
    room = Length(section.page_height - section.top_margin - section.bottom_margin)
    assert height_of(made) <= room.pt


def height_of(made: OpenDocument) -> float:
    """In points, by the metrics of the very letters: every line of the page has an exact height."""
    return sum(_height(made, each) for each in made.iter_inner_content())


def _height(made: OpenDocument, each: Paragraph | Table) -> float:
    if isinstance(each, Table):
        return sum(max(_cell_height(made, cell) for cell in row.cells) + 0.5 for row in each.rows)
    style: Any = each.style
    if pictures := each._p.xpath(".//wp:extent/@cy"):
        return 6 + max(float(Length(int(height)).pt) for height in pictures)
    size, spacing = float(style.font.size.pt), style.paragraph_format
    line, before, after = (
        Length(value).pt for value in (spacing.line_spacing, spacing.space_before, spacing.space_after)
    )
    high: float = _lines(each.text, size, Cm(18).pt, bold=style.name != "Normal") * line + before + after
    return high


def _cell_height(made: OpenDocument, cell: _Cell) -> float:
    normal: Any = made.styles["Normal"]
    size = float(normal.font.size.pt)
    wide = Length(cell.width or 0).pt - 6
    high: float = max(1, _lines(cell.text, size, wide, bold=bool(cell.paragraphs[0].runs[0].bold))) * size * 1.15 + 3
    return high


def _lines(text: str, size: float, wide: float, *, bold: bool) -> int:
    """How many lines the words take when each goes to the next line as soon as it does not fit."""
    lines, line = 1, ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if _width(longer, size, bold=bold) <= wide or not line:
            line = longer
        else:
            lines, line = lines + 1, word
    return lines


def _width(text: str, size: float, *, bold: bool) -> float:
    """By the letters it carries, or by Arial's, which whoever reads no such letters has: by the wider."""
    arial = ImageFont.truetype(f"LiberationSans-{'Bold' if bold else 'Regular'}.ttf", 100)
    return max(float(arial.getlength(text)) * size / 100, fonts.width(text, size=size, bold=bold))


@LENGTHS
def test_no_date_or_number_of_the_word_page_is_broken(sheet: Sheet) -> None:
    made = Document(BytesIO(plan_page_word.document(sheet)))
    normal: Any = made.styles["Normal"]
    size = float(normal.font.size.pt)
    for cell in (cell for table in made.tables for row in table.rows for cell in row.cells):
        for word in cell.text.split():
            if any(sign.isdigit() for sign in word):
                bold = bool(cell.paragraphs[0].runs[0].bold)
                assert _width(word, size, bold=bold) <= Length(cell.width or 0).pt - 6, word


def test_signs_no_font_can_draw_and_control_characters_do_not_stop_the_page() -> None:
    odd = a_sheet(words=1)
    strange = Sheet(**{**vars(odd), "why": "Sweep \x01\x0b 🙂 你好", "title": "=HYPERLINK(<script>"})
    assert len(PdfReader(BytesIO(plan_page.as_pdf(strange))).pages) == 1
    assert Document(BytesIO(plan_page_word.document(strange))).paragraphs[0].text == "=HYPERLINK(<script>"
