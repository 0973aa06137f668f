"""Days as people write them: 30/11/2017, 30 November 2017, 2017-11-30; the day always before the month."""

import re
from datetime import date

from performance.ground.periods import PeriodNotUnderstoodError, day_in_words, parse_period

_NUMBERS = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})[ ,]+(\d{4}|\d{2})", re.ASCII)


class DayNotUnderstoodError(ValueError):
    """A text that names no day of the calendar."""


def read_day(text: str, *, label: str = "The date") -> date:
    """Read a day. Raises DayNotUnderstoodError with a sentence that begins with the label."""
    plain = " ".join(text.split())
    try:
        found = _read(plain)
    except (ValueError, OverflowError):
        found = None
    if found is None or not 1900 <= found.year <= 2200:
        shown = plain if len(plain) <= 40 else f"{plain[:40]}..."
        raise DayNotUnderstoodError(f'{label} must be a date, like 30/11/2017, not "{shown}"')
    return found


def read_day_or_period_end(text: str, *, label: str) -> date:
    """Read a day, or the last day of a month, quarter or year: "January 2018", "Q4 2017/18".

    Raises DayNotUnderstoodError with a sentence that begins with the label.
    """
    try:
        return read_day(text, label=label)
    except DayNotUnderstoodError as not_a_day:
        try:
            return parse_period(text).end
        except (PeriodNotUnderstoodError, OverflowError):
            said = str(not_a_day).replace("must be a date, like 30/11/2017", "must be a month or a date, like May 2018")
            raise DayNotUnderstoodError(said) from not_a_day


def as_written(text: str) -> str:
    """A day or a period as the council writes it, 8 December 2017, however it was typed; other words as they stand."""
    plain = " ".join(text.split())
    try:
        return day_in_words(read_day(plain))
    except DayNotUnderstoodError:
        try:
            return parse_period(plain).in_words
        except (PeriodNotUnderstoodError, OverflowError):
            return plain


def _read(text: str) -> date | None:
    if match := _ISO.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.fullmatch(text):
        return date(_year(match[3]), int(match[2]), int(match[1]))
    if match := _WORDS.fullmatch(text):
        month = parse_period(f"{match[2]} {_year(match[3])}").start
        return month.replace(day=int(match[1]))
    return None


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)
