"""What became of each report that was to go out, which is the list of what is to go out as well."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data_access.home import handing
from data_access.home.handing import REPORTS
from data_access.models import ReportSendRow
from data_access.store.errors import NotFoundError
from performance.home.mail import KEPT, MailState
from performance.home.sends import FOLDER, Send
from performance.report.schedules import ReportKind, Schedule


class SendNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such report on record. Open the page again to see those there are.")


def has_begun(session: Session, *, schedule_id: int, occasion: str) -> bool:
    """Whether the occasion has rows already."""
    query = select(ReportSendRow.id).where(
        ReportSendRow.schedule_id == schedule_id, ReportSendRow.occasion == occasion
    )  # fmt: skip
    return session.scalar(query.limit(1)) is not None


def goes_on(session: Session, *, schedule_id: int, occasion: str) -> bool:
    """Whether some of the occasion's rows are still to be tried, now or later."""
    which = (ReportSendRow.schedule_id == schedule_id, ReportSendRow.occasion == occasion)
    return handing.count_to_come(session, REPORTS, *which) > 0


def list_occasions(session: Session, *, schedule_id: int) -> list[str]:
    """Those that the schedule has rows of."""
    query = select(ReportSendRow.occasion).where(ReportSendRow.schedule_id == schedule_id).distinct()
    return sorted(session.scalars(query))


def add_sends(session: Session, *, schedule_id: int, occasion: str, recipients: Iterable[str], day: date) -> None:
    """One for each recipient; two jobs at once add one."""
    rows = [
        {"schedule_id": schedule_id, "occasion": occasion, "recipient": each, "day": day, "state": MailState.WAITING,
         "token": secrets.token_hex(12), "address": "", "subject": "", "said": "", "reason": "", "tries": 0,
         "version": 1}
        for each in recipients
    ]  # fmt: skip
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    keys = ["schedule_id", "occasion", "recipient"]
    session.execute(insert(ReportSendRow).on_conflict_do_nothing(index_elements=keys), rows)


def add_past(
    session: Session,
    *,
    schedule_id: int,
    occasion: str,
    recipient: str,
    day: date,
    state: MailState,
    subject: str,
    reason: str,
    at: datetime,
    of: tuple[ReportKind, str],
) -> None:
    """What became of one before the app was there to do it."""
    session.add(
        ReportSendRow(
            schedule_id=schedule_id, occasion=occasion, recipient=recipient, day=day, state=state, subject=subject,
            reason=reason, token=secrets.token_hex(12), settled_at=at, report=of[0], about=of[1],
        )
    )  # fmt: skip
    session.flush()


def save_stuck(session: Session, *, now: datetime, reason: str) -> int:
    """A mail that was being handed over by a job that is there no longer is doubtful; answers how many. A file is
    written again: it comes to the same."""
    again = {"state": MailState.WAITING, "version": ReportSendRow.version + 1}
    files = update(ReportSendRow).where(ReportSendRow.recipient == FOLDER, handing.is_stuck(REPORTS, now))
    session.execute(files.values(**again))
    return handing.save_stuck(session, REPORTS, now=now, reason=reason)


def save_given_up(session: Session, *, schedule_id: int, but: str, now: datetime, why: str) -> None:
    """Of a schedule, what is still to be tried of any occasion but that one is tried no more."""
    which = (ReportSendRow.schedule_id == schedule_id, ReportSendRow.occasion != but)
    handing.save_given_up(session, REPORTS, *which, now=now, why=why)


def list_due(session: Session, *, now: datetime, today: date) -> list[Send]:
    """What is to be tried now, by schedule, in the order of its recipients; what there is none of yet once a day."""
    not_yet = or_(ReportSendRow.looked_on.is_(None), ReportSendRow.looked_on != today)
    query = select(ReportSendRow).where(handing.is_due(REPORTS, now), not_yet)
    return [_send(row) for row in session.scalars(query.order_by(ReportSendRow.schedule_id, ReportSendRow.id))]


def find_last_sent(session: Session, *, schedule: Schedule, recipient: str) -> Send | None:
    """What the recipient was last sent of the schedule, of the same report about the same; what is doubtful may never
    have come."""
    query = select(ReportSendRow).where(
        ReportSendRow.schedule_id == schedule.id,
        ReportSendRow.report == schedule.report,
        ReportSendRow.about == schedule.about,
        ReportSendRow.recipient == recipient,
        ReportSendRow.state == MailState.SENT,
    )
    row = session.scalar(query.order_by(ReportSendRow.id.desc()).limit(1))
    return _send(row) if row else None


def list_newest(session: Session) -> dict[int, Send]:
    """By schedule, the last that was sent to anybody."""
    last = (
        select(func.max(ReportSendRow.id))
        .where(ReportSendRow.state == MailState.SENT)
        .group_by(ReportSendRow.schedule_id)
    )
    return {
        row.schedule_id: _send(row) for row in session.scalars(select(ReportSendRow).where(ReportSendRow.id.in_(last)))
    }


def list_sends(session: Session, *, schedule_id: int, older_than: int | None, limit: int) -> list[Send]:
    """Of a schedule, the newest first, or the newest of those older than one."""
    query = select(ReportSendRow).where(ReportSendRow.schedule_id == schedule_id)
    if older_than is not None:
        query = query.where(ReportSendRow.id < older_than)
    return [_send(row) for row in session.scalars(query.order_by(ReportSendRow.id.desc()).limit(limit))]


def count_to_come(session: Session) -> int:
    """How many are still to be tried, now or later."""
    return handing.count_to_come(session, REPORTS)


def list_undecided(session: Session, *, now: datetime) -> list[Send]:
    """Those that stay as they are until a person says what is to become of them, the newest first."""
    query = select(ReportSendRow).where(handing.is_undecided(REPORTS, now))
    return [_send(row) for row in session.scalars(query.order_by(ReportSendRow.id.desc()))]


def count_failing(session: Session, *, now: datetime) -> int:
    """How many failed so far, whether or not they are tried again, or may not have come."""
    failed = ReportSendRow.state == MailState.FAILED
    query = select(func.count()).select_from(ReportSendRow).where(failed | handing.is_undecided(REPORTS, now))
    return session.scalar(query) or 0


def is_newest(session: Session, *, send: Send) -> bool:
    """Whether its schedule has had no occasion since."""
    query = select(func.max(ReportSendRow.day)).where(ReportSendRow.schedule_id == send.schedule_id)
    return session.scalar(query) == send.day


def get_send(session: Session, *, send_id: int) -> Send:
    """Held until the transaction ends. Raises SendNotFoundError."""
    row = session.get(ReportSendRow, send_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise SendNotFoundError
    return _send(row)


def remove_old(session: Session, *, day: date) -> None:
    """The record is kept for so long and no longer."""
    session.execute(delete(ReportSendRow).where(ReportSendRow.day < day - KEPT))


def _send(row: ReportSendRow) -> Send:
    return Send(
        schedule_id=row.schedule_id, recipient=row.recipient, occasion=row.occasion, said=row.said, red=row.red,
        looked_on=row.looked_on, **handing.handing_values(row),
    )  # fmt: skip
