"""Days marked on a chart of periods: a broken series, limits set anew, a recovery plan opened or closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt

from performance.ground.periods import Period
from reporting.charts.authored import EDGE, QUIET, Spec, authored, filled
from reporting.charts.axes import PERIODS

_ROW, _ROWS = 14, 3


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A day with its words. What is `anew` begins with a whole period, and stands before it."""

    on: date
    words: str
    anew: bool = True


def mark_layers(marks: Sequence[Mark], periods: Sequence[Period], labels: Mapping[Period, str], x: Spec) -> list[Spec]:
    """A line and its words for each day within the chart; neighbours' words stand in rows under one another."""
    layers: list[Spec] = []
    places = sorted((place, each.anew, each.words) for each in marks if (place := _place(each, periods)) is not None)
    for row, (place, anew, said) in enumerate(places):
        rows: list[Spec] = [{"period": labels[periods[place]]}]
        offset = -8 if anew else 0
        is_late = place > 0.7 * len(periods)
        words = {
            "align": "right" if is_late else "left", "y": 8 + _ROW * (row % _ROWS),
            "dx": offset + (-4 if is_late else 4), "text": said,
        }  # fmt: skip
        layers.append(filled(_rule(), rows, mark={"xOffset": offset}, x=x))
        layers += [filled(_words(is_edge), rows, mark=words, x=x) for is_edge in (True, False)]
    return layers


@authored
def _rule() -> alt.Chart:
    return alt.Chart().mark_rule(color=QUIET, strokeDash=[2, 3], aria=False).encode(x=PERIODS)


@authored
def _words(is_edge: bool) -> alt.Chart:
    return alt.Chart().mark_text(**(EDGE if is_edge else {"color": QUIET})).encode(x=PERIODS)


def _place(mark: Mark, periods: Sequence[Period]) -> int | None:
    """The period the day falls in, or the first that is read anew; None where that is outside the chart.

    What is anew from the very first period on has nothing before it to be parted from.
    """
    found = next((place for place, period in enumerate(periods) if mark.on <= period.end), None)
    if found is None or (mark.anew and mark.on <= periods[0].start) or (not mark.anew and mark.on < periods[0].start):
        return None
    return found
