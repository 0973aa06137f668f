"""Places side by side as dots, each with its number and the period it covers; ours stands out, none is ranked."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reporting.charts import COLOURS, INK, Spec, axis, framed
from reporting.marks import EDGE

_OTHERS = "#6F7777"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place's number as printed, and its words: the number with its unit, and the period it covers."""

    name: str
    number: Decimal
    words: str
    is_ours: bool = False
    is_council: bool = False


def dots(places: Sequence[Place], *, unit: str, width: int | str = "container") -> Spec:
    """A row a place, in the order given, at least one, with a line through our number."""
    middle = (min(each.number for each in places) + max(each.number for each in places)) / 2
    rows = [
        {
            "name": each.name,
            "number": float(each.number),
            "words": each.words,
            "kind": _kind(each),
            # Words stand on the side where there is room, so that a telephone needs no margin for them.
            "is_high": each.number > middle,
        }
        for each in places
    ]
    y = {"field": "name", "type": "nominal", "sort": None,
         "scale": {"domain": [each.name for each in places]}, "axis": {"title": None, "labelLimit": 150, "grid": True,
         "gridColor": "#E3E4E5", "domain": False, "ticks": False}}  # fmt: skip
    x = {"field": "number", "type": "quantitative", "axis": axis(unit) | {"grid": False, "tickCount": 4},
         "scale": {"zero": False, "nice": True, "padding": 12}}  # fmt: skip
    of_kind = {"type": "nominal", "field": "kind", "legend": None}
    kinds = ["ours", "wider", "council"]
    layers: list[Spec] = [
        {
            "mark": {"type": "point", "filled": True, "opacity": 1, "size": 110},
            "encoding": {
                "x": x,
                "y": y,
                "color": of_kind | {"scale": {"domain": kinds, "range": [COLOURS[0], COLOURS[1], _OTHERS]}},
                "shape": of_kind | {"scale": {"domain": kinds, "range": ["circle", "diamond", "circle"]}},
            },
        },
        *_words(rows, x, y, is_high=False),
        *_words(rows, x, y, is_high=True),
    ]
    if ours := [row for row in rows if row["kind"] == "ours"]:
        layers.insert(0, {
            "data": {"values": ours},
            "mark": {"type": "rule", "color": COLOURS[0], "strokeDash": [3, 3]},
            "encoding": {"x": {"field": "number", "type": "quantitative"}},
        })  # fmt: skip
    return framed({"data": {"values": rows}, "layer": layers}, width, 25 * max(len(rows), 1))


def _words(rows: Sequence[Spec], x: Spec, y: Spec, *, is_high: bool) -> list[Spec]:
    """Each number beside its dot, with a white edge where the line of ours passes under it."""
    at: Spec = {
        "data": {"values": [row for row in rows if row["is_high"] is is_high]},
        "encoding": {"x": x, "y": y, "text": {"field": "words"}},
    }
    words = {"type": "text", "align": "right" if is_high else "left", "dx": -10 if is_high else 10}
    return [at | {"mark": words | EDGE}, at | {"mark": words | {"color": INK}}]


def _kind(place: Place) -> str:
    return "ours" if place.is_ours else "council" if place.is_council else "wider"
