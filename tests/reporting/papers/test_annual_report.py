"""The annual report as Word and as PDF, opened again: its order, its charts with their figures, its tables."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import docx
import openpyxl
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree
from pypdf import PdfReader

from performance.ground.measures import SeriesBreak
from performance.ground.periods import Period
from performance.ground.values import Absence
from performance.report.annual import ChartKind
from reporting.documents.annual import ChartPage, Drawn, Report, ReportPart, chart_page
from reporting.papers import annual_report
from tests.reporting.packs.test_document import LINE
from tests.reporting.packs.test_pages import tags

YEARS = tuple(Period.year(year) for year in range(2012, 2017))
MEASURE = replace(LINE.as_measure, title="Adults who smoke", source="Public Health: Fingertips")


def a_page(*, kind: ChartKind = ChartKind.LINE, headline: str = "Fewer smoke", broken: date | None = None) -> ChartPage:
    """Five years, the third of which is not known; and England, with a year more unrounded."""
    ours = dict(zip(YEARS, map(Decimal, ("22.04", "21", "0", "19", "16.5")), strict=True))
    measure = replace(MEASURE, breaks=(SeriesBreak(on=broken, reason="Asked anew"),) if broken else ())
    return chart_page(
        measure,
        [
            Drawn(name="Testing", values=ours | {YEARS[2]: Absence.NOT_PROVIDED}),
            Drawn(name="England", values={YEARS[3]: Decimal("17.96"), YEARS[4]: Decimal(17)}),
        ],
        kind=kind,
        headline=headline,
        place="Testing",
        council="Borough of Testing",
        known_on=date(2017, 11, 10),
    )


def a_report(*pages: ChartPage) -> Report:
    parts = (
        ReportPart(title="Health", text="What we did.\n\nAnd why.", pages=pages or (a_page(),)),
        ReportPart(title="Work", text="", pages=(a_page(kind=ChartKind.BARS, headline="Bars"),)),
    )
    return Report(
        title="Annual report 2016/17", year=YEARS[-1], council="Borough of Testing", known_on=date(2017, 11, 10),
        parts=parts,
    )  # fmt: skip


def in_word(report: Report) -> tuple[Document, zipfile.ZipFile]:
    made = annual_report.as_word(report)
    return docx.Document(BytesIO(made)), zipfile.ZipFile(BytesIO(made))


def figures_of(made: zipfile.ZipFile, number: int) -> list[tuple[Any, ...]]:
    """What the chart's own workbook says."""
    (sheet,) = openpyxl.load_workbook(BytesIO(made.read(f"word/embeddings/chart{number}.xlsx"))).worksheets
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_it_stands_in_the_order_of_its_sections_with_the_figures_behind() -> None:
    opened, _ = in_word(a_report())
    headings = [each.text for each in opened.paragraphs if str(each.style and each.style.name).startswith("Heading")]
    assert headings == [
        "Annual report 2016/17", "Health", "Figure 1. Fewer smoke", "Work", "Figure 2. Bars",
        "The figures in the charts", "Figure 1: Adults who smoke", "Figure 2: Adults who smoke",
    ]  # fmt: skip
    words = [each.text for each in opened.paragraphs]
    assert words[1] == "Borough of Testing. Figures as known on 10 November 2017."
    for said in ("What we did.", "And why.", "Adults who smoke, percent, Testing, 2012/13 to 2016/17",
                 "Source: Fingertips from Public Health. Data as known at 10 November 2017."):  # fmt: skip
        assert said in words, said
    first = opened.tables[0]
    assert [[cell.text for cell in row.cells] for row in first.rows][:3] == [
        ["Period", "Testing", "England"], ["2012/13", "22.0%", "Not available"], ["2013/14", "21.0%", "Not available"],
    ]  # fmt: skip
    assert all(each.rows[0]._tr.trPr.find("{*}tblHeader") is not None for each in opened.tables)


