"""Charts as Vega-Lite specifications: the same on screen, in a picture and on a Word page.

Built as plain dictionaries, since building them as objects costs more than drawing the rest of a page. A missing
period is a gap in the line, never a join; nor is a line joined across a break in the series.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from performance.periods import Period
from reporting import fonts
from reporting.fan import Expected, fan_layers
from reporting.marks import EDGE, Mark, mark_layers

Spec = dict[str, Any]
INK, QUIET, BAND = "#0B0C0C", "#484949", "#E3E4E5"
# Ours first; every pair can be told apart whatever the eyes, and the names stand beside the lines.
COLOURS = ("#12436D", "#F46A25", "#801650", "#28A197", "#3D3D3D")
# Pixels of a name beside a line: more would leave no room for the lines on a telephone.
WIDEST_NAME, _NAME_SIZE = 168, 13


@dataclass(frozen=True, kw_only=True)
class Line:
    """A place's numbers by period, as printed. The first line of a chart is ours."""

    name: str
    numbers: tuple[tuple[Period, Decimal], ...]


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What a period was to reach: a number, or both bounds of a range; and each stretch that is still amber."""

    period: Period
    number: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    amber: tuple[tuple[Decimal, Decimal], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A point a recovery plan should reach."""

    period: Period
    number: Decimal


