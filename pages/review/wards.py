"""Review: councillors and officers see a measure by ward, on a map, as ranked bars and as a table, and its change."""

import streamlit as st

from components.frame import known, page, pick
from components.parts.markup import plain
from components.review.quality import questions
from components.review.wards import change, choice, months, table, ward_map
from cycle.review import own_ward, readings
from performance.ground.people import Permission

user = page.start("Wards", needs=Permission.VIEW_WARDS)
st.title("Wards", anchor=False)
measures = {measure.code: measure for measure in readings.ward_measures(by=user)}
if not measures:
    st.info("No measure has figures by ward yet. They appear here once a file with ward figures has been imported.")
    st.stop()
what, when, where, moment = st.columns([2, 1.2, 1.2, 1.2])
with what:
    code = pick.one("Measure", measures, name="measure", words=lambda each: measures[each].title)
with moment:
    at = known.pick()
known.say(at)
try:
    periods = readings.ward_map(code, None, as_known_at=at, by=user).periods
except readings.NoWardFiguresError as nothing:
    st.info(plain(str(nothing)))
    st.stop()
with when:
    period = pick.period("Period", periods, name="period")
found = readings.ward_map(code, period, as_known_at=at, by=user)
wards = {ward.area.code: ward.area.name for ward in found.wards}
with where:
    chosen = pick.one("Ward", wards, name="ward", words=wards.__getitem__, first=own_ward.find_own_ward(by=user))
colours, earlier, kind = st.columns([2, 2.4, 1.2])
with colours:
    by = choice.colouring(found)
with earlier:
    before = choice.before(periods, period)
with kind:
    is_drawn = choice.is_drawn()
ward_map.in_words(found, chosen=chosen)
choice.profile_link(chosen, at)
measure = found.measure
made_up = " Illustrative figures, made for this demonstration." if measure.illustrative else ""
st.caption(plain(f"{measure.polarity.in_words}. {measure.definition}{made_up}"))
if before:
    change.show(
        found, readings.ward_map(code, before, as_known_at=at, by=user), chosen=chosen, by=by, is_drawn=is_drawn
    )
else:
    left, right = st.columns(2)
    with left:
        ward_map.show(found, chosen=chosen, by=by, is_drawn=is_drawn)
    with right:
        ward_map.bars(found, chosen=chosen)
    table.show(found)
    months.download(found, at)
if user.may(Permission.ASK_QUESTIONS) and chosen:
    questions.show_for(code, chosen, found.period, as_known_at=at, by=user)
