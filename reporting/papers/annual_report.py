"""The annual report as a paper, for Word or PDF: sections with their text, and each figure with what is to be known."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import count

from pptx.enum.chart import XL_CHART_TYPE

from performance.ground.periods import day_in_words
from performance.ground.values import rounded
from performance.report.annual import ChartKind
from performance.report.templates import ANNUAL_REPORT
from reporting.charts.annual_spec import spec
from reporting.charts.authored import COLOURS
from reporting.documents.annual import ChartPage, Drawn, Report, ReportPart
from reporting.tables.scorecard import number_of
from reporting.writers import paged, slides, word, workbook
from reporting.writers.blocks import Block, Chart, Heading, Number, Paper, Part, Table, Together, Words
from reporting.writers.native_chart import Look, NativeChart, Series, chart_of, number_format

_HEIGHT, WIDE = 7.6, 16.0  # centimetres
_PERIOD = 3.2
_KINDS = {ChartKind.LINE: XL_CHART_TYPE.LINE_MARKERS, ChartKind.BARS: XL_CHART_TYPE.COLUMN_CLUSTERED}


def as_word(report: Report, template: bytes | None = None) -> bytes:
    """With charts that are edited there, in a template where one was restyled."""
    return word.write(paper(report), template)


def as_slides(report: Report, template: bytes | None = None) -> bytes:
    """A slide a figure, without the tables behind them."""
    return slides.write(paper(report), template)


def as_workbook(report: Report, template: bytes | None = None) -> bytes:
    """Every figure as a table and as a chart that is drawn from cells."""
    return workbook.write(paper(report), template)


def as_pdf(report: Report) -> bytes:
    """Tagged for screen readers. Raises renderer.NotDrawnError."""
    return paged.write(paper(report))


def paper(report: Report) -> Paper:
    """The sections in their order, and behind them the figures of every chart as a table."""
    numbers, figures = count(1), list[tuple[int, ChartPage]]()
    blocks: list[Block] = []
    for part in report.parts:
        numbered = [(next(numbers), page) for page in part.pages]
        figures += numbered
        blocks += _section(part, numbered)
    caption = f"{report.council}. Figures as known on {day_in_words(report.known_on)}."
    return Paper(
        kind=ANNUAL_REPORT,
        title=report.title,
        caption=caption,
        subject=f"Annual report {report.year.short}",
        author=report.council,
        parts=(
            Part(name="sections", blocks=tuple(blocks)),
            Part(name="figures", blocks=tuple(_tables(figures))),
        ),
        told={"year": report.year.short},
    )


def _section(part: ReportPart, numbered: list[tuple[int, ChartPage]]) -> Iterator[Block]:
    yield Together(blocks=(Heading(words=part.title, level=2), Words(text=part.text)), with_the_next=bool(numbered))
    for number, page in numbered:
        yield _figure(number, page)


def _figure(number: int, page: ChartPage) -> Together:
    """A headline that says what the chart shows, what is drawn, the chart, and where it comes from."""
    drawn = spec(page, bare=True)
    chart = Chart(title=page.headline, alt=page.alt, native=native(page), drawn=drawn, height=_HEIGHT)
    return Together(
        blocks=(
            Heading(words=f"Figure {number}. {page.headline}", level=3),
            Words(text=page.subtitle),
            chart,
            *(Words(text=note, is_small=True) for note in page.notes),
        )
    )


def _tables(figures: list[tuple[int, ChartPage]]) -> Iterator[Block]:
    if figures:
        yield Heading(words="The figures in the charts", level=2, on_a_new_page=True)
    for number, page in figures:
        heading = Heading(words=f"Figure {number}: {page.measure.title}", level=3)
        what = Words(text=f"{page.subtitle}. {page.measure.polarity.in_words}.", is_small=True)
        yield Together(blocks=(heading, what), with_the_next=True)
        wide = (WIDE - _PERIOD) / (len(page.header) - 1)
        columns = tuple((name, wide if place else _PERIOD) for place, name in enumerate(page.header))
        rows, name = tuple(figure_rows(page)), f"Figure {number}"
        yield Table(description=f"The figures in {name.lower()}", columns=columns, rows=rows, name=name)


def figure_rows(page: ChartPage) -> Iterator[tuple[str | Number, ...]]:
    """Numbers as numbers, and why there is none."""
    for period in page.periods:
        values = [each.values.get(period) for each in page.series]
        said = (
            number_of(page.measure, value)
            if isinstance(value, Decimal)
            else page.measure.print_value(value) if value else "Not available"
            for value in values
        )  # fmt: skip
        yield (period.short, *said)


def native(page: ChartPage) -> NativeChart:
    """Its figures as Word and PowerPoint draw and edit them, as printed; a gap is left open."""
    return chart_of(
        [_series(page, each, colour) for each, colour in zip(page.series, COLOURS, strict=False)],
        page.periods,
        number_format(page.measure.unit, page.measure.decimals),
        [each.on for each in page.measure.breaks],
        title=page.headline,
        alt=page.alt,
        kind=_KINDS[page.kind],
    )


def _series(page: ChartPage, drawn: Drawn, colour: str) -> Series:
    found = {period: rounded(value, page.measure.decimals) for period, value in drawn.values.items()}
    numbers = {period: value for period, value in found.items() if isinstance(value, Decimal)}
    return Series(name=drawn.name, numbers=numbers, look=Look(colour=colour))
