"""The pack of a committee as a workbook: its words, its measures with numbers as numbers, and charts of the reds."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from performance.ground.texts import in_a_sheet
from performance.ground.values import Absence, Value
from performance.report.frozen import FrozenLine
from performance.report.pack import Pack
from performance.report.words import OF_PACK
from reporting.packs.charts import native
from reporting.papers.native_chart import number_format
from reporting.tables.sheets import fit, height_of

_INK, _BLUE, _GREY = "#0B0C0C", "#12436D", "#3D3D3D"
_MOST_DIGITS = 15  # what a number in a workbook holds exactly
_EVERY = (
    "Code", "Measure", "Service", "What is good", "Period", "Figure", "How firm", "Target", "Target in words", "Status",
    "Direction", "Year to date", "Expected for the year", "Compared with", "What its service said",
)  # fmt: skip
_ROWS_OF_A_CHART = 18
_ABOUT = (28, 100)  # digits that its columns take
_WIDTHS = (10, 44, 26, 22, 22, 14, 24, 12, 16, 18, 40, 24, 44, 60, 60)
_FIGURES = (24, 16, 12)
_RESTATED = (44, 24, 30, 30, 70)


class _Looks:
    """The formats of the workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._numbers: dict[str, Format] = {}
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": _INK})
        self.heading = book.add_format(
            {"bold": True, "bg_color": _BLUE, "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
        )
        self.text = book.add_format({"num_format": "@", "font_color": _INK, "text_wrap": True, "valign": "top"})
        self.term = book.add_format({"num_format": "@", "bold": True, "text_wrap": True, "valign": "top"})

    def number(self, line: FrozenLine) -> Format:
        form = number_format(line.unit, line.decimals)
        if form not in self._numbers:
            self._numbers[form] = self._book.add_format({"num_format": form, "valign": "top", "align": "right"})
        return self._numbers[form]


def write(pack: Pack, *, council: str, place: str) -> bytes:
    """A sheet that says what it is with what was written, the measures, the reds' charts, and what was restated."""
    kept = BytesIO()
    book = Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": pack.title, "subject": pack.edition.title,
                         "author": council})  # fmt: skip
    looks = _Looks(book)
    _about(book.add_worksheet("About"), pack, council, looks)
    _measures(book.add_worksheet("Measures"), pack.lines, looks)
    _charts(book, pack, place, looks)
    if pack.restated:
        _restated(book.add_worksheet("Corrections"), pack, looks)
    book.close()
    return kept.getvalue()


def _about(sheet: Worksheet, pack: Pack, council: str, looks: _Looks) -> None:
    _widen(sheet, _ABOUT)
    fit(sheet)
    sheet.set_row(0, 21)
    sheet.write_string(0, 0, in_a_sheet(pack.title), looks.title)
    told = [
        ("Council", council),
        ("Meeting", pack.meeting),
        ("Figures", pack.known),
        ("State", pack.edition.state.in_words),
        *((place.in_words, pack.story.words[place]) for place in OF_PACK),
        ("Small counts of people", "Hidden from all; their cells say so."),
    ]
    for row, (term, said) in enumerate(told, start=2):
        words = said or "Nothing is written yet"
        sheet.set_row(row, height_of(zip((term, words), _ABOUT, strict=True)))
        sheet.write_string(row, 0, term, looks.term)
        sheet.write_string(row, 1, in_a_sheet(words), looks.text)


def _measures(sheet: Worksheet, lines: Sequence[FrozenLine], looks: _Looks) -> None:
    _head(sheet, _EVERY, _WIDTHS, looks)
    for row, line in enumerate(lines, start=1):
        target = line.target.number if line.target else None
        cells: tuple[str | Value | None, ...] = (
            line.measure_code,
            line.title,
            line.unit_name,
            line.polarity.in_words,
            line.period.in_words,
            line.value,
            ", ".join(filter(None, (line.firmness, "illustrative" if line.is_illustrative else ""))),
            target,
            line.target_in_words,
            line.rag.in_words,
            line.heading,
            line.to_date.in_words if line.to_date else "",
            line.outlook.in_words if line.outlook else "",
            line.compared,
            line.commentary,
        )
        written = [_write(sheet, row, column, cell, line, looks) for column, cell in enumerate(cells)]
        sheet.set_row(row, height_of(zip(written, _WIDTHS, strict=True)))
    sheet.autofilter(0, 0, len(lines), len(_EVERY) - 1)


