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

COVER, LOOKS = "Cover", "Looks"


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


def texts(book: "OpenBook") -> Iterator[str]:
    """What stands in the cells of the cover, and above and below its printed page."""
    cover = book[COVER] if COVER in book.sheetnames else None
    if cover is not None:
        yield from (cell.value for row in cover.iter_rows() for cell in row if isinstance(cell.value, str))
        yield from filter(None, (marked(cover.oddHeader), marked(cover.oddFooter)))


def restyled(template: bytes | None, told: Mapping[str, str]) -> Restyled:
    """The looks of a template, or ours. A name that its sheet does not have looks as ours does."""
    if template is None:
        return Restyled()
    book = opened(template)
    theme = theme_of(book)
    looks = {}
    for name, cell in _samples(book):
        looks[name] = {
            **properties(cell, theme),
            **({} if name in {"Title", "Heading", "Number"} else {"num_format": "@"}),
        }
    header = footer = ""
    if COVER in book.sheetnames:
        header, footer = (filled(marked(each), told) for each in (book[COVER].oddHeader, book[COVER].oddFooter))
    return Restyled(looks=looks, header=header, footer=footer)


def filled(text: str, told: Mapping[str, str]) -> str:
    for start, end, said in fillings(text, told):
        text = text[:start] + said + text[end:]
    return text


def unknown_looks(book: "OpenBook") -> list[str]:
    """Names on the sheet of looks that no cell of ours has."""
    if LOOKS not in book.sheetnames:
        return []
    names = (row[0].value for row in book[LOOKS].iter_rows(min_row=2) if row)
    return [str(name) for name in names if name and str(name).strip() not in OURS]


def _samples(book: "OpenBook") -> Iterator[tuple[str, "Cell"]]:
    if LOOKS in book.sheetnames:
        for row in book[LOOKS].iter_rows(min_row=2, max_col=2):
            name = str(row[0].value or "").strip()
            if name in OURS and len(row) > 1:
                yield name, row[1]


def marked(item: Any) -> str:
    """What stands left, in the middle and right, in the marks of a spreadsheet."""
    places = (("&L", item.left), ("&C", item.center), ("&R", item.right))
    return "".join(f"{mark}{part.text}" for mark, part in places if part is not None and part.text)
