"""The templates of papers, each kept whole beside what is to be known of it."""

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from data_access.models import PaperTemplateRow
from data_access.store.ordering import by_code
from performance.report.templates import KINDS, Kind, Program, Template


class StaleTemplateError(Exception):
    """Another template is kept than the one the change was based on."""


def list_templates(session: Session) -> list[Template]:
    """Every template that was restyled, without its file."""
    query = select(PaperTemplateRow).order_by(by_code(PaperTemplateRow.kind), by_code(PaperTemplateRow.program))
    return [_template(row) for row in session.scalars(query) if row.kind in KINDS]


def read_content(session: Session, *, kind: Kind, program: Program) -> bytes | None:
    """The file that was restyled; None where there is none."""
    return session.scalar(select(PaperTemplateRow.content).where(*_of(kind, program)))


def put_template(session: Session, *, template: Template, content: bytes, seen: str) -> None:
    """Keep the file in place of the one that was seen, by its digest; of the supplied one for none.

    Raises StaleTemplateError; IntegrityError where somebody keeps the first one at the same moment.
    """
    values = _values(template, content)
    if not seen:
        session.add(PaperTemplateRow(kind=template.kind.key, program=template.program.value, **values))
        session.flush()
        return
    found = session.execute(
        update(PaperTemplateRow)
        .where(*_of(template.kind, template.program), PaperTemplateRow.sha256 == seen)
        .values(values)
        .execution_options(synchronize_session="fetch")
        .returning(PaperTemplateRow.sha256)
    ).all()
    if not found:
        raise StaleTemplateError


def remove_template(session: Session, *, kind: Kind, program: Program, seen: str) -> None:
    """Raises StaleTemplateError where another file than the one that was seen is kept, or none."""
    of_file = (*_of(kind, program), PaperTemplateRow.sha256 == seen)
    if not session.execute(delete(PaperTemplateRow).where(*of_file).returning(PaperTemplateRow.kind)).all():
        raise StaleTemplateError


def _of(kind: Kind, program: Program) -> tuple[Any, Any]:
    return PaperTemplateRow.kind == kind.key, PaperTemplateRow.program == program.value


def _values(template: Template, content: bytes) -> dict[str, Any]:
    names = ("file_name", "size", "uploaded_by", "uploaded_at", "sha256")
    return {"content": content} | {name: getattr(template, name) for name in names}


def _template(row: PaperTemplateRow) -> Template:
    return Template(
        kind=KINDS[row.kind],
        program=Program(row.program),
        file_name=row.file_name,
        size=row.size,
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at,
        sha256=row.sha256,
    )
