"""Review: anyone who looks at scorecards sees all that is known of one measure, and where its figures come from."""

from functools import partial

import streamlit as st

from components.frame import known, notice, page
from components.review.measure import choice, facts, rebase_form, views
from components.review.quality import dimensions, questions
from components.revise import beside_measure
from cycle.plan import register
from cycle.review import readings, rebases
from cycle.review.quality import data_quality
from cycle.revise.recovery import planning
from performance.ground.measures import Use
from performance.ground.people import Permission

user = page.start("One measure", needs=Permission.VIEW_SCORECARDS)

title, top = page.title_to_come("One measure"), st.container()
notice.show()
measures = {measure.code: measure for measure in readings.list_measures_by_title(by=user)}
if not measures:
    title.title("One measure", anchor=False)
    st.info("The register has no measures yet. The BI team brings them in with a setup workbook.")
    st.stop()
which, when, moment = st.columns([3, 1.2, 1.2])
with which:
    code = choice.one(measures)
with moment:
    at = known.pick()
with when:
    found = choice.at_period(partial(readings.measure_page, code, as_known_at=at, by=user))

page.title(found.measure.title, place=title)
with top:
    choice.say(found, at)
    views.say(found, planning.list_plans(by=user))
if not found.is_by_ward_alone:
    views.show(found, partial(readings.number_story, code, as_known_at=at, by=user))
    wish = rebase_form.show(found) if user.may(Permission.SET_LIMITS_ANEW) else None
    try:
        if wish:
            rebases.carry_out(code, wish, by=user)
    except rebases.REFUSALS as refusal:
        page.refuse(refusal)
    else:
        if wish:
            notice.keep("Limits are worked out as you said.")
            st.rerun()
facts.show(found)
if at is None:
    beside_measure.show(found.measure, by=user)
dimensions.of_measure(data_quality.measure_quality(code, as_known_at=at, by=user), is_past=at is not None, by=user)
questions.show_for(code, None, found.line.period, periods=found.shown, as_known_at=at, by=user)
register.note_use(code, Use.OPENED, by=user)
