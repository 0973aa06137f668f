"""Report: the policy officer's templates of papers, restyled in their own programs and brought back."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cycle.ground.access import demand
from data_access.council.settings_store import get_now
from data_access.report import templates
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.people import Permission, User
from performance.report.templates import LONGEST_FILE_NAME, Kind, Program, Template


class TemplateError(Exception):
    """A change to a template that was not made; the sentence says why."""


class TemplateMovedError(TemplateError):
    """Somebody else changed the template meanwhile."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed this template a moment ago. Look at how it stands now, then choose.")


class TemplateRefusedError(TemplateError):
    """A file that cannot be used; the problems say why, a sentence each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What became of a file that was brought: what of the paper, or of the file, will not be there."""

    left_out: tuple[str, ...]


def list_templates(*, by: User) -> Mapping[tuple[str, Program], Template]:
    """Those that were restyled, by the key of their kind and their program; of all others ours are used."""
    with reading() as session:
        demand(session, by, Permission.MAKE_REPORTS)
        return {(each.kind.key, each.program): each for each in templates.list_templates(session)}


def put_template(kind: Kind, program: Program, *, name: str, content: bytes, seen: str, by: User) -> Kept:
    """From now on papers of the kind are written into this file. `seen` is the digest of the one that it takes the
    place of, empty for the supplied one. Raises TemplateRefusedError, TemplateMovedError."""
    # Late: whoever only looks does not wait for what makes documents.
    from reporting.papers import template_check

    with reading() as session:
        demand(session, by, Permission.MAKE_REPORTS)
    try:
        left_out = template_check.demand_good(content, kind=kind, program=program)
    except template_check.BadTemplateError as fault:
        raise TemplateRefusedError(fault.problems) from fault
    with transaction() as session:
        user = demand(session, by, Permission.MAKE_REPORTS)
        kept = Template(
            kind=kind,
            program=program,
            file_name=name[-LONGEST_FILE_NAME:],
            size=len(content),
            uploaded_by=user.username,
            uploaded_at=get_now(session),
            sha256=sha256(content).hexdigest(),
        )
        try:
            templates.put_template(session, template=kept, content=content, seen=seen)
        except (templates.StaleTemplateError, IntegrityError) as fault:
            raise TemplateMovedError from fault
        _record(session, "put template", kind, program, user, size=kept.size, sha256=kept.sha256)
    return Kept(left_out=left_out)


def take_back(kind: Kind, program: Program, *, seen: str, by: User) -> None:
    """From now on papers of the kind are written into the supplied one again. Raises TemplateMovedError."""
    with transaction() as session:
        user = demand(session, by, Permission.MAKE_REPORTS)
        try:
            templates.remove_template(session, kind=kind, program=program, seen=seen)
        except templates.StaleTemplateError as fault:
            raise TemplateMovedError from fault
        _record(session, "take template back", kind, program, user)


def _record(session: Session, verb: str, kind: Kind, program: Program, by: User, **after: object) -> None:
    subject = f"template of {kind.key} for {program.in_words}"
    add_event(session, at=get_now(session), username=by.username, verb=verb, subject=subject, before=None,
              after=after)  # fmt: skip
