"""What proposing and deciding on a target is made of: why it is refused, what it would mean, when it takes effect."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Self

from cycle.ground.series.proposals import MeasureTargets, Proposal, SavedDraft
from performance.ground.entry import Problem
from performance.ground.figures import Figure, Profile, Target
from performance.ground.measures import Measure
from performance.ground.periods import Period, day_in_words
from performance.ground.reckoning.rag import Rag, bands_in_words
from performance.ground.texts import too_long
from performance.plan.consequences import Reading, loosens, read_target
from performance.plan.targets import LONGEST_RATIONALE, check_target, in_force, target_questions, would_have_been
from performance.review.ahead.forecast import Chance, Forecast, forecast


class TargetError(Exception):
    """A target that is not proposed or decided on; the sentence says why."""


class TargetRefusedError(TargetError):
    """What was proposed cannot be saved; the problems say where and why, of several targets by measure."""

    def __init__(self, problems: Iterable[Problem], *, of: Mapping[str, tuple[Problem, ...]] | None = None) -> None:
        self.problems = tuple(problems)
        self.of = dict(of or {})
        super().__init__("\n".join(problem.message for problem in self.problems))


class TargetConflictError(TargetError):
    """Someone else proposed, or typed, meanwhile; `theirs` is the newest there is."""

    def __init__(self, theirs: Proposal | SavedDraft) -> None:
        self.theirs = theirs
        done, who, at = "proposed", theirs.proposed_by, theirs.proposed_at
        if isinstance(theirs, SavedDraft):
            done = "typed"
        when = f"{at.astimezone():%H:%M} on {day_in_words(at.date())}"
        super().__init__(
            f"{who} {done} {theirs.in_words} for {theirs.target.period.in_words} at {when}."
            " Look at it, then propose again if yours is better."
        )


class TargetDecidedError(TargetError):
    """The target no longer waits for a decision; the sentence says why."""


class OwnTargetError(TargetError):
    """Nobody decides on a target they proposed themselves."""

    def __init__(self) -> None:
        super().__init__("You proposed this target, so someone else decides on it.")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A target as it is typed: `target` is None where the box was emptied. `based_on` is the revision last seen.

    `year` is the calendar year that the target's own year begins in.
    """

    measure_code: str
    year: int
    target: Target | None
    rationale: str = ""
    based_on: int

    @classmethod
    def of(cls, target: Target, *, rationale: str, based_on: int) -> Self:
        return cls(
            measure_code=target.measure_code,
            year=target.period.start.year,
            target=target,
            rationale=rationale,
            based_on=based_on,
        )

    @property
    def in_short(self) -> str:
        if self.target is None:
            return "emptied"
        given = (self.target.number, self.target.lower, self.target.upper)
        return " to ".join(str(number) for number in given if number is not None)


@dataclass(frozen=True, kw_only=True)
class Consideration:
    """What a number would mean: what is wrong with it, what to ask, and the colours past periods would have had.

    `parts` is the target of each of the measure's own periods within the year, by the profile; `reading` holds it
    against what has been reached before, `chance` against the present trend; `looser` says what it loosens mid-year.
    """

    problems: tuple[Problem, ...]
    questions: tuple[Problem, ...] = ()
    colours: Mapping[Period, Rag]
    parts: Mapping[Period, Target]
    met: str = ""
    bands: str = ""
    reading: Reading | None = None
    chance: str = ""
    looser: str = ""


def consider(line: MeasureTargets, target: Target, *, today: date) -> Consideration:
    """What the target would mean for this measure and year, where it is possible."""
    problems = problems_of(line, target, today=today)
    return Consideration(problems=problems, colours={}, parts={}) if problems else meaning(line, target, today=today)


