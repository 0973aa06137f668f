"""How the cells of a workbook look, each look made once: ours, or those of a template that was restyled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from reporting.tables.sheets import fit, height_of

# It comes when a workbook is written: a page that only draws a table does not wait for it.
if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

INK, BLUE, GREY = "#0B0C0C", "#12436D", "#3D3D3D"
_TEXT = {"num_format": "@", "font_color": INK, "text_wrap": True, "valign": "top"}
OURS: Mapping[str, Mapping[str, Any]] = {
    "Title": {"bold": True, "font_size": 16, "font_color": INK},
    "Heading": {"bold": True, "bg_color": BLUE, "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"},
    "Text": _TEXT,
    "Term": {"num_format": "@", "bold": True, "font_color": INK, "text_wrap": True, "valign": "top"},
    "Number": {"valign": "top", "align": "right", "font_color": INK},
    "Red": {**_TEXT, "bold": True, "bg_color": "#8F2413", "font_color": "#FFFFFF"},
    "Amber": {**_TEXT, "bold": True, "bg_color": "#FFBF1F"},
    "Green": {**_TEXT, "bold": True, "bg_color": "#0F7C86", "font_color": "#FFFFFF"},
}
"""Each look by its name, in the properties of XlsxWriter."""


_MOST_DIGITS, _USUAL = 15, 11  # points, of letters


def holds(number: Decimal) -> bool:
    """Whether a workbook, which knows doubles alone, gives every digit of the number back."""
    return len(number.as_tuple().digits) <= _MOST_DIGITS


@dataclass(frozen=True, kw_only=True)
class Restyled:
    """What a template says: looks in place of ours, and the words above and below each printed page."""

    looks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    header: str = ""
    footer: str = "&RPage &P of &N"


class Looks:
    """The formats of one workbook."""

    def __init__(self, book: "Workbook", restyled: Restyled | None = None) -> None:
        self.restyled = restyled or Restyled()
        self._book = book
        self._scale = max(float(self._asked(name).get("font_size", _USUAL)) for name in ("Text", "Term")) / _USUAL
        self._made: dict[tuple[str, str], Format] = {}
        self.title, self.heading, self.text, self.term = map(self.named, ("Title", "Heading", "Text", "Term"))

    def named(self, name: str) -> "Format":
        return self._look(name, "")

    def number(self, form: str) -> "Format":
        """Of numbers in a number format."""
        return self._look("Number", form)

    def status(self, rag: str) -> "Format":
        """Of a cell that says the status `rag`; of a text, for one that is no colour."""
        return self.named(rag.capitalize() if rag.capitalize() in OURS else "Text")

    def on_paper(self, sheet: "Worksheet", *, is_wide: bool = True) -> None:
        """A4 pages as wide as the sheet, with what stands above and below each of them."""
        fit(sheet)
        if not is_wide:
            sheet.set_portrait()
        sheet.set_header(self.restyled.header)
        sheet.set_footer(self.restyled.footer)

    def height_of(self, cells: Iterable[tuple[str, float]]) -> float:
        """Points that a row needs for its texts, each with the width of its column in digits."""
        return height_of(cells, scale=self._scale)

    def _look(self, name: str, form: str) -> "Format":
        if (name, form) not in self._made:
            asked = {**self._asked(name), **({"num_format": form} if form else {})}
            self._made[name, form] = self._book.add_format(asked)
        return self._made[name, form]

    def _asked(self, name: str) -> Mapping[str, Any]:
        return self.restyled.looks.get(name, OURS[name])
