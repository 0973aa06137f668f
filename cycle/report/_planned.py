"""A schedule as it is read: in words, with when it last went out and when it is due next."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cycle.ground.working_days import days_of
from cycle.report._choices import Choices
from data_access.council.settings_store import get_today
from data_access.report import sends
from performance.home.sends import Send
from performance.report.occasions import Occasion, newest, next_after
from performance.report.schedules import Schedule


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A schedule as it is read: when it last went out to anybody, and when it is due next; None where it is stopped.
    `is_gone` says that what it is about is there no longer, so that nothing goes out."""

    schedule: Schedule
    what: str
    whom: str
    last: Send | None
    next: Occasion | None
    is_gone: bool = False


def planned_of(session: Session, found: Iterable[Schedule], choices: Choices) -> list[Planned]:
    """In the order in which they came."""
    last, days, today = sends.list_newest(session), days_of(session), get_today(session)

    def due_next(schedule: Schedule) -> Occasion | None:
        if not schedule.is_active:
            return None
        now = newest(schedule.often, today=today, days=days)
        waits = now.due_on >= schedule.since and not sends.has_begun(
            session, schedule_id=schedule.id, occasion=now.key
        )  # fmt: skip
        return now if waits else next_after(schedule.often, today=today, days=days)

    return [
        Planned(
            schedule=each,
            what=choices.of(each),
            whom=choices.to(each),
            last=last.get(each.id),
            next=due_next(each),
            is_gone=choices.is_gone(each),
        )
        for each in found
    ]
