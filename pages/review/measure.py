"""Review: anyone who looks at scorecards sees all that is known of one measure, and where its figures come from."""

from functools import partial

import streamlit as st

from components import (
    known,
    lesson_list,
    measure_facts,
    measure_pick,
    measure_views,
    notice,
    page,
    quality_facts,
    questions,
    rebase_form,
)
from cycle import learning, quality, rebasing, register, review, revise
from performance.measures import Use
from performance.people import Permission

user = page.start("One measure", needs=Permission.VIEW_SCORECARDS)

title, top = page.title_to_come("One measure"), st.container()
notice.show()
measures = {measure.code: measure for measure in review.list_measures_by_title(by=user)}
if not measures:
    title.title("One measure", anchor=False)
    st.info("The register has no measures yet. The BI team brings them in with a setup workbook.")
    st.stop()
which, when, moment = st.columns([3, 1.2, 1.2])
with which:
    code = measure_pick.one(measures)
with moment:
    at = known.pick()
with when:
    found = measure_pick.at_period(partial(review.measure_page, code, as_known_at=at, by=user))

page.title(found.measure.title, place=title)
with top:
    measure_pick.say(found, at)
    measure_views.say(found, revise.list_plans(by=user))
if not found.is_by_ward_alone:
    measure_views.show(found, partial(review.number_story, code, as_known_at=at, by=user))
    wish = rebase_form.show(found) if user.may(Permission.SET_LIMITS_ANEW) else None
    try:
        if wish:
            rebasing.carry_out(code, wish, by=user)
    except rebasing.REFUSALS as refusal:
        page.refuse(refusal)
    else:
        if wish:
            notice.keep("Limits are worked out as you said.")
            st.rerun()
measure_facts.show(found)
lesson_list.show_beside(learning.lessons_beside(code, by=user) if at is None else ())
quality_facts.of_measure(quality.measure_quality(code, as_known_at=at, by=user), is_past=at is not None, by=user)
questions.show_for(code, None, found.line.period, periods=found.shown, as_known_at=at, by=user)
register.note_use(code, Use.OPENED, by=user)
