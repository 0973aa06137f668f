"""What an edition says beside its measures: the risks that stood highest, and targets that were set anew."""

from dataclasses import dataclass

from performance.ground.organisation import MilestoneState
from performance.ground.periods import Period


@dataclass(frozen=True, kw_only=True)
class FrozenRisk:
    """A risk as the register had it: its score in words, who keeps it, and what is done about it."""

    code: str
    title: str
    in_words: str
    owner_role: str = ""
    mitigation: str = ""


@dataclass(frozen=True, kw_only=True)
class TargetChange:
    """A target that took the place of another for the same period; why, in the words of who proposed it."""

    measure_code: str
    title: str
    period: Period
    was: str
    now: str
    because: str = ""

    @property
    def in_words(self) -> str:
        """ "95.0% for 2017/18, and now 96.0%. Because the contract asks for more."."""
        said = f"{self.was} for {self.period.in_words}, and now {self.now}."
        because = self.because.strip().rstrip(".")
        return f"{said} {because[:1].upper()}{because[1:]}." if because else said


@dataclass(frozen=True, kw_only=True)
class Beside:
    """The risks, the highest first, and the targets by measure and period."""

    risks: tuple[FrozenRisk, ...] = ()
    targets: tuple[TargetChange, ...] = ()


NOTHING_BESIDE = Beside()


@dataclass(frozen=True, kw_only=True)
class PlanNow:
    """How a recovery plan stands for a measure: its milestones and actions counted, and what comes next."""

    reference: str
    is_agreed: bool
    states: tuple[MilestoneState, ...] = ()
    next_milestone: str = ""
    done: int = 0
    late: int = 0
    actions: int = 0

    @property
    def in_words(self) -> str:
        """ "R-07: 1 of 3 milestones met, 1 missed; 2 of 4 actions done. Next: at most 12 days by October 2017."."""
        if not self.is_agreed:
            return f"{self.reference} is drafted, and not agreed yet."
        parts = "; ".join(filter(None, (self._milestones, self._actions))) or "nothing is set for it yet"
        following = f" Next: {self.next_milestone[:1].lower()}{self.next_milestone[1:]}." if self.next_milestone else ""
        return f"{self.reference}: {parts}.{following}"

    @property
    def _milestones(self) -> str:
        if not self.states:
            return ""
        met, missed = (self.states.count(each) for each in (MilestoneState.MET, MilestoneState.MISSED))
        return f"{met} of {_many(len(self.states), 'milestone')} met" + (f", {missed} missed" if missed else "")

    @property
    def _actions(self) -> str:
        if not self.actions:
            return ""
        return f"{self.done} of {_many(self.actions, 'action')} done" + (f", {self.late} late" if self.late else "")


NO_PLAN = "No plan is open."
"""What is said of a red that nobody has begun a plan for."""


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
