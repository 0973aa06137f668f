"""Keeping the database: is it ready, does it hold together, a copy of it. The operator's verbs."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from cycle.opening import NotReadyError
from data_access import upkeep
from data_access.audit import find_last_hash, list_breaks
from data_access.database import reading, transaction
from data_access.migrate import is_current

NO_SEAL = "no events yet"


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What verifying found: rows by table, what does not hold (nothing is good), and the seal of the audit chain."""

    counts: dict[str, int]
    faults: tuple[str, ...]
    seal: str


def verify() -> Findings:
    """Walk the audit chain, the revisions and the links between rows."""
    with reading() as session:
        faults = (*(f"Audit trail: {sentence}" for sentence in list_breaks(session)), *upkeep.list_faults(session))
        return Findings(counts=upkeep.count_rows(session), faults=faults, seal=find_last_hash(session) or NO_SEAL)


def check_ready() -> None:
    """Reachable, at this version and writable; raises NotReadyError with what is not. Nothing is changed."""
    if not is_current():
        raise NotReadyError("The database is not at this version. Run manage.py migrate.")
    with transaction() as session:
        session.execute(text("UPDATE settings SET value = value WHERE 1 = 0"))


def back_up(path: Path) -> str:
    """Copy the embedded database to a file that is not there yet; the answer is the seal of the copy's audit trail."""
    if path.exists():
        raise upkeep.NotACopyError(f"{path} is there already. Choose another name.")
    upkeep.add_copy(path)
    return upkeep.find_seal_of(path) or NO_SEAL
