"""What every change to an edition goes through: who may, what it is refused for, and the audit."""

from collections.abc import Iterable

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import account_of
from data_access.council.settings_store import get_now
from data_access.report import editions
from data_access.store.audit import add_event
from performance.ground.entry import Problem
from performance.ground.people import Permission, User
from performance.report.editions import Edition


class EditionError(Exception):
    """A change to an edition that was not made; the sentence says why."""


class EditionRefusedError(EditionError):
    """What was entered cannot be kept; the problems say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))


class EditionMovedError(EditionError):
    """Somebody else changed the edition meanwhile."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed this edition a moment ago. Look at how it stands now, then choose.")


def demand_maker(session: Session, by: User | None) -> None:
    """Raises NotAllowedError. The operator, who works without an account, may."""
    if by is not None:
        demand(session, by, Permission.MAKE_EDITIONS)


def get(session: Session, edition_id: int) -> Edition:
    """Raises EditionError where there is none."""
    try:
        return editions.get_edition(session, edition_id=edition_id)
    except editions.EditionNotFoundError as fault:
        raise EditionError(str(fault)) from fault


def demand_open(session: Session, edition_id: int, version: int) -> Edition:
    """The edition as it was seen, if it can still be changed. Raises EditionError, EditionMovedError."""
    found = get(session, edition_id)
    demand_unpublished(found)
    if found.version != version:
        raise EditionMovedError
    return found


def demand_unpublished(edition: Edition) -> None:
    """Raises EditionError for one that is published."""
    if edition.is_published:
        raise EditionError("This edition is published, and stays as it is. What is known since is listed beside it.")


def demand_frozen(edition: Edition) -> None:
    """Raises EditionError where there are no figures yet to write about, or no more to be written."""
    demand_unpublished(edition)
    if edition.freeze is None:
        raise EditionError("Nothing is frozen yet. Freeze its figures, and write about them then.")


def save(session: Session, edition: Edition) -> None:
    """Keep it, one version on. Raises EditionMovedError."""
    try:
        editions.save_edition(session, edition=edition)
    except (editions.StaleEditionError, IntegrityError) as fault:
        raise EditionMovedError from fault


def record(session: Session, verb: str, edition: Edition, by: User | None, **after: object) -> None:
    """The audit event: which edition, and what became of it."""
    subject = f"edition {edition.reference}, {edition.period.iso}"
    add_event(session, at=get_now(session), username=account_of(by), verb=verb, subject=subject,
              before=None, after=after)  # fmt: skip
