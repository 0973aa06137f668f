"""What a person has typed of a return and not yet submitted: kept exactly, in their session and nowhere else."""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from enum import StrEnum

import streamlit as st

from performance.answers import CheckedReturn, stored_answer
from performance.commentary import Commentary
from performance.periods import Period
from performance.returns import MyReturn
from performance.typed import Answer, Choice

BOXES = ("choice", "numerator", "denominator", "value")
SAYINGS = ("what_happened", "why", "what_next", "who", "by_when", "back_on_track", "confirmed")


class Step(StrEnum):
    """Where a person is: reading what was sent, entering, checking, or asking to submit."""

    READING = "reading"
    ENTERING = "entering"
    CHECKING = "checking"
    SUBMITTING = "submitting"


@dataclass(frozen=True, kw_only=True)
class HalfTyped:
    """The answers as typed, with the revisions they are based on; the key makes a double click one submission."""

    name: str
    answers: tuple[Answer, ...]
    step: Step
    request_key: str
    attempt: int = 0

    def step_of(self, checked: CheckedReturn) -> Step:
        """The step the page shows: figures with problems go back to the form."""
        if not checked.return_.open_lines:
            return Step.READING
        return Step.ENTERING if self.step is not Step.READING and checked.problems else self.step

    def problems(self, checked: CheckedReturn) -> list[tuple[str, str]]:
        """The errors to show, each with the key of its field; none before anything was asked to be checked."""
        found = checked.problems if self.attempt else ()
        if not found and self.step is Step.SUBMITTING:
            found = checked.gaps
        return [
            (key_of(problem.field, line.measure.code, line.line.period), problem.message) for line, problem in found
        ]


def of(return_: MyReturn) -> HalfTyped:
    """What was typed of this return in this session; at first, what is stored."""
    name = f"return {return_.unit.code} {return_.period.iso}"
    kept: HalfTyped | None = st.session_state.get(name)
    if kept is None or not (kept.attempt or _is_on_screen(kept, return_)):
        waits = return_.may_be_corrected and return_.provided == len(return_.lines)
        kept = HalfTyped(
            name=name,
            answers=tuple(stored_answer(line) for line in return_.open_lines),
            step=Step.READING if waits and kept is None else Step.ENTERING,
            request_key=secrets.token_urlsafe(16),
        )
        st.session_state[name] = kept
    return kept


def forget(typed: HalfTyped) -> None:
    st.session_state.pop(typed.name, None)


def check_again(typed: HalfTyped) -> None:
    """The submission was refused: back to the check, with everything as it was typed."""
    st.session_state[typed.name] = replace(typed, step=Step.CHECKING)


def go_to(step: Step, *, reading: Collection[str] = ()) -> Callable[[HalfTyped, MyReturn], None]:
    """For a button's on_click: keep what these boxes hold on the screen, and go on to the step."""

    def act(typed: HalfTyped, return_: MyReturn) -> None:
        periods = {line.measure.code: line.period for line in return_.open_lines}
        answers = tuple(
            _on_screen(each, periods[each.measure_code], reading)
            for each in typed.answers
            if each.measure_code in periods
        )
        attempt = typed.attempt + (step is not Step.ENTERING)
        st.session_state[typed.name] = replace(typed, answers=answers, step=step, attempt=attempt)

    return act


def settle(typed: HalfTyped, answer: Answer) -> None:
    """For a button's on_click: this answer, in place of the one there was."""
    answers = tuple(answer if each.measure_code == answer.measure_code else each for each in typed.answers)
    st.session_state[typed.name] = replace(typed, answers=answers, step=Step.CHECKING)


def key_of(box: str, measure_code: str, period: Period) -> str:
    """A widget's key carries measure and period: a figure typed for one never appears for another."""
    return f"{box}-{measure_code}-{period.start:%Y-%m}-{period.months}"


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
        commentary=Commentary(**said),
    )


def _is_on_screen(kept: HalfTyped, return_: MyReturn) -> bool:
    return kept.step is Step.READING or any(
        key_of("choice", line.measure.code, line.period) in st.session_state for line in return_.open_lines
    )
