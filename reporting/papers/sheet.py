"""A plan on a page or a ward profile as a paper, whole and not made to fit one side: for office programs, and for
templates that were restyled."""

from collections.abc import Iterator

from performance.report.templates import PLAN, WARD_PROFILE, Kind
from reporting.documents import plan_page_word
from reporting.documents.plan_page import Grid, Sheet
from reporting.writers import slides, word, workbook
from reporting.writers.blocks import Block, Chart, Heading, Paper, Part, Table, Together, Words
from reporting.writers.native_chart import of_trend

_WIDE, _HIGH = 16.0, 6.0  # centimetres


def as_word(sheet: Sheet, template: bytes | None = None) -> bytes:
    """One side; in a template that was restyled as many as its letters take."""
    return word.write(paper(sheet), template) if template else plan_page_word.document(sheet)


def as_slides(sheet: Sheet, template: bytes | None = None) -> bytes:
    return slides.write(paper(sheet), template)


def as_workbook(sheet: Sheet, template: bytes | None = None) -> bytes:
    return workbook.write(paper(sheet), template)


def paper(sheet: Sheet) -> Paper:
    """All of the sheet, in its order."""
    grids = tuple(Part(name=grid.part, blocks=tuple(_grid(grid))) for grid in sheet.grids)
    return Paper(
        kind=kind_of(sheet),
        title=sheet.title,
        caption=sheet.subject,
        subject=sheet.subject,
        author=sheet.council,
        parts=(
            Part(name="facts", blocks=(Words(text=sheet.thread), Words(text=sheet.facts))),
            *_written(sheet, "why", "Why it matters", sheet.why),
            Part(name="charts", blocks=tuple(_charts(sheet))),
            *grids,
            *_written(sheet, "lessons", "Lessons", sheet.lessons),
            Part(name="notes", blocks=(Words(text=sheet.foot, is_small=True),)),
        ),
    )


def kind_of(sheet: Sheet) -> Kind:
    return PLAN if sheet.has_texts else WARD_PROFILE


def _written(sheet: Sheet, name: str, title: str, text: str) -> Iterator[Part]:
    if sheet.has_texts:
        yield Part(name=name, blocks=(Heading(words=title, level=2), Words(text=text)))


def _charts(sheet: Sheet) -> Iterator[Block]:
    """Each with what it says, for editing where it is over time."""
    for each in sheet.pictures:
        native = of_trend(each.trend, title=each.title, alt=each.alt) if each.trend else None
        chart = Chart(title=each.title, alt=each.alt, native=native, drawn=each.spec, height=_HIGH)
        yield Together(blocks=(Heading(words=each.title, level=2), Words(text=each.said), chart))


def _grid(grid: Grid) -> Iterator[Block]:
    yield Heading(words=grid.title, level=2)
    if not grid.rows:
        yield Words(text=grid.empty)
        return
    whole = sum(grid.widths)
    columns = tuple((name, _WIDE * wide / whole) for name, wide in zip(grid.header, grid.widths, strict=True))
    yield Table(
        description=grid.title, columns=columns, rows=grid.rows, tagged=grid.tagged, tags=grid.tags, name=grid.title
    )
