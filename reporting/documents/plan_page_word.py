"""A plan on a page as a Word document of one A4 side, with headings, table headers and alternative texts."""

from io import BytesIO

from docx import Document
from docx.document import Document as OpenDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from reporting.documents import images, word, word_letters
from reporting.documents.plan_page import Fitted, Grid, Picture, Sheet, fitted

_LANGUAGE = "en-GB"
_INK, _QUIET, _WHITE = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x48, 0x49, 0x49), RGBColor(0xFF, 0xFF, 0xFF)
_WIDTH = 18.0
# The same as in the PDF's template, which decides what fits.
_LINE, _HEADING, _TITLE = 1.15, 1.5, 16


def document(sheet: Sheet) -> bytes:
    """The same words, tables and charts as the PDF, in lines of the same height."""
    found = fitted(sheet)
    made, shown = Document(), found.sheet
    _prepare(made, found)
    made.add_heading(shown.title, level=1)
    _say(made, shown.thread, quiet=True)
    _say(made, shown.facts)
    if shown.has_texts:
        made.add_heading("Why it matters", level=2)
        _say(made, shown.why)
    if shown.pictures:
        _add_pictures(made, found)
    for grid in shown.grids:
        _add_grid(made, grid)
    if shown.has_texts:
        made.add_heading("Lessons", level=2)
        _say(made, shown.lessons)
    _say(made, shown.foot, quiet=True)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _prepare(made: OpenDocument, found: Fitted) -> None:
    sheet, size = found.sheet, found.room.size
    word.introduce(made, title=f"{sheet.title}: {sheet.kind}", subject=sheet.subject, author=sheet.council)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.3)
    section.header_distance = section.footer_distance = Cm(0.6)
    for name, points, before in (("Normal", size, 0), ("Heading 1", _TITLE, 0), ("Heading 2", size + _HEADING, 6)):
        style = made.styles[name]
        style.font.size, style.font.color.rgb = Pt(points), _INK
        word_letters.name(style)
        spacing = style.paragraph_format
        spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(points * _LINE)
        spacing.space_before, spacing.space_after = Pt(before), Pt(2)
    word_letters.carry(made)
    for language in made.styles.element.iter(qn("w:lang")):
        for script in ("w:val", "w:eastAsia"):
            language.set(qn(script), _LANGUAGE)


def _say(made: OpenDocument, text: str, *, quiet: bool = False) -> Paragraph:
    paragraph = made.add_paragraph()
    paragraph.add_run(text).font.color.rgb = _QUIET if quiet else _INK
    return paragraph


def _add_pictures(made: OpenDocument, found: Fitted) -> None:
    """Side by side in one line, after what each of them says: a table to lay them out would be read as one."""
    shown = found.sheet.pictures
    for number, each in enumerate(shown, start=1):
        said = made.add_paragraph()
        said.add_run(f"{_place(number, len(shown))}{each.title}: ").bold = True
        said.add_run(each.said).font.color.rgb = _QUIET
        said.paragraph_format.keep_with_next = True
    line = made.add_paragraph()
    line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for each in shown:
        _add_picture(line, each, most_wide=_WIDTH / len(shown) - 0.2, most_high=found.room.picture - 0.4)


def _place(number: int, many: int) -> str:
    return f"Chart {number}, " if many > 1 else ""


def _add_picture(line: Paragraph, picture: Picture, *, most_wide: float, most_high: float) -> None:
    png = images.png(picture.spec)
    drawn = word.add_picture(line, png, width=Cm(most_wide), alt=picture.alt, name=picture.title)
    if drawn.height > Cm(most_high):
        drawn.width, drawn.height = Cm(drawn.width.cm * most_high / drawn.height.cm), Cm(most_high)


def _add_grid(made: OpenDocument, grid: Grid) -> None:
    made.add_heading(grid.title, level=2)
    if not grid.rows:
        _say(made, grid.empty)
        return
    table = made.add_table(rows=1, cols=len(grid.header))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    _shape(table, grid.title)
    widths = [Cm(_WIDTH * share / sum(grid.widths)) for share in grid.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _fill(table.rows[0], grid.header, widths, bold=True)
    _flag(table.rows[0], "w:tblHeader")
    for number, texts in enumerate(grid.rows):
        row = table.add_row()
        _fill(row, tuple(map(str, texts)), widths, bold=False)
        if grid.tagged >= 0:
            word.colour(row.cells[grid.tagged], grid.tags[number])
    if grid.more:
        _say(made, grid.more, quiet=True)


def _shape(table: Table, description: str) -> None:
    """Thin lines under the rows, small margins in the cells, and a description for those who cannot see it."""
    properties = table._tbl.tblPr
    line = 'w:val="single" w:sz="4" w:color="B1B4B6"'
    side = 'w:w="60" w:type="dxa"'
    borders = f"<w:tblBorders {nsdecls('w')}><w:bottom {line}/><w:insideH {line}/></w:tblBorders>"
    margins = f"<w:tblCellMar {nsdecls('w')}><w:left {side}/><w:right {side}/></w:tblCellMar>"
    # Word minds the order of these.
    properties.find(qn("w:tblLayout")).addprevious(parse_xml(borders))
    properties.find(qn("w:tblLook")).addprevious(parse_xml(margins))
    words = OxmlElement("w:tblDescription")
    words.set(qn("w:val"), description)
    properties.append(words)


def _fill(row: _Row, texts: tuple[str, ...], widths: list[Cm], *, bold: bool) -> None:
    _flag(row, "w:cantSplit")
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.add_run(text).bold = bold
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)


def _flag(row: _Row, name: str) -> None:
    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)
