"""Report: the policy officer makes a chart, takes it away as any of six files, or keeps it in an annual report."""

import streamlit as st

from components.frame import notice, page
from components.parts.markup import plain
from components.report.annual import chart_form, keeping
from cycle.plan import register
from cycle.report.annual import charts, reports
from performance.ground.measures import Use
from performance.ground.people import Permission

user = page.start("Annual-report chart", needs=Permission.MAKE_REPORTS)
st.title("Annual-report chart", anchor=False)
notice.show()
measures = charts.measures_to_chart(by=user)
if not measures:
    st.info("There are no figures to draw yet. They can be drawn as soon as services submit them.")
    st.stop()

kept_reports = reports.list_reports(by=user).reports
report, kept = keeping.opened(kept_reports)
measure_code, yearly = chart_form.choose_measure(measures)
found = charts.figures_to_chart(measure_code, yearly=yearly, by=user)
if not found.ours:
    st.info("No year of this measure is over yet. Draw it by its own periods instead.")
    st.stop()

choices = chart_form.choose(found, kept, year=report.year if report else None)
try:
    drawn = charts.annual_chart(
        measure_code, first=choices.first, last=choices.last, comparators=choices.comparators, yearly=yearly, by=user
    )
except (charts.NothingToDrawError, charts.TooManySeriesError) as refusal:
    st.info(plain(str(refusal)))
    st.stop()

written = chart_form.write(drawn, choices, kept)
st.header("As it will be exported", anchor=False)
chart_form.preview(written.page)
chart_form.downloads(
    written.page, author=drawn.council_name, made=lambda: register.note_use(measure_code, Use.REPORTED, by=user)
)
wish = keeping.ask(kept_reports, measure_code, yearly, choices, written)
try:
    if wish:
        now = reports.change_report(wish.report.id, wish.change, seen=wish.seen, by=user)
        if wish.is_one_of_several:
            notice.keep(f"The chart is kept: {now.title} has {now.in_short}. Choose the measure of the next.")
            st.rerun()
        notice.keep("The chart is kept in the report.")
        st.switch_page("pages/report/annual_report.py", query_params={"report": wish.report.reference})
except reports.AnnualReportMovedError as moved:
    keeping.have_read(kept_reports)
    page.refuse(moved)
except reports.AnnualReportError as refusal:
    page.refuse(refusal)
