"""One annual report: what is to be looked at, its files, and its sections with every chart as it goes out."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from components.frame import address, navigation
from components.frame.templated import MIMES, Templates, templates
from components.parts.markup import plain
from components.report.annual.chart_form import doubted
from cycle.report.annual.reports import ChartView, ReportView
from performance.report.annual import ReportChart, Section
from performance.report.templates import ANNUAL_REPORT
from reporting.charts.annual_spec import spec
from reporting.documents import images
from reporting.documents.renderer import NotDrawnError

_FILES = {"for Word": "docx", "as PDF": "pdf", "for PowerPoint": "pptx", "for Excel": "xlsx"}
_WIDE = 620


def asked() -> int | None:
    """The report that the address names."""
    return address.referred("AR", name="report")


def head(view: ReportView) -> None:
    """Which report it is, and what is left to be looked at."""
    report = view.report
    st.text(f"{report.reference}. {report.year.in_words}. {report.in_short}.")
    st.page_link(navigation.find_entry("Annual reports").file, label="All annual reports")
    if not view.left and not report.charts:
        return
    if not view.left:
        st.success("Nothing is left to look at: no headline is in doubt.")
        return
    many = len(view.left)
    with st.expander(plain(f"To look at before it goes out: {many} part{'' if many == 1 else 's'}"), expanded=True):
        for name, why in view.left:
            st.markdown(f"**{plain(name)}**")
            for each in why:
                st.text(each)


def downloads(view: ReportView, *, made: Callable[[str], None]) -> None:
    """The whole report as a file, made when it is asked for; `made` is told of each measure that is in one."""
    if not view.report.sections:
        return
    with st.container(horizontal=True):
        for program, ending in _FILES.items():
            st.download_button(
                plain(f"Download the report {program}"), data=partial(_made, ending, view, made, templates()),
                mime=MIMES.get(ending, "application/pdf"),
                file_name=f"{view.to_write.file_name}.{ending}", on_click="ignore", key=f"annual-{ending}",
            )  # fmt: skip


def called(view: ReportView, of: ReportChart) -> str:
    """What the chart is called in a label: by its number in the file, or that it is not in it."""
    number = view.numbers.get(of.id)
    return f"figure {number}" if number else f"the chart of {view.charts[of.id].title}"


def chart(view: ReportView, of: ReportChart) -> None:
    """A chart as it goes out, with its doubts and the way to change it."""
    found, number = view.charts[of.id], view.numbers.get(of.id)
    st.subheader(
        plain(f"Figure {number}. {found.title}" if number else f"Not in the file: {found.title}"), anchor=False
    )
    for doubt in found.doubts:
        doubted(doubt)
    _picture(found)
    query = {"report": view.report.reference, "figure": str(of.id), "measure": of.measure_code}
    query |= {"by": "years" if of.yearly else "periods", "from": of.first.iso, "to": of.last.iso}
    query |= {"chart": of.kind.value, "with": ",".join(found.compared) or address.NONE}
    named = f"{called(view, of)}: {found.title}" if number else called(view, of)
    st.page_link(navigation.find_entry("Annual-report chart").file, label=plain(f"Change {named}"), query_params=query)


def add_chart(view: ReportView, section: Section) -> None:
    """The way to a new chart for the section."""
    st.page_link(
        navigation.find_entry("Annual-report chart").file, label=plain(f"Add a chart to {section.title}"),
        query_params={"report": view.report.reference, "section": str(section.id)},
    )  # fmt: skip


def _picture(found: ChartView) -> None:
    if found.page is None:
        return
    st.text(found.page.subtitle)
    try:
        picture = images.png(spec(found.page, bare=True))
    except NotDrawnError as fault:
        st.error(plain(str(fault)))
        return
    with st.container(width=_WIDE):
        st.image(picture, alt=found.page.alt, width="stretch")
    for note in found.page.notes:
        st.caption(plain(note))


def _made(ending: str, view: ReportView, made: Callable[[str], None], found: Templates) -> bytes:
    # Whoever takes nothing away does not wait for what makes documents.
    from reporting.papers import annual_report

    ways = {
        "docx": annual_report.as_word, "pptx": annual_report.as_slides, "xlsx": annual_report.as_workbook,
    }  # fmt: skip
    if ending == "pdf":
        content = annual_report.as_pdf(view.to_write)
    else:
        content = ways[ending](view.to_write, found.find(ANNUAL_REPORT, ending))
    for each in view.report.charts:
        made(each.measure_code)
    return content
