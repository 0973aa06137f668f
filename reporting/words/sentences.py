"""What figures say, in sentences made from the figures alone."""

import re
from collections.abc import Sequence
from decimal import Decimal

from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.reckoning.direction import Direction
from performance.ground.reckoning.rag import Rag
from performance.ground.reckoning.spc import PointType
from performance.ground.values import Absence, round_half_up
from performance.review.scorecard import ScorecardLine
from performance.review.variation import Variation

MOST_NAMED = 3
_REAL = {
    frozenset({PointType.CONCERN}): "for the worse",
    frozenset({PointType.IMPROVEMENT}): "for the better",
    frozenset({PointType.NEUTRAL_HIGH, PointType.NEUTRAL_LOW}): "neither better nor worse",
}


def scorecard_in_a_sentence(lines: Sequence[ScorecardLine], when: str = "") -> str:
    """What matters on a scorecard: how many are red, and which of them are worse than the time before.

    `when` opens the sentence: "In September 2017, ".
    """
    rated = [line for line in lines if line.rag.is_rated]
    red = [line for line in rated if line.rag is Rag.RED]
    if not rated:
        return "No measure is rated for this period."
    if not red:
        return f"{when}{'not' if when else 'Not'} one of {_count(len(rated), 'rated measure')} is red."
    opening = f"{when}{len(red)} of {_count(len(rated), 'rated measure')} {'is' if len(red) == 1 else 'are'} red"
    worse = [line.measure.title for line in red if line.short is Direction.WORSENING]
    if not worse:
        known = "is known to be" if any(line.short is Direction.NOT_AVAILABLE for line in red) else "is"
        return f"{opening}; none of them {known} worse than before."
    if len(worse) > MOST_NAMED:
        return f"{opening}, {len(worse)} of them worse than before."
    return f"{opening}. Worse than before: {_named(worse)}."


def real_changes_in_a_sentence(kinds: Sequence[tuple[ScorecardLine, PointType]]) -> str:
    """How many of the newest figures are real changes, and how many of those are red; the rest is as usual."""
    if not kinds:
        return ""
    said = []
    for wanted, words in _REAL.items():
        found = [line for line, kind in kinds if kind in wanted]
        red = sum(line.rag is Rag.RED for line in found)
        if found:
            said.append(f"{len(found)} {words}" + (f", {red} of them red" if red else ""))
    if not said:
        return (
            f"Not one of the {len(kinds)} that can be told is a real change: all lie within their usual ups and downs."
        )
    return f"Real changes: {'; '.join(said)}."


def real_change_headline(line: ScorecardLine, found: Variation | None) -> str:
    """The message of a measure whose newest figure is a real change; empty where it is not, or nothing is known."""
    if found is None or found.kind is None or not found.is_special or isinstance(line.value, Absence):
        return ""
    name = re.split(r"[,:(]", line.measure.title)[0].strip()
    return f"{name}: {found.kind.in_words}, at {line.measure.print_value(line.value)}"


def headline(line: ScorecardLine) -> str:
    """The message of one measure: its rating and where it is heading."""
    measure = line.measure
    if isinstance(line.value, Absence):
        return f"{line.value.in_words} for {line.period.in_words}"
    said = f"{measure.print_value(line.value)} in {line.period.in_words}"
    if line.rag.is_rated:
        said += f": {line.rag.in_words.lower()}"
    return f"{said}, {line.travel.in_a_sentence(measure)}" if line.short is not Direction.NOT_AVAILABLE else said


def mean_and_median(measure: Measure, period: Period, *, mean: Decimal, median: Decimal) -> str:
    """The two middles of one thing side by side: what lies far above the median pulls the mean up, and the reverse.

    They are close together where, as printed, they differ by less than a tenth of the median (**decided**).
    """
    mean, median = (round_half_up(each, measure.decimals) for each in (mean, median))
    said = f"Mean {measure.print_value(mean)} and median {measure.print_value(median)} in {period.in_words}"
    if abs(mean - median) * 10 < abs(median) or mean == median:
        return f"{said}: they are close together."
    way = "long or large cases pull the mean up" if mean > median else "short or small cases pull the mean down"
    return f"{said}: a few {way}."


def travel_in_words(line: ScorecardLine) -> str:
    """Where a measure is heading, and over a year too where that is another comparison."""
    said = f"{line.travel.in_words(line.measure)}."
    if line.short is not Direction.NOT_AVAILABLE:
        said = f"Latest step: {line.travel.in_a_sentence(line.measure)}."
    if line.travel_over_a_year.since == line.travel.since:
        return said
    return f"{said} Over a year: {line.travel_over_a_year.in_a_sentence(line.measure)}."


def _named(titles: Sequence[str]) -> str:
    """A, B and C; beyond the first few, how many more."""
    if len(titles) > MOST_NAMED:
        titles = [*titles[:MOST_NAMED], f"{len(titles) - MOST_NAMED} more"]
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
