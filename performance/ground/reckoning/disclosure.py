"""Small numbers of people: which counts to hide so that nobody can work one out."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

THRESHOLD = 5
"""Counts above zero and below this are hidden; the council may set another."""


@dataclass(frozen=True, kw_only=True)
class Counting:
    """One counting of people by area, as it stood at one moment; `total_known` where a reader can know its sum.

    `untold` is what the areas without a count come to by the total: hidden as it is, and to be kept hidden.
    """

    counts: Mapping[str, Decimal]
    total_known: bool
    untold: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """The areas to hide; `total` where even hiding them all is not enough, so the total is hidden as well."""

    areas: frozenset[str]
    total: bool = False


NOTHING = Hidden(areas=frozenset())


def is_small(count: Decimal, threshold: int = THRESHOLD) -> bool:
    return 0 < count < threshold


def hide_small(counts: Mapping[str, Decimal], total_known: bool, threshold: int = THRESHOLD) -> frozenset[str]:
    """The areas of one counting whose counts to hide: the small ones, and so many more as its total calls for."""
    return hide_together([Counting(counts=counts, total_known=total_known)], threshold).areas


def hide_together(
    countings: Sequence[Counting],
    threshold: int = THRESHOLD,
    *,
    alike: bool = True,
    at_source: Collection[str] = (),
) -> Hidden:
    """The areas to hide in all of these countings alike, so that no total gives a hidden count back.

    A reader who knows the total knows what the hidden counts come to. So at least two are hidden, and further ones,
    the smallest first, until each could be more than one number. Equal counts are hidden together: to choose between
    them by name would tell a reader who knows this rule which one was small. Zeros go last.

    Several countings that are `alike`, of one thing over the same days, narrow each other. Then one of the hidden is
    large in each: it can give or take whatever another could have been. What is hidden `at_source` in one of them stays
    hidden in all.
    """
    small = {area for each in countings for area, count in each.counts.items() if is_small(count, threshold)}
    small |= set(at_source)
    asked = [each for each in countings if each.total_known]
    narrow = alike and sum(not small.isdisjoint(each.counts) for each in asked) > 1
    hidden = set(small)
    while unsafe := next((each for each in asked if not _is_kept(each, hidden, threshold, narrow)), None):
        following = next(_in_order(unsafe.counts, unsafe.counts.keys() - hidden), None)
        if following is None:
            return Hidden(areas=frozenset(small), total=True)
        hidden |= following
    return Hidden(areas=frozenset(hidden)) if hidden else NOTHING


def is_safe(counts: Mapping[str, Decimal], hidden: Collection[str], threshold: int = THRESHOLD) -> bool:
    """Whether a reader of the total and of the counts shown can pin down none that is hidden.

    False for what `hide_small` returns means that even hiding every area is not enough: hide the total as well.
    """
    return _is_safe([counts[area] for area in hidden], threshold)


def _is_safe(lost: Sequence[Decimal], threshold: int) -> bool:
    if not any(is_small(count, threshold) for count in lost):
        return True
    # A reader knows that zeros are shown where they can be, and that small counts end below the threshold.
    least = 0 if 0 in lost else 1
    all_small = all(is_small(count, threshold) for count in lost)
    most = threshold - 1 if all_small else None
    together = sum(lost, Decimal(0))
    return len(lost) > 1 and together > least * len(lost) and (most is None or together < most * len(lost))


def _is_kept(counting: Counting, hidden: Collection[str], threshold: int, narrow: bool) -> bool:
    """Whether the total of this counting gives none of the hidden away."""
    lost = [counting.counts[area] for area in hidden if area in counting.counts]
    if counting.untold is not None:
        lost.append(counting.untold)
    if not any(lost):
        return True
    if len(lost) == 1 or not _is_safe(lost, threshold):
        return False
    has_small = any(is_small(count, threshold) for count in lost)
    return not (narrow and has_small) or any(count >= threshold for count in lost)


def _in_order(counts: Mapping[str, Decimal], shown: Iterable[str]) -> Iterator[set[str]]:
    """The areas shown, the smallest first, those with equal counts together and zeros last."""
    by_count: dict[Decimal, set[str]] = {}
    for area in shown:
        by_count.setdefault(counts[area], set()).add(area)
    for count in sorted(by_count, key=lambda count: (count == 0, count)):
        yield by_count[count]
