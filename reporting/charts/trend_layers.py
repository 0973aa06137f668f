"""The layers of a chart over time: lines, bars, targets, tolerance, milestones and names."""

from typing import Literal

import altair as alt

from reporting.charts.authored import BAND, COLOURS, EDGE, INK, Spec, authored
from reporting.charts.axes import PERIODS, Upright, numbers


@authored
def line(upright: Upright, colour: str, width: int) -> alt.Chart:
    """Joined within each run."""
    made = alt.Chart().mark_line(color=colour, strokeWidth=width)
    return made.encode(x=PERIODS, y=numbers(upright), detail="run:N")


@authored
def points(upright: Upright, colour: str, size: int) -> alt.Chart:
    """A dot a figure, which says what it is."""
    made = alt.Chart().mark_point(filled=True, color=colour, size=size, opacity=1)
    said = [alt.Tooltip("period:N", title="Period"), alt.Tooltip("words:N")]
    return made.encode(x=PERIODS, y=numbers(upright), tooltip=said)


def named(layer: Spec, name: str) -> list[Spec]:
    """What a dot says, its figure under the name of the line."""
    period, figure = layer["encoding"]["tooltip"]
    return [period, figure | {"title": name}]


@authored
def samples(upright: Upright, colour: str) -> alt.Chart:
    """The colour of a line, beside its name."""
    made = alt.Chart().mark_point(shape="square", filled=True, opacity=1, size=60, color=colour, xOffset=14)
    return made.encode(x=PERIODS, y=numbers(upright))


@authored
def names(upright: Upright, widest: int, weight: Literal["bold", "normal"]) -> alt.Chart:
    """The name of a line to the right of its end."""
    made = alt.Chart().mark_text(align="left", color=INK, limit=widest, fontWeight=weight, dx=22)
    return made.encode(x=PERIODS, y=numbers(upright))


@authored
def bars(upright: Upright) -> alt.Chart:
    """A bar a figure."""
    return alt.Chart().mark_bar(color=COLOURS[0]).encode(x=PERIODS, y=numbers(upright))


@authored
def bar_numbers(upright: Upright, is_edge: bool) -> alt.Chart:
    """The number above each bar; or the white edge behind it."""
    made = alt.Chart().mark_text(dy=-8, **(EDGE if is_edge else {"color": INK}))
    return made.encode(x=PERIODS, y=numbers(upright), text="words:N")


@authored
def tolerance(upright: Upright) -> alt.Chart:
    """What is still amber. The outline closes the seams between one period's band and the next."""
    made = alt.Chart().mark_bar(color=BAND, stroke=BAND, strokeWidth=1, width=alt.RelativeBandSize(band=1))
    return made.encode(x=PERIODS, y=numbers(upright, "from"), y2="to")


@authored
def targets(upright: Upright) -> alt.Chart:
    """Steps as wide as their periods."""
    made = alt.Chart().mark_tick(color=INK, thickness=2, bandSize=0, width=alt.RelativeBandSize(band=1))
    return made.encode(x=PERIODS, y=numbers(upright))


@authored
def target_names(upright: Upright, is_edge: bool) -> alt.Chart:
    """The newest target in words, over the lines; or the white edge behind the words."""
    made = alt.Chart().mark_text(align="right", **(EDGE if is_edge else {"color": INK}))
    return made.encode(x=PERIODS, y=numbers(upright))


@authored
def milestones(upright: Upright) -> alt.Chart:
    """Points that a recovery plan should reach."""
    made = alt.Chart().mark_point(shape="diamond", size=110, color=INK, filled=False, strokeWidth=2)
    return made.encode(x=PERIODS, y=numbers(upright), tooltip=["period:N", "words:N"])
