"""Small numbers of people: which counts to hide so that nobody can work one out."""

from collections.abc import Collection, Mapping
from decimal import Decimal

THRESHOLD = 5
"""Counts above zero and below this are hidden; the council may set another."""


def is_small(count: Decimal, threshold: int = THRESHOLD) -> bool:
    return 0 < count < threshold


def hide_small(counts: Mapping[str, Decimal], total_known: bool, threshold: int = THRESHOLD) -> frozenset[str]:
    """The areas whose counts to hide: the small ones, and so many more that the total gives none of them back.

    A reader who knows the total knows what the hidden counts come to. So at least two are hidden, and further ones,
    the smallest first, until each could be more than one number. Equal counts are hidden together: to choose between
    them by name would tell a reader who knows this rule which one was small. Zeros go last.
    """
    hidden = {area for area, count in counts.items() if is_small(count, threshold)}
    if not total_known or not hidden:
        return frozenset(hidden)
    shown = counts.keys() - hidden
    for next_count in sorted({counts[area] for area in shown}, key=lambda count: (count == 0, count)):
        if is_safe(counts, hidden, threshold):
            break
        hidden |= {area for area in shown if counts[area] == next_count}
    return frozenset(hidden)


def is_safe(counts: Mapping[str, Decimal], hidden: Collection[str], threshold: int = THRESHOLD) -> bool:
    """Whether a reader of the total and of the counts shown can pin down none that is hidden.

    False for what `hide_small` returns means that even hiding every area is not enough: hide the total as well.
    """
    lost = [counts[area] for area in hidden]
    if not any(is_small(count, threshold) for count in lost):
        return True
    # A reader knows that zeros are shown where they can be, and that small counts end below the threshold.
    least = 0 if 0 in lost else 1
    all_small = all(is_small(count, threshold) for count in lost)
    most = threshold - 1 if all_small else None
    together = sum(lost, Decimal(0))
    return len(lost) > 1 and together > least * len(lost) and (most is None or together < most * len(lost))
