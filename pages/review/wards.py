"""Review: councillors and officers see a measure by ward, on a map, as ranked bars and as a table."""

import streamlit as st

from components import page, pick, ward_map
from cycle import review
from performance.people import Permission
from performance.periods import Period

user = page.start("Wards", needs=Permission.VIEW_WARDS)

st.title("Wards", anchor=False)
measures = {measure.code: measure for measure in review.ward_measures(by=user)}
if not measures:
    st.info("No measure has figures by ward yet. They appear here once a file with ward figures has been imported.")
    st.stop()
what, when, where = st.columns([2, 1.4, 1.2])
with what:
    code = pick.one("Measure", measures, name="measure", words=lambda each: measures[each].title)
periods: tuple[Period, ...] = review.ward_map(code, None, by=user).periods
with when:
    period = pick.period("Period", periods, name="period")
found = review.ward_map(code, period, by=user)
wards = {ward.area.code: ward.area.name for ward in found.wards}
with where:
    chosen = pick.one("Ward", wards, name="ward", words=wards.__getitem__)

ward_map.in_words(found, chosen=chosen)
measure = found.measure
made_up = " Illustrative figures, made for this demonstration." if measure.illustrative else ""
st.caption(f"{measure.polarity.in_words}. {measure.definition}{made_up}")
left, right = st.columns(2)
with left:
    ward_map.show(found, chosen=chosen)
with right:
    ward_map.bars(found, chosen=chosen)
ward_map.table(found)
