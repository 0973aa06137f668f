"""Charts that Word and PowerPoint draw and edit themselves, each with the workbook of its own figures."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

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
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml as parse_drawing
from pptx.oxml.ns import qn
from pptx.util import Pt

from performance.ground.periods import Period
from performance.ground.values import round_half_up
from reporting.charts.over_time import COLOURS, Trend
from reporting.documents import fonts

_FORMATS = {"percent": '{}"%"', "pounds": '"£"{}'}
_LETTERS = 9  # points, on a Word page
_MOST_NAMED = 7  # periods under an axis


@dataclass(frozen=True, kw_only=True)
class Look:
    """A series as it is drawn: its colour, and whether as a line to be held against, dashed and without marks."""

    colour: str
    is_aim: bool = False

    @property
    def ink(self) -> RGBColor:
        return cast(RGBColor, RGBColor.from_string(self.colour.lstrip("#")))


@dataclass(frozen=True, kw_only=True)
class Series:
    """Numbers by period, as printed, under a name."""

    name: str
    numbers: Mapping[Period, Decimal]
    look: Look


@dataclass(frozen=True, kw_only=True)
class NativeChart:
    """Figures over time: what is drawn, as PowerPoint and Word know it, and its words for who does not see it."""

    data: CategoryChartData
    title: str
    alt: str
    looks: tuple[Look, ...]
    kind: XL_CHART_TYPE = XL_CHART_TYPE.LINE_MARKERS


def of_trend(trend: Trend, *, title: str, alt: str) -> NativeChart:
    """The lines of a chart over time, with what a recovery plan expects and what each period was to reach; its bands
    and its marks stay on the screen."""
    series = [
        Series(name=line.name, numbers=_printed(line.numbers, trend.decimals), look=Look(colour=colour))
        for line, colour in zip(trend.lines, COLOURS, strict=False)
    ]
    if trend.path:
        expected = _printed(((each.period, each.number) for each in trend.path), trend.decimals)
        series.append(Series(name="Expected path", numbers=expected, look=Look(colour=COLOURS[2], is_aim=True)))
    if targets := {each.period: each.number for each in trend.aims if each.number is not None}:
        series.append(Series(name="Target", numbers=targets, look=Look(colour=COLOURS[-1], is_aim=True)))
    form, breaks = number_format(trend.unit, trend.decimals), [on for on, _ in trend.breaks]
    return chart_of(series, trend.periods, form, breaks, title=title, alt=alt)


def _printed(numbers: Iterable[tuple[Period, Decimal]], decimals: int) -> dict[Period, Decimal]:
    """No digit more than is printed: what stands behind a rate is not to be read from its last ones."""
    return {period: round_half_up(number, decimals) for period, number in numbers}


def chart_of(
    series: Sequence[Series],
    periods: Sequence[Period],
    form: str,
    breaks: Collection[date],
    *,
    title: str,
    alt: str,
    kind: XL_CHART_TYPE = XL_CHART_TYPE.LINE_MARKERS,
) -> NativeChart:
    """The series over the periods, in a number format. A gap is left open, and a line ends where what is measured was
    defined anew: from there on it is another."""
    data = CategoryChartData(number_format=form)
    data.categories = [period.short for period in periods]
    looks = []
    for each in series:
        is_whole = each.look.is_aim or kind is XL_CHART_TYPE.COLUMN_CLUSTERED
        parts = [each] if is_whole else _parted(each, periods, breaks)
        for part in parts:
            found = (part.numbers.get(period) for period in periods)
            data.add_series(part.name, [None if number is None else float(number) for number in found])
            looks.append(part.look)
    return NativeChart(data=data, title=title, alt=alt, looks=tuple(looks), kind=kind)


def _parted(series: Series, periods: Sequence[Period], breaks: Collection[date]) -> list[Series]:
    """A line for each stretch between breaks, named by the period that it begins with where it is not the first."""
    stretches: list[dict[Period, Decimal]] = [{}]
    for period in periods:
        if any(period.previous.start < on <= period.start for on in breaks) and stretches[-1]:
            stretches.append({})
        if (number := series.numbers.get(period)) is not None:
            stretches[-1][period] = number
    known = [each for each in stretches if each]
    return [
        replace(series, name=f"{series.name} from {min(each).short}" if place else series.name, numbers=each)
        for place, each in enumerate(known)
    ] or [series]


def number_format(unit: str, decimals: int) -> str:
    """How a spreadsheet prints numbers of a unit."""
    digits = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    return _FORMATS.get(unit, "{}").format(digits)


def style(chart: Chart, native: NativeChart, *, letters: str, size: int) -> None:
    """Each series by its look, told apart in greyscale too. `size` is in points; without a name the letters are the
    document's own."""
    chart.font.size, chart.font.name = Pt(size), letters or None
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.category_axis.tick_label_position = (
        XL_TICK_LABEL_POSITION.LOW
    )  # under the figures also where some are negative
    chart.value_axis.tick_labels.number_format = native.data.number_format
    chart.value_axis.tick_labels.number_format_is_linked = False
    _space_out(chart)
    chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor(0xD9, 0xD9, 0xD9)
    is_bars = native.kind is XL_CHART_TYPE.COLUMN_CLUSTERED
    if is_bars and all(number >= 0 for each in native.data for number in each.values if number is not None):
        # How long a bar is says how much it stands for.
        chart.value_axis.minimum_scale = 0
    for series, look in zip(chart.plots[0].series, native.looks, strict=False):
        (_as_bars if is_bars else _as_line)(series, look)


