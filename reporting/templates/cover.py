"""The cover of a template of a workbook, cell by cell, in a workbook that is written anew."""

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from performance.ground.texts import in_a_sheet
from reporting.tables.looks import Looks
from reporting.templates.cell_looks import properties, theme_of
from reporting.templates.workbook import COVER, cells_of, filled, opened

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet as OpenSheet
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_COLUMN, _ROW, _PIXELS = 8.43, 15.0, 7  # characters, points, and pixels of a character
_UNITS = 9525  # of a pixel, in the measure of drawings


def add_cover(
    book: "Workbook", template: bytes | None, told: Mapping[str, str], looks: Looks, *, warning: str = ""
) -> None:
    """The cover of the template as the first sheet, with what it asks for; its pictures are carried over. Above
    everything stands a warning, where there is one."""
    read = opened(template) if template else None
    if read is None or COVER not in read.sheetnames:
        return
    source, theme, below = read[COVER], theme_of(read), 1 if warning else 0
    sheet = book.add_worksheet(COVER)
    _lay_out(sheet, source, below)
    looks.on_paper(sheet, is_wide=source.page_setup.orientation == "landscape")
    if warning:
        sheet.write_string(0, 0, in_a_sheet(warning), looks.term)
    merged = {(each.min_row, each.min_col): each for each in source.merged_cells.ranges}
    for cell in cells_of(source):
        if cell.value is None and not cell.has_style:
            continue
        look, place = properties(cell, theme), (cell.row - 1 + below, cell.column - 1)
        if found := merged.get((cell.row, cell.column)):
            last = found.max_row - 1 + below, found.max_col - 1
            sheet.merge_range(*place, *last, _said(cell, told), book.add_format(look))
        elif cell.coordinate not in source.merged_cells:
            _write(sheet, place, cell, told, book.add_format(look | _form(cell)))
    for picture in source._images:
        _carry(sheet, picture, source, below)


def _write(sheet: "Worksheet", place: tuple[int, int], cell: "Cell", told: Mapping[str, str], look: "Format") -> None:
    """A number and a day as what they are, words as words, and of an empty cell how it looks."""
    if cell.value is None:
        sheet.write_blank(*place, None, look)
    elif isinstance(cell.value, bool | str):
        sheet.write_string(*place, _said(cell, told), look)
    elif isinstance(cell.value, int | float):
        sheet.write_number(*place, cell.value, look)
    else:
        sheet.write_datetime(*place, cell.value, look)


def _said(cell: "Cell", told: Mapping[str, str]) -> str:
    return "" if cell.value is None else in_a_sheet(filled(str(cell.value), told))


def _form(cell: "Cell") -> dict[str, str]:
    return {} if cell.value is None or isinstance(cell.value, str) else {"num_format": cell.number_format}


def _lay_out(sheet: "Worksheet", source: "OpenSheet", below: int) -> None:
    """As wide, as high, and with lines between the cells or none."""
    if not source.sheet_view.showGridLines:
        sheet.hide_gridlines(2)
    for column in source.column_dimensions.values():
        if column.width:
            sheet.set_column((column.min or 1) - 1, (column.max or 1) - 1, column.width)
    for number, row in source.row_dimensions.items():
        if row.height:
            sheet.set_row(number - 1 + below, row.height)


def _carry(sheet: Any, picture: Any, source: "OpenSheet", below: int) -> None:
    """A picture where it stood and as large as it was. What it shows is not read, so nothing is said of it."""
    content = picture._data()
    start = picture.anchor._from
    options: dict[str, Any] = {"image_data": io.BytesIO(content), "decorative": True}
    wide, high = _size(picture, source)
    if picture.width and picture.height:
        options |= {"x_scale": wide / picture.width, "y_scale": high / picture.height}
    sheet.insert_image(start.row + below, start.col, f"picture.{picture.format}", options)


def _size(picture: Any, source: "OpenSheet") -> tuple[float, float]:
    """In pixels: as its anchor says, from cell to cell or in itself."""
    anchor = picture.anchor
    if size := getattr(anchor, "ext", None):
        return size.width / _UNITS, size.height / _UNITS
    if not (end := getattr(anchor, "to", None)):
        return picture.width, picture.height
    from openpyxl.utils import get_column_letter

    start = anchor._from
    columns = range(start.col + 1, end.col + 1)
    rows = range(start.row + 1, end.row + 1)
    wide = sum((source.column_dimensions[get_column_letter(each)].width or _COLUMN) * _PIXELS for each in columns)
    high = sum((source.row_dimensions[each].height or _ROW) * 4 / 3 for each in rows)
    return wide + (end.colOff - start.colOff) / _UNITS, high + (end.rowOff - start.rowOff) / _UNITS
