"""Review: anyone who looks at scorecards sees all that is known of one measure, and where its figures come from."""

import streamlit as st

from components import compared, measure_facts, page, pick, trend
from cycle import register, review
from performance.measures import Use
from performance.people import Permission

user = page.start("One measure", needs=Permission.VIEW_SCORECARDS)

title = st.empty()
measures = {measure.code: measure for measure in review.list_measures_by_title(by=user)}
if not measures:
    title.title("One measure", anchor=False)
    st.info("The register has no measures yet. The BI team brings them in with a setup workbook.")
    st.stop()
code = pick.one("Measure", measures, name="measure", words=lambda each: f"{measures[each].title} ({each})")

found = review.measure_page(code, by=user)
title.title(found.measure.title, anchor=False)
if not found.is_by_ward_alone:
    measure_facts.rated(found)
    trend.show(found)
measure_facts.wards(found)
left, right = st.columns(2)
with left:
    measure_facts.commentary(found)
with right:
    compared.show(found)
measure_facts.method(found)
measure_facts.revisions(found)
register.note_use(code, Use.OPENED, by=user)
