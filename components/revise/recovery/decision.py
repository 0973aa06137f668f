"""Agreeing a recovery plan, tolerating the measure, closing the plan, and saying whether it worked."""

import streamlit as st

from components.parts import typed_text
from components.parts.markup import plain
from components.revise.recovery import effect, words
from components.revise.recovery.keys import key
from cycle.revise.recovery.guard import LONGEST
from cycle.revise.recovery.view import PlanView
from performance.ground.organisation import PlanStatus
from performance.ground.periods import day_in_words
from performance.ground.texts import LONGEST_ROLE, LONGEST_SENTENCE
from performance.revise.lessons import Verdict
from performance.revise.recovery_changes import Agreement, Closure, Deciding, Judgement, ToleranceAnswer, ToleranceAsked


def ask(view: PlanView) -> Deciding | None:
    """What can be decided of the plan as it stands, for those who may; otherwise who can and what is missing."""
    if view.plan.is_open:
        found = _ask_agreement(view) if not view.is_agreed else _ask_closure(view)
        return found or _ask_tolerance(view)
    if view.plan.status is PlanStatus.CLOSED:
        return _ask_judgement(view)
    st.text(words.TOLERATED)
    return None


def _ask_agreement(view: PlanView) -> Agreement | None:
    if view.why_not_agree:
        st.text(view.why_not_agree)
        return None
    st.text("You agree its cause, milestones and actions as they stand.")
    return Agreement() if st.button("Agree this plan", type="primary", key=key(view, "agree")) else None


def _ask_closure(view: PlanView) -> Closure | None:
    st.text("A plan closes when the figures of all its measures pass one of two tests:")
    for test in view.tests:
        st.text(f"{'✓ Passed' if test.passed else '✗ Not yet'}: {test.in_words}")
    if not view.may_close:
        return None
    with st.expander("Close this plan", expanded=view.is_proved), st.form(key(view, "close"), border=False):
        role = typed_text.line(
            "Who keeps the measure where it is now (role)", key=key(view, "kept-by"), at_most=LONGEST_ROLE
        )
        because = "" if view.is_proved else typed_text.line(
            "Why it is closed without that", key=key(view, "closed-because"), at_most=LONGEST_SENTENCE
        )  # fmt: skip
        left = _ask_what_is_left(view) if view.left_over else ""
        closes = st.form_submit_button("Close the plan", type="primary")
    return Closure(kept_by_role=role, because=because, actions_left=left) if closes else None


def _ask_what_is_left(view: PlanView) -> str:
    st.text(f"{view.left_over}.")
    return typed_text.line(
        "What becomes of the actions that are not done", key=key(view, "left"), at_most=LONGEST_SENTENCE
    )


def _ask_tolerance(view: PlanView) -> ToleranceAsked | ToleranceAnswer | None:
    """The third way: the measure stays as it is until a day, asked by one person and approved by another."""
    if view.plan.asked_until is not None:
        return _ask_answer(view)
    if view.why_not_edit:
        return None
    with st.expander("Or ask to tolerate it until a day"), st.form(key(view, "tolerate"), border=False):
        until = st.date_input("Until", value=None, format="DD/MM/YYYY", key=key(view, "until"))
        because = typed_text.line("Why it cannot or need not recover before then", key=key(view, "until-because"),
                                at_most=LONGEST_SENTENCE)  # fmt: skip
        asked = st.form_submit_button("Ask for it")
    if asked and until is None:
        st.error("Enter the day until which it should be tolerated")
    return ToleranceAsked(until=until, because=because) if asked and until else None


def _ask_answer(view: PlanView) -> ToleranceAnswer | None:
    if not view.decides or view.plan.asked_until is None:
        st.text("Someone who agrees plans answers whether it is tolerated.")
        return None
    with st.form(key(view, "tolerance"), border=False):
        because = typed_text.line(
            "Why not, where it is not", key=key(view, "why-not-tolerated"), at_most=LONGEST_SENTENCE
        )
        approved = st.form_submit_button(
            plain(f"Tolerate it until {day_in_words(view.plan.asked_until)}"), type="primary"
        )
        declined = st.form_submit_button("Do not tolerate it")
    if approved:
        return ToleranceAnswer(approves=True)
    return ToleranceAnswer(approves=False, because=because) if declined else None


def _ask_judgement(view: PlanView) -> Judgement | None:
    """What the figures say, and then what a person makes of it."""
    effect.show(view)
    if view.lesson is not None:
        _show_lesson(view)
        return None
    if not view.may_judge or view.effect is None:
        st.text(words.NOT_JUDGED)
        return None
    verdicts = [each.value for each in Verdict if each is not Verdict.GENERAL]
    with st.form(key(view, "judge"), border=False):
        verdict = st.radio("Your judgement", verdicts, index=verdicts.index(view.effect.verdict.value), horizontal=True,
                           format_func=lambda each: Verdict(each).in_words, key=key(view, "verdict"))  # fmt: skip
        worked = typed_text.area("What worked?", key=key(view, "worked"), at_most=LONGEST, height=80)
        did_not = typed_text.area("What did not?", key=key(view, "did-not"), at_most=LONGEST, height=80)
        advice = typed_text.area("What would you tell another service?", key=key(view, "advice"), at_most=LONGEST,
                              height=80)  # fmt: skip
        saved = st.form_submit_button("Keep the judgement", type="primary")
    if not saved:
        return None
    return Judgement(verdict=Verdict(verdict), what_worked=worked, what_did_not=did_not, advice=advice)


def _show_lesson(view: PlanView) -> None:
    for place, (label, said) in enumerate(words.judgement(view)):
        if place == 0:
            st.markdown(f"**{plain(label)}**, {plain(said)}")
        else:
            st.text(f"{label}: {said}")
