"""The layers of a drawn map: outlines with a colour each, and names with an edge of the other ink."""

from typing import Any

import altair as alt

from reporting.charts.authored import INK, authored

PIXELS = 11
"""How high the letters are."""


@authored
def outlines() -> alt.Chart:
    made = alt.Chart().mark_geoshape(stroke=INK, strokeJoin="round", cursor="pointer")
    encoded: alt.Chart = made.encode(
        fill=alt.Fill("fill:N", scale=None, legend=None),
        strokeWidth=alt.StrokeWidth("width:Q", scale=None, legend=None),
        description="said:N",
        tooltip=[alt.Tooltip("name:N", title="Ward"), alt.Tooltip("words:N", title="Figure")],
    )
    return encoded


@authored
def edges() -> alt.Chart:
    """An edge round the letters, of the other ink, so that they can be read across the line of two wards."""
    return _lettered(stroke="edge:N", strokeWidth=2, strokeJoin="round")


@authored
def names() -> alt.Chart:
    return _lettered()


def _lettered(*, stroke: str = "", **mark: Any) -> alt.Chart:
    # A click goes through the letters to their ward, and a screen reader has the names from the wards.
    made = alt.Chart().mark_text(
        fontSize=PIXELS, lineBreak="\n", baseline="middle", align="center", aria=False, tooltip=None, **mark
    )
    edge = {"stroke": alt.Stroke(stroke, scale=None, legend=None)} if stroke else {}
    encoded: alt.Chart = made.encode(
        longitude="x:Q", latitude="y:Q", text="text:N", color=alt.Color("ink:N", scale=None, legend=None), **edge
    )
    return encoded
