"""A reader who wants to know: all that is shown of wards and the city, as equations over the counts behind it.

The unknowns are the counts of each ward in each month, in each revision. Whatever is shown is a sum of some of them.
The reader is stronger than any real one: they know which figure was revised when, and how figures hang together. A
hidden count is found out when it follows from the sums, or when no other whole numbers would look the same.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Unknown = tuple[str, str, int, int]
"""A family of measures, a ward, a month and the revision of that month's count."""
Sum = frozenset[Unknown]
Row = dict[Unknown, Fraction]


@dataclass(kw_only=True)
class Reader:
    """What is shown, as sums; what is hidden, by name; what each count really is, and the bounds the reader knows."""

    truth: Mapping[Unknown, int]
    shown: set[Sum] = field(default_factory=set)
    hidden: dict[str, Sum] = field(default_factory=dict)
    least: dict[Unknown, int] = field(default_factory=dict)
    most: dict[Unknown, int] = field(default_factory=dict)

    def found_out(self) -> list[str]:
        """The hidden counts of people that this reader knows in the end. Nobody is behind a zero."""
        solved = _solved(self.shown)
        sought = {name: of for name, of in self.hidden.items() if sum(self.truth[each] for each in of)}
        unknown = sorted({each for of in (*self.hidden.values(), *self.shown) for each in of})
        moves = list(_moves(solved, unknown))
        suspected = [name for name, of in sought.items() if not self._could_differ(of, moves)]
        return sorted(name for name in suspected if not self._differs_elsewhere(sought[name], solved, unknown))

    def _could_differ(self, of: Sum, moves: Sequence[Row]) -> bool:
        """Whether other whole numbers, within bounds, look the same and come to something else."""
        changing = [move for move in moves if sum(move.get(each, 0) for each in of)]
        if any(self._is_possible(move) for move in changing):
            return True
        for one in changing:
            for other in moves:
                if other is not one and any(
                    sum(both.get(each, 0) for each in of) and self._is_possible(both)
                    for both in (_added(one, other, 1), _added(one, other, -1))
                ):
                    return True
        return False

    def _differs_elsewhere(self, of: Sum, solved: Mapping[Unknown, Row], unknown: Sequence[Unknown]) -> bool:
        """Whether the least or the most that the sum can be, of all whole numbers within bounds, is not what it is."""
        place = {each: number for number, each in enumerate(unknown)}
        if not _reduced(dict.fromkeys(of, Fraction(1)), solved):
            return False
        sums = np.zeros((len(self.shown), len(unknown)))
        for row, each in enumerate(self.shown):
            sums[row, [place[one] for one in each]] = 1
        real = np.array([self.truth[each] for each in unknown])
        bounds = Bounds(
            [self.least.get(each, 0) for each in unknown], [self.most.get(each, 10_000) for each in unknown]
        )
        aim = np.array([1.0 if each in of else 0.0 for each in unknown])
        for direction in (aim, -aim):
            best = milp(
                direction, constraints=LinearConstraint(sums, sums @ real, sums @ real), bounds=bounds, integrality=1
            )
            move = {each: Fraction(round(best.x[at]) - int(real[at])) for each, at in place.items()}
            if sum(move[each] for each in of) and not any(sum(move[one] for one in each) for each in self.shown):
                return self._is_possible(move)
        return False

    def _is_possible(self, move: Row) -> bool:
        return any(
            all(self._within(each, self.truth[each] + sign * step) for each, step in move.items()) for sign in (1, -1)
        )

    def _within(self, unknown: Unknown, number: Fraction) -> bool:
        most = self.most.get(unknown)
        is_whole = number.denominator == 1
        return is_whole and number >= self.least.get(unknown, 0) and (most is None or number <= most)


def _solved(shown: Iterable[Sum]) -> dict[Unknown, Row]:
    """The sums solved for one unknown each, by exact elimination."""
    solved: dict[Unknown, Row] = {}
    for each in sorted(shown, key=lambda of: (len(of), sorted(of))):
        row = _reduced(dict.fromkeys(each, Fraction(1)), solved)
        if not row:
            continue
        pivot = min(row)
        row = {key: part / row[pivot] for key, part in row.items()}
        for key, other in list(solved.items()):
            if pivot in other:
                solved[key] = _added(other, row, -other[pivot])
        solved[pivot] = row
    return solved


def _reduced(row: Row, solved: Mapping[Unknown, Row]) -> Row:
    for key in [key for key in row if key in solved]:
        row = _added(row, solved[key], -row[key])
    return row


def _added(row: Row, other: Row, times: Fraction | int) -> Row:
    found = dict(row)
    for key, part in other.items():
        found[key] = found.get(key, Fraction(0)) + times * part
        if not found[key]:
            del found[key]
    return found


def _moves(solved: Mapping[Unknown, Row], unknown: Collection[Unknown]) -> Iterable[Row]:
    """Changes of the unknowns that leave every sum as it is: one for each unknown that nothing was solved for, and
    those in which two of these stand in for each other."""
    free = [each for each in unknown if each not in solved]
    own: dict[Unknown, Row] = {each: {each: Fraction(1)} for each in free}
    for pivot, row in solved.items():
        for key, part in row.items():
            if key != pivot and key in own:
                own[key][pivot] = -part
    yield from own.values()
    for one, other in combinations(own.values(), 2):
        if not one.keys().isdisjoint(other.keys()):
            yield _added(one, other, -1)
