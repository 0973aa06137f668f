"""Report: the policy officer makes a chart for the annual report and takes it away as Word, PNG or SVG."""

import streamlit as st

from components.frame import page
from components.parts.markup import plain
from components.report import annual_form
from cycle.plan import register
from cycle.report import charts
from performance.ground.measures import Use
from performance.ground.people import Permission

user = page.start("Annual-report chart", needs=Permission.MAKE_REPORTS)
st.title("Annual-report chart", anchor=False)

measures = charts.measures_to_chart(by=user)
if not measures:
    st.info("There are no figures to draw yet. They can be drawn as soon as services submit them.")
    st.stop()

measure_code, yearly = annual_form.choose_measure(measures)
found = charts.figures_to_chart(measure_code, yearly=yearly, by=user)
if not found.ours:
    st.info("No year of this measure is over yet. Draw it by its own periods instead.")
    st.stop()

choices = annual_form.choose(found)
try:
    drawn = charts.annual_chart(
        measure_code, first=choices.first, last=choices.last, comparators=choices.comparators, yearly=yearly, by=user
    )
except (charts.NothingToDrawError, charts.TooManySeriesError) as refusal:
    st.info(plain(str(refusal)))
    st.stop()

chart = annual_form.write(drawn, choices)
st.header("As it will be exported", anchor=False)
annual_form.preview(chart)
annual_form.downloads(
    chart, author=drawn.council_name, made=lambda: register.note_use(measure_code, Use.REPORTED, by=user)
)
