"""A change explained, in sentences: what moved, by how much, what of it is known, and what cannot be told."""

from decimal import Decimal

from performance.ground.measures import Measure, Polarity
from performance.review.explaining import Cause, Explained, Part
from performance.review.variation import Variation


def signed(measure: Measure, amount: Decimal) -> str:
    """ "+1.8 days", "-0.3 percentage points"."""
    return f"{'+' if amount >= 0 else '−'}{measure.print_change(amount)}"


def short(measure: Measure, amount: Decimal) -> str:
    """As short as it stands beside a bar: "+1.8", "−0.3 points"."""
    return f"{'+' if amount >= 0 else '−'}{abs(amount):,}{' points' if measure.unit == 'percent' else ''}"


def name_of(part: Part) -> str:
    """What a part is called on a chart and in a table."""
    return {
        Cause.SEASON: "Usual for the season",
        Cause.NUMERATOR: part.name or "The count",
        Cause.DENOMINATOR: part.name or "What it is divided by",
        Cause.TARGET: "The target moved",
        Cause.WARD: part.name,
        Cause.REST: "Cannot be told",
    }[part.cause]


def explained_in_words(measure: Measure, found: Explained, variation: Variation | None) -> str:
    """Noise first, then what moved, then the parts from the largest; "we cannot tell" where they are under half."""
    said = []
    if variation is not None and variation.kind is not None and not variation.is_special:
        said.append(
            "The figure lies within its usual ups and downs: ask what would change how it runs, not why this one moved."
        )
    before, now = measure.print_value(found.value_before), measure.print_value(found.value_now)
    when = f"{found.before.in_words}, when it was last not red," if found.since_red else found.before.in_words
    said.append(f"It went from {before} in {when} to {now} in {found.now.in_words}.")
    if found.is_of_gap:
        said.append(_against_target(measure, found))
    if not found.whole:
        return " ".join(said)
    known = sorted((each for each in found.parts[:-1]), key=lambda each: -abs(each.amount))
    if not found.is_told:
        told = f" It shows as follows: {_list(measure, known, found)}." if known else ""
        return f"{' '.join(said)} From the figures alone we cannot tell why: they explain less than half of it.{told}"
    rest = f" {_amount(measure, found.rest, found)} cannot be told." if found.rest else ""
    counts = " The counts say where it moved; the commentary says why." if found.is_by_counts_alone else ""
    return f"{' '.join(said)} Of that, {_list(measure, known, found)}.{rest}{counts}"


def _against_target(measure: Measure, found: Explained) -> str:
    """How much farther from its target the figure is, or nearer, and whether that is good; past it, from where to
    where."""
    before, now = found.gaps
    if not found.whole:
        return "Its distance from the target stayed the same."
    way = _way(measure, found.whole)
    if before * now < 0:
        sides = [f"{measure.print_change(gap)} {'above' if gap > 0 else 'below'}" for gap in (before, now)]
        return f"It passed its target, from {sides[0]} it to {sides[1]} it: {measure.print_change(found.whole)}{way}."
    grew = "grew" if abs(now) > abs(before) else "shrank"
    return f"Its distance from the target {grew} by {measure.print_change(found.whole)}{way}."


def _way(measure: Measure, whole: Decimal) -> str:
    if measure.polarity not in {Polarity.HIGHER, Polarity.RISE_WANTED, Polarity.LOWER}:
        return ""
    return f", for the {'better' if (whole > 0) is (measure.polarity is not Polarity.LOWER) else 'worse'}"


def _list(measure: Measure, parts: list[Part], found: Explained) -> str:
    said = [f"{_amount(measure, each.amount, found)} {_because(each)}" for each in parts]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])}, and {said[-1]}"


def _amount(measure: Measure, amount: Decimal, found: Explained) -> str:
    """So much of the change, without a sign that would have to be held against the whole's."""
    against = "" if (amount > 0) is (found.whole > 0) else " the other way"
    return f"{measure.print_change(amount)}{against}"


def _because(part: Part) -> str:
    return {
        Cause.SEASON: "is usual for the season",
        Cause.NUMERATOR: "comes from the count" + (f" ({part.name})" if part.name else ""),
        Cause.DENOMINATOR: "comes from what it is divided by" + (f" ({part.name})" if part.name else ""),
        Cause.TARGET: "is the target, which moved",
        Cause.WARD: f"is {part.name}",
        Cause.REST: "cannot be told",
    }[part.cause]
