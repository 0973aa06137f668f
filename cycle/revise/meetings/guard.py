"""What every change to a review meeting goes through: whose it is, why it is refused, and the audit."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from cycle.ground.series.scoring import CORPORATE
from data_access.council.settings_store import get_now, get_today
from data_access.council.units import list_units
from data_access.plan.tree import find_node
from data_access.store.audit import add_event
from performance.ground.entry import Problem
from performance.ground.people import User


class MeetingError(Exception):
    """A change to a review meeting that was not made; the sentence says why."""


class MeetingRefusedError(MeetingError):
    """What was entered cannot be kept; the problems say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))


def unit_of(session: Session, scope: str) -> str:
    """The unit whose meeting it is: itself, a node's own, or the whole council."""
    units = list_units(session, on=get_today(session))
    top = next(unit.code for unit in units if not unit.parent_code)
    if scope == CORPORATE:
        return top
    if scope in {unit.code for unit in units}:
        return scope
    node = find_node(session, code=scope)
    return (node.unit_code if node else None) or top


def record(session: Session, verb: str, meeting_id: int, by: User, **after: object) -> None:
    """The audit event. Free text stays out of it: what is hashed cannot be erased."""
    subject = f"review meeting M-{meeting_id:02d}"
    add_event(session, at=get_now(session), username=by.username, verb=verb, subject=subject,
              before=None, after=after)  # fmt: skip
