"""How sheets of a workbook are laid out, so that they can be read in any program that opens them, and be printed."""

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_A4 = 9  # as a workbook numbers sheets of paper
_LINE = 15  # points, of a workbook's own letters
_HIGHEST = 409  # points, that a row can be
_WIDER = 1.15  # than a column says in digits, are words in the widest letters that a program puts in their place


def height_of(cells: Iterable[tuple[str, float]], *, scale: float = 1.0) -> float:
    """Points that a row needs for its texts, each with the width of its column in digits; `scale` is how much larger
    its letters are than usual.

    Not every program works it out when it opens a file: LibreOffice takes a row without a height for a line high.
    """
    return min(_HIGHEST, scale * _LINE * max((_lines(text, width / scale) for text, width in cells), default=1))


def _lines(text: str, width: float) -> int:
    most = max(1, int(width / _WIDER))
    if len(text) <= most and "\n" not in text:
        return 1
    return sum(len(textwrap.wrap(part, most)) or 1 for part in text.split("\n"))


def fit(sheet: "Worksheet") -> None:
    """Printed, it is as wide as a page, and as many pages long as it takes."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
