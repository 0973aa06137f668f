"""What a person has typed of a return and not yet submitted: drafts in the database, and where they are with them.

The session only remembers what the person has before them, so that whatever was changed from elsewhere is noticed
and nothing of theirs, or of anybody else, is overwritten.
"""

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

import streamlit as st

from cycle.do.drafts import DraftClash, Kept
from performance.do.answers import CheckedReturn, stored_answer
from performance.do.returns import MyReturn
from performance.do.typed import Answer, Choice, Draft
from performance.ground.commentary import Commentary
from performance.ground.people import User
from performance.ground.periods import Period

BOXES = ("choice", "numerator", "denominator", "value", "until")
SAYINGS = ("what_happened", "why", "what_next", "who", "by_when", "back_on_track", "confirmed")


class Step(StrEnum):
    """Where a person is: reading what was sent, entering, checking, or asking to submit."""

    READING = "reading"
    ENTERING = "entering"
    CHECKING = "checking"
    SUBMITTING = "submitting"


@dataclass(kw_only=True)
class Sitting:
    """One person before one return, for as long as their session lasts.

    `seen` are the lines as last drawn for them, `entered` what they typed since, and `moved` the version at which
    each line last changed from elsewhere; `heard` counts how often each row of the grid has spoken.
    """

    step: Step | None = None
    attempt: int = 0
    asked: bool = False
    request_key: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    seen: dict[str, Draft] = field(default_factory=dict)
    moved: dict[str, int] = field(default_factory=dict)
    entered: dict[str, Draft] = field(default_factory=dict)
    clashes: dict[str, DraftClash] = field(default_factory=dict)
    heard: dict[str, int] = field(default_factory=dict)

    def typed(self, code: str) -> Answer | None:
        """The line as it was last typed here, or as it was drawn; None for a line nobody has seen."""
        if code in self.clashes:
            return self.clashes[code].mine.answer
        last = self.entered.get(code) or self.seen.get(code)
        return last.answer if last else None

    def put(self, answer: Answer, *, version: int | None = None) -> None:
        """An answer was typed. `version` is that of the line it was typed over, where the screen says so itself."""
        code = answer.measure_code
        seen = self.seen.get(code)
        if seen is None:
            return
        answer = answer.over((self.entered.get(code) or seen).answer)
        base = seen.version if version is None or version >= self.moved.get(code, 0) else version
        draft = replace(seen, answer=answer, version=base)
        if clash := self.clashes.get(code):
            # Two texts wait for a choice: what is typed on belongs to mine, and is kept once the person has chosen.
            self.clashes[code] = replace(clash, mine=draft)
        else:
            self.entered[code] = draft


@dataclass(frozen=True, kw_only=True)
class HalfTyped:
    """The lines as typed, with the revisions they are based on; the key makes a double click one submission.

    `asked` is whether the person has asked to submit, so that what is still to be said shows; `moved` are the lines
    that changed elsewhere since the page was last drawn.
    """

    name: str
    username: str
    drafts: Mapping[str, Draft]
    step: Step
    request_key: str
    attempt: int = 0
    asked: bool = False
    clashes: tuple[DraftClash, ...] = ()
    moved: tuple[Draft, ...] = ()
    heard: Mapping[str, int] = field(default_factory=dict)

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple(draft.answer for draft in self.drafts.values())

    @property
    def saved_at(self) -> datetime | None:
        """When something was last kept; None where nothing is half typed."""
        return max((each.saved_at for each in self.drafts.values() if each.saved_at), default=None)

    def step_of(self, checked: CheckedReturn) -> Step:
        """The step the page shows: figures with problems go back to the boxes, and stay there until checked again."""
        if not checked.return_.open_lines:
            return Step.READING
        if self.step is not Step.READING and checked.problems:
            sitting(self.name).step = Step.ENTERING
            return Step.ENTERING
        if self.step is Step.SUBMITTING and (self.clashes or self.moved or checked.gaps):
            return Step.CHECKING
        return self.step

    def problems(self, checked: CheckedReturn) -> list[tuple[str, str]]:
        """The errors to show, each with the key of its field; none before anything was asked to be checked."""
        found = checked.problems if self.attempt else ()
        if not found and self.asked:
            found = checked.gaps
        return [
            (key_of(problem.field, line.measure.code, line.line.period), problem.message) for line, problem in found
        ]


