"""Where each person stands in the golden thread, and their own objectives; a version says who was first."""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_access.models import OwnObjectiveRow, PersonalThreadRow
from data_access.store.errors import NotFoundError
from data_access.store.ordering import by_code
from performance.plan.own_thread import OwnObjective, PersonalThread


class ObjectiveNotFoundError(NotFoundError):
    """The same words for what is not there and for what belongs to somebody else."""

    def __init__(self) -> None:
        super().__init__("That objective is not among yours. It may have been removed in another window.")


class ThreadTakenError(Exception):
    """Someone else changed the same thread or objective a moment before."""


def find_thread(session: Session, *, username: str) -> PersonalThread | None:
    return next(iter(list_threads(session, usernames=[username])), None)


def list_threads(session: Session, *, usernames: Collection[str]) -> list[PersonalThread]:
    query = select(PersonalThreadRow).where(PersonalThreadRow.username.in_(usernames))
    return [
        PersonalThread(
            username=row.username,
            node_code=row.node_code,
            chosen_by=row.chosen_by,
            chosen_at=row.chosen_at,
            version=row.version,
        )
        for row in session.scalars(
            query.order_by(by_code(PersonalThreadRow.username)).execution_options(populate_existing=True)
        )
    ]


def save_thread(session: Session, *, thread: PersonalThread) -> None:
    """Put a person's thread on a node; its version is one above the one it was based on, 1 the first.

    Raises ThreadTakenError where someone else was first.
    """
    chosen = {"node_code": thread.node_code, "chosen_by": thread.chosen_by, "chosen_at": thread.chosen_at}
    if thread.version == 1:
        try:
            with session.begin_nested():
                session.add(PersonalThreadRow(username=thread.username, version=1, **chosen))
                session.flush()
        except IntegrityError as fault:
            raise ThreadTakenError from fault
        return
    moved = session.execute(
        update(PersonalThreadRow)
        .where(PersonalThreadRow.username == thread.username, PersonalThreadRow.version == thread.version - 1)
        .values(version=thread.version, **chosen)
        .returning(PersonalThreadRow.username)
    ).all()
    if not moved:
        raise ThreadTakenError


def list_objectives(session: Session, *, usernames: Collection[str]) -> list[OwnObjective]:
    """The objectives of the people, as they were written down; those removed are gone."""
    query = select(OwnObjectiveRow).where(OwnObjectiveRow.username.in_(usernames), OwnObjectiveRow.removed_on.is_(None))
    rows = session.scalars(query.order_by(OwnObjectiveRow.id).execution_options(populate_existing=True))
    return [_objective(row) for row in rows]


def get_objective(session: Session, *, objective_id: int, username: str) -> OwnObjective:
    """One of the person's own. Raises ObjectiveNotFoundError for anybody else's."""
    for each in list_objectives(session, usernames=[username]):
        if each.id == objective_id:
            return each
    raise ObjectiveNotFoundError


def add_objective(session: Session, *, objective: OwnObjective) -> int:
    row = OwnObjectiveRow(username=objective.username, text=objective.text, written_at=objective.written_at)
    session.add(row)
    session.flush()
    return row.id


def save_objective(session: Session, *, objective: OwnObjective) -> None:
    """Keep wording and whether it is done; raises ThreadTakenError where the one before it is not there any more."""
    _change(session, objective, text=objective.text, done_on=objective.done_on, written_at=objective.written_at)


def remove_objective(session: Session, *, objective: OwnObjective) -> None:
    """Take it away, words and all: what is private is not kept. Raises ThreadTakenError like save_objective."""
    _change(session, objective, text="", removed_on=objective.written_at.date())


def _change(session: Session, objective: OwnObjective, **values: object) -> None:
    """Move to the objective's version from the one just below it."""
    moved = session.execute(
        update(OwnObjectiveRow)
        .where(
            OwnObjectiveRow.id == objective.id,
            OwnObjectiveRow.username == objective.username,
            OwnObjectiveRow.version == objective.version - 1,
            OwnObjectiveRow.removed_on.is_(None),
        )
        .values(version=objective.version, **values)
        .returning(OwnObjectiveRow.id)
    ).all()
    if not moved:
        raise ThreadTakenError


def _objective(row: OwnObjectiveRow) -> OwnObjective:
    return OwnObjective(
        id=row.id,
        username=row.username,
        text=row.text,
        written_at=row.written_at,
        version=row.version,
        done_on=row.done_on,
    )
