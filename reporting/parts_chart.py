"""The parts of a change as bars from a middle line, those that add to it on one side and those that take away."""

from collections.abc import Sequence
from decimal import Decimal

from reporting.charts import INK, Spec, axis, framed


def parts_chart(parts: Sequence[tuple[str, Decimal, str]], *, unit: str) -> Spec:
    """A bar for each part: its name, its amount, and its words beside it. The last one, the rest, is pale."""
    # To the right of every bar: to the left, on a telephone, the words would stand on the names.
    rows = [
        {"name": name, "number": float(amount), "beside": max(0.0, float(amount)), "words": words,
         "rest": place == len(parts) - 1}
        for place, (name, amount, words) in enumerate(parts)
    ]  # fmt: skip
    y = {"field": "name", "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 190}}
    x = {"field": "number", "type": "quantitative", "axis": axis(unit) | {"tickCount": 4},
         "scale": {"zero": True, "nice": True}}  # fmt: skip
    colour = {"condition": {"test": "datum.rest", "value": "#D8D8D8"}, "value": "#12436D"}
    words = {"type": "text", "align": "left", "dx": 5, "color": INK}
    layers: list[Spec] = [
        {"mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.5}, "encoding": {"x": x, "y": y, "color": colour}},
        {"mark": words, "encoding": {"x": x | {"field": "beside"}, "y": y, "text": {"field": "words"}}},
    ]
    return framed({"data": {"values": rows}, "layer": layers}, "container", 30 * max(len(rows), 1))
