"""The parts of a change as bars from a middle line, those that add to it on one side and those that take away."""

from collections.abc import Sequence
from decimal import Decimal

import altair as alt

from reporting.authored import COLOURS, INK, Spec, authored, framed
from reporting.axes import axis, sign_of

_NAMES = alt.Y("name:N", sort=None, axis=alt.Axis(title=None, labelLimit=190))


def parts_chart(parts: Sequence[tuple[str, Decimal, str]], *, unit: str) -> Spec:
    """A bar for each part: its name, its amount, and its words beside it. The last one, the rest, is pale."""
    # To the right of every bar: to the left, on a telephone, the words would stand on the names.
    rows: list[Spec] = [
        {"name": name, "number": float(amount), "beside": max(0.0, float(amount)), "words": words,
         "rest": place == len(parts) - 1}
        for place, (name, amount, words) in enumerate(parts)
    ]  # fmt: skip
    sign = sign_of(unit)
    return framed([_bars(sign), _words(sign)], "container", 30 * max(len(rows), 1), rows=rows)


@authored
def _bars(sign: str) -> alt.Chart:
    colour = alt.condition("datum.rest", alt.value("#D8D8D8"), alt.value(COLOURS[0]))
    return alt.Chart().mark_bar(stroke=INK, strokeWidth=0.5).encode(x=_along(sign, "number"), y=_NAMES, color=colour)


@authored
def _words(sign: str) -> alt.Chart:
    made = alt.Chart().mark_text(align="left", dx=5, color=INK)
    return made.encode(x=_along(sign, "beside"), y=_NAMES, text="words:N")


def _along(sign: str, field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=axis(sign, tickCount=4), scale=alt.Scale(zero=True, nice=True))
