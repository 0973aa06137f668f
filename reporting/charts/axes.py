"""The axes that charts share: periods from left to right, and numbers written as the council writes them."""

from enum import StrEnum
from typing import Any, NamedTuple

import altair as alt

from reporting.charts.authored import BAND, FILLED

_NUMBER = "format(datum.value, ',')"
_SIGNED = {"percent": f"{_NUMBER} + '%'", "pounds": f"'£' + {_NUMBER}"}

PERIODS = alt.X(
    "period:O",
    sort=None,
    scale=alt.Scale(domain=FILLED, type="band", padding=0),
    axis=alt.Axis(title=None, labelAngle=0, labelOverlap="greedy", labelSeparation=12),
)


class Reach(StrEnum):
    """From where to where an axis of numbers reaches."""

    FIGURES = "figures"
    FROM_ZERO = "from zero"
    NONE_TO_ALL = "none to all"


class Upright(NamedTuple):
    """The upright axis of a chart over time, by which its layers are kept."""

    sign: str
    reach: Reach = Reach.FIGURES


# Room above and below figures, so that a word beside the lowest line does not stand on the axis.
_SCALES = {
    Reach.FIGURES: alt.Scale(zero=False, nice=True, padding=14),
    Reach.FROM_ZERO: alt.Scale(zero=True, nice=True),
    Reach.NONE_TO_ALL: alt.Scale(domain=[0, 100], nice=False, zero=True),
}


def sign_of(unit: str) -> str:
    """What numbers of the unit carry on an axis. There are few, however many units a council has."""
    return unit if unit in _SIGNED else ""


def in_words(sign: str) -> str:
    """How a number on an axis is written; other units stand in the subtitle."""
    return _SIGNED.get(sign, _NUMBER)


def axis(sign: str, **own: Any) -> alt.Axis:
    """An axis of numbers, with what is a chart's own."""
    shared = {"title": None, "grid": True, "gridColor": BAND, "tickCount": 6, "labelExpr": in_words(sign)}
    return alt.Axis(**(shared | own))


def numbers(upright: Upright, field: str = "number") -> alt.Y:
    """A field of numbers from the bottom to the top."""
    return alt.Y(f"{field}:Q", axis=axis(upright.sign), scale=_SCALES[upright.reach])
