"""The layers of a ranking: bars from zero, their numbers, and a line they are measured against."""

import altair as alt

from reporting.charts.authored import COLOURS, INK, PALE, authored
from reporting.charts.axes import axis

_CHOSEN = "datum.chosen"
_NAMES = alt.Y("name:N", sort=None, axis=alt.Axis(title=None, labelLimit=220))


@authored
def bars(sign: str) -> alt.Chart:
    """A bar a name, the chosen one dark."""
    colour = alt.condition(_CHOSEN, alt.value(COLOURS[0]), alt.value(PALE))
    made = alt.Chart().mark_bar(stroke=INK, strokeWidth=0.5)
    return made.encode(x=alt.X("number:Q", axis=axis(sign)), y=_NAMES, color=colour)


@authored
def numbers() -> alt.Chart:
    """At the root of the bar, where the line of the whole council never crosses them."""
    colour = alt.condition(_CHOSEN, alt.value("#FFFFFF"), alt.value(INK))
    made = alt.Chart().mark_text(align="left", dx=6)
    return made.encode(x=alt.XDatum(0, type="quantitative"), y=_NAMES, text="words:N", color=colour)


@authored
def against() -> alt.Chart:
    """The line of what bars are measured against."""
    made = alt.Chart().mark_rule(strokeDash=[6, 4], color=INK, strokeWidth=2, aria=False)
    return made.encode(x=alt.XDatum(0, type="quantitative"))


@authored
def against_name() -> alt.Chart:
    """Its name, above the bars."""
    return alt.Chart().mark_text(y=-8, color=INK).encode(x=alt.XDatum(0, type="quantitative"))
