"""Questions a review meeting should ask, made from signals: each rule names what it sees and what it asks.

The rules are ours; the framework asks for challenge (sections 7 and 8) and leaves open how. docs/challenge-rules.md
lists them all, and a test holds the two together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from performance.ground.reckoning.rag import Rag
from performance.ground.reckoning.spc import Assurance, PointType
from performance.revise.course import Course

FEW = 30
"""Under so many cases a colour may be chance."""
LONG_LATE, LONG_SILENT, LONG_DRAFTED, SLIM, LIKELY = 30, 62, 14, 25, 50


@dataclass(frozen=True, kw_only=True)
class Signals:
    """What is known of a measure on the day, as far as the rules ask for it. Chances in percent, durations in days.

    `met` is how many of the last twelve met their target;
    `comments` are the texts of the newest figures, the newest first; `worse_than` names the comparators that are
    better in the same period, of `compared` there are; `wider` the one whose lead grew over a year.
    """

    rag: Rag
    periods_red: int = 0
    periods_green: int = 0
    kind: PointType | None = None
    assurance: Assurance | None = None
    met: int = 0
    chance: int | None = None
    needs: str = ""
    plan: str = ""
    plan_course: Course | None = None
    plan_silent: int = 0
    plan_waits: int = 0
    milestones_missed: int = 0
    unticked: bool = False
    most_moves: int = 0
    actions: int = 0
    late_actions: int = 0
    longest_late: int = 0
    comments: tuple[str, ...] = ()
    promised: str = ""
    promised_by: date | None = None
    worse_than: tuple[str, ...] = ()
    compared: int = 0
    wider: str = ""
    is_late: bool = False
    periods_old: int = 0
    corrected: int = 0
    doubts: int = 0
    risks_overdue: int = 0
    is_estimate: bool = False
    cases: int | None = None
    has_target: bool = True
    may_have_target: bool = True
    loosened: bool = False
    worse_than_last_year: bool = False
    method_overdue: bool = False
    owner: str = "named"
    today: date = date.min

    @property
    def comment(self) -> str:
        return self.comments[0] if self.comments else ""


@dataclass(frozen=True, kw_only=True)
class ChallengeRule:
    """When a question is asked, and the question. Those of a higher weight come first in a memo."""

    code: str
    when: str
    question: str
    weight: int
    holds: Callable[[Signals], bool]


RULES: tuple[ChallengeRule, ...] = (
    ChallengeRule(
        code="no-plan", weight=100, when="red twice running or more, and no recovery plan",
        question="Why is there no recovery plan, and when will there be one?",
        holds=lambda s: s.periods_red >= 2 and not s.plan,
    ),
    ChallengeRule(
        code="no-action", weight=96, when="red twice running or more, and no action anywhere",
        question="What is being done? No action is recorded for it.",
        holds=lambda s: s.periods_red >= 2 and not s.actions,
    ),
    ChallengeRule(
        code="off-course", weight=94, when="its recovery plan is off its course",
        question="The recovery plan is off its course. What will be done differently?",
        holds=lambda s: s.plan_course is Course.OFF_COURSE,
    ),
    ChallengeRule(
        code="not-agreed", weight=92, when="its recovery plan was drafted more than 14 days ago, and nobody agreed it",
        question="The recovery plan is drafted and not agreed. What keeps it?",
        holds=lambda s: s.plan_waits > LONG_DRAFTED,
    ),
    ChallengeRule(
        code="real-change", weight=90, when="a real change for the worse",
        question="This is a real change for the worse, not noise. What changed?",
        holds=lambda s: s.kind is PointType.CONCERN,
    ),
    ChallengeRule(
        code="milestone-missed", weight=88, when="a milestone of its recovery plan is missed",
        question="A milestone is missed. Does the plan still hold, or is another one needed?",
        holds=lambda s: s.milestones_missed > 0,
    ),
    ChallengeRule(
        code="unticked", weight=86, when="a milestone was met and is not since a correction",
        question="A milestone was met until its figure was corrected. What do we now know?",
        holds=lambda s: s.unticked,
    ),
    ChallengeRule(
        code="narrative", weight=84,
        when="a day named on which it is back on track, with a chance of the target under 25%",
        question="The commentary says it comes back on track, the figures give it a slim chance. Which is right?",
        holds=lambda s: s.chance is not None and s.chance < SLIM and bool(s.promised.strip()),
    ),
    ChallengeRule(
        code="promise-passed", weight=82, when="the day it was to be back on track has passed, and it is not",
        question="It was to be back on track by now. What happened, and what is the new date?",
        holds=lambda s: s.promised_by is not None and s.promised_by < s.today and s.rag in {Rag.RED, Rag.AMBER},
    ),
    ChallengeRule(
        code="same-words", weight=80, when="the same commentary for three periods",
        question="The commentary has said the same for three periods. What is new?",
        holds=lambda s: len(s.comments) >= 3 and bool(s.comment) and len(set(s.comments[:3])) == 1,
    ),
    ChallengeRule(
        code="no-words", weight=78, when="red without commentary",
        question="Why is it red? Nothing is said of it.",
        holds=lambda s: s.rag is Rag.RED and not s.comment,
    ),
    ChallengeRule(
        code="long-late", weight=76, when="an action is more than 30 days late",
        question="An action is more than 30 days late. Who frees the way for it?",
        holds=lambda s: s.longest_late > LONG_LATE,
    ),
    ChallengeRule(
        code="moved-twice", weight=74, when="a milestone's date was moved twice or more",
        question="A date was moved more than once. What makes the new one better founded?",
        holds=lambda s: s.most_moves >= 2,
    ),
    ChallengeRule(
        code="silent-plan", weight=72, when="nothing was said of its recovery plan for two months",
        question="Nothing was said of the recovery plan for two months. How does it go?",
        holds=lambda s: bool(s.plan) and s.plan_silent > LONG_SILENT,
    ),
    ChallengeRule(
        code="risk-overdue", weight=71, when="an open risk to it was to be looked at again, and was not",
        question="A risk to it was to be looked at again, and was not. Does it still stand as scored?",
        holds=lambda s: s.risks_overdue > 0,
    ),
    ChallengeRule(
        code="worse-than-all", weight=70, when="worse than every comparator, two or more",
        question="Everyone we compare with does better. Who does best, and what do they do?",
        holds=lambda s: s.compared >= 2 and len(s.worse_than) == s.compared,
    ),
    ChallengeRule(
        code="wider-gap", weight=68, when="the gap to a comparator grew over a year",
        question="The gap to others grew over the year. What do they do that we do not?",
        holds=lambda s: bool(s.wider),
    ),
    ChallengeRule(
        code="beyond-best", weight=66, when="the year's target needs more than was ever reached",
        question="What the rest of the year needs was never reached before. Is the target still the right one?",
        holds=lambda s: bool(s.needs),
    ),
    ChallengeRule(
        code="slim-chance", weight=64, when="under an even chance of the year's target, and not red",
        question="It is not red yet, and its year is likely missed. What is done before it turns?",
        holds=lambda s: s.chance is not None and s.chance < LIKELY and s.rag in {Rag.AMBER, Rag.GREEN},
    ),
    ChallengeRule(
        code="never-as-it-runs", weight=62, when="as it runs, it will not meet its target, and its last twelve did not",
        question="As it runs, this will not meet its target. What in the process changes?",
        holds=lambda s: s.assurance is Assurance.CONSISTENT_FAIL and not s.met,
    ),
    ChallengeRule(
        code="kept-open", weight=60, when="green three times running, and its recovery plan is still open",
        question="It is back. Can the recovery plan be closed, and who keeps it there?",
        holds=lambda s: bool(s.plan) and s.periods_green >= 3,
    ),
    ChallengeRule(
        code="loosened", weight=58, when="this year's target asks less than last year's",
        question="The target asks less than last year's. Who agreed to that, and why?",
        holds=lambda s: s.loosened,
    ),
    ChallengeRule(
        code="flattered", weight=56, when="green, and worse than a year before",
        question="It is green and worse than a year ago. Is the target ambitious enough?",
        holds=lambda s: s.rag is Rag.GREEN and s.worse_than_last_year,
    ),
    ChallengeRule(
        code="late-figure", weight=54, when="the figure is late",
        question="The figure is late. When does it come, and what keeps it?",
        holds=lambda s: s.is_late,
    ),
    ChallengeRule(
        code="old-figure", weight=52, when="the newest figure is two periods old or more",
        question="The newest figure is old. What do we know today?",
        holds=lambda s: s.periods_old >= 2,
    ),
    ChallengeRule(
        code="doubted", weight=50, when="the BI team doubts a confirmed figure, and nobody answered",
        question="A confirmed figure is doubted, and nobody answered. Is it right?",
        holds=lambda s: s.doubts > 0,
    ),
    ChallengeRule(
        code="corrected", weight=48, when="the newest figure was corrected",
        question="The newest figure was corrected. Would the decision have been another one?",
        holds=lambda s: s.corrected > 0,
    ),
    ChallengeRule(
        code="few-cases", weight=46, when="red or green on fewer than 30 cases",
        question="The colour rests on a few cases. Is it more than chance?",
        holds=lambda s: s.cases is not None and s.cases < FEW and s.rag in {Rag.RED, Rag.GREEN},
    ),
    ChallengeRule(
        code="estimate", weight=44, when="the newest figure is an estimate",
        question="The newest figure is an estimate. How far off were the last ones?",
        holds=lambda s: s.is_estimate,
    ),
    ChallengeRule(
        code="no-target", weight=42, when="no target, and no reason why",
        question="There is no target and no reason why not. What should be reached?",
        holds=lambda s: s.may_have_target and not s.has_target,
    ),
    ChallengeRule(
        code="method", weight=40, when="its methodology was not reviewed for two years",
        question="Nobody has looked at how it is worked out for two years. Does it still measure what matters?",
        holds=lambda s: s.method_overdue,
    ),
    ChallengeRule(
        code="no-owner", weight=38, when="no role owns it",
        question="No role owns this measure. Who answers for it?",
        holds=lambda s: not s.owner,
    ),
)  # fmt: skip


def challenge(signals: Signals) -> list[ChallengeRule]:
    """The rules that hold, the weightiest first."""
    return sorted((rule for rule in RULES if rule.holds(signals)), key=lambda rule: -rule.weight)


def telling_first(
    found: Sequence[tuple[str, list[ChallengeRule]]], *, most: int
) -> list[tuple[str, list[ChallengeRule]]]:
    """Measures by code with their rules, those with the weightiest question first and, of these, those with the most
    questions; without those that have none. At most so many."""
    asked = [each for each in found if each[1]]
    return sorted(asked, key=lambda each: (-each[1][0].weight, -len(each[1])))[:most]
