"""The annual report as a paper, for Word or PDF: sections with their text, and each figure with what is to be known."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import count

from pptx.enum.chart import XL_CHART_TYPE

from performance.ground.periods import day_in_words
from performance.ground.values import rounded
from performance.report.annual import ChartKind
from reporting.charts.annual_spec import spec
from reporting.charts.authored import COLOURS
from reporting.documents.annual import ChartPage, Drawn, Report, ReportPart
from reporting.papers import paged, word
from reporting.papers.blocks import Block, Chart, Heading, Paper, Table, Together, Words
from reporting.papers.native_chart import Look, NativeChart, Series, chart_of

_HEIGHT, _WIDE = 7.6, 16.0  # centimetres
_PERIOD = 3.2
_KINDS = {ChartKind.LINE: XL_CHART_TYPE.LINE_MARKERS, ChartKind.BARS: XL_CHART_TYPE.COLUMN_CLUSTERED}


def as_word(report: Report) -> bytes:
    """With charts that are edited there."""
    return word.write(paper(report))


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
        title=report.title,
        caption=caption,
        subject=f"Annual report {report.year.short}",
        author=report.council,
        blocks=(*blocks, *_tables(figures)),
    )


def _section(part: ReportPart, numbered: list[tuple[int, ChartPage]]) -> Iterator[Block]:
    yield Together(blocks=(Heading(words=part.title, level=2), Words(text=part.text)), with_the_next=bool(numbered))
    for number, page in numbered:
        yield _figure(number, page)


def _figure(number: int, page: ChartPage) -> Together:
    """A headline that says what the chart shows, what is drawn, the chart, and where it comes from."""
    chart = Chart(native=native(page), drawn=spec(page, bare=True), height=_HEIGHT)
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
        wide = (_WIDE - _PERIOD) / (len(page.header) - 1)
        columns = tuple((name, wide if place else _PERIOD) for place, name in enumerate(page.header))
        yield Table(description=f"The figures in figure {number}", columns=columns, rows=page.rows)


def native(page: ChartPage) -> NativeChart:
    """Its figures as Word and PowerPoint draw and edit them, as printed; a gap is left open."""
    return chart_of(
        [_series(page, each, colour) for each, colour in zip(page.series, COLOURS, strict=False)],
        page.periods,
        page.measure,
        title=page.headline,
        alt=page.alt,
        kind=_KINDS[page.kind],
    )


def _series(page: ChartPage, drawn: Drawn, colour: str) -> Series:
    found = {period: rounded(value, page.measure.decimals) for period, value in drawn.values.items()}
    numbers = {period: value for period, value in found.items() if isinstance(value, Decimal)}
    return Series(name=drawn.name, numbers=numbers, look=Look(colour=colour))
