"""What a person may do to the draft of a new year's plan, as a value: a form gives one, and a verb carries it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from performance.ground.organisation import PlanNode
from performance.plan.refresh import Noun


@dataclass(frozen=True, kw_only=True)
class Reworded:
    """A node with its fields as they should be next year."""

    code: str
    values: Mapping[str, Any]
    based_on: int


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A node that is not carried over; with all below it, if so, that nobody has changed in the draft."""

    code: str
    with_below: bool
    based_on: int


@dataclass(frozen=True, kw_only=True)
class Added:
    """A node that is new next year."""

    node: PlanNode


@dataclass(frozen=True, kw_only=True)
class CarriedOver:
    """A node or measure about which the draft says nothing any more; what it added is left out."""

    noun: Noun
    code: str
    based_on: int


@dataclass(frozen=True, kw_only=True)
class Linked:
    """Measures, by code with the version of their lines, linked to another objective or plan, or to none."""

    measures: Mapping[str, int]
    objective_code: str | None


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Between the draft and what the plan says by now, where it was changed since."""

    noun: Noun
    code: str
    keeps_draft: bool
    based_on: int


@dataclass(frozen=True, kw_only=True)
class Begun:
    """What the draft is called, and the day it is to start."""

    title: str
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class Abandoned:
    """The draft is given up."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Adopted:
    """The draft, as it was looked over, becomes the plan on its first day."""

    version: int
    starts_on: date


LineChange = Reworded | Ended | Added | CarriedOver | Linked | Chosen
DraftChange = LineChange | Begun | Abandoned | Adopted
