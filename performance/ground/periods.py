"""Reporting periods: a start date and a length in months, in files as ISO 8601 and on screen in words."""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
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
    """A text that names no reporting period, or several: then those are spelt out."""

    def __init__(self, text: str, *, several: Sequence["Period"] = ()) -> None:
        said = "Write a month as 2015-06, a quarter as 2015-04-01/P3M, a year as 2015/16."
        if several:
            meanings = " or ".join(f"{each.in_words} ({each.iso})" for each in several)
            said = f"It may mean {meanings}. Write the one you mean."
        super().__init__(f'"{text}" is not a period{" of one meaning" if several else ""}. {said}')


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

    @cached_property
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


_IN_EVERY_MONTH = 28


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if day.day <= _IN_EVERY_MONTH:  # nearly every day that is asked about is a first
        return date(year, month + 1, day.day)
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
_ONE_YEAR = re.compile(r"(\d{4})(?: Q([1-4]))?|Q([1-4]) (\d{4})", re.IGNORECASE)
_QUARTER = re.compile(
    r"Q([1-4])(?: \([A-Z]+ to [A-Z]+\))? (\d{4})[/-](\d{2})|(\d{4})[/-](\d{2}) Q([1-4])", re.IGNORECASE
)
_DAY = re.compile(r"(\d{1,2}) ([A-Za-z]+) (\d{4})")
_SPAN = re.compile(r"([A-Za-z]+)(?: (\d{4}))? to ([A-Za-z]+) (\d{4})", re.IGNORECASE)
_LONGEST_SPAN = 120  # months


def parse_period(text: str, *, basis: YearBasis = YearBasis.FINANCIAL) -> Period:
    """Read a period as the file formats promise.

    2015-06 is June; 2015-16 is a year, since no month is numbered 16. A year or a quarter in words follows
    `basis`; the quarters of a calendar year are named by the financial year they lie in, as on every page. 2011-12
    could be either: without a slash it is read as the month. Whatever `in_words` and `short` call a period is read as
    that period.

    Raises PeriodNotUnderstoodError with a sentence for the person who wrote it.
    """
    cleaned = " ".join(text.split())
    try:
        found = (
            _parse_iso(cleaned)
            or _parse_month(cleaned)
            or _parse_year_or_quarter(cleaned, basis)
            or _parse_days(cleaned)
            or _parse_span(cleaned)
        )
    except PeriodNotUnderstoodError:
        raise
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
    # A year of two names is no calendar year, whatever the measure keeps to.
    named = YearBasis.FINANCIAL if basis is YearBasis.CALENDAR else basis
    if match := _YEAR.fullmatch(text):
        return Period.year(_first_year(match[1], match[2]), named)
    if match := _ONE_YEAR.fullmatch(text):
        return _of_one_year(text, int(match[1] or match[4]), int(match[2] or match[3] or 0), basis)
    if match := _QUARTER.fullmatch(text):
        number = int(match[1] or match[6])
        year = Period.year(_first_year(match[2] or match[4], match[3] or match[5]), named)
        found = list(year.split(3))[number - 1]
        if "(" in text and text.casefold() != found.in_words.casefold():
            raise ValueError(text)
        return found
    return None


def _of_one_year(text: str, year: int, quarter: int, basis: YearBasis) -> Period:
    """2014 and 2014 Q4 are of the calendar year, to a measure that keeps to it. To others each means two periods."""
    whole = Period.year(year, YearBasis.CALENDAR)
    calendar_one = list(whole.split(3))[quarter - 1] if quarter else whole
    if basis is YearBasis.CALENDAR:
        return calendar_one
    named = [Period.year(year - 1, basis), Period.year(year, basis)]
    if quarter:
        named = [calendar_one, list(named[1].split(3))[quarter - 1]]
    raise PeriodNotUnderstoodError(text, several=named)


def _parse_days(text: str) -> Period | None:
    """A day, or months that begin on any day: 6 October 2015 to 5 October 2016."""
    first, _, last = text.partition(" to ")
    days = [_parse_day(each) for each in (first, last) if each]
    start, *rest = days
    if start is None or None in rest:
        return None
    if not rest:
        return Period(start=start, months=0)
    for months in range(1, _LONGEST_SPAN + 1):
        if (found := Period(start=start, months=months)).end == rest[0]:
            return found
    return None


def _parse_day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    month = _MONTHS.get(match[2].lower()) if match else None
    return date(int(match[3]), month, int(match[1])) if match and month else None


def _parse_span(text: str) -> Period | None:
    """Whole months: September to November 2014, April 2013 to March 2016."""
    match = _SPAN.fullmatch(text)
    if not match or match[1].lower() not in _MONTHS or match[3].lower() not in _MONTHS:
        return None
    start = date(int(match[2] or match[4]), _MONTHS[match[1].lower()], 1)
    months = (int(match[4]) - start.year) * 12 + _MONTHS[match[3].lower()] - start.month + 1
    return Period(start=start, months=months) if 1 <= months <= _LONGEST_SPAN else None


def _first_year(first: str, second: str) -> int:
    if (int(first) + 1) % 100 != int(second):
        raise ValueError(second)
    return int(first)


def _year_name(start: date) -> str:
    if start.month == 1:
        return str(start.year)
    return f"{start.year}/{(start.year + 1) % 100:02d}"
