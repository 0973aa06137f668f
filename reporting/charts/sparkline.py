"""A small line to stand as a picture in a table's cell."""

from collections.abc import Sequence
from decimal import Decimal

from performance.ground.periods import Period
from reporting.charts.authored import COLOURS
from reporting.charts.over_time import axis_of


def sparkline(numbers: Sequence[Decimal | None], *, width: int = 96, height: int = 24) -> str:
    """A small line as SVG, to stand as a picture in a table's cell; gaps stay gaps, the last point is marked."""
    known = [number for number in numbers if number is not None]
    if not known:
        return ""
    low, high = float(min(known)), float(max(known))
    step = (width - 8) / max(len(numbers) - 1, 1)
    points = [
        None
        if number is None
        else (4 + index * step, height - 4 - (float(number) - low) / (high - low or 1) * (height - 8))
        for index, number in enumerate(numbers)
    ]
    runs = ["M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in run) for run in _runs_of(points)]
    # A figure between two gaps is a dot: a line of no length with round ends.
    paths = " ".join(run if "L" in run else f"{run} h0" for run in runs)
    last = next(point for point in reversed(points) if point is not None)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<path d="{paths}" fill="none" stroke="{COLOURS[0]}" stroke-width="1.5" stroke-linecap="round"/>'
        f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="2.5" fill="{COLOURS[0]}"/></svg>'
    )


def with_gaps(known: Sequence[tuple[Period, Decimal]]) -> list[Decimal | None]:
    """The numbers with a gap for each period missing between them."""
    numbers = dict(known)
    return [numbers.get(period) for period in axis_of(numbers)]


def _runs_of(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]
