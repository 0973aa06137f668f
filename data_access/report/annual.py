"""Annual reports, each kept whole."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from data_access.models import AnnualReportRow
from data_access.report.documents import read_sections, sections_document
from data_access.store.errors import NotFoundError
from performance.ground.periods import Period
from performance.report.annual import AnnualReport


class AnnualReportNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such annual report. Choose one from the list.")


class StaleAnnualReportError(Exception):
    """The report is no longer at the version the change was based on."""


def list_annual_reports(session: Session, *, year: Period | None = None) -> list[AnnualReport]:
    """Every report, or those of a year; the newest first."""
    query = select(AnnualReportRow).order_by(AnnualReportRow.year_start.desc(), AnnualReportRow.id.desc())
    if year is not None:
        query = query.where(AnnualReportRow.year_start == year.start)
    return [_report(row) for row in session.scalars(query)]


def get_annual_report(session: Session, *, report_id: int) -> AnnualReport:
    """Raises AnnualReportNotFoundError."""
    row = session.get(AnnualReportRow, report_id)
    if row is None:
        raise AnnualReportNotFoundError
    return _report(row)


def add_annual_report(session: Session, *, report: AnnualReport, begun_by: str, at: datetime) -> int:
    """Keep a new report. Answers its id."""
    row = AnnualReportRow(**_values(report), begun_by=begun_by, begun_at=at)
    session.add(row)
    session.flush()
    return row.id


def save_annual_report(session: Session, *, report: AnnualReport) -> None:
    """Keep a report as it is now, one version on. Raises StaleAnnualReportError where another version is stored."""
    found = session.execute(
        update(AnnualReportRow)
        .where(AnnualReportRow.id == report.id, AnnualReportRow.version == report.version)
        .values(_values(report) | {"version": report.version + 1})
        .execution_options(synchronize_session="fetch")
        .returning(AnnualReportRow.id)
    ).all()
    if not found:
        raise StaleAnnualReportError


def remove_annual_report(session: Session, *, report: AnnualReport) -> None:
    """Raises StaleAnnualReportError where another version is stored."""
    of_version = (AnnualReportRow.id == report.id, AnnualReportRow.version == report.version)
    if not session.execute(delete(AnnualReportRow).where(*of_version).returning(AnnualReportRow.id)).all():
        raise StaleAnnualReportError


def _values(report: AnnualReport) -> dict[str, Any]:
    return {"title": report.title, "year_start": report.year.start, "said": sections_document(report)}


def _report(row: AnnualReportRow) -> AnnualReport:
    sections, last_id = read_sections(row.said)
    return AnnualReport(
        id=row.id,
        title=row.title,
        year=Period(start=row.year_start, months=12),
        sections=sections,
        last_id=last_id,
        version=row.version,
    )
