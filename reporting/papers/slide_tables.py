"""A table on slides: so many of its rows as one has room for, each slide with the header."""

from collections.abc import Sequence
from typing import Any, cast

from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from reporting.papers.blocks import Table
from reporting.papers.slide_words import LANGUAGE, lines_of
from reporting.tables.facts import Number

_LIGHT = "{3C2FFA5D-87B4-456A-9821-1D502468CF0F}"
"""The table style that PowerPoint calls Light Style 1 - Accent 1: thin lines in a colour of the theme."""

_SIZE = 12  # points
_ABOVE = Inches(0.04)
_FILLS = {"red": ("8F2413", "FFFFFF"), "amber": ("FFBF1F", "0B0C0C"), "green": ("0F7C86", "FFFFFF")}
_Row = Sequence[str | Number]


def add(slide: Any, table: Table, rows: Sequence[_Row], *, room: tuple[int, int, int, int]) -> Sequence[_Row]:
    """The first of the rows; answers those that have no room."""
    left, top, width, height = room
    whole = sum(wide for _, wide in table.columns)
    widths = [int(width * wide / whole) for _, wide in table.columns]
    header = [name for name, _ in table.columns]
    used, fits = _high(header, widths), 0
    while fits < len(rows) and (not fits or used + _high(rows[fits], widths) <= height):
        used += _high(rows[fits], widths)
        fits += 1
    frame = slide.shapes.add_table(fits + 1, len(header), left, top, width, min(used, height))
    frame._element.find(f".//{qn('a:tableStyleId')}").text = _LIGHT
    frame.table.horz_banding = False
    for column, wide in zip(frame.table.columns, widths, strict=True):
        column.width = wide
    first = len(table.rows) - len(rows)
    for number, row in enumerate([header, *rows[:fits]]):
        frame.table.rows[number].height = _high(row, widths)
        tag = table.tags[first + number - 1] if number and table.tags else ""
        for place, text in enumerate(row):
            _fill(frame.table.cell(number, place), str(text), tag if place == table.tagged else "")
    said = frame._element.nvGraphicFramePr.cNvPr
    said.set("descr", table.description)
    said.set("name", table.description)
    return rows[fits:]


def _fill(cell: Any, text: str, tag: str) -> None:
    cell.margin_left = cell.margin_right = Inches(0.08)
    cell.margin_top = cell.margin_bottom = _ABOVE
    run = cell.text_frame.paragraphs[0].add_run()
    run.text, run.font.size = text, Pt(_SIZE)
    run._r.get_or_add_rPr().set("lang", LANGUAGE)
    if tag in _FILLS:
        cell.fill.solid()
        cell.fill.fore_color.rgb, run.font.color.rgb = map(_colour, _FILLS[tag])


def _colour(code: str) -> RGBColor:
    return cast(RGBColor, RGBColor.from_string(code))


def _high(row: _Row, widths: Sequence[int]) -> int:
    """How high a row stands, in the measure of slides."""
    most = max(lines_of(str(text), wide, _SIZE) for text, wide in zip(row, widths, strict=True))
    return int(Pt(most * _SIZE * 1.25) + 2 * _ABOVE)
