"""A change between two periods in words: how much, which way, and whether that is better."""

from decimal import Decimal

from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.reckoning.direction import Direction, direction, is_broken
from performance.ground.values import Absence, Value, round_half_up

_JUDGED = {Direction.IMPROVING: "better", Direction.WORSENING: "worse"}


def change_in_words(measure: Measure, *, then: Value | None, now: Value | None, across: tuple[Period, Period]) -> str:
    """ "Up 12 (3%), worse" from one printed value to another; percentages change by percentage points.

    Nothing is said of better or worse for context, and where the difference is smaller than what matters.
    """
    if then is None or now is None or isinstance(then, Absence) or isinstance(now, Absence):
        return "Not known"
    if is_broken(measure, *across):
        return "Not comparable: the way it is counted changed in between"
    change = now - then
    if change == 0:
        return "No change"
    way = "Up" if change > 0 else "Down"
    said = f"{way} {measure.print_change(change)}{_share(measure, then, change)}"
    found = direction(measure.at(across[1]), now=now, before=then, band=None, across=across)
    if found is Direction.NO_CHANGE:
        return f"{said}, too little to matter"
    return f"{said}, {_JUDGED[found]}" if found in _JUDGED else said


def _share(measure: Measure, then: Decimal, change: Decimal) -> str:
    """ " (3%)" of a number above zero; a percentage of percentages, or of a score, would say nothing."""
    if measure.unit in {"percent", "score"} or then <= 0:
        return ""
    return f" ({round_half_up(abs(change) / then * 100, 0):,}%)"
