"""The letters of charts and PDF pages: one family that comes with the app, so that every machine draws the same.

What is laid out is measured with the very letters that are drawn, and a chart as SVG carries those it uses.
"""

import base64
import re
from functools import cache, lru_cache
from html import unescape
from io import BytesIO
from pathlib import Path

import font_source_sans_pro
from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER = Path(font_source_sans_pro.__file__).parent / "files"
NAME = "Source Sans Pro"
# On a page the browser has the same letters by Streamlit's name for them. Names stand in quotes: one that is no CSS
# name as it is ("Source Sans 3") makes the whole list none, and then nothing is drawn at all.
FAMILY = f'"Source Sans", "{NAME}", sans-serif'
_WEIGHTS = {400: "Regular", 700: "Bold"}
_TEXT = re.compile(r">([^<]+)<")


def width(text: str, *, size: float, bold: bool = False) -> float:
    """How wide the text is drawn, in pixels at a size in pixels. A sign that the family lacks is as wide as an em."""
    advances, em = _advances(700 if bold else 400)
    return sum(advances.get(ord(sign), em) for sign in text) * size / em


def wrap(text: str, pixels: float, *, size: float, bold: bool = False) -> list[str]:
    """The text in lines of at most so many pixels, broken at spaces; a word that is wider has a line of its own."""
    advances, em = _advances(700 if bold else 400)
    lines: list[str] = []
    taken, blank = 0, advances.get(ord(" "), em)
    for word in text.split():
        needed = sum(advances.get(ord(sign), em) for sign in word)
        if lines and (taken + blank + needed) * size / em <= pixels:
            lines[-1] += f" {word}"
            taken += blank + needed
        else:
            lines.append(word)
            taken = needed
    return lines


def embedded(svg: str) -> str:
    """The picture with the letters it uses inside it, so that it looks the same where they are not installed."""
    letters = "".join(sorted(set(unescape("".join(_TEXT.findall(svg))))))
    faces = "".join(
        f'@font-face{{font-family:"{NAME}";font-weight:{weight};'
        f"src:url(data:font/woff;base64,{_subset(letters, weight)}) format('woff')}}"
        for weight in _WEIGHTS
    )
    head, _, body = svg.partition(">")
    return f"{head}><style>{faces}</style>{body}"


@cache
def _advances(weight: int) -> tuple[dict[int, int], int]:
    """The width of each sign in units of the font, and how many of them an em has."""
    font = _open(weight)
    widths = font["hmtx"].metrics
    return {sign: widths[glyph][0] for sign, glyph in font.getBestCmap().items()}, font["head"].unitsPerEm


def cut(letters: str, weight: int, *, flavor: str | None = None) -> bytes:
    """The face with these letters alone, as TrueType or in another `flavor` of it."""
    options = subset.Options()
    options.flavor, options.layout_features = flavor, ["kern"]
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    font = _open(weight)
    cutter.subset(font)
    out = BytesIO()
    font.flavor = flavor
    font.save(out)
    return out.getvalue()


@lru_cache(maxsize=64)
def _subset(letters: str, weight: int) -> str:
    return base64.b64encode(cut(letters, weight, flavor="woff")).decode()


def _open(weight: int) -> TTFont:
    # A face that is cut says when it was drawn and not when it was cut: a file built again is the same.
    return TTFont(FOLDER / f"SourceSansPro-{_WEIGHTS[weight]}.ttf", recalcTimestamp=False)
