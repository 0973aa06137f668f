"""Rebasing: a person says from which day a process runs at another level, and why."""

from dataclasses import dataclass
from datetime import date, datetime

LONGEST_REASON = 300  # characters: it stands under the chart


@dataclass(frozen=True, kw_only=True)
class Rebase:
    """From `starts_on` the mean, the limits and the rules of a measure are worked out anew."""

    id: int
    measure_code: str
    starts_on: date
    reason: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class LimitsWish:
    """What a person asks for: limits anew from a day, or, with `take_back`, those of a rebase no longer."""

    reason: str
    starts_on: date | None = None
    take_back: int | None = None
