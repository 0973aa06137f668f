"""What a ward's count is read against: the average ward, and counts per 1,000 residents. The council's sum is never it:
beside a sum every ward is small."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from performance.ground.measures import Measure
from performance.ground.reckoning.unusual import adds_up_over_wards
from performance.ground.values import Absence, Value, round_half_up

HEADS = 1000


def average_ward(measure: Measure, wards: Sequence[Value], whole: Value | None) -> Decimal | None:
    """The average of all wards of one map, unrounded; None of what wards do not add up to.

    Where wards are hidden it is made of the council's figure, if that may be shown, so that it says nothing new of
    them; None where it would be the average of some wards only.
    """
    if not wards or not adds_up_over_wards(measure):
        return None
    known = [value for value in wards if isinstance(value, Decimal)]
    total = sum(known, Decimal(0))
    if len(known) == len(wards):
        return total / len(wards)
    hidden = sum(value is Absence.SUPPRESSED for value in wards)
    if not isinstance(whole, Decimal) or len(known) + hidden < len(wards) or total > whole:
        return None
    return whole / len(wards)


def per_head(measure: Measure, count: Value | None, residents: Decimal | None) -> Decimal | None:
    """Per 1,000 residents, unrounded, of a count of things that may be shown; None of money and of all that does not
    add up."""
    if not adds_up_over_wards(measure) or measure.unit != "number":
        return None
    if not isinstance(count, Decimal) or residents is None or residents <= 0:
        return None
    return count * HEADS / residents


def with_a_decimal(measure: Measure) -> Measure:
    """The measure as averages of its counts are printed: with one decimal at least."""
    return replace(measure, decimals=max(1, measure.decimals))


def average_in_words(measure: Measure, average: Decimal) -> str:
    return with_a_decimal(measure).print_value(average)


def per_head_in_words(number: Decimal) -> str:
    """ "2.1 per 1,000 residents"."""
    return f"{round_half_up(number, 1):,} per {HEADS:,} residents"
