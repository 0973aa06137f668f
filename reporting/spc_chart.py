"""An XmR chart: figures with the mean and process limits of their stretch, and points that are signals marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from performance.measures import Measure
from performance.periods import Period
from performance.spc import PointType, Process, ProcessPoint
from reporting.charts import INK, QUIET, Spec, axis, framed
from reporting.marks import Mark, mark_layers

USUAL, BETTER, WORSE, NEITHER = "#6F7777", "#12436D", "#F46A25", "#801650"
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
    x = {
        "field": "period",
        "type": "ordinal",
        "scale": {"domain": [each.short for each in chart.periods], "type": "band", "padding": 0},
        "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 12},
        "sort": None,
    }
    y = {
        "type": "quantitative",
        "axis": axis(chart.measure.unit),
        "scale": {"zero": False, "nice": True, "padding": 14},
    }
    shown = set(chart.periods)
    rows = [_row(point, chart) for point in chart.process.points if point.period in shown]
    _number_runs(rows, chart.periods)
    layers = [
        *(_limit(rows, field, x, y) for field in ("mean", "lower", "upper")),
        *mark_layers(chart.starts, chart.periods, {each: each.short for each in chart.periods}, x),
        _line(rows, x, y),
        *_points(rows, x, y),
        *_target(chart, x, y),
    ]
    return framed({"layer": [layer for layer in layers if layer]}, width, height)


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


def _limit(rows: list[Spec], field: str, x: Spec, y: Spec) -> Spec | None:
    known = [row for row in rows if field in row]
    if not known:
        return None
    dash = [] if field == "mean" else [6, 4]
    # Steps of a whole band, so that a limit reaches as far as the period it is for.
    mark = {"type": "tick", "color": QUIET, "thickness": 1.5, "bandSize": 0, "width": {"band": 1}}
    if dash:
        mark |= {"width": {"band": 0.6}}
    return {"data": {"values": known}, "mark": mark, "encoding": {"x": x, "y": y | {"field": field}}}


def _line(rows: list[Spec], x: Spec, y: Spec) -> Spec:
    mark = {"type": "line", "color": USUAL, "strokeWidth": 1.5}
    encoding = {"x": x, "y": y | {"field": "number"}, "detail": {"field": "run"}}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def _points(rows: list[Spec], x: Spec, y: Spec) -> list[Spec]:
    layers = []
    for kind in (None, *_MARKS):
        known = [row for row in rows if row["kind"] == (kind.value if kind else "unjudged")]
        if not known:
            continue
        colour, shape, size = _MARKS[kind] if kind else (USUAL, "circle", 30)
        mark = {"type": "point", "shape": shape, "size": size, "color": colour, "filled": True, "opacity": 1}
        tooltip = [{"field": name, "title": title} for name, title in
                   (("period", "Period"), ("words", "Figure"), ("said", "What it is"))]  # fmt: skip
        encoding = {"x": x, "y": y | {"field": "number"}, "tooltip": tooltip}
        layers.append({"data": {"values": known}, "mark": mark, "encoding": encoding})
    return layers


def _target(chart: ProcessChart, x: Spec, y: Spec) -> list[Spec]:
    if chart.target is None:
        return []
    at = {"data": {"values": [{"period": chart.periods[-1].short, "number": float(chart.target)}]}}
    words = f"Target {chart.measure.print_target(chart.target)}"
    rule = {"type": "rule", "color": INK, "strokeDash": [8, 4], "strokeWidth": 1.5}
    # On the side of the line where the newest figure is not.
    side = -10 if chart.process.latest.value < chart.target else 13
    text = {"type": "text", "align": "right", "dy": side, "color": INK, "text": words}
    return [
        at | {"mark": rule, "encoding": {"y": y | {"field": "number"}}},
        at | {"mark": text, "encoding": {"x": x, "y": y | {"field": "number"}}},
    ]
