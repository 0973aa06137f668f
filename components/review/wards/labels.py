"""The names of wards on their map, each where it fits: within its ward's width, and clear of every other name."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asinh, atan, degrees, radians, sinh, tan
from typing import Any

from reporting.charts.maps import layers

PIXELS = layers.PIXELS
# How wide a letter and how high a line is, on the safe side, and how far a name may reach over its ward's edge.
_LETTER, _LINE = 0.56 * PIXELS, 1.2 * PIXELS
_OVER = 1.15

# An edge is the name itself, a pixel off to every side, below its letters.
STROKES = (*((x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y), (0, 0))
_DARK, _LIGHT = (11, 12, 12), (255, 255, 255)

Point = Sequence[float]
Colour = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True)
class WardName:
    """A ward's name in its lines, and where its middle stands."""

    code: str
    text: str
    position: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class _Box:
    """On the screen, in pixels."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "_Box") -> bool:
        across, down = abs(self.x - other.x) * 2, abs(self.y - other.y) * 2
        return across < self.width + other.width and down < self.height + other.height


def that_fit(geometries: Mapping[str, Mapping[str, Any]], names: Mapping[str, str], *, zoom: float) -> list[WardName]:
    """The names that can be read at this zoom; a larger ward is asked before a smaller."""
    scale = pixels_a_degree(zoom)
    shapes = {code: on_screen(_largest(geometries[code]), scale) for code in names if code in geometries}
    found: list[WardName] = []
    taken: list[_Box] = []
    for code in sorted(shapes, key=lambda each: (-_turn(shapes[each]), each)):
        shape = shapes[code]
        lines = _lines(names[code], _extent(shape, 0))
        x, y = _middle(shape)
        box = _Box(x=x, y=y, width=max(map(len, lines), default=0) * _LETTER, height=len(lines) * _LINE)
        is_free = not any(box.meets(other) for other in taken)
        if lines and box.height <= _extent(shape, 1) * _OVER and is_free:
            taken.append(box)
            found.append(WardName(code=code, text="\n".join(lines), position=_on_earth(x, y, scale)))
    return found


def pixels_a_degree(zoom: float) -> float:
    """At zoom 0 the world is 512 pixels wide."""
    return 512 * 2**zoom / 360


def inks(ground: Colour) -> tuple[Colour, Colour]:
    """The colours of the letters on a ground and of their edge: dark and light, or the other way on a dark ground."""
    on_light = _contrast(ground, _DARK) >= _contrast(ground, _LIGHT)
    return (_DARK, _LIGHT) if on_light else (_LIGHT, _DARK)


def _contrast(one: Colour, other: Colour) -> float:
    """As WCAG reckons it, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lines(name: str, pixels: float) -> list[str]:
    """The name in lines as wide as its ward; empty where a word of it is wider."""
    letters = int(pixels * _OVER / _LETTER)
    lines = textwrap.wrap(name, width=max(letters, 1), break_long_words=False)
    return lines if all(len(line) <= letters for line in lines) else []


def _largest(geometry: Mapping[str, Any]) -> Sequence[Point]:
    """The outer ring of the largest part: a name is not written into the sea between two."""
    parts = geometry["coordinates"]
    polygons = [parts] if geometry["type"] == "Polygon" else parts
    return max((polygon[0] for polygon in polygons), key=_turn)


def on_screen(ring: Sequence[Point], scale: float) -> list[Point]:
    """As the map draws it (Mercator), in pixels."""
    return [(x * scale, degrees(asinh(tan(radians(y)))) * scale) for x, y in ring]


def _on_earth(x: float, y: float, scale: float) -> tuple[float, float]:
    return round(x / scale, 6), round(degrees(atan(sinh(radians(y / scale)))), 6)


def _turn(ring: Sequence[Point]) -> float:
    """Twice the ring's area."""
    return abs(sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in pairwise(ring)))


def _middle(ring: Sequence[Point]) -> tuple[float, float]:
    """The middle of its area, which for a crooked ward is nearer its bulk than the middle of its edges."""
    left, bottom = ring[0]  # reckoned from a corner: products of numbers far from 0 lose their last digits
    moved = [(x - left, y - bottom) for x, y in ring]
    parts = [(x1 * y2 - x2 * y1, x1 + x2, y1 + y2) for (x1, y1), (x2, y2) in pairwise(moved)]
    area = sum(turn for turn, _, _ in parts) * 3
    return left + sum(turn * x for turn, x, _ in parts) / area, bottom + sum(turn * y for turn, _, y in parts) / area


def _extent(ring: Sequence[Point], axis: int) -> float:
    along = [point[axis] for point in ring]
    return max(along) - min(along)
