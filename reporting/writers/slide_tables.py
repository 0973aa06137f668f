"""A table on slides: so many of its rows as one has room for, each slide with the header."""

from collections.abc import Sequence
from typing import Any, cast

from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from reporting.tables.facts import Number
from reporting.writers.blocks import Table
from reporting.writers.slide_words import LANGUAGE, wrapped

_LIGHT = "{3C2FFA5D-87B4-456A-9821-1D502468CF0F}"
"""The table style that PowerPoint calls Light Style 1 - Accent 1: thin lines in a colour of the theme."""

_SIZE = 12  # points
_ABOVE, _LINE = Inches(0.04), 1.25  # the latter of the size of letters
_FILLS = {"red": ("8F2413", "FFFFFF"), "amber": ("FFBF1F", "0B0C0C"), "green": ("0F7C86", "FFFFFF")}
Row = Sequence[str | Number]


def add(slide: Any, table: Table, rows: Sequence[Row], *, room: tuple[int, int, int, int]) -> Sequence[Row]:
    """The first of the rows; answers those that have no room, with what is left of one that alone is too high."""
    left, top, width, height = room
    whole = sum(wide for _, wide in table.columns)
    widths = [int(width * wide / whole) for _, wide in table.columns]
    header = [name for name, _ in table.columns]
    used = _high(header, widths)
    first, rest = _cut(rows[0], widths, height - used)
    shown, fits = [first], 1
    used += _high(first, widths)
    while rest is None and fits < len(rows) and used + _high(rows[fits], widths) <= height:
        shown.append(rows[fits])
        used += _high(rows[fits], widths)
        fits += 1
    left_over = [*([rest] if rest else []), *rows[fits:]]
    _draw(slide, table, [header, *shown], widths, (left, top, width, min(used, height)), len(table.rows) - len(rows))
    return left_over


def _cut(row: Row, widths: Sequence[int], room: int) -> tuple[Row, Row | None]:
    """A row that is higher than the room in two: as many lines of each cell as fit, and the rest of them."""
    if _high(row, widths) <= room:
        return row, None
    most = max(1, int((room - 2 * _ABOVE) / Pt(_SIZE * _LINE)))
    parts = [wrapped(str(cell), wide, _SIZE) for cell, wide in zip(row, widths, strict=True)]
    rest = tuple(" ".join(part[most:]) for part in parts)
    return tuple(" ".join(part[:most]) for part in parts), rest if any(rest) else None


def _draw(
    slide: Any, table: Table, rows: Sequence[Row], widths: Sequence[int], room: tuple[int, int, int, int], first: int
) -> None:
    """The header and the rows, of which the first has that number in the table."""
    left, top, width, height = room
    frame = slide.shapes.add_table(len(rows), len(widths), left, top, width, height)
    frame._element.find(f".//{qn('a:tableStyleId')}").text = _LIGHT
    frame.table.horz_banding = False
    for column, wide in zip(frame.table.columns, widths, strict=True):
        column.width = wide
    for number, row in enumerate(rows):
        frame.table.rows[number].height = _high(row, widths)
        tag = table.tags[first + number - 1] if number and table.tags else ""
        for place, text in enumerate(row):
            _fill(frame.table.cell(number, place), str(text), tag if place == table.tagged else "")
    said = frame._element.nvGraphicFramePr.cNvPr
    said.set("descr", table.description)
    said.set("name", table.description)


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


def _high(row: Row, widths: Sequence[int]) -> int:
    """How high a row stands, in the measure of slides."""
    most = max(len(wrapped(str(text), wide, _SIZE)) for text, wide in zip(row, widths, strict=True))
    return int(Pt(most * _SIZE * _LINE) + 2 * _ABOVE)
