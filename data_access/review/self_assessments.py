"""What services said of their own data, year by year; added to, never changed."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_access.models import SelfAssessmentRow
from data_access.store.ordering import by_code
from performance.ground.periods import Period
from performance.review.quality.self_assessment import SelfAssessment, as_json, from_json


class AssessedMeanwhileError(Exception):
    """Somebody else assessed the same measure a moment before."""


def list_assessments(
    session: Session, *, measure_codes: Collection[str], as_known_at: datetime | None = None
) -> dict[str, SelfAssessment]:
    """The newest of each measure, as it was known at a past moment."""
    query = select(SelfAssessmentRow).where(SelfAssessmentRow.measure_code.in_(measure_codes))
    if as_known_at is not None:
        query = query.where(SelfAssessmentRow.assessed_at <= as_known_at)
    ordered = query.order_by(
        by_code(SelfAssessmentRow.measure_code), SelfAssessmentRow.year_start, SelfAssessmentRow.version
    )
    return {row.measure_code: _assessment(row) for row in session.scalars(ordered)}


def add_assessment(session: Session, *, assessment: SelfAssessment) -> None:
    """Append one. Raises AssessedMeanwhileError where its version is there already."""
    row = SelfAssessmentRow(
        measure_code=assessment.measure_code,
        year_start=assessment.year.start,
        version=assessment.version,
        answers=as_json(assessment.answers),
        assessed_by=assessment.assessed_by,
        assessed_at=assessment.assessed_at,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as fault:
        raise AssessedMeanwhileError from fault


def _assessment(row: SelfAssessmentRow) -> SelfAssessment:
    return SelfAssessment(
        measure_code=row.measure_code,
        year=Period(start=row.year_start, months=12),
        answers=from_json(row.answers),
        assessed_by=row.assessed_by,
        assessed_at=row.assessed_at,
        version=row.version,
    )
