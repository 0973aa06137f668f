"""How a cell of a workbook that somebody made looks, in the properties of the library that writes ours."""

import colorsys
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from openpyxl import Workbook as OpenBook
    from openpyxl.cell import Cell
    from openpyxl.styles.colors import Color

# In the order in which a theme numbers its colours: light and dark change places against how it lists them.
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
_BORDERS = {"thin": 1, "medium": 2, "dashed": 3, "dotted": 4, "thick": 5, "double": 6, "hair": 7}
_SIDES = ("left", "right", "top", "bottom")


def properties(cell: "Cell", theme: tuple[str, ...]) -> dict[str, Any]:
    """How a cell looks, in the properties of XlsxWriter."""
    font, fill, stands = cell.font, cell.fill, cell.alignment
    found: dict[str, Any] = {
        "font_name": font.name, "font_size": font.sz, "bold": font.b, "italic": font.i,
        "underline": 1 if font.u else None, "font_color": _colour(font.color, theme),
        "bg_color": _colour(fill.fgColor, theme) if fill.patternType == "solid" else None,
        "align": stands.horizontal, "valign": {"center": "vcenter"}.get(stands.vertical, stands.vertical),
        "text_wrap": stands.wrapText, "indent": int(stands.indent or 0),
    }  # fmt: skip
    for side in _SIDES:
        line = getattr(cell.border, side)
        if line is not None and line.style:
            found |= {side: _BORDERS.get(line.style, 1), f"{side}_color": _colour(line.color, theme)}
    return {name: value for name, value in found.items() if value}


def theme_of(book: "OpenBook") -> tuple[str, ...]:
    """The colours of the theme, by their numbers."""
    if not book.loaded_theme:
        return ()
    root = etree.fromstring(book.loaded_theme, etree.XMLParser(resolve_entities=False, no_network=True))
    names = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    found = []
    for name in _THEME:
        (colour,) = root.xpath(f".//a:clrScheme/a:{name}/*", namespaces=names)[:1] or (None,)
        found.append("" if colour is None else colour.get("lastClr") or colour.get("val") or "")
    return tuple(found)


def _colour(colour: "Color | None", theme: tuple[str, ...]) -> str | None:
    """ "#12436D": as it is written, by its number in the theme with its tint, or of the old palette."""
    from openpyxl.styles.colors import COLOR_INDEX

    if colour is None:
        return None
    if colour.type == "theme" and colour.theme < len(theme):
        return _tinted(theme[colour.theme], colour.tint or 0)
    if colour.type == "indexed" and colour.indexed < len(COLOR_INDEX):
        return f"#{COLOR_INDEX[colour.indexed][-6:]}"
    return f"#{colour.rgb[-6:]}" if colour.type == "rgb" and isinstance(colour.rgb, str) else None


def _tinted(colour: str, tint: float) -> str | None:
    """Lighter for a tint above nought, darker below it (Office Open XML, ISO/IEC 29500-1, 18.8.19)."""
    if len(colour) != 6:
        return None
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "#" + "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, min(light, 1), full))
