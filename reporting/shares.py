"""Shares over time, drawn on the whole scale from none to all, so that a small change looks small."""

from dataclasses import replace

from reporting import charts
from reporting.authored import Spec
from reporting.axes import Reach


def shares(chart: charts.Trend, *, height: int = 220) -> Spec:
    """A line chart of percentages from 0 to 100."""
    return charts.trend(replace(chart, unit="percent"), height=height, reach=Reach.NONE_TO_ALL)
