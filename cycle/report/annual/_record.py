"""What is put on record of annual reports: what was done, and none of the words."""

from sqlalchemy.orm import Session

from cycle.ground.council import account_of
from data_access.council.settings_store import get_now
from data_access.store.audit import add_event
from performance.ground.people import User
from performance.report.annual import AnnualReport


def record(session: Session, verb: str, report: AnnualReport, by: User | None, **after: object) -> None:
    """The audit event: which report, and what became of it. What is hashed cannot be erased."""
    subject = f"annual report {report.reference}, {report.year.iso}"
    add_event(session, at=get_now(session), username=account_of(by), verb=verb, subject=subject,
              before=None, after=after)  # fmt: skip