def _charts(book: Workbook, pack: Pack, place: str, looks: _Looks) -> None:
    """The figures of each red beside one another, and a chart of each that is drawn from its own cells."""
    found = [(red.line, chart) for red in pack.story.reds if (chart := native(red.line, place=place))]
    if not found:
        return
    shown, cells = book.add_worksheet("Red charts"), book.add_worksheet("Red figures")
    shown.hide_gridlines(2)
    fit(shown)
    fit(cells)
    heading_high = 0.0
    for number, (line, chart) in enumerate(found):
        first = 4 * number
        headings = (line.title, place, "Target")
        for column, heading in enumerate(headings):
            cells.write_string(0, first + column, in_a_sheet(heading), looks.heading)
        _widen(cells, _FIGURES, first)
        heading_high = max(heading_high, height_of(zip(headings, _FIGURES, strict=True)))
        for row, point in enumerate(line.points, start=1):
            cells.write_string(row, first, point.period.short, looks.text)
            for column, value in ((first + 1, point.number), (first + 2, point.target)):
                if value is not None:
                    _write(cells, row, column, value, line, looks)
        drawn = book.add_chart({"type": "line"})
        last = len(line.points)
        has_target = any(point.target is not None for point in line.points)
        drawn_of = [(first + 1, _BLUE, "solid"), *([(first + 2, _GREY, "dash")] if has_target else [])]
        for column, colour, dash in drawn_of:
            drawn.add_series({
                "name": ["Red figures", 0, column],
                "categories": ["Red figures", 1, first, last, first],
                "values": ["Red figures", 1, column, last, column],
                "line": {"color": colour, "width": 2, "dash_type": dash},
            })  # fmt: skip
        drawn.set_title({"name": line.title, "name_font": {"size": 12}})
        drawn.show_blanks_as("gap")
        drawn.set_legend({"position": "bottom"})
        drawn.set_size({"width": 900, "height": 330})
        shown.insert_chart(number * _ROWS_OF_A_CHART, 0, drawn, {"description": chart.alt, "y_offset": 6})
    cells.set_row(0, heading_high)
    # No chart is cut in two by the end of a page.
    shown.set_h_pagebreaks([number * _ROWS_OF_A_CHART for number in range(1, len(found)) if number % 2 == 0])


def _restated(sheet: Worksheet, pack: Pack, looks: _Looks) -> None:
    columns = ("Measure", "Period", "Was", "Is now", "Why")
    _head(sheet, columns, _RESTATED, looks)
    for row, each in enumerate(pack.restated, start=1):
        was, now = (f"{line.in_short}; {line.held_against}" for line in (each.was, each.now))
        said = (each.was.title, each.was.period.in_words, was, now, each.because)
        sheet.set_row(row, height_of(zip(said, _RESTATED, strict=True)))
        for column, words in enumerate(said):
            sheet.write_string(row, column, in_a_sheet(words), looks.text)


def _head(sheet: Worksheet, columns: Sequence[str], widths: Sequence[int], looks: _Looks) -> None:
    _widen(sheet, widths)
    sheet.set_row(0, height_of(zip(columns, widths, strict=True)))
    for column, heading in enumerate(columns):
        sheet.write_string(0, column, heading, looks.heading)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    fit(sheet)


def _widen(sheet: Worksheet, widths: Sequence[int], first: int = 0) -> None:
    for column, width in enumerate(widths, start=first):
        sheet.set_column(column, column, width)


def _write(sheet: Worksheet, row: int, column: int, cell: str | Value | None, line: FrozenLine, looks: _Looks) -> str:
    """A number as a number, what has more digits than a workbook holds as its words, an absence in words.

    Answers what wraps in the cell, which a number does not.
    """
    if isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= _MOST_DIGITS:
        sheet.write_number(row, column, float(cell), looks.number(line))
        return ""
    said = cell.in_words if isinstance(cell, Absence) else str(cell) if isinstance(cell, Decimal) else cell or ""
    sheet.write_string(row, column, in_a_sheet(said), looks.text)
    return said
