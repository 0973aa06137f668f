"""What a row says, as a digest that every database and every release gives alike.

A digest names each column with its value and leaves out what is empty (nothing, "" and no), so a column that a later
migration adds empty changes none. What a migration fills in, renames or drops it must adopt anew
(`data_access.store.ledger.adopt`).
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint

from data_access.models import Base
from data_access.store.column_types import Document, ExactNumber
from performance.ground.texts import all_legible, legible

# Tables of which nothing is kept, and why: what is on its way and not audited; what lives for days; what is a person's
# own or may have to be erased; what is drawn and not decided; what only says that something was tried or looked at;
# what follows from the rest.
_LEFT_OUT = {
    "audit_events", "row_digests", "versions",
    "drafts", "return_hands", "delivery_drafts", "plan_refresh_lines",
    "sign_ins", "sign_in_attempts", "requests",
    "own_objectives", "personal_threads", "feedback", "saved_views", "data_requests",
    "boundaries", "import_runs", "measure_uses", "mails", "report_sends",
    "disclosures", "hidden_figures",
}  # fmt: skip
# Columns that change without an event, may have to be erased, or are given by the database as a row comes in.
_COLUMNS_LEFT_OUT = {
    "people": {"name", "email", "session_epoch", "ward_code", "wants_no_mail", "closed_tour"},
    "figures": {"id"},
    "paper_templates": {"content"},  # its own digest stands beside it
}
_KEPT = 32  # hexadecimal figures of SHA-256: 128 bits

RowKey = tuple[str, ...]
Say = Callable[[Any], str]


@dataclass(frozen=True)
class Guarded:
    """A table whose rows are digested: what tells a row from the others, and how each column is said."""

    table: Table
    key: tuple[Column[Any], ...]
    columns: tuple[Column[Any], ...]
    say: tuple[tuple[str, Say], ...]

    @property
    def name(self) -> str:
        # A plain text: SQLAlchemy's own kind is looked at anew by the driver for every row that it is bound in.
        return str(self.table.name)

    def digest(self, row: Mapping[str, Any]) -> str:
        """Of values by column, as they are bound or as they were read: both say the same."""
        said = [
            f"{name}:{len(text)}:{text}"
            for name, say in self.say
            if (value := row.get(name)) is not None and (text := say(value))
        ]
        return hashlib.sha256("".join(said).encode()).hexdigest()[:_KEPT]

    def key_of(self, row: Mapping[str, Any]) -> RowKey:
        """Its parts as texts, as the list of what was written keeps them and an operator reads them."""
        return tuple(_say(row[column.name]) for column in self.key)


@lru_cache(maxsize=1)
def guarded_tables() -> dict[str, Guarded]:
    """By name."""
    return {table.name: _guarded(table) for table in Base.metadata.sorted_tables if table.name not in _LEFT_OUT}


def _key(table: Table) -> tuple[Column[Any], ...]:
    """What is unique about a row by what it means; a number that the database gave only where there is nothing else."""
    own = tuple(table.primary_key.columns)
    if [column.name for column in own] != ["id"]:
        return own
    for rule in sorted(table.constraints, key=lambda rule: str(rule.name)):
        if isinstance(rule, UniqueConstraint) and not any(column.nullable for column in rule.columns):
            return tuple(rule.columns)
    return own


def _guarded(table: Table) -> Guarded:
    left_out = _COLUMNS_LEFT_OUT.get(table.name, set())
    columns = tuple(column for column in table.columns if column.name not in left_out)
    return Guarded(table, _key(table), columns, tuple((column.name, _sayer(column)) for column in columns))


def _sayer(column: Column[Any]) -> Say:
    if isinstance(column.type, ExactNumber):
        return _say_number  # a whole number may be given for an exact one
    return _say_document if isinstance(column.type, Document) else _say


def _say_number(value: Any) -> str:
    """To its last figure, and without the noughts after it, which one database keeps and another adds."""
    exact = value if isinstance(value, Decimal) else Decimal(value)
    text = format(exact if exact else abs(exact), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _say_document(value: Any) -> str:
    return json.dumps(all_legible(value), sort_keys=True, ensure_ascii=False)


@lru_cache(maxsize=65_536, typed=True)
def _say(value: Any) -> str:
    if isinstance(value, str):
        return legible(str(value))
    if value is None or value is False:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else _say_whole(value)


def _say_whole(value: Any) -> str:
    """Of a column of whole numbers. Anything else there is a kind of column that nobody said how to say."""
    if not isinstance(value, int):
        raise TypeError(f"{type(value).__name__} is a kind of value of which no digest is made yet.")
    return str(int(value))
