"""The form a service enters its month's figures in: what was before and what is aimed at, beside what is typed."""

import re
from datetime import date

import streamlit as st

from components import half_typed, problems
from components.half_typed import HalfTyped, Step, key_of
from performance.answers import CheckedLine, CheckedReturn
from performance.measures import Measure
from performance.periods import day_in_words
from performance.read_answer import boxes_of, label_of, unit_hint
from performance.returns import ReturnLine
from performance.typed import Answer, Choice

_MEANT_AS_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~$]|:(?=\w)")
_WIDTHS = {1: [5, 4, 3], 2: [5, 3, 3, 3]}


def show(checked: CheckedReturn, typed: HalfTyped) -> None:
    """Every figure that can be entered now, in one form; nothing is checked before it is asked for."""
    return_ = checked.return_
    number = len(checked.lines)
    st.write(
        f"Enter {number} figure{'' if number == 1 else 's'}. You can type 1,204, 96.2% or £1.2m. "
        "You read them back, with their ratings, before anything is submitted."
    )
    answers = {answer.measure_code: answer for answer in typed.answers}
    with st.form(f"figures-{typed.name}", border=False, enter_to_submit=False):
        for line in checked.lines:
            _show_line(
                line,
                answers.get(line.measure.code, line.answer),
                asked=typed.attempt > 0,
                on_time_by=return_.on_time_by,
            )
        st.form_submit_button(
            "Check figures",
            type="primary",
            on_click=half_typed.go_to(Step.CHECKING, reading=half_typed.BOXES),
            args=(typed, return_),
        )


def _show_line(line: CheckedLine, answer: Answer, *, asked: bool, on_time_by: date | None) -> None:
    measure, period, boxes = line.measure, line.line.period, boxes_of(line.measure)
    with st.container(border=True, gap="xsmall"):
        for problem in line.problems if asked else ():
            problems.beside(problem.message)
        about, *places = st.columns(_WIDTHS[len(boxes)], vertical_alignment="bottom")
        with about:
            st.markdown(f"**{plain(measure.title)}**  \n{_about(line.line, on_time_by=on_time_by)}")
        for place, box in zip(places, boxes, strict=False):
            place.text_input(
                _label(measure, box),
                value=getattr(answer, box),
                key=key_of(box, measure.code, period),
                autocomplete="off",
                placeholder="",
            )
        choices = list(Choice)
        places[-1].selectbox(
            f"Kind of answer, {measure.code}",
            choices,
            index=choices.index(answer.choice) if answer.choice in choices else 0,
            format_func=lambda choice: Choice(choice).in_words,
            key=key_of("choice", measure.code, period),
            filter_mode=None,
        )


def _label(measure: Measure, box: str) -> str:
    text = f"{measure.code} figure, {unit_hint(measure)}" if box == "value" else label_of(measure, box)
    return plain(text)


def _about(line: ReturnLine, *, on_time_by: date | None) -> str:
    """What good is, what was before, and when it is due where that differs from the rest: short lines of Markdown."""
    aim = f" Target {line.target_in_words}." if line.target else ""
    said = [f"{line.measure.polarity.in_words}.{aim}"]
    if line.period.months > 1:
        said.append(f"For {line.period.in_words}.")
    before = line.rating_before
    if before is not None:
        rated = f", {before.in_words.lower()}" if before.is_rated else ""
        said.append(f"{line.period.previous.short}: {line.in_words(line.before)}{rated}.")
    if line.asked.due_on != on_time_by:
        said.append(f"Due {day_in_words(line.asked.due_on)}.")
    return "  \n".join(plain(each) for each in said)


def plain(text: str) -> str:
    """A text as it stands, wherever Streamlit would read Markdown, a colour or an icon into it."""
    return _MEANT_AS_MARKUP.sub(r"\\\g<0>", text)
