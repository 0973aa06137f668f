"""The yearly self-assessment: a service says of each dimension how its data stand, beside what was recorded."""

import streamlit as st

from components.frame import notice, problems
from components.parts.markup import plain
from cycle.review.quality import self_assessment
from cycle.review.quality.of_measure import MeasureQuality
from performance.ground.people import Permission, User
from performance.ground.periods import day_in_words
from performance.review.quality.dimensions import Dimension
from performance.review.quality.self_assessment import Judged, Judgement

_NOT_CHOSEN = "Choose"


def show(found: MeasureQuality, *, is_past: bool, by: User) -> None:
    """What was said last, whether it is for this year, and for the service the questions, unless it reads the past."""
    said = found.assessed
    if said is None:
        st.write("Its service has not assessed these data itself yet.")
    else:
        when = day_in_words(said.assessed_at.astimezone().date())
        st.write(plain(f"Assessed by its service on {when} for {said.year.in_words}: {said.in_words}."))
        if not found.is_assessed:
            st.write(plain(f"The assessment for {found.year.in_words} is still to come."))
    for finding in found.findings if said else ():
        if said and said.contradicts(finding):
            st.warning(plain(f"{finding.dimension.in_words}: its service says yes, but {_inside(finding.evidence)}"))
    if not is_past and by.may(Permission.ENTER_FIGURES, at=found.measure.unit_code):
        _ask(found, by=by)


def _ask(found: MeasureQuality, *, by: User) -> None:
    code, version = found.measure.code, found.assessed.version if found.assessed and found.is_assessed else 0
    st.subheader(plain(f"Assess these data for {found.year.in_words}"), anchor=False)
    answers: dict[Dimension, Judged] = {}
    with st.form(f"assessment_{code}_{version}", border=False):
        for dimension in Dimension:
            judged = _ask_one(found, dimension, key=f"{code}_{version}_{dimension.value}")
            if judged is not None:
                answers[dimension] = judged
        pressed = st.form_submit_button("Save the assessment")
    if not pressed:
        return
    try:
        self_assessment.assess(code, answers, version=version, by=by)
    except self_assessment.AssessmentRefusedError as fault:
        for problem in fault.problems:
            problems.beside(problem.message)
    else:
        notice.keep("The assessment is kept, beside what was recorded.")
        st.rerun()


def _ask_one(found: MeasureQuality, dimension: Dimension, *, key: str) -> Judged | None:
    before = found.assessed.answers.get(dimension) if found.assessed else None
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    options = [None, *Judgement]
    chosen = left.selectbox(
        plain(dimension.question), options, index=options.index(before.judgement) if before else 0, key=f"judged_{key}",
        format_func=lambda each: each.in_words if each else _NOT_CHOSEN, filter_mode=None,
    )  # fmt: skip
    label = f"{dimension.in_words}: what is missing, and what is being done"
    words = right.text_input(plain(label), value=before.words if before else "", key=f"words_{key}", autocomplete="off")
    return None if chosen is None else Judged(judgement=chosen, words=words)


def _inside(sentence: str) -> str:
    """A sentence within another: its first letter small, unless a number or an abbreviation begins it."""
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence
