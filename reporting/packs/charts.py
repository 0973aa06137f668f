"""The chart of a frozen line: its figures and targets over time, for editing and for drawing."""

from collections.abc import Sequence
from decimal import Decimal

from performance.ground.periods import Period
from performance.report.frozen import FrozenLine, FrozenPoint
from reporting.charts.alternative_text import trend_alt
from reporting.charts.over_time import Aim, Line, Trend, trend
from reporting.documents import fonts
from reporting.writers.blocks import Chart
from reporting.writers.native_chart import NativeChart, of_trend

_LEAST = 2  # figures that make a line
_HEIGHT = 4.8  # centimetres on a page
_WIDE, _HIGH, _HIGH_ALONE = 700, 200, 320


def native(line: FrozenLine, *, place: str) -> NativeChart | None:
    """The figures of a line and their targets; None where there are fewer than two. A gap is left open."""
    known = [each for each in line.points if each.number is not None]
    if len(known) < _LEAST:
        return None
    drawn = _trend(line, place)
    return of_trend(drawn, title=line.title, alt=trend_alt(line.as_measure, drawn))


def on_a_page(line: FrozenLine, *, place: str) -> Chart | None:
    """The same for a page, and drawn as well."""
    made = native(line, place=place)
    if made is None:
        return None
    drawn = trend(_trend(line, place), width=_WIDE, height=_HIGH)
    return Chart(title=made.title, alt=made.alt, native=made, drawn=drawn, height=_HEIGHT)


def as_picture(line: FrozenLine, *, place: str, known: str) -> Chart | None:
    """The same to stand by itself: it says in the picture what it is of, how it stands and when that was known."""
    made = native(line, place=place)
    if made is None:
        return None
    stands = f"{line.rag.in_words}: {line.told} in {line.period.in_words}, {line.held_against}"
    drawn = trend(_trend(line, place), width=_WIDE, height=_HIGH_ALONE)
    drawn["title"] = {
        "text": fonts.wrap(line.title, _WIDE, size=18, bold=True) or [""],
        "subtitle": [row for said in filter(None, (stands, known)) for row in fonts.wrap(said, _WIDE, size=13)],
    }
    alt = f"{made.alt} {stands}. {known}".strip()
    return Chart(title=made.title, alt=alt, native=made, drawn=drawn, height=_HEIGHT)


def _trend(line: FrozenLine, place: str) -> Trend:
    periods = [each.period for each in line.points]
    return Trend(
        periods=tuple(periods),
        lines=(Line(name=place, numbers=_numbers(line.points)),),
        unit=line.unit,
        decimals=line.decimals,
        breaks=tuple((each.on, each.reason) for each in line.breaks),
        aims=tuple(Aim(period=each.period, number=each.target) for each in line.points if each.target is not None),
    )


def _numbers(points: Sequence[FrozenPoint]) -> tuple[tuple[Period, Decimal], ...]:
    return tuple((each.period, each.number) for each in points if each.number is not None)
