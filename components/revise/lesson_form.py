"""Writing a lesson, wording one anew, and withdrawing it. The forms return what was entered, and save nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from components.frame import notice
from components.parts import afresh, typed_text
from cycle.revise.lessons import LONGEST_TITLE, LessonLine, LessonText
from cycle.revise.recovery.guard import LONGEST


@dataclass(frozen=True, kw_only=True)
class Written:
    """A new lesson of a unit."""

    unit_code: str
    said: LessonText


@dataclass(frozen=True, kw_only=True)
class Reworded:
    """A lesson as it should be worded, or, without words, one to withdraw; at the version that was seen."""

    lesson_id: int
    version: int
    said: LessonText | None

    @property
    def about(self) -> str:
        """Its boxes, which begin afresh once it is kept."""
        return f"lesson-{self.lesson_id}"


def ask_new(units: Mapping[str, str], measures: Mapping[str, str]) -> Written | None:
    """A lesson of one of the person's own units, by code and name, about one of the measures or none; nothing for those
    who have no unit."""
    if not units:
        return None
    fresh = notice.is_fresh("new-lesson")
    with st.expander("Write a lesson"), st.form("new-lesson", border=False):
        unit = st.selectbox("Service", list(units), format_func=lambda code: units[code], key="new-lesson-unit",
                            filter_mode=None)  # fmt: skip
        said = _ask("new", LessonText(title=""), measures, empties=fresh)
        saved = st.form_submit_button("Keep the lesson")
    return Written(unit_code=unit, said=said) if saved else None


def ask_changes(lines: Sequence[LessonLine], measures: Mapping[str, str]) -> Reworded | None:
    """Another wording of one of the person's own, or that it is withdrawn."""
    own = {line.lesson.id: line for line in lines if line.may_change}
    if not own:
        return None
    with st.expander("Change or withdraw a lesson"):
        chosen = st.selectbox("Lesson", list(own), format_func=lambda each: own[each].lesson.title,
                              key="changed-lesson", filter_mode=None)  # fmt: skip
        return _ask_change(own[chosen], measures)


def told(changed: Reworded | None, lines: Sequence[LessonLine]) -> None:
    """After a refusal, which says it where somebody else was first."""
    for line in lines:
        if changed and line.lesson.id == changed.lesson_id:
            afresh.told(changed.about, line.lesson.version)


def _ask_change(line: LessonLine, measures: Mapping[str, str]) -> Reworded | None:
    lesson, about = line.lesson, f"lesson-{line.lesson.id}"
    if notice.is_fresh(about):
        afresh.begin(about)
    begun_on, name = afresh.seen(about, lesson.version), afresh.key("of", about)
    if begun_on != lesson.version:
        st.text("Someone else changed this lesson while you wrote. It stands above as it is now.")
    stored = LessonText(title=lesson.title, what_worked=lesson.what_worked, what_did_not=lesson.what_did_not,
                        advice=lesson.advice, measure_code=lesson.measure_code)  # fmt: skip
    with st.form(f"lesson-{name}", border=False):
        # Of a plan's lesson the measure is the plan's.
        said = _ask(name, stored, {} if lesson.plan_id else measures)
        saved = st.form_submit_button("Save the wording")
        withdrawn = st.form_submit_button("Withdraw the lesson")
    if withdrawn:
        return Reworded(lesson_id=lesson.id, version=begun_on, said=None)
    return Reworded(lesson_id=lesson.id, version=begun_on, said=said) if saved else None


def _ask(name: str, stored: LessonText, measures: Mapping[str, str], *, empties: bool = False) -> LessonText:
    if empties:
        st.session_state[f"lesson-measure-{name}"] = ""
        for field in ("title", "worked", "did-not", "advice"):
            st.session_state[f"lesson-{field}-{name}"] = ""
    title = typed_text.line("What it is about", value=stored.title, key=f"lesson-title-{name}", at_most=LONGEST_TITLE)
    worked, did_not, advice = (
        typed_text.area(label, value=text, key=f"lesson-{field}-{name}", at_most=LONGEST, height=80)
        for label, text, field in (
            ("What worked?", stored.what_worked, "worked"),
            ("What did not?", stored.what_did_not, "did-not"),
            ("What would you tell another service?", stored.advice, "advice"),
        )
    )
    measure = stored.measure_code or ""
    if measures:
        options = {"": "No measure", measure: measure or "No measure"} | dict(measures)
        measure = st.selectbox("Measure it is about", list(options), format_func=options.__getitem__,
                               index=list(options).index(measure), key=f"lesson-measure-{name}")  # fmt: skip
    return LessonText(title=title, what_worked=worked, what_did_not=did_not, advice=advice,
                      measure_code=measure or None)  # fmt: skip
