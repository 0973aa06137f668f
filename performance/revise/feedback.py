"""What people told the council: survey results, complaints and compliments, counted by theme over time.

Feedback is about services, never about a person: a record that names or could find one is refused. It has no area, so
a small count never points at a street (docs/domain.md, Feedback).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from performance.ground.entry import Problem, check_texts
from performance.ground.periods import Period
from performance.ground.reading_order import as_read

LONGEST_THEME, LONGEST_TEXT, MOST = 60, 1000, 1_000_000
_TEXTS = {"theme": ("The theme", LONGEST_THEME), "cause": ("Cause", LONGEST_TEXT),
          "learning": ("What was learnt", LONGEST_TEXT), "action": ("What is done about it", LONGEST_TEXT),
          "action_role": ("The role of who does it", LONGEST_THEME)}  # fmt: skip


class FeedbackKind(StrEnum):
    """How it reached the council."""

    SURVEY = "survey"
    COMPLAINT = "complaint"
    COMPLIMENT = "compliment"
    CONSULTATION = "consultation"

    @property
    def in_words(self) -> str:
        return {
            "survey": "Survey",
            "complaint": "Complaints",
            "compliment": "Compliments",
            "consultation": "Consultation",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """How many said the same about a service in a period, with what was learnt from it and what is done.

    `count` is how many said or complained; `base` how many were asked, where people were. What is done by a day is an
    action of the service, `action_id`, once it is kept. `id` is 0 until stored.
    """

    kind: FeedbackKind
    period: Period
    unit_code: str
    theme: str
    count: int
    base: int | None = None
    measure_code: str | None = None
    cause: str = ""
    learning: str = ""
    action: str = ""
    action_role: str = ""
    action_by: date | None = None
    action_id: int | None = None
    recorded_by: str = ""
    recorded_at: datetime | None = None
    version: int = 1
    id: int = 0

    @property
    def year(self) -> str:
        """The financial year of its period: 2017/18."""
        return Period.containing(self.period.start, months=12).in_words

    @property
    def count_in_words(self) -> str:
        """38 of 412 asked, or 38."""
        return f"{self.count:,}" if self.base is None else f"{self.count:,} of {self.base:,} asked"


@dataclass(frozen=True, kw_only=True)
class ThemeLine:
    """A theme with its count in each period of a table, None where nothing was recorded of it, and in all; how many
    of its records have an action."""

    theme: str
    counts: tuple[int | None, ...]
    records: int
    with_action: int

    @property
    def total(self) -> int:
        return sum(each or 0 for each in self.counts)


@dataclass(frozen=True, kw_only=True)
class ThemeTable:
    """Themes by quarter, those with the most first."""

    periods: tuple[Period, ...]
    lines: tuple[ThemeLine, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        return tuple(sum(line.counts[place] or 0 for line in self.lines) for place in range(len(self.periods)))


def count_themes(records: Iterable[Feedback]) -> ThemeTable:
    """The records counted by theme and quarter, from the first quarter with one to the last."""
    found = list(records)
    if not found:
        return ThemeTable(periods=(), lines=())
    quarters = [_quarter(each) for each in found]
    periods = [min(quarters)]
    while periods[-1] < max(quarters):
        periods.append(periods[-1].following)
    counted: Counter[tuple[str, Period]] = Counter()
    for each, quarter in zip(found, quarters, strict=True):
        counted[each.theme, quarter] += each.count
    lines = [
        ThemeLine(
            theme=theme,
            counts=tuple(counted.get((theme, period)) for period in periods),
            records=sum(each.theme == theme for each in found),
            with_action=sum(each.theme == theme and bool(each.action) for each in found),
        )
        for theme in sorted({each.theme for each in found}, key=as_read)
    ]
    return ThemeTable(periods=tuple(periods), lines=tuple(sorted(lines, key=lambda line: -line.total)))


def check_feedback(record: Feedback) -> list[Problem]:
    """What keeps a record from being kept, each at its field; empty where nothing does."""
    problems = []
    if not record.theme.strip():
        problems.append(Problem(field="theme", message="Enter the theme, or choose one used before"))
    if not 1 <= record.count <= MOST:
        problems.append(Problem(field="count", message="Enter how many said it: 1 or more"))
    if record.base is not None and record.base < record.count:
        message = f"{record.count:,} cannot have said it of {record.base:,} asked. Enter how many were asked in all"
        problems.append(Problem(field="base", message=message))
    if record.action.strip() and not record.action_role.strip():
        problems.append(Problem(field="action_role", message="Enter the role of who does it"))
    for field, (name, longest) in _TEXTS.items():
        problems += _check_text(field, name, getattr(record, field), longest)
    return problems


# What could find a person. Telephone and NHS numbers are ten digits or eleven, however they are spaced.
_PERSONAL = (
    ("an e-mail address", re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")),
    ("a telephone or NHS number", re.compile(r"(?<!\d)(?:\+44|0|\d)(?:[\s()-]?\d){9,10}(?!\d)")),
    ("a National Insurance number", re.compile(r"\b[A-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b", re.IGNORECASE)),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b", re.IGNORECASE)),
)


def _check_text(field: str, name: str, text: str, longest: int) -> list[Problem]:
    if long := check_texts((field, name, text, longest)):
        return long
    return [
        Problem(field=field, message=f"This looks like {what}. Say it without anything that could find a person")
        for what, pattern in _PERSONAL
        if pattern.search(text)
    ][:1]


def _quarter(record: Feedback) -> Period:
    return Period.containing(record.period.start, months=3)


def themes_used(records: Sequence[Feedback]) -> list[str]:
    """The themes of the records, those used most first, so that the same thing is called by one name."""
    return [theme for theme, _ in Counter(each.theme for each in records).most_common()]
