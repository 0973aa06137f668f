"""Charts in a workbook: their figures beside one another on a sheet, and each chart drawn from its own cells."""

from collections.abc import Sequence

from pptx.enum.chart import XL_CHART_TYPE
from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from performance.ground.texts import in_a_sheet
from reporting.tables.looks import Looks
from reporting.writers.native_chart import NativeChart

_LONGEST_NAME = 31  # characters, of a sheet
_NO_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_ROWS = 18  # of a sheet, of a chart
_PERIOD, _SERIES = 24, 16  # digits that columns take
_GAP = 1  # column between the figures of two charts


def add(book: Workbook, charts: Sequence[NativeChart], looks: Looks, *, shown: str, figures: str) -> None:
    """Two sheets, named `shown` and `figures`; none where there is no chart."""
    if not charts:
        return
    page = book.add_worksheet(free_name(book, shown))
    cells = book.add_worksheet(free_name(book, figures))
    page.hide_gridlines(2)
    for sheet in (page, cells):
        looks.on_paper(sheet)
    page.set_h_pagebreaks(range(2 * _ROWS, len(charts) * _ROWS, 2 * _ROWS))
    first, heights = 0, list[float]()
    for number, chart in enumerate(charts):
        many, high = _write_figures(cells, chart, looks, first)
        heights.append(high)
        page.insert_chart(number * _ROWS, 0, _drawn(book, chart, cells.get_name(), first), {"description": chart.alt})
        first += many + _GAP
    cells.set_row(0, max(heights))


def _write_figures(cells: Worksheet, chart: NativeChart, looks: Looks, first: int) -> tuple[int, float]:
    """A row a period and a column a series; answers how many columns they take, and how high their headings are."""
    series, form = list(chart.data), looks.number(str(chart.data.number_format))
    headings = (chart.title, *(each.name for each in series))
    widths = (_PERIOD, *(_SERIES for _ in series))
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True), start=first):
        cells.set_column(column, column, width)
        cells.write_string(0, column, in_a_sheet(heading), looks.heading)
    for row, category in enumerate(chart.data.categories, start=1):
        cells.write_string(row, first, in_a_sheet(category.label), looks.text)
    for column, each in enumerate(series, start=first + 1):
        for row, value in enumerate(each.values, start=1):
            if value is not None:
                cells.write_number(row, column, value, form)
    return len(widths), looks.height_of(zip(headings, widths, strict=True))


def _drawn(book: Workbook, chart: NativeChart, figures: str, first: int) -> Chart:
    is_bars = chart.kind is XL_CHART_TYPE.COLUMN_CLUSTERED
    drawn, last = book.add_chart({"type": "column" if is_bars else "line"}), len(list(chart.data.categories))
    for column, look in enumerate(chart.looks, start=first + 1):
        line = {"color": look.colour, "width": 2, "dash_type": "dash" if look.is_aim else "solid"}
        drawn.add_series({
            "name": [figures, 0, column],
            "categories": [figures, 1, first, last, first],
            "values": [figures, 1, column, last, column],
            **({"fill": {"color": look.colour}} if is_bars else {"line": line}),
        })  # fmt: skip
    drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
    drawn.show_blanks_as("gap")
    drawn.set_legend({"position": "bottom"})
    drawn.set_size({"width": 900, "height": 330})
    return drawn


def free_name(book: Workbook, wanted: str) -> str:
    """A name that a sheet may have, and no other has."""
    plain = " ".join(wanted.translate(_NO_NAME).split())[:_LONGEST_NAME].strip() or "Table"
    taken, number, name = {each.get_name().casefold() for each in book.worksheets()}, 1, plain
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: _LONGEST_NAME - len(f' {number}')]} {number}"
    return name
