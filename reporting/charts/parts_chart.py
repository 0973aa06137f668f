"""The parts of a change as bars from a middle line, those that add to it on one side and those that take away."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil

import altair as alt

from reporting.charts.authored import COLOURS, INK, Spec, authored, framed
from reporting.charts.axes import axis, sign_of
from reporting.documents import fonts

_SIZE, _GAP = 13, 5  # pixels
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
    # The bars leave the words as much room as they take, however narrow the page is.
    widest = max((fonts.width(words, size=_SIZE) for _, _, words in parts), default=0)
    # In tens, so that few are built.
    room = 10 * ceil((widest + 2 * _GAP) / 10)
    return framed([_bars(sign, room), _words(sign, room)], "container", 30 * max(len(rows), 1), rows=rows)


@authored
def _bars(sign: str, room: int) -> alt.Chart:
    colour = alt.condition("datum.rest", alt.value("#D8D8D8"), alt.value(COLOURS[0]))
    return (
        alt.Chart().mark_bar(stroke=INK, strokeWidth=0.5).encode(x=_along(sign, "number", room), y=_NAMES, color=colour)
    )


@authored
def _words(sign: str, room: int) -> alt.Chart:
    made = alt.Chart().mark_text(align="left", dx=_GAP, color=INK)
    return made.encode(x=_along(sign, "beside", room), y=_NAMES, text="words:N")


def _along(sign: str, field: str, room: int) -> alt.X:
    scale = alt.Scale(zero=True, nice=True, range=[0, {"expr": f"max(width - {room}, width / 3)"}])
    return alt.X(f"{field}:Q", axis=axis(sign, tickCount=4), scale=scale)
