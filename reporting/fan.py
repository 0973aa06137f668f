"""What is still to come on a trend chart: a light area, and a dotted line that begins at our newest figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from performance.periods import Period


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a period to come is expected to be, and between which numbers four times out of five."""

    period: Period
    number: Decimal
    low: Decimal
    high: Decimal


def fan_layers(
    fan: Sequence[Expected],
    newest: Sequence[tuple[Period, Decimal]],
    labels: Mapping[Period, str],
    x: dict[str, Any],
    y: dict[str, Any],
    *,
    colour: str,
) -> list[dict[str, Any]]:
    """The layers of the fan on a chart's own axes; none where nothing is expected."""
    ahead = [(each.period, each.number, each.low, each.high) for each in fan]
    known = [(period, number, number, number) for period, number in newest]
    rows = [
        {"period": labels[period], "number": float(number), "low": float(low), "high": float(high)}
        for period, number, low, high in [*known, *ahead]
        if period in labels
    ]
    if not ahead:
        return []
    data = {"data": {"values": rows}}
    area = {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}}
    line = {"type": "line", "color": colour, "strokeDash": [2, 4], "strokeWidth": 2}
    return [
        data | {"mark": {"type": "area", "color": "#8EB8DC", "opacity": 0.45}, "encoding": area},
        data | {"mark": line, "encoding": {"x": x, "y": y | {"field": "number"}}},
    ]