def _as_line(series: Any, look: Look) -> None:
    drawn = series.format.line
    drawn.color.rgb, drawn.width = look.ink, Pt(1.25 if look.is_aim else 2.25)
    drawn.dash_style = MSO_LINE.DASH if look.is_aim else None
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE if look.is_aim else XL_MARKER_STYLE.CIRCLE
    if not look.is_aim:
        series.marker.size = 4
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = look.ink


def _as_bars(series: Any, look: Look) -> None:
    series.invert_if_negative = False  # or it would be drawn white
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = look.ink


def _space_out(chart: Chart) -> None:
    """As many periods written under the axis as can be read level."""
    axis, many = chart.category_axis._element, len(list(chart.plots[0].categories))
    last = axis.find(qn("c:noMultiLvlLbl"))
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        step = etree.SubElement(axis, qn(name))
        step.set("val", str(max(1, -(-many // _MOST_NAMED))))
        last.addprevious(step)


def add_to_word(line: Paragraph, chart: NativeChart, *, width: Length, height: Length, number: int) -> None:
    """The chart where the paragraph stands, as a part of the document with its workbook in it; the `number`th of its
    drawings, which each have a number of their own."""
    document, package = line.part, line.part.package
    workbook = Part(
        PackURI(package.next_partname("/word/embeddings/chart%d.xlsx")), CONTENT_TYPE.SML_SHEET,
        CategoryWorkbookWriter(chart.data).xlsx_blob, package,
    )  # fmt: skip
    drawn = Part(PackURI(package.next_partname("/word/charts/chart%d.xml")), CONTENT_TYPE.DML_CHART, b"", package)
    drawn._blob = _drawing(chart, drawn.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE))
    shown = document.relate_to(drawn, RELATIONSHIP_TYPE.CHART)
    inline = parse_xml(
        f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')}>"
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{int(width)}" cy="{int(height)}"/>'
        f'<wp:docPr id="{number}" name=""/><wp:cNvGraphicFramePr/>'
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
    space = parse_drawing(ChartXmlWriter(chart.kind, chart.data).xml.encode())
    style(Chart(space, None), chart, letters=fonts.NAME, size=_LETTERS)
    for letters in space.iter("{*}endParaRPr"):
        letters.set("lang", "en-GB")
    space._add_externalData().rId = workbook
    found: bytes = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return found
