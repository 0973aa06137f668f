"""The templates of papers, each kept whole beside what is to be known of it."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from data_access.models import PaperTemplateRow
from data_access.store.ordering import by_code
from performance.report.templates import KINDS, Kind, Program, Template


class StaleTemplateError(Exception):
    """The template is no longer at the version the change was based on."""


def list_templates(session: Session) -> list[Template]:
    """Every template that was restyled, without its file."""
    query = select(PaperTemplateRow).order_by(by_code(PaperTemplateRow.kind), by_code(PaperTemplateRow.program))
    return [_template(row) for row in session.scalars(query) if row.kind in KINDS]


def read_content(session: Session, *, kind: Kind, program: Program) -> bytes | None:
    """The file that was restyled; None where there is none."""
    return session.scalar(select(PaperTemplateRow.content).where(*_of(kind, program)))


def put_template(session: Session, *, template: Template, content: bytes) -> str:
    """Keep the file in place of the one at the template's version, which is 0 for none. Answers its digest.

    Raises StaleTemplateError; IntegrityError where somebody keeps the first one at the same moment.
    """
    values = _values(template, content)
    if not template.version:
        session.add(PaperTemplateRow(kind=template.kind.key, program=template.program.value, **values))
        session.flush()
        return str(values["sha256"])
    found = session.execute(
        update(PaperTemplateRow)
        .where(*_of(template.kind, template.program), PaperTemplateRow.version == template.version)
        .values(values | {"version": template.version + 1})
        .execution_options(synchronize_session="fetch")
        .returning(PaperTemplateRow.version)
    ).all()
    if not found:
        raise StaleTemplateError
    return str(values["sha256"])


def remove_template(session: Session, *, kind: Kind, program: Program, version: int) -> None:
    """Raises StaleTemplateError where another version is kept, or none."""
    of_version = (*_of(kind, program), PaperTemplateRow.version == version)
    if not session.execute(delete(PaperTemplateRow).where(*of_version).returning(PaperTemplateRow.version)).all():
        raise StaleTemplateError


def _of(kind: Kind, program: Program) -> tuple[Any, Any]:
    return PaperTemplateRow.kind == kind.key, PaperTemplateRow.program == program.value


def _values(template: Template, content: bytes) -> dict[str, Any]:
    at: datetime = template.uploaded_at
    return {
        "file_name": template.file_name, "content": content, "size": len(content),
        "sha256": sha256(content).hexdigest(), "uploaded_by": template.uploaded_by, "uploaded_at": at,
    }  # fmt: skip


def _template(row: PaperTemplateRow) -> Template:
    return Template(
        kind=KINDS[row.kind],
        program=Program(row.program),
        file_name=row.file_name,
        size=row.size,
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at,
        version=row.version,
    )