@dataclass(frozen=True, kw_only=True)
class Trend:
    """All that a trend chart shows. `periods` is every period of the axis, those without a figure included; `path` is
    what a recovery plan expects."""

    periods: tuple[Period, ...]
    lines: tuple[Line, ...]
    unit: str
    decimals: int = 0
    aims: tuple[Aim, ...] = ()
    breaks: tuple[tuple[date, str], ...] = ()
    milestones: tuple[Milestone, ...] = ()
    fan: tuple[Expected, ...] = ()
    path: tuple[Expected, ...] = ()
    marks: tuple[Mark, ...] = ()
    bars: bool = False
    title: str = ""
    subtitle: str = ""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar of a ranking: a name, a number as printed and its words; `chosen` is the one looked at."""

    name: str
    number: Decimal
    words: str
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """Bars from the highest to the lowest, with a line at a number they are measured against."""

    bars: tuple[Bar, ...]
    unit: str
    against: Decimal | None = None
    against_words: str = ""
    names: str = field(default="Ward")


def trend(chart: Trend, *, width: int | str = "container", height: int = 320) -> Spec:
    """A line (or bars) for each place over the periods, with target, tolerance, breaks and milestones."""
    labels = _labels(chart.periods)
    x = {
        "field": "period",
        "type": "ordinal",
        "scale": {"domain": [labels[period] for period in chart.periods], "type": "band", "padding": 0},
        "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 12},
        "sort": None,
    }
    # Room above and below, so that a word beside the lowest line does not stand on the axis.
    scale = {"zero": True, "nice": True} if chart.bars else {"zero": False, "nice": True, "padding": 14}
    y = {"type": "quantitative", "axis": axis(chart.unit), "scale": scale}
    layers = [
        *_aim_layers(chart, labels, x, y),
        *mark_layers(
            (*(Mark(on=day, words="New method") for day, _ in chart.breaks), *chart.marks), chart.periods, labels, x
        ),
        *fan_layers(chart.path, (), labels, x, y, colour=COLOURS[2]),
        *fan_layers(chart.fan, chart.lines[0].numbers[-1:], labels, x, y, colour=COLOURS[0]),
        *(_bar_layers if chart.bars and len(chart.lines) == 1 else _line_layers)(chart, labels, x, y),
        *_milestone_layers(chart, labels, x, y),
        *_aim_names(chart, labels, x, y),
    ]
    room = _room_for((line.name for line in chart.lines), width) if len(chart.lines) > 1 else {}
    return framed({"layer": layers} | room, width, height, title=chart.title, subtitle=chart.subtitle)


def ranking(chart: Ranking, *, width: int | str = "container") -> Spec:
    """Ranked bars from zero, each with its number; the chosen one dark."""
    values = [
        {"name": bar.name, "number": float(bar.number), "words": bar.words, "chosen": bar.chosen} for bar in chart.bars
    ]
    y = {"field": "name", "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 220}}
    x: Spec = {"field": "number", "type": "quantitative", "axis": axis(chart.unit) | {"title": None}}
    colour = {"condition": {"test": "datum.chosen", "value": COLOURS[0]}, "value": "#8EB8DC"}
    layers: list[Spec] = [
        {"mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.5}, "encoding": {"x": x, "y": y, "color": colour}},
        {
            # At the root of the bar, where the line of the whole council never crosses them.
            "mark": {"type": "text", "align": "left", "dx": 6},
            "encoding": {
                "x": {"datum": 0, "type": "quantitative"},
                "y": y,
                "text": {"field": "words"},
                "color": {"condition": {"test": "datum.chosen", "value": "#FFFFFF"}, "value": INK},
            },
        },
    ]
    if chart.against is not None:
        at = {"x": {"datum": float(chart.against), "type": "quantitative"}}
        # A line in the right half has its name to the left, where there is room for it.
        align, dx = ("right", -4) if 2 * chart.against > max(bar.number for bar in chart.bars) else ("left", 4)
        name = {"type": "text", "align": align, "dx": dx, "y": -8, "color": INK, "text": chart.against_words}
        rule = {"type": "rule", "strokeDash": [6, 4], "color": INK, "strokeWidth": 2, "aria": False}
        layers += [{"mark": rule, "encoding": at}, {"data": {"values": [{}]}, "mark": name, "encoding": at}]
    room = _room_for((bar.words for bar in chart.bars), width)
    spec: Spec = {"data": {"values": values}, "layer": layers} | room
    return framed(spec, width, 24 * max(len(values), 1))


def every_period(first: Period, last: Period) -> tuple[Period, ...]:
    """Each period of the calendar from the first to the last, so that a chart shows the gaps."""
    found = [first]
    step = 12 if first.months > 12 else first.months
    while found[-1].start < last.start:
        found.append(found[-1].shifted(step))
    return tuple(found)


def _labels(periods: Iterable[Period]) -> dict[Period, str]:
    return {period: period.short for period in periods}


def _line_layers(chart: Trend, labels: dict[Period, str], x: Spec, y: Spec) -> list[Spec]:
    layers: list[Spec] = []
    for index, line in enumerate(chart.lines):
        rows = _line_rows(line, chart, labels)
        if not rows:
            continue
        colour, ours = COLOURS[index % len(COLOURS)], index == 0
        encoding = {"x": x | {"field": "period"}, "y": y | {"field": "number"}}
        marked = ours or len(chart.periods) <= 16
        layers.append(
            {
                "data": {"values": rows},
                "mark": {"type": "line", "color": colour, "strokeWidth": 3 if ours else 2},
                "encoding": encoding | {"detail": {"field": "run"}},
            }
        )
        layers.append(
            {
                "data": {"values": rows},
                "mark": {"type": "point", "filled": True, "color": colour, "size": 45 if marked else 12, "opacity": 1},
                "encoding": encoding
                | {"tooltip": [{"field": "period", "title": "Period"}, {"field": "words", "title": line.name}]},
            }
        )
    return layers + (_name_layers(chart, labels, x, y) if len(chart.lines) > 1 else [])


def _name_layers(chart: Trend, labels: dict[Period, str], x: Spec, y: Spec) -> list[Spec]:
    """Each line's name beside its end, moved apart where two would stand on each other."""
    ends = [(index, _line_rows(line, chart, labels)[-1:]) for index, line in enumerate(chart.lines)]
    drawn = sorted(((index, rows) for index, rows in ends if rows), key=lambda end: -end[1][0]["number"])
    moves = apart([rows[0]["number"] for _, rows in drawn], _shown_range(chart))
    layers: list[Spec] = []
    for (index, rows), move in zip(drawn, moves, strict=True):
        encoding = {"x": x, "y": y | {"field": "number"}}
        colour, name = COLOURS[index % len(COLOURS)], chart.lines[index].name
        sample = {"type": "point", "shape": "square", "filled": True, "opacity": 1, "size": 60, "color": colour}
        words = {
            "type": "text",
            "align": "left",
            "color": INK,
            "text": name,
            "limit": WIDEST_NAME,
            "fontWeight": "normal" if index else "bold",
        }
        layers.append(
            {"data": {"values": rows}, "mark": sample | {"xOffset": 14, "yOffset": move}, "encoding": encoding}
        )
        layers.append({"data": {"values": rows}, "mark": words | {"dx": 22, "dy": move}, "encoding": encoding})
    return layers


