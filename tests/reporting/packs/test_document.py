"""The pack as a Word document, opened again: its order, its charts with their workbooks, and nothing that is hidden."""

import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import docx
import openpyxl
import pytest
from docx.document import Document
from lxml import etree

from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from performance.report.editions import Freeze
from performance.report.frozen import FrozenLine, FrozenPoint
from performance.report.pack import Pack
from performance.report.restated import Restated
from performance.report.words import Place, Said, story
from reporting.packs import document as word
from reporting.writers import native_chart
from tests.performance.report.test_editions import COMPARATOR, EDITION, LINE

JULY, AUGUST, SEPTEMBER = (Period.month(2017, month) for month in (7, 8, 9))
POINTS = tuple(
    FrozenPoint(period=period, number=number, target=Decimal(95), rag=Rag.RED)
    for period, number in ((JULY, Decimal("91.5")), (AUGUST, None), (SEPTEMBER, Decimal("88.2")))
)
RED = replace(
    LINE,
    rag=Rag.RED,
    points=POINTS,
    comparators=(COMPARATOR,),
    heading="Worsening: down from 91.5%",
    usual="usual ups and downs",
    commentary="What happened: Fewer\nWhy: A lorry broke\nWhat next: A new lorry",
)
AMBER = replace(LINE, measure_code="CALLS", title="Calls answered")
HIDDEN = replace(
    LINE, measure_code="HELPED", title="People helped", value=Absence.SUPPRESSED, figure=Absence.SUPPRESSED.in_words,
    rag=Rag.SUPPRESSED,
)  # fmt: skip
FROZEN = replace(EDITION, freeze=Freeze(at=datetime(2017, 11, 9, 12, tzinfo=UTC), by="officer", lines=3), id=3)


def a_pack(*lines: FrozenLine) -> Pack:
    shown = lines or (RED, AMBER, HIDDEN)
    words = {(Place.SUMMARY, ""): Said(words="We collected {{WCP1063.value}}.\nIt rained.", by="officer")}
    before = replace(FROZEN, period=FROZEN.period.shifted(-3), published_at=FROZEN.freeze and FROZEN.freeze.at)
    was = replace(AMBER, figure="93.0%")
    return Pack(
        edition=FROZEN,
        lines=shown,
        story=story(shown, words),
        before=before,
        restated=(Restated(was=was, now=AMBER, because="Because: Calls were counted twice."),),
    )


def document(pack: Pack) -> bytes:
    return word.as_word(pack, council="City Council", place="The city")


@pytest.fixture
def opened() -> Document:
    return docx.Document(BytesIO(document(a_pack())))


def parts(made: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(made))


def test_it_stands_in_the_order_that_a_committee_reads(opened: Document) -> None:
    headings = [
        each.text for each in opened.paragraphs if each.style is not None and "Heading 2" in str(each.style.name)
    ]
    assert headings == [
        "Summary", "What changed since Q1 (April to June) 2017/18", "Red measures, the worst first", "Amber watch-list",
        "Corrections to what was published for Q1 (April to June) 2017/18", "Every measure", "How it is measured",
    ]  # fmt: skip
    words = "\n".join(each.text for each in opened.paragraphs)
    for said in (
        "City Council. Cabinet, 11 December 2017. Figures as known on 9 November 2017.",
        "Draft: This edition is not published",
        "We collected 92.1%.",
        "Of 3 measures: 1 red, 1 amber, 1 not rated.",
        "Higher is better.",
        "Compared: England 90.0%",
        "Why: A lorry broke",
        "What is done: A new lorry",
        "Was 93.0%, amber; now 92.1%, amber. Because: Calls were counted twice.",
    ):
        assert said in words, said


def test_what_is_published_is_no_draft() -> None:
    published = replace(FROZEN, published_at=datetime(2017, 12, 4, tzinfo=UTC), published_by="officer")
    made = docx.Document(BytesIO(document(replace(a_pack(), edition=published))))
    assert not any("Draft" in each.text for each in made.paragraphs)


