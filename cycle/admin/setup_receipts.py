"""What imports of the register did, as the audit trail keeps it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cycle.ground.access import demand
from data_access.store.audit import list_events
from data_access.store.database import reading
from performance.ground.people import Permission, User

VERB = "import setup"


@dataclass(frozen=True, kw_only=True)
class SetupReceipt:
    """An import that was done: its number in the audit trail, and for each sheet how many rows are new and changed."""

    number: int
    at: datetime
    by: str
    source: str
    sheets: Mapping[str, tuple[int, int]]

    @property
    def changes(self) -> int:
        return sum(new + changed for new, changed in self.sheets.values())


def list_receipts(*, by: User) -> list[SetupReceipt]:
    """The latest imports of the register, newest first."""
    with reading() as session:
        demand(session, by, Permission.MAINTAIN_REGISTER)
        events = list_events(session, verb=VERB, newest_first=True, limit=20)
    return [
        SetupReceipt(
            number=event.sequence,
            at=event.at,
            by=event.username,
            source=event.subject,
            sheets={
                sheet: (found["new"], len(found["changed"]))
                for sheet, found in json.loads(event.after).items()
                if found["new"] or found["changed"]
            },
        )
        for event in events
    ]
