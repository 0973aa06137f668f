"""The golden thread: the plan with its status and its gaps on any day, and where each person's own work hangs on it.

What a person notes as own objectives is read by them and by whoever is their manager on that day, and by nobody
else: no page, export or report holds it, and the audit trail says that something was noted, never what.
"""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.memory import remembered
from cycle.plan.thread_view import GoldenThread, MyThread, part_of, threads_of, whole_plan
from data_access.council.people import list_managed, list_people
from data_access.council.settings_store import get_now, get_today
from data_access.plan import threads
from data_access.plan.tree import NodeNotFoundError, list_nodes
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.organisation import NodeKind, PlanNode
from performance.ground.people import Permission, User
from performance.ground.readers import reader_of
from performance.plan.own_thread import OwnObjective, PersonalThread

MOST_CHARACTERS = 500


class ThreadError(Exception):
    """Nothing was changed; the sentence says why."""


class ObjectiveTextError(ThreadError):
    """The objective has no words, or too many."""


class ThreadConflictError(ThreadError):
    """Someone put the person's thread elsewhere meanwhile."""


class ObjectiveConflictError(ThreadError):
    """The objective was changed in another window; `theirs` is how it stands now, None where it was removed."""

    def __init__(self, theirs: OwnObjective | None) -> None:
        self.theirs = theirs
        stands = f'It now says: "{theirs.text}".' if theirs else "It was removed."
        super().__init__(f"This objective was changed in another window meanwhile. {stands} Nothing was changed here.")


# The plan


def golden_thread(*, on: date | None = None, unit: str = "", find: str = "", by: User) -> GoldenThread:
    """The plan on the day (today where none is named), of a unit and all below it, or of the whole council.

    Status is of each measure's newest figure by then, as it was known then.
    """
    with reading() as session:
        user = demand(session, by, Permission.VIEW_PLAN)
        today = get_today(session)
        day, reader = on or today, reader_of(user).at_large
        key = ("golden thread", day, unit, find.casefold(), reader)
        return remembered(
            session, key, lambda: part_of(whole_plan(session, day, reader=reader), day, today, unit, find)
        )


# A person's own place in it


def my_thread(*, by: User) -> MyThread:
    """Where the person's work hangs, and their own objectives."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_PLAN)
        known = {each.username: each for each in list_people(session, on=get_today(session))}
        (mine,) = threads_of(session, [known[user.username]], reader=reader_of(user).at_large)
    return mine


def list_managed_threads(*, by: User) -> list[MyThread]:
    """The threads and objectives of those whose manager the person is today, by name."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_PLAN)
        managed = list_managed(session, manager=user.username, on=get_today(session))
        return threads_of(session, managed, reader=reader_of(user).at_large)


def list_nodes_to_pick(*, by: User) -> list[PlanNode]:
    """What work can hang on: plans first, then objectives and what stands above them, as of today."""
    with reading() as session:
        demand(session, by, Permission.VIEW_PLAN)
        nodes = list_nodes(session, on=get_today(session))
    return [node for kind in reversed(NodeKind) for node in nodes if node.kind is kind]


def pick_node(code: str, *, version: int, by: User) -> None:
    """Hang one's own work on a node. Raises ThreadConflictError where it was put elsewhere since `version`."""
    with transaction() as session:
        user = demand(session, by, Permission.VIEW_PLAN)
        _put(session, user.username, code, version, user)


def assign_node(code: str, *, username: str, version: int, by: User) -> None:
    """Hang the work of someone one manages on a node. Raises ThreadError for anybody else's."""
    with transaction() as session:
        user = demand(session, by, Permission.VIEW_PLAN)
        managed = {each.username for each in list_managed(session, manager=user.username, on=get_today(session))}
        if username not in managed:
            raise ThreadError("You can do this only for people whose manager you are.")
        _put(session, username, code, version, user)


