"""Report: the policy officer keeps the charts of an annual report, writes about them, and begins the next year's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.report.annual._figures import NothingToDrawError, measures_with_figures, new_chart
from cycle.report.annual._pages import ChartView as ChartView
from cycle.report.annual._pages import ReportView as ReportView
from cycle.report.annual._pages import view_of
from cycle.report.annual._record import record
from cycle.report.annual.refused import AnnualReportError as AnnualReportError
from cycle.report.annual.refused import AnnualReportMovedError as AnnualReportMovedError
from cycle.report.annual.refused import AnnualReportRefusedError as AnnualReportRefusedError
from data_access.council.settings_store import get_now, get_today
from data_access.plan.register import MeasureNotFoundError
from data_access.report import annual
from data_access.store.database import reading, transaction
from performance.ground.entry import Problem
from performance.ground.people import Permission, User
from performance.ground.periods import Period
from performance.report.annual import AnnualReport, NoSuchPartError, ReportChart, check_report
from performance.report.annual_changes import AddCharts, Change, Touched, changed, on_record, touched


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
        others = annual.list_annual_reports(session, year=following.year)
        if following.title.casefold() in {each.title.casefold() for each in others}:
            raise AnnualReportError(f"{following.title} is begun already. Open it from the list of annual reports.")
        return _add(session, following, user)


def change_report(report_id: int, change: Change, *, seen: Touched, by: User) -> AnnualReport:
    """Make one change to the report, whose part it touches stood as it was `seen`. Answers what it is now.

    Raises AnnualReportError for a part that is no longer there, AnnualReportRefusedError, AnnualReportMovedError.
    """
    with transaction() as session:
        user = demand(session, by, Permission.MAKE_REPORTS)
        found = _get(session, report_id)
        wanted = _changed(found, change)
        if touched(found, change) != seen:
            raise AnnualReportMovedError
        return _keep(session, wanted, change, user)


def add_charts(report_id: int, measure_codes: Sequence[str], *, section_id: int, by: User) -> AnnualReport:
    """A chart of each of these measures at the end of a section, as the figures suggest it; all of them or none. One of
    which the report has a chart by now gets no second.

    Raises AnnualReportError for a section that is no longer there and for measures without figures to draw,
    AnnualReportRefusedError, AnnualReportMovedError.
    """
    with transaction() as session:
        user = demand(session, by, Permission.MAKE_REPORTS)
        found = _get(session, report_id)
        titles = {each.code: each.title for each in measures_with_figures(session)}
        if not measure_codes:
            raise AnnualReportError("Choose the measures first.")
        there = {each.measure_code for each in found.charts}
        asked = [code for code in dict.fromkeys(measure_codes) if code not in there]
        if not asked:
            raise AnnualReportError("The report has charts of all of these by now.")
        change = AddCharts(charts=_new_charts(session, asked, titles, found.year), section_id=section_id)
        return _keep(session, _changed(found, change), change, user)


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


def _get(session: Session, report_id: int) -> AnnualReport:
    try:
        return annual.get_annual_report(session, report_id=report_id)
    except annual.AnnualReportNotFoundError as fault:
        raise AnnualReportError(str(fault)) from fault


def _changed(report: AnnualReport, change: Change) -> AnnualReport:
    try:
        return changed(report, change)
    except NoSuchPartError as fault:
        raise AnnualReportError("That part of the report is no longer there. Look at it as it stands now.") from fault


def _keep(session: Session, wanted: AnnualReport, change: Change, user: User) -> AnnualReport:
    _demand_good(session, wanted)
    try:
        annual.save_annual_report(session, report=wanted)
    except (annual.StaleAnnualReportError, IntegrityError) as fault:
        raise AnnualReportMovedError from fault
    record(session, "change annual report", wanted, user, **on_record(change))
    return replace(wanted, version=wanted.version + 1)


def _new_charts(
    session: Session, codes: Sequence[str], titles: Mapping[str, str], year: Period
) -> tuple[ReportChart, ...]:
    """Raises AnnualReportError, which names every measure that there is nothing to draw of."""
    charts, without = [], []
    for code in codes:
        try:
            charts.append(new_chart(session, code, year))
        except (NothingToDrawError, MeasureNotFoundError):
            without.append(titles.get(code, code))
    if without:
        raise AnnualReportError(f"There are no figures of {' or '.join(without)} to draw yet. Choose without.")
    return tuple(charts)


def _add(session: Session, report: AnnualReport, user: User) -> int:
    _demand_good(session, report)
    try:
        report_id = annual.add_annual_report(session, report=report, begun_by=user.username, at=get_now(session))
    except IntegrityError as fault:
        raise AnnualReportMovedError from fault
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
