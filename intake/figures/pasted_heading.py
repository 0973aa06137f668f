"""The heading of a pasted block: which column fills which box. Where there is one it rules, whatever the order."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from intake.figures.own_rows import OwnRows, UnknownRowError, plain
from intake.files.tables import FileNotReadError
from performance.do.read_answer import boxes_of, label_of
from performance.do.returns import MyReturn
from performance.ground.entry import NumberNotUnderstoodError, read_number
from performance.ground.measures import Measure

MEASURE, PERIOD, BESIDE = "measure", "period", "beside"
_FIRST = "first box"
BOXES = ("numerator", "denominator", "value")
# What people head their columns with. "Actual" is the figure itself: where a measure takes counts, it is neither.
_NAMES = {
    MEASURE: {"code", "measure", "measure code", "title", "measure title", "indicator", "name"},
    PERIOD: {"period", "month", "quarter", "year"},
    BESIDE: {"unit", "units", "target", "last period", "last month", "previous", "rating", "rag", "variance"},
    "numerator": {"numerator"},
    "denominator": {"denominator", "out of", "base"},
    "value": {"value", "figure", "actual", "result", "outturn"},
    _FIRST: {"number", "count", "no", "no."},
    "answer": {"answer", "kind of answer"},
    "until": {"until", "available on"},
}
_GENERIC = {name: role for role, names in _NAMES.items() for name in names}
_HEAD_THEM = "Head the columns Measure, Numerator, Denominator and Value, or as the boxes on My return"
_NO_HEADING = "paste the rows without a heading, the code first and then the numbers in the order of the boxes"
_YEAR = re.compile(r"(19|20|21)\d\d")
_Cell = TypeVar("_Cell")


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The headings of a block, made plain, in the order of its columns."""

    names: tuple[str, ...]

    def roles(self, measure: Measure | None) -> list[str]:
        """What each column is to a measure; a box of other measures alone, and a column without a heading, is empty."""
        if measure is None:
            return [_GENERIC.get(name, "") for name in self.names]
        boxes = boxes_of(measure)
        labels = {plain(label_of(measure, box)): box for box in boxes}
        # The figure of a measure with one box is what stands in it, whatever the box is called.
        firsts = {_FIRST, "value"} if len(boxes) == 1 else {_FIRST}
        roles = [labels.get(name) or _GENERIC.get(name, "") for name in self.names]
        return [boxes[0] if role in firsts else role for role in roles]

    def names_of(self, cells: Sequence[str]) -> list[str]:
        """The cells that name the row's measure, which may stand in several columns."""
        return [cell for cell in self._under(MEASURE, self.roles(None), cells) if cell]

    def typed(self, cells: Sequence[str], measure: Measure) -> dict[str, str]:
        """What the row gives, by box, and under "answer", "until" and "period". Raises UnknownRowError.

        A number that stands under a heading which is none of the measure's boxes is never taken for one of them.
        """
        roles, boxes = self.roles(measure), boxes_of(measure)
        found: dict[str, str] = {}
        for role, name, cell in zip(roles, self.names, cells, strict=False):
            if not cell or role in {MEASURE, BESIDE}:
                continue
            if not role or (role in BOXES and role not in boxes):
                raise UnknownRowError(_not_a_box(measure, name))
            if role in found:
                raise UnknownRowError(f'Two columns give the {role} of {measure.title}, "{cell}" among them. Keep one')
            found[role] = cell
        return found

    @staticmethod
    def _under(role: str, roles: Iterable[str], cells: Iterable[_Cell]) -> list[_Cell]:
        return [cell for each, cell in zip(roles, cells, strict=False) if each == role]


def heading_of(cells: Sequence[str], own: OwnRows, *, first: bool) -> Heading | None:
    """A row of a block as its heading; None where it is a row of figures. `first` is the first row that is not empty.

    A first row that names no measure heads the block, unless it has figures beside a code that is only misspelt: what
    stands below is never read by its place under a row that may name its columns. A bare year is a name, no figure.
    Further down, only what people head columns with begins another table.

    Raises FileNotReadError for a heading that names no boxes, and for a first row that may be either.
    """
    if own.names(cells[0]):
        return None
    is_headed = first or not any(own.names(cell) for cell in cells)
    has_figures = any(is_number(cell) and not _YEAR.fullmatch(cell) for cell in cells[1:])
    roles = {_GENERIC.get(plain(cell)) for cell in cells} - {None}
    if MEASURE in roles or (is_headed and not has_figures and (first or roles)):
        return read_heading(cells, own.return_)
    if first and not own.means(cells[0]):
        begins = f'"{cells[0][:60]}", which' if cells[0] else "an empty cell, which"
        raise FileNotReadError(
            f"The first row begins with {begins} is no measure of this return, so the rows below cannot be read."
            f" {_HEAD_THEM}; or {_NO_HEADING}"
        )
    return None


def is_number(cell: str) -> bool:
    """Whether the cell is a number as people write them."""
    try:
        read_number(cell)
    except NumberNotUnderstoodError:
        return False
    return True


def read_heading(cells: Sequence[str], return_: MyReturn) -> Heading:
    """A row of a block as its heading. Raises FileNotReadError where a column names no box there is."""
    heading = Heading(names=tuple(plain(cell) for cell in cells))
    labels = {plain(label_of(line.measure, box)) for line in return_.lines for box in boxes_of(line.measure)}
    for name, cell in zip(heading.names, cells, strict=True):
        if name and name not in _GENERIC and name not in labels:
            raise FileNotReadError(
                f'The block has a column "{cell[:60]}", which is none of the boxes. {_HEAD_THEM}; or {_NO_HEADING}'
            )
    if MEASURE not in heading.roles(None):
        raise FileNotReadError(
            'No column of the block is headed "Measure" or "Code", so it is not clear which row is which figure.'
        )
    return heading


def _not_a_box(measure: Measure, name: str) -> str:
    wanted = " and ".join(f'"{label_of(measure, box)}"' for box in boxes_of(measure))
    said = f'the column headed "{name}"' if name else "a column without a heading"
    return f"{measure.title} takes {wanted}, and {said} is none of these. Head the columns with those names"