def test_what_is_still_to_be_written_is_said_in_a_draft() -> None:
    made = docx.Document(BytesIO(document(a_pack(replace(RED, commentary="", comparators=())))))
    said = "Still to be written: a comparator or why there is none and a cause and an action"
    assert said in [each.text for each in made.paragraphs]


def test_it_is_accessible(opened: Document) -> None:
    assert opened.core_properties.language == "en-GB"
    for table in opened.tables:
        assert table._tbl.tblPr.find("{*}tblDescription") is not None
        assert table.rows[0]._tr.trPr.find("{*}tblHeader") is not None
    (drawn,) = opened.element.body.iter("{*}docPr")
    assert drawn.get("name") == "Collections"
    assert drawn.get("descr", "").startswith("Line chart of Collections for The city")
    assert "Aug 2017" in drawn.get("descr", "") or "gap" in drawn.get("descr", "").lower()


def test_a_chart_is_edited_by_the_workbook_of_its_own_figures() -> None:
    made = parts(document(a_pack()))
    chart = etree.fromstring(made.read("word/charts/chart1.xml"))
    drawn = chart.find(".//{*}externalData")
    rels = etree.fromstring(made.read("word/charts/_rels/chart1.xml.rels"))
    (named,) = [each for each in rels if each.get("Id") in drawn.attrib.values()]
    assert named.get("Target") == "../embeddings/chart1.xlsx"
    (sheet,) = openpyxl.load_workbook(BytesIO(made.read("word/embeddings/chart1.xlsx"))).worksheets
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    assert rows == [
        (None, "The city", "Target"), ("Jul 2017", 91.5, 95), ("Aug 2017", None, 95), ("Sep 2017", 88.2, 95),
    ]  # fmt: skip
    assert sheet["B2"].number_format == '#,##0.0"%"'
    drawn_numbers = [[each.text for each in found.iter("{*}v")] for found in chart.iter("{*}numCache")]
    assert drawn_numbers == [["91.5", "88.2"], ["95.0", "95.0", "95.0"]]
    assert chart.find(".//{*}dispBlanksAs").get("val") == "gap"


def test_each_red_has_its_own_chart_and_one_without_figures_none() -> None:
    other = replace(RED, measure_code="OTHER", title="Others")
    none = replace(RED, measure_code="NONE", title="Nothing", points=POINTS[:1])
    names = parts(document(a_pack(RED, other, none))).namelist()
    drawn = [each for each in names if re.search(r"chart\d+\.(xml|xlsx)$", each)]
    assert sorted(each.removeprefix("word/") for each in drawn) == [
        "charts/chart1.xml", "charts/chart2.xml", "embeddings/chart1.xlsx", "embeddings/chart2.xlsx",
    ]  # fmt: skip


def test_built_twice_it_is_the_same_apart_from_time_stamps() -> None:
    first, again = (parts(document(a_pack())) for _ in range(2))
    assert first.namelist() == again.namelist()
    for name in first.namelist():
        if name.endswith(".xlsx"):
            inner, other = (parts(each.read(name)) for each in (first, again))
            for part in inner.namelist():
                assert part == "docProps/core.xml" or inner.read(part) == other.read(part), part
        else:
            assert first.read(name) == again.read(name), name


def test_words_that_would_be_markup_are_words() -> None:
    made = docx.Document(BytesIO(document(a_pack(replace(RED, title="<b>&amp; ]]>", commentary="Why: <script>")))))
    assert any(each.text == "<b>&amp; ]]>" for each in made.paragraphs)
    (drawn,) = made.element.body.iter("{*}docPr")
    assert drawn.get("name") == "<b>&amp; ]]>"


@pytest.mark.parametrize(
    ("unit", "decimals", "printed"),
    [("percent", 1, '#,##0.0"%"'), ("pounds", 0, '"£"#,##0'), ("days", 2, "#,##0.00"), ("number", 0, "#,##0")],
)
def test_numbers_are_printed_in_their_unit(unit: str, decimals: int, printed: str) -> None:
    assert native_chart.number_format(unit, decimals) == printed
