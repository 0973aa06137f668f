"""The chart of a frozen line: its figures and targets over time, for editing and for drawing."""

from collections.abc import Sequence
from decimal import Decimal

from pptx.chart.data import CategoryChartData

from performance.ground.periods import Period
from performance.report.frozen import FrozenLine, FrozenPoint
from reporting.charts.alternative_text import trend_alt
from reporting.charts.over_time import Aim, Line, Trend, trend
from reporting.papers.blocks import Chart
from reporting.papers.native_chart import NativeChart, number_format

_LEAST = 2  # figures that make a line
_HEIGHT = 4.8  # centimetres on a page
_WIDE, _HIGH = 700, 200


def native(line: FrozenLine, *, place: str) -> NativeChart | None:
    """The figures of a line and their targets; None where there are fewer than two. A gap is left open."""
    known = [each for each in line.points if each.number is not None]
    if len(known) < _LEAST:
        return None
    data = CategoryChartData(number_format=number_format(line.unit, line.decimals))
    data.categories = [each.period.short for each in line.points]
    data.add_series(place, [None if each.number is None else float(each.number) for each in line.points])
    if any(each.target is not None for each in line.points):
        data.add_series("Target", [None if each.target is None else float(each.target) for each in line.points])
    return NativeChart(data=data, title=line.title, alt=trend_alt(line.as_measure, _trend(line, place)))


def on_a_page(line: FrozenLine, *, place: str) -> Chart | None:
    """The same for a page, and drawn as well."""
    made = native(line, place=place)
    if made is None:
        return None
    return Chart(native=made, drawn=trend(_trend(line, place), width=_WIDE, height=_HIGH), height=_HEIGHT)


def _trend(line: FrozenLine, place: str) -> Trend:
    periods = [each.period for each in line.points]
    return Trend(
        periods=tuple(periods),
        lines=(Line(name=place, numbers=_numbers(line.points)),),
        unit=line.unit,
        decimals=line.decimals,
        aims=tuple(Aim(period=each.period, number=each.target) for each in line.points if each.target is not None),
    )


def _numbers(points: Sequence[FrozenPoint]) -> tuple[tuple[Period, Decimal], ...]:
    return tuple((each.period, each.number) for each in points if each.number is not None)
