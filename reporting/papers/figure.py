"""One chart of the annual report as a paper of its own: its headline, the chart, its source and its figures."""

from collections.abc import Iterator
from io import BytesIO

from performance.report.templates import Kind
from reporting.charts.annual_spec import spec
from reporting.documents.annual import ChartPage
from reporting.papers.annual_report import WIDE, figure_rows, native
from reporting.templates import deck
from reporting.writers import paged, slides, word, workbook
from reporting.writers.blocks import Block, Chart, Heading, Paper, Part, Table, Together, Words

# Nobody restyles it: what is taken away alone goes into a document that somebody else has styled.
FIGURE = Kind(key="figure", name="One chart", parts=("chart", "figures"), looked_up=("figures",))
_HEIGHT, _PERIOD = 9.0, 3.2  # centimetres


def as_word(page: ChartPage, *, author: str) -> bytes:
    """With a chart that is edited there."""
    return word.write(paper(page, author=author))


def as_slides(page: ChartPage, *, author: str) -> bytes:
    """One slide, without a cover, to be put among others."""
    return slides.write(paper(page, author=author), _without_cover())


def as_workbook(page: ChartPage, *, author: str) -> bytes:
    """The figures as numbers, and the chart drawn from their cells."""
    return workbook.write(paper(page, author=author))


def as_pdf(page: ChartPage, *, author: str) -> bytes:
    """Tagged for screen readers. Raises renderer.NotDrawnError."""
    return paged.write(paper(page, author=author))


def paper(page: ChartPage, *, author: str) -> Paper:
    """The chart with its words, and behind it the figures it is drawn from."""
    return Paper(
        kind=FIGURE,
        title=page.headline,
        caption=f"{author}.",
        subject=page.subtitle,
        author=author,
        parts=(Part(name="chart", blocks=(_chart(page),)), Part(name="figures", blocks=tuple(_figures(page)))),
    )


def _chart(page: ChartPage) -> Together:
    drawn = spec(page, bare=True)
    return Together(
        blocks=(
            Words(text=page.subtitle),
            Chart(title=page.headline, alt=page.alt, native=native(page), drawn=drawn, height=_HEIGHT),
            *(Words(text=note, is_small=True) for note in page.notes),
        )
    )


def _figures(page: ChartPage) -> Iterator[Block]:
    yield Heading(words="The figures in the chart", level=2)
    wide = (WIDE - _PERIOD) / (len(page.header) - 1)
    columns = tuple((name, wide if place else _PERIOD) for place, name in enumerate(page.header))
    said = f"The figures in the chart: {page.subtitle}"
    yield Table(description=said, columns=columns, rows=tuple(figure_rows(page)), name="Figures")
    if page.measure.definition:
        yield Words(text=page.measure.definition, label="What is measured", is_small=True)
    yield Words(text=f"{page.measure.polarity.in_words}.", is_small=True)


def _without_cover() -> bytes:
    made, kept = deck.blank(FIGURE), BytesIO()
    cover = made.slides._sldIdLst[0]
    made.part.drop_rel(cover.rId)
    made.slides._sldIdLst.remove(cover)
    made.save(kept)
    return kept.getvalue()
