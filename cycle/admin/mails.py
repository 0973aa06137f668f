"""Admin: the record of mails, and what becomes of one that failed or of which nobody knows whether it came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import names
from data_access.council.settings_store import get_now, get_today
from data_access.home import mails
from data_access.home.handing import Change
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.people import Permission, User
from performance.home.mail import Mail, MailState

PAGE = 50  # mails


class MailRefusedError(Exception):
    """Nothing is done about this mail; the sentence says why."""


class MailMovedOnError(MailRefusedError):
    """The mail is no longer what the person had before them."""

    def __init__(self) -> None:
        super().__init__("This mail was sent, or decided on, since you opened the page. Look at it again.")


@dataclass(frozen=True, kw_only=True)
class MailQuery:
    """Of which state, or of any where there is none; `older_than` is the number from which the reader goes on into the
    past."""

    state: MailState | None = None
    older_than: int | None = None


@dataclass(frozen=True, kw_only=True)
class MailLine:
    """A mail as it is read: to whom, how it stands now, and what may be done about it.

    `subject` is empty for those who see no scorecards: it says how many returns are late and how many measures red.
    """

    mail: Mail
    name: str
    stands: MailState
    subject: str
    why: str
    wants_decision: bool
    may_go_again: bool


@dataclass(frozen=True, kw_only=True)
class Mails:
    """So many mails as stand on a page, newest first; before them those that wait for a decision.

    `older` is where the next page begins, None where none follows; `counts` how many there are of each state.
    """

    undecided: tuple[MailLine, ...]
    lines: tuple[MailLine, ...]
    older: int | None
    counts: Mapping[MailState, int]


def list_mails(query: MailQuery, *, by: User) -> Mails:
    """A page of the record, and all that waits for a decision."""
    now = datetime.now(UTC)
    with reading() as session:
        user = demand(session, by, Permission.LOOK_AFTER_MAIL)
        states = [query.state] if query.state else []
        found = mails.list_mails(session, states=states, older_than=query.older_than, limit=PAGE + 1)
        undecided = mails.list_undecided(session, now=now)
        known_as, today = names(session), get_today(session)
        counts = mails.count_by_state(session)

    def line(mail: Mail) -> MailLine:
        return MailLine(
            mail=mail,
            name=known_as.get(mail.username, mail.username),
            stands=mail.stands(now),
            subject=mail.subject if user.may(Permission.VIEW_SCORECARDS) else "",
            why=mail.why(now),
            wants_decision=mail.wants_decision(now),
            may_go_again=mail.may_go_again(now, today=today),
        )

    return Mails(
        undecided=tuple(map(line, undecided)),
        lines=tuple(map(line, found[:PAGE])),
        older=found[PAGE - 1].id if len(found) > PAGE else None,
        counts=counts,
    )


def send_again(mail_id: int, *, version: int, by: User) -> None:
    """The next run hands it over once more, as things stand then; what nobody knows of may so come twice.

    Raises MailRefusedError.
    """
    with transaction() as session:
        user = demand(session, by, Permission.LOOK_AFTER_MAIL)
        mail, now, today = _as_read(session, mail_id, version), datetime.now(UTC), get_today(session)
        if not mail.may_go_again(now, today=today):
            raise MailRefusedError(_why_not(mail, now, today))
        _decide(session, mail, MailState.WAITING, verb="send mail again", by=user)


def leave_mail(mail_id: int, *, version: int, by: User) -> None:
    """It stays as it is, and is listed no longer as one that waits for a decision. Raises MailRefusedError."""
    with transaction() as session:
        user = demand(session, by, Permission.LOOK_AFTER_MAIL)
        mail, now = _as_read(session, mail_id, version), datetime.now(UTC)
        if not mail.wants_decision(now):
            raise MailRefusedError(f"Nothing is to be decided about this mail: {mail.stands(now).in_words.lower()}.")
        _decide(session, mail, MailState.LEFT, verb="leave mail", by=user)


def _as_read(session: Session, mail_id: int, version: int) -> Mail:
    mail = mails.get_mail(session, mail_id=mail_id)
    if mail.version != version:
        raise MailMovedOnError
    return mail


def _why_not(mail: Mail, now: datetime, today: date) -> str:
    if mail.wants_decision(now) and mail.day < today:
        return "This mail is of an earlier day. The next one says again whatever of it still holds."
    return f"This mail is not to be sent again: {mail.stands(now).in_words.lower()}."


def _decide(session: Session, mail: Mail, state: MailState, *, verb: str, by: User) -> None:
    values = {"next_try": None, "settled_at": None if state is MailState.WAITING else datetime.now(UTC)}
    if not mails.save_change(session, mail=mail, change=Change(state=state, values=values)):
        raise MailMovedOnError
    subject = f"{mail.day.isoformat()} {mail.username}"
    add_event(
        session, at=get_now(session), username=by.username, verb=verb, subject=subject,
        before={"state": mail.state.value}, after={"state": state.value},
    )  # fmt: skip
