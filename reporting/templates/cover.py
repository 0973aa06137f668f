"""The cover of a template of a workbook, cell by cell, in a workbook that is written anew."""

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from performance.ground.texts import in_a_sheet
from reporting.templates.cell_looks import properties, theme_of
from reporting.templates.workbook import COVER, filled, opened

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet as OpenSheet
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_COLUMN, _ROW, _PIXELS = 8.43, 15.0, 7  # characters, points, and pixels of a character
_UNITS = 9525  # of a pixel, in the measure of drawings


def add_cover(book: "Workbook", template: bytes | None, told: Mapping[str, str]) -> None:
    """The cover of the template as the first sheet, with what it asks for; its pictures are carried over."""
    read = opened(template) if template else None
    if read is None or COVER not in read.sheetnames:
        return
    source, theme = read[COVER], theme_of(read)
    sheet = book.add_worksheet(COVER)
    _lay_out(sheet, source)
    merged = {each.coord.split(":")[0]: each.coord for each in source.merged_cells.ranges}
    for cell in (each for line in source.iter_rows() for each in line if each.value is not None or each.has_style):
        look = book.add_format(properties(cell, theme))
        said = "" if cell.value is None else in_a_sheet(filled(str(cell.value), told))
        if cell.coordinate in merged:
            sheet.merge_range(merged[cell.coordinate], said, look)
        elif cell.coordinate in source.merged_cells:
            continue
        elif said:
            sheet.write_string(cell.row - 1, cell.column - 1, said, look)
        else:
            sheet.write_blank(cell.row - 1, cell.column - 1, None, look)
    for picture in source._images:
        _carry(sheet, picture, source)


def _lay_out(sheet: "Worksheet", source: "OpenSheet") -> None:
    """As wide, as high, and with lines between the cells or none."""
    if not source.sheet_view.showGridLines:
        sheet.hide_gridlines(2)
    for column in source.column_dimensions.values():
        if column.width:
            sheet.set_column((column.min or 1) - 1, (column.max or 1) - 1, column.width)
    for number, row in source.row_dimensions.items():
        if row.height:
            sheet.set_row(number - 1, row.height)


def _carry(sheet: Any, picture: Any, source: "OpenSheet") -> None:
    """A picture where it stood and as large as it was. What it shows is not read, so nothing is said of it."""
    content = picture._data()
    start = picture.anchor._from
    options: dict[str, Any] = {"image_data": io.BytesIO(content), "decorative": True}
    wide, high = _size(picture, source)
    if picture.width and picture.height:
        options |= {"x_scale": wide / picture.width, "y_scale": high / picture.height}
    sheet.insert_image(start.row, start.col, f"picture.{picture.format}", options)


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
