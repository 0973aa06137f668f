"""Review: officers see which figures came, when, and how sure they are; the BI team doubts what is unusual."""

import streamlit as st

from components.frame import known, page, pick
from components.review.quality import questions, sections
from components.review.scorecard import month_shown
from cycle.review.quality import data_quality
from performance.ground.people import Permission

user = page.start("Data quality", needs=Permission.VIEW_DATA_QUALITY)

st.title("Data quality", anchor=False)
which, when, whose, moment = st.columns([1.6, 1, 1.6, 1])
with which:
    section = pick.one("Show", sections.SECTIONS, name="show", words=sections.SECTIONS.__getitem__)
with when:
    month = month_shown.pick_month(data_quality.list_months(by=user))
units = data_quality.list_units(month, by=user)
with whose:
    unit_code = pick.one("Part of the council", units, name="unit", words=units.__getitem__)
with moment:
    at = known.pick()

known.say(at)
questions.act(by=user)
sections.show(data_quality.data_quality(month, unit_code, as_known_at=at, by=user), section=section)