def sitting(name: str) -> Sitting:
    """The person's sitting at the return of that name. A question to the session may end the run, so it is asked once,
    and what follows from the answer is then done whole."""
    found: Sitting = st.session_state.setdefault(name, Sitting())
    return found


def of(return_: MyReturn, kept: Kept, *, sitting: Sitting, by: User) -> HalfTyped:
    """The return as this person has it before them: what is kept of it, and at first, what is stored.

    It asks nothing of the session: every such question may end the run, and then what has just been kept would look
    as if somebody else had typed it.
    """
    sitting.clashes.update({each.code: each for each in kept.clashes})
    drafts, moved = {}, []
    for line in return_.open_lines:
        code = line.measure.code
        draft = kept.drafts.get(code) or Draft(answer=stored_answer(line), area_code=line.area_code, period=line.period)
        known, mine = sitting.seen.get(code), sitting.entered.get(code)
        if known is None or (draft.version != known.version and (mine is None or mine.answer != draft.answer)):
            sitting.moved[code] = draft.version
            moved += [draft] * (known is not None)
        sitting.seen[code] = drafts[code] = draft
    step = sitting.step
    if step is Step.SUBMITTING:
        # Asked once, done once: nothing that happens later may submit anything by itself.
        sitting.step = Step.CHECKING
    mine_still = {code: each.mine for code, each in sitting.clashes.items() if code in drafts}
    sitting.entered.clear()
    waits = return_.may_be_corrected and return_.provided == len(return_.lines) and not kept.drafts
    return HalfTyped(
        name=name_of(return_),
        username=by.username,
        drafts=drafts | mine_still,
        step=step or (Step.READING if waits else Step.ENTERING),
        request_key=sitting.request_key,
        attempt=sitting.attempt,
        asked=sitting.asked,
        clashes=tuple(each for code, each in sitting.clashes.items() if code in drafts),
        moved=tuple(moved),
        heard=dict(sitting.heard),
    )


def name_of(return_: MyReturn) -> str:
    return f"return {return_.unit.code} {return_.period.iso}"


def forget(typed: HalfTyped) -> None:
    st.session_state.pop(typed.name, None)


def go_to(step: Step, *, reading: Collection[str] = ()) -> Callable[[HalfTyped], None]:
    """For a button's on_click: keep what these boxes hold on the screen, and go on to the step."""

    def act(typed: HalfTyped) -> None:
        keep(typed, reading=reading)
        _begin_anew(typed, without=reading)
        now = sitting(typed.name)
        now.step = step
        now.attempt += step is not Step.ENTERING
        now.asked = step is Step.SUBMITTING

    return act


def keep(typed: HalfTyped, *, reading: Collection[str]) -> None:
    """For a callback: what these boxes hold on the screen is typed; those not drawn stay as they are."""
    found = [(draft, _on_screen(draft.answer, draft.period, reading)) for draft in typed.drafts.values()]
    now = sitting(typed.name)
    for draft, answer in found:
        if answer != draft.answer:
            now.put(answer)


def settle(typed: HalfTyped, answer: Answer) -> None:
    """For a button's on_click: this answer, in place of the one there was."""
    now = sitting(typed.name)
    now.clashes.pop(answer.measure_code, None)
    now.put(answer)


def key_of(box: str, measure_code: str, period: Period) -> str:
    """A widget's key carries measure and period: a figure typed for one never appears for another."""
    return f"{box}-{measure_code}-{period.start:%Y-%m}-{period.months}"


def _begin_anew(typed: HalfTyped, *, without: Collection[str]) -> None:
    """Commentary boxes that are not on the screen forget what they held: drawn again, they show what is kept."""
    for draft in typed.drafts.values():
        for box in set(SAYINGS) - set(without):
            st.session_state.pop(key_of(box, draft.answer.measure_code, draft.period), None)


def _on_screen(answer: Answer, period: Period, reading: Collection[str]) -> Answer:
    """The answer with whatever those boxes hold; the others, and those not drawn, keep what was typed."""

    def held(box: str, otherwise: str) -> str:
        if box not in reading:
            return otherwise
        return str(st.session_state.get(key_of(box, answer.measure_code, period), otherwise))

    said = {name: held(name, getattr(answer.commentary, name)) for name in SAYINGS}
    return replace(
        answer,
        choice=Choice(held("choice", answer.choice)),
        numerator=held("numerator", answer.numerator),
        denominator=held("denominator", answer.denominator),
        value=held("value", answer.value),
        until=held("until", answer.until),
        commentary=Commentary(**said),
    )
