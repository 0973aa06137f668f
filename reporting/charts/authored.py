"""Charts are authored in Altair, each kind of layer once, and filled with figures on each drawing.

What Altair builds and its schema validates is kept as a plain specification for as long as the process lives. A drawing
copies what it fills and shares the rest, so it costs what a dictionary written out in place would: building the same
objects anew would cost more than the rest of a page. What is shared is never written to.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, ParamSpec, cast

import altair as alt

from reporting.documents import fonts

Spec = dict[str, Any]
Asked = ParamSpec("Asked")
INK, QUIET, BAND = "#0B0C0C", "#484949", "#E3E4E5"
# Ours first; every pair can be told apart whatever the eyes, and the names stand beside the lines.
COLOURS = ("#12436D", "#F46A25", "#801650", "#28A197", "#3D3D3D")
PALE = "#8EB8DC"
# What held once and does not any more: paler than anything that does, and still to be seen on white.
FORMER = "#868B90"
# A white edge behind words, so that no line under them makes them hard to read.
EDGE: Spec = {"color": "#FFFFFF", "stroke": "#FFFFFF", "strokeWidth": 4, "strokeJoin": "round", "aria": False}
# Stands in a template where each drawing says what is there.
FILLED = ["…"]
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def authored(author: Callable[Asked, alt.Chart | alt.LayerChart]) -> Callable[Asked, Spec]:
    """Build and validate once in a process for each set of arguments, which must be few: a colour, never a name."""

    @cache
    def built(*args: Any, **kwargs: Any) -> Spec:
        # As a part of a chart: neither a theme nor figures come with it.
        spec: Spec = author(*args, **kwargs).to_dict(validate=True, context={"top_level": False})
        return {name: part for name, part in spec.items() if name not in {"data", "layer"}}

    return cast(Callable[Asked, Spec], built)


def filled(
    layer: Spec, rows: list[Spec] | None = None, *, mark: Spec | None = None, **channels: Spec | list[Spec]
) -> Spec:
    """The layer with its figures, and with what this drawing says of its mark and channels. Without rows it takes
    those of the whole chart."""
    spec = layer.copy()
    if rows is not None:
        spec["data"] = {"values": rows}
    if mark:
        spec["mark"] = layer["mark"] | mark
    if channels:
        encoding = spec["encoding"] = layer["encoding"].copy()
        for name, change in channels.items():
            encoding[name] = change if change.__class__ is list else _over(encoding[name], change)
    return spec


def framed(
    layers: list[Spec],
    width: int | str,
    height: int,
    *,
    rows: list[Spec] | None = None,
    title: str = "",
    subtitle: str = "",
) -> Spec:
    """The layers as a chart, with the letters and colours that all charts share. `rows` are for every layer."""
    spec = whole(_frame(), layers, rows=rows) | {"width": width, "height": height}
    if title:
        spec["title"] = {"text": title, "subtitle": subtitle} if subtitle else {"text": title}
    return spec


def whole(frame: Spec, layers: list[Spec], *, rows: list[Spec] | None = None) -> Spec:
    """A chart in a frame of its own. Any Vega-Lite of the major version draws it, in the browser and in files."""
    figures = {} if rows is None else {"data": {"values": rows}}
    return {"$schema": _SCHEMA} | frame | figures | {"layer": layers}


def over(places: list[str]) -> Spec:
    """What a channel is filled with to have these places, in this order."""
    return {"scale": {"domain": places}}


@authored
def _frame() -> alt.LayerChart:
    made: alt.LayerChart = (
        alt.layer()
        .properties(
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
            padding={"left": 5, "top": 5, "bottom": 5, "right": 5},
            background="#FFFFFF",
        )
        .configure(font=fonts.FAMILY)
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=13, labelColor=INK, domainColor=QUIET, tickColor=QUIET)
        .configure_text(fontSize=13)
        .configure_title(anchor="start", fontSize=18, subtitleFontSize=13, subtitleColor=QUIET, offset=14)
    )
    return made


def _over(channel: Spec, change: Any) -> Spec:
    """The channel with what is said anew; of an axis or a scale all else stays."""
    changed = channel.copy()
    for name, part in change.items():
        old = channel.get(name)
        changed[name] = old | part if old.__class__ is dict else part
    return changed
