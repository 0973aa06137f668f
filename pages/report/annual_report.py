"""Report: one annual report, with every chart as it goes out; written, ordered, exported, and begun for next year."""

import streamlit as st

from components.frame import notice, page
from components.parts.markup import plain
from components.report.annual import arranging, shown
from cycle.plan import register
from cycle.report.annual import reports
from cycle.report.annual.reports import AnnualReportError
from performance.ground.measures import Use
from performance.ground.people import Permission
from performance.report.annual import report_reference

user = page.start("One annual report", needs=Permission.MAKE_REPORTS)
try:
    view = reports.get_report(shown.asked() or 0, by=user)
except AnnualReportError as nothing:
    st.title("Annual report", anchor=False)
    st.info(plain(str(nothing)))
    st.page_link("pages/report/annual_reports.py", label="All annual reports")
    st.stop()

report = view.report
page.title(report.title)
notice.show()
shown.head(view)
refused = st.empty()
shown.downloads(view, made=lambda code: register.note_use(code, Use.REPORTED, by=user))
try:
    wish = arranging.ask(view)
    match wish.what if wish else None:
        case None:
            pass
        case arranging.BeginNext():
            following = reports.begin_next(report.id, by=user)
            notice.keep("The next year's report is begun. What is to be looked at stands at its head.")
            st.switch_page("pages/report/annual_report.py", query_params={"report": report_reference(following)})
        case arranging.Remove():
            reports.remove_report(report.id, version=report.version, by=user)
            notice.keep("The report is taken away.")
            st.switch_page("pages/report/annual_reports.py")
        case arranging.AddSeveral(measure_codes=codes, section_id=section_id):
            now = reports.add_charts(report.id, codes, section_id=section_id, by=user)
            arranging.begin_several(report, section_id)
            notice.keep(f"Their charts are kept: {now.in_short}.")
            st.rerun()
        case change:
            reports.change_report(report.id, change, seen=wish.seen if wish else (), by=user)
            arranging.begin(report)
            notice.keep("The report is kept as it stands now.")
            st.rerun()
except reports.AnnualReportMovedError as moved:
    if wish:
        arranging.have_read(report, wish)
    page.refuse(moved, place=refused)
except AnnualReportError as refusal:
    page.refuse(refusal, place=refused)
