"""A paper as a workbook: its words on a sheet, each table on one of its own with numbers as numbers, and its charts
drawn from cells."""

from collections.abc import Iterator
from io import BytesIO

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from performance.ground.texts import in_a_sheet
from reporting.tables.looks import Looks, holds
from reporting.templates.cover import add_cover
from reporting.templates.workbook import restyled
from reporting.writers import sheet_charts
from reporting.writers.blocks import Block, Chart, Heading, Number, Paper, Points, Table, Together, Words

_ABOUT = (36, 100)  # digits that its columns take
_CHARACTERS = 5.5  # of a centimetre of a page
_AS_TYPED = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def write(paper: Paper, template: bytes | None = None) -> bytes:
    """The workbook, the same for the same paper and template apart from time stamps."""
    kept = BytesIO()
    book = Workbook(kept, _AS_TYPED)
    book.set_properties({"title": paper.title, "subject": paper.subject, "author": paper.author})
    looks = Looks(book, restyled(template, paper.asked))
    add_cover(book, template, paper.asked, looks, warning=paper.warning.text if paper.draft else "")
    blocks = list(_flat(paper.blocks))
    _words(book.add_worksheet("About"), paper, blocks, looks)
    for table in (each for each in blocks if isinstance(each, Table) and each.rows):
        _table(book, table, looks)
    natives = [each.native for each in blocks if isinstance(each, Chart) and each.native]
    sheet_charts.add(book, natives, looks, shown="Charts", figures="Figures of the charts")
    book.close()
    return kept.getvalue()


def _flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Together):
            yield from _flat(block.blocks)
        else:
            yield block


def _words(sheet: Worksheet, paper: Paper, blocks: list[Block], looks: Looks) -> None:
    """Everything that is said, a row a paragraph, with its label or heading beside it."""
    for column, width in enumerate(_ABOUT):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    looks.on_paper(sheet)
    sheet.write_string(0, 0, in_a_sheet(paper.title), looks.title)
    for row, (label, said) in enumerate([("", paper.caption), *_said(blocks)], start=1):
        sheet.write_string(row, 0, in_a_sheet(label), looks.term)
        sheet.write_string(row, 1, in_a_sheet(said), looks.text)
        sheet.set_row(row, looks.height_of(zip((label, said), _ABOUT, strict=True)))


def _said(blocks: list[Block]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block.words, ""
        elif isinstance(block, Words):
            yield from ((block.label, part) for part in block.text.split("\n") if part.strip())
        elif isinstance(block, Points):
            yield from (("", text) for text in block.texts)


def _table(book: Workbook, table: Table, looks: Looks) -> None:
    sheet = book.add_worksheet(sheet_charts.free_name(book, table.name or table.description))
    looks.on_paper(sheet)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    widths = [max(14.0, width * _CHARACTERS) for _, width in table.columns]
    names = [name for name, _ in table.columns]
    for column, (name, width) in enumerate(zip(names, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, in_a_sheet(name), looks.heading)
    sheet.set_row(0, looks.height_of(zip(names, widths, strict=True)))
    for number, row in enumerate(table.rows):
        sheet.set_row(number + 1, looks.height_of(zip(map(str, row), widths, strict=True)))
        for column, cell in enumerate(row):
            is_tagged = column == table.tagged and bool(table.tags)
            if isinstance(cell, Number) and holds(cell.value):
                sheet.write_number(number + 1, column, float(cell.value), looks.number(cell.in_format))
            else:
                look = looks.status(table.tags[number]) if is_tagged else looks.text
                sheet.write_string(number + 1, column, in_a_sheet(str(cell)), look)