def _shown_range(chart: Trend) -> float:
    numbers = [float(number) for line in chart.lines for period, number in line.numbers if period in chart.periods]
    aimed = [float(number) for aim in chart.aims for number in (aim.number, aim.lower, aim.upper) if number is not None]
    return max([*numbers, *aimed]) - min([*numbers, *aimed]) or 1


def apart(falling: Sequence[float], shown_range: float, *, height: int = 240, gap: int = 17) -> list[float]:
    """How many pixels to move each of the names, given from the highest down, so that each can be read."""
    wanted = [(falling[0] - number) / shown_range * height for number in falling]
    placed = list(wanted)
    for index in range(1, len(placed)):
        placed[index] = max(placed[index], placed[index - 1] + gap)
    # What was pushed down is shared out, so that the names stay around their lines.
    back = sum(new - old for new, old in zip(placed, wanted, strict=True)) / len(placed)
    return [round(new - back - old, 1) for new, old in zip(placed, wanted, strict=True)]


def _bar_layers(chart: Trend, labels: dict[Period, str], x: Spec, y: Spec) -> list[Spec]:
    rows = _line_rows(chart.lines[0], chart, labels)
    encoding = {"x": x, "y": y | {"field": "number"}}
    return [
        {"data": {"values": rows}, "mark": {"type": "bar", "color": COLOURS[0]}, "encoding": encoding},
        {
            "data": {"values": rows},
            "mark": {"type": "text", "dy": -8, "color": INK},
            "encoding": encoding | {"text": {"field": "words"}},
        },
    ]


def _line_rows(line: Line, chart: Trend, labels: dict[Period, str]) -> list[Spec]:
    """A row a figure; `run` changes after a gap and at a break, and only figures of one run are joined."""
    known = dict(line.numbers)
    rows, run = [], 0
    before: Period | None = None
    for period in chart.periods:
        if period not in known:
            before = None
            continue
        broken = before is not None and any(before.end < day <= period.end for day, _ in chart.breaks)
        run += before is None or broken
        rows.append(
            {"period": labels[period], "number": float(known[period]), "words": _words(known[period]), "run": int(run)}
        )
        before = period
    return rows


def _aim_layers(chart: Trend, labels: dict[Period, str], x: Spec, y: Spec) -> list[Spec]:
    aims = [aim for aim in chart.aims if aim.period in labels]
    band = [
        {"period": labels[aim.period], "from": float(low), "to": float(high)}
        for aim in aims
        for low, high in aim.amber
        if low < high
    ]
    layers: list[Spec] = []
    if band:
        layers.append(
            {
                "data": {"values": band},
                # The outline closes the seams between one period's band and the next.
                "mark": {"type": "bar", "color": BAND, "stroke": BAND, "strokeWidth": 1, "width": {"band": 1}},
                "encoding": {"x": x, "y": y | {"field": "from"}, "y2": {"field": "to"}},
            }
        )
    return layers + [
        {
            "data": {"values": [{"period": labels[period], "number": float(number)} for period, number in known]},
            "mark": {"type": "tick", "color": INK, "thickness": 2, "bandSize": 0, "width": {"band": 1}},
            "encoding": {"x": x, "y": y | {"field": "number"}},
        }
        for _, known in _aimed_at(aims)
    ]


def _aimed_at(aims: Iterable[Aim]) -> list[tuple[str, list[tuple[Period, Decimal]]]]:
    """The target, or the lower and the upper bound of a range, each by its periods."""
    given = list(aims)
    named = {"Target": "number", "Lower": "lower", "Upper": "upper"}
    found = [
        (name, [(aim.period, number) for aim in given if (number := getattr(aim, field)) is not None])
        for name, field in named.items()
    ]
    return [(name, known) for name, known in found if known]


