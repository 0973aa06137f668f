"""Places side by side as dots, each with its number and the period it covers; ours stands out, none is ranked."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt

from reporting.charts.authored import BAND, COLOURS, EDGE, FILLED, INK, Spec, authored, filled, framed, over
from reporting.charts.axes import axis, sign_of

_OTHERS = "#6F7777"
_NAMES = alt.Y(
    "name:N",
    sort=None,
    scale=alt.Scale(domain=FILLED),
    axis=alt.Axis(title=None, labelLimit=150, grid=True, gridColor=BAND, domain=False, ticks=False),
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place's number as printed, and its words: the number with its unit, and the period it covers."""

    name: str
    number: Decimal
    words: str
    is_ours: bool = False
    is_council: bool = False


def dots(places: Sequence[Place], *, unit: str, width: int | str = "container") -> Spec:
    """A row a place, in the order given, at least one, with a line through our number."""
    middle = (min(each.number for each in places) + max(each.number for each in places)) / 2
    rows: list[Spec] = [
        {
            "name": each.name,
            "number": float(each.number),
            "words": each.words,
            "kind": _kind(each),
            # Words stand on the side where there is room, so that a telephone needs no margin for them.
            "is_high": each.number > middle,
        }
        for each in places
    ]
    y, sign = over([each.name for each in places]), sign_of(unit)
    layers = [filled(_points(sign), y=y)]
    for is_high in (False, True):
        beside = [row for row in rows if row["is_high"] is is_high]
        layers += [filled(_words(sign, is_high, is_edge), beside, y=y) for is_edge in (True, False)]
    if ours := [row for row in rows if row["kind"] == "ours"]:
        layers.insert(0, filled(_through_ours(), ours))
    return framed(layers, width, 25 * max(len(rows), 1), rows=rows)


def _kind(place: Place) -> str:
    return "ours" if place.is_ours else "council" if place.is_council else "wider"


def _numbers(sign: str) -> alt.X:
    return alt.X(
        "number:Q", axis=axis(sign, grid=False, tickCount=4), scale=alt.Scale(zero=False, nice=True, padding=12)
    )


@authored
def _points(sign: str) -> alt.Chart:
    kinds = ["ours", "wider", "council"]
    colours = alt.Scale(domain=kinds, range=[COLOURS[0], COLOURS[1], _OTHERS])
    shapes = alt.Scale(domain=kinds, range=["circle", "diamond", "circle"])
    return (
        alt.Chart()
        .mark_point(filled=True, opacity=1, size=110)
        .encode(
            x=_numbers(sign),
            y=_NAMES,
            color=alt.Color("kind:N", legend=None, scale=colours),
            shape=alt.Shape("kind:N", legend=None, scale=shapes),
        )
    )


@authored
def _through_ours() -> alt.Chart:
    return alt.Chart().mark_rule(color=COLOURS[0], strokeDash=[3, 3]).encode(x="number:Q")


@authored
def _words(sign: str, is_high: bool, is_edge: bool) -> alt.Chart:
    """Each number beside its dot, with a white edge where the line of ours passes under it."""
    drawn = EDGE if is_edge else {"color": INK}
    made = alt.Chart().mark_text(align="right" if is_high else "left", dx=-10 if is_high else 10, **drawn)
    return made.encode(x=_numbers(sign), y=_NAMES, text="words:N")
