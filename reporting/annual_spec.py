"""How the annual-report chart is drawn: one Vega-Lite specification for the screen, the files and the Word page."""

from decimal import Decimal
from typing import Any

from performance.values import Absence, rounded
from reporting import fonts
from reporting.annual import ChartKind, ChartPage
from reporting.charts import COLOURS, INK, QUIET
from reporting.marks import EDGE

_WIDTH, _HEIGHT, _LINE, _NAME_WIDTH = 620, 300, 17, 170
_NUMBER = "format(datum.value, ',')"
_AXIS = {"percent": f"{_NUMBER} + '%'", "pounds": f"'£' + {_NUMBER}"}


def spec(page: ChartPage, *, bare: bool = False) -> dict[str, Any]:
    """The chart as a Vega-Lite specification. Bare, it leaves headline and notes to the text around it."""
    drawn: dict[str, Any] = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": _WIDTH,
        "height": _HEIGHT,
        "background": "#FFFFFF",
        "padding": 16,
        "description": page.alt,
        "data": {"values": _values(page)},
        "layer": _lines(page) if page.kind is ChartKind.LINE else _bars(page),
        "config": _CONFIG,
    }
    if not bare:
        drawn["title"] = {
            "text": fonts.wrap(page.headline, _WIDTH, size=20, bold=True) or [""],
            "subtitle": fonts.wrap(page.subtitle, _WIDTH, size=13),
        }
    notes = [] if bare else [line for note in page.notes for line in fonts.wrap(note, _WIDTH, size=11)]
    for layer in drawn["layer"]:
        layer["encoding"]["x"]["axis"]["title"] = notes or None
    return drawn


_CONFIG: dict[str, Any] = {
    "font": fonts.FAMILY,
    "view": {"stroke": None},
    "title": {
        "anchor": "start", "frame": "group", "color": INK, "fontSize": 20, "fontWeight": "bold",
        "subtitleColor": QUIET, "subtitleFontSize": 13, "subtitlePadding": 6, "offset": 18,
    },
    "axis": {
        "labelColor": INK, "labelFontSize": 13, "titleColor": QUIET, "titleFontSize": 11, "titleFontWeight": "normal",
        "gridColor": "#D9D9D9", "domainColor": "#6F7777", "tickColor": "#6F7777",
    },
    "axisX": {"titleAnchor": "start", "titleAlign": "left", "titlePadding": 16, "labelAngle": 0, "grid": False,
              "labelOverlap": "greedy"},
    "legend": {"labelFontSize": 13, "labelColor": INK, "title": None, "orient": "top", "symbolType": "square",
               "labelLimit": 600, "columns": 2},
}  # fmt: skip


def _values(page: ChartPage) -> list[dict[str, Any]]:
    """A row a period and series; `run` changes after a gap and at a break, and only figures of one run are joined."""
    rows = []
    for each in page.series:
        run, joined = 0, False
        for period in page.periods:
            value = rounded(each.values.get(period, Absence.NOT_PROVIDED), page.measure.decimals)
            if not isinstance(value, Decimal):
                joined = False
                continue
            broken = any(period.previous.start < pause.on <= period.start for pause in page.measure.breaks)
            run += broken or not joined
            joined = True
            printed = page.measure.print_value(value)
            rows.append(
                {"period": period.short, "series": each.name, "value": float(value), "printed": printed, "run": run}
            )
    return rows


def _encoding(page: ChartPage, *, domain: list[float] | None, legend: bool) -> dict[str, Any]:
    names = [each.name for each in page.series]
    colour: dict[str, Any] = {
        "field": "series", "type": "nominal", "sort": names,
        "scale": {"domain": names, "range": list(COLOURS[: len(names)])},
    }  # fmt: skip
    if not legend:
        colour["legend"] = None
    return {
        "x": {
            "field": "period",
            "type": "ordinal",
            "sort": None,
            "axis": {},
            "scale": {"domain": [period.short for period in page.periods]},
        },
        "y": {
            "field": "value",
            "type": "quantitative",
            "axis": {"title": None, "tickCount": 5, "labelExpr": _AXIS.get(page.measure.unit, _NUMBER)},
            "scale": {"nice": True} | ({"domain": domain} if domain else {"zero": True}),
        },
        "color": colour,
    }  # fmt: skip


def _lines(page: ChartPage) -> list[dict[str, Any]]:
    """Lines named at their ends, so that nobody has to match colours with a key."""
    lowest, highest = _domain(page)
    shared = _encoding(page, domain=[lowest, highest], legend=False)
    line = {
        "mark": {"type": "line", "strokeWidth": 3, "point": {"filled": True, "size": 55}},
        "encoding": shared | {"detail": {"field": "run"}},
    }
    label: dict[str, Any] = {
        "data": {"values": _labels(page, lowest, highest)},
        "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 10, "fontSize": 13, "lineBreak": "\n"},
        "encoding": {
            "x": shared["x"],
            "y": shared["y"],
            "text": {"field": "label", "type": "nominal"},
        },
    }
    edge, words = (label | {"mark": label["mark"] | extra} for extra in (EDGE, {"color": INK}))
    return [line, edge, words]


def _labels(page: ChartPage, lowest: float, highest: float) -> list[dict[str, Any]]:
    """The names at the ends of the lines, pushed apart where they would stand on each other."""
    ends = []
    for each in page.series:
        if numbers := each.numbers:
            last = max(numbers)
            words = fonts.wrap(f"{each.name} {page.measure.print_value(numbers[last])}", _NAME_WIDTH, size=13)
            ends.append((float(numbers[last]), len(words), "\n".join(words)))
    pixel = (highest - lowest or 1) / _HEIGHT
    placed: list[dict[str, Any]] = []
    floor = None
    for value, lines, label in sorted(ends):
        half = lines * _LINE / 2 * pixel
        at = value if floor is None else max(value, floor + half)
        # Of several lines of text, Vega puts the first one at the value.
        first_line = at + (lines - 1) * _LINE / 2 * pixel
        placed.append({"period": page.periods[-1].short, "value": first_line, "label": label})
        floor = at + half
    return placed


def _domain(page: ChartPage) -> tuple[float, float]:
    """From zero where that still shows the change; otherwise a little beyond the figures."""
    numbers = [number for each in page.series for number in each.numbers.values()]
    least, most = float(min(numbers)), float(max(numbers))
    room = (most - least or abs(most) or 1) * 0.15
    if least >= 0 and (most - least) * 4 >= most:
        return 0, most + room
    return (max(0, least - room) if least >= 0 else least - room), most + room


def _bars(page: ChartPage) -> list[dict[str, Any]]:
    """Bars that start at zero, each with its number."""
    several = len(page.series) > 1
    shared = _encoding(page, domain=None, legend=several)
    offset = {"xOffset": {"field": "series", "sort": [each.name for each in page.series]}} if several else {}
    bar = {"mark": {"type": "bar", "cornerRadius": 0}, "encoding": shared | offset}
    words = _encoding(page, domain=None, legend=False) | offset
    words["color"] = {"value": INK}
    words["text"] = {"field": "printed", "type": "nominal"}
    crowded = len(page.periods) * len(page.series) > 12
    size = 10 if crowded else 12
    labels = [
        {
            "transform": [{"filter": f"datum.value {side} 0"}],
            "mark": {"type": "text", "baseline": baseline, "dy": away, "fontSize": size},
            "encoding": words,
        }
        for side, baseline, away in ((">=", "bottom", -3), ("<", "top", 3))
    ]
    return [bar, *labels] if len(page.periods) * len(page.series) <= 24 else [bar]
