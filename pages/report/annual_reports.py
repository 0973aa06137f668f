"""Report: the policy officer's annual reports, each kept by name, and a new one."""

import streamlit as st

from components.frame import notice, page
from components.report.annual import listed
from cycle.report.annual import reports
from cycle.report.annual.reports import AnnualReportError
from performance.ground.people import Permission
from performance.report.annual import report_reference

user = page.start("Annual reports", needs=Permission.MAKE_REPORTS)
st.title("Annual reports", anchor=False)
st.write("Charts kept by section, with what is written about them. Next year's report begins with this year's.")
notice.show()
shelf = reports.list_reports(by=user)
begun = listed.ask_new(shelf.today)
try:
    if begun:
        report_id = reports.begin_report(begun.title, begun.year, by=user)
        notice.keep("The report is begun. Give it sections, and keep charts in them.", empties=listed.FORM)
        st.switch_page("pages/report/annual_report.py", query_params={"report": report_reference(report_id)})
except AnnualReportError as refusal:
    page.refuse(refusal)
listed.show(shelf.reports)
