"""The pack of a committee as a workbook: its words, its measures with numbers as numbers, and charts of the reds."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from performance.ground.texts import in_a_sheet
from performance.ground.values import Absence, Value
from performance.report.frozen import FrozenLine
from performance.report.pack import Pack
from performance.report.restated import Restated
from performance.report.words import OF_PACK
from reporting.packs import document
from reporting.packs.charts import native
from reporting.tables.looks import Looks, holds
from reporting.templates.cover import add_cover
from reporting.templates.workbook import restyled
from reporting.writers import sheet_charts
from reporting.writers.native_chart import number_format

_WIDTHS = (10, 44, 26, 22, 22, 14, 24, 12, 16, 18, 40, 24, 44, 60, 60, 60)
_ABOUT = (28, 100)  # digits that its columns take
_RESTATED = (("Measure", 44), ("Period", 24), ("Was", 30), ("Is now", 30), ("Why", 70))
_RISKS = (("Code", 10), ("Risk", 44), ("Score", 40), ("Kept by", 30), ("What is done about it", 70))
_TARGETS = (("Code", 10), ("Measure", 44), ("Period", 24), ("Was", 16), ("Is now", 16), ("Why", 70))
_STATUS = 9  # the column
_EVERY = (
    "Code", "Measure", "Service", "What is good", "Period", "Figure", "How firm", "Target", "Target in words", "Status",
    "Direction", "Year to date", "Expected for the year", "Compared with", "What its service said",
    "Recovery plan",
)  # fmt: skip


def write(pack: Pack, *, council: str, place: str, template: bytes | None = None) -> bytes:
    """A sheet that says what it is with what was written, the measures, the reds' charts, and what was restated; after
    the cover of a template, where one was restyled."""
    kept = BytesIO()
    book = Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": pack.title, "subject": pack.edition.title,
                         "author": council})  # fmt: skip
    told = document.told_of(pack, council)
    looks = Looks(book, restyled(template, told))
    warning = f"Draft: {pack.draft}" if pack.draft else ""
    add_cover(book, template, told, looks, warning=warning)
    _about(book.add_worksheet("About"), pack, council, looks)
    _measures(book.add_worksheet("Measures"), pack.lines, looks)
    charts = [chart for red in pack.story.reds if (chart := native(red.line, place=place))]
    sheet_charts.add(book, charts, looks, shown="Red charts", figures="Red figures")
    if pack.beside.risks:
        rows = [(each.code, each.title, each.in_words, each.owner_role, each.mitigation) for each in pack.beside.risks]
        _listed(book.add_worksheet("Risks"), _RISKS, rows, looks)
    if pack.beside.targets:
        anew = [
            (each.measure_code, each.title, each.period.in_words, each.was, each.now, each.because)
            for each in pack.beside.targets
        ]
        _listed(book.add_worksheet("Targets set anew"), _TARGETS, anew, looks)
    if pack.restated:
        _listed(book.add_worksheet("Corrections"), _RESTATED, [_correction(each) for each in pack.restated], looks)
    book.close()
    return kept.getvalue()


def _about(sheet: Worksheet, pack: Pack, council: str, looks: Looks) -> None:
    looks.on_paper(sheet)
    for column, width in enumerate(_ABOUT):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, in_a_sheet(pack.title), looks.title)
    told = [
        *([("Draft", pack.draft)] if pack.draft else []),
        ("Council", council),
        ("Meeting", pack.meeting),
        ("Figures", pack.known),
        ("State", pack.edition.state.in_words),
        *((place.in_words, pack.story.words[place]) for place in OF_PACK),
        ("Small counts of people", "Hidden from all; their cells say so."),
    ]
    for row, (term, said) in enumerate(told, start=2):
        sheet.write_string(row, 0, term, looks.term)
        sheet.write_string(row, 1, in_a_sheet(said or "Nothing is written yet"), looks.text)
        sheet.set_row(row, looks.height_of(zip((term, said), _ABOUT, strict=True)))


def _measures(sheet: Worksheet, lines: Sequence[FrozenLine], looks: Looks) -> None:
    _head(sheet, _EVERY, looks)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
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
            line.recovery,
        )
        for column, cell in enumerate(cells):
            _write(sheet, row, column, cell, line, looks)
        texts = [cell if isinstance(cell, str) else "" for cell in cells]
        sheet.set_row(row, looks.height_of(zip(texts, _WIDTHS, strict=True)))
        sheet.write_string(row, _STATUS, line.rag.in_words, looks.status(line.rag.value))
    sheet.autofilter(0, 0, len(lines), len(_EVERY) - 1)


def _correction(each: Restated) -> tuple[str, ...]:
    was, now = (f"{line.in_short}; {line.held_against}" for line in (each.was, each.now))
    return each.was.title, each.was.period.in_words, was, now, each.because


def _listed(sheet: Worksheet, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]], looks: Looks) -> None:
    """Words in columns of so many digits."""
    names, widths = zip(*columns, strict=True)
    _head(sheet, names, looks)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for number, row in enumerate(rows, start=1):
        sheet.set_row(number, looks.height_of(zip(row, widths, strict=True)))
        for column, words in enumerate(row):
            sheet.write_string(number, column, in_a_sheet(words), looks.text)


def _head(sheet: Worksheet, columns: Sequence[str], looks: Looks) -> None:
    looks.on_paper(sheet)
    for column, heading in enumerate(columns):
        sheet.write_string(0, column, heading, looks.heading)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _write(sheet: Worksheet, row: int, column: int, cell: str | Value | None, line: FrozenLine, looks: Looks) -> None:
    """A number as a number, what has more digits than a workbook holds as its words, an absence in words."""
    if isinstance(cell, Decimal) and holds(cell):
        sheet.write_number(row, column, float(cell), looks.number(number_format(line.unit, line.decimals)))
        return
    said = cell.in_words if isinstance(cell, Absence) else str(cell) if isinstance(cell, Decimal) else cell or ""
    sheet.write_string(row, column, in_a_sheet(said), looks.text)
