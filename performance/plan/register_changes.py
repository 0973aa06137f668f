"""What a person may do to a measure of the register, each as they typed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Documented:
    """The sections of its methodology that were written anew, by field, and whether it was reviewed today."""

    sections: Mapping[str, str]
    reviewed: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class Reworded:
    """The fields that were changed, with their new values; what was left alone stays as others keep it."""

    fields: Mapping[str, Any]
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
