"""What a setup workbook would change, sheet by sheet and field by field, in words a person can judge."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from performance.ground.figures import Target
from performance.ground.measures import Measure
from performance.ground.organisation import PlanNode
from performance.ground.periods import Period

NOTHING_SAID = "empty"
# Fields that the workbook calls otherwise.
_COLUMNS = {
    (Measure, "unit_code"): "organisation_unit",
    (Measure, "objective_code"): "objective",
    (PlanNode, "position"): "order",
    (Target, "number"): "target",
}
# What follows from a measure's unit where the workbook does not say it.
_FOLLOWS_UNIT = {"multiplier", "is_share", "may_be_negative"}
_NAMES = ("title", "name", "action", "reason")


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """A cell before and after, as a person reads it."""

    field: str
    before: str
    after: str

    @property
    def in_words(self) -> str:
        return f"{self.field}: {self.before} -> {self.after}"


@dataclass(frozen=True, kw_only=True)
class RowChange:
    """A row that is new (without fields) or changed, with the code and the name it goes by."""

    code: str
    name: str = ""
    fields: tuple[FieldChange, ...] = ()

    @property
    def in_words(self) -> str:
        return f"{self.code} {self.name}".strip()


@dataclass(frozen=True, kw_only=True)
class SheetChanges:
    """A sheet compared with what is stored: what is new and what is changed, and how much is the same."""

    sheet: str
    new: tuple[RowChange, ...]
    changed: tuple[RowChange, ...]
    same: int

    @property
    def in_words(self) -> str:
        said = f"{self.sheet}: {len(self.new):,} new, {len(self.changed):,} changed, {self.same:,} the same"
        codes = [row.code for row in self.changed]
        return f"{said} ({', '.join(codes[:10])}{' ...' if len(codes) > 10 else ''})" if codes else said

    def lines(self, *, most: int) -> Iterator[str]:
        """New rows, then each changed field with what it was and what it is; so many, and how many more."""
        for row in self.new[:most]:
            yield f"new: {row.in_words}"
        if len(self.new) > most:
            yield f"... and {len(self.new) - most:,} more new rows"
        for row in self.changed[:most]:
            yield from (f"{row.in_words}, {change.in_words}" for change in row.fields)
        if len(self.changed) > most:
            yield f"... and {len(self.changed) - most:,} more changed rows"


@dataclass(frozen=True, kw_only=True)
class SetupReport:
    """What an import of the register did (or, tried only, would do). `receipt` is the number of its audit event."""

    sheets: tuple[SheetChanges, ...]
    receipt: int | None = field(default=None, compare=False)

    @property
    def changes(self) -> int:
        return sum(len(sheet.new) + len(sheet.changed) for sheet in self.sheets)

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing in the file at all, but headings and examples."""
        return not self.sheets

    @property
    def fingerprint(self) -> str:
        """A short text that differs wherever two reports do."""
        return hashlib.sha256(repr(self.sheets).encode()).hexdigest()

    def in_words(self, *, done: bool) -> str:
        if self.is_empty:
            return "The file holds headings and examples only: there is nothing to bring in."
        rows = f"{self.changes:,} {'row' if self.changes == 1 else 'rows'}"
        return f"{rows} {'changed' if done else 'would change'}."


def with_what_stands(item: Any, stored: Any, *, columns: Collection[str]) -> Any:
    """The row with what is stored in every field whose column the sheet does not have: what is not said stays.

    A target is said as a whole, and a tuple (a break of a series) has nothing but its columns.
    """
    if not is_dataclass(item) or isinstance(item, type):
        return item
    follows = _FOLLOWS_UNIT if isinstance(item, Measure) and item.unit != stored.unit else set()
    kept = {}
    for each in fields(item):
        is_cell = isinstance(getattr(item, each.name), Period) or not is_dataclass(getattr(item, each.name))
        if is_cell and _column_of(item, each.name) not in columns and each.name not in follows | {"code"}:
            kept[each.name] = getattr(stored, each.name)
    return replace(item, **kept)


def row_change(code: str, before: Any, after: Any) -> RowChange:
    """How a row differs from what is stored; all of it is new where nothing is."""
    name = next((text for label, text in _flat(after) if label in _NAMES and text != NOTHING_SAID), "")
    if before is None:
        return RowChange(code=code, name=name)
    stored = dict(_flat(before))
    changed = (
        FieldChange(field=label.replace("_", " "), before=stored.get(label, NOTHING_SAID), after=text)
        for label, text in _flat(after)
        if stored.get(label, NOTHING_SAID) != text
    )
    return RowChange(code=code, name=name, fields=tuple(changed))


def _flat(item: Any) -> Iterator[tuple[str, str]]:
    """Every field of a row with its words, those of what it is made of among them."""
    if isinstance(item, tuple):
        for part in item:
            if is_dataclass(part):
                yield from _flat(part)
        return
    for each in fields(item):
        value = getattr(item, each.name)
        if is_dataclass(value) and not isinstance(value, Period):
            yield from _flat(value)
        else:
            yield _column_of(item, each.name), _in_words(value)


def _column_of(item: Any, name: str) -> str:
    return _COLUMNS.get((type(item), name), name)


def _in_words(value: Any) -> str:
    if value is None or value in ("", ()):
        return NOTHING_SAID
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Period):
        return value.in_words
    if isinstance(value, tuple | list):
        return ", ".join(_in_words(part) for part in value)
    return value.isoformat() if isinstance(value, date) else str(value)
