"""What services confirmed at entry, for the BI team to accept or doubt; and every question that is open."""

import streamlit as st

from components.parts import figure_lines, question_forms
from components.parts.markup import plain
from components.parts.question_forms import Accepts, Doubts
from cycle.review.quality.doubts import Confirmed
from cycle.review.quality.view import QualityView
from performance.review.quality.challenges import Challenge, ChallengeKind


def show(view: QualityView) -> None:
    """The month's confirmed figures with the reasons given, then the queue of questions, the oldest first."""
    st.header(plain(f"Confirmed at entry, {view.month.in_words}"), anchor=False)
    if not view.confirmed:
        st.write(plain(f"No unusual figure of {view.name} was confirmed for {view.month.in_words}."))
    for each in view.confirmed:
        with st.container(border=True, gap="xsmall"):
            _show(each, may_doubt=view.may_doubt)
    st.header(f"Open questions and doubts ({len(view.open)})", anchor=False)
    if not view.open:
        st.write(plain(f"No question about a figure of {view.name} is open."))
    figure_lines.figure_questions(view.open)


def _show(each: Confirmed, *, may_doubt: bool) -> None:
    st.markdown(f"**{plain(f'{each.measure.title}, {each.period.in_words}: {each.figure}')}**")
    st.caption(plain("; ".join(each.checks) + "."))
    st.text(each.reason or "The service gave no reason.")
    st.caption(plain(f"Confirmed by {each.who or each.unit_name}. {_judged(each.judged)}"))
    if may_doubt and each.judged is None:
        _judge(each)


def _judge(each: Confirmed) -> None:
    key = f"{each.measure.code}-{each.period.iso}-{each.revision}"
    box = f"doubt-text-{key}"
    accepts = Accepts(measure_code=each.measure.code, period=each.period, revision=each.revision)
    doubts = Doubts(measure_code=each.measure.code, period=each.period, revision=each.revision)
    with st.form(f"doubt-{key}", border=False):
        st.text_area("What do you doubt, and why", key=box, height=75)
        with st.container(horizontal=True):
            st.form_submit_button(
                "Accept it", type="primary", key=f"accept-now-{key}", on_click=question_forms.say,
                args=(accepts, box),
            )  # fmt: skip
            st.form_submit_button("Doubt it", key=f"doubt-now-{key}", on_click=question_forms.say, args=(doubts, box))


def _judged(judged: Challenge | None) -> str:
    if judged is None:
        return "The BI team has neither accepted nor doubted it."
    if judged.kind is ChallengeKind.ACCEPTED:
        return "Accepted by the BI team."
    stands = "settled" if not judged.is_open else "answered" if judged.answered_at else "waits for an answer"
    return f"Doubted by the BI team: {stands}."
