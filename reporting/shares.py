"""Shares over time, drawn on the whole scale from none to all, so that a small change looks small."""

from dataclasses import replace
from typing import Any

from reporting import charts

_WHOLE = {"domain": [0, 100], "nice": False, "zero": True}


def shares(chart: charts.Trend, *, height: int = 220) -> charts.Spec:
    """A line chart of percentages from 0 to 100."""
    spec = charts.trend(replace(chart, unit="percent"), height=height)
    spec["layer"] = [_on_the_whole_scale(layer) for layer in spec["layer"]]
    return spec


def _on_the_whole_scale(layer: dict[str, Any]) -> dict[str, Any]:
    encoding = layer.get("encoding", {})
    if "layer" in layer:
        layer = layer | {"layer": [_on_the_whole_scale(each) for each in layer["layer"]]}
    if "scale" not in encoding.get("y", {}):
        return layer
    return layer | {"encoding": encoding | {"y": encoding["y"] | {"scale": _WHOLE}}}
