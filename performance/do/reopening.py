"""Reopening: a locked figure is corrected for a reason, for a time, and shows ever after as a correction."""

from dataclasses import dataclass
from datetime import date, datetime

from performance.ground.organisation import ReopeningStatus
from performance.ground.periods import Period

# Who asked for a correction that a file made: nobody waits for an answer to it.
A_FILE = "a file"


@dataclass(frozen=True, kw_only=True)
class Reopening:
    """A request to correct a figure of a unit's month, or without a measure all of them, and what came of it."""

    id: int
    unit_code: str
    period: Period
    measure_code: str | None
    reason: str
    status: ReopeningStatus
    asked_by: str
    asked_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    answer: str = ""
    open_until: date | None = None

    def opens(self, measure_code: str, *, today: date) -> bool:
        """Whether the figure of the measure can be changed today because of it."""
        return self.measure_code in {None, measure_code} and self.is_open(today)

    def is_open(self, today: date) -> bool:
        return self.open_until is not None and today <= self.open_until
