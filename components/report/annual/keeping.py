"""Keeping a chart in an annual report: a new one in one of its sections, or one of its own as it is chosen now."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.frame import address, navigation
from components.parts.markup import plain
from components.report.annual import since
from components.report.annual.chart_form import Choices, Written
from performance.report.annual import AnnualReport, ReportChart
from performance.report.annual_changes import KeepChart, Touched


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is to be kept, in which report; and how the chart in its place stood as its boxes were first drawn. One of
    several is followed by the next on the same page."""

    report: AnnualReport
    change: KeepChart
    seen: Touched
    is_one_of_several: bool = False


def opened(reports: Sequence[AnnualReport]) -> tuple[AnnualReport | None, ReportChart | None]:
    """The report that the address names, and of its charts the one that is to be changed. Raises NothingThereError."""
    asked = address.referred("AR", name="report")
    report = next((each for each in reports if each.id == asked), None)
    if report is None:
        address.one_of((), name="report", label="Report")
    figures = {str(each.id): each for each in report.charts} if report else {}
    return report, figures.get(address.one_of(figures, name="figure", label="Figure"))


def have_read(reports: Sequence[AnnualReport]) -> None:
    """What somebody else made of the figure has been told of: the choices may now take its place."""
    report, kept = opened(reports)
    if report and kept:
        since.renew("figure", _about(report, kept), (kept,))


def ask(
    reports: Sequence[AnnualReport], measure_code: str, yearly: bool, choices: Choices, written: Written
) -> Wish | None:
    """Where the chart is to be kept, once there is a report with a section."""
    report, kept = opened(reports)
    chart = ReportChart(
        measure_code=measure_code,
        yearly=yearly,
        first=choices.first,
        last=choices.last,
        comparators=choices.comparators,
        kind=choices.kind,
        headline=written.own.headline,
        subtitle=written.own.subtitle,
        source=written.own.source,
        note=written.own.note,
        alt=written.own.alt,
        id=kept.id if kept else 0,
    )
    st.header("Keep it in an annual report", anchor=False)
    if report and kept:
        pressed = st.button(plain(f"Keep it as figure of {report.title}"), type="primary", key="keep-figure")
        seen = since.seen("figure", _about(report, kept), (kept,))
        return Wish(report=report, change=KeepChart(chart=chart), seen=seen) if pressed else None
    return _ask_where(reports, chart)


def _ask_where(reports: Sequence[AnnualReport], chart: ReportChart) -> Wish | None:
    places = {f"{each.id}-{section.id}": (each, section) for each in reports for section in each.sections}
    if not places:
        st.write("There is no report with a section yet.")
        st.page_link(navigation.find_entry("Annual reports").file, label="Annual reports")
        return None
    names, report_id = list(places), address.referred("AR", name="report")
    sections = [name.partition("-")[2] for name in names if name.startswith(f"{report_id}-")]
    asked = f"{report_id}-{address.one_of(sections, name='section', label='Section')}"
    with st.form("keep-chart", border=False):
        chosen = st.selectbox(
            "Section", names, index=names.index(asked) if asked in names else 0, key=f"keep-in-{asked}",
            format_func=lambda name: f"{places[name][0].title}: {places[name][1].title}",
        )  # fmt: skip
        with st.container(horizontal=True):
            pressed = st.form_submit_button("Add it to the report", type="primary")
            goes_on = st.form_submit_button("Add it, and make another")
    report, section = places[chosen]
    wish = Wish(report=report, change=KeepChart(chart=chart, section_id=section.id), seen=(), is_one_of_several=goes_on)
    return wish if pressed or goes_on else None


def _about(report: AnnualReport, chart: ReportChart) -> str:
    return f"{report.id}-{chart.id}"
