"""The log of imports: added to, never changed."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.models import ImportRunRow
from performance.do.import_runs import ImportRun, problems_from_json

_BETWEEN = "|"


def add_run(session: Session, *, run: ImportRun) -> int:
    """Append a run of an import, and answer its number."""
    row = ImportRunRow(
        source=run.source,
        content=run.content,
        rows=run.rows,
        added=run.added,
        revised=run.revised,
        same=run.same,
        empty=run.empty,
        refused=run.refused,
        problems=run.problems_as_json(),
        returns=_BETWEEN.join(run.returns),
        imported_by=run.imported_by,
        imported_at=run.imported_at,
    )
    session.add(row)
    session.flush()
    return row.id


def list_runs(session: Session, *, limit: int | None = None) -> list[ImportRun]:
    """The runs, newest first."""
    newest = select(ImportRunRow).order_by(ImportRunRow.imported_at.desc(), ImportRunRow.id.desc())
    return [_run(row) for row in session.scalars(newest.limit(limit))]


def list_sources(session: Session, *, moments: Collection[datetime]) -> dict[datetime, ImportRun]:
    """The runs that brought in what was recorded at these moments."""
    found = session.scalars(select(ImportRunRow).where(ImportRunRow.imported_at.in_(moments)))
    return {row.imported_at: _run(row) for row in found}


def _run(row: ImportRunRow) -> ImportRun:
    problems, more = problems_from_json(row.problems)
    return ImportRun(
        id=row.id,
        source=row.source,
        content=row.content,
        rows=row.rows,
        added=row.added,
        revised=row.revised,
        same=row.same,
        empty=row.empty,
        refused=row.refused,
        problems=problems,
        more_problems=more,
        returns=tuple(row.returns.split(_BETWEEN)) if row.returns else (),
        imported_by=row.imported_by,
        imported_at=row.imported_at,
    )
