"""What is still to come on a trend chart: a light area, and a dotted line that begins at our newest figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt

from performance.ground.periods import Period
from reporting.charts.authored import PALE, Spec, authored, filled
from reporting.charts.axes import PERIODS, Upright, numbers


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
    x: Spec,
    y: Upright,
    *,
    colour: str,
) -> list[Spec]:
    """The layers of the fan on a chart's own axes; none where nothing is expected."""
    ahead = [(each.period, each.number, each.low, each.high) for each in fan]
    known = [(period, number, number, number) for period, number in newest]
    rows: list[Spec] = [
        {"period": labels[period], "number": float(number), "low": float(low), "high": float(high)}
        for period, number, low, high in [*known, *ahead]
        if period in labels
    ]
    if not ahead:
        return []
    return [filled(layer, rows, x=x) for layer in (_area(y), _line(y, colour))]


@authored
def _area(upright: Upright) -> alt.Chart:
    return alt.Chart().mark_area(color=PALE, opacity=0.45).encode(x=PERIODS, y=numbers(upright, "low"), y2="high")


@authored
def _line(upright: Upright, colour: str) -> alt.Chart:
    made = alt.Chart().mark_line(color=colour, strokeDash=[2, 4], strokeWidth=2)
    return made.encode(x=PERIODS, y=numbers(upright))
