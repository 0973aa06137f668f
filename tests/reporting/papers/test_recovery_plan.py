"""A recovery plan as a paper, opened again: its order, its charts with the path, its tables, and what a draft lacks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
import openpyxl
from pptx import Presentation
from pypdf import PdfReader

from performance.ground.periods import Period
from performance.report.templates import RECOVERY_PLAN
from reporting.charts.fan import Expected
from reporting.charts.over_time import Aim, Line, Trend
from reporting.papers import recovery_plan
from reporting.papers.recovery_plan import Drawn, Grid, RecoveryPlan
from reporting.writers.blocks import Table
from tests.reporting.packs.test_pages import tags

MONTHS = tuple(Period(start=date(2017, month, 1), months=1) for month in range(6, 11))
NUMBERS = tuple(zip(MONTHS[:4], map(Decimal, ("30", "33", "32", "29")), strict=True))


def a_chart(*, is_path: bool = True) -> Drawn:
    path = tuple(
        Expected(period=each, number=Decimal(33) - place, low=Decimal(30) - place, high=Decimal(36) - place)
        for place, each in enumerate(MONTHS[1:])
    )
    return Drawn(
        title="Days to relet",
        said="September 2017: expected 31, actual 29, ahead by 2.",
        chart=Trend(
            periods=MONTHS, lines=(Line(name="Testing", numbers=NUMBERS),), unit="days",
            aims=tuple(Aim(period=each, number=Decimal(20)) for each in MONTHS), path=path if is_path else (),
        ),
        alt="A line chart of days to relet.",
        key="Dotted is the expected path.",
        figures=Grid(title="Days to relet, expected and actual", header=("Period", "Actual"),
                     rows=tuple((each.in_words, f"{number} days") for each, number in NUMBERS)),
    )  # fmt: skip


A_PLAN = RecoveryPlan(
    reference="R-07",
    measure="Days to relet",
    council="Borough of Testing",
    known="As it stood on 10 November 2017",
    state=(("", "In progress. Opened on 1 July 2017 by Landlord."), ("Slipping", "1 action is late.")),
    figures=Grid(title="How the measures of the plan stand", header=("Measure", "Newest figure", "Status"),
                 rows=(("Days to relet", "29 days, target 20 days", "Red"),), tagged=2, tags=("red",)),
    evidence=("Lower is better.", "Performance went from 30 days to 29 days."),
    compared=Grid(title="Compared with", header=("Place", "Figure"), rows=(("England", "25 days"),)),
    said_for="Last commentary, for September 2017",
    said=(("Why", "=HYPERLINK(1)"),),
    tried=("The same service (R-02). Closed, 1 of 1 milestone met.",),
    whys=Grid(title="Five whys", header=("Why", "What shows it"), rows=(("1. Homes stand empty", "9 of 33 days"),)),
    cause=(("Root cause", "The contractor left"), ("Partners", "Two firms")),
    actions=Grid(title="Actions", header=("Action", "Status"), rows=(("Let the contract", "Late by 3 days"),)),
    paths=(a_chart(),),
    milestones=Grid(title="Milestones", header=("Milestone", "State"), rows=(("At most 25 days", "Not yet"),)),
    risks=Grid(title="Risks", header=("Risk", "How high"), rows=(("The second firm leaves", "High"),)),
    notes=(("For August 2017: Landlord", "The tender is out"),),
    delivery=Grid(title="Delivery", header=("What", "How it stood"), rows=(("Let the contract", "On track"),)),
    moves=Grid(title="Dates moved", header=("What", "Why"), rows=(("Let the contract", "The tender failed"),)),
    meetings=(("Leadership, 14 November 2017", "Why is it red? The firm left."),),
    ending="Did it work?",
    end=(("It worked", "in the judgement of Landlord."),),
    effect=replace(a_chart(is_path=False), title="Before, during and after", said="", key=""),
)  # fmt: skip


def a_bare_one() -> RecoveryPlan:
    """One that was only just opened, of a measure without figures."""
    nothing = Grid(title="Nothing", header=("This", "That"), rows=())
    return replace(
        A_PLAN, compared=nothing, said=(), said_for="", tried=(), whys=nothing, actions=nothing, paths=(),
        milestones=nothing, risks=nothing, notes=(), delivery=nothing, moves=nothing, meetings=(),
        ending="Agreement and end", end=(), effect=None,
    )  # fmt: skip


def headings(content: bytes) -> list[str]:
    made = docx.Document(BytesIO(content))
    return [each.text for each in made.paragraphs if str(each.style and each.style.name).startswith("Heading")]


def test_the_paper_has_every_part_of_its_kind_in_order() -> None:
    assert tuple(part.name for part in recovery_plan.paper(A_PLAN).parts) == RECOVERY_PLAN.parts


def test_word_turns_the_curve_in_order() -> None:
    assert headings(recovery_plan.as_word(A_PLAN)) == [
        "R-07: Days to relet", "What is off target", "Last commentary, for September 2017",
        "What was tried before, and learnt", "Root cause and partners", "Actions", "Expected path and actual",
        "Days to relet", "Risks", "Notes by month", "What was said of actions and milestones",
        "Dates moved", "What meetings asked and decided", "Did it work?",
        "Before, during and after", "Every figure of the charts", "Days to relet, expected and actual",
    ]  # fmt: skip


def test_a_plan_of_which_little_is_known_says_so_and_has_no_empty_table() -> None:
    made = docx.Document(BytesIO(recovery_plan.as_word(a_bare_one())))
    said = [each.text for each in made.paragraphs]
    assert {"There are no actions yet.", "There are no milestones yet.", "There are no notes yet."} <= set(said)
    assert len(made.tables) == 1
    assert "Risks" not in said


def test_slides_have_native_charts_with_the_expected_path_as_numbers() -> None:
    made = Presentation(BytesIO(recovery_plan.as_slides(A_PLAN)))
    charts = [shape.chart for slide in made.slides for shape in slide.shapes if shape.has_chart]
    assert [[each.name for each in chart.plots[0].series] for chart in charts] == [
        ["Testing", "Expected path", "Target"], ["Testing", "Target"],
    ]  # fmt: skip
    expected = charts[0].plots[0].series[1]
    assert list(expected.values) == [None, 33, 32, 31, 30]
    titles = [slide.shapes.title.text_frame.text for slide in made.slides]
    assert not [each for each in titles if "figure" in each]  # looked up, in the files that are read


def test_a_workbook_keeps_what_people_wrote_as_words() -> None:
    book = openpyxl.load_workbook(BytesIO(recovery_plan.as_workbook(A_PLAN)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f" and "HYPERLINK" in str(cell.value)]
    assert {"Actions", "Milestones", "Risks"} <= set(book.sheetnames)


def test_the_pdf_is_tagged_and_says_what_its_charts_show() -> None:
    read = PdfReader(BytesIO(recovery_plan.as_pdf(A_PLAN)))
    found = list(tags(read.trailer["/Root"]["/StructTreeRoot"]))
    assert [each["/Alt"] for each in found if each["/S"] == "/Figure"] == ["A line chart of days to relet."] * 2
    said = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    assert "1. Homes stand empty" in said
    assert "R-07: Days to relet" in said


def test_columns_fill_the_page_and_have_room_for_their_longest_word() -> None:
    tables = [block for block in recovery_plan.paper(A_PLAN).blocks if isinstance(block, Table)]
    assert len(tables) > 5
    for table in tables:
        assert round(sum(wide for _, wide in table.columns), 6) == 16
    long = Grid(title="Long", header=("What", "When"), rows=(("word " * 60, "September 2017"),))
    (what, when) = (wide for _, wide in next(
        block.columns for block in recovery_plan.paper(replace(A_PLAN, actions=long)).blocks
        if isinstance(block, Table) and block.name == "Long"
    ))  # fmt: skip
    assert what > 2 * when > 3


def test_words_without_a_space_do_not_push_a_column_off_the_page() -> None:
    long = Grid(title="Long", header=("What", "When"), rows=(("w" * 400, "Now"),))
    found = next(
        block for block in recovery_plan.paper(replace(A_PLAN, actions=long)).blocks
        if isinstance(block, Table) and block.name == "Long"
    )  # fmt: skip
    assert round(sum(wide for _, wide in found.columns), 6) == 16
    assert min(wide for _, wide in found.columns) > 1
