"""Every kind of file that is made, opened in a real LibreOffice: its pages are looked at, a word in it is changed, and
what was saved is opened again. Its charts are there with their numbers, before and after."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree
from pptx import Presentation

from cycle.ground import memory
from data_access.store import database
from reporting.charts.over_time import COLOURS
from reporting.documents import plan_page_word, receipt_word, refresh_diff, review_memo
from reporting.papers import figure, recovery_plan
from reporting.tables import setup_template
from tests.command_line import done
from tests.performance.do.test_receipts import RECEIPT
from tests.reporting.documents.test_images import a_page
from tests.reporting.documents.test_plan_page import a_sheet
from tests.reporting.documents.test_refresh_diff import DIFF
from tests.reporting.documents.test_review_memo import PAGE
from tests.reporting.office.opened import AFTER, BEFORE, Opened, through_office
from tests.reporting.papers.test_recovery_plan import A_PLAN

# What the operator's own commands write, from the demonstration; the rest are made of what their tests are about.
_ASKED = {
    "pack.docx": ("cabinet", "--period", "Q1 2017/18"),
    "pack.pptx": ("cabinet", "--period", "Q1 2017/18"),
    "pack.xlsx": ("cabinet", "--period", "Q1 2017/18"),
    "scorecard.docx": ("scorecard", "--period", "2017-09"),
    "scorecard.xlsx": ("scorecard", "--period", "2017-09"),
    "brief.docx": ("summary", "--period", "2017-09"),
    "annual report.docx": ("annual", "--period", "2016/17"),
    "ward.docx": ("ward-profile", "--ward", "St Peter's", "--period", "2017-09"),
}
_BUILT: dict[str, Callable[[], bytes]] = {
    "annual chart.docx": lambda: figure.as_word(
        a_page(headline="Performance: fewer smoke"), author="Borough of Testing"
    ),
    "annual chart.pptx": lambda: figure.as_slides(
        a_page(headline="Performance: fewer smoke"), author="Borough of Testing"
    ),
    "annual chart.xlsx": lambda: figure.as_workbook(
        a_page(headline="Performance: fewer smoke"), author="Borough of Testing"
    ),
    "plan on a page.docx": lambda: plan_page_word.document(a_sheet()),
    "memo.docx": lambda: review_memo.document(PAGE),
    "receipt.docx": lambda: receipt_word.document(RECEIPT, council="Borough of Testing"),
    "next year.docx": lambda: refresh_diff.document(DIFF, author="Policy officer"),
    "set up.xlsx": setup_template.build,
    "recovery plan.docx": lambda: recovery_plan.as_word(A_PLAN),
    "recovery plan.pptx": lambda: recovery_plan.as_slides(A_PLAN),
}
NAMES = [*_ASKED, *_BUILT]
WORD = [name for name in NAMES if name.endswith(".docx")]
ONE_SIDE = ["brief.docx", "ward.docx", "plan on a page.docx"]
CHARTED = {
    "pack.docx": 5, "pack.pptx": 5, "annual report.docx": 12, "recovery plan.docx": 2, "recovery plan.pptx": 2,
    "annual chart.docx": 1, "annual chart.pptx": 1,
}  # fmt: skip
LEAST, MOST = 0.001, 0.4  # of a page that has ink: one line, and a page of tables
Made = dict[str, Path]
Through = dict[str, Opened]
Charts = list[list[tuple[str, list[str], list[float]]]]
"""Of each chart, its series: a name, the periods it has, and their numbers."""


@pytest.fixture(scope="module")
def made(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", f"sqlite:///{demonstration}")
        environment.setenv("GOLDEN_THREAD_STATE", str(folder))
        memory.forget()
        for name, asked in _ASKED.items():
            done("report", *asked, "--output", folder / name)
        database.engine().dispose()
    memory.forget()
    for name, build in _BUILT.items():
        (folder / name).write_bytes(build())
    return {name: folder / name for name in NAMES}


@pytest.fixture(scope="module")
def opened(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Through:
    return through_office(made, tmp_path_factory.mktemp("opened"))


@pytest.mark.parametrize("name", NAMES)
def test_every_page_has_ink_and_none_is_black(name: str, opened: Through) -> None:
    ink = opened[name].ink
    assert ink
    assert [share for share in ink if not LEAST < share < MOST] == []


@pytest.mark.parametrize("name", NAMES)
def test_all_that_is_written_stands_on_the_pages(name: str, made: Made, opened: Through) -> None:
    written = list(_texts(made[name]))
    assert len(written) >= 5
    assert [text for text in written if not opened[name].says(text)] == []


@pytest.mark.parametrize("name", ONE_SIDE)
def test_what_is_one_side_in_word_is_one_side_there(name: str, opened: Through) -> None:
    assert len(opened[name].ink) == 1


@pytest.mark.parametrize("name", WORD)
def test_the_letters_come_with_the_document(name: str, opened: Through) -> None:
    """They are not installed here; signs that they have not come from others."""
    assert "SourceSansPro" in opened[name].letters
    assert opened[name].letters <= {"SourceSansPro", "OpenSymbol", "DejaVuSans", "LiberationSans"}


@pytest.mark.parametrize("name", CHARTED)
def test_every_chart_is_drawn_on_its_page_with_its_periods_whole(name: str, made: Made, opened: Through) -> None:
    charts, titles = _charts(made[name]), _titles(made[name])
    assert len(charts) == len(titles) == CHARTED[name]
    for title, ((_, periods, _), *_rest) in zip(titles, charts, strict=True):
        assert opened[name].has(COLOURS[0], beside=title), title
        assert opened[name].says(periods[0]), "what is broken into letters is not there as it is written"


@pytest.mark.parametrize("name", CHARTED)
def test_after_a_word_was_changed_its_charts_have_the_same_numbers(name: str, made: Made, opened: Through) -> None:
    saved = opened[name].saved
    assert any(BEFORE in text for text in _texts(made[name])) or name == "annual report.docx"
    assert not any(BEFORE in text for text in _texts(saved))
    assert any(AFTER in text for text in _texts(saved)) or name == "annual report.docx"
    assert _charts(saved) == _charts(made[name])


@pytest.mark.parametrize("name", [each for each in CHARTED if each.endswith(".docx")])
def test_after_that_word_still_edits_each_chart_by_its_workbook(name: str, made: Made, opened: Through) -> None:
    ours, theirs = _workbooks(made[name]), _workbooks(opened[name].saved)
    assert len(ours) == CHARTED[name]
    assert theirs == ours


@pytest.mark.parametrize("name", WORD)
def test_what_it_saved_is_still_a_document_with_its_headings_and_tables(name: str, made: Made, opened: Through) -> None:
    before, after = docx.Document(str(made[name])), docx.Document(str(opened[name].saved))
    assert _headings(after) == [each.replace(BEFORE, AFTER) for each in _headings(before)]
    assert len(after.tables) == len(before.tables)
    if name not in CHARTED:  # what a chart is called and said in words, LibreOffice does not write
        assert _described(after) == _described(before)


@pytest.mark.parametrize("name", [each for each in NAMES if each.endswith(".xlsx")])
def test_a_workbook_has_the_same_cells_and_charts_after_it(name: str, made: Made, opened: Through) -> None:
    before, after = (openpyxl.load_workbook(path) for path in (made[name], opened[name].saved))
    assert after.sheetnames == before.sheetnames
    for sheet in before.worksheets:
        then = [[_changed(cell.value) for cell in row] for row in sheet.iter_rows()]
        now = [[cell.value for cell in row] for row in after[sheet.title].iter_rows(max_col=sheet.max_column)]
        assert now[: len(then)] == then
        assert len(after[sheet.title]._charts) == len(sheet._charts)


def test_a_workbook_prints_as_wide_as_its_pages_and_no_row_hides_what_it_says(made: Made) -> None:
    for name in ("pack.xlsx", "scorecard.xlsx"):
        for sheet in openpyxl.load_workbook(made[name]).worksheets:
            assert sheet.sheet_properties.pageSetUpPr is not None
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert (sheet.page_setup.fitToHeight, sheet.page_setup.orientation) == (0, "landscape")
            for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
                (width,) = (
                    each.width for each in sheet.column_dimensions.values() if each.min <= cell.column <= each.max
                )
                if cell.alignment.wrap_text and len(cell.value) > width:
                    assert (sheet.row_dimensions[cell.row].height or 0) >= 30, (sheet.title, cell.coordinate)


def _changed(value: object) -> object:
    """A cell as it is to be: an empty text is none."""
    return (value.replace(BEFORE, AFTER) or None) if isinstance(value, str) else value


def _texts(path: Path) -> Iterator[str]:
    """All that the file says, paragraph by paragraph, shape by shape, or cell by cell."""
    if path.suffix == ".docx":
        for paragraph in docx.Document(str(path)).element.body.iter(qn("w:p")):
            yield "".join(each.text or "" for each in paragraph.iter(qn("w:t")))
    elif path.suffix == ".pptx":
        for slide in Presentation(str(path)).slides:
            framed = (shape.text_frame for shape in slide.shapes if shape.has_text_frame)
            texts = (paragraph.text for frame in framed for paragraph in frame.paragraphs)
            yield from (text for text in texts if text != "‹#›")  # the number, which each page has its own of
    else:
        for sheet in openpyxl.load_workbook(path).worksheets:
            yield from (cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str))


def _headings(document: Document) -> list[str]:
    return [each.text for each in document.paragraphs if str(each.style and each.style.name).startswith("Heading")]


def _described(document: Document) -> list[list[str]]:
    """The words of each picture, for who does not see it."""
    return [each.get("descr", "").split() for each in document.element.body.iter(qn("wp:docPr"))]


def _titles(path: Path) -> list[str]:
    """What each chart of the file is called, in its order."""
    if path.suffix == ".pptx":
        slides = Presentation(str(path)).slides
        return [
            slide.shapes.title.text_frame.text for slide in slides if any(shape.has_chart for shape in slide.shapes)
        ]
    found = docx.Document(str(path)).element.body.iter(qn("wp:docPr"))
    return [each.get("name") for each in found]


def _charts(path: Path) -> Charts:
    """The charts in the order of their parts, by what is kept in them of what was drawn."""
    with zipfile.ZipFile(path) as parts:
        names = sorted(
            (each for each in parts.namelist() if "charts/chart" in each and "_rels" not in each), key=_number
        )
        return [[_series(each) for each in etree.fromstring(parts.read(name)).iter("{*}ser")] for name in names]


def _series(drawn: etree._Element) -> tuple[str, list[str], list[float]]:
    name, *_ = (each.text or "" for each in drawn.find("{*}tx").iter("{*}v"))
    periods = [each.text or "" for each in drawn.find("{*}cat").iter("{*}v")]
    return name, periods, [float(each.text or "nan") for each in drawn.find("{*}val").iter("{*}v")]


def _workbooks(path: Path) -> list[list[tuple[object, ...]]]:
    """The cells of the workbook that each chart of a document names, in the order of the charts."""
    with zipfile.ZipFile(path) as parts:
        names = sorted((each for each in parts.namelist() if each.startswith("word/charts/chart")), key=_number)
        found = []
        for name in names:
            named = etree.fromstring(parts.read(name)).find("{*}externalData")
            assert named is not None, f"{name} has no workbook"
            rels = etree.fromstring(parts.read(f"word/charts/_rels/{Path(name).name}.rels"))
            (target,) = (each.get("Target") for each in rels if each.get("Id") in named.attrib.values())
            with parts.open(f"word/{target.removeprefix('../')}") as content:
                (sheet,) = openpyxl.load_workbook(content).worksheets
                found.append(list(sheet.iter_rows(values_only=True)))
        return found


def _number(name: str) -> int:
    return int("".join(sign for sign in Path(name).stem if sign.isdigit()))
