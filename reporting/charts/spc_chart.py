"""An XmR chart: figures with the mean and process limits of their stretch, and points that are signals marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt

from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.reckoning.spc import PointType, Process, ProcessPoint
from reporting.charts.authored import COLOURS, INK, QUIET, Spec, authored, filled, framed, over
from reporting.charts.axes import PERIODS, Upright, numbers, sign_of
from reporting.charts.marks import Mark, mark_layers

USUAL = "#6F7777"
BETTER, WORSE, NEITHER = COLOURS[:3]
# Colour never speaks alone: each kind of point has a shape of its own.
_MARKS = {
    PointType.COMMON_CAUSE: (USUAL, "circle", 45),
    PointType.IMPROVEMENT: (BETTER, "diamond", 130),
    PointType.CONCERN: (WORSE, "square", 110),
    PointType.NEUTRAL_HIGH: (NEITHER, "triangle-up", 120),
    PointType.NEUTRAL_LOW: (NEITHER, "triangle-down", 120),
}
SHAPES = {
    PointType.COMMON_CAUSE: "● grey",
    PointType.IMPROVEMENT: "◆ blue",
    PointType.CONCERN: "■ orange",
    PointType.NEUTRAL_HIGH: "▲ dark pink",
    PointType.NEUTRAL_LOW: "▼ dark pink",
}


@dataclass(frozen=True, kw_only=True)
class ProcessChart:
    """What an XmR chart shows. `starts` are the days from which limits are worked out anew, each with its words."""

    measure: Measure
    process: Process
    periods: tuple[Period, ...]
    starts: tuple[Mark, ...] = ()
    target: Decimal | None = None


def spc(chart: ProcessChart, *, width: int | str = "container", height: int = 320) -> Spec:
    """The chart; a gap in the figures is a gap in the line, and limits stop where a stretch does."""
    x, y = over([each.short for each in chart.periods]), Upright(sign_of(chart.measure.unit))
    shown = set(chart.periods)
    rows = [_row(point, chart) for point in chart.process.points if point.period in shown]
    _number_runs(rows, chart.periods)
    layers = [
        *_limits(rows, x, y),
        *mark_layers(chart.starts, chart.periods, {each: each.short for each in chart.periods}, x),
        filled(_line(y), rows, x=x),
        *_points(rows, x, y),
        *_target(chart, x, y),
    ]
    return framed(layers, width, height)


def is_clipped(chart: ProcessChart) -> bool:
    """Whether the drawing cuts a limit off where the measure cannot be."""
    shown = [point.limits for point in chart.process.points if point.limits and point.period in set(chart.periods)]
    return any(each.is_clipped(chart.measure) for each in shown)


def _row(point: ProcessPoint, chart: ProcessChart) -> Spec:
    limits = point.limits
    drawn = limits.drawn(chart.measure) if limits else None
    row: Spec = {
        "period": point.period.short,
        "number": float(point.value),
        "words": chart.measure.print_value(point.value),
        "kind": point.kind.value if point.kind else "unjudged",
        "said": point.kind.in_words if point.kind else "too few points to judge",
        "stretch": repr(limits),
    }
    if limits:
        row["mean"] = float(limits.mean)
    if drawn:
        row |= {"lower": float(drawn[0]), "upper": float(drawn[1])}
    return row


def _number_runs(rows: list[Spec], periods: Sequence[Period]) -> None:
    """Only neighbours of one stretch are joined."""
    places = {period.short: place for place, period in enumerate(periods)}
    run, before = 0, None
    for row in rows:
        joined = (
            before and places[row["period"]] == places[before["period"]] + 1 and row["stretch"] == before["stretch"]
        )
        run += not joined
        row["run"] = run
        before = row
    for row in rows:
        del row["stretch"]


def _limits(rows: list[Spec], x: Spec, y: Upright) -> list[Spec]:
    known = {field: [row for row in rows if field in row] for field in ("mean", "lower", "upper")}
    return [filled(_limit(y, field), given, x=x) for field, given in known.items() if given]


def _points(rows: list[Spec], x: Spec, y: Upright) -> list[Spec]:
    layers = []
    for kind in (None, *_MARKS):
        known = [row for row in rows if row["kind"] == (kind.value if kind else "unjudged")]
        if known:
            layers.append(filled(_kind(y, kind), known, x=x))
    return layers


def _target(chart: ProcessChart, x: Spec, y: Upright) -> list[Spec]:
    if chart.target is None:
        return []
    rows: list[Spec] = [{"period": chart.periods[-1].short, "number": float(chart.target)}]
    # On the side of the line where the newest figure is not.
    side = -10 if chart.process.latest.value < chart.target else 13
    words = {"dy": side, "text": f"Target {chart.measure.print_target(chart.target)}"}
    return [filled(_target_line(y), rows), filled(_target_name(y), rows, mark=words, x=x)]


@authored
def _limit(upright: Upright, field: str) -> alt.Chart:
    """Steps of a whole band, so that the mean reaches as far as the period it is for; limits as dashes of it."""
    width = alt.RelativeBandSize(band=1 if field == "mean" else 0.6)
    made = alt.Chart().mark_tick(color=QUIET, thickness=1.5, bandSize=0, width=width)
    return made.encode(x=PERIODS, y=numbers(upright, field))


@authored
def _line(upright: Upright) -> alt.Chart:
    made = alt.Chart().mark_line(color=USUAL, strokeWidth=1.5)
    return made.encode(x=PERIODS, y=numbers(upright), detail="run:N")


@authored
def _kind(upright: Upright, kind: PointType | None) -> alt.Chart:
    colour, shape, size = _MARKS[kind] if kind else (USUAL, "circle", 30)
    said = [alt.Tooltip(f"{field}:N", title=title)
            for field, title in (("period", "Period"), ("words", "Figure"), ("said", "What it is"))]  # fmt: skip
    made = alt.Chart().mark_point(shape=shape, size=size, color=colour, filled=True, opacity=1)
    return made.encode(x=PERIODS, y=numbers(upright), tooltip=said)


@authored
def _target_line(upright: Upright) -> alt.Chart:
    return alt.Chart().mark_rule(color=INK, strokeDash=[8, 4], strokeWidth=1.5).encode(y=numbers(upright))


@authored
def _target_name(upright: Upright) -> alt.Chart:
    return alt.Chart().mark_text(align="right", color=INK).encode(x=PERIODS, y=numbers(upright))