def add_objective(text: str, *, by: User) -> int:
    """Note an objective of one's own, for oneself and one's manager."""
    words = _words(text)
    with transaction() as session:
        user = demand(session, by, Permission.VIEW_PLAN)
        objective = OwnObjective(id=0, username=user.username, text=words, written_at=get_now(session))
        found = threads.add_objective(session, objective=objective)
        _record(session, user, "note own objective", found)
    return found


def reword_objective(objective_id: int, *, text: str, version: int, by: User) -> None:
    """Say it otherwise. Raises ObjectiveConflictError where it has changed since `version`."""
    words = _words(text)
    with transaction() as session:
        user = demand(session, by, Permission.VIEW_PLAN)
        old = _own(session, objective_id, version, user)
        _keep(session, replace(old, text=words, version=version + 1, written_at=get_now(session)))
        _record(session, user, "reword own objective", objective_id)


def mark_objective(objective_id: int, *, done: bool, version: int, by: User) -> None:
    """It is done, or after all it is not. Raises ObjectiveConflictError where it has changed since `version`."""
    with transaction() as session:
        user = demand(session, by, Permission.VIEW_PLAN)
        old = _own(session, objective_id, version, user)
        _keep(session, replace(old, done_on=get_today(session) if done else None, version=version + 1))
        _record(session, user, "mark own objective done" if done else "open own objective again", objective_id)


def remove_objective(objective_id: int, *, version: int, by: User) -> None:
    """Take it away for good, words and all. Raises ObjectiveConflictError where it has changed since `version`."""
    with transaction() as session:
        user = demand(session, by, Permission.VIEW_PLAN)
        old = _own(session, objective_id, version, user)
        gone = replace(old, version=version + 1, written_at=get_now(session))
        try:
            threads.remove_objective(session, objective=gone)
        except threads.ThreadTakenError as taken:
            raise _conflict(session, old) from taken
        _record(session, user, "remove own objective", objective_id)


def _put(session: Session, username: str, code: str, version: int, user: User) -> None:
    """Hang someone's work on a node that is in the plan today."""
    now = get_now(session)
    if code not in {node.code for node in list_nodes(session, on=get_today(session))}:
        raise NodeNotFoundError(code)
    before = threads.find_thread(session, username=username)
    thread = PersonalThread(
        username=username, node_code=code, chosen_by=user.username, chosen_at=now, version=version + 1
    )
    try:
        threads.save_thread(session, thread=thread)
    except threads.ThreadTakenError as taken:
        raise ThreadConflictError(
            "The plan this work hangs on was changed meanwhile. Look at what is chosen now, then choose again."
        ) from taken
    add_event(
        session,
        at=now,
        username=user.username,
        verb="pick own thread" if user.username == username else "assign thread",
        subject=username,
        before={"node": before.node_code} if before else None,
        after={"node": code},
    )


def _own(session: Session, objective_id: int, version: int, user: User) -> OwnObjective:
    """The person's own objective, as it was when they last saw it."""
    found = threads.get_objective(session, objective_id=objective_id, username=user.username)
    if found.version != version:
        raise ObjectiveConflictError(found)
    return found


def _keep(session: Session, objective: OwnObjective) -> None:
    try:
        threads.save_objective(session, objective=objective)
    except threads.ThreadTakenError as taken:
        raise _conflict(session, objective) from taken


def _conflict(session: Session, objective: OwnObjective) -> ObjectiveConflictError:
    """Someone was a moment quicker: how it stands now."""
    every = threads.list_objectives(session, usernames=[objective.username])
    return ObjectiveConflictError(next((each for each in every if each.id == objective.id), None))


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise ObjectiveTextError("Write the objective, then save it.")
    if len(words) > MOST_CHARACTERS:
        raise ObjectiveTextError(
            f"An objective has {MOST_CHARACTERS} characters at most. Yours has {len(words):,}; nothing was saved."
        )
    return words


def _record(session: Session, user: User, verb: str, objective_id: int) -> None:
    """What was done, and to which objective; never its words, which the audit trail could not forget."""
    add_event(session, at=get_now(session), username=user.username, verb=verb, subject=f"objective {objective_id}")
