"""A change explained, in sentences: what moved, by how much, what of it is known, and what cannot be told."""

from decimal import Decimal

from performance.explaining import Cause, Explained, Part
from performance.measures import Measure
from performance.variation import Variation


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
        Cause.NUMERATOR: part.name or "The numerator",
        Cause.DENOMINATOR: part.name or "The denominator",
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
        said.append(f"Against its target that is {signed(measure, found.whole)}.")
    if not found.whole:
        return " ".join(said)
    known = sorted((each for each in found.parts[:-1]), key=lambda each: -abs(each.amount))
    if not found.is_told:
        told = f" It shows as follows: {_list(measure, known)}." if known else ""
        return f"{' '.join(said)} We cannot tell why: what is known explains less than half of it.{told}"
    rest = f" {signed(measure, found.rest)} cannot be told." if found.rest else ""
    counts = " The counts say where it moved; the commentary says why." if found.is_by_counts_alone else ""
    return f"{' '.join(said)} Of that, {_list(measure, known)}.{rest}{counts}"


def _list(measure: Measure, parts: list[Part]) -> str:
    said = [f"{signed(measure, each.amount)} {_because(each)}" for each in parts]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _because(part: Part) -> str:
    return {
        Cause.SEASON: "is usual for the season",
        Cause.NUMERATOR: f"comes from the number above the line ({part.name or 'the numerator'})",
        Cause.DENOMINATOR: f"comes from the number below the line ({part.name or 'the denominator'})",
        Cause.TARGET: "is the target, which moved",
        Cause.WARD: f"is {part.name}",
        Cause.REST: "cannot be told",
    }[part.cause]
