"""The risk register: a score before anything is done, the score now, and the score aimed at; what is new or overdue.

The framework asks to identify new and emerging risks (section 7, Revise); the scale of five by five, its words and how
often a risk is looked at again are ours (docs/domain.md, Risks).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from performance.ground.entry import Problem, check_texts
from performance.ground.organisation import Risk
from performance.ground.texts import LONGEST_ROLE

LIKELIHOODS = ("rare", "unlikely", "possible", "likely", "almost certain")
IMPACTS = ("minor", "moderate", "serious", "major", "severe")
NEW_DAYS = 90
LONGEST = 1000
_TEXTS = {"title": "Risk", "cause": "Cause", "event": "What may happen", "effect": "Effect",
          "mitigation": "What is done about it"}  # fmt: skip


class Level(StrEnum):
    """A score in one word."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"

    @property
    def in_words(self) -> str:
        return {"low": "Low", "medium": "Medium", "high": "High", "very_high": "Very high"}[self.value]

    @property
    def review_days(self) -> int:
        """After so many days it is looked at again: a month, a quarter, half a year, a year."""
        return {"low": 365, "medium": 183, "high": 92, "very_high": 31}[self.value]


@dataclass(frozen=True, kw_only=True, order=True)
class Score:
    """How likely and how bad, each from 1 to 5."""

    likelihood: int
    impact: int

    @property
    def number(self) -> int:
        """1 to 25."""
        return self.likelihood * self.impact

    @property
    def level(self) -> Level:
        """Low to 4, medium to 9, high to 14, very high from 15."""
        bounds = ((4, Level.LOW), (9, Level.MEDIUM), (14, Level.HIGH), (25, Level.VERY_HIGH))
        return next(level for most, level in bounds if self.number <= most)

    @property
    def in_words(self) -> str:
        """High: 12 of 25, possible (3) and major (4)."""
        likelihood, impact = LIKELIHOODS[self.likelihood - 1], IMPACTS[self.impact - 1]
        return (
            f"{self.level.in_words}: {self.number} of 25, {likelihood} ({self.likelihood}) and {impact} ({self.impact})"
        )


class Which(StrEnum):
    """Which of a risk's three scores."""

    INHERENT = "inherent"
    CURRENT = "current"
    TARGET = "target"

    @property
    def in_words(self) -> str:
        return {"inherent": "Before anything is done", "current": "Now", "target": "Aimed at"}[self.value]


@dataclass(frozen=True, kw_only=True)
class RiskEntry:
    """A risk as the register keeps it: the words and the present score of `risk`, and all that belongs to it."""

    risk: Risk
    unit_code: str | None = None
    inherent: Score | None = None
    target: Score | None = None
    opened_on: date | None = None
    reviewed_on: date | None = None
    is_emerging: bool = False
    closed_on: date | None = None
    closed_because: str = ""
    version: int = 1

    @property
    def code(self) -> str:
        return self.risk.code

    @property
    def current(self) -> Score | None:
        return score_of(self.risk.likelihood, self.risk.impact)

    @property
    def in_words(self) -> str:
        """Its score now."""
        return self.current.in_words if self.current else "Not scored yet"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def score(self, which: Which) -> Score | None:
        """One of its three scores; None while it is not known."""
        return {Which.INHERENT: self.inherent, Which.CURRENT: self.current, Which.TARGET: self.target}[which]

    def is_new(self, today: date) -> bool:
        """In its first ninety days."""
        return self.opened_on is not None and (today - self.opened_on).days <= NEW_DAYS

    @property
    def review_due(self) -> date | None:
        """The day it is to be looked at again, by its level; None until it was scored and looked at."""
        if self.current is None or self.reviewed_on is None:
            return None
        return self.reviewed_on + timedelta(days=self.current.level.review_days)

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been looked at again by today; one never looked at is."""
        due = self.review_due
        return self.is_open and (due is None or due < today)

    @property
    def is_above_target(self) -> bool:
        """Whether its score is above the one aimed at."""
        return self.current is not None and self.target is not None and self.current.number > self.target.number

    def flags(self, today: date) -> tuple[str, ...]:
        """New, emerging, above what is aimed at, overdue; or that it is closed."""
        if not self.is_open:
            return ("Closed",)
        held = (
            ("Emerging", self.is_emerging),
            ("New", self.is_new(today)),
            ("Not scored", self.current is None),
            ("Above its aim", self.is_above_target),
            ("Review overdue", self.is_overdue(today)),
        )
        return tuple(word for word, holds in held if holds)


def score_of(likelihood: int | None, impact: int | None) -> Score | None:
    """The score; None while either is unknown."""
    return None if likelihood is None or impact is None else Score(likelihood=likelihood, impact=impact)


def moved_in_words(before: Score | None, now: Score | None) -> str:
    """Up from 9 to 12; Scored 12, where nothing is known from before."""
    if before is None or now is None:
        return f"Scored {now.number}" if now is not None else "Not scored"
    if before.number == now.number:
        return f"Still {now.number}"
    return f"{'Up' if now.number > before.number else 'Down'} from {before.number} to {now.number}"


def highest_first(entries: Iterable[RiskEntry], today: date) -> list[RiskEntry]:
    """Open before closed; new and emerging before others of the same score; the highest score first."""

    def order(entry: RiskEntry) -> tuple[bool, int, bool, str]:
        is_fresh = entry.is_emerging or entry.is_new(today)
        return not entry.is_open, -(entry.current.number if entry.current else 0), not is_fresh, entry.code

    return sorted(entries, key=order)


def matrix(entries: Iterable[RiskEntry], which: Which) -> dict[Score, tuple[str, ...]]:
    """The codes of open risks in each of the cells that have any."""
    found: dict[Score, tuple[str, ...]] = {}
    for entry in entries:
        score = entry.score(which)
        if entry.is_open and score is not None:
            found[score] = (*found.get(score, ()), entry.code)
    return found


def check_risk(entry: RiskEntry) -> list[Problem]:
    """What keeps a risk from being kept, each at its field."""
    problems = []
    if not entry.risk.title.strip():
        problems.append(Problem(field="title", message="Enter what the risk is called"))
    if not entry.risk.event.strip():
        problems.append(Problem(field="event", message="Enter what may happen"))
    if not entry.risk.owner_role.strip():
        problems.append(Problem(field="owner_role", message="Enter the role that owns it"))
    problems += check_texts(
        *((field, name, getattr(entry.risk, field), LONGEST) for field, name in _TEXTS.items()),
        ("owner_role", "The owner's role", entry.risk.owner_role, LONGEST_ROLE),
    )
    if entry.inherent and entry.current and entry.current.number > entry.inherent.number:
        message = f"The score now ({entry.current.number}) is above the one before anything is done"
        problems.append(Problem(field="current", message=f"{message} ({entry.inherent.number}). Put one of them right"))
    return problems
