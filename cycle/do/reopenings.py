"""Do: a service asks to correct what is locked; the BI team opens it for a time, or says why not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from cycle.do._locks import why_closed
from cycle.do.return_view import build_return
from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.ground.memory import remembered
from data_access.council.settings_store import get_now, get_today
from data_access.council.units import list_units
from data_access.do import reopenings
from data_access.plan.register import list_measures
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.do.reopening import A_FILE, Reopening
from performance.ground.organisation import ReopeningStatus
from performance.ground.people import Permission, User
from performance.ground.periods import Period, day_in_words
from performance.ground.texts import TextTooLongError, clean

# What is open for longer is not corrected, it is forgotten.
LONGEST = timedelta(days=31)
_WAITS = "waits for the BI team's answer already"


class ReopeningRefusedError(ValueError):
    """The request or the answer cannot stand; the sentence says what to do."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request as people read it: of which service, about what, by whom, and who answered."""

    reopening: Reopening
    unit_name: str
    what: str
    asked_by: str
    decided_by: str

    @property
    def waits(self) -> bool:
        return self.reopening.status is ReopeningStatus.ASKED

    @property
    def in_words(self) -> str:
        """Waiting for the BI team. Granted until 20 November 2017. Refused: the audit is closed."""
        asked = self.reopening
        if asked.status is ReopeningStatus.GRANTED and asked.open_until is not None:
            return f"Granted until {day_in_words(asked.open_until)} by {self.decided_by}"
        if asked.status is ReopeningStatus.REFUSED:
            return f"Refused by {self.decided_by}: {asked.answer}"
        if asked.status is ReopeningStatus.CORRECTED:
            return f"Corrected by a file that {self.decided_by} brought in"
        return asked.status.in_words


@dataclass(frozen=True, kw_only=True)
class Requests:
    """The requests a person may see; `may_decide` whether they answer them."""

    waiting: tuple[Request, ...]
    decided: tuple[Request, ...]
    may_decide: bool
    today: date


def list_requests(*, by: User) -> Requests:
    """A service's own requests; of everybody, where the person answers them."""
    with reading() as session:
        user = demand(session, by, Permission.ASK_TO_REOPEN)
        return remembered(session, ("reopenings", user), lambda: _requests(session, user))


def ask_to_reopen(
    unit_code: str, period: Period, *, measure_codes: Collection[str], reason: str, by: User
) -> list[Reopening]:
    """Ask for figures of a unit's month to be opened again, with the reason. Raises ReopeningRefusedError."""
    why = _text(reason, otherwise="Enter what is to be corrected, and why")
    if not measure_codes:
        raise ReopeningRefusedError("Choose at least one figure to correct")
    with transaction() as session:
        user = demand(session, by, Permission.ASK_TO_REOPEN, at=unit_code)
        if closed := why_closed(session, unit_code=unit_code, period=period):
            raise ReopeningRefusedError(closed.removesuffix("."))
        lines = build_return(session, unit_code=unit_code, period=period, by=user).lines
        locked = {line.measure.code: line.measure.title for line in lines if line.is_locked}
        for code in measure_codes:
            if code not in locked:
                raise ReopeningRefusedError(f"{code} is not locked. It can be entered on My return")
        waiting = {
            each.measure_code
            for each in reopenings.list_reopenings(session, unit_codes=[unit_code], period=period)
            if each.status is ReopeningStatus.ASKED
        }
        if doubled := [locked[code] for code in measure_codes if code in waiting]:
            raise ReopeningRefusedError(f"{', '.join(doubled)} {_WAITS}")
        now, added = get_now(session), []
        for code in sorted(set(measure_codes)):
            try:
                added.append(
                    reopenings.add_reopening(
                        session, unit_code=unit_code, period=period, measure_code=code, reason=why,
                        by=user.username, at=now,
                    )
                )  # fmt: skip
            except reopenings.WaitsAlreadyError as fault:  # asked by someone else this very moment
                raise ReopeningRefusedError(f"{locked[code]} {_WAITS}") from fault
        after = {"measures": [each.measure_code for each in added]}
        subject = f"{period.iso} {unit_code}"
        add_event(session, at=now, username=user.username, verb="ask to reopen", subject=subject, after=after)
        return added


def grant_reopening(reopening_id: int, *, open_until: date, by: User) -> Reopening:
    """Open what was asked for until the day, itself included. Raises ReopeningRefusedError."""
    with transaction() as session:
        user = demand(session, by, Permission.GRANT_REOPENINGS)
        today = get_today(session)
        if not today <= open_until <= today + LONGEST:
            latest = day_in_words(today + LONGEST)
            raise ReopeningRefusedError(f"The last day must be from today to {latest}")
        return _decide(session, reopening_id, ReopeningStatus.GRANTED, open_until=open_until, by=user)


def refuse_reopening(reopening_id: int, *, answer: str, by: User) -> Reopening:
    """Leave it locked, and say why. Raises ReopeningRefusedError."""
    why = _text(answer, otherwise="Enter why it stays locked. The service reads it")
    with transaction() as session:
        user = demand(session, by, Permission.GRANT_REOPENINGS)
        return _decide(session, reopening_id, ReopeningStatus.REFUSED, answer=why, by=user)


def _decide(
    session: Session,
    reopening_id: int,
    status: ReopeningStatus,
    *,
    answer: str = "",
    open_until: date | None = None,
    by: User,
) -> Reopening:
    asked = reopenings.get_reopening(session, reopening_id=reopening_id)
    if asked.status is not ReopeningStatus.ASKED:
        raise ReopeningRefusedError("Someone answered this request meanwhile. Open the page again")
    if asked.asked_by == by.username:
        raise ReopeningRefusedError("You asked for this yourself, so someone else of the BI team answers it")
    now = get_now(session)
    decided = reopenings.save_reopening_decided(
        session, reopening_id=reopening_id, status=status, answer=answer, open_until=open_until, by=by.username, at=now
    )
    verb = "grant reopening" if status is ReopeningStatus.GRANTED else "refuse reopening"
    after = {"open until": open_until.isoformat()} if open_until else {"answer": "given"}
    subject = f"{asked.period.iso} {asked.unit_code} {asked.measure_code or 'all figures'}"
    add_event(session, at=now, username=by.username, verb=verb, subject=subject, after=after)
    return decided


def _requests(session: Session, user: User) -> Requests:
    may_decide = user.may(Permission.GRANT_REOPENINGS)
    units = None if may_decide else user.units_where(Permission.ASK_TO_REOPEN)
    today, known_as = get_today(session), {A_FILE: "A file", **names(session)}
    unit_names = {unit.code: unit.name for unit in list_units(session, on=today)}
    titles = {measure.code: measure.title for measure in list_measures(session)}
    found = [
        Request(
            reopening=each,
            unit_name=unit_names.get(each.unit_code, each.unit_code),
            what=titles.get(each.measure_code or "", "All figures"),
            asked_by=known_as.get(each.asked_by, each.asked_by),
            decided_by=known_as.get(each.decided_by or "", each.decided_by or ""),
        )
        for each in reopenings.list_reopenings(session, unit_codes=units)
    ]
    return Requests(
        waiting=tuple(reversed([each for each in found if each.waits])),
        decided=tuple(each for each in found if not each.waits),
        may_decide=may_decide,
        today=today,
    )


def _text(text: str, *, otherwise: str) -> str:
    try:
        kept = clean(text.strip())
    except TextTooLongError as fault:
        raise ReopeningRefusedError(str(fault)) from fault
    if not kept:
        raise ReopeningRefusedError(otherwise)
    return kept
