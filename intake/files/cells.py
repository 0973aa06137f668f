"""One row at a time: cells read as codes, words, days and numbers, each fault noted with its row and column."""

import re
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from intake.files.tables import Row
from performance.ground.entry import NumberNotUnderstoodError, read_number
from performance.ground.incoming import RowProblem, nearest
from performance.ground.texts import TextTooLongError, clean, without_unseen

Choice = TypeVar("Choice", bound=StrEnum)
_CODE = re.compile(r"[A-Za-z0-9._-]{1,32}")
# Published series carry more decimals than anyone types: 2.7618645600916603. They are kept to the last digit.
_PUBLISHED = r"-?[0-9]{1,12}\.[0-9]{7,20}"
# What nobody can read in two ways, as nearly all cells are, is not looked at any further.
_PLAIN = re.compile(rf"(?:0|[1-9][0-9]{{0,11}})(?:\.[0-9]{{1,6}})?|{_PUBLISHED}")
_YES, _NO = {"yes", "y", "true"}, {"no", "n", "false"}


class Cells:
    """The cells of one row. What cannot be read is noted as a problem and answered with the default."""

    def __init__(self, row: Row, *, sheet: str = "") -> None:
        self.row = row
        self.sheet = sheet
        self.problems: list[RowProblem] = []
        self.readings: dict[tuple[str, str], str] = {}

    def object(self, column: str, message: str) -> None:
        self.problems.append(RowProblem(row=self.row.number, column=column, message=message, sheet=self.sheet))

    def raw(self, column: str) -> str:
        return self.row.cells.get(column, "")

    def plain(self, column: str) -> str:
        """The cell without spaces around it, and without marks that nobody sees."""
        raw = self.row.cells.get(column)
        return without_unseen(raw).strip() if raw else ""

    def text(self, column: str, *, needed: bool = False) -> str:
        """Free text, made safe to keep."""
        try:
            found = clean(self.raw(column))
        except TextTooLongError as fault:
            self.object(column, str(fault))
            return ""
        if needed and not found.strip():
            self.missing(column)
        return found

    def missing(self, column: str) -> None:
        self.object(column, f"{column.replace('_', ' ')} is empty. Every row needs one.")

    def code(self, column: str, *, known: Collection[str] | None = None, where: str = "", required: bool = True) -> str:
        """A code of 1 to 32 letters, digits, dots, dashes and underscores; one of those known, where they are given."""
        found = self.plain(column)
        if known is not None and found in known:
            return found
        if not found:
            if required:
                self.missing(column)
            return ""
        words = column.replace("_", " ")
        if not _CODE.fullmatch(found):
            self.object(column, f'{words} "{found}" is not a code: 1 to 32 letters, digits, dots, dashes, underscores.')
            return ""
        if known is not None:
            self.object(column, f'{words} "{found}" is not in the {where}.{nearest(found, known)}')
            return ""
        return found

    def choice(self, column: str, words: type[Choice], default: Choice | None = None) -> Choice:
        """One of a closed set of words; without a default the cell must not be empty."""
        text = self.plain(column)
        if not text and default is not None:
            return default
        found = text.casefold().replace(" ", "_").replace("-", "_")
        if found in list(words):
            return words(found)
        if found:
            self.object(column, f'"{text}" is not one of: {", ".join(words)}.')
        else:
            self.missing(column)
        return default or next(iter(words))

    def yes_no(self, column: str, *, default: bool) -> bool:
        found = self.plain(column).casefold()
        if found in _YES | _NO:
            return found in _YES
        if found:
            self.object(column, f'"{self.plain(column)}" is neither yes nor no.')
        return default

    def number(self, column: str, *, unit: str | None = None) -> Decimal | None:
        """A number; with `unit`, one whose signs are that unit's."""
        if not (found := self.plain(column)):
            return None
        if _PLAIN.fullmatch(found):
            return Decimal(found)
        try:
            number = read_number(found, label=column.replace("_", " "), unit=unit)
        except NumberNotUnderstoodError as fault:
            self.object(column, str(fault))
            return None
        if found != f"{number:f}":
            self.readings[column, found] = f"{number:f}"
        return number

    def whole(self, column: str, *, default: int | None, low: int, high: int) -> int | None:
        found = self.number(column)
        if found is None:
            return default
        if found != found.to_integral_value() or not low <= found <= high:
            self.object(column, f"{self.plain(column)} is not a whole number from {low} to {high}.")
            return default
        return int(found)

    def day(self, column: str) -> date | None:
        """A date written 2015-04-01 or 01/04/2015, the day before the month."""
        if not (found := self.plain(column)):
            return None
        for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(found, pattern).date()  # noqa: DTZ007 - a date has no zone
            except ValueError:
                continue
        self.object(column, f'"{found}" is not a date. Write 2015-04-01.')
        return None

    def days(self, first: str = "valid_from", last: str = "valid_to") -> tuple[date | None, date | None]:
        """A pair of dates, of which the first must not come after the last."""
        start, end = self.day(first), self.day(last)
        if start and end and start > end:
            self.object(last, f"{end.isoformat()} is before {start.isoformat()}, the {first.replace('_', ' ')}.")
        return start, end
