"""Days marked on a chart of periods: a broken series, limits set anew, a recovery plan opened or closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from performance.periods import Period

_QUIET, _ROW, _ROWS = "#484949", 14, 3
# A white edge behind words, so that no line under them makes them hard to read.
EDGE = {"color": "#FFFFFF", "stroke": "#FFFFFF", "strokeWidth": 4, "strokeJoin": "round", "aria": False}


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A day with its words. What is `anew` begins with a whole period, and stands before it."""

    on: date
    words: str
    anew: bool = True


def mark_layers(
    marks: Sequence[Mark], periods: Sequence[Period], labels: Mapping[Period, str], x: dict[str, Any]
) -> list[dict[str, Any]]:
    """A line and its words for each day within the chart; neighbours' words stand in rows under one another."""
    layers: list[dict[str, Any]] = []
    places = sorted((place, each.anew, each.words) for each in marks if (place := _place(each, periods)) is not None)
    for row, (place, anew, said) in enumerate(places):
        at = {"data": {"values": [{"period": labels[periods[place]]}]}, "encoding": {"x": x}}
        offset = -8 if anew else 0
        is_late = place > 0.7 * len(periods)
        words = {
            "type": "text", "align": "right" if is_late else "left", "y": 8 + _ROW * (row % _ROWS),
            "dx": offset + (-4 if is_late else 4), "text": said,
        }  # fmt: skip
        rule = {"type": "rule", "color": _QUIET, "strokeDash": [2, 3], "xOffset": offset, "aria": False}
        layers += [at | {"mark": rule}, at | {"mark": words | EDGE}, at | {"mark": words | {"color": _QUIET}}]
    return layers


def _place(mark: Mark, periods: Sequence[Period]) -> int | None:
    """The period the day falls in, or the first that is read anew; None where that is outside the chart.

    What is anew from the very first period on has nothing before it to be parted from.
    """
    found = next((place for place, period in enumerate(periods) if mark.on <= period.end), None)
    if found is None or (mark.anew and mark.on <= periods[0].start) or (not mark.anew and mark.on < periods[0].start):
        return None
    return found
