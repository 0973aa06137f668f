"""Shares over time, drawn on the whole scale from none to all, so that a small change looks small."""

from dataclasses import replace

from reporting.charts import over_time
from reporting.charts.authored import Spec
from reporting.charts.axes import Reach


def shares(chart: over_time.Trend, *, height: int = 220) -> Spec:
    """A line chart of percentages from 0 to 100."""
    return over_time.trend(replace(chart, unit="percent"), height=height, reach=Reach.NONE_TO_ALL)