def _aim_names(chart: Trend, labels: dict[Period, str], x: Spec, y: Spec) -> list[Spec]:
    """The newest target in words, over the lines, on the side of it where ours does not end."""
    layers: list[Spec] = []
    for name, known in _aimed_at(aim for aim in chart.aims if aim.period in labels):
        period, number = known[-1]
        is_above = any(figure < number for line in chart.lines[:1] for _, figure in line.numbers[-1:])
        words = {
            "type": "text", "align": "right", "dy": -10 if is_above else 13,
            "text": f"{name} {_aim_in_words(number, chart.decimals)}",
        }  # fmt: skip
        at: Spec = {
            "data": {"values": [{"period": labels[period], "number": float(number)}]},
            "encoding": {"x": x, "y": y | {"field": "number"}},
        }
        layers += [at | {"mark": words | EDGE}, at | {"mark": words | {"color": INK}}]
    return layers


def _breaks(chart: Trend) -> tuple[Mark, ...]:
    return tuple(Mark(on=day, words="New method") for day, _ in chart.breaks)


def _milestone_layers(chart: Trend, labels: dict[Period, str], x: Spec, y: Spec) -> list[Spec]:
    rows = [
        {"period": labels[each.period], "number": float(each.number), "words": f"Milestone {_words(each.number)}"}
        for each in chart.milestones
        if each.period in labels
    ]
    if not rows:
        return []
    encoding = {"x": x, "y": y | {"field": "number"}}
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "point", "shape": "diamond", "size": 110, "color": INK, "filled": False, "strokeWidth": 2},
            "encoding": encoding | {"tooltip": [{"field": "period"}, {"field": "words"}]},
        }
    ]


def axis(unit: str) -> Spec:
    """Numbers on the axis as the council writes them; other units stand in the subtitle."""
    shown = {"percent": "format(datum.value, ',') + '%'", "pounds": "'£' + format(datum.value, ',')"}
    axis: Spec = {"title": None, "grid": True, "gridColor": "#E3E4E5", "tickCount": 6}
    return axis | {"labelExpr": shown.get(unit, "format(datum.value, ',')")}


def framed(spec: Spec, width: int | str, height: int, *, title: str = "", subtitle: str = "") -> Spec:
    """The specification with the size, letters and colours that all charts share."""
    frame: Spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 5, "top": 5, "bottom": 5, "right": 5},
        "background": "#FFFFFF",
        "config": {
            "font": fonts.FAMILY,
            "view": {"stroke": None},
            "axis": {"labelFontSize": 13, "labelColor": INK, "domainColor": QUIET, "tickColor": QUIET},
            "text": {"fontSize": 13},
            "title": {"anchor": "start", "fontSize": 18, "subtitleFontSize": 13, "subtitleColor": QUIET, "offset": 14},
        },
    }
    if title:
        frame["title"] = {"text": title, "subtitle": subtitle} if subtitle else {"text": title}
    return frame | spec


def _aim_in_words(number: Decimal, decimals: int) -> str:
    """As Measure.print_target writes it: with the decimals it has; one that never ends is cut."""
    own = -int(number.normalize().as_tuple().exponent)
    places = max(decimals, own) if own <= 4 else decimals + 1
    return f"{number:,.{places}f}"


def _room_for(texts: Iterable[str], width: int | str) -> Spec:
    """Padding to the right as wide as the longest of the texts drawn there; beyond that, names are cut short.

    A page makes that room by itself, from the texts as they are drawn; twice would leave no chart on a telephone. A
    picture of a set width does not.
    """
    if width == "container":
        return {}
    widest = max((fonts.width(text, size=_NAME_SIZE, bold=True) for text in texts), default=0)
    return {"padding": {"left": 5, "top": 5, "bottom": 5, "right": 20 + min(ceil(widest), WIDEST_NAME)}}


def _words(number: Decimal) -> str:
    return f"{number:,f}"
