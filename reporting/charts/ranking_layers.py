"""The layers of a ranking: bars from zero, their numbers, and a line they are measured against."""

import altair as alt

from reporting.charts.authored import INK, authored
from reporting.charts.axes import axis

_CHOSEN, _GREY = "datum.chosen", "#C8CACC"
_NAMES = alt.Y("name:N", sort=None, axis=alt.Axis(title=None, labelLimit=220))


@authored
def bars(sign: str) -> alt.Chart:
    """A bar a name, the chosen one with a thick outline, as on a map: a colour would be taken for a class of it,
    and so would the blue of one for all."""
    width = alt.condition(_CHOSEN, alt.value(3), alt.value(0.5))
    made = alt.Chart().mark_bar(stroke=INK, color=_GREY)
    return made.encode(x=alt.X("number:Q", axis=axis(sign)), y=_NAMES, strokeWidth=width)


@authored
def numbers() -> alt.Chart:
    """At the root of the bar, where the line of the whole council never crosses them."""
    made = alt.Chart().mark_text(align="left", dx=6, color=INK)
    return made.encode(x=alt.XDatum(0, type="quantitative"), y=_NAMES, text="words:N")


@authored
def against() -> alt.Chart:
    """The line of what bars are measured against."""
    made = alt.Chart().mark_rule(strokeDash=[6, 4], color=INK, strokeWidth=2, aria=False)
    return made.encode(x=alt.XDatum(0, type="quantitative"))


@authored
def against_name() -> alt.Chart:
    """Its name, above the bars."""
    return alt.Chart().mark_text(y=-8, color=INK).encode(x=alt.XDatum(0, type="quantitative"))
