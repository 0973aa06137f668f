"""A plan on a page, made to fit one A4 side: what is left out or cut short is always said, never dropped silently.

One layout decides for both files: the size of type and the texts that fit the PDF, with room to spare, are those of
the Word page too, whose lines are set to the same height.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from reporting.charts.over_time import Spec, Trend
from reporting.documents import images, pdf
from reporting.tables.facts import Number

_TEMPLATE = "plan_page.typ"
_MORE = " … (more in the app)"
_SPARE = 1.2
"""Centimetres kept free when choosing what fits, for what Word sets a little wider."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True, eq=False)
class Picture:
    """A chart with its title, what it says in a line, and its alternative text; `trend` where it is over time."""

    title: str
    said: str
    alt: str
    spec: Spec
    trend: Trend | None = None


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table: `widths` are shares of the page; `tags` are the ratings that colour the cells of column `tagged`; a
    template places it by the name of its `part`. Numbers are counted with where a program counts."""

    title: str
    header: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str | Number, ...], ...]
    empty: str
    noun: str
    part: str
    tagged: int = -1
    tags: tuple[str, ...] = ()
    more: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Sheet:
    """All that stands on the page, whole. `kind` is what the page is; `has_texts` whether it says why and what
    was learned."""

    title: str
    subject: str
    council: str
    thread: str
    facts: str
    why: str
    pictures: tuple[Picture, ...]
    grids: tuple[Grid, ...]
    lessons: str
    foot: str
    file_name: str
    kind: str = "plan on a page"
    whole: str = "the whole plan is in the app"
    has_texts: bool = True


@dataclass(frozen=True, kw_only=True)
class Room:
    """How much may stand on the side: points of type, characters of a text, of a cell and of a line at the head, rows,
    and the height of a chart in cm.
    """

    size: float
    text: int
    cell: int
    rows: int
    picture: float
    head: int = 180


@dataclass(frozen=True, kw_only=True, eq=False)
class Fitted:
    """The sheet as it fits one side."""

    sheet: Sheet
    room: Room
    svgs: tuple[str, ...] = field(default=())


# From whole in comfortable type to short in small type; 8 points is the smallest that prints well.
_ROOMS = (
    Room(size=10, text=1100, cell=350, rows=60, picture=5.0),
    Room(size=9.5, text=1100, cell=350, rows=60, picture=4.8),
    Room(size=9, text=1100, cell=350, rows=60, picture=4.6),
    Room(size=8.5, text=1100, cell=350, rows=60, picture=4.2),
    Room(size=8, text=1100, cell=350, rows=60, picture=3.8),
    Room(size=8, text=600, cell=160, rows=14, picture=3.8),
    Room(size=8, text=450, cell=120, rows=10, picture=3.6),
    Room(size=8, text=350, cell=90, rows=7, picture=3.4),
    Room(size=8, text=250, cell=70, rows=5, picture=3.2),
    Room(size=8, text=200, cell=45, rows=4, picture=3.0),
    Room(size=8, text=120, cell=35, rows=3, picture=2.6),
)
_WHOLE = Room(size=10, text=10**6, cell=10**6, rows=10**6, picture=5.0, head=10**6)


@lru_cache(maxsize=32)
def fitted(sheet: Sheet) -> Fitted:
    """The most of the sheet that fits one side, in the largest type in which it does."""
    svgs = tuple(images.on_a_page(each.spec, title=each.title, description=each.alt) for each in sheet.pictures)
    for room in _ROOMS:
        found = Fitted(sheet=_within(sheet, room), room=room, svgs=svgs)
        if pdf.count_pages(_TEMPLATE, _data(found, spare=_SPARE)) == 1:
            break
    return found


def as_pdf(sheet: Sheet) -> bytes:
    """The page as a PDF of one side, tagged for screen readers."""
    return pdf.document(_TEMPLATE, _data(fitted(sheet), spare=0))


def _within(sheet: Sheet, room: Room) -> Sheet:
    made, whole = _cut_to(sheet, room), _cut_to(sheet, _WHOLE)
    return (
        made
        if _texts(made) == _texts(whole)
        else replace(made, foot=f"{sheet.foot} Shortened to fit one side: {sheet.whole}.")
    )


def _cut_to(sheet: Sheet, room: Room) -> Sheet:
    return replace(
        sheet,
        title=_cut(sheet.title, room.head),
        thread=_cut(sheet.thread, 2 * room.head),
        facts=_cut(sheet.facts, 2 * room.head),
        why=_cut(sheet.why, room.text),
        lessons=_cut(sheet.lessons, room.text),
        pictures=tuple(
            replace(each, title=_cut(each.title, room.head // 2), said=_cut(each.said, room.head))
            for each in sheet.pictures
        ),
        grids=tuple(_fewer(grid, room) for grid in sheet.grids),
    )


def _fewer(grid: Grid, room: Room) -> Grid:
    """At most so many rows, the first of them; under the table, how many more there are."""
    rows = tuple(tuple(_cut(str(cell), room.cell) for cell in row) for row in grid.rows[: room.rows])
    left = len(grid.rows) - len(rows)
    more = f"And {left} more {grid.noun if left == 1 else grid.noun + 's'}, in the app." if left else ""
    return replace(grid, rows=rows, tags=grid.tags[: room.rows], more=more)


def _texts(sheet: Sheet) -> tuple[Any, ...]:
    pictures = tuple((each.title, each.said) for each in sheet.pictures)
    cells = tuple(grid.rows for grid in sheet.grids)
    return sheet.title, sheet.thread, sheet.facts, sheet.why, sheet.lessons, pictures, cells


def _cut(text: str, most: int) -> str:
    """The text on one line of at most so many characters; where it is cut, at a word, it says so."""
    plain = " ".join(_UNPRINTABLE.sub("", text).split())
    if len(plain) <= most:
        return plain
    mark = _MORE if most >= 60 else " …"
    kept = plain[: most - len(mark)]
    return kept[: kept.rfind(" ")].rstrip(" ,;.:") + mark if " " in kept else kept + mark


def _data(found: Fitted, *, spare: float) -> Mapping[str, Any]:
    sheet = found.sheet
    pictures = [
        {"title": each.title, "said": each.said, "alt": each.alt, "svg": svg}
        for each, svg in zip(sheet.pictures, found.svgs, strict=True)
    ]
    whole = {name: getattr(sheet, name) for name in _TEXTS}
    grids = [{name: getattr(grid, name) for name in _GRID} for grid in sheet.grids]
    room = {"size": found.room.size, "picture": found.room.picture, "spare": spare}
    return whole | room | {"pictures": pictures, "grids": grids}


_TEXTS = ("title", "kind", "subject", "council", "thread", "facts", "why", "lessons", "foot", "has_texts")
_GRID = ("title", "header", "widths", "rows", "empty", "more", "tagged", "tags")
