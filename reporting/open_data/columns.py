"""The columns of open data: each with what stands in it, for the file and for what describes the file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")


class Kind(StrEnum):
    """What a cell holds, by its name among the datatypes of CSV on the Web."""

    TEXT = "string"
    NUMBER = "decimal"
    WHOLE = "integer"
    YES_OR_NO = "boolean"


@dataclass(frozen=True, kw_only=True)
class Column(Generic[Row]):
    """One column: its name in the file, its name in words, what it says, and where it is found in a row.

    `words` is the closed set that its cells are of; any, where it is empty.
    """

    name: str
    title: str
    says: str
    of: Callable[[Row], Any]
    kind: Kind = Kind.TEXT
    words: tuple[str, ...] = ()
    always: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet(Generic[Row]):
    """A file of rows. `key` are the columns that name a row."""

    name: str
    title: str
    says: str
    columns: Sequence[Column[Row]]
    key: tuple[str, ...]

    @property
    def heading(self) -> list[str]:
        return [each.name for each in self.columns]

    def cells(self, rows: Sequence[Row]) -> list[list[Any]]:
        return [[each.of(row) for each in self.columns] for row in rows]


def words_of(words: Iterable[StrEnum]) -> tuple[str, ...]:
    """The closed set, as it stands in files."""
    return tuple(each.value for each in words)
