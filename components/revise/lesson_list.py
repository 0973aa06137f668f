"""Lessons: each with what worked, what did not and what another service is told; the words searched for are marked."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.frame import navigation, pick
from components.parts.markup import plain
from cycle.revise.lessons import LessonLine
from performance.ground.periods import day_in_words
from performance.revise.lessons import END, FOUND, Verdict
from performance.revise.recovery import plan_reference

_MOST_BESIDE = 3
_PARTS = (("advice", "To another service"), ("what_worked", "What worked"), ("what_did_not", "What did not"))


def ask_words() -> str:
    """The words to find, as the address has them."""
    return pick.text("Find lessons with these words", name="find")


def narrow(lines: Sequence[LessonLine]) -> list[LessonLine]:
    """Those of the verdict and the service chosen."""
    verdicts = {"": "All"} | {each.value: each.in_words for each in Verdict}
    units = {"": "All"} | {line.lesson.unit_code or "": line.unit_name for line in lines if line.lesson.unit_code}
    left, right = st.columns(2)
    with left:
        verdict = pick.one("Verdict", verdicts, name="verdict", words=verdicts.__getitem__)
    with right:
        unit = pick.one("Service", units, name="unit", words=units.__getitem__)
    return [
        line for line in lines if verdict in {"", line.lesson.verdict.value} and unit in {"", line.lesson.unit_code}
    ]


def show(lines: Sequence[LessonLine], *, words: str) -> None:
    """How many there are, and each."""
    found = f"{len(lines)} lesson{'' if len(lines) == 1 else 's'}"
    st.write(plain(f"{found} with “{words}”." if words else f"{found}."))
    for line in lines:
        with st.container(border=True, gap="small"):
            show_one(line)


def show_beside(lines: Sequence[LessonLine]) -> None:
    """Lessons of a measure and of its service, folded; nothing without any."""
    if not lines:
        return
    with st.expander(f"Lessons of this measure and its service ({len(lines)})"):
        for line in lines[:_MOST_BESIDE]:
            show_one(line)
        st.page_link(navigation.find_entry("Lessons").file, label="All lessons")


def show_one(line: LessonLine) -> None:
    """A lesson, and the ways to its plan and its measure."""
    lesson = line.lesson
    st.html(f"<h3 style='margin:0;padding:0;font-size:1.2rem'>{_marked(lesson.title)}</h3>")
    about = [lesson.verdict.in_words, line.unit_name, line.measure_title if line.measure_title != lesson.title else ""]
    said = f"{line.written_by}, {day_in_words(lesson.written_at.astimezone().date())}"
    st.caption(plain(f"{'. '.join(each for each in about if each)}. {said}."))
    for name, label in _PARTS:
        if words := getattr(lesson, name):
            st.html(f"<p style='margin:0;white-space:pre-line'><b>{label}:</b> {_marked(words)}</p>")
    with st.container(horizontal=True):
        if lesson.plan_id is not None:
            plan = plan_reference(lesson.plan_id)
            _link("One recovery plan", f"The plan it comes from, {plan}", plan=plan)
        if lesson.measure_code is not None:
            _link("One measure", f"See {plain(line.measure_title)}", measure=lesson.measure_code)


def _link(title: str, label: str, **query: str) -> None:
    st.page_link(navigation.find_entry(title).file, label=plain(label), query_params=query)


def _marked(words: str) -> str:
    return escape(words).replace(FOUND, "<mark>").replace(END, "</mark>")
