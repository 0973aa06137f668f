"""What figures say, in sentences made from the figures alone."""

from collections.abc import Sequence
from decimal import Decimal

from performance.direction import Direction
from performance.measures import Measure
from performance.periods import Period
from performance.rag import Rag
from performance.scorecard import ScorecardLine
from performance.values import Absence
from reporting.dots import Place

Known = Sequence[tuple[Period, Decimal]]


def scorecard_in_a_sentence(lines: Sequence[ScorecardLine]) -> str:
    """What matters on a scorecard: how many are red, and which of them are getting worse."""
    rated = [line for line in lines if line.rag.is_rated]
    red = [line for line in rated if line.rag is Rag.RED]
    if not rated:
        return "No measure is rated for this period."
    if not red:
        return f"None of {_count(len(rated), 'rated measure')} is red."
    opening = f"{len(red)} of {_count(len(rated), 'rated measure')} {'is' if len(red) == 1 else 'are'} red"
    worse = [line.measure.title for line in red if line.short is Direction.WORSENING]
    if not worse:
        return f"{opening}; none of them got worse."
    named = worse[0] if len(worse) == 1 else f"{', '.join(worse[:-1])} and {worse[-1]}"
    if len(worse) > 3:
        return f"{opening}, {len(worse)} of them getting worse."
    return f"{opening}. Getting worse: {named}."


def headline(line: ScorecardLine) -> str:
    """The message of one measure: its rating and where it is heading."""
    measure = line.measure
    if isinstance(line.value, Absence):
        return f"{line.value.in_words} for {line.period.in_words}"
    said = f"{measure.print_value(line.value)} in {line.period.in_words}"
    if line.rag.is_rated:
        said += f": {line.rag.in_words.lower()}"
    return f"{said}, {heading(line.short)}" if line.short is not Direction.NOT_AVAILABLE else said


def heading(direction: Direction) -> str:
    """Direction of travel inside a sentence."""
    return direction.in_words.lower()


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


def dots_alt(measure: Measure, places: Sequence[Place]) -> str:
    """Places side by side in words: ours, those we are measured against, and the spread of the single councils."""
    named = "; ".join(f"{each.name} {each.words}" for each in places if not each.is_council)
    said = f"Dot plot of {measure.title}. {named}."
    councils = sorted((each for each in places if each.is_council), key=lambda each: each.number)
    if len(councils) < 2:
        return said + "".join(f" {each.name} {each.words}." for each in councils)
    low, high = councils[0], councils[-1]
    return f"{said} {len(councils)} councils from {low.words} ({low.name}) to {high.words} ({high.name})."


def spark_alt(measure: Measure, numbers: Known) -> str:
    """A small line in words."""
    if not numbers:
        return "No figures"
    known = [number for _, number in numbers]
    return (
        f"{len(known)} figures: from {measure.print_value(known[0])} to {measure.print_value(known[-1])}, "
        f"low {measure.print_value(min(known))}, high {measure.print_value(max(known))}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
