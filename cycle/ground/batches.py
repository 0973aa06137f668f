"""Many things, a few at a time: what bounds the memory of a work that is as long as its history."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

AT_A_TIME = 8
"""Measures whose whole history, maybe ten years of every ward, is held at once; and lines that are worked out before it
is said how far it is, which takes about as long as a person notices."""
Thing = TypeVar("Thing")


def in_batches(things: Sequence[Thing], size: int = AT_A_TIME) -> Iterator[Sequence[Thing]]:
    """The things in their order, so many at a time; the last may be fewer."""
    return (things[first : first + size] for first in range(0, len(things), size))
