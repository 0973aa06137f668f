"""What the register and the plan said on a day: a change takes effect on a day and is never rewritten.

Measures and nodes of the plan are kept as they were last worded, with every change beside them. What stood on a day
is worked out from the changes, field by field, so that a plan adopted for next April and a word corrected today do
not overwrite each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

Item = TypeVar("Item", bound=Any)
# What stands in the audit trail for a text that somebody wrote: what is hashed there cannot be erased.
WORDS = "(words)"


@dataclass(frozen=True, kw_only=True)
class Recording:
    """Who changes something, when, why, and from which day on it holds."""

    by: str
    at: datetime
    effective_on: date
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One field of one measure or node, before and after; all fields changed at once share a version, from 2 on."""

    code: str
    version: int
    field: str
    before: Any
    after: Any
    recording: Recording


def version_of(changes: Iterable[Change]) -> int:
    """The number of the newest version; what was never changed is at version 1."""
    return max((change.version for change in changes), default=1)


def differences(old: Item, new: Item, *, leaving_out: Iterable[str] = ()) -> dict[str, tuple[Any, Any]]:
    """The fields of two dataclasses of one kind that differ, each with what it was and what it is."""
    skipped = set(leaving_out)
    return {
        each.name: (before, after)
        for each in fields(old)
        if each.name not in skipped and (before := getattr(old, each.name)) != (after := getattr(new, each.name))
    }


def facts_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields and their values as an event may keep them: numbers, days, codes and choices, and that there were words.

    The words themselves stand in the history of the measure or the plan, where they can be erased.
    """
    return {field: _fact(field, value) for field, value in values.items()}


def _fact(field: str, value: Any) -> Any:
    is_written = isinstance(value, str) and not isinstance(value, Enum) and not field.endswith("code")
    return WORDS if is_written and value else value


def value_on(changes: Sequence[Change], on: date) -> Any:
    """What one field said on the day, from all its changes, at least one: the last to take effect by then rules."""
    ordered = sorted(changes, key=lambda change: (change.recording.effective_on, change.version))
    taken = [change for change in ordered if change.recording.effective_on <= on]
    return taken[-1].after if taken else ordered[0].before


def as_it_stood(item: Item, changes: Iterable[Change], *, on: date, only: Iterable[str] | None = None) -> Item:
    """The item on the day; `only` names the fields that are looked back at, all of them where it is left out."""
    by_field: dict[str, list[Change]] = {}
    for change in changes:
        if only is None or change.field in only:
            by_field.setdefault(change.field, []).append(change)
    return replace(item, **{field: value_on(found, on) for field, found in by_field.items()}) if by_field else item
