"""What a wide table says, before it is laid out: numbers with their units, reasons, and where each of them stands.

Without pandas, which takes half a second to come: only what is drawn or taken away as a wide table waits for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from performance.ground.measures import print_number
from performance.ground.values import Absence

# A spreadsheet would count an empty cell as zero.
GAP = "–"
_LONGEST_UNIT = 80  # a number format has room for 255 characters, and the unit may stand in it twice
_MARKS = frozenset('";')  # what ends a quoted text or a part of a number format, to some readers in quotes too


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number rounded as it is printed, with its unit."""

    value: Decimal
    unit: str = "number"

    def __str__(self) -> str:
        return print_number(self.value, unit=self.unit)

    @property
    def in_format(self) -> str:
        """The number format that makes a spreadsheet show what the page prints."""
        digits = "#,##0" + (f".{'0' * places}" if (places := -int(self.value.as_tuple().exponent)) > 0 else "")
        if self.unit == "percent":
            return f'{digits}"%"'
        if self.unit == "pounds":
            return f'"£"{digits}'
        if self.unit in {"number", "score", ""} or len(self.unit) > _LONGEST_UNIT or set(self.unit) & _MARKS:
            return digits
        if self.unit in {"days", "years"}:
            return f'[=1]{digits}" {self.unit[:-1]}";{digits}" {self.unit}"'
        return f'{digits}" {self.unit}"'


Said: TypeAlias = Number | Absence | str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What is said where a row and a column meet, each named by its key."""

    row: str
    column: str
    said: Said


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """Facts to be laid out. `rows` and `columns` give each key its heading, in the order in which they stand.

    Two keys may have one heading; two facts for one cell are an error. `first` are columns that say the same on every
    row of a CSV file, so that a row explains itself wherever it is pasted.
    """

    name: str
    rows_are: str
    rows: Mapping[str, str]
    columns: Mapping[str, str]
    facts: Sequence[Fact]
    first: Sequence[tuple[str, str]] = ()
