"""What a person may do to a measure of the register, each as they typed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from performance.measures import Measure


@dataclass(frozen=True, kw_only=True)
class Documented:
    """The sections of its methodology by field, and whether it was reviewed today."""

    sections: Mapping[str, str]
    reviewed: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class Reworded:
    """The measure as it is to be. Polarity and tolerance hold for periods that have not ended."""

    measure: Measure
    reason: str


@dataclass(frozen=True, kw_only=True)
class Retired:
    """Asked for no longer after the day."""

    last_day: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class Replaced:
    """Another measure, or several where it is split, in its place from the day on."""

    successors: tuple[str, ...]
    first_day: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class Broken:
    """From the day on, figures do not compare with those before."""

    on: date
    reason: str


RegisterChange = Documented | Reworded | Retired | Replaced | Broken
