"""What can be changed of an annual report, and what of it a change touches: by that two people are told apart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial, reduce

from performance.report.annual import (
    AnnualReport,
    Place,
    ReportChart,
    Section,
    in_order,
    with_chart,
    with_section,
    without_chart,
    without_section,
)


@dataclass(frozen=True, kw_only=True)
class KeepChart:
    """A chart as it is chosen now: a new one in a section, or in place of the one with its id."""

    chart: ReportChart
    section_id: int = 0


@dataclass(frozen=True, kw_only=True)
class AddCharts:
    """Several new charts at the end of a section, in their order."""

    charts: tuple[ReportChart, ...]
    section_id: int


@dataclass(frozen=True, kw_only=True)
class TakeOut:
    """A chart, or a section with its charts, that the report is to be without."""

    chart_id: int = 0
    section_id: int = 0


@dataclass(frozen=True, kw_only=True)
class Reorder:
    """Where parts are wanted, by id."""

    places: Mapping[int, Place]


@dataclass(frozen=True, kw_only=True)
class Rename:
    """What the report is called from now on."""

    title: str


Change = Section | KeepChart | AddCharts | TakeOut | Reorder | Rename
"""A section stands for itself: as it is written now, or, without an id, to be added."""
Touched = tuple[object, ...]
"""What a change would alter, as it stands; empty where it adds something and alters nothing."""


def changed(report: AnnualReport, change: Change) -> AnnualReport:
    """The report with the change. Raises NoSuchPartError."""
    match change:
        case Section():
            return with_section(report, replace(change, title=change.title.strip(), text=change.text.strip()))
        case KeepChart(chart=chart, section_id=section_id):
            return with_chart(report, chart, section_id=section_id)
        case AddCharts(charts=charts, section_id=section_id):
            return reduce(partial(with_chart, section_id=section_id), charts, report)
        case TakeOut(chart_id=chart_id) if chart_id:
            return without_chart(report, chart_id)
        case TakeOut(section_id=section_id):
            return without_section(report, section_id)
        case Reorder(places=places):
            return in_order(report, places)
        case Rename(title=title):
            return replace(report, title=title.strip())


def touched(report: AnnualReport, change: Change) -> Touched:
    """What the change would alter, as it stands in this report."""
    match change:
        case Section(id=section_id):
            found = report.find_section(section_id) if section_id else None
            return (found.title, found.text) if found else ()
        case KeepChart(chart=ReportChart(id=chart_id)) | TakeOut(chart_id=chart_id) if chart_id:
            return (report.find_chart(chart_id),)
        case TakeOut(section_id=section_id):
            return (report.find_section(section_id),)
        case Reorder():
            return tuple((each.id, *(chart.id for chart in each.charts)) for each in report.sections)
        case Rename():
            return (report.title,)
        case KeepChart() | AddCharts():
            return ()


def on_record(change: Change) -> dict[str, object]:
    """What was done to which part, for the record: no word that anybody wrote."""
    match change:
        case Section(id=section_id):
            return {"change": "section written", "section": section_id} if section_id else {"change": "section added"}
        case KeepChart(chart=ReportChart(id=chart_id), section_id=section_id):
            if chart_id:
                return {"change": "chart changed", "chart": chart_id}
            return {"change": "chart added", "section": section_id}
        case AddCharts(charts=charts, section_id=section_id):
            return {"change": "charts added", "section": section_id, "charts": len(charts)}
        case TakeOut(chart_id=chart_id, section_id=section_id):
            if chart_id:
                return {"change": "chart taken out", "chart": chart_id}
            return {"change": "section taken out", "section": section_id}
        case Reorder() | Rename():
            return {"change": "order" if isinstance(change, Reorder) else "name"}
