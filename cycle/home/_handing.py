"""Whatever is handed over to another machine: taken by this job first, handed over, and the outcome noted (ADR 25)."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from data_access.home import handing
from data_access.home.handing import Change, Table
from data_access.store.database import transaction
from performance.home.mail import Handed, Handing, MailState, Outcome, cut, next_try

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
NOT_MADE = "It could not be made. The log of the job says why"
UNKNOWN = "The job ended while it handed the mail over: nobody knows whether the server took it"


@dataclass(frozen=True, kw_only=True)
class Record:
    """Where it is put down: the table, by which clock, and what must hold as it is changed."""

    table: Table
    clock: Clock
    holds: Callable[[Session], bool] = field(default=lambda _session: True)

    def take(self, each: Handing, values: Mapping[str, Any], *, at: datetime) -> bool:
        """Say, and keep for good, that this job hands it over now; false where another was first."""
        begun = {"reason": "", "tries": each.tries + 1, "next_try": None, "handed_over_at": at, "settled_at": None}
        return self._changed(each, MailState.HANDING_OVER, {**values, **begun})

    def handed_over(self, each: Handing, hand_over: Callable[[], Outcome]) -> Outcome:
        """Hand over what was taken, and note what came of it."""
        try:
            outcome = hand_over()
        except Exception:  # whatever it was, the other machine may have taken it before
            log.exception("Handing over %s %s failed", self.table.__tablename__, each.id)
            outcome = Outcome(handed=Handed.UNKNOWN, said=UNKNOWN)
        self._note(each, outcome)
        return outcome

    def skip(self, each: Handing, because: str) -> bool:
        values = {"reason": because, "settled_at": self.clock(), "next_try": None}
        return self._changed(each, MailState.SKIPPED, values)

    def wait(self, each: Handing, because: str, **values: Any) -> bool:
        """It is tried on a later day; answers whether it is new that it waits, or why."""
        changed = self._changed(each, MailState.WAITING, {"reason": because, "next_try": None, **values})
        return changed and (each.state, each.reason) != (MailState.WAITING, because)

    def not_made(self, each: Handing, why: str = NOT_MADE) -> Outcome | None:
        """It is tried again; None where another job has it."""
        now, tries = self.clock(), each.tries + 1
        values = {"reason": cut(why), "settled_at": now, "tries": tries, "next_try": next_try(tries, now=now)}
        changed = self._changed(each, MailState.FAILED, values)
        return Outcome(handed=Handed.PUT_OFF, said=why) if changed else None

    def _note(self, each: Handing, outcome: Outcome) -> None:
        tries, at = each.tries + 1, self.clock()
        values = {"reason": cut(outcome.said), "settled_at": at, "next_try": None}
        state = {Handed.TAKEN: MailState.SENT, Handed.UNKNOWN: MailState.DOUBTFUL}.get(outcome.handed, MailState.FAILED)
        if outcome.handed in {Handed.PUT_OFF, Handed.NO_SERVER}:
            values["next_try"] = next_try(tries, now=at)
        with transaction() as session:
            change = Change(state=state, values=values)
            handing.save_outcome(session, self.table, handing=each, tries=tries, change=change)

    def _changed(self, each: Handing, state: MailState, values: Mapping[str, Any]) -> bool:
        with transaction() as session:
            return self.holds(session) and handing.save_change(
                session, self.table, handing=each, change=Change(state=state, values=values)
            )
