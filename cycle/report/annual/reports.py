"""Report: the policy officer keeps the charts of an annual report, writes about them, and begins the next year's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.report.annual._pages import ChartView as ChartView
from cycle.report.annual._pages import ReportView as ReportView
from cycle.report.annual._pages import view_of
from cycle.report.annual._record import record
from cycle.report.annual.refused import AnnualReportError as AnnualReportError
from cycle.report.annual.refused import AnnualReportMovedError as AnnualReportMovedError
from cycle.report.annual.refused import AnnualReportRefusedError as AnnualReportRefusedError
from data_access.council.settings_store import get_now, get_today
from data_access.report import annual
from data_access.store.database import reading, transaction
from performance.ground.entry import Problem
from performance.ground.people import Permission, User
from performance.ground.periods import Period
from performance.report.annual import (
    AnnualReport,
    NoSuchPartError,
    Place,
    ReportChart,
    Section,
    check_report,
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


Change = Section | KeepChart | TakeOut | Reorder | Rename
"""A section stands for itself: as it is written now, or, without an id, to be added."""


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """Every annual report, the newest year first; and the day."""

    reports: tuple[AnnualReport, ...]
    today: date


def list_reports(*, by: User) -> Shelf:
    """Every annual report."""
    with reading() as session:
        demand(session, by, Permission.MAKE_REPORTS)
        return Shelf(reports=tuple(annual.list_annual_reports(session)), today=get_today(session))


def get_report(report_id: int, *, by: User) -> ReportView:
    """One report with its charts as they are drawn now. Raises AnnualReportError."""
    with reading() as session:
        demand(session, by, Permission.MAKE_REPORTS)
        return view_of(session, _get(session, report_id))


def begin_report(title: str, year: Period, *, by: User) -> int:
    """A report of a year, without sections yet. Answers its id. Raises AnnualReportRefusedError."""
    with transaction() as session:
        user = demand(session, by, Permission.MAKE_REPORTS)
        return _add(session, AnnualReport(title=title.strip(), year=year), user)


def begin_next(report_id: int, *, by: User) -> int:
    """The same report for the next year: its charts a year on, its words to be looked at. Answers its id.

    Raises AnnualReportError, also where there is one of that name and year already.
    """
    with transaction() as session:
        user = demand(session, by, Permission.MAKE_REPORTS)
        following = _get(session, report_id).for_next_year()
        return _add(session, following, user)


def change_report(report_id: int, change: Change, *, version: int, by: User) -> AnnualReport:
    """Make one change to the report as it was seen. Answers what it is now.

    Raises AnnualReportError for a part that is no longer there, AnnualReportRefusedError, AnnualReportMovedError.
    """
    with transaction() as session:
        user = demand(session, by, Permission.MAKE_REPORTS)
        found = _get(session, report_id)
        if found.version != version:
            raise AnnualReportMovedError
        try:
            wanted = _changed(found, change)
        except NoSuchPartError as fault:
            raise AnnualReportError(
                "That part of the report is no longer there. Look at it as it stands now."
            ) from fault
        _demand_good(session, wanted)
        try:
            annual.save_annual_report(session, report=wanted)
        except annual.StaleAnnualReportError as fault:
            raise AnnualReportMovedError from fault
        # What is hashed cannot be erased: what was changed, and not the words.
        record(session, "change annual report", wanted, user, change=type(change).__name__.lower())
        return replace(wanted, version=version + 1)


def remove_report(report_id: int, *, version: int, by: User) -> None:
    """Take a report away, with all that is written in it. Raises AnnualReportError, AnnualReportMovedError."""
    with transaction() as session:
        user = demand(session, by, Permission.MAKE_REPORTS)
        found = _get(session, report_id)
        try:
            annual.remove_annual_report(session, report=replace(found, version=version))
        except annual.StaleAnnualReportError as fault:
            raise AnnualReportMovedError from fault
        record(session, "remove annual report", found, user, charts=len(found.charts))


def _changed(report: AnnualReport, change: Change) -> AnnualReport:
    match change:
        case Section():
            return with_section(report, replace(change, title=change.title.strip(), text=change.text.strip()))
        case KeepChart(chart=chart, section_id=section_id):
            return with_chart(report, chart, section_id=section_id)
        case TakeOut(chart_id=chart_id) if chart_id:
            return without_chart(report, chart_id)
        case TakeOut(section_id=section_id):
            return without_section(report, section_id)
        case Reorder(places=places):
            return in_order(report, places)
        case Rename(title=title):
            return replace(report, title=title.strip())


def _get(session: Session, report_id: int) -> AnnualReport:
    try:
        return annual.get_annual_report(session, report_id=report_id)
    except annual.AnnualReportNotFoundError as fault:
        raise AnnualReportError(str(fault)) from fault


def _add(session: Session, report: AnnualReport, user: User) -> int:
    _demand_good(session, report)
    report_id = annual.add_annual_report(session, report=report, begun_by=user.username, at=get_now(session))
    record(session, "begin annual report", replace(report, id=report_id), user, charts=len(report.charts))
    return report_id


def _demand_good(session: Session, report: AnnualReport) -> None:
    """Raises AnnualReportRefusedError; two reports of a year are told apart by their names."""
    problems = check_report(report)
    others = [each for each in annual.list_annual_reports(session, year=report.year) if each.id != report.id]
    if report.title.casefold() in {each.title.casefold() for each in others}:
        taken = f"There is a report called {report.title} of {report.year.short} already. Give this one another name"
        problems.append(Problem(field="title", message=taken))
    if problems:
        raise AnnualReportRefusedError(problems)