def test_a_heading_is_never_left_behind_by_what_it_heads() -> None:
    opened, _ = in_word(a_report())
    for each in opened.paragraphs:
        if str(each.style and each.style.name).startswith("Heading") and each.style and each.style.name != "Heading 1":
            style_keeps = each.style.paragraph_format.keep_with_next
            assert each.paragraph_format.keep_with_next or style_keeps, each.text


def test_a_chart_holds_its_figures_as_printed_with_its_gaps_and_is_read_out() -> None:
    opened, made = in_word(a_report())
    assert figures_of(made, 1) == [
        (None, "Testing", "England"), ("2012/13", 22, None), ("2013/14", 21, None), ("2014/15", None, None),
        ("2015/16", 19, 18), ("2016/17", 16.5, 17),
    ]  # fmt: skip
    alts = [each.get("descr", "") for each in opened.element.body.iter(qn("wp:docPr"))]
    assert alts[0].startswith("Line chart of adults who smoke in Testing, 2012/13 to 2016/17.")
    assert alts[1].startswith("Bar chart of adults who smoke")


def test_a_line_is_not_joined_over_a_break_and_bars_stand_as_they_are() -> None:
    broken = date(2015, 4, 1)
    _, made = in_word(a_report(a_page(broken=broken), a_page(broken=broken, kind=ChartKind.BARS)))
    assert figures_of(made, 1)[0] == (None, "Testing", "Testing from 2015/16", "England")
    assert [row[1:3] for row in figures_of(made, 1)[1:]] == [
        (22, None), (21, None), (None, None), (None, 19), (None, 16.5),
    ]  # fmt: skip
    assert figures_of(made, 2)[0] == (None, "Testing", "England")


def test_bars_begin_at_nought_and_axes_say_their_unit() -> None:
    _, made = in_word(a_report())
    lines, bars = (etree.fromstring(made.read(f"word/charts/chart{number}.xml")) for number in (1, 2))
    assert bars.find(".//{*}valAx/{*}scaling/{*}min").get("val") == "0.0"
    assert lines.find(".//{*}valAx/{*}scaling/{*}min") is None
    for each in (lines, bars):
        assert each.find(".//{*}valAx/{*}numFmt").get("formatCode") == '#,##0.0"%"'
    assert bars.find(".//{*}barChart") is not None


def test_bars_below_nought_are_drawn_below_it() -> None:
    page = a_page(kind=ChartKind.BARS)
    below = replace(page, series=(Drawn(name="Testing", values={YEARS[0]: Decimal(-3), YEARS[1]: Decimal(2)}),))
    _, made = in_word(a_report(below))
    chart = etree.fromstring(made.read("word/charts/chart1.xml"))
    assert chart.find(".//{*}valAx/{*}scaling/{*}min") is None
    assert chart.find(".//{*}invertIfNegative").get("val") == "0", "or Word draws them white"
    assert chart.find(".//{*}catAx/{*}tickLblPos").get("val") == "low", "under the bars, and not through them"


def test_the_pdf_is_tagged_and_says_the_same() -> None:
    read = PdfReader(BytesIO(annual_report.as_pdf(a_report())))
    said = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    for words in ("Figure 1. Fewer smoke", "What we did.", "Figure 2: Adults who smoke", "22.0%", "Not available"):
        assert words in said, words
    root: Any = read.trailer["/Root"]
    found = list(tags(root["/StructTreeRoot"]))
    kinds = [str(each["/S"]) for each in found]
    assert [kinds.count(each) for each in ("/H1", "/H2", "/H3", "/Figure", "/TH")] == [1, 3, 4, 2, 6]
    assert all(re.match(r"(Line|Bar) chart of", str(each["/Alt"])) for each in found if each["/S"] == "/Figure")


def test_a_report_without_charts_is_a_report() -> None:
    empty = replace(a_report(), parts=())
    opened, _ = in_word(empty)
    assert next(each.text for each in opened.paragraphs) == "Annual report 2016/17"
    assert len(PdfReader(BytesIO(annual_report.as_pdf(empty))).pages) == 1
