"""Direction of travel: whether a figure got better or worse since an earlier period."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from performance.ground.figures import Target
from performance.ground.measures import Measure, Polarity
from performance.ground.periods import Period
from performance.ground.reckoning.rag import has_aim, missed_by
from performance.ground.values import Absence, Value, round_half_up


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


@dataclass(frozen=True, kw_only=True)
class Travel:
    """Where a figure is heading, and since when: both values as printed, or why there is none."""

    direction: Direction
    now: Value
    before: Value
    period: Period
    since: Period

    def in_words(self, measure: Measure, *, short: bool = False) -> str:
        """ "Improving: down from 437 in August 2017"; which way the number went, and from where."""
        compared = self.compared(measure, short=short)
        return f"{self.direction.in_words}: {compared}" if compared else self.direction.in_words

    def in_a_sentence(self, measure: Measure, *, short: bool = False) -> str:
        """ "improving, down from 437 in August 2017"."""
        compared, word = self.compared(measure, short=short), self.direction.in_words.lower()
        return f"{word}, {compared}" if compared else word

    def compared(self, measure: Measure, *, short: bool = False) -> str:
        """ "down from 437 in August 2017", in short "down from 437 in Aug 2017" or "down from 430 a year before".

        Where there is no direction it says why, if that is not for want of the figure itself.
        """
        if isinstance(self.now, Absence):
            return ""
        if self.before is Absence.SUPPRESSED:
            return f"the figure for {self.since.short if short else self.since.in_words} is hidden to protect people"
        if isinstance(self.before, Absence):
            return f"no figure for {self.since.short if short else self.since.in_words}"
        if self.direction is Direction.NOT_AVAILABLE:
            return f"not comparable with {self.since.short if short else self.since.in_words}"
        if self.now == self.before:
            return f"the same as {self._when(short=short)}"
        way = "up" if self.now > self.before else "down"
        why = self._why_no_change(measure, self.now - self.before)
        return f"{way} from {measure.print_value(self.before)} {self._when(short=short)}{why}"

    def _when(self, *, short: bool) -> str:
        """The period it is compared with, by name; in short, a year before is called so."""
        if short and self.since == self.period.year_before and self.period.months < 12:
            return "a year before"
        named = self.since.short if short else self.since.in_words
        # A year that starts on any day, and several years together, are spans: "over January 2012 to December 2014".
        joined = "over" if self.since.start.day != 1 or self.since.months > 12 else "in"
        return f"{joined} {named}"

    def _why_no_change(self, measure: Measure, change: Decimal) -> str:
        if self.direction is not Direction.NO_CHANGE:
            return ""
        if measure.meaningful_change is not None and abs(change) < measure.meaningful_change:
            return ", too little to matter"
        return ", as near to its range as before"


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
