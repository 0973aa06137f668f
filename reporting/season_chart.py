"""The same months across years: a line a year over the months of the measure's own year, the newest in front."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reporting.charts import COLOURS, INK, Spec, apart, axis, framed

# Earlier years by grey and by dashes, the latest of them first; every grey can be told from the paper.
_EARLIER: tuple[tuple[str, list[int]], ...] = (("#484949", []), ("#6F7777", [6, 3]), ("#858A8A", [2, 3]))


@dataclass(frozen=True, kw_only=True)
class Season:
    """A year: its name, and its numbers by the name of the month or quarter; None is a gap."""

    name: str
    numbers: tuple[Decimal | None, ...]


def seasons(years: Sequence[Season], parts: Sequence[str], *, unit: str, height: int = 300) -> Spec:
    """Years from the oldest to the newest, named at their ends; a gap is never joined."""
    x = {
        "field": "part", "type": "ordinal", "sort": None, "scale": {"domain": list(parts)},
        "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 6},
    }  # fmt: skip
    y = {"field": "number", "type": "quantitative", "axis": axis(unit), "scale": {"zero": False, "nice": True}}
    layers: list[Spec] = []
    for place, year in enumerate(years):
        newest = place == len(years) - 1
        colour, dash = (COLOURS[0], []) if newest else _EARLIER[min(len(years) - 2 - place, 2)]
        rows, run = [], 0
        for part, number in zip(parts, year.numbers, strict=True):
            run += number is None
            if number is not None:
                rows.append({"part": part, "number": float(number), "run": run, "year": year.name,
                             "words": f"{number:,f}"})  # fmt: skip
        if not rows:
            continue
        tooltip = [{"field": "year", "title": "Year"}, {"field": "part", "title": "Period"},
                   {"field": "words", "title": "Figure"}]  # fmt: skip
        data: Spec = {"data": {"values": rows}}
        line = {"type": "line", "color": colour, "strokeWidth": 3 if newest else 1.8, "strokeDash": dash}
        dot = {"type": "point", "filled": True, "opacity": 1, "color": colour, "size": 50 if newest else 25}
        layers += [
            data | {"mark": line, "encoding": {"x": x, "y": y, "detail": {"field": "run"}}},
            data | {"mark": dot, "encoding": {"x": x, "y": y, "tooltip": tooltip}},
        ]
    return framed({"layer": [*layers, *_names(years, parts, x, y)]}, "container", height)


def _names(years: Sequence[Season], parts: Sequence[str], x: Spec, y: Spec) -> list[Spec]:
    """Each year's name beside its end; those that end in the same month moved apart where they would overprint."""
    ends: dict[int, list[tuple[float, Season]]] = {}
    known = [float(number) for year in years for number in year.numbers if number is not None]
    for year in years:
        places = [place for place, number in enumerate(year.numbers) if number is not None]
        if places:
            ends.setdefault(places[-1], []).append((float(year.numbers[places[-1]] or 0), year))
    layers: list[Spec] = []
    for place, found in ends.items():
        falling = sorted(found, key=lambda each: -each[0])
        moves = apart([number for number, _ in falling], max(known) - min(known) or 1)
        for (number, year), move in zip(falling, moves, strict=True):
            weight = "bold" if year is years[-1] else "normal"
            mark = {"type": "text", "align": "left", "dx": 8, "dy": move, "color": INK, "text": year.name,
                    "fontWeight": weight}  # fmt: skip
            row = {"part": parts[place], "number": number}
            layers.append({"data": {"values": [row]}, "mark": mark, "encoding": {"x": x, "y": y}})
    return layers
