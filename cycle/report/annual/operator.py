"""What the operator asks of annual reports from the command line, without an account; and the demonstration's own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cycle.report.annual._pages import view_of
from cycle.report.annual._record import record
from cycle.report.annual.refused import AnnualReportError
from data_access.council.settings_store import get_now
from data_access.report import annual
from data_access.store.database import reading, transaction
from performance.ground.periods import Period, parse_period
from performance.report.annual import AnnualReport, ChartKind, ReportChart, Section, with_chart, with_section
from reporting.documents.annual import Report


def report_to_write(year: Period, title: str) -> Report:
    """The report of a year, by its name where there are several, as it stands now. Raises AnnualReportError."""
    with reading() as session:
        of_year = annual.list_annual_reports(session, year=year)
        found = [each for each in of_year if title.strip().casefold() in {"", each.title.casefold()}]
        if len(found) > 1:
            those = ", ".join(each.title for each in found)
            raise AnnualReportError(f"{year.short} has several annual reports: {those}. Say which with --name.")
        if not found:
            raise AnnualReportError(f"There is no annual report of {year.short}. Make it on the page Annual reports.")
        return view_of(session, found[0]).to_write


def report_to_send(report_id: int) -> Report | None:
    """A report by its number, as it stands now; None while something in it is left to be looked at, or while there is
    nothing in it. Raises NotFoundError where it is there no more."""
    with reading() as session:
        view = view_of(session, annual.get_annual_report(session, report_id=report_id))
        return view.to_write if view.report.charts and not view.left else None


def tell_report(rows: Sequence[Mapping[str, str]]) -> None:
    """The demonstration's annual report: a row a section, which has a text, or a chart of the section above it."""
    report: AnnualReport | None = None
    for row in rows:
        report = report or AnnualReport(title=row["report"], year=parse_period(row["year"]))
        if not row["measure"]:
            report = with_section(report, Section(title=row["section"], text=row["text"]))
            continue
        chart = ReportChart(
            measure_code=row["measure"],
            first=parse_period(row["first"]),
            last=parse_period(row["last"]),
            comparators=tuple(filter(None, row["comparators"].split("|"))),
            kind=ChartKind(row["chart"]),
            headline=row["headline"],
        )
        report = with_chart(report, chart, section_id=report.sections[-1].id)
    if report is not None:
        with transaction() as session:
            report_id = annual.add_annual_report(session, report=report, begun_by=rows[0]["by"], at=get_now(session))
            record(session, "begin annual report", replace(report, id=report_id), None, charts=len(report.charts))
