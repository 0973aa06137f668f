"""What may be done to a measure: documented, changed, retired, replaced, its series broken; each a form of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from components.frame import problems
from components.parts import afresh, typed_text
from components.parts.markup import plain
from components.plan.measures import fields
from components.plan.measures.method_view import SECTIONS
from components.plan.thread import seen
from cycle.plan.register_view import MethodPage
from performance.ground.entry import Problem
from performance.ground.periods import day_in_words
from performance.ground.texts import LONGEST, LONGEST_SENTENCE
from performance.plan.register_changes import Broken, Documented, RegisterChange, Replaced, Retired

_FORWARD = "A change of polarity or tolerance holds for periods that have not ended; colours of the past stay."


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a person asked for: a change, or `typed` fields still to be read, of which they `touched` some."""

    about: str
    version: int
    attempt: int = 0
    reason: str = ""
    change: RegisterChange | None = None
    typed: Mapping[str, str] | None = None
    touched: frozenset[str] = frozenset()


def show(page: MethodPage) -> Asked | None:
    """The forms this person may use; what was pressed, if anything."""
    if not page.may_document and not page.may_maintain:
        return None
    st.header("Change it", anchor=False)
    asked = _document(page) if page.may_document else None
    if page.may_maintain:
        asked = _fields(page) or _break(page) or _retire(page) or _replace(page) or asked
    return asked


def refuse(asked: Asked | None, found: Iterable[Problem]) -> None:
    """The error summary, with the way to each field."""
    if asked:
        summary = [(afresh.key(problem.field, asked.about), problem.message) for problem in found]
        problems.show(summary, title="Document a measure", attempt=asked.attempt)


def done(asked: Asked) -> None:
    """What was typed is saved: the form begins afresh."""
    afresh.begin(asked.about)


def _document(page: MethodPage) -> Asked | None:
    about = f"{page.line.measure.code}-method"
    with st.expander("Write the methodology"), st.form(f"form-{about}", border=False):
        sections = {
            field: typed_text.area(
                title, value=getattr(page.line.measure, field), key=afresh.key(field, about), at_most=LONGEST,
                height=90,
            )
            for field, title in SECTIONS.items()
        }  # fmt: skip
        reviewed = st.checkbox("I have reviewed the whole method today", key=afresh.key("reviewed", about))
        reason = _reason(about)
        pressed = st.form_submit_button("Save the methodology", type="primary")
    touched = _touched(about, {field: getattr(page.line.measure, field) for field in SECTIONS}, sections)
    change = Documented(sections={field: sections[field] for field in touched}, reviewed=reviewed, reason=reason)
    return _asked(about, page, pressed=pressed, change=change)


def _fields(page: MethodPage) -> Asked | None:
    about = f"{page.line.measure.code}-fields"
    with st.expander("Change its fields"), st.form(f"form-{about}", border=False):
        st.caption(_FORWARD)
        typed = fields.ask(page.line.measure, about, page.offers)
        reason = _reason(about)
        pressed = st.form_submit_button("Save the fields", type="primary")
    touched = _touched(about, fields.typed_of(page.line.measure), typed)
    asked = _asked(about, page, pressed=pressed, typed=typed, reason=reason)
    return replace(asked, touched=touched) if asked else None


def _break(page: MethodPage) -> Asked | None:
    about = f"{page.line.measure.code}-break"
    with st.expander("Mark a break in its series"), st.form(f"form-{about}", border=False):
        on = st.date_input("First day of the new way", value=page.today, format="DD/MM/YYYY",
                           key=afresh.key("on", about))  # fmt: skip
        reason = typed_text.line(
            "What changed: it stands on every chart", at_most=LONGEST_SENTENCE, key=afresh.key("reason", about)
        )
        pressed = st.form_submit_button("Mark the break")
    return _asked(about, page, pressed=pressed, change=Broken(on=on, reason=reason))


def _retire(page: MethodPage) -> Asked | None:
    about = f"{page.line.measure.code}-retire"
    with st.expander("Retire it"), st.form(f"form-{about}", border=False):
        last = st.date_input("Last day it is asked for", value=page.today, format="DD/MM/YYYY",
                             key=afresh.key("last_day", about))  # fmt: skip
        reason = _reason(about)
        pressed = st.form_submit_button("Retire it")
    return _asked(about, page, pressed=pressed, change=Retired(last_day=last, reason=reason))


def _replace(page: MethodPage) -> Asked | None:
    about = f"{page.line.measure.code}-replace"
    others = {code: title for code, title in page.offers["measures"].items() if code != page.line.measure.code}
    with st.expander("Replace or split it"), st.form(f"form-{about}", border=False):
        st.caption("Add the new measure first. Choose one to replace this, or several to split it.")
        after = st.multiselect("In its place", others, format_func=lambda code: f"{others[code]} ({code})",
                               key=afresh.key("successors", about), placeholder="Choose measures")  # fmt: skip
        first = st.date_input("From", value=page.today, format="DD/MM/YYYY", key=afresh.key("first_day", about))
        st.caption(plain(f"This one is retired the day before. Today is {day_in_words(page.today)}."))
        reason = _reason(about)
        pressed = st.form_submit_button("Replace it")
    change = Replaced(successors=tuple(after), first_day=first, reason=reason)
    return _asked(about, page, pressed=pressed, change=change)


def _touched(about: str, stored: Mapping[str, str], typed: Mapping[str, str]) -> frozenset[str]:
    """The boxes that say something else than when they were first shown: the others are nobody's change."""
    first: Mapping[str, str] = st.session_state.setdefault(afresh.key("first", about), dict(stored))
    return frozenset(field for field, text in typed.items() if text != first[field])


def _reason(about: str) -> str:
    return typed_text.line("Why it changes", at_most=LONGEST_SENTENCE, key=afresh.key("reason", about),
                           autocomplete="off")  # fmt: skip


def _asked(
    about: str,
    page: MethodPage,
    *,
    pressed: bool,
    change: RegisterChange | None = None,
    typed: Mapping[str, str] | None = None,
    reason: str = "",
) -> Asked | None:
    version = seen.version(about, page.version, pressed=pressed)
    if not pressed:
        return None
    attempt = st.session_state[f"attempt-{about}"] = st.session_state.get(f"attempt-{about}", 0) + 1
    return Asked(about=about, version=version, attempt=attempt, change=change, typed=typed, reason=reason)
