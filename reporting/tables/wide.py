"""Wide tables, a row a period or a place and a column a series: put together by pandas, read on a page, taken away.

A number stays the decimal that the page prints (the frames are of dtype object), in CSV too. A workbook knows doubles
alone: there each is made of the printed decimal, which comes back digit by digit up to 15 of them; one with more is
written as the words that the page prints. A percentage is 96.5 with a percent sign to its format, as in every other
file, not 0.965. Why there is no number is said in words, and a gap is a dash: a spreadsheet would count an empty cell
as zero.
"""

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from performance.ground.texts import in_a_sheet
from performance.ground.values import Absence
from reporting.tables.facts import GAP, Number, Said, Table
from reporting.tables.looks import Looks, holds
from reporting.tables.rows import write_csv
from reporting.templates.cover import add_cover
from reporting.templates.workbook import restyled

# pandas brings it in when a workbook is written: a page that only draws a table does not wait for it.
if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_NARROW, _WIDE = 14, 48
_TERM, _WORDS = 28, 90
# Whatever a text begins with, it is a text.
_AS_TYPED = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def frame(table: Table) -> pd.DataFrame:
    """The facts laid out: a number, or a text, in every cell."""
    long = pd.DataFrame(
        {
            "row": pd.Series([each.row for each in table.facts], dtype=object),
            "column": pd.Series([each.column for each in table.facts], dtype=object),
            # As objects: pandas would make plain strings of absences, and doubles of numbers.
            "said": pd.Series([_said(each.said) for each in table.facts], dtype=object),
        }
    )
    laid_out = long.pivot(index="row", columns="column", values="said").astype(object)
    laid_out = laid_out.reindex(index=list(table.rows), columns=list(table.columns))
    laid_out = laid_out.where(laid_out.notna(), GAP)
    laid_out.index = pd.Index(list(table.rows.values()), name=table.rows_are, dtype=object)
    laid_out.columns = pd.Index(list(table.columns.values()), dtype=object)
    return laid_out


def printed(table: Table) -> tuple[list[str], list[list[str]]]:
    """The headings and the rows as a page prints them, each row with its own heading first."""
    found = frame(table)
    rows = zip(found.index, found.to_numpy(dtype=object).tolist(), strict=True)
    return [table.rows_are, *found.columns], [[heading, *map(str, cells)] for heading, cells in rows]


def as_csv(tables: Sequence[Table]) -> bytes:
    """Tables of the same columns, one under another: numbers bare, everything else as the page says it."""
    whole = pd.concat([_led(table) for table in tables], ignore_index=True)
    head = tables[0]
    headings = [*(title for title, _ in head.first), head.rows_are, *head.columns.values()]
    return write_csv(headings, whole.itertuples(index=False, name=None))


def as_workbook(
    tables: Sequence[Table],
    about: Sequence[tuple[str, str]],
    *,
    template: bytes | None = None,
    told: Mapping[str, str] | None = None,
) -> bytes:
    """An .xlsx file with a sheet for each table, and a last one that says what they are; looking as its template does,
    where one was restyled, whose cover then comes first with what is `told`."""
    out = io.BytesIO()
    with pd.ExcelWriter(out, engine="xlsxwriter", engine_kwargs={"options": _AS_TYPED}) as writer:
        looks = Looks(writer.book, restyled(template, told or {}))
        add_cover(writer.book, template, told or {}, looks)
        for table in tables:
            _write_table(writer, table, looks)
        _write_about(writer, about, looks)
    return out.getvalue()


def _said(said: Said) -> Number | str:
    return said.in_words if isinstance(said, Absence) else said


def _led(table: Table) -> pd.DataFrame:
    """The table for a file of rows; columns have numbers for names, since two may have one heading."""
    found = frame(table).map(_bare).reset_index()
    found.columns = pd.RangeIndex(found.shape[1])
    before = pd.DataFrame({title: [text] * len(found) for title, text in table.first}, index=found.index, dtype=object)
    whole = pd.concat([before, found], axis="columns", ignore_index=True)
    return whole.astype(object)


def _bare(said: Number | str) -> Decimal | str:
    return said.value if isinstance(said, Number) else said


def _write_table(writer: pd.ExcelWriter, table: Table, looks: Looks) -> None:
    found = frame(table)
    cells = found.map(_in_a_sheet)
    cells.index = pd.Index([in_a_sheet(heading) for heading in found.index], dtype=object)
    cells.reset_index(allow_duplicates=True).to_excel(
        writer, sheet_name=table.name, header=False, index=False, startrow=1
    )
    sheet: Worksheet = writer.sheets[table.name]
    headings = [table.rows_are, *found.columns]
    longest = max((len(heading) for heading in [table.rows_are, *found.index]), default=0)
    widths = [min(max(longest + 2, _NARROW), _WIDE), *[_NARROW + 4] * len(found.columns)]
    for place, title in enumerate(headings):
        sheet.write_string(0, place, in_a_sheet(title), looks.heading)
    sheet.set_row(0, looks.height_of(zip(headings, widths, strict=True)))
    for down, (heading, line) in enumerate(zip(found.index, found.to_numpy(dtype=object).tolist(), strict=True), 1):
        for across, said in enumerate(line, start=1):
            # Written by pandas already: what a unit looks like may differ from row to row, which a frame cannot say.
            if isinstance(said, Number) and holds(said.value):
                sheet.write_number(down, across, float(said.value), looks.number(said.in_format))
            else:
                sheet.write_string(down, across, in_a_sheet(str(said)), looks.text)
        sheet.write_string(down, 0, in_a_sheet(heading), looks.text)
        texts = [heading, *("" if isinstance(said, Number) else said for said in line)]
        sheet.set_row(down, looks.height_of(zip(texts, widths, strict=True)))
    sheet.set_column(0, 0, widths[0])
    sheet.set_column(1, max(found.shape[1], 1), _NARROW + 4)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    looks.on_paper(sheet)


def _write_about(writer: pd.ExcelWriter, about: Sequence[tuple[str, str]], looks: Looks) -> None:
    facts = pd.DataFrame(list(about), columns=["term", "words"], dtype=object).map(in_a_sheet)
    facts.to_excel(writer, sheet_name="About", header=False, index=False)
    sheet: Worksheet = writer.sheets["About"]
    for down, (term, words) in enumerate(facts.itertuples(index=False, name=None)):
        sheet.write_string(down, 0, term, looks.term)
        sheet.write_string(down, 1, words, looks.text)
        sheet.set_row(down, looks.height_of(((term, _TERM), (words, _WORDS))))
    sheet.set_column(0, 0, _TERM)
    sheet.set_column(1, 1, _WORDS)
    sheet.hide_gridlines(2)
    looks.on_paper(sheet)


def _in_a_sheet(said: Number | str) -> Any:
    return float(said.value) if isinstance(said, Number) and holds(said.value) else in_a_sheet(str(said))
