"""A pack of thirty charts, from its edition to the files, against what vl-convert and the writers alone need for it.

`python -m benchmarks.packs`

Each turn writes an edition of its own measures: ours reads it, puts it together and writes it as Word, slides, workbook
and PDF. Beside it the libraries write the same amounts with nothing else done: python-docx the same headings,
paragraphs, cells and charts with their workbooks; python-pptx the same slides, texts and charts; XlsxWriter the same
cells and charts; vl-convert draws the same charts from ready specifications, and Typst sets the same ready page.
"""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import typst
import vl_convert
import xlsxwriter
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from pptx import Presentation
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE

from benchmarks.kept import end, keep
from benchmarks.servers import environment, load_demonstration
from cycle.report.editions import operator
from data_access.report import editions
from data_access.store.database import transaction
from performance.ground.periods import Period, parse_period
from performance.ground.reckoning.rag import Rag
from performance.report.editions import Edition, Freeze
from performance.report.frozen import FrozenLine
from performance.report.pack import Pack
from reporting.documents import fonts, images, pdf
from reporting.packs import charts, document, workbook
from reporting.writers import paged

CHARTS, TURNS, ALLOWED = 30, 7, 1.5
_OF = "Q1 2017/18"
NAMES = {"council": "The Council", "place": "The council"}
_FROZEN_AT = datetime(2017, 8, 18, 12, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Row:
    """Milliseconds for a file, the middle of some turns; `alone` by the libraries with nothing else done."""

    file: str
    ours: float
    alone: float

    @property
    def ratio(self) -> float:
        return self.ours / self.alone


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        os.environ.update(environment(folder))
        load_demonstration(folder)
        vl_convert.register_font_directory(str(fonts.FOLDER))
        reds = _reds()
        turns = [_turn(reds, number) for number in range(TURNS + 1)][1:]  # the first loads the libraries, on both sides
    rows = [
        Row(file=name, **{side: statistics.median(turn[name][side] for turn in turns) for side in ("ours", "alone")})
        for name in turns[0]
    ]
    print(f"A pack of {CHARTS} charts, medians of {TURNS} turns. ours/alone of the whole: at most {ALLOWED}.\n")
    print(f"{'what':34}{'ours ms':>9}{'alone ms':>10}{'ours/alone':>12}")
    outside = [row.file for row in rows if row.file == "all of it" and row.ratio > ALLOWED]
    for row in rows:
        said = "  <- outside" if row.file in outside else ""
        print(f"{row.file:34}{row.ours:9.1f}{row.alone:10.1f}{row.ratio:12.2f}{said}")
    keep("packs", rows, charts=CHARTS, allowed=ALLOWED)
    end(outside)


def _reds() -> list[FrozenLine]:
    """Thirty measures with a line to draw, as if each were red, in the words that the demonstration has of them."""
    found = operator.pack_to_write(parse_period(_OF), "").lines
    drawn = [each for each in found if charts.native(each, place="")]
    return [replace(each, rag=Rag.RED) for each in drawn[:CHARTS]]


def _turn(reds: list[FrozenLine], number: int) -> dict[str, dict[str, float]]:
    """Milliseconds of each file on both sides. No turn has the titles of another: nothing of it can be kept."""
    period = Period.month(2015, 1).shifted(number)
    lines = [replace(each, title=f"{each.title}, turn {number}") for each in reds]
    with transaction() as session:
        day = date(2017, 9, 11)
        edition = Edition(committee="Panel", period=period, closes_on=day, meets_on=day)
        edition_id = editions.add_edition(session, edition=edition, planned_by="policy.officer")
        freeze = Freeze(at=_FROZEN_AT, by="policy.officer")
        editions.add_freeze(session, edition_id=edition_id, freeze=freeze, lines=lines)
    images._svg.cache_clear()
    fonts._subset.cache_clear()
    read, pack = _took(lambda: operator.pack_to_write(period, ""))
    ours = {name: _took(lambda write=write: write(pack, **NAMES)) for name, write in _WRITERS.items()}
    made = {name: content for name, (_, content) in ours.items()}
    alone = {name: _alone(ready) for name, ready in _ready(pack, made).items()}
    found = {name: {"ours": took, "alone": alone[name]} for name, (took, _) in ours.items()}
    whole = {"ours": read + sum(took for took, _ in ours.values()), "alone": sum(alone.values())}
    return found | {"all of it": whole}


_WRITERS: Mapping[str, Callable[..., bytes]] = {
    "Word": document.as_word, "PowerPoint": document.as_slides, "Excel": workbook.write, "PDF": document.as_pdf,
}  # fmt: skip


def _ready(pack: Pack, made: Mapping[str, bytes]) -> dict[str, Callable[[], object]]:
    """Each file as work for the libraries alone, with all that they write worked out already."""
    drawn = [charts.native(red.line, place=NAMES["place"]) for red in pack.story.reds]
    data = [each.data for each in drawn if each]
    paper = document.paper(pack, **NAMES)
    specs = [block.drawn for each in paper.blocks for block in getattr(each, "blocks", ()) if hasattr(block, "drawn")]
    page = {name: getattr(paper, name) for name in ("title", "caption", "subject", "author")}
    page["blocks"] = [paged._as_data(each) for each in paper.blocks]
    inputs = {"data": _as_json(page)}
    word, deck, book = _word_amounts(made["Word"]), _slide_amounts(made["PowerPoint"]), _cells(made["Excel"])
    return {
        "Word": lambda: _write_word(word, data),
        "PowerPoint": lambda: _write_slides(deck, data),
        "Excel": lambda: _write_cells(book, len(data)),
        "PDF": lambda: _write_pdf(specs, inputs),
    }


def _alone(work: Callable[[], object]) -> float:
    return _took(work)[0]


def _took(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = work()
    return (time.perf_counter() - begun) * 1000, found


def _as_json(page: Mapping[str, Any]) -> str:
    return json.dumps(page, ensure_ascii=False)


def _word_amounts(made: bytes) -> list[tuple[str, Any]]:
    """What stands in the document, one after another: texts with their style, tables of cells, and charts."""
    opened = docx.Document(BytesIO(made))
    found: list[tuple[str, Any]] = []
    for each in opened.element.body:
        if each.tag == qn("w:p"):
            paragraph = Paragraph(each, opened)
            is_chart = next(each.iter(qn("w:drawing")), None) is not None
            found.append(("chart", None) if is_chart else (paragraph.style.name, [run.text for run in paragraph.runs]))
        elif each.tag == qn("w:tbl"):
            found.append(("table", [[cell.text for cell in row.cells] for row in Table(each, opened).rows]))
    return found


def _write_word(amounts: list[tuple[str, Any]], data: list[Any]) -> bytes:
    made, charts_to_come, out = docx.Document(), iter(data), BytesIO()
    for kind, said in amounts:
        if kind == "chart":
            chart = next(charts_to_come)
            ChartXmlWriter(XL_CHART_TYPE.LINE_MARKERS, chart).xml.encode()
            _ = CategoryWorkbookWriter(chart).xlsx_blob
            made.add_paragraph()
        elif kind == "table":
            table = made.add_table(rows=len(said), cols=len(said[0]))
            for row, texts in zip(table.rows, said, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.paragraphs[0].add_run(text)
        else:
            paragraph = made.add_paragraph(style=kind if kind in made.styles else None)
            for text in said:
                paragraph.add_run(text)
    made.save(out)
    return out.getvalue()


def _slide_amounts(made: bytes) -> list[tuple[list[list[list[str]]], bool]]:
    """Of each slide the texts of its shapes, by paragraph and run, and whether it has a chart."""
    return [
        (
            [
                [[run.text for run in paragraph.runs] for paragraph in shape.text_frame.paragraphs]
                for shape in slide.shapes if shape.has_text_frame
            ],
            any(shape.has_chart for shape in slide.shapes),
        )
        for slide in Presentation(BytesIO(made)).slides
    ]  # fmt: skip


def _write_slides(amounts: list[tuple[list[list[list[str]]], bool]], data: list[Any]) -> bytes:
    made, charts_to_come, out = Presentation(), iter(data), BytesIO()
    for texts, has_chart in amounts:
        slide = made.slides.add_slide(made.slide_layouts[5])
        if has_chart:
            slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, 0, 0, 100, 100, next(charts_to_come))
        for number, paragraphs in enumerate(texts):
            frame = slide.shapes.title.text_frame if not number else slide.shapes.add_textbox(0, 0, 100, 100).text_frame
            for place, runs in enumerate(paragraphs):
                paragraph = frame.add_paragraph() if place else frame.paragraphs[0]
                for text in runs:
                    paragraph.add_run().text = text
    made.save(out)
    return out.getvalue()


def _cells(made: bytes) -> dict[str, list[tuple[int, int, str | float]]]:
    """The cells of each sheet that hold something: row, column, and what."""
    return {
        sheet.title: [
            (cell.row - 1, cell.column - 1, cell.value) for row in sheet.iter_rows() for cell in row if cell.value
        ]
        for sheet in openpyxl.load_workbook(BytesIO(made)).worksheets
    }


def _write_cells(amounts: Mapping[str, list[tuple[int, int, str | float]]], many: int) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, cells in amounts.items():
            sheet = book.add_worksheet(name)
            for row, column, value in cells:
                (sheet.write_string if isinstance(value, str) else sheet.write_number)(row, column, value)
        for number in range(many):
            chart, first = book.add_chart({"type": "line"}), 4 * number
            for column in (first + 1, first + 2):
                values = ["Red figures", 1, column, 37, column]
                chart.add_series({"categories": ["Red figures", 1, first, 37, first], "values": values})
            book.get_worksheet_by_name("Red charts").insert_chart(18 * number, 0, chart)
    return out.getvalue()


def _write_pdf(specs: list[Any], inputs: dict[str, str]) -> bytes:
    for spec in specs:
        vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    template = str(pdf._TEMPLATES / paged._TEMPLATE)
    options = {"format": "pdf", "pdf_standards": "ua-1", "font_paths": [str(fonts.FOLDER)]}
    return bytes(typst.compile(template, sys_inputs=inputs, **options))


if __name__ == "__main__":
    main()
