"""Classes of a map: five steps of about equally many values, with readable bounds, the same for every period."""

from bisect import bisect_right
from collections.abc import Collection
from decimal import ROUND_HALF_UP, Decimal

CLASSES = 5


def class_bounds(values: Collection[Decimal], *, classes: int = CLASSES) -> tuple[Decimal, ...]:
    """The inner bounds, rising; at most one fewer than classes, fewer where values are few or alike.

    Each is rounded to two digits of the spread between the values, so that a legend can be read aloud.
    """
    ordered = sorted(values)
    if not ordered or ordered[0] == ordered[-1]:
        return ()
    step = _readable_step((ordered[-1] - ordered[0]) / classes)
    cuts = (ordered[len(ordered) * number // classes] for number in range(1, classes))
    readable = {(cut / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step for cut in cuts}
    return tuple(sorted(bound for bound in readable if ordered[0] < bound <= ordered[-1]))


def class_of(value: Decimal, bounds: tuple[Decimal, ...]) -> int:
    """The class of a value, from 0; a value on a bound belongs to the class above it."""
    return bisect_right(bounds, value)


def _readable_step(width: Decimal) -> Decimal:
    """1, 2 or 5 times a power of ten, no more than a quarter of a class's width."""
    power = Decimal(10) ** (width.adjusted() - 1)
    return next(power * factor for factor in (Decimal(5), Decimal(2), Decimal(1)) if power * factor <= width / 2)
