"""Direction of travel: whether a figure got better or worse since an earlier period."""

from decimal import Decimal
from enum import StrEnum

from performance.figures import Target
from performance.measures import Measure, Polarity
from performance.periods import Period
from performance.rag import has_aim, missed_by
from performance.values import Absence, Value, round_half_up


class Direction(StrEnum):
    """Better or worse by the measure's polarity; up or down where neither is better."""

    IMPROVING = "improving"
    WORSENING = "worsening"
    NO_CHANGE = "no_change"
    INCREASING = "increasing"
    DECREASING = "decreasing"
    NOT_AVAILABLE = "not_available"

    @property
    def in_words(self) -> str:
        return {
            "improving": "Improving",
            "worsening": "Worsening",
            "no_change": "No clear change",
            "increasing": "Increasing",
            "decreasing": "Decreasing",
            "not_available": "Not available",
        }[self.value]

    @property
    def arrow(self) -> str:
        """The sign beside the word: for a rated measure it shows better or worse, not up or down."""
        return {
            "improving": "↗",
            "worsening": "↘",
            "no_change": "→",
            "increasing": "↑",
            "decreasing": "↓",
            "not_available": "–",
        }[self.value]


def direction(
    measure: Measure, *, now: Value, before: Value, band: Target | None, across: tuple[Period, Period]
) -> Direction:
    """From the value before to the value now, both unrounded; `across` is the period before and the period now."""
    if isinstance(now, Absence) or isinstance(before, Absence) or is_broken(measure, *across):
        return Direction.NOT_AVAILABLE
    then, current = round_half_up(before, measure.decimals), round_half_up(now, measure.decimals)
    change = current - then
    if change == 0 or (measure.meaningful_change is not None and abs(change) < measure.meaningful_change):
        return Direction.NO_CHANGE
    if measure.polarity is Polarity.CONTEXT or (measure.polarity is Polarity.RANGE and not _is_band(band)):
        return Direction.INCREASING if change > 0 else Direction.DECREASING
    return _by_polarity(measure, then, current, band)


def is_broken(measure: Measure, before: Period, now: Period) -> bool:
    """Whether a series break lies between the two periods, or within one of them."""
    return any(before.start < split.on <= now.end for split in measure.breaks)


def _is_band(band: Target | None) -> bool:
    return has_aim(band, Polarity.RANGE)


def _by_polarity(measure: Measure, then: Decimal, current: Decimal, band: Target | None) -> Direction:
    if measure.polarity is Polarity.RANGE and band is not None:
        gained = missed_by(then, band, measure.polarity) - missed_by(current, band, measure.polarity)
    else:
        gained = then - current if measure.polarity is Polarity.LOWER else current - then
    if gained == 0:
        return Direction.NO_CHANGE
    return Direction.IMPROVING if gained > 0 else Direction.WORSENING
