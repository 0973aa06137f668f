"""Our template of a workbook, and what one that was restyled says: how each kind of cell looks, and its cover.

A workbook is not written into its template: who restyles it changes how the cells of one sheet look, and what stands
on the other. Each cell of that kind then looks so, in every sheet.
"""

import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from performance.report.templates import Kind, fillings
from reporting.tables.looks import OURS, Looks, Restyled
from reporting.templates.cell_looks import properties, theme_of

if TYPE_CHECKING:
    from openpyxl import Workbook as OpenBook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet as OpenSheet

COVER, LOOKS = "Cover", "Looks"
_OURS = {name.casefold(): name for name in OURS}
_MOST_ROWS, _MOST_COLUMNS = 300, 60
_LONGEST_LINE = 255  # characters, above or below a page


def blank(kind: Kind) -> bytes:
    """A cover with the fields of the paper, and a sheet of which each cell is a sample."""
    from xlsxwriter.workbook import Workbook

    kept = io.BytesIO()
    book = Workbook(kept, {"in_memory": True})
    book.set_properties({"title": f"Template: {kind.name}"})
    looks = Looks(book)
    cover = book.add_worksheet(COVER)
    cover.hide_gridlines(2)
    cover.set_column(0, 0, 90)
    cover.set_footer(looks.restyled.footer)
    cover.write_string(0, 0, "{{title}}", looks.title)
    cover.write_string(1, 0, "{{about}}", looks.text)
    sheet = book.add_worksheet(LOOKS)
    sheet.set_column(0, 1, 36)
    for column, words in enumerate(("What it is", "How it looks: change this cell")):
        sheet.write_string(0, column, words, looks.term)
    for row, name in enumerate(OURS, start=1):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, f"{name} of {kind.name}", looks.named(name))
    book.close()
    return kept.getvalue()


def opened(template: bytes) -> "OpenBook":
    """For reading. Raises what openpyxl raises for what is no workbook."""
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(template))


def cells_of(sheet: "OpenSheet") -> list["Cell"]:
    """Those that there are, row by row: a sheet on which somebody styled its last row has a million that are not."""
    return [sheet._cells[place] for place in sorted(sheet._cells)]


def texts(book: "OpenBook") -> Iterator[str]:
    """What stands in the cells of the cover, and above and below its printed page."""
    cover = book[COVER] if COVER in book.sheetnames else None
    if cover is not None:
        yield from (cell.value for cell in cells_of(cover) if isinstance(cell.value, str))
        yield from filter(None, (marked(cover.oddHeader), marked(cover.oddFooter)))


def restyled(template: bytes | None, told: Mapping[str, str]) -> Restyled:
    """The looks of a template, or ours. A name that its sheet does not have looks as ours does."""
    if template is None:
        return Restyled()
    book = opened(template)
    theme = theme_of(book)
    looks = {
        name: properties(cell, theme) | ({} if name in {"Title", "Heading", "Number"} else {"num_format": "@"})
        for name, cell in _samples(book)
    }
    header = footer = ""
    if COVER in book.sheetnames:
        escaped = {name: said.replace("&", "&&") for name, said in told.items()}
        header, footer = (
            filled(marked(each), escaped)[:_LONGEST_LINE] for each in (book[COVER].oddHeader, book[COVER].oddFooter)
        )
    return Restyled(looks=looks, header=header, footer=footer)


def wrong_with(book: "OpenBook") -> Iterator[str]:
    """What keeps it from being used, a sentence each."""
    if not {COVER, LOOKS} & set(book.sheetnames):
        yield f"It has no sheet “{COVER}” and none “{LOOKS}”. Restyle the supplied template."
    if LOOKS in book.sheetnames:
        names = _names(book)
        yield from (
            f"The sheet “{LOOKS}” names “{name}”, which no cell of a report has."
            for name in names if name.casefold() not in _OURS
        )  # fmt: skip
        if not any(name.casefold() in _OURS for name in names):
            yield f"The sheet “{LOOKS}” names no look in its first column. Take that sheet from the supplied template."
    if COVER in book.sheetnames:
        cover = book[COVER]
        cells = cells_of(cover)
        last, widest = max((each.row for each in cells), default=0), max((each.column for each in cells), default=0)
        if last > _MOST_ROWS or widest > _MOST_COLUMNS:
            yield f"The cover goes on to row {last:,}. Delete the rows and columns beyond what is to be seen."
        elif len(cover.row_dimensions) > 10 * _MOST_ROWS:
            yield "The cover has heights for thousands of rows. Delete the rows below what is to be seen."
        yield from (
            f"The cover has a formula in {each.coordinate}. Write what it is to say."
            for each in cells if each.data_type == "f"
        )  # fmt: skip


def left_behind(book: "OpenBook") -> Iterator[str]:
    """What of the file will not be in a workbook that is written by it."""
    for name in book.sheetnames:
        if name not in {COVER, LOOKS}:
            yield f"the sheet “{name}”"
    if COVER in book.sheetnames and book[COVER]._charts:
        yield "the charts of the cover"


def filled(text: str, told: Mapping[str, str]) -> str:
    for start, end, said in fillings(text, told):
        text = text[:start] + said + text[end:]
    return text


def _samples(book: "OpenBook") -> Iterator[tuple[str, "Cell"]]:
    """Each look that is named in the first column, with the cell beside it."""
    if LOOKS in book.sheetnames:
        sheet = book[LOOKS]
        for cell in _first_column(sheet):
            name = _OURS.get(str(cell.value).strip().casefold())
            if name:
                yield name, sheet.cell(cell.row, cell.column + 1)


def _names(book: "OpenBook") -> list[str]:
    return [str(cell.value).strip() for cell in _first_column(book[LOOKS])]


def _first_column(sheet: "OpenSheet") -> list["Cell"]:
    return [each for each in cells_of(sheet) if each.column == 1 and each.row > 1 and each.value]


def marked(item: Any) -> str:
    """What stands left, in the middle and right, in the marks of a spreadsheet; a picture there is not carried over."""
    places = (("&L", item.left), ("&C", item.center), ("&R", item.right))
    found = "".join(f"{mark}{part.text}" for mark, part in places if part is not None and part.text)
    return found.replace("&G", "")
