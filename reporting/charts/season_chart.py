"""The same months across years: a line a year over the months of the measure's own year, the newest in front."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import altair as alt

from reporting.charts.authored import COLOURS, FILLED, INK, QUIET, Spec, authored, filled, framed, over
from reporting.charts.axes import axis, sign_of
from reporting.charts.over_time import apart

# Earlier years by grey and by dashes, the latest of them first; every grey can be told from the paper.
_EARLIER: tuple[tuple[str, tuple[int, ...]], ...] = ((QUIET, ()), ("#6F7777", (6, 3)), ("#858A8A", (2, 3)))
_PARTS = alt.X(
    "part:O",
    sort=None,
    scale=alt.Scale(domain=FILLED),
    axis=alt.Axis(title=None, labelAngle=0, labelOverlap="greedy", labelSeparation=6),
)


@dataclass(frozen=True, kw_only=True)
class Season:
    """A year: its name, and its numbers by the name of the month or quarter; None is a gap."""

    name: str
    numbers: tuple[Decimal | None, ...]


def seasons(years: Sequence[Season], parts: Sequence[str], *, unit: str, height: int = 300) -> Spec:
    """Years from the oldest to the newest, named at their ends; a gap is never joined."""
    x, sign = over(list(parts)), sign_of(unit)
    layers: list[Spec] = []
    for place, year in enumerate(years):
        newest = place == len(years) - 1
        colour, dash = (COLOURS[0], ()) if newest else _EARLIER[min(len(years) - 2 - place, 2)]
        rows: list[Spec] = []
        run = 0
        for part, number in zip(parts, year.numbers, strict=True):
            run += number is None
            if number is not None:
                rows.append({"part": part, "number": float(number), "run": run, "year": year.name,
                             "words": f"{number:,f}"})  # fmt: skip
        if not rows:
            continue
        layers += [
            filled(_line(sign, colour, 3 if newest else 1.8, dash), rows, x=x),
            filled(_dots(sign, colour, 50 if newest else 25), rows, x=x),
        ]
    return framed([*layers, *_names(years, parts, x, sign)], "container", height)


def _names(years: Sequence[Season], parts: Sequence[str], x: Spec, sign: str) -> list[Spec]:
    """Each year's name beside its end; those that end in the same month moved apart where they would overprint."""
    ends: dict[int, list[tuple[float, Season]]] = {}
    known = [float(number) for year in years for number in year.numbers if number is not None]
    for year in years:
        places = [place for place, number in enumerate(year.numbers) if number is not None]
        if places:
            ends.setdefault(places[-1], []).append((float(year.numbers[places[-1]] or 0), year))
    layers: list[Spec] = []
    for place, found in ends.items():
        falling = sorted(found, key=lambda each: -each[0])
        moves = apart([number for number, _ in falling], max(known) - min(known) or 1)
        for (number, year), move in zip(falling, moves, strict=True):
            name = _name(sign, "bold" if year is years[-1] else "normal")
            row = {"part": parts[place], "number": number}
            layers.append(filled(name, [row], mark={"dy": move, "text": year.name}, x=x))
    return layers


def _numbers(sign: str) -> alt.Y:
    return alt.Y("number:Q", axis=axis(sign), scale=alt.Scale(zero=False, nice=True))


@authored
def _line(sign: str, colour: str, width: float, dash: tuple[int, ...]) -> alt.Chart:
    made = alt.Chart().mark_line(color=colour, strokeWidth=width, strokeDash=list(dash))
    return made.encode(x=_PARTS, y=_numbers(sign), detail="run:N")


@authored
def _dots(sign: str, colour: str, size: int) -> alt.Chart:
    said = [alt.Tooltip(f"{field}:N", title=title)
            for field, title in (("year", "Year"), ("part", "Period"), ("words", "Figure"))]  # fmt: skip
    made = alt.Chart().mark_point(filled=True, opacity=1, color=colour, size=size)
    return made.encode(x=_PARTS, y=_numbers(sign), tooltip=said)


@authored
def _name(sign: str, weight: Literal["bold", "normal"]) -> alt.Chart:
    made = alt.Chart().mark_text(align="left", dx=8, color=INK, fontWeight=weight)
    return made.encode(x=_PARTS, y=_numbers(sign))
