"""The last year of a figure as a small line, for where a whole chart would be too much."""

import base64
from decimal import Decimal
from html import escape

from performance.do.returns import ReturnLine
from performance.ground.figures import Figure
from performance.ground.values import Absence, Value, round_half_up
from reporting.charts.alternative_text import spark_alt
from reporting.charts.sparkline import sparkline

_SHOWN = 13


def line(about: ReturnLine, figure: Figure | None) -> str:
    """An image as HTML, with this figure at its end; nothing where there are too few to make a line."""
    measure, period = about.measure, about.period
    figures = {**about.series.figures, period: figure}
    periods = [period.shifted(-period.months * step) for step in range(_SHOWN - 1, -1, -1)]
    numbers = [number(about.value_of(figures.get(each)), measure.decimals) for each in periods]
    if sum(each is not None for each in numbers) < 3:
        return ""
    code = base64.b64encode(sparkline(numbers, width=160, height=32).encode()).decode()
    known = [(each, found) for each, found in zip(periods, numbers, strict=True) if found is not None]
    words = spark_alt(measure, known)
    return f'<img alt="{escape(words)}" width="160" height="32" src="data:image/svg+xml;base64,{code}">'


def number(value: Value | None, decimals: int) -> Decimal | None:
    """The value as it is drawn; None where there is none."""
    if value is None or isinstance(value, Absence):
        return None
    return round_half_up(value, decimals)
