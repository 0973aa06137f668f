"""The template that a paper is written into, as every stage that hands papers out asks for it."""

from cycle.ground.access import demand
from data_access.report.templates import list_templates, read_content
from data_access.store.database import reading
from performance.ground.people import Permission, User
from performance.report.templates import Kind, Program


def template_for(kind: Kind, program: Program, *, by: User | None) -> bytes | None:
    """The file that was restyled; None where it is ours. The operator, who works without an account, may ask."""
    with reading() as session:
        if by is not None:
            demand(session, by, Permission.SIGN_IN)
        return read_content(session, kind=kind, program=program)


def looks_of(kind: Kind, *, by: User) -> tuple[tuple[str, str], ...]:
    """The digest of each template of the kind that was restyled, by the ending of its files."""
    with reading() as session:
        demand(session, by, Permission.SIGN_IN)
        return tuple((each.program.value, each.sha256) for each in list_templates(session) if each.kind == kind)
