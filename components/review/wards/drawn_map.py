"""The map of the wards as a drawing: for browsers without WebGL, for paper, and for whoever likes it better.

Outlines go out in flat Mercator pixels and not in degrees: on a globe the order of an outline's corners would say which
side of it is the ward, and sources differ in that.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from components.review.wards import labels
from components.review.wards.classes import Colouring, fill
from cycle.ground.series.warding import WardFigure, WardMap
from reporting.charts.authored import Spec, filled, framed
from reporting.charts.maps import layers

CLICKED = "clicked"
_THICK, _THIN = 3, 0.75
_HEIGHT = 360


def drawing(found: WardMap, words: Mapping[str, str], *, chosen: str, by: Colouring, zoom: float) -> Spec:
    """Every ward with an outline, the chosen one last and with a thick edge, and the names that fit.

    `words` say what each ward's figure is, as printed: nothing else of a figure is sent.
    """
    scale = labels.pixels_a_degree(zoom)
    wards = {ward.area.code: ward for ward in found.wards if ward.area.code in found.geometries}
    ordered = sorted(wards.values(), key=lambda ward: ward.area.code == chosen)
    shapes = [_shape(ward, found, words[ward.area.code], ward.area.code == chosen, by, scale) for ward in ordered]
    names = [
        {"text": name.text, "x": x, "y": -y, "ink": _hex(ink), "edge": _hex(edge)}
        for name in labels.that_fit(found.geometries, {each: ward.area.name for each, ward in wards.items()}, zoom=zoom)
        for ink, edge in [labels.inks(fill(wards[name.code], found, by))]
        for x, y in labels.on_screen([name.position], scale)
    ]
    clicked = {"name": CLICKED, "select": {"type": "point", "fields": ["code"], "toggle": False}}
    drawn = [
        filled(layers.outlines(), shapes) | {"params": [clicked]},
        filled(layers.edges(), names),
        filled(layers.names(), names),
    ]
    return framed(drawn, "container", _HEIGHT) | {"projection": {"type": "identity"}}


def _shape(ward: WardFigure, found: WardMap, words: str, is_chosen: bool, by: Colouring, scale: float) -> Spec:
    said = f"{ward.area.name}: {words}"
    return {
        "type": "Feature",
        "geometry": _flat(found.geometries[ward.area.code], scale),
        "code": ward.area.code,
        "name": ward.area.name,
        "words": words,
        "said": f"{said}, chosen" if is_chosen else said,
        "fill": _hex(fill(ward, found, by)),
        "width": _THICK if is_chosen else _THIN,
    }


def _flat(geometry: Mapping[str, Any], scale: float) -> Spec:
    def ring(points: Sequence[Sequence[float]]) -> list[list[float]]:
        return [[round(x, 2), round(-y, 2)] for x, y in labels.on_screen(points, scale)]

    parts = geometry["coordinates"]
    polygons = [parts] if geometry["type"] == "Polygon" else parts
    return {"type": "MultiPolygon", "coordinates": [[ring(each) for each in polygon] for polygon in polygons]}


def _hex(colour: tuple[int, int, int]) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)
