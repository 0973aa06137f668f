"""What is left to do before an edition is published: a list of steps, each with how far it is, told by the data alone.

Nobody sets a state by hand: what stands in the database says it, so that the list can never promise what is not there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from performance.ground.periods import Period, day_in_words
from performance.ground.values import Absence, Value
from performance.report.beside import Beside
from performance.report.editions import Edition, EditionState
from performance.report.frozen import FrozenLine
from performance.report.pack import Pack
from performance.report.words import OF_RED, Place


class Step(StrEnum):
    """What is done towards an edition, in the order in which it is mostly done."""

    FIGURES = "figures"
    FREEZE = "freeze"
    SUMMARY = "summary"
    REDS = "reds"
    WATCH = "watch"
    FINANCE = "finance"
    CORRECTIONS = "corrections"
    PUBLISH = "publish"

    @property
    def in_words(self) -> str:
        return {
            "figures": "Figures complete and signed off",
            "freeze": "Figures frozen",
            "summary": "Summary",
            "reds": "Red measures: comparator, reason, action",
            "watch": "Amber watch-list",
            "finance": "Finance and risk",
            "corrections": "Corrections since the last report",
            "publish": "Published",
        }[self.value]


class TaskState(StrEnum):
    """How far a step is."""

    COMPLETED = "completed"
    UNDER_WAY = "under_way"
    IN_DRAFT = "in_draft"
    NOT_STARTED = "not_started"
    CANNOT_START = "cannot_start"

    @property
    def in_words(self) -> str:
        return {
            "completed": "Completed",
            "under_way": "Under way",
            "in_draft": "In draft",
            "not_started": "Not started",
            "cannot_start": "Cannot start yet",
        }[self.value]

    @property
    def shape(self) -> str:
        """The sign beside the word; none of those that rate a measure."""
        shapes = {"completed": "■", "under_way": "◧", "in_draft": "◧", "not_started": "□", "cannot_start": "⋯"}
        return shapes[self.value]


@dataclass(frozen=True, kw_only=True)
class Left:
    """One thing that a step still waits for: of a measure and its period, or of the pack, where there is no code."""

    says: str
    measure_code: str = ""
    title: str = ""
    unit_code: str = ""
    period: Period | None = None


@dataclass(frozen=True, kw_only=True)
class Task:
    """A step with its state; `counted` is how many of how many ("31 of 33"), `hint` a sentence or nothing."""

    step: Step
    state: TaskState
    counted: str = ""
    hint: str = ""
    left: tuple[Left, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """Of how many measures that are due an edition is, which of them have no figure that was signed off and no reason
    for it, and how many more are not due yet."""

    due: int
    left: tuple[Left, ...] = ()
    not_due: int = 0


def awaited_of(found: Iterable[tuple[Left, Value]]) -> Awaited:
    """What is awaited of these, each with what its figure is."""
    known = tuple(found)
    not_due = sum(value is Absence.NOT_DUE for _, value in known)
    left = tuple(each for each, value in known if value is Absence.NOT_PROVIDED)
    return Awaited(due=len(known) - not_due, left=left, not_due=not_due)


def awaited_in(pack: Pack) -> Awaited:
    """What was awaited as the figures were frozen."""
    return awaited_of((_of(each, each.unit_name), each.value) for each in pack.lines)


def tasks_of(
    pack: Pack, awaited: Awaited, *, today: date, restated: int = 0, before_now: Edition | None = None
) -> tuple[Task, ...]:
    """Every step of the edition. `restated` counts figures that would read otherwise today than they were frozen;
    `before_now` is the report that it would go on from, were it frozen today."""
    is_over = pack.edition.period.end < today
    first = (_figures(pack, awaited, is_over=is_over), _freeze(pack, awaited, is_over=is_over, restated=restated))
    if pack.edition.freeze is None:
        later = (step for step in Step if step not in {each.step for each in first})
        return *first, *(Task(step=step, state=TaskState.CANNOT_START) for step in later)
    money = _beside_in_words(len(pack.finance), pack.beside)
    return (
        *first,
        _written(pack, Step.SUMMARY, Place.SUMMARY),
        _reds(pack),
        _written(pack, Step.WATCH, Place.WATCH, of=_many(len(pack.ambers), "amber"), nothing="No measure is amber."),
        _written(pack, Step.FINANCE, Place.FINANCE, of=money, nothing="No measure of finance, and no high risk."),
        _corrections(pack, before_now),
        _publish(pack),
    )


def _figures(pack: Pack, awaited: Awaited, *, is_over: bool) -> Task:
    many, there = awaited.due, awaited.due - len(awaited.left)
    if not is_over:
        return Task(step=Step.FIGURES, state=TaskState.CANNOT_START, hint=_ends(pack))
    if not many + awaited.not_due:
        hint = "There is no measure of these kinds in the period."
        return Task(step=Step.FIGURES, state=TaskState.CANNOT_START, hint=hint)
    is_late = pack.edition.freeze is not None and awaited.left
    late = "What comes in now is in the edition once it is frozen again." if is_late else ""
    more = f"{awaited.not_due} more {'is' if awaited.not_due == 1 else 'are'} not due yet." if awaited.not_due else ""
    return Task(
        step=Step.FIGURES,
        state=_state(there, many, begun=TaskState.UNDER_WAY if there else TaskState.NOT_STARTED),
        counted=f"{there} of {many}",
        hint=" ".join(filter(None, (more, late))),
        left=awaited.left,
    )


def _freeze(pack: Pack, awaited: Awaited, *, is_over: bool, restated: int) -> Task:
    freeze = pack.edition.freeze
    if freeze is None:
        can_start = is_over and awaited.due + awaited.not_due
        state = TaskState.NOT_STARTED if can_start else TaskState.CANNOT_START
        hint = "The steps below begin then." if is_over else f"{_ends(pack)} The steps below begin after it."
        return Task(step=Step.FREEZE, state=state, hint=hint)
    since = ""
    if restated:
        since = f" {_many(restated, 'figure')} would read otherwise today: freeze again to have {_it(restated)} in it."
    return Task(step=Step.FREEZE, state=TaskState.COMPLETED, hint=f"{freeze.in_words}.{since}")


def _written(pack: Pack, step: Step, place: Place, *, of: str = "", nothing: str = "") -> Task:
    """A place of the pack: there is something to write of, unless `nothing` says that there is none."""
    if place in pack.story.broken_in:
        hint = "It names a figure that there is not."
        return Task(step=step, state=TaskState.IN_DRAFT, counted=of, hint=hint)
    if pack.story.words[place]:
        return Task(step=step, state=TaskState.COMPLETED, counted=of)
    if nothing and not of:
        return Task(step=step, state=TaskState.COMPLETED, hint=nothing)
    return Task(step=step, state=TaskState.NOT_STARTED, counted=of)


def _reds(pack: Pack) -> Task:
    reds = pack.story.reds
    if not reds:
        return Task(step=Step.REDS, state=TaskState.COMPLETED, hint="No measure is red.")
    whole = sum(not each.lacks for each in reds)
    is_broken = not pack.story.broken_in.isdisjoint(OF_RED)
    is_begun = any(len(each.lacks) < len(OF_RED) for each in reds)
    state = _state(whole, len(reds), begun=TaskState.IN_DRAFT if is_begun else TaskState.NOT_STARTED)
    return Task(
        step=Step.REDS,
        state=TaskState.IN_DRAFT if is_broken else state,
        counted=f"{whole} of {len(reds)}",
        hint="One of them names a figure that there is not." if is_broken else "",
        left=tuple(_of(each.line, f"lacks {' and '.join(each.lacks)}") for each in reds if each.lacks),
    )


def _corrections(pack: Pack, before_now: Edition | None) -> Task:
    if before_now is not None and before_now.id != (pack.before.id if pack.before else 0):
        hint = f"{before_now.title} was published since. Freeze again to say what is corrected in it, and what changed."
        return Task(step=Step.CORRECTIONS, state=TaskState.IN_DRAFT, hint=hint)
    if pack.before is None:
        return Task(step=Step.CORRECTIONS, state=TaskState.COMPLETED, hint="There is no report before it.")
    counted = _many(len(pack.restated), "figure") or "0 figures"
    return Task(step=Step.CORRECTIONS, state=TaskState.COMPLETED, counted=counted, hint=f"Since {pack.before.title}.")


def _publish(pack: Pack) -> Task:
    if pack.edition.state is EditionState.PUBLISHED:
        return Task(step=Step.PUBLISH, state=TaskState.COMPLETED)
    if not pack.story.unfinished:
        return Task(step=Step.PUBLISH, state=TaskState.NOT_STARTED)
    # What each red lacks stands with the reds already.
    left = tuple(Left(says=each) for each in pack.story.broken)
    return Task(step=Step.PUBLISH, state=TaskState.CANNOT_START, hint="Words are left to write first.", left=left)


def _of(line: FrozenLine, says: str) -> Left:
    return Left(
        says=says,
        measure_code=line.measure_code,
        title=line.title,
        unit_code=line.unit_code,
        period=line.period,
    )


def _state(done: int, many: int, *, begun: TaskState) -> TaskState:
    return TaskState.COMPLETED if done == many else begun


def _beside_in_words(finance: int, beside: Beside) -> str:
    measures = _many(finance, "measure")
    return ", ".join(filter(None, (measures and f"{measures} of finance", _many(len(beside.risks), "high risk"))))


def _ends(pack: Pack) -> str:
    return f"The period ends on {day_in_words(pack.edition.period.end)}."


def _many(count: int, noun: str) -> str:
    """ "1 figure", "2 figures"; empty where there is none."""
    return f"{count} {noun}{'' if count == 1 else 's'}" if count else ""


def _it(count: int) -> str:
    return "it" if count == 1 else "them"
