"""Review: a councillor reads one ward on one page, beside the council and wards like it, and takes it away."""

import streamlit as st

from components.frame import known, page, pick
from components.review.wards import one_ward
from cycle.review import own_ward, readings
from performance.ground.people import Permission

user = page.start("Ward profile", needs=Permission.VIEW_WARDS)

title = page.title_to_come("Ward profile")
wards = readings.list_wards(by=user)
if not wards:
    title.title("Ward profile", anchor=False)
    st.info("No ward has a figure yet. They appear here once a file with ward figures has been imported.")
    st.stop()
which, when, moment = st.columns([2, 1.4, 1.4])
with which:
    code = pick.one("Ward", wards, name="ward", words=wards.__getitem__, first=own_ward.find_own_ward(by=user))
with moment:
    at = known.pick()
known.say(at)
profile = readings.ward_profile(code, as_known_at=at, by=user)
with when:
    period = pick.other_period("Figures up to the end of", profile.periods, name="period", none="The newest")
if period:
    profile = readings.ward_profile(code, period, as_known_at=at, by=user)
page.title(f"{profile.ward.name} ward", place=title)
one_ward.files(profile)
one_ward.show(profile)
