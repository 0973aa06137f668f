"""Reporting periods: a start date and a length in months, in files as ISO 8601 and on screen in words."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self


class Frequency(StrEnum):
    """How often a measure is reported."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"

    @property
    def in_words(self) -> str:
        return self.value.capitalize()

    @property
    def months(self) -> int:
        return {"monthly": 1, "quarterly": 3, "yearly": 12}[self.value]


class YearBasis(StrEnum):
    """Where a measure's year begins."""

    FINANCIAL = "financial"
    ACADEMIC = "academic"
    CALENDAR = "calendar"

    @property
    def first_month(self) -> int:
        return {"financial": 4, "academic": 9, "calendar": 1}[self.value]


class PeriodNotUnderstoodError(ValueError):
    """A text that names no reporting period."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f'"{text}" is not a period. Write a month as 2015-06, a quarter as 2015-04-01/P3M, a year as 2015/16.'
        )


@dataclass(frozen=True, kw_only=True, order=True)
class Period:
    """A reporting period. `months` is its length; 0 is a single day, the date of a snapshot."""

    start: date
    months: int

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        return cls(start=date(year, month, 1), months=1)

    @classmethod
    def year(cls, start_year: int, basis: YearBasis = YearBasis.FINANCIAL) -> Self:
        return cls(start=date(start_year, basis.first_month, 1), months=12)

    @classmethod
    def containing(cls, day: date, *, months: int, basis: YearBasis = YearBasis.FINANCIAL) -> Self:
        """The period of that length that the day falls in, counted from the start of the measure's year."""
        since_year_start = (day.month - basis.first_month) % 12
        first = add_months(day.replace(day=1), -(since_year_start % months))
        return cls(start=first, months=months)

    @property
    def end(self) -> date:
        """The last day of the period."""
        if self.months == 0:
            return self.start
        return add_months(self.start, self.months) - timedelta(days=1)

    @property
    def previous(self) -> "Period":
        """The equally long period just before in the calendar, whether or not it has a figure."""
        return self.shifted(-self.months)

    @property
    def following(self) -> "Period":
        return self.shifted(self.months)

    @property
    def year_before(self) -> "Period":
        return self.shifted(-12)

    def shifted(self, months: int) -> "Period":
        return Period(start=add_months(self.start, months), months=self.months)

    def covers(self, other: "Period") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Period") -> bool:
        return self.start <= other.end and other.start <= self.end

    def split(self, months: int) -> Iterator["Period"]:
        """The periods of that length inside this one, in order."""
        part = Period(start=self.start, months=months)
        while part.end <= self.end:
            yield part
            part = part.following

    def year_to_date(self, basis: YearBasis) -> "Period":
        """From the start of the measure's own year up to the end of this period."""
        year = Period.containing(self.end, months=12, basis=basis)
        length = (self.end.year - year.start.year) * 12 + self.end.month - year.start.month + 1
        return Period(start=year.start, months=length)

    @property
    def iso(self) -> str:
        """The period as files write it: 2015-06-01/P1M, 2015-04-01/P3M, 2015-04-01/P1Y, 2016-03-31/P1D."""
        if self.months == 0:
            return f"{self.start.isoformat()}/P1D"
        if self.months % 12 == 0:
            return f"{self.start.isoformat()}/P{self.months // 12}Y"
        return f"{self.start.isoformat()}/P{self.months}M"

    def __str__(self) -> str:
        return self.in_words

    @property
    def in_words(self) -> str:
        """The period as a person reads it: June 2015, Q1 (April to June) 2015/16, 2015/16."""
        if self.months == 0:
            return day_in_words(self.start)
        if self.start.day != 1:
            return f"{day_in_words(self.start)} to {day_in_words(self.end)}"
        if self.months == 1:
            return f"{calendar.month_name[self.start.month]} {self.start.year}"
        if self.months == 3 and self.start.month in {1, 4, 7, 10}:
            quarter = (self.start.month - 4) % 12 // 3 + 1
            span = f"{calendar.month_name[self.start.month]} to {calendar.month_name[self.end.month]}"
            return f"Q{quarter} ({span}) {_year_name(Period.containing(self.start, months=12).start)}"
        if self.months == 12 and self.start.month in {basis.first_month for basis in YearBasis}:
            return _year_name(self.start)
        first = calendar.month_name[self.start.month]
        if self.start.year != self.end.year:
            first += f" {self.start.year}"
        return f"{first} to {calendar.month_name[self.end.month]} {self.end.year}"

    @property
    def short(self) -> str:
        """The period in a narrow column: Jun 2015, Q1 2015/16, 2015/16."""
        if self.months == 1 and self.start.day == 1:
            return f"{calendar.month_abbr[self.start.month]} {self.start.year}"
        return re.sub(r" \(.*\)", "", self.in_words)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def day_in_words(day: date) -> str:
    """A date as the council writes it: 13 November 2015."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})/P(?:(\d{1,2})Y|(\d{1,3})M|(1)D)")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_NAMED_MONTH = re.compile(r"([A-Za-z]+)[ -](\d{4}|\d{2})")
_YEAR = re.compile(r"(\d{4})[/-](\d{2})")
_QUARTER = re.compile(r"Q([1-4]) (\d{4})[/-](\d{2})|(\d{4})[/-](\d{2}) Q([1-4])", re.IGNORECASE)


def parse_period(text: str, *, basis: YearBasis = YearBasis.FINANCIAL) -> Period:
    """Read a period as the file formats promise.

    2015-06 is June; 2015-16 is a year, since no month is numbered 16. A year or a quarter in words follows
    `basis`. 2011-12 could be either: without a slash it is read as the month.

    Raises PeriodNotUnderstoodError with a sentence for the person who wrote it.
    """
    cleaned = " ".join(text.split())
    try:
        found = _parse_iso(cleaned) or _parse_month(cleaned) or _parse_year_or_quarter(cleaned, basis)
    except (ValueError, OverflowError) as fault:
        raise PeriodNotUnderstoodError(text) from fault
    if found is None or found.start.year < 1900 or found.start.year > 2200:
        raise PeriodNotUnderstoodError(text)
    return found


def _parse_iso(text: str) -> Period | None:
    if not (match := _ISO.fullmatch(text)):
        return None
    year, month, day, years, months, _ = match.groups()
    length = int(years) * 12 if years else int(months) if months else 0
    if length == 0 and (years or months):
        return None
    return Period(start=date(int(year), int(month), int(day)), months=length)


def _parse_month(text: str) -> Period | None:
    if (match := _MONTH.fullmatch(text)) and 1 <= int(match[2]) <= 12:
        return Period.month(int(match[1]), int(match[2]))
    if (match := _NAMED_MONTH.fullmatch(text)) and match[1].lower() in _MONTHS:
        year = int(match[2]) + (2000 if len(match[2]) == 2 else 0)
        return Period.month(year, _MONTHS[match[1].lower()])
    return None


def _parse_year_or_quarter(text: str, basis: YearBasis) -> Period | None:
    if match := _YEAR.fullmatch(text):
        return Period.year(_first_year(match[1], match[2]), basis)
    if match := _QUARTER.fullmatch(text):
        number = int(match[1] or match[6])
        year = Period.year(_first_year(match[2] or match[4], match[3] or match[5]), basis)
        return list(year.split(3))[number - 1]
    return None


def _first_year(first: str, second: str) -> int:
    if (int(first) + 1) % 100 != int(second):
        raise ValueError(second)
    return int(first)


def _year_name(start: date) -> str:
    if start.month == 1:
        return str(start.year)
    return f"{start.year}/{(start.year + 1) % 100:02d}"
