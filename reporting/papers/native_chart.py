"""Charts that Word and PowerPoint draw and edit themselves, each with the workbook of its own figures."""

from dataclasses import dataclass

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length
from docx.text.paragraph import Paragraph
from lxml import etree
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml as parse_drawing
from pptx.oxml.ns import qn
from pptx.util import Pt

from reporting.documents import fonts

_OURS, _TARGET = RGBColor(0x12, 0x43, 0x6D), RGBColor(0x3D, 0x3D, 0x3D)
_FORMATS = {"percent": '{}"%"', "pounds": '"£"{}'}
_LETTERS = 9  # points, on a Word page
_MOST_NAMED = 7  # periods under an axis


@dataclass(frozen=True, kw_only=True)
class NativeChart:
    """A line over time: what is drawn, as PowerPoint and Word know it, and its words for who does not see it."""

    data: CategoryChartData
    title: str
    alt: str


def number_format(unit: str, decimals: int) -> str:
    """How a spreadsheet prints numbers of a unit."""
    digits = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    return _FORMATS.get(unit, "{}").format(digits)


def style(chart: Chart, *, letters: str, size: int) -> None:
    """Our line whole and dark, the target dashed: told apart in greyscale too. `size` is in points."""
    chart.font.size, chart.font.name = Pt(size), letters
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.value_axis.tick_labels.number_format_is_linked = True
    _space_out(chart)
    chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor(0xD9, 0xD9, 0xD9)
    for number, series in enumerate(chart.plots[0].series):
        drawn = series.format.line
        drawn.color.rgb, drawn.width = (_TARGET, Pt(1.25)) if number else (_OURS, Pt(2.25))
        drawn.dash_style = MSO_LINE.DASH if number else None
        series.smooth = False
        series.marker.style = XL_MARKER_STYLE.NONE if number else XL_MARKER_STYLE.CIRCLE
        if not number:
            series.marker.size = 4
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = _OURS


def _space_out(chart: Chart) -> None:
    """As many periods written under the axis as can be read level."""
    axis, many = chart.category_axis._element, len(list(chart.plots[0].categories))
    last = axis.find(qn("c:noMultiLvlLbl"))
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        step = etree.SubElement(axis, qn(name))
        step.set("val", str(max(1, -(-many // _MOST_NAMED))))
        last.addprevious(step)


def add_to_word(line: Paragraph, chart: NativeChart, *, width: Length, height: Length, number: int) -> None:
    """The chart where the paragraph stands, as a part of the document with its workbook in it; the `number`th of it."""
    document, package = line.part, line.part.package
    workbook = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"), CONTENT_TYPE.SML_SHEET,
        CategoryWorkbookWriter(chart.data).xlsx_blob, package,
    )  # fmt: skip
    drawn = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    drawn._blob = _drawing(chart, drawn.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE))
    shown = document.relate_to(drawn, RELATIONSHIP_TYPE.CHART)
    inline = parse_xml(
        f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')}>"
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{int(width)}" cy="{int(height)}"/>'
        f'<wp:docPr id="{1000 + number}" name=""/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        f'r:id="{shown}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    said = inline.find(".//{*}docPr")
    said.set("name", chart.title)
    said.set("descr", chart.alt)
    line.add_run()._r.append(inline)


def _drawing(chart: NativeChart, workbook: str) -> bytes:
    """The chart's own XML, which names the workbook that it is edited by."""
    space = parse_drawing(ChartXmlWriter(XL_CHART_TYPE.LINE_MARKERS, chart.data).xml.encode())
    style(Chart(space, None), letters=fonts.NAME, size=_LETTERS)
    for letters in space.iter("{*}endParaRPr"):
        letters.set("lang", "en-GB")
    space._add_externalData().rId = workbook
    found: bytes = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return found
