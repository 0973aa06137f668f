"""What a ward's count is read against: the average ward, and counts per 1,000 residents. The council's sum is never it:
beside a sum every ward is small."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.reckoning.unusual import adds_up_over_wards
from performance.ground.values import Absence, Value, round_half_up

HEADS = 1000


def average_ward(measure: Measure, wards: Sequence[Value], whole: Value | None) -> Decimal | None:
    """The average of all wards that there were, unrounded; None of what wards do not add up to.

    Where wards are hidden it is made of the council's figure, if that may be shown, so that it says nothing new of
    them; None where it would be the average of some wards only.
    """
    if not wards or not adds_up_over_wards(measure):
        return None
    if all(isinstance(value, Decimal) for value in wards):
        return _sum(wards) / len(wards)
    return _of_the_whole(wards, whole)


def average_wards(measure: Measure, *maps: tuple[Sequence[Value], Value | None]) -> list[Decimal | None]:
    """The same of several maps, each its wards and the council's figure, to be held against one another: if one has to
    be made of the council's figure all are, for cases of no ward are in that and not in the wards."""
    found = [average_ward(measure, wards, whole) for wards, whole in maps]
    if any(value is Absence.SUPPRESSED for wards, _ in maps for value in wards):
        return [
            _of_the_whole(*each) if is_there is not None else None for each, is_there in zip(maps, found, strict=True)
        ]
    return found


def _of_the_whole(wards: Sequence[Value], whole: Value | None) -> Decimal | None:
    is_missing = any(not isinstance(value, Decimal) and value is not Absence.SUPPRESSED for value in wards)
    if not isinstance(whole, Decimal) or is_missing or _sum(wards) > whole:
        return None
    return whole / len(wards)


def _sum(wards: Sequence[Value]) -> Decimal:
    return sum((value for value in wards if isinstance(value, Decimal)), Decimal(0))


def per_head(measure: Measure, count: Value | None, residents: Decimal | None) -> Decimal | None:
    """Per 1,000 residents, unrounded, of a count of things that may be shown; None of money and of all that does not
    add up."""
    if not adds_up_over_wards(measure) or measure.unit != "number":
        return None
    if not isinstance(count, Decimal) or residents is None or residents <= 0:
        return None
    return count * HEADS / residents


def with_a_decimal(measure: Measure) -> Measure:
    """The measure as averages of its counts are printed: with one decimal at least, but for sums of money."""
    return measure if measure.unit == "pounds" else replace(measure, decimals=max(1, measure.decimals))


def average_in_words(measure: Measure, average: Decimal) -> str:
    return with_a_decimal(measure).print_value(average)


def per_head_in_words(number: Decimal, residents_of: Period | None) -> str:
    """ "2.1 per 1,000 residents of 2016"."""
    return f"{round_half_up(number, 1):,} {residents_in_words(residents_of)}"


def residents_in_words(period: Period | None) -> str:
    """ "per 1,000 residents of 2016": another year's would make another rate."""
    return f"per {HEADS:,} residents{f' of {period.in_words}' if period else ''}"


def made_of_in_words(average: Decimal | None, wards: Sequence[Value], place: str) -> str:
    """ " (Testing's figure over its wards)", where hidden wards are in the average; else nothing."""
    if average is None or Absence.SUPPRESSED not in wards:
        return ""
    return f" ({place}'s figure over its wards)"
