"""Keeping the database: is it ready, does it hold together, a copy of it. The operator's verbs."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from cycle.ground.council import OPERATOR
from cycle.ground.opening import NotReadyError
from data_access.council.settings_store import get_now
from data_access.do import disclosure
from data_access.store.audit import (
    add_event,
    find_last_hash,
    find_sequence,
    list_breaks,
    list_deeds_without_rows,
    list_events_after,
)
from data_access.store.database import reading, transaction
from data_access.store.ledger import list_differences
from data_access.store.migrate import is_current, versions
from data_access.store.upkeep import copying
from data_access.store.upkeep.guards import list_broken_guards, list_broken_rules

NO_SEAL = "no events yet"
_NOT_CURRENT = "The database is not at this version. Run manage.py migrate."
_NO_SUCH_SEAL = "Audit trail: the seal is not in it: its newest events were cut off, or all of it was written anew."


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What verifying found: rows by table, what does not hold (nothing is good), and the seal of the audit chain.

    With a seal to compare, `since` names the events that came after it: nothing vouches for them but themselves.
    """

    counts: dict[str, int]
    faults: tuple[str, ...]
    seal: str
    since: tuple[str, ...] = ()


def verify(*, seal: str | None = None) -> Findings:
    """Walk the audit chain, compare every row with the event that wrote it, look at what guards them, and work out anew
    what follows from them.

    `seal` is one that was noted before: its event must be there still. Raises NotReadyError where the database is not
    at this version.
    """
    if not is_current():
        raise NotReadyError(_NOT_CURRENT)
    with reading() as session:
        noted = NO_SEAL if seal is None else seal.strip().lower()
        found = find_sequence(session, seal=noted)
        faults = (
            *(() if noted == NO_SEAL or found else (_NO_SUCH_SEAL,)),
            *(f"Audit trail: {sentence}" for sentence in (*list_breaks(session), *list_deeds_without_rows(session))),
            *copying.list_faults(session),
            *list_broken_guards(session.connection(), version=versions()[0]),
            *list_broken_rules(session.connection()),
            *list_differences(session),
            *disclosure.list_wrong(session),
        )
        since = () if found is None else tuple(list_events_after(session, sequence=found))
        return Findings(
            counts=copying.count_rows(session), faults=faults, seal=find_last_hash(session) or NO_SEAL, since=since
        )


def rebuild() -> int:
    """Decide anew, from all that was ever recorded, which figures small counts hide: how many were put right.

    Raises NotReadyError where the database is not at this version.
    """
    if not is_current():
        raise NotReadyError(_NOT_CURRENT)
    with transaction() as session:
        moved = disclosure.decide_anew(session)
        if moved:
            after = {"figures": moved}
            add_event(
                session, at=get_now(session), username=OPERATOR, verb="rebuild", subject="disclosure", after=after
            )
        return moved


def check_ready() -> None:
    """Reachable, at this version and writable; raises NotReadyError with what is not. Nothing is changed."""
    if not is_current():
        raise NotReadyError(_NOT_CURRENT)
    with transaction() as session:
        session.execute(text("UPDATE settings SET value = value WHERE 1 = 0"))


def back_up(path: Path) -> str:
    """Copy the embedded database to a file that is not there yet; the answer is the seal of the copy's audit trail."""
    if path.exists():
        raise copying.NotACopyError(f"{path} is there already. Choose another name.")
    copying.add_copy(path)
    return copying.find_seal_of(path) or NO_SEAL
