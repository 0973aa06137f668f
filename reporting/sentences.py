"""What figures say, in sentences made from the figures alone."""

import re
from collections.abc import Sequence
from decimal import Decimal

from performance.direction import Direction
from performance.forecast import Forecast
from performance.measures import Measure
from performance.periods import Period
from performance.rag import Rag
from performance.scorecard import ScorecardLine
from performance.spc import PointType, Process
from performance.values import Absence, round_half_up
from performance.variation import Variation
from reporting.dots import Place

MOST_NAMED = 3
_REAL = {
    frozenset({PointType.CONCERN}): "for the worse",
    frozenset({PointType.IMPROVEMENT}): "for the better",
    frozenset({PointType.NEUTRAL_HIGH, PointType.NEUTRAL_LOW}): "neither better nor worse",
}
Known = Sequence[tuple[Period, Decimal]]


def scorecard_in_a_sentence(lines: Sequence[ScorecardLine], when: str = "") -> str:
    """What matters on a scorecard: how many are red, and which of them are getting worse.

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
        known = "is known to have got" if any(line.short is Direction.NOT_AVAILABLE for line in red) else "got"
        return f"{opening}; none of them {known} worse."
    if len(worse) > MOST_NAMED:
        return f"{opening}, {len(worse)} of them getting worse."
    return f"{opening}. Getting worse: {_named(worse)}."


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
    if line.travel_over_a_year.since == line.travel.since:
        return said
    return f"{said} Over a year: {line.travel_over_a_year.in_a_sentence(line.measure)}."


def trend_alt(measure: Measure, numbers: Known, *, place: str, line: ScorecardLine) -> str:
    """A line chart for those who do not see it: what it is of, from what to what, the extremes, and the target."""
    if not numbers:
        return f"Line chart of {measure.title} for {place}. There are no figures to draw."
    (first, start), (last, end) = numbers[0], numbers[-1]
    low, high = min(numbers, key=lambda one: one[1]), max(numbers, key=lambda one: one[1])
    said = (
        f"Line chart of {measure.title} for {place}, {first.in_words} to {last.in_words}. "
        f"It went from {measure.print_value(start)} to {measure.print_value(end)}; "
        f"lowest {measure.print_value(low[1])} in {low[0].in_words}, "
        f"highest {measure.print_value(high[1])} in {high[0].in_words}."
    )
    if line.target and line.target.number is not None:
        said += f" The target is {measure.print_target(line.target.number)}."
    return said


def expected_alt(measure: Measure, ahead: Forecast) -> str:
    """Where the line is expected to end, with how sure that is."""
    return f" Expected in {ahead.period.in_words}: {ahead.in_words(measure)}."


def process_alt(measure: Measure, process: Process, found: Variation | None = None) -> str:
    """An XmR chart for those who do not see it: from when to when, what is usual, the newest point, and the target."""
    first, last = process.points[0], process.latest
    said = f"XmR chart of {measure.title}, {first.period.in_words} to {last.period.in_words}."
    if process.limits:
        said += f" {process.limits.in_words(measure)}."
    signals = sum(point.kind not in {None, PointType.COMMON_CAUSE} for point in process.points)
    kind = last.kind.in_words if last.kind else "not judged"
    newest = f"the newest, {measure.print_value(last.value)}, is {kind}"
    said = f"{said} {signals} of {len(process.points)} points are real changes; {newest}."
    assured = found.assured_in_words if found else ""
    return f"{said} {assured[0].upper()}{assured[1:]}." if assured else said


def dots_alt(measure: Measure, places: Sequence[Place]) -> str:
    """Places side by side in words: ours, those we are measured against, and the spread of the single councils."""
    named = "; ".join(f"{each.name} {each.words}" for each in places if not each.is_council)
    said = f"Dot plot of {measure.title}. {named}."
    councils = sorted((each for each in places if each.is_council), key=lambda each: each.number)
    if len(councils) < 2:
        return said + "".join(f" {each.name} {each.words}." for each in councils)
    low, high = councils[0], councils[-1]
    return f"{said} {len(councils)} councils from {low.words} ({low.name}) to {high.words} ({high.name})."


def explored_alt(measure: Measure, latest: Sequence[str]) -> str:
    """Any chart of a measure for several places: what each came to last."""
    return f"Chart of {measure.title}. Latest: {'; '.join(latest)}."


def spark_alt(measure: Measure, numbers: Known) -> str:
    """A small line in words."""
    if not numbers:
        return "No figures"
    known = [number for _, number in numbers]
    return (
        f"{len(known)} figures: from {measure.print_value(known[0])} to {measure.print_value(known[-1])}, "
        f"low {measure.print_value(min(known))}, high {measure.print_value(max(known))}"
    )


def _named(titles: Sequence[str]) -> str:
    """A, B and C; beyond the first few, how many more."""
    if len(titles) > MOST_NAMED:
        titles = [*titles[:MOST_NAMED], f"{len(titles) - MOST_NAMED} more"]
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
