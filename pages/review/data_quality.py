"""Review: officers see which figures came, when, and how sure they are; the BI team doubts what is unusual."""

import streamlit as st

from components import known, month_shown, page, pick, quality_sections, questions
from cycle import quality
from performance.people import Permission

user = page.start("Data quality", needs=Permission.VIEW_DATA_QUALITY)

st.title("Data quality", anchor=False)
which, when, whose, moment = st.columns([1.6, 1, 1.6, 1])
with which:
    section = pick.one("Show", quality_sections.SECTIONS, name="show", words=quality_sections.SECTIONS.__getitem__)
with when:
    month = month_shown.pick_month(quality.list_months(by=user))
units = quality.list_units(month, by=user)
with whose:
    unit_code = pick.one("Part of the council", units, name="unit", words=units.__getitem__)
with moment:
    at = known.pick()

known.say(at)
questions.act(by=user)
quality_sections.show(quality.data_quality(month, unit_code, as_known_at=at, by=user), section=section)
