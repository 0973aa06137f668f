"""What was tried or learnt elsewhere, and why it is offered beside a measure: the nearest of kin first."""

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import TypeVar

from performance.ground.alike import shared_words
from performance.ground.measures import Measure

# Titles that have one word in common may be about anything: "Days to relet a home", "Days to decide a claim".
FEWEST_WORDS = 2
# What a title counts in, and how, says nothing of what it is about.
_COUNTED_IN = frozenset(
    ("average", "case", "day", "hour", "made", "month", "new", "number", "percentage", "rate", "time", "total", "week",
     "within", "year")
)  # fmt: skip
Found = TypeVar("Found")


class Kinship(IntEnum):
    """How near to a measure something is: of itself, of its service, of its objective, or by the words of its title."""

    MEASURE = 0
    SERVICE = 1
    OBJECTIVE = 2
    WORDS = 3

    @property
    def in_words(self) -> str:
        return ("This measure", "The same service", "The same objective", "A title much like it")[self]


def kinship(measure: Measure, *, other: Measure | None, unit_code: str | None, title: str) -> Kinship | None:
    """How near something is that is about the other measure or, without one, of the unit; None where it is not."""
    if other is not None and other.code == measure.code:
        return Kinship.MEASURE
    if measure.unit_code in {unit_code, other.unit_code if other else None}:
        return Kinship.SERVICE
    if other is not None and other.objective_code is not None and other.objective_code == measure.objective_code:
        return Kinship.OBJECTIVE
    if len(shared_words(measure.title, title) - _COUNTED_IN) >= FEWEST_WORDS:
        return Kinship.WORDS
    return None


def nearest_kin(
    found: Iterable[tuple[Kinship | None, Found]], *, about: str, words_of: Callable[[Found], str], most: int
) -> list[tuple[Kinship, Found]]:
    """Those that are of kin, the nearest first; among equals what shares more words with the text, then as they came.

    What is of the measure itself is all there; of anything else so many.
    """
    kin = [(near, each) for near, each in found if near is not None]
    ordered = sorted(kin, key=lambda pair: (pair[0], -len(shared_words(about, words_of(pair[1])))))
    own = sum(near is Kinship.MEASURE for near, _ in ordered)
    return ordered[: own + most]
