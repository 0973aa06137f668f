"""Questions about figures, asked where they are seen and answered by those who submit them."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from performance.ground.periods import Period


class ChallengeKind(StrEnum):
    """A question about a figure; or of a check at entry which a service confirmed, that it is doubted or accepted."""

    QUESTION = "question"
    DOUBT = "doubt"
    ACCEPTED = "accepted"


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """One question about one figure. It waits until it is answered, and is open until the asker settles it.

    `doubted` names the checks at entry that are doubted or accepted, and `revision` is the figure's as it was read
    then; `follows` is the question that this one asks on from. The version counts what was done to it.
    """

    id: int
    measure_code: str
    area_code: str
    period: Period
    kind: ChallengeKind
    text: str
    asked_by: str
    asked_at: datetime
    doubted: str = ""
    revision: int = 0
    follows: int | None = None
    answer: str = ""
    answered_by: str | None = None
    answered_at: datetime | None = None
    settled_by: str | None = None
    settled_at: datetime | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether it is still to be settled."""
        return self.settled_at is None

    @property
    def waits(self) -> bool:
        """Whether the service is still to answer."""
        return self.is_open and self.answered_at is None

    def days_open(self, today: date) -> int:
        """Whole days from the day it was asked until it was settled, or until today."""
        until = self.settled_at.astimezone().date() if self.settled_at else today
        return max((until - self.asked_at.astimezone().date()).days, 0)

    def as_known_at(self, moment: datetime | None) -> "Challenge | None":
        """As it stood at a past moment: without what came later; None where it was asked later."""
        if moment is None:
            return self
        if self.asked_at > moment:
            return None
        stood = self
        if self.answered_at and self.answered_at > moment:
            stood = replace(stood, answer="", answered_by=None, answered_at=None)
        if self.settled_at and self.settled_at > moment:
            stood = replace(stood, settled_by=None, settled_at=None)
        return stood


def may_answer(challenge: Challenge, username: str) -> bool:
    """Nobody answers their own question."""
    return challenge.waits and challenge.asked_by != username


def may_settle(challenge: Challenge, username: str, *, may_doubt: bool) -> bool:
    """Who asked may settle it at any time, and so take it back; the BI team once it is answered, by someone else."""
    if not challenge.is_open:
        return False
    if challenge.asked_by == username:
        return True
    return may_doubt and challenge.answered_at is not None and challenge.answered_by != username