def meaning(line: MeasureTargets, target: Target, *, today: date) -> Consideration:
    """What a possible target would mean, whenever it takes effect."""
    measure, series, percent = line.measure, line.series, line.default_percent
    past = would_have_been(measure, series, target, default_percent=percent)
    return Consideration(
        problems=(),
        questions=questions_of(line, target),
        colours=past.colours,
        parts=in_force([target], measure, figures=series.figures),
        met=past.in_words,
        bands=bands_in_words(replace(measure, earlier=()), target, default_percent=percent),
        reading=read_target(measure, series, target, today=today),
        chance=_chance(line, target, today=today),
        looser=loosening(line, target, today=today),
    )


def _chance(line: MeasureTargets, target: Target, *, today: date) -> str:
    """The chance that the year meets the target, on present trend; empty with too little history to say."""
    expected = _forecast(
        replace(line.measure, earlier=()), tuple(sorted(line.series.figures.items())), line.year, today
    )
    probability = expected.chance_of(target, line.measure) if expected else None
    if expected is None or probability is None:
        return ""
    return f"{Chance(probability=probability, forecast=expected).in_words}."


@lru_cache(maxsize=512)
def _forecast(
    measure: Measure, figures: tuple[tuple[Period, Figure], ...], year: Period, today: date
) -> Forecast | None:
    """Where the year is heading, whatever target is tried: worked out once for the same figures."""
    return forecast(measure, dict(figures), year, up_to=today, with_trial=False)


def questions_of(line: MeasureTargets, target: Target) -> tuple[Problem, ...]:
    return tuple(target_questions(target, line.measure, line.series.figures))


def loosening(line: MeasureTargets, target: Target, *, today: date) -> str:
    """That the target asks less than the one that rules the year in course, in a sentence; empty where it does not."""
    ruling = line.agreed
    if ruling is None or line.year.start > today:
        return ""
    if not loosens(line.measure, target, ruling.target, default_percent=line.default_percent):
        return ""
    return (
        f"This loosens the target of {ruling.in_words} during its year. Say why: it needs a second person,"
        " and is listed among the targets loosened this year."
    )


def problems_of(line: MeasureTargets, target: Target, *, today: date) -> tuple[Problem, ...]:
    """What is impossible about the target, or about the time it is for."""
    measure, problems = line.measure, check_target(target, line.measure)
    if target.period != line.year:
        whole = f"Propose the target for a whole year of {measure.title}, such as {line.year.in_words}"
        return (Problem(field="year", message=whole),)
    if target.profile is Profile.MANUAL and not target.parts and not problems:
        problems = [Problem(field="parts", message="Enter a number for each period of the year")]
    begins = target.effective_from or target.period.start
    if target.period.end < today:
        over = f"{target.period.in_words} is over. A target takes effect forward only: choose a later year"
        problems = [*problems, Problem(field="year", message=over)]
    elif begins < line.earliest:
        early = f"A change takes effect forward only: choose {day_in_words(line.earliest)} or later"
        problems = [*problems, Problem(field="effective_from", message=early)]
    elif begins > target.period.end:
        late = f"The target must take effect by {day_in_words(target.period.end)}, the end of its year"
        problems = [*problems, Problem(field="effective_from", message=late)]
    return tuple(problems)


def long_reason(line: MeasureTargets, rationale: str) -> tuple[Problem, ...]:
    """A reason is read beside its number by whoever agrees it: longer than that, it is a document."""
    message = too_long(f"The reason for {line.measure.title}", rationale, at_most=LONGEST_RATIONALE)
    return (Problem(field="rationale", message=message),) if message else ()


def missing_reason(line: MeasureTargets, target: Target, rationale: str, *, today: date) -> tuple[Problem, ...]:
    """A doubtful number, or one that loosens, is taken with a reason and not without."""
    if rationale.strip() or not (questions_of(line, target) or loosening(line, target, today=today)):
        return ()
    return (Problem(field="rationale", message=f"Enter why {_named(line.measure, target)} is right"),)


def _named(measure: Measure, target: Target) -> str:
    given = target.number if target.number is not None else target.lower
    return "this target" if given is None else f"a target of {measure.print_target(given)}"
